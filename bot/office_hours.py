"""When the office is open, and when a promise made now falls due. Pure; the caller says what time it is.

Times come in and go out as aware UTC; days and spans are the office's local ones, so a span keeps its wall-clock times
when the clocks change. An hour the clocks skip is not counted, one they repeat is counted twice.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib.util import find_spec, module_from_spec
from itertools import chain, islice
from zoneinfo import ZoneInfo

import holidays

from bot.routing.durations import Duration, Unit
from bot.routing.hours import WEEKDAYS, load_closed_day, load_span
from bot.routing.office_rules import Office

_LOOK_AHEAD_DAYS = 3 * 366  # an office closed for longer gets no promises
_MOST_DAYS = 366  # days whose spans are kept


class OfficeHours:
    """One office's opening hours, public holidays and closed days, ready to count with."""

    def __init__(self, office: Office) -> None:
        """Take over an office from checked rules.

        Raises:
            ValueError: the hours or closed days cannot be read, or the office never opens; the rules' loader refuses
                such an office first.
        """
        self._zone = ZoneInfo(office.timezone)
        self._spans = {
            WEEKDAYS.index(day): sorted(load_span(text) for text in texts) for day, texts in office.hours.items()
        }
        if not any(self._spans.values()):
            raise ValueError("the office never opens")
        rule = office.holidays
        _spare_other_countries()
        self._holidays = holidays.country_holidays(rule.country, subdiv=rule.subdivision)
        self._closed = [load_closed_day(text) for text in rule.extra_closed]
        # The same few days are asked for with every message.
        self._spans_on = lru_cache(maxsize=_MOST_DAYS)(self._reckon_spans)

    def is_open(self, at: datetime) -> bool:
        """Tell whether the office is open at this moment; opening counts, closing does not."""
        return self.closes_at(at) is not None

    def closes_at(self, at: datetime) -> datetime | None:
        """Return when the span that is open at this moment ends, None while the office is closed."""
        return next((closes for opens, closes in self._spans_on(self._local_day(at)) if opens <= at < closes), None)

    def next_opening(self, at: datetime) -> datetime:
        """Return the next time the office opens after this moment, also while it is open."""
        return next(opens for opens, _ in self._spans_from(self._local_day(at)) if opens > at)

    def is_working_day(self, day: date) -> bool:
        """Tell whether the office opens at all on a local date."""
        return bool(self._spans.get(day.weekday())) and not self._is_closed(day)

    def due_at(self, start: datetime, within: Duration) -> datetime:
        """Return the moment until which an answer is promised.

        Working days: a message counts as received on the day it comes in if the office still opens or is open that day,
        else on the next day it opens; due when the office closes on the n-th such day after. Working hours pass only
        while the office is open. Minutes, hours and days pass always; a day is 24 hours.
        """
        match within.unit:
            case Unit.WORKING_DAY:
                received = next(closes for _, closes in self._spans_from(self._local_day(start)) if closes > start)
                after = self._local_day(received) + timedelta(days=1)
                day = next(islice(self._working_days_from(after), within.amount - 1, None))
                return self._spans_on(day)[-1][1]
            case Unit.WORKING_HOUR:
                return self._count_open(start, timedelta(hours=within.amount))
            case _:
                return start.astimezone(UTC) + within.elapsed()

    def before(self, due: datetime, within: Duration) -> datetime:
        """Return the moment so long before another one, counted back as `due_at` counts forward.

        Working days: when the office opens on the n-th working day before. Working hours: so that they fit in between;
        the latest such moment. Minutes, hours and days pass always.
        """
        match within.unit:
            case Unit.WORKING_DAY:
                day = next(islice(self._working_days_before(self._local_day(due)), within.amount - 1, None))
                return self._spans_on(day)[0][0]
            case Unit.WORKING_HOUR:
                return self._count_open_back(due, timedelta(hours=within.amount))
            case _:
                return due.astimezone(UTC) - within.elapsed()

    def next_on_working_day(self, after: datetime, at: time) -> datetime:
        """Return when a clock on the wall next shows this time on a day the office opens, later than a moment.

        Where that time comes twice it is the first, where it is skipped the moment the clocks would have shown it.
        """
        days = self._working_days_from(self._local_day(after))
        return next(moment for day in days if (moment := self._utc(day, at, fold=0)) > after)

    def next_on_any_day(self, after: datetime, at: time) -> datetime:
        """Return when a clock on the wall next shows this time, office day or not, later than a moment; as above."""
        today = self._local_day(after)
        moment = self._utc(today, at, fold=0)
        return moment if moment > after else self._utc(today + timedelta(days=1), at, fold=0)

    def open_between(self, start: datetime, end: datetime) -> timedelta:
        """Return how long the office was open between two moments; nothing if the second is not the later one."""
        open_for = timedelta()
        if end <= start:
            return open_for
        for opens, closes in self._spans_from(self._local_day(start)):
            if opens >= end:
                break
            open_for += max(min(closes, end) - max(opens, start), timedelta())
        return open_for

    def day_of(self, at: datetime) -> date:
        """Return the office's local date at a moment."""
        return self._local_day(at)

    def _count_open_back(self, due: datetime, left: timedelta) -> datetime:
        today = [(opens, min(closes, due)) for opens, closes in self._spans_on(self._local_day(due)) if opens < due]
        earlier = (span for day in self._working_days_before(self._local_day(due)) for span in self._backwards(day))
        for opens, closes in chain(reversed(today), earlier):
            if closes - opens >= left:
                return closes.astimezone(UTC) - left
            left -= closes - opens
        raise AssertionError("spans never run out")  # `_working_days_before` raises first

    def _backwards(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        return self._spans_on(day)[::-1]

    def _count_open(self, start: datetime, left: timedelta) -> datetime:
        for opens, closes in self._spans_from(self._local_day(start)):
            begins = max(opens, start)
            if closes - begins >= left:
                return begins.astimezone(UTC) + left
            left -= max(closes - begins, timedelta())
        raise AssertionError("spans never run out")  # `_working_days_from` raises first

    # -------------------------------------------------------------- days and spans

    def _local_day(self, at: datetime) -> date:
        return at.astimezone(self._zone).date()

    def _is_closed(self, day: date) -> bool:
        return day in self._holidays or any(closed.falls_on(day) for closed in self._closed)

    def _working_days_from(self, first: date) -> Iterator[date]:
        """Yield the days with opening hours from a date on.

        Raises:
            ValueError: after three years, because every day is a closed one.
        """
        return self._working_days(first, timedelta(days=1))

    def _working_days_before(self, last: date) -> Iterator[date]:
        """Yield the days with opening hours before a date, the nearest first.

        Raises:
            ValueError: as with `_working_days_from`.
        """
        return self._working_days(last - timedelta(days=1), timedelta(days=-1))

    def _working_days(self, first: date, step: timedelta) -> Iterator[date]:
        quiet = 0
        day = first
        while quiet < _LOOK_AHEAD_DAYS:
            quiet += 1
            if self.is_working_day(day):
                quiet = 0
                yield day
            day += step
        raise ValueError(f"the office does not open within {_LOOK_AHEAD_DAYS} days of {first}")

    def _spans_from(self, first: date) -> Iterator[tuple[datetime, datetime]]:
        for day in self._working_days_from(first):
            yield from self._spans_on(day)

    def _reckon_spans(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """Return the spans of a local date as UTC, in order."""
        if not self.is_working_day(day):
            return ()
        spans = []
        for span in self._spans[day.weekday()]:
            # Where an hour comes twice, the office opens in the first and closes in the second.
            opens = self._utc(day, span.opens, fold=0)
            closes = max(self._utc(day, span.closes, fold=fold) for fold in (0, 1))
            spans.append((opens, closes))
        return tuple(spans)

    def _utc(self, day: date, at: time, *, fold: int) -> datetime:
        return datetime.combine(day, at.replace(fold=fold), self._zone).astimezone(UTC)


def _spare_other_countries() -> None:
    """Let the library load the country asked for only; its package would load all 250, eight megabytes of them."""
    package = "holidays.countries"
    if package not in sys.modules and (spec := find_spec(package)) is not None:
        sys.modules[package] = module_from_spec(spec)  # made, but never run: it stays empty
