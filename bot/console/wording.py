"""Words that several commands need."""

from __future__ import annotations


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with what it counts; `many` is needed where an s at the end does not make it."""
    return f"{number} {one if number == 1 else many or one + 's'}"
