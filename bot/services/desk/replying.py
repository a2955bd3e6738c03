"""The bot's own words to a contact, as a reply to what they wrote."""

from __future__ import annotations

from bot.model import InboundMessage
from bot.services.turn import Turn


async def reply(turn: Turn, message: InboundMessage, key: str, **values: str | int) -> None:
    """Say something in the office's own language under a contact's message."""
    text = turn.say(turn.book.own_language, key, **values)
    await turn.notice(message.address, text, reply_to=message.message)
