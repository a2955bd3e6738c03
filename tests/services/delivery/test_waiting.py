"""Waiting for work."""

from __future__ import annotations

import asyncio
import sqlite3

import pytest

from bot.services.delivery.waiting import Bell, backoff_s, place_of

LONG = 3600.0


@pytest.mark.parametrize(
    ("failures", "least", "most"),
    [(0, 1, 1.1), (1, 1, 1.1), (2, 2, 2.2), (5, 16, 17.6), (7, 60, 66), (10_000, 60, 66)],
)
def test_the_pause_doubles_up_to_its_cap(failures: int, least: float, most: float) -> None:
    assert least <= backoff_s(failures, 60) <= most


async def test_a_ring_before_the_wait_ends_it_at_once() -> None:
    bell = Bell()
    bell.ring()
    await bell.wait(LONG)


async def test_a_ring_during_the_wait_ends_it() -> None:
    bell = Bell()
    asyncio.get_running_loop().call_soon(bell.ring)
    await bell.wait(LONG)


async def test_a_rest_is_ended_by_closing_only() -> None:
    bell = Bell()
    bell.ring()
    resting = asyncio.create_task(bell.rest(LONG))
    for _ in range(5):
        await asyncio.sleep(0)
    assert not resting.done()
    bell.close()
    await resting
    assert bell.is_closed


async def test_waiting_no_time_lets_others_have_their_turn() -> None:
    turns: list[int] = []
    asyncio.get_running_loop().call_soon(turns.append, 1)
    await Bell().wait(0)
    assert turns == [1]


def test_a_fault_is_described_by_its_place_and_never_by_its_text() -> None:
    try:
        _fail()
    except sqlite3.Error as error:
        described = place_of(error)
    assert described == "OperationalError SQLITE_ERROR"
    assert place_of(ValueError("Frau Muster")) == "ValueError"


def test_the_place_of_a_fault_is_the_line_in_the_product() -> None:
    with pytest.raises(TypeError) as caught:
        backoff_s(1, "Frau Muster")  # type: ignore[arg-type]
    assert place_of(caught.value).startswith("TypeError > bot/services/delivery/waiting.py:")


def _fail() -> None:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("SELECT 'Frau Muster' FROM nowhere")
    finally:
        connection.close()


async def test_how_long_a_round_takes_is_known_and_waiting_is_not_work() -> None:
    seconds = iter([0.0, 7.0, 10.0, 12.0])
    bell = Bell(lambda: next(seconds))
    assert bell.busy_s == 7.0, "since it was made"
    waiting = asyncio.create_task(bell.wait(LONG))
    await asyncio.sleep(0)
    assert bell.busy_s == 0.0
    bell.ring()
    await waiting
    assert bell.busy_s == 2.0, "since the wait ended"
