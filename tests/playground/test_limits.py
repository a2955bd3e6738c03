"""Telegram's published limits, enforced by the stand-in when asked to."""

import pytest
from telegram import Bot
from telegram.error import RetryAfter

from bot.playground.errors import ApiError
from bot.playground.faults import Call
from bot.playground.limits import PublishedLimits, Traffic
from bot.playground.params import Params
from tests.playground.scene import Clock
from tests.support.driver import Driver

ANNA, GROUP = 111, -100111


def call(chat: int, method: str = "sendMessage") -> Call:
    return Call(method, Params({"chat_id": chat}), 0.0)


def passed(traffic: Traffic, calls: list[Call]) -> int:
    """Return how many pass before one is told to wait."""
    for count, one in enumerate(calls):
        try:
            traffic.check(one)
        except ApiError:
            return count
    return len(calls)


@pytest.mark.parametrize(
    ("label", "pace_s", "let_through"),
    [("at once", 0.0, 3), ("two a second", 0.5, 5), ("one a second", 1.0, 60), ("slower", 1.5, 60)],
)
def test_in_a_chat_a_burst_passes_and_then_one_a_second(label: str, pace_s: float, let_through: int) -> None:
    clock = Clock()
    traffic = Traffic(clock, PublishedLimits())
    count = 0
    while count < 60 and passed(traffic, [call(ANNA)]):
        count += 1
        clock.at += pace_s
    assert count == let_through


def test_a_group_takes_20_a_minute() -> None:
    clock = Clock()
    traffic = Traffic(clock, PublishedLimits(burst=60))
    assert passed(traffic, [call(GROUP)] * 60) == 20
    clock.at += 59.9
    assert passed(traffic, [call(GROUP)]) == 0
    clock.at += 0.1
    assert passed(traffic, [call(GROUP)] * 60) == 20


def test_all_chats_together_take_30_a_second() -> None:
    clock = Clock()
    traffic = Traffic(clock, PublishedLimits())
    assert passed(traffic, [call(1_000 + number) for number in range(60)]) == 30
    clock.at += 1
    assert passed(traffic, [call(2_000 + number) for number in range(60)]) == 30


@pytest.mark.parametrize(
    ("method", "counts"),
    [
        ("sendMessage", True),
        ("sendPhoto", True),
        ("copyMessage", True),
        ("forwardMessages", True),
        ("editMessageText", True),
        ("editMessageReplyMarkup", True),
        ("sendChatAction", False),
        ("answerCallbackQuery", False),
        ("getChat", False),
        ("getUpdates", False),
    ],
)
def test_what_writes_into_a_chat_counts(method: str, counts: bool) -> None:
    traffic = Traffic(Clock(), PublishedLimits(burst=1))
    assert passed(traffic, [call(ANNA, method)] * 9) == (1 if counts else 9)


def test_who_is_told_to_wait_is_told_long_enough_and_counted() -> None:
    clock = Clock()
    traffic = Traffic(clock, PublishedLimits())
    assert passed(traffic, [call(GROUP)] * 4) == 3
    with pytest.raises(ApiError) as refusal:
        traffic.check(call(GROUP))
    assert traffic.refused == 2
    clock.at += refusal.value.parameters["retry_after"]
    assert passed(traffic, [call(GROUP)]) == 1


async def test_the_bot_is_told_429_and_nothing_is_written(bot: Bot, driver: Driver) -> None:
    anna = driver.person("Anna", opened=True)
    for _ in range(9):
        await bot.send_message(anna.id, "frei")
    driver.playground.api.traffic.limits = PublishedLimits(burst=1)
    await bot.send_message(anna.id, "eins")
    with pytest.raises(RetryAfter):
        await bot.send_message(anna.id, "zwei")
    assert anna.received[-1].text == "eins"
    assert driver.playground.api.traffic.refused == 1
