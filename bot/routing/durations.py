"""How long something may take, as the rules write it: `2 working days`, `30 minutes`.

Working units only mean something together with an office's opening hours; `bot.office_hours` turns them into a moment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache

EXAMPLES = "30 minutes, 24 hours, 90 days, 4 working hours, 2 working days"

_SHAPE = re.compile(r"([0-9]{1,4}) +((?:working +)?(?:minute|hour|day)s?)")


class Unit(StrEnum):
    """What a duration is counted in."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WORKING_HOUR = "working hour"
    WORKING_DAY = "working day"


_ELAPSED = {
    Unit.MINUTE: timedelta(minutes=1),
    Unit.HOUR: timedelta(hours=1),
    Unit.DAY: timedelta(days=1),
}


@dataclass(frozen=True)
class Duration:
    """A whole number, at least 1, of one unit; `str()` gives the rules' spelling back."""

    amount: int
    unit: Unit

    @property
    def is_in_office_hours(self) -> bool:
        """Whether it only passes while the office is open, so that it has no fixed length."""
        return self.unit not in _ELAPSED

    def elapsed(self) -> timedelta:
        """Return the time that passes on a clock.

        Raises:
            ValueError: for working units, which need the office's hours.
        """
        if self.is_in_office_hours:
            raise ValueError(f"'{self}' has no fixed length; it is counted in office hours")
        return self.amount * _ELAPSED[self.unit]

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}{'' if self.amount == 1 else 's'}"


@lru_cache(maxsize=256)
def load_duration(text: str) -> Duration:
    """Read a duration such as `2 working days`; a day is 24 hours, a working day is a day with opening hours.

    Raises:
        ValueError: with a sentence that says how to write it.
    """
    found = _SHAPE.fullmatch(text.strip().casefold())
    unit = " ".join(found[2].split()).removesuffix("s") if found else ""
    if found is None or unit not in set(Unit):
        raise ValueError(f"'{text}' is no length of time. Write a number and a unit, for example: {EXAMPLES}.")
    if int(found[1]) == 0:
        raise ValueError(f"'{text}' is no time at all. Write at least 1, for example: {EXAMPLES}.")
    return Duration(int(found[1]), Unit(unit))
