from datetime import timedelta

import pytest

from bot.routing.durations import Duration, Unit, load_duration

WRITTEN = [
    ("30 minutes", Duration(30, Unit.MINUTE)),
    ("1 minute", Duration(1, Unit.MINUTE)),
    ("24 hours", Duration(24, Unit.HOUR)),
    ("90 days", Duration(90, Unit.DAY)),
    ("4 working hours", Duration(4, Unit.WORKING_HOUR)),
    ("2 working days", Duration(2, Unit.WORKING_DAY)),
    ("  2  Working   Days ", Duration(2, Unit.WORKING_DAY)),
]


@pytest.mark.parametrize(("text", "duration"), WRITTEN, ids=[text for text, _ in WRITTEN])
def test_a_length_of_time_is_read(text: str, duration: Duration) -> None:
    assert load_duration(text) == duration


@pytest.mark.parametrize("text", ["1 minute", "30 minutes", "4 working hours", "1 working day"])
def test_a_length_of_time_is_written_as_it_is_read(text: str) -> None:
    assert str(load_duration(text)) == text


REFUSED = [
    "",
    "2",
    "days",
    "two days",
    "2 weeks",
    "1.5 hours",
    "-2 days",
    "2days",
    "2 working minutes",
    "2 Arbeitstage",
]


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_length_of_time_is_refused_with_examples(text: str) -> None:
    with pytest.raises(ValueError, match=f"^'{text}' is no length of time. Write .*2 working days"):
        load_duration(text)


def test_nought_is_no_length_of_time() -> None:
    with pytest.raises(ValueError, match="no time at all"):
        load_duration("0 working days")


def test_plain_units_have_a_fixed_length() -> None:
    assert load_duration("90 minutes").elapsed() == timedelta(hours=1, minutes=30)
    assert load_duration("24 hours").elapsed() == load_duration("1 day").elapsed() == timedelta(days=1)


@pytest.mark.parametrize("text", ["4 working hours", "2 working days"])
def test_working_units_have_none(text: str) -> None:
    with pytest.raises(ValueError, match="office hours"):
        load_duration(text).elapsed()
