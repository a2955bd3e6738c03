"""What every button's action is handed, and what whoever pressed is shown.

Stands beside the tables of actions (`bot.services.presses`), so that duties of the desk may offer actions of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.model import Assignment, ButtonPress
from bot.services.people.directory import Directory
from bot.services.people.naming import name_for_colleagues
from bot.services.turn import Turn
from bot.store.buttons import StoredButton


@dataclass(frozen=True)
class Said:
    """A text to show for a moment: its key and values."""

    key: str
    values: dict[str, str] = field(default_factory=dict)


Answered = Said | None  # None just lets the button go

STALE = Said("press-stale")
NOT_HERE = Said("press-not-here")
NOT_YOURS = Said("answer-refused")

# What must be seen: shown as a dialog, and noted in the journal.
REFUSALS = frozenset(
    {
        "press-stale",
        "press-not-here",
        "answer-refused",
        "press-taken-already",
        "press-answered-already",
        "press-done-already",
        "press-done-so-soon",
        "press-done-urgent",
        "press-which-closed",
        "press-moved-already",
        "press-moved-by-person",
        "press-withdrawn-already",
        "press-released-already",
        "press-added-already",
        "press-not-allowed",
        "press-not-allowed-admin",
        "press-blocked",
        "press-too-many",
    }
)


@dataclass(frozen=True)
class Hand:
    """A contact's hand on a button.

    Attributes:
        here: the contacts reached in this chat, whatever the topic; never empty.
    """

    turn: Turn
    press: ButtonPress
    button: StoredButton
    directory: Directory
    here: tuple[str, ...]

    def by(self, share: Assignment) -> str:
        """Return as whom the contact acts on a share."""
        return self.directory.acting_for(share, self.press.address)

    def name(self, share: Assignment) -> str:
        """Return who pressed, in words for colleagues: the role, and in a group the first name too."""
        return name_for_colleagues(self.turn, self.by(share), self.press.address, self.press.sender)
