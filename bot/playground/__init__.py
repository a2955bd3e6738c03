"""A local stand-in for the Telegram Bot API, with a web page, so that the bot runs without an account.

The bot is told `TELEGRAM_API_URL=http://127.0.0.1:PORT` and stays unchanged; people, chats and messages live in
memory. The page and the tests are the people. Nothing here may import another part of `bot`: what is
learned from the stand-in would otherwise be learned from ourselves.

Example:
    >>> async with serving(Playground(World())) as playground:          # doctest: +SKIP
    ...     anna = Driver(playground).person("Anna", language="de")
    ...     anna.writes("Bei uns steht eine Wohnung leer")
    ...     await anna.sees("Wohnen")
"""
