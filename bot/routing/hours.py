"""Opening hours and closed days as the rules write them; `bot.office_hours` counts with them.

`8:00` counts like `08:00`, and blanks or a long dash between the times do not matter. A span never passes midnight.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")  # in the order of `date.weekday()`

_SPAN = re.compile(r"([0-9]{1,2}):([0-9]{2}) *[-–] *([0-9]{1,2}):([0-9]{2})")
_CLOCK = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})")
_CLOSED = re.compile(r"(?:([0-9]{4})-)?([0-9]{2})-([0-9]{2})")
_LEAP_YEAR = 2000  # so that 02-29 may stand among the days of every year


@dataclass(frozen=True, order=True)
class Span:
    """From opening to closing on one day, local time."""

    opens: time
    closes: time

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"


@dataclass(frozen=True)
class ClosedDay:
    """A day the office stays closed; without a year, every year."""

    year: int | None
    month: int
    day: int

    def falls_on(self, day: date) -> bool:
        """Tell whether the office is closed on this date because of it."""
        return (self.month, self.day) == (day.month, day.day) and self.year in (None, day.year)


def load_span(text: str) -> Span:
    """Read opening hours such as `08:00-12:30`.

    Raises:
        ValueError: with a sentence that says how to write it.
    """
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"'{text}' is no opening time. Write from and to in quotes, as in \"08:00-12:30\".")
    if found[3] == "24" or found[1] == "24":
        raise ValueError(f"'{text}': there is no 24:00. Write 00:00 for the day's beginning, 23:59 for its end.")
    try:
        span = Span(time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4])))
    except ValueError:
        raise ValueError(f"'{text}' holds a time no clock shows. Hours go to 23, minutes to 59.") from None
    if span.closes <= span.opens:
        raise ValueError(f"'{text}' closes before it opens. Write the earlier time first.")
    return span


def load_clock_time(text: str) -> time:
    """Read a time of day such as `8:15`, with a point too as people write it.

    Raises:
        ValueError: with a sentence that says how to write it.
    """
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"'{text}' is no time of day. Write hours and minutes in quotes, as in \"08:15\".")
    try:
        return time(int(found[1]), int(found[2]))
    except ValueError:
        raise ValueError(f"'{text}' is a time no clock shows. Hours go to 23, minutes to 59.") from None


def load_closed_day(text: str) -> ClosedDay:
    """Read a closed day: `12-24` for every year, `2026-02-16` for one.

    Raises:
        ValueError: with a sentence that says how to write it.
    """
    found = _CLOSED.fullmatch(text.strip())
    if found is None:
        raise ValueError(f'\'{text}\' is no date. Write month and day, "12-24", or year, month and day, "2026-02-16".')
    year = int(found[1]) if found[1] else None
    try:
        day = date(year or _LEAP_YEAR, int(found[2]), int(found[3]))
    except ValueError:
        raise ValueError(f"'{text}' is in no calendar. The month comes first, as in \"12-24\".") from None
    return ClosedDay(year, day.month, day.day)
