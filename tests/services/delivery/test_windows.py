"""Counting within a time: each thing once, forgotten when its time is over."""

from datetime import timedelta

from bot.services.delivery.windows import TIDY_AFTER, Window
from tests.support.clock import START

MINUTE, TEN = timedelta(minutes=1), timedelta(minutes=10)


def test_there_is_room_for_so_many_and_then_when_the_first_is_forgotten() -> None:
    window = Window()
    for number in range(3):
        assert window.room_at("anna", START + number * MINUTE, 3, TEN) == START + number * MINUTE
        assert window.admit("anna", number, START + number * MINUTE, 3, TEN)

    assert not window.admit("anna", 3, START + 5 * MINUTE, 3, TEN)
    assert window.room_at("anna", START + 5 * MINUTE, 3, TEN) == START + TEN
    assert window.admit("anna", 3, START + TEN, 3, TEN)
    assert not window.admit("anna", 4, START + TEN, 3, TEN)
    assert window.room_at("anna", START + TEN, 3, TEN) == START + MINUTE + TEN


def test_a_thing_tried_again_after_a_rollback_counts_once() -> None:
    window = Window()
    for _ in range(5):
        assert window.admit("anna", "the same", START, 1, TEN)


def test_what_found_no_room_is_not_counted() -> None:
    window = Window()
    for number in range(50):
        window.admit("anna", number, START + number * timedelta(seconds=1), 1, TEN)

    assert window.admit("anna", 99, START + TEN, 1, TEN)


def test_everybody_has_room_of_their_own() -> None:
    window = Window()
    assert window.admit("anna", 1, START, 1, TEN)
    assert window.admit("bela", 1, START, 1, TEN)
    assert window.room_at("anna", START, 1, TEN) > START
    assert window.room_at("chen", START, 1, TEN) == START


def test_a_clock_set_back_locks_nobody_out() -> None:
    window = Window()
    assert window.admit("anna", 1, START, 1, TEN)

    assert window.admit("anna", 2, START - timedelta(days=1), 1, TEN)


def test_whoever_wrote_long_ago_takes_no_memory() -> None:
    window = Window()
    for number in range(3 * TIDY_AFTER):
        window.admit(number, 1, START + number * MINUTE, 1, TEN)

    assert len(window._seen) <= TIDY_AFTER + 20
