"""What the commands show on a terminal, and how the playground is put together; the commands themselves are in `cli`.

May import everything but `bot.cli`. What is said here is for operators and stays in English.
"""
