"""The inbox worker: in order per lane, one transaction a row, and no update lost or looped."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.errors import BotError, UnreadableUpdateError
from bot.model import InboundEvent, ReachChanged
from bot.services.delivery.beforehand import BeforehandError, Brought, Work
from bot.services.delivery.inbox import InboxWorker
from bot.store import inbox, outbox
from bot.store.database import Database, Tx
from bot.store.inbox import RawUpdate
from tests.support.clock import ManualClock
from tests.support.transport import ANNA, make_draft, open_store


@dataclass
class Desk:
    """A worker whose dialogue writes down what it is handed and fails as told; one failure an attempt."""

    database: Database
    clock: ManualClock = field(default_factory=ManualClock)
    handled: list[str] = field(default_factory=list)
    failures: dict[str, list[Exception]] = field(default_factory=dict)
    rings: int = 0
    names: dict[str, str] = field(default_factory=dict)
    beforehand: dict[str, list[Work]] = field(default_factory=dict)
    brought: list[Brought] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.worker = InboxWorker(self.database, self.clock, self._read, self._handle, self._ring)
        self._reading = ""

    async def arrive(self, *names: str) -> None:
        """Store updates named like `a1`: lane, then number."""
        updates = [RawUpdate("telegram", None, name, name[0], name) for name in names]
        async with self.database.transaction() as tx:
            await inbox.add_batch(tx, self.clock.now(), updates)
        # A row knows its update by a hash alone.
        self.names |= {hashlib.sha256(name.encode()).hexdigest(): name for name in names}

    async def _read(self, raw: str) -> InboundEvent | None:
        self._reading = raw
        if raw.endswith("?"):
            raise UnreadableUpdateError("update: not one")
        return None if raw.endswith("-") else ReachChanged(ANNA, True)

    async def _handle(self, tx: Tx, _: InboundEvent) -> None:
        await outbox.add(tx, self.clock.now(), make_draft(text=self._reading))
        if works := self.beforehand.get(self._reading):
            first = BeforehandError(works.pop(0))
            first.keep = self.brought.append
            raise first
        errors = self.failures.get(self._reading)
        if errors:
            raise errors.pop(0)
        self.handled.append(self._reading)

    def _ring(self) -> None:
        self.rings += 1

    async def rows(self) -> list[tuple[str, str]]:
        async with self.database.reading() as tx:
            rows = await tx.all("SELECT * FROM inbox ORDER BY id")
        return [(self.names[row["meaning"]], row["state"]) for row in rows]

    async def queued(self) -> list[str | None]:
        async with self.database.reading() as tx:
            return [row["text"] for row in await tx.all("SELECT draft ->> '$.text' AS text FROM outbox ORDER BY id")]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_store(tmp_path) as database:
        yield Desk(database)


async def test_updates_are_handled_in_order_and_the_sender_is_told(desk: Desk) -> None:
    await desk.arrive("a1", "b1", "a2", "a3-")
    await desk.worker.work_off()
    assert desk.handled == ["a1", "b1", "a2"]
    assert {state for _, state in await desk.rows()} == {"done"}
    assert desk.rings == 1  # one commit for all


async def test_a_failed_update_leaves_nothing_behind_and_holds_only_its_lane(desk: Desk) -> None:
    desk.failures["a1"] = [ValueError("a fault")]
    await desk.arrive("a1", "a2", "b1")
    await desk.worker.work_off()
    assert desk.handled == ["b1"]
    assert await desk.queued() == ["b1"]
    desk.clock.turn(seconds=1)
    await desk.worker.work_off()
    assert desk.handled == ["b1", "a1", "a2"]


async def test_the_third_failure_parks_the_update_and_its_lane_goes_on(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.failures["a1"] = [ValueError("Frau Muster")] * 3
    await desk.arrive("a1", "a2")
    with caplog.at_level(logging.INFO):
        for _ in range(3):
            await desk.worker.work_off()
            desk.clock.turn(seconds=6)
    assert await desk.rows() == [("a1", "parked"), ("a2", "done")]
    assert desk.handled == ["a2"]
    async with desk.database.reading() as tx:
        (parked,) = await inbox.list_parked(tx)
    assert (parked.attempts, parked.raw) == (3, "a1")
    assert "ValueError" in (parked.error or "")
    assert "Muster" not in f"{caplog.text} {parked.error}"
    assert "inbox row 1 parked" in caplog.text


async def test_our_own_errors_are_kept_with_their_words(desk: Desk) -> None:
    desk.failures["a1"] = [BotError("contact 'x' has no address")] * 3
    await desk.arrive("a1")
    for _ in range(3):
        await desk.worker.work_off()
        desk.clock.turn(seconds=6)
    async with desk.database.reading() as tx:
        (parked,) = await inbox.list_parked(tx)
    assert (parked.error or "").endswith("contact 'x' has no address")


async def test_an_unreadable_update_is_parked_at_once(desk: Desk) -> None:
    await desk.arrive("a1?", "a2")
    await desk.worker.work_off()
    assert await desk.rows() == [("a1?", "parked"), ("a2", "done")]


async def test_a_replayed_update_is_handled(desk: Desk) -> None:
    desk.failures["a1"] = [ValueError()] * 3
    await desk.arrive("a1")
    for _ in range(3):
        await desk.worker.work_off()
        desk.clock.turn(seconds=6)
    async with desk.database.transaction() as tx:
        assert await inbox.requeue(tx, 1)
    await desk.worker.work_off()
    assert desk.handled == ["a1"]


async def test_what_is_handled_together_stays_or_fails_one_by_one(desk: Desk) -> None:
    desk.failures["b1"] = [ValueError("a fault")] * 3
    await desk.arrive("a1", "b1", "c1")
    await desk.worker.round()
    assert await desk.queued() == ["a1", "c1"]
    assert await desk.rows() == [("a1", "done"), ("b1", "waiting"), ("c1", "done")]
    assert desk.rings == 1


async def test_what_takes_long_lets_the_others_wait_for_the_next_commit(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.delivery.inbox.PORTION_S", 0.0)
    await desk.arrive("a1", "b1", "c1")
    await desk.worker.round()
    assert desk.handled == ["a1", "b1", "c1"]
    assert desk.rings == 3


async def test_a_full_disk_counts_as_nobodys_attempt(desk: Desk) -> None:
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL
    desk.failures["a1"] = [full] * 5
    await desk.arrive("a1", "b1")
    for _ in range(5):
        with pytest.raises(sqlite3.OperationalError):
            await desk.worker.round()
    assert await desk.rows() == [("a1", "waiting"), ("b1", "waiting")]
    await desk.worker.work_off()
    assert desk.handled == ["a1", "b1"]


@pytest.mark.parametrize("wrapped", [False, True])
async def test_a_disk_that_fills_up_while_a_row_is_handled_is_not_the_rows_fault(desk: Desk, wrapped: bool) -> None:
    handle = desk.worker._handle

    async def write_much(tx: Tx, event: InboundEvent) -> None:
        await handle(tx, event)
        if desk._reading == "b1":
            try:
                await tx.run("INSERT INTO facts (name, value) VALUES ('much', :words)", words="x" * 500_000)
            except sqlite3.OperationalError as error:
                if wrapped:
                    raise ValueError("somebody's own error") from error
                raise

    desk.worker._handle = write_much
    await desk.arrive("a1", "b1", "c1")
    pages = await _limit_pages(desk.database, more=20)
    error, words = (ValueError, "own error") if wrapped else (sqlite3.OperationalError, "disk is full")
    for _ in range(4):
        with pytest.raises(error, match=words):
            await desk.worker.round()
    assert await desk.rows() == [("a1", "waiting"), ("b1", "waiting"), ("c1", "waiting")]
    assert await desk.queued() == []
    async with desk.database.reading() as tx:
        assert {row.attempts for row in await inbox.list_ready(tx, desk.clock.now(), 9)} == {0}

    await desk.database._writer.execute_fetchall(f"PRAGMA max_page_count={pages + 1_000}")
    await desk.worker.work_off()
    assert {state for _, state in await desk.rows()} == {"done"}
    assert await desk.queued() == ["a1", "b1", "c1"]


async def _limit_pages(database: Database, *, more: int) -> int:
    [[pages]] = await database._writer.execute_fetchall("PRAGMA page_count")
    await database._writer.execute_fetchall(f"PRAGMA max_page_count={pages + more}")
    return int(pages)


async def test_while_the_database_may_not_be_written_all_waits_and_goes_on_without_a_start(desk: Desk) -> None:
    await desk.arrive("a1", "b1")
    await _forbid_writing(desk.database, forbidden=True)
    for _ in range(5):
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            await desk.worker.round()
    await _forbid_writing(desk.database, forbidden=False)
    assert await desk.rows() == [("a1", "waiting"), ("b1", "waiting")]
    await desk.worker.work_off()
    assert await desk.rows() == [("a1", "done"), ("b1", "done")]
    assert await desk.queued() == ["a1", "b1"]


async def _forbid_writing(database: Database, *, forbidden: bool) -> None:
    await database._writer.execute_fetchall(f"PRAGMA query_only={int(forbidden)}")


@pytest.mark.parametrize("hours", [-48, -1, 1, 48])
async def test_a_clock_that_jumps_while_an_update_waits_for_its_next_attempt_stops_nothing(
    desk: Desk, hours: int
) -> None:
    desk.failures["a1"] = [ValueError("a fault")]
    await desk.arrive("a1", "a2", "b1")
    await desk.worker.round()
    desk.clock.turn(hours=hours)
    await desk.arrive("b2")
    await desk.worker.work_off()
    assert desk.handled == ["b1", "a1", "a2", "b2"]


async def test_stopping_finishes_the_row_in_hand(desk: Desk) -> None:
    async def handle(_: Tx, __: InboundEvent) -> None:
        desk.worker.stop()

    desk.worker._handle = handle
    await desk.arrive("a1", "a2")
    await desk.worker.run()
    assert await desk.rows() == [("a1", "done"), ("a2", "waiting")]


async def test_a_cancelled_worker_leaves_the_row_as_it_was(desk: Desk) -> None:
    handling = asyncio.Event()

    async def hang(tx: Tx, _: InboundEvent) -> None:
        await outbox.add(tx, desk.clock.now(), make_draft())
        handling.set()
        await asyncio.Event().wait()

    desk.worker._handle = hang
    await desk.arrive("a1")
    running = asyncio.create_task(desk.worker.run())
    await handling.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert await desk.rows() == [("a1", "waiting")]
    assert await desk.queued() == []


async def test_a_ring_makes_the_worker_look(desk: Desk) -> None:
    running = asyncio.create_task(desk.worker.run())
    desk.worker._after_commit = desk.worker.stop
    await desk.arrive("a1")
    desk.worker.wake()
    await running
    assert desk.handled == ["a1"]


# ------------------------------------------------------------ what is done beforehand


async def test_what_is_done_before_an_update_keeps_only_its_lane_waiting(desk: Desk) -> None:
    found = asyncio.Event()

    async def look(_: Database) -> str:
        await found.wait()
        return "found"

    desk.beforehand["a2"] = [look]
    await desk.arrive("a1", "a2", "a3", "b1")
    await desk.worker.round()
    assert desk.handled == ["a1", "b1"]
    assert not await desk.worker.round(), "there is nothing to come round for"
    await desk.arrive("b2")
    await desk.worker.round()
    assert await desk.queued() == ["a1", "b1", "b2"]

    found.set()
    await desk.worker.work_off()

    assert desk.handled == ["a1", "b1", "b2", "a2", "a3"]
    assert desk.brought == [Brought("found")]
    assert await desk.queued() == ["a1", "b1", "b2", "a2", "a3"]


async def test_a_worker_woken_by_what_was_done_handles_the_update(desk: Desk) -> None:
    async def look(_: Database) -> None:
        return None

    desk.beforehand["a1"] = [look]
    await desk.arrive("a1")
    await desk.worker.round()
    ringing = asyncio.create_task(desk.worker._bell.wait(60))
    await ringing
    await desk.worker.round()

    assert desk.handled == ["a1"]


async def test_an_error_beforehand_is_kept_for_the_update(desk: Desk) -> None:
    async def fail(_: Database) -> None:
        raise ValueError("a fault")

    desk.beforehand["a1"] = [fail]
    await desk.arrive("a1", "b1")
    await desk.worker.work_off()

    assert desk.handled == ["b1", "a1"]
    assert [str(one.error) for one in desk.brought] == ["a fault"]


async def test_a_stopped_worker_does_not_wait_for_what_is_done_beforehand(desk: Desk) -> None:
    looking = asyncio.Event()

    async def hang(_: Database) -> None:
        looking.set()
        await asyncio.Event().wait()

    desk.beforehand["a1"] = [hang]
    await desk.arrive("a1")
    running = asyncio.create_task(desk.worker.run())
    await looking.wait()
    desk.worker.stop()
    await running

    assert await desk.rows() == [("a1", "waiting")]
    assert desk.brought == []


async def test_somebodys_flood_does_not_stand_before_everybody_else(desk: Desk) -> None:
    flood = [f"a{number}" for number in range(250)]
    await desk.arrive(*flood, "b1", "b2", "c1")
    await desk.worker.round()

    assert desk.handled[:10] == flood[:10]
    assert {"b1", "b2", "c1"} <= set(desk.handled)
    await desk.worker.work_off()
    assert [name for name in desk.handled if name[0] == "a"] == flood
    assert [name for name in desk.handled if name[0] != "a"] == ["b1", "b2", "c1"]


async def test_a_flood_whose_first_update_waits_for_another_attempt_keeps_its_order(desk: Desk) -> None:
    flood = [f"a{number:03}" for number in range(150)]
    other = [f"c{number:03}" for number in range(150)]
    desk.failures["a000"] = [ValueError("a fault")]
    await desk.arrive(*flood, *other, "b1")
    await desk.worker.work_off()
    assert sorted(desk.handled) == ["b1", *other]

    desk.clock.turn(seconds=2)
    await desk.worker.work_off()

    assert [name for name in desk.handled if name[0] == "a"] == flood
