"""What comes in and what goes out: stored rows handed on in order, and what became of each message.

The duties only write rows; here alone something is awaited besides the database. Knows none of the duties: what they do
about a message that could not be sent is in `bot.services.undeliverable`.
"""
