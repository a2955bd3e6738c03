from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.office_hours import OfficeHours
from bot.routing.durations import load_duration
from bot.routing.office_rules import Holidays, Office

BERLIN = ZoneInfo("Europe/Berlin")
MORNING = ("08:00-12:30",)
COUNTY = Office(
    hours={"mon": MORNING, "tue": MORNING, "thu": ("13:30-17:30", "08:00-12:30"), "fri": MORNING},
    holidays=Holidays(country="DE", subdivision="BW", extra_closed=("12-24", "12-31", "2026-02-16")),
)
HOURS = OfficeHours(COUNTY)


def berlin(text: str) -> datetime:
    """A local wall-clock time as the UTC moment the rest of the house speaks of."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


DUE = [
    # label, written at, promise, due at
    ("before opening counts as that day", "2026-03-02 06:00", "1 working day", "2026-03-03 12:30"),
    ("at the very opening", "2026-03-02 08:00", "1 working day", "2026-03-03 12:30"),
    ("during hours", "2026-03-02 10:00", "1 working day", "2026-03-03 12:30"),
    ("in the lunch break of an open day", "2026-03-05 13:00", "1 working day", "2026-03-06 12:30"),
    ("at the very closing counts as the next day", "2026-03-02 12:30", "1 working day", "2026-03-05 17:30"),
    ("after closing counts as the next day", "2026-03-02 20:00", "1 working day", "2026-03-05 17:30"),
    ("Wednesday is closed", "2026-03-04 10:00", "1 working day", "2026-03-06 12:30"),
    ("Wednesday is not counted", "2026-03-03 10:00", "2 working days", "2026-03-06 12:30"),
    ("Friday at noon", "2026-03-06 12:00", "2 working days", "2026-03-10 12:30"),
    ("Friday afternoon", "2026-03-06 15:00", "2 working days", "2026-03-12 17:30"),
    ("Saturday is Monday's", "2026-03-07 11:00", "2 working days", "2026-03-12 17:30"),
    ("due at the last closing of a long day", "2026-03-03 09:00", "1 working day", "2026-03-05 17:30"),
    ("Epiphany (Tuesday, 6 Jan) is a holiday here", "2026-01-05 09:00", "1 working day", "2026-01-08 17:30"),
    ("written on Epiphany", "2026-01-06 09:00", "1 working day", "2026-01-09 12:30"),
    ("Corpus Christi (Thursday, 4 June)", "2026-06-02 09:00", "1 working day", "2026-06-05 12:30"),
    ("Good Friday and Easter Monday", "2026-04-02 09:00", "1 working day", "2026-04-07 12:30"),
    ("Christmas Eve is an own closed day", "2026-12-22 09:00", "1 working day", "2026-12-28 12:30"),
    ("New Year's Eve and New Year", "2026-12-29 09:00", "1 working day", "2027-01-04 12:30"),
    ("a day closed once only, carnival Monday", "2026-02-13 09:00", "1 working day", "2026-02-17 12:30"),
    ("that day a year later is open", "2027-02-12 09:00", "2 working days", "2027-02-16 12:30"),
    ("clocks go forward in between", "2026-03-27 09:00", "1 working day", "2026-03-30 12:30"),
    ("clocks go back in between", "2026-10-23 09:00", "1 working day", "2026-10-26 12:30"),
    ("working hours inside one span", "2026-03-02 08:30", "2 working hours", "2026-03-02 10:30"),
    ("working hours up to the closing", "2026-03-02 08:30", "4 working hours", "2026-03-02 12:30"),
    ("working hours go on the next day", "2026-03-02 10:30", "4 working hours", "2026-03-03 10:00"),
    ("working hours over lunch", "2026-03-05 11:30", "2 working hours", "2026-03-05 14:30"),
    ("working hours from before opening", "2026-03-02 03:00", "1 working hour", "2026-03-02 09:00"),
    ("working hours over Friday's weekend and the clocks", "2026-03-27 12:00", "1 working hour", "2026-03-30 08:30"),
    ("working hours over the holidays", "2026-12-22 12:00", "1 working hour", "2026-12-28 08:30"),
    ("minutes pass at night", "2026-03-06 23:50", "30 minutes", "2026-03-07 00:20"),
    ("a day is 24 hours, also when the clocks go forward", "2026-03-28 12:00", "1 day", "2026-03-29 13:00"),
    ("hours when the clocks go back", "2026-10-24 12:00", "24 hours", "2026-10-25 11:00"),
]


@pytest.mark.parametrize(("written", "promise", "due"), [row[1:] for row in DUE], ids=[row[0] for row in DUE])
def test_a_promise_is_counted_in_office_hours(written: str, promise: str, due: str) -> None:
    assert HOURS.due_at(berlin(written), load_duration(promise)) == berlin(due)


def test_due_times_are_utc() -> None:
    for promise in ("1 working day", "1 working hour", "1 hour"):
        assert HOURS.due_at(datetime(2026, 3, 2, 9, tzinfo=BERLIN), load_duration(promise)).tzinfo is UTC


BEFORE = [
    # label, due at, so long, the moment before
    ("inside one span", "2026-03-03 12:30", "4 working hours", "2026-03-03 08:30"),
    ("minutes pass always", "2026-03-05 12:30", "270 minutes", "2026-03-05 08:00"),
    ("over lunch", "2026-03-05 17:30", "5 working hours", "2026-03-05 11:30"),
    ("over Wednesday", "2026-03-05 09:00", "2 working hours", "2026-03-03 11:30"),
    ("over the weekend and the clocks", "2026-03-30 08:30", "1 working hour", "2026-03-27 12:00"),
    ("over the weekend when the clocks go back", "2026-10-26 08:30", "1 working hour", "2026-10-23 12:00"),
    ("over Easter", "2026-04-07 09:00", "2 working hours", "2026-04-02 16:30"),
    ("over the holidays", "2026-12-28 08:30", "1 working hour", "2026-12-22 12:00"),
    ("due at night", "2026-03-04 23:00", "1 working hour", "2026-03-03 11:30"),
    ("a working day is the opening of the one before", "2026-03-05 17:30", "1 working day", "2026-03-03 08:00"),
    ("working days over a holiday", "2026-01-08 17:30", "2 working days", "2026-01-02 08:00"),
    ("hours pass always", "2026-03-30 08:00", "24 hours", "2026-03-29 08:00"),
]


@pytest.mark.parametrize(("due", "within", "moment"), [row[1:] for row in BEFORE], ids=[row[0] for row in BEFORE])
def test_what_is_due_is_counted_back_in_office_hours(due: str, within: str, moment: str) -> None:
    assert HOURS.before(berlin(due), load_duration(within)) == berlin(moment)


CLOCK = [
    ("later the same day", "2026-03-05 08:00", "08:15", "2026-03-05 08:15"),
    ("at that very moment it is the next day's", "2026-03-05 08:15", "08:15", "2026-03-06 08:15"),
    ("over Wednesday", "2026-03-03 09:00", "08:15", "2026-03-05 08:15"),
    ("over the weekend and the clocks", "2026-03-27 09:00", "08:15", "2026-03-30 08:15"),
    ("over the weekend when the clocks go back", "2026-10-23 09:00", "08:15", "2026-10-26 08:15"),
    ("over Epiphany", "2026-01-05 09:00", "08:15", "2026-01-08 08:15"),
]


@pytest.mark.parametrize(("after", "clock", "moment"), [row[1:] for row in CLOCK], ids=[row[0] for row in CLOCK])
def test_a_time_of_day_comes_next_on_a_working_day(after: str, clock: str, moment: str) -> None:
    assert HOURS.next_on_working_day(berlin(after), time.fromisoformat(clock)) == berlin(moment)


EVERY_DAY = [
    ("later the same day", "2026-03-05 07:00", "2026-03-05 07:30"),
    ("at that very moment it is the next day's", "2026-03-05 07:30", "2026-03-06 07:30"),
    ("on a Wednesday, when the office is closed", "2026-03-03 09:00", "2026-03-04 07:30"),
    ("when the clocks go forward", "2026-03-28 09:00", "2026-03-29 07:30"),
    ("when the clocks go back", "2026-10-24 09:00", "2026-10-25 07:30"),
]


@pytest.mark.parametrize(("after", "moment"), [row[1:] for row in EVERY_DAY], ids=[row[0] for row in EVERY_DAY])
def test_a_time_of_day_comes_next_on_any_day(after: str, moment: str) -> None:
    assert HOURS.next_on_any_day(berlin(after), time(7, 30)) == berlin(moment)


def test_a_time_of_day_the_clocks_skip_or_repeat_comes_once() -> None:
    sundays = OfficeHours(Office(hours={"sun": ("01:00-09:00",)}))
    skipped = sundays.next_on_working_day(berlin("2026-03-29 00:00"), time(2, 30))
    assert skipped == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert sundays.next_on_working_day(skipped, time(2, 30)) == berlin("2026-04-05 02:30")
    first = sundays.next_on_working_day(berlin("2026-10-25 00:00"), time(2, 30))
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert sundays.next_on_working_day(first, time(2, 30)) == berlin("2026-11-01 02:30")


OPEN = [
    ("a minute before opening", "2026-03-02 07:59", False, None, "2026-03-02 08:00"),
    ("at opening", "2026-03-02 08:00", True, "2026-03-02 12:30", "2026-03-03 08:00"),
    ("a minute before closing", "2026-03-02 12:29", True, "2026-03-02 12:30", "2026-03-03 08:00"),
    ("at closing", "2026-03-02 12:30", False, None, "2026-03-03 08:00"),
    ("lunch", "2026-03-05 13:00", False, None, "2026-03-05 13:30"),
    ("Thursday afternoon", "2026-03-05 17:29", True, "2026-03-05 17:30", "2026-03-06 08:00"),
    ("Wednesday", "2026-03-04 10:00", False, None, "2026-03-05 08:00"),
    ("the weekend the clocks go forward", "2026-03-28 10:00", False, None, "2026-03-30 08:00"),
    ("Epiphany", "2026-01-06 10:00", False, None, "2026-01-08 08:00"),
    ("Christmas Eve", "2026-12-24 10:00", False, None, "2026-12-28 08:00"),
]


@pytest.mark.parametrize(
    ("at", "is_open", "closes", "opens_next"), [row[1:] for row in OPEN], ids=[row[0] for row in OPEN]
)
def test_the_office_knows_when_it_is_open(at: str, is_open: bool, closes: str | None, opens_next: str) -> None:
    assert HOURS.is_open(berlin(at)) is is_open
    assert HOURS.closes_at(berlin(at)) == (berlin(closes) if closes else None)
    assert HOURS.next_opening(berlin(at)) == berlin(opens_next)


def test_an_hour_the_clocks_skip_is_not_counted() -> None:
    night = OfficeHours(Office(hours={"sun": ("01:00-04:00",)}))
    assert night.due_at(berlin("2026-03-29 00:00"), load_duration("2 working hours")) == berlin("2026-03-29 04:00")


def test_an_hour_the_clocks_repeat_is_counted_twice() -> None:
    night = OfficeHours(Office(hours={"sun": ("01:00-04:00",)}))
    assert night.due_at(berlin("2026-10-25 00:00"), load_duration("4 working hours")) == berlin("2026-10-25 04:00")


def test_an_office_may_be_open_inside_the_repeated_hour() -> None:
    night = OfficeHours(Office(hours={"sun": ("02:00-02:30",)}))
    assert night.is_open(datetime(2026, 10, 25, 0, 15, tzinfo=UTC))
    assert night.is_open(datetime(2026, 10, 25, 1, 15, tzinfo=UTC))
    assert not night.is_open(datetime(2026, 10, 25, 1, 30, tzinfo=UTC))


def test_another_country_has_its_own_holidays() -> None:
    basel = Office(hours=COUNTY.hours, timezone="Europe/Zurich", holidays=Holidays(country="CH", subdivision="BS"))
    assert not OfficeHours(basel).is_working_day(date(2024, 8, 1))
    assert HOURS.is_working_day(date(2024, 8, 1))


def test_an_office_that_never_opens_is_refused() -> None:
    with pytest.raises(ValueError, match="never opens"):
        OfficeHours(Office(hours={"mon": ()}))


def test_an_office_whose_every_day_is_closed_ends_the_search_with_an_error() -> None:
    closed = tuple(f"{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 32) if _exists(month, day))
    shut = OfficeHours(Office(hours={"mon": MORNING}, holidays=Holidays(extra_closed=closed)))
    with pytest.raises(ValueError, match="does not open within"):
        shut.next_opening(berlin("2026-03-02 10:00"))


def _exists(month: int, day: int) -> bool:
    try:
        date(2000, month, day)
    except ValueError:
        return False
    return True


MOMENTS = st.datetimes(
    datetime(2025, 1, 1),  # noqa: DTZ001 - the strategy wants naive bounds
    datetime(2028, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
PROMISES = st.sampled_from(["1 working day", "3 working days", "1 working hour", "9 working hours"]).map(load_duration)


@given(MOMENTS, MOMENTS, PROMISES)
def test_who_writes_earlier_is_never_promised_a_later_answer(one, other, promise) -> None:
    earlier, later = sorted((one, other))
    assert HOURS.due_at(earlier, promise) <= HOURS.due_at(later, promise)


@given(MOMENTS, PROMISES)
def test_a_promise_falls_due_on_a_day_the_office_is_open(start, promise) -> None:
    due = HOURS.due_at(start, promise)
    assert due > start
    assert HOURS.is_working_day(due.astimezone(BERLIN).date())


WORKING_HOURS = st.sampled_from(["1 working hour", "4 working hours", "9 working hours"]).map(load_duration)
ANY_LENGTH = st.sampled_from(["1 working day", "3 working days", "4 working hours", "24 hours"]).map(load_duration)


@given(MOMENTS, WORKING_HOURS)
def test_counted_back_and_forward_again_it_is_the_same_moment_while_the_office_is_open(moment, length) -> None:
    due = HOURS.due_at(moment, length)
    back = HOURS.before(due, length)
    assert HOURS.due_at(back, length) == due
    # It is the latest such moment: a little later, and the time would not do.
    assert HOURS.due_at(back + timedelta(seconds=1), length) > due


@given(MOMENTS, WORKING_HOURS)
def test_whatever_is_due_so_many_working_hours_fit_in_before_it(due, length) -> None:
    back = HOURS.before(due, length)
    assert back < due
    assert HOURS.due_at(back, length) <= due


@given(MOMENTS, MOMENTS, ANY_LENGTH)
def test_what_is_due_earlier_is_never_reminded_of_later(one, other, length) -> None:
    earlier, later = sorted((one, other))
    assert HOURS.before(earlier, length) <= HOURS.before(later, length) < later


@given(MOMENTS, st.times())
def test_a_time_of_day_comes_on_a_working_day_and_within_a_long_weekend(after, clock) -> None:
    moment = HOURS.next_on_working_day(after, clock)
    assert after < moment < after + timedelta(days=9)
    assert HOURS.is_working_day(HOURS.day_of(moment))
