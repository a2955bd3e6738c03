"""Spans of days as people write them in a command: `bis 12.8.`, `vom 1.8. bis 12.8.`, `until 2027-08-12`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_DAY = r"(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\s?\d{1,2}\.?(?:\s?\d{4})?|heute|today|morgen|tomorrow)"
_SPAN = re.compile(rf"(?:(?:vom|von|ab|from)\s+{_DAY}\s+)?(?:(?:bis|until|till|to|-|–)\s*)?{_DAY}", re.IGNORECASE)
# Nobody is away for longer; a date further off is a slip of the finger.
LONGEST = timedelta(days=400)
# An end without a year that lies before the beginning is meant for the next year, over Christmas; where that makes more
# than this, the two were mixed up.
TURN_OF_YEAR = timedelta(days=183)


@dataclass(frozen=True)
class Days:
    """A span of local days, both included."""

    first: date
    last: date


class Fault(StrEnum):
    """Why a span cannot be, as a key of the texts."""

    NO_SUCH_DAY = "absence-no-such-day"
    PAST = "absence-past"
    ENDS_BEFORE = "absence-ends-before"
    TOO_FAR = "absence-too-far"


@dataclass(frozen=True)
class Impossible:
    """A span that cannot be, as it was written."""

    fault: Fault
    written: str


def find_days(text: str, today: date) -> tuple[Days, str] | Impossible | None:
    """Return the span a text ends with and what stands before it; None where there is none.

    A day without a year is the next one of that date; a span without a beginning begins today.
    """
    found = next((found for found in _SPAN.finditer(text) if not text[found.end() :].strip()), None)
    if found is None:
        return None
    try:
        first = today if found[1] is None else _day(found[1], today, today)
        last = _day(found[2], today, first)
        mixed_up = last - first > TURN_OF_YEAR and _day(found[2], today, today) < first
    except ValueError:
        return Impossible(Fault.NO_SUCH_DAY, found[0])
    if first < today or last < today:
        return Impossible(Fault.PAST, found[0])
    if last < first or mixed_up:
        return Impossible(Fault.ENDS_BEFORE, found[0])
    if last - today > LONGEST:
        return Impossible(Fault.TOO_FAR, found[0])
    return Days(first, last), text[: found.start()].strip()


def _day(text: str, today: date, after: date) -> date:
    """Return the day a text names, the next such day from another one on where it is a date without a year.

    Raises:
        ValueError: there is no such day.
    """
    lowered = text.lower()
    if lowered in ("heute", "today"):
        return today
    if lowered in ("morgen", "tomorrow"):
        return today + timedelta(days=1)
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if "-" in text:
        return date(*numbers)
    day, month, *year = numbers
    if year:
        return date(year[0], month, day)
    this_year = _in_year(after.year, month, day)
    if this_year is not None and this_year >= after:
        return this_year
    return date(after.year + 1, month, day)


def _in_year(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
