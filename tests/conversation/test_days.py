"""Spans of days as contacts write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.days import LONGEST, Days, Fault, Impossible, find_days

TODAY = date(2026, 11, 24)

WRITTEN = [
    # text, first, last, what stands before
    ("bis 12.12.", (2026, 11, 24), (2026, 12, 12), ""),
    ("bis 12.12", (2026, 11, 24), (2026, 12, 12), ""),
    ("bis zum 12.12.", (2026, 11, 24), (2026, 12, 12), ""),
    ("bis einschließlich 12.12.26", (2026, 11, 24), (2026, 12, 12), ""),
    ("12.12.", (2026, 12, 12), (2026, 12, 12), ""),
    ("am 12.12.", (2026, 12, 12), (2026, 12, 12), ""),
    ("on 12.12.", (2026, 12, 12), (2026, 12, 12), ""),
    ("ab 1.12. bis 12.12.", (2026, 12, 1), (2026, 12, 12), ""),
    ("ab sofort bis 12.12.", (2026, 11, 24), (2026, 12, 12), ""),
    ("bis Freitag", (2026, 11, 24), (2026, 11, 27), ""),
    ("bis Dienstag", (2026, 11, 24), (2026, 12, 1), ""),
    ("am Montag", (2026, 11, 30), (2026, 11, 30), ""),
    ("von Montag bis Mittwoch", (2026, 11, 30), (2026, 12, 2), ""),
    ("bis Freitag, 27.11.", (2026, 11, 24), (2026, 11, 27), ""),
    ("bis Freitag den 4.12.", (2026, 11, 24), (2026, 12, 4), ""),
    ("bis Fr., 4.12.2026", (2026, 11, 24), (2026, 12, 4), ""),
    ("von Montag, 30.11. bis Freitag, dem 4.12.", (2026, 11, 30), (2026, 12, 4), ""),
    ("Mo, 30.11. - Fr, 4.12.", (2026, 11, 30), (2026, 12, 4), ""),
    ("am Montag, 30.11.", (2026, 11, 30), (2026, 11, 30), ""),
    ("bis nächsten Freitag", (2026, 11, 24), (2026, 11, 27), ""),
    ("bis zum kommenden Freitag", (2026, 11, 24), (2026, 11, 27), ""),
    ("am nächsten Montag", (2026, 11, 30), (2026, 11, 30), ""),
    ("nächsten Montag", (2026, 11, 30), (2026, 11, 30), ""),
    ("ab kommenden Montag bis Mittwoch", (2026, 11, 30), (2026, 12, 2), ""),
    ("bis Sonnabend", (2026, 11, 24), (2026, 11, 28), ""),
    ("bis Fr", (2026, 11, 24), (2026, 11, 27), ""),
    ("bis So.", (2026, 11, 24), (2026, 11, 29), ""),
    ("am Mo", (2026, 11, 30), (2026, 11, 30), ""),
    ("Mo-Fr", (2026, 11, 30), (2026, 12, 4), ""),
    ("von Mo bis 12.12.", (2026, 11, 30), (2026, 12, 12), ""),
    ("Mo bis 12.12.", (2026, 11, 24), (2026, 12, 12), "Mo"),
    ("Kontakt Wohnen bis Fr", (2026, 11, 24), (2026, 11, 27), "Kontakt Wohnen"),
    ("until next friday", (2026, 11, 24), (2026, 11, 27), ""),
    ("until friday", (2026, 11, 24), (2026, 11, 27), ""),
    ("bis 3.1.", (2026, 11, 24), (2027, 1, 3), ""),
    ("bis 3. 1. 2027", (2026, 11, 24), (2027, 1, 3), ""),
    ("until 2027-01-03", (2026, 11, 24), (2027, 1, 3), ""),
    ("vom 1.12. bis 12.12.", (2026, 12, 1), (2026, 12, 12), ""),
    ("vom 28.12. bis 3.1.", (2026, 12, 28), (2027, 1, 3), ""),
    ("from 1.12. until 12.12.", (2026, 12, 1), (2026, 12, 12), ""),
    ("1.12. - 12.12.", (2026, 12, 1), (2026, 12, 12), ""),
    ("1.12.–12.12.", (2026, 12, 1), (2026, 12, 12), ""),
    ("vom 20.11. bis 12.12.", (2026, 11, 24), (2026, 12, 12), ""),
    ("seit 20.11.2026 bis 12.12.", (2026, 11, 24), (2026, 12, 12), ""),
    ("heute", (2026, 11, 24), (2026, 11, 24), ""),
    ("morgen", (2026, 11, 25), (2026, 11, 25), ""),
    ("am übermorgen", (2026, 11, 26), (2026, 11, 26), ""),
    ("bis morgen", (2026, 11, 24), (2026, 11, 25), ""),
    ("von morgen bis morgen", (2026, 11, 25), (2026, 11, 25), ""),
    ("ab heute bis morgen", (2026, 11, 24), (2026, 11, 25), ""),
    ("von morgen bis 25.11.", (2026, 11, 25), (2026, 11, 25), ""),
    ("wohnen-kontakt bis 12.12.", (2026, 11, 24), (2026, 12, 12), "wohnen-kontakt"),
    ("otto 12.12.", (2026, 12, 12), (2026, 12, 12), "otto"),
    ("Herr Tobis 12.12.", (2026, 12, 12), (2026, 12, 12), "Herr Tobis"),
    ("1.12.bis 12.12.", (2026, 12, 1), (2026, 12, 12), ""),
    ("wohnen-kontakt am 12.12.", (2026, 12, 12), (2026, 12, 12), "wohnen-kontakt"),
    ("Kontakt Wohnen vom 1.12. bis 12.12.", (2026, 12, 1), (2026, 12, 12), "Kontakt Wohnen"),
]


@pytest.mark.parametrize(("text", "first", "last", "before"), WRITTEN, ids=[row[0] for row in WRITTEN])
def test_a_span_is_read(text: str, first: tuple[int, int, int], last: tuple[int, int, int], before: str) -> None:
    assert find_days(text, TODAY) == (Days(date(*first), date(*last)), before)


@pytest.mark.parametrize("text", ["", "bis", "bis irgendwann", "bis Morgenfreitag", "bis Frühling", "Do"])
def test_what_is_no_span_is_none(text: str) -> None:
    assert find_days(text, TODAY) is None


IMPOSSIBLE = [
    ("bis 32.1.", Fault.NO_SUCH_DAY),
    ("bis 12.13.", Fault.NO_SUCH_DAY),
    ("bis 1.1.2020", Fault.PAST),
    ("vom 1.1.2020 bis 12.12.", Fault.PAST),
    ("bis 22.11.", Fault.PAST),
    ("bis gestern", Fault.PAST),
    ("am 22.11.", Fault.PAST),
    ("vom 20.11. bis 22.11.", Fault.PAST),
    ("vom 12.12.2026 bis 1.12.2026", Fault.ENDS_BEFORE),
    ("vom 12.12. bis 1.12.", Fault.ENDS_BEFORE),
    ("vom 12.12. bis morgen", Fault.ENDS_BEFORE),
    ("von morgen bis heute", Fault.ENDS_BEFORE),
    ("ab 12.12.", Fault.NO_END),
    ("vom 12.12.", Fault.NO_END),
    ("ab heute", Fault.NO_END),
    ("ab 1.1.2020", Fault.PAST),
    ("bis 1.1.2030", Fault.TOO_FAR),
    ("bis 29.2.2028", Fault.TOO_FAR),
]


@pytest.mark.parametrize(("text", "fault"), IMPOSSIBLE, ids=[row[0] for row in IMPOSSIBLE])
def test_a_span_that_cannot_be_says_why(text: str, fault: Fault) -> None:
    assert find_days(f"wohnen-kontakt {text}", TODAY) == Impossible(fault, text)


def test_an_end_in_the_next_year_needs_no_year_even_a_year_ahead() -> None:
    assert find_days("vom 28.12. bis 3.1.", date(2026, 4, 2)) == (Days(date(2026, 12, 28), date(2027, 1, 3)), "")


def test_what_began_before_the_turn_of_the_year_ends_after_it() -> None:
    assert find_days("vom 28.12. bis 8.1.", date(2027, 1, 2)) == (Days(date(2027, 1, 2), date(2027, 1, 8)), "")


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(1, 90))
def test_a_day_without_a_year_that_was_just_now_is_not_taken_for_the_next_year(today: date, ago: int) -> None:
    last = today - timedelta(days=ago)
    written = f"bis {last.day}.{last.month}."

    assert find_days(written, today) == Impossible(Fault.PAST, written)


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(0, 270))
def test_a_day_without_a_year_is_the_next_of_its_date(today: date, ahead: int) -> None:
    last = today + timedelta(days=ahead)
    if (last.month, last.day) == (2, 29):
        return

    assert find_days(f"bis {last.day}.{last.month}.", today) == (Days(today, last), "")


@given(st.text(max_size=60), st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_any_text_is_survived(text: str, today: date) -> None:
    found = find_days(text, today)

    assert not isinstance(found, tuple) or today <= found[0].first <= found[0].last <= today + LONGEST
