"""How the inquirer is told who has their inquiry: by role, and with whom somebody stands in for."""

from __future__ import annotations

from bot.model import Assignment
from bot.services.turn import Turn


def who_has(turn: Turn, language: str, share: Assignment) -> str:
    """Return who has a share, as its person may read it: the contact, or whoever stands in for them now."""
    return who_speaks(turn, language, share, share.seat or share.contact)


def who_speaks(turn: Turn, language: str, share: Assignment, author: str) -> str:
    """Return who speaks about a share: a contact by their role, with whom they stand in for unless it is their own."""
    name = turn.book.contact_name(author)
    if author == share.contact:
        return name
    return turn.say(language, "contact-deputy", deputy=name, contact=turn.book.contact_name(share.contact))
