"""The methods of the Bot API, a file per topic; each takes the world and the parameters and returns the result.

A method refuses by raising `ApiError`. New ones go into the table of their file.
"""

from bot.playground.methods import account, chats, editing, media, receiving, relaying, sending, topics
from bot.playground.methods.common import Method

_TABLES = (
    account.METHODS,
    receiving.METHODS,
    sending.METHODS,
    media.METHODS,
    relaying.METHODS,
    editing.METHODS,
    chats.METHODS,
    topics.METHODS,
)

# Telegram takes method names in any case.
METHODS: dict[str, Method] = {name.lower(): method for table in _TABLES for name, method in table.items()}
