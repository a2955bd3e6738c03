"""getUpdates: numbering, confirmation, waiting, conflicts; through python-telegram-bot where it matters."""

import asyncio

import pytest
from telegram import Bot, Update
from telegram.error import Conflict

from bot.playground import acts
from bot.playground.changes import Signal
from bot.playground.updates import CALLBACK_KEPT_S, KEPT_S, LONGEST_POLL_S, PollRequest, UpdateQueue
from tests.playground.scene import Clock, Scene
from tests.support.driver import Driver


def texts(updates: tuple[Update, ...]) -> list[str | None]:
    return [update.effective_message.text for update in updates if update.effective_message]


def queue_of(count: int, clock: Clock) -> tuple[UpdateQueue, int]:
    queue = UpdateQueue(clock)
    put = [queue.put("message", {"message_id": number}, lane=1) for number in range(count)]
    assert put[0] is not None
    return queue, put[0].id


OFFSETS = [
    ("none: everything, nothing confirmed", 0, [0, 1, 2], 3),
    ("the first id: the same", 1, [0, 1, 2], 3),
    ("the second id confirms the first", 2, [1, 2], 2),
    ("beyond the last confirms all", 4, [], 0),
    ("minus one: the last, the rest forgotten", -1, [2], 1),
    ("minus two", -2, [1, 2], 2),
    ("minus many: everything", -9, [0, 1, 2], 3),
]


@pytest.mark.parametrize(("label", "offset", "returned", "left"), OFFSETS, ids=[row[0] for row in OFFSETS])
async def test_the_offset_confirms(label: str, offset: int, returned: list[int], left: int) -> None:
    queue, first = queue_of(3, Clock())
    asked = offset if offset <= 0 else first + offset - 1
    updates = await queue.poll(PollRequest(asked))
    assert [update["message"]["message_id"] for update in updates] == returned
    assert [update["update_id"] for update in updates] == [first + number for number in returned]
    assert len(queue.pending()) == left


async def test_the_limit_holds_back_and_does_not_confirm() -> None:
    queue, _ = queue_of(3, Clock())
    assert len(await queue.poll(PollRequest(limit=2))) == 2
    assert len(await queue.poll(PollRequest(limit=2))) == 2
    assert len(queue.pending()) == 3


@pytest.mark.parametrize(("kind", "kept_s"), [("message", KEPT_S), ("callback_query", CALLBACK_KEPT_S)])
def test_updates_do_not_wait_for_ever(kind: str, kept_s: float) -> None:
    clock = Clock()
    queue = UpdateQueue(clock)
    queue.put(kind, {}, lane=1)
    clock.at += kept_s - 1
    assert len(queue.pending()) == 1
    clock.at += 1
    assert queue.pending() == []


@pytest.mark.parametrize(
    ("label", "allowed", "kept"),
    [
        ("default", [], ["message", "my_chat_member"]),
        ("only messages", ["message"], ["message"]),
        ("asked by name", ["chat_member"], ["chat_member"]),
    ],
)
def test_only_wanted_kinds_are_kept(label: str, allowed: list[str], kept: list[str]) -> None:
    queue = UpdateQueue(Clock())
    queue.allow(allowed)
    for kind in ("message", "my_chat_member", "chat_member", "message_reaction"):
        queue.put(kind, {}, lane=1)
    assert [update.kind for update in queue.pending()] == kept


async def test_what_is_allowed_holds_until_it_is_said_anew(scene: Scene) -> None:
    await scene.result("getUpdates", allowed_updates=["callback_query"])
    acts.write(scene.world, 111, 111, "nicht gewollt")
    await scene.result("getUpdates")
    acts.write(scene.world, 111, 111, "immer noch nicht")
    assert scene.told() == []
    await scene.result("getUpdates", allowed_updates=[])
    acts.write(scene.world, 111, 111, "gewollt")
    assert [update["message"]["text"] for update in scene.told()] == ["gewollt"]


def test_numbers_start_anew_after_a_quiet_week() -> None:
    queue, first = queue_of(1, Clock())
    queue.restart_ids()
    update = queue.put("message", {}, lane=1)
    assert update is not None
    assert update.id != first + 1


async def test_a_waiting_poll_is_answered_as_soon_as_something_comes(bot: Bot, driver: Driver) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=LONGEST_POLL_S))
    await waiting(driver)
    driver.person("Anna").writes("da")
    async with asyncio.timeout(3):
        updates = await poll
    assert texts(updates) == ["da"]


async def test_updates_come_again_until_they_are_confirmed(bot: Bot, driver: Driver) -> None:
    anna = driver.person("Anna")
    anna.writes("eins")
    anna.writes("zwei")
    first = await bot.get_updates()
    assert texts(await bot.get_updates()) == texts(first) == ["eins", "zwei"]
    assert texts(await bot.get_updates(offset=first[0].update_id + 1)) == ["zwei"]
    assert len(await bot.get_updates(offset=first[1].update_id + 1)) == 0
    await driver.confirmed()


async def test_a_second_waiting_poll_ends_the_first_with_a_conflict(bot: Bot, driver: Driver) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await waiting(driver)
    # A client keeps one connection for polling, so the rival is another one, as a second process would be.
    async with Bot(bot.token, base_url=f"{driver.playground.url}/bot") as rival:
        second = asyncio.create_task(rival.get_updates(timeout=30))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        driver.person("Anna").writes("für den zweiten")
        assert texts(await second) == ["für den zweiten"]


async def test_a_webhook_ends_polling(bot: Bot, driver: Driver) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await waiting(driver)
    await bot.set_webhook("https://127.0.0.1:9/hook")
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await poll
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_a_poll_that_gets_nothing_ends_in_time(scene: Scene) -> None:
    queue = scene.world.updates
    assert await queue.poll(PollRequest(timeout_s=0.01)) == []
    assert queue.signal.version >= 0


async def test_a_signal_wakes_whoever_waits_and_gives_up_in_time() -> None:
    signal = Signal()
    seen: list[int] = []
    waiter = asyncio.create_task(signal.until(lambda: seen or None, 3))
    await asyncio.sleep(0)
    seen.append(1)
    signal.changed()
    assert await waiter == [1]
    assert await signal.until(lambda: None, 0.01) is None


async def waiting(driver: Driver) -> None:
    """Wait until a poll waits at the server."""
    updates = driver.world.updates
    assert await updates.signal.until(lambda: updates.has_waiting_poll or None, 3)


async def test_anything_may_come_in_place_of_an_update(bot: Bot, driver: Driver) -> None:
    queue = driver.world.updates
    first = queue.put_raw({"poll_of_the_future": {"id": "1"}})
    queue.put_raw({"update_id": "seven"})
    last = queue.put_raw(7)
    assert await queue.poll(PollRequest()) == [
        {"update_id": first.id, "poll_of_the_future": {"id": "1"}},
        {"update_id": "seven"},
        7,
    ]
    assert await queue.poll(PollRequest(last.id + 1)) == []


async def test_an_update_may_come_once_more_though_it_was_confirmed() -> None:
    queue, first = queue_of(2, Clock())
    update = queue.pending()[0]
    assert len(await queue.poll(PollRequest(first + 2))) == 0
    queue.repeat(update)
    assert len(queue.pending()) == 1
    assert await queue.poll(PollRequest(first + 2)) == [update.body()]
    assert await queue.poll(PollRequest(first + 2)) == []


async def test_an_update_may_come_once_more_under_another_number() -> None:
    queue, first = queue_of(2, Clock())
    queue.repeat(queue.pending()[0], anew=True)
    updates = await queue.poll(PollRequest())
    assert [update["update_id"] for update in updates] == [first, first + 1, first + 2]
    assert [update["message"]["message_id"] for update in updates] == [0, 1, 0]


async def test_updates_may_come_in_another_order() -> None:
    queue, first = queue_of(1, Clock())
    queue.hold_back()
    for number in (1, 2):
        queue.put("message", {"message_id": number}, lane=1)
    assert len(queue.pending()) == 1
    queue.release(lambda held: held[::-1])
    updates = await queue.poll(PollRequest())
    assert [update["update_id"] for update in updates] == [first, first + 1, first + 2]
    assert [update["message"]["message_id"] for update in updates] == [0, 2, 1]
