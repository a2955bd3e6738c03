"""What is said of a block: to whoever is blocked, with how else they reach the office, and to their contacts."""

from __future__ import annotations

from datetime import datetime

from bot.model import Address
from bot.services.turn import Turn
from bot.store import blocks


def block_words(turn: Turn, language: str, until_at: datetime, *, dropped: bool = False) -> str:
    """Return the words; `dropped`: something of theirs still waited and goes to nobody."""
    lines = [turn.say(language, "blocked", until=turn.say_moment(language, until_at))]
    if dropped:
        lines.append(turn.say(language, "blocked-dropped"))
    ways = turn.book.rules.privacy.other_ways
    if ways:
        lines.append(turn.say(language, "blocked-ways", ways=ways))
    return "\n".join(lines)


async def blocked_lines(turn: Turn, address: Address, key: str) -> list[str]:
    """Return the line of this key that tells contacts until when a person is blocked; none if they are not."""
    block, own = await blocks.find(turn.tx, turn.at, address), turn.book.own_language
    return [] if block is None else [turn.say(own, key, until=turn.say_moment(own, block.until_at))]
