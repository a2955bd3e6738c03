"""What whoever pressed a button is shown: a text, or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field


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
REFUSALS = frozenset({"press-stale", "press-not-here", "answer-refused", "press-taken-already", "press-not-allowed"})
