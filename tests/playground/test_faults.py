"""Faults by script, as python-telegram-bot meets them."""

import asyncio
import random
from datetime import timedelta

import httpx
import pytest
from telegram import Bot
from telegram.error import Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.playground.errors import REFUSALS
from bot.playground.faults import (
    Effect,
    Fault,
    bad_gateway,
    blocked,
    chance,
    delay,
    drop,
    flood,
    hold,
    internal_error,
    polled_elsewhere,
    refuse,
    silence,
    token_refused,
    token_unknown,
)
from tests.support.driver import Driver

EFFECTS: list[tuple[str, Effect, type[TelegramError], str]] = [
    ("429", flood(7), RetryAfter, "Flood control exceeded"),
    ("500", internal_error(), NetworkError, "Internal Server Error"),
    ("502 as a page", bad_gateway(), NetworkError, "Bad Gateway"),
    ("403", blocked(), Forbidden, "bot was blocked by the user"),
    ("cut", drop(), NetworkError, "Server disconnected"),
    ("429 with nothing to wait", flood(0), NetworkError, "Too Many Requests"),
    ("401", token_refused(), InvalidToken, "Unauthorized"),
    ("404", token_unknown(), InvalidToken, "Not Found"),
    ("409", polled_elsewhere(), Conflict, "terminated by other getUpdates"),
    *((why, refuse(why), TelegramError, ".") for why in REFUSALS),
]


@pytest.mark.parametrize("after_effect", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("label", "effect", "error", "text"), EFFECTS, ids=[row[0] for row in EFFECTS])
async def test_a_fault_strikes_once_before_or_after_the_effect(
    bot: Bot, driver: Driver, label: str, effect: Effect, error: type[TelegramError], text: str, after_effect: bool
) -> None:
    anna = driver.person("Anna", opened=True)
    fault = driver.faults.add(Fault(effect, methods={"sendMessage"}, after_effect=after_effect))
    with pytest.raises(error, match=text):
        await bot.send_message(anna.id, "eins")
    assert [message.text for message in anna.received] == (["eins"] if after_effect else [])
    await bot.send_message(anna.id, "zwei")
    assert anna.received[-1].text == "zwei"
    assert fault.hits == 1


async def test_a_flood_says_how_long_to_wait(bot: Bot, driver: Driver) -> None:
    driver.faults.add(Fault(flood(7)))
    with pytest.raises(RetryAfter) as refusal:
        await bot.get_me()
    assert refusal.value.retry_after == timedelta(seconds=7)


async def test_a_delay_makes_the_client_give_up_while_the_effect_comes_later(bot: Bot, driver: Driver) -> None:
    anna = driver.person("Anna", opened=True)
    gate = asyncio.Event()
    driver.faults.add(Fault(hold(gate), methods={"sendMessage"}))
    with pytest.raises(TimedOut):
        await bot.send_message(anna.id, "spät", read_timeout=0.05)
    assert anna.received == []
    gate.set()
    assert (await anna.sees("spät")).text == "spät"


async def test_a_delay_ends(bot: Bot, driver: Driver) -> None:
    driver.faults.add(Fault(delay(0.01)))
    assert (await bot.get_me()).is_bot


async def test_a_fault_can_be_meant_for_one_chat_and_a_later_call(bot: Bot, driver: Driver) -> None:
    anna, ben = driver.person("Anna", opened=True), driver.person("Ben", opened=True)
    driver.faults.add(Fault(internal_error(), chat_id=ben.id, skip=1))
    await bot.send_message(ben.id, "erste")
    await bot.send_message(anna.id, "andere")
    with pytest.raises(NetworkError):
        await bot.send_message(ben.id, "zweite")
    await bot.send_message(ben.id, "dritte")
    assert [message.text for message in ben.received] == ["erste", "dritte"]


async def test_a_fault_can_last_and_be_cleared(bot: Bot, driver: Driver) -> None:
    fault = driver.faults.add(Fault(internal_error(), times=None, when=lambda call: call.params.text("text") == "x"))
    anna = driver.person("Anna", opened=True)
    for _ in range(3):
        with pytest.raises(NetworkError):
            await bot.send_message(anna.id, "x")
    await bot.send_message(anna.id, "y")
    driver.faults.clear()
    await bot.send_message(anna.id, "x")
    assert fault.hits == 3


async def test_every_call_is_noted_with_what_came_of_it(bot: Bot, driver: Driver) -> None:
    anna = driver.person("Anna", opened=True)
    await bot.send_message(anna.id, "eins")
    driver.faults.add(Fault(drop()))
    with pytest.raises(NetworkError):
        await bot.send_message(anna.id, "zwei")
    first, second = driver.calls("sendMessage")
    assert (first.status, first.call.chat_id, first.call.params.text("text")) == (200, anna.id, "eins")
    assert first.result["text"] == "eins"
    assert (second.status, second.error) == (None, "connection dropped")


async def test_a_cut_connection_leaves_the_others_alone(driver: Driver) -> None:
    url = f"{driver.playground.url}/bot{driver.world.bot.token}"
    driver.faults.add(Fault(drop(), methods={"getMe"}))
    async with httpx.AsyncClient() as one, httpx.AsyncClient() as other:
        assert (await other.post(f"{url}/getWebhookInfo")).status_code == 200
        with pytest.raises(httpx.RemoteProtocolError):
            await one.post(f"{url}/getMe")
        assert (await other.post(f"{url}/getMe")).status_code == 200


async def test_silence_lasts_until_the_client_gives_up(bot: Bot, driver: Driver) -> None:
    anna = driver.person("Anna", opened=True)
    driver.faults.add(Fault(silence(), methods={"sendMessage"}, after_effect=True))
    with pytest.raises(TimedOut):
        await bot.send_message(anna.id, "eins", read_timeout=0.05)
    assert [message.text for message in anna.received] == ["eins"]


async def test_a_fault_can_strike_by_chance(bot: Bot, driver: Driver) -> None:
    fault = driver.faults.add(Fault(internal_error(), times=None, when=chance(0.5, random.Random(1))))
    outcomes = []
    for _ in range(40):
        try:
            outcomes.append((await bot.get_me()).is_bot)
        except NetworkError:
            outcomes.append(False)
    assert outcomes.count(False) == fault.hits
    assert 10 < fault.hits < 30
