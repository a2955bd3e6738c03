"""What somebody blocked is told: until when, and how else they reach the office."""

from __future__ import annotations

from datetime import datetime

from bot.services.turn import Turn


def block_words(turn: Turn, language: str, until_at: datetime, *, dropped: bool = False) -> str:
    """Return the words; `dropped`: something of theirs still waited and goes to nobody."""
    lines = [turn.say(language, "blocked", until=turn.say_moment(language, until_at))]
    if dropped:
        lines.append(turn.say(language, "blocked-dropped"))
    ways = turn.book.rules.privacy.other_ways
    if ways:
        lines.append(turn.say(language, "blocked-ways", ways=ways))
    return "\n".join(lines)
