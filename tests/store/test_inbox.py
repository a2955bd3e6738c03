"""The inbox knows updates by what they mean and keeps each lane in order."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.store import inbox
from bot.store.database import Database
from bot.store.inbox import InboxRow, RawUpdate
from tests.support.clock import START
from tests.support.transport import open_store

SECOND = timedelta(seconds=1)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with open_store(tmp_path) as database:
        yield database


def raw(number: int, lane: str = "a", **more: object) -> RawUpdate:
    values = {"update_id": number, "meaning": f"m:{lane}:{number}", "raw": f'{{"n":{number}}}', **more}
    return RawUpdate("telegram", lane=lane, **values)  # type: ignore[arg-type]


async def store(database: Database, *updates: RawUpdate) -> None:
    async with database.transaction() as tx:
        await inbox.add_batch(tx, START, list(updates))


async def ready(database: Database, at: object = START) -> list[InboxRow]:
    async with database.reading() as tx:
        return await inbox.list_ready(tx, at)  # type: ignore[arg-type]


async def numbers(database: Database, at: object = START) -> list[int | None]:
    return [row.update_id for row in await ready(database, at)]


async def test_an_update_that_comes_twice_is_stored_once(database: Database) -> None:
    await store(database, raw(1), raw(2))
    await store(database, raw(1), raw(2), raw(3))
    assert await numbers(database) == [1, 2, 3]


async def test_an_update_under_two_numbers_is_stored_once(database: Database) -> None:
    await store(database, raw(1, meaning="m:a:7"), raw(2, meaning="m:a:7"))
    assert await numbers(database) == [1]


async def test_a_number_that_comes_again_with_another_meaning_is_a_new_update(database: Database) -> None:
    await store(database, raw(1))
    async with database.transaction() as tx:
        await inbox.mark_done(tx, START, 1)
    await store(database, raw(1, meaning="m:a:999"))
    assert [(row.update_id, row.raw) for row in await ready(database)] == [(1, '{"n":1}')]


async def test_a_handled_update_is_not_taken_again_and_its_words_are_gone(database: Database) -> None:
    await store(database, raw(1))
    async with database.transaction() as tx:
        await inbox.mark_done(tx, START, 1)
    await store(database, raw(1))
    assert await ready(database) == []
    async with database.reading() as tx:
        assert [row["raw"] for row in await tx.all("SELECT raw FROM inbox")] == [""]


async def test_a_failed_update_holds_its_lane_until_its_time_and_no_other(database: Database) -> None:
    await store(database, raw(1, "a"), raw(2, "b"), raw(3, "a"))
    async with database.transaction() as tx:
        await inbox.mark_failed(tx, 1, "a fault", START + SECOND)
    assert await numbers(database) == [2]
    assert await numbers(database, START + SECOND) == [1, 2, 3]
    assert [row.attempts for row in await ready(database, START + SECOND)] == [1, 0, 0]


async def test_a_clock_set_back_does_not_hold_up_what_waits_for_another_attempt(database: Database) -> None:
    await store(database, raw(1), raw(2))
    async with database.transaction() as tx:
        await inbox.mark_failed(tx, 1, "try later", START + 5 * SECOND)
    assert await numbers(database, START + 4 * SECOND) == []
    assert await numbers(database, START - timedelta(hours=1)) == [1, 2]


async def test_a_parked_update_lets_its_lane_go_on_and_can_be_queued_again(database: Database) -> None:
    await store(database, raw(1), raw(2))
    async with database.transaction() as tx:
        await inbox.mark_failed(tx, 1, "a fault", None)
        assert [(row.id, row.error) for row in await inbox.list_parked(tx)] == [(1, "a fault")]
    assert await numbers(database) == [2]
    async with database.transaction() as tx:
        assert await inbox.requeue(tx, 1)
        assert not await inbox.requeue(tx, 1)
        assert not await inbox.requeue(tx, 2)
    assert [(row.update_id, row.attempts) for row in await ready(database)] == [(1, 0), (2, 0)]


async def test_a_dropped_update_loses_its_words_but_stays_known(database: Database) -> None:
    await store(database, raw(1))
    async with database.transaction() as tx:
        await inbox.mark_failed(tx, 1, "a fault", None)
        assert await inbox.drop(tx, START, 1)
        assert not await inbox.drop(tx, START, 1)
    await store(database, raw(1))
    assert await ready(database) == []
    async with database.reading() as tx:
        assert await inbox.list_parked(tx) == []


async def test_an_update_with_a_fault_is_parked_beside_the_others(database: Database) -> None:
    await store(database, raw(1), raw(2, update_id=None, fault="it has no update_id"))
    assert await numbers(database) == [1]
    async with database.reading() as tx:
        assert [row.error for row in await inbox.list_parked(tx)] == ["it has no update_id"]


async def test_done_updates_are_forgotten_after_their_time_and_others_stay(database: Database) -> None:
    await store(database, raw(1), raw(2), raw(3))
    async with database.transaction() as tx:
        await inbox.mark_done(tx, START, 1)
        await inbox.mark_done(tx, START + SECOND, 2)
        await inbox.forget_done(tx, START + SECOND, 10)
        assert [row["update_id"] for row in await tx.all("SELECT update_id FROM inbox ORDER BY id")] == [2, 3]


async def test_looking_for_updates_reads_no_done_rows(database: Database) -> None:
    """With a year of updates behind it, a look must cost what the waiting ones cost."""
    async with database.reading() as tx:
        plan = await tx.all(
            """
            EXPLAIN QUERY PLAN SELECT * FROM inbox WHERE state = 'waiting' AND NOT EXISTS (
              SELECT 1 FROM inbox AS earlier
              WHERE earlier.state = 'waiting' AND earlier.retry_at IS NOT NULL AND earlier.retry_at > :at
                AND earlier.channel = inbox.channel AND earlier.lane = inbox.lane AND earlier.id <= inbox.id)
            ORDER BY id LIMIT 100
            """,
            at="x",
        )
    steps = [row["detail"] for row in plan]
    assert all(
        "inbox_waiting" in step or "inbox_retrying" in step for step in steps if "inbox" in step or "SCAN" in step
    )
    assert not any("TEMP B-TREE" in step for step in steps)
