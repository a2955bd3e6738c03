"""Pacing: how long a lane has to wait, by what was sent before."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.services.delivery.pacing import Limits, Pacing
from tests.support.clock import START

PERSON, OTHER, GROUP = ("telegram", 1001), ("telegram", 1002), ("telegram", -100500)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def wait_s(pacing: Pacing, lane: tuple[str, int], seconds: float) -> float:
    return (pacing.free_at(lane, at(seconds)) - at(seconds)).total_seconds()


EVERY_3_S = [(GROUP, 3.0 * number) for number in range(18)]  # the last at 51 s
MANY_PEOPLE = [(("telegram", 2000 + number), 0.01 * number) for number in range(5)]  # the last at 0.04 s


@pytest.mark.parametrize(
    ("label", "sent", "lane", "now", "expected"),
    [
        ("the first goes at once", [], PERSON, 0, 0),
        ("the second in a chat a second after the first", [(PERSON, 0)], PERSON, 0.2, 0.8),
        ("after a second at once", [(PERSON, 0)], PERSON, 1, 0),
        ("another chat need not wait", [(PERSON, 0)], OTHER, 0.2, 0),
        ("a group has the gap too", [(GROUP, 0)], GROUP, 0.2, 0.8),
        ("the 18th in a group is free", EVERY_3_S[:17], GROUP, 51, 0),
        ("the 19th waits until the first is a minute old", EVERY_3_S, GROUP, 54, 6),
        ("and is free then", EVERY_3_S, GROUP, 60, 0),
        ("a person has no window of a minute", [(PERSON, lane[1]) for lane in EVERY_3_S], PERSON, 54, 0),
        ("the sixth over all waits until the first is a fifth of a second old", MANY_PEOPLE, PERSON, 0.05, 0.15),
        ("over all counts by channel", MANY_PEOPLE, ("mail", 1), 0.05, 0),
        ("a clock set back does not stop a lane", [(PERSON, 3600)], PERSON, 0, 0),
    ],
)
def test_a_lane_waits_as_long_as_it_must(
    label: str, sent: list[tuple[tuple[str, int], float]], lane: tuple[str, int], now: float, expected: float
) -> None:
    pacing = Pacing()
    for sender, moment in sent:
        pacing.record(sender, at(moment))
    assert wait_s(pacing, lane, now) == pytest.approx(expected), label


def test_a_held_lane_waits_and_another_does_not() -> None:
    pacing = Pacing()
    pacing.hold(PERSON, at(30))
    pacing.hold(PERSON, at(10))
    assert wait_s(pacing, PERSON, 0) == 30
    assert wait_s(pacing, OTHER, 0) == 0


def test_a_held_channel_stops_all_its_lanes() -> None:
    pacing = Pacing()
    pacing.hold("telegram", at(5))
    assert [wait_s(pacing, lane, 0) for lane in (PERSON, GROUP, ("mail", 1))] == [5, 5, 0]
    assert pacing.is_held("telegram", at(4))
    assert not pacing.is_held("telegram", at(5))


def test_without_limits_only_holds_count() -> None:
    pacing = Pacing(None)
    for _ in range(100):
        pacing.record(PERSON, START)
    assert wait_s(pacing, PERSON, 0) == 0
    pacing.hold(PERSON, at(3))
    assert wait_s(pacing, PERSON, 0) == 3


def test_what_no_window_reaches_any_more_is_forgotten() -> None:
    pacing = Pacing(Limits())
    for number in range(1000):
        pacing.record(("telegram", number), at(0))
    pacing.hold(PERSON, at(30))
    pacing.forget(at(59))
    assert len(pacing._in_lane) == 1000
    pacing.forget(at(60))
    assert not pacing._in_lane
    assert not pacing._held


def test_a_clock_set_back_makes_a_held_lane_wait_no_longer() -> None:
    pacing = Pacing()
    pacing.forget(at(3600))
    pacing.hold(PERSON, at(3605))
    pacing.forget(at(3602))
    assert wait_s(pacing, PERSON, 3602) == 3
    pacing.forget(at(2))
    assert wait_s(pacing, PERSON, 2) == 3


def test_over_all_it_is_25_a_second_and_never_many_at_once() -> None:
    pacing, sent = Pacing(), []
    for hundredth in range(300):
        now = at(hundredth / 100)
        for chat in range(10):
            lane = ("telegram", 10 * hundredth + chat + 1)
            if pacing.free_at(lane, now) <= now:
                pacing.record(lane, now)
                sent.append(hundredth)
    assert len(sent) == 75
    assert max(sum(0 <= later - one < 20 for later in sent) for one in sent) == 5
