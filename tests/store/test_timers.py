from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.store import assignments, inquiries, people, timers
from bot.store.database import Database, Tx
from bot.store.timers import Timer, TimerKind
from tests.support.builders import MARIA, make_assignment, make_decision
from tests.support.clock import START

ASK, WHICH = TimerKind.ASK, TimerKind.WHICH
SOON, LATER = START + timedelta(minutes=30), START + timedelta(hours=2)


async def add_inquiry(tx: Tx) -> int:
    person = await people.find_by_address(tx, MARIA) or await people.add(tx, START, MARIA, "Maria", "de")
    return (await inquiries.add(tx, START, person.id, make_decision())).id


async def list_due(tx: Tx, at: datetime) -> list[Timer]:
    """Return what is due at a moment up to which it is known what people did."""
    return await timers.list_due(tx, at, at)


async def test_what_is_due_comes_longest_due_first(database: Database) -> None:
    async with database.transaction() as tx:
        first, second = await add_inquiry(tx), await add_inquiry(tx)
        await timers.start(tx, LATER, Timer(ASK, inquiry_id=first))
        await timers.start(tx, SOON, Timer(ASK, inquiry_id=second))
        await timers.start(tx, SOON, Timer(WHICH, person_id=1))

        assert await list_due(tx, SOON - timedelta(microseconds=1)) == []
        assert await list_due(tx, SOON) == [
            Timer(ASK, inquiry_id=second, id=2),
            Timer(WHICH, person_id=1, id=3),
        ]
        assert [one.id for one in await list_due(tx, LATER)] == [2, 3, 1]


async def test_a_silence_is_over_only_when_it_is_known_that_it_was_one(database: Database) -> None:
    async with database.transaction() as tx:
        await add_inquiry(tx)
        for kind in (ASK, WHICH, TimerKind.SPARING, TimerKind.ROOM):
            await timers.start(tx, SOON, Timer(kind, person_id=1))

        for heard_until in (None, SOON - timedelta(microseconds=1)):
            assert [one.kind for one in await timers.list_due(tx, LATER, heard_until)] == [TimerKind.ROOM]
        assert len(await timers.list_due(tx, LATER, SOON)) == 4


async def test_started_again_it_runs_once_from_then_on(database: Database) -> None:
    async with database.transaction() as tx:
        inquiry_id = await add_inquiry(tx)
        await timers.start(tx, SOON, Timer(ASK, inquiry_id=inquiry_id))
        await timers.start(tx, LATER, Timer(ASK, inquiry_id=inquiry_id))

        assert await list_due(tx, SOON) == []
        assert len(await list_due(tx, LATER)) == 1


async def test_stopping_stops_only_its_own_kind_and_owner(database: Database) -> None:
    async with database.transaction() as tx:
        first, second = await add_inquiry(tx), await add_inquiry(tx)
        for inquiry_id in (first, second):
            await timers.start(tx, SOON, Timer(ASK, inquiry_id=inquiry_id))
        await timers.start(tx, SOON, Timer(WHICH, person_id=1))

        await timers.stop(tx, Timer(WHICH, inquiry_id=first))
        await timers.stop(tx, Timer(ASK, inquiry_id=first))
        await timers.stop(tx, Timer(ASK, inquiry_id=first))

        assert [(one.kind, one.inquiry_id) for one in await list_due(tx, SOON)] == [
            (ASK, second),
            (WHICH, None),
        ]


async def test_carried_out_it_is_gone(database: Database) -> None:
    async with database.transaction() as tx:
        inquiry_id = await add_inquiry(tx)
        await timers.start(tx, SOON, Timer(ASK, inquiry_id=inquiry_id))

        assert await timers.claim(tx, 1, LATER) == Timer(ASK, inquiry_id=inquiry_id, id=1)
        assert await timers.claim(tx, 1, LATER) is None
        assert await list_due(tx, LATER) == []


async def test_a_shares_timers_start_in_the_place_of_all_it_had(database: Database) -> None:
    async with database.transaction() as tx:
        inquiry_id = await add_inquiry(tx)
        share = await assignments.add(tx, START, make_assignment(inquiry_id))
        other = await assignments.add(tx, START, make_assignment(inquiry_id, field="sprache"))
        await timers.start(tx, SOON, Timer(TimerKind.TAKE, assignment_id=share.id, step=2))
        await timers.start(tx, SOON, Timer(TimerKind.TAKE, assignment_id=other.id, step=1))

        await timers.restart_share(tx, share.id, {TimerKind.TAKE: LATER, TimerKind.DUE: LATER})

        found = [(one.assignment_id, one.kind, one.step) for one in await list_due(tx, LATER)]
        assert found == [(other.id, "take", 1), (share.id, "take", 0), (share.id, "due", 0)]


async def test_another_timer_that_got_the_id_of_one_found_due_is_not_ended_before_its_time(database: Database) -> None:
    async with database.transaction() as tx:
        inquiry_id = await add_inquiry(tx)
        await timers.start(tx, SOON, Timer(ASK, inquiry_id=inquiry_id))
        [due] = await list_due(tx, SOON)
        await timers.stop(tx, Timer(ASK, inquiry_id=inquiry_id))
        await timers.start(tx, LATER, Timer(TimerKind.DIGEST, contact="leitung"))

        assert await timers.claim(tx, due.id, SOON) is None
        assert await timers.claim(tx, due.id, LATER) == Timer(TimerKind.DIGEST, contact="leitung", id=due.id)


RUNNING = [
    # label, kind, where it was kept from which row on it looks, from which row that is now, which step
    ("a step stays a step", TimerKind.TAKE, 2, 0, 2),
    ("the first row of the outbox", TimerKind.SURGE, 41, 41, 0),
    ("the share behind the last that was looked at", TimerKind.DELIVER, 41, 42, 0),
    ("all shares where none was looked at", TimerKind.DELIVER, 0, 1, 0),
]


@pytest.mark.parametrize(("label", "kind", "kept", "first_row", "step"), RUNNING, ids=[row[0] for row in RUNNING])
async def test_a_running_timer_goes_on_from_its_row_with_the_column_for_it(
    tmp_path: Path, label: str, kind: TimerKind, kept: int, first_row: int, step: int
) -> None:
    url = f"sqlite:///{tmp_path / 'test.db'}"
    async with await Database.open(url) as database, database.transaction() as tx:
        await tx.run("ALTER TABLE timers DROP COLUMN first_row")
        await tx.run(
            "INSERT INTO timers (kind, due_at, step) VALUES (:kind, '2026-03-05T08:00+00:00', :kept)",
            kind=kind,
            kept=kept,
        )
    for _ in range(2):  # as a start that was killed before it was noted
        async with await Database.open(url) as database, database.transaction() as tx:
            await tx.run("DELETE FROM _yoyo_migration WHERE migration_id = '0017.first_rows'")

    async with await Database.open(url) as database, database.reading() as tx:
        assert await list_due(tx, LATER) == [Timer(kind, first_row=first_row, step=step, id=1)]
