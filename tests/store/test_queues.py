"""How long the queues are, and since when they wait."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.model import DeliveryKind
from bot.store import given_up, inbox, outbox, queues, sending
from bot.store.inbox import RawUpdate
from bot.store.queues import Queue
from tests.support.clock import START, ManualClock
from tests.support.transport import make_draft, open_store


def update(number: int, fault: str | None = None) -> RawUpdate:
    return RawUpdate("telegram", number, f"u:{number}", "1001", "{}", fault)


async def test_empty_queues_wait_for_nothing(tmp_path: Path) -> None:
    async with open_store(tmp_path) as database, database.reading() as tx:
        assert await queues.measure(tx, START) == {"inbox": Queue(0, None, 0), "outbox": Queue(0, None, 0)}


async def test_the_oldest_update_counts_and_what_is_parked_does_not(tmp_path: Path) -> None:
    clock = ManualClock()
    async with open_store(tmp_path) as database, database.transaction() as tx:
        await inbox.add_batch(tx, clock.now(), [update(1, "broken"), update(2)])
        await inbox.add_batch(tx, clock.turn(minutes=1), [update(3)])
        assert (await queues.measure(tx, clock.now()))["inbox"] == Queue(2, START, 1)


async def test_a_message_waits_since_it_is_due_and_once_tried_since_it_was_written(tmp_path: Path) -> None:
    clock = ManualClock()
    async with open_store(tmp_path) as database, database.transaction() as tx:
        [first] = await outbox.add_all(tx, clock.now(), [make_draft()])
        await sending.claim(tx, clock.now(), [first])
        assert (await queues.measure(tx, clock.now()))["outbox"] == Queue(1, START, 0), "under way is not sent"
        await sending.mark_waiting(tx, first, clock.now() + timedelta(hours=1), "not sent")
        clock.turn(minutes=10)
        assert (await queues.measure(tx, clock.now()))["outbox"] == Queue(1, START, 0)
        await sending.mark_parked(tx, first, "refused")
        assert (await queues.measure(tx, clock.now()))["outbox"] == Queue(0, None, 1)
        await given_up.requeue(tx, clock.now(), first)
        assert (await queues.measure(tx, clock.now()))["outbox"] == Queue(1, clock.now(), 0), "tried anew"


async def test_what_is_due_later_does_not_wait_yet_and_presses_do_not_count(tmp_path: Path) -> None:
    clock = ManualClock()
    async with open_store(tmp_path) as database, database.transaction() as tx:
        await outbox.add(tx, clock.now() + timedelta(hours=1), make_draft())
        await outbox.add(tx, clock.now(), make_draft(kind=DeliveryKind.ANSWER_PRESS, press="q1"))
        assert (await queues.measure(tx, clock.now()))["outbox"] == Queue(1, None, 0)
