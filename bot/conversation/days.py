"""Spans of days as people write them in a command: `bis 12.8.`, `bis Freitag`, `vom 1.8. bis 12.8.`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_SHORT_NAMES = ("mo", "di", "mi", "do", "fr", "sa", "so")
_WEEKDAYS = {
    name: number
    for names in (
        ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"),
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        _SHORT_NAMES,
    )
    for number, name in enumerate(names)
} | {"sonnabend": 5}
_DATE = r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\s?\d{1,2}(?:\.\s?(?:\d{4}|\d{2})|\.)?)"
_WEEKDAY = rf"(?<![^\W\d_])(?:{'|'.join(sorted(_WEEKDAYS, key=len, reverse=True))})(?![^\W\d_])\.?"
# A day of the week before a date only says it twice.
_DAY = (
    rf"(?:{_WEEKDAY},?\s+(?:(?:den|dem|the)\s+)?)?{_DATE}"
    rf"|heute|sofort|today|gestern|yesterday|übermorgen|morgen|tomorrow|{_WEEKDAY}"
)
_AHEAD = {
    **dict.fromkeys(("gestern", "yesterday"), -1),
    **dict.fromkeys(("heute", "sofort", "today"), 0),
    **dict.fromkeys(("morgen", "tomorrow"), 1),
    "übermorgen": 2,
}
_NEXT = r"n(?:ä|ae)chste[nmr]|kommende[nmr]|next"
_UNTIL = rf"(?:(?<![^\W\d_])(?:bis|until|till|to)|-|–)(?:\s+(?:zum|einschließlich|including|{_NEXT}))*\s*"
_FROM = rf"(?<!\S)(?:vom|von|ab|seit|from|since)\s+(?:(?:{_NEXT})\s+)?"
_ON = rf"(?<!\S)(?:(?:am|on)\s+(?:(?:{_NEXT})\s+)?|(?:{_NEXT})\s+)"
# A short name that nothing leads to may be a contact's; between two of them lie days.
_SHORT = rf"(?<![^\W\d_])(?:{'|'.join(_SHORT_NAMES)})(?![^\W\d_])\.?"
_ALONE = rf"(?!{_SHORT}(?!\s*{_UNTIL}{_SHORT}|,?\s+{_DATE}))"
_SPAN = re.compile(
    rf"(?:{_FROM}|{_ON}|{_ALONE})(?P<first>{_DAY})\s*{_UNTIL}(?P<last>{_DAY})"
    rf"|{_FROM}(?P<from>{_DAY})|{_UNTIL}(?P<until>{_DAY})|(?:{_ON}|{_ALONE})(?P<on>{_DAY})",
    re.IGNORECASE,
)
# Nobody is away for longer; a date further off is a slip of the finger.
LONGEST = timedelta(days=400)
# An end without a year that lies before the beginning is meant for the next year, over Christmas; where that makes more
# than this, the two were mixed up.
TURN_OF_YEAR = timedelta(days=183)
# A day without a year that was so lately is meant as it stands, not for the next year: an absence that began already,
# or a slip of the finger, about which it is better to ask.
JUST_PAST = timedelta(days=90)


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
    NO_END = "absence-no-end"
    UNREAD = "absence-unread"


@dataclass(frozen=True)
class Impossible:
    """A span that cannot be, as it was written."""

    fault: Fault
    written: str


def find_days(text: str, today: date) -> tuple[Days, str] | Impossible | None:
    """Return the span a text ends with and what stands before it; None where there is none.

    A day without a year is the next one of that date, unless it was just now; a day of the week is the next one. A span
    without a beginning begins today, as does one that began already; a day alone is that day.
    """
    found = next((found for found in _SPAN.finditer(text) if not text[found.end() :].strip()), None)
    if found is None:
        return None
    begins, ends = found["first"] or found["from"] or found["on"], found["last"] or found["until"] or found["on"]
    try:
        first = today if begins is None else _day(begins, today, today)
        last = first if found["on"] or ends is None else _day(ends, today, first)
        mixed_up = ends is not None and last - first > TURN_OF_YEAR and _day(ends, today, today) < first
    except ValueError:
        return Impossible(Fault.NO_SUCH_DAY, found[0])
    if first < today - JUST_PAST or (last < today and first <= last) or (last < first and begins is None):
        return Impossible(Fault.PAST, found[0])
    if last < first or mixed_up:
        return Impossible(Fault.ENDS_BEFORE, found[0])
    if last - today > LONGEST:
        return Impossible(Fault.TOO_FAR, found[0])
    if found["from"]:
        return Impossible(Fault.NO_END, found[0])
    return Days(max(first, today), last), text[: found.start()].strip()


def _day(text: str, today: date, after: date) -> date:
    """Return the day a text names; where it names no year the next such day from another one on, or one just past.

    A day of the week is the next one after that other day.

    Raises:
        ValueError: there is no such day.
    """
    lowered = text.lower().rstrip(".")
    if lowered in _AHEAD:
        return today + timedelta(days=_AHEAD[lowered])
    if lowered in _WEEKDAYS:
        # Today would be called so; the confirmation names the date.
        return after + timedelta(days=(_WEEKDAYS[lowered] - after.weekday() - 1) % 7 + 1)
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if "-" in text:
        return date(*numbers)
    day, month, *year = numbers
    if year:
        return date(year[0] if year[0] > 99 else 2000 + year[0], month, day)
    years = (_in_year(after.year + ahead, month, day) for ahead in (-1, 0))
    near = next((one for one in years if one is not None and one >= after - JUST_PAST), None)
    return near or date(after.year + 1, month, day)


def _in_year(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
