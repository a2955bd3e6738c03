"""What a contact wrote in one go is meant for the same person: one question shows it all, and says what a tap does.

Whether it was meant together is told by the pauses alone.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.conversation.staff import is_note
from bot.model import InboundMessage
from bot.services.turn import Turn

IN_ONE_GO = timedelta(minutes=2)
# Enough to know one's own words again.
BEGINNING = 60


def written_in_one_go(before: list[InboundMessage], message: InboundMessage) -> list[InboundMessage]:
    """Return a message with those held before it that no longer pause parts from it, oldest first."""
    together = [message]
    for one in reversed(before):
        if _written_at(together[0]) - _written_at(one) > IN_ONE_GO:
            break
        together.insert(0, one)
    return together


def each_in_one_go(messages: list[InboundMessage]) -> list[list[InboundMessage]]:
    """Part messages, oldest first, where a longer pause lies between them."""
    parts: list[list[InboundMessage]] = []
    while messages:
        parts.insert(0, written_in_one_go(messages[:-1], messages[-1]))
        messages = messages[: -len(parts[0])]
    return parts


def _written_at(message: InboundMessage) -> datetime:
    return message.written_at or message.sent_at


def are_notes(waiting: list[InboundMessage]) -> bool:
    """Tell whether all of it stays with colleagues."""
    return all(is_note(message.text) for message in waiting)


def word_question(turn: Turn, waiting: list[InboundMessage], *, many: bool) -> str:
    """Return the question whom it is meant for, with what was written.

    Args:
        many: there are more inquiries than it offers.
    """
    own, key = turn.book.own_language, "desk-which"
    if any(is_note(message.text) for message in waiting):
        key = "desk-which-note" if are_notes(waiting) else "desk-which-mixed"
    lines = [turn.say(own, key, count=len(waiting))]
    lines += [f"• {_beginning(turn, message)}" for message in waiting]
    if many:
        lines.append(turn.say(own, "desk-which-many"))
    return "\n".join(lines)


def _beginning(turn: Turn, message: InboundMessage) -> str:
    line = " ".join(message.text.split())
    if not line:
        return turn.say(turn.book.own_language, "desk-which-media")
    return line if len(line) <= BEGINNING else line[: BEGINNING - 1] + "…"
