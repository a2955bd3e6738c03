"""Whether an event holds what its fields say: numbers the store can keep, texts that are texts.

The library builds its objects out of whatever an update holds, so a chat may have a list for a number. Such an update
is nobody's message: parked at once it holds nobody up, while a fault further in would be tried three times.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any, get_args, get_type_hints

# What SQLite can hold; Telegram's own numbers have 52 bits at most (Bot API, "User" and "Chat").
_SMALLEST, _LARGEST = -(2**63), 2**63 - 1


def is_sound(thing: object) -> bool:
    """Tell whether every field of a fact of ours, and of those within it, holds what it may."""
    fact: Any = type(thing)
    return all(_fits(getattr(thing, name), kinds) for name, kinds in _kinds(fact))


def _fits(value: Any, kinds: tuple[type, ...]) -> bool:
    if type(value) not in kinds and not (isinstance(value, str | datetime) and isinstance(value, kinds)):
        return False
    if isinstance(value, int):
        return _SMALLEST <= value <= _LARGEST
    return is_sound(value) if is_dataclass(value) else True


@cache
def _kinds(fact: Any) -> tuple[tuple[str, tuple[type, ...]], ...]:
    """Return each field's name with the types it may have."""
    hints = get_type_hints(fact)
    return tuple((one.name, get_args(hints[one.name]) or (hints[one.name],)) for one in fields(fact))
