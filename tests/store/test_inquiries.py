from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import NotFoundError
from bot.model import OPEN_STATES, AssignmentState, Inquiry, InquiryState
from bot.store import assignments, inquiries, people
from bot.store.database import Database, Tx
from tests.support.builders import MARIA, make_assignment, make_decision, make_hit
from tests.support.clock import START


async def add_inquiry(tx: Tx, at: datetime = START) -> Inquiry:
    person = await people.find_by_address(tx, MARIA) or await people.add(tx, START, MARIA, "Maria", "de")
    return await inquiries.add(tx, at, person.id, make_decision("wohnen"))


async def test_a_decision_comes_back_as_it_was_made(database: Database) -> None:
    decision = make_decision(
        "wohnen", scores={"wohnen": 57}, hits=(make_hit(),), runner_up="bus", margin=17, place="Lörrach", urgent=True
    )
    async with database.transaction() as tx:
        maria = await people.add(tx, START, MARIA, "Maria", "de")
        inquiry = await inquiries.add(tx, START, maria.id, decision)

        assert inquiry == Inquiry(1, "2026-0001", maria.id, InquiryState.ASKED, START, START, None, decision)
        assert await inquiries.get(tx, inquiry.id) == inquiry
        assert await inquiries.get_by_reference(tx, "2026-0001") == inquiry


async def test_references_count_by_the_year(database: Database) -> None:
    late, early = datetime(2026, 12, 31, 22, tzinfo=UTC), datetime(2027, 1, 1, 8, tzinfo=UTC)
    async with database.transaction() as tx:
        references = [(await add_inquiry(tx, at)).reference for at in (START, late, early, early)]

    assert references == ["2026-0001", "2026-0002", "2027-0001", "2027-0002"]


async def test_references_go_on_after_9999(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.run("INSERT INTO counters (year, last) VALUES (2026, 9999)")

        assert (await add_inquiry(tx)).reference == "2026-10000"


async def test_a_rolled_back_inquiry_leaves_no_gap(database: Database) -> None:
    async with database.transaction() as tx:
        await add_inquiry(tx)
    await given_up(database)

    async with database.transaction() as tx:
        assert (await add_inquiry(tx)).reference == "2026-0002"


async def given_up(database: Database) -> None:
    with suppress(ZeroDivisionError):
        async with database.transaction() as tx:
            await add_inquiry(tx)
            raise ZeroDivisionError


async def test_one_that_is_not_there_is_told_with_a_remedy(database: Database) -> None:
    async with database.reading() as tx:
        with pytest.raises(NotFoundError, match="inquiry 7"):
            await inquiries.get(tx, 7)
        with pytest.raises(NotFoundError, match=r"2026-0042: .* python -m bot list"):
            await inquiries.get_by_reference(tx, "2026-0042")


async def test_open_ones_come_with_the_one_last_spoken_of_first_whoever_took_another(database: Database) -> None:
    async with database.transaction() as tx:
        first, second, third = [await add_inquiry(tx) for _ in range(3)]
        await inquiries.touch(tx, START + timedelta(minutes=1), second.id)
        await inquiries.set_state(tx, START + timedelta(minutes=2), first.id, InquiryState.TAKEN)
        await inquiries.set_state(tx, START + timedelta(minutes=3), third.id, InquiryState.CLOSED)

        assert [one.id for one in await inquiries.list_open_of(tx, first.person_id)] == [second.id, first.id]
        assert await inquiries.list_open_of(tx, 99) == []


@pytest.mark.parametrize("state", InquiryState)
async def test_only_leaving_the_open_states_records_when(database: Database, state: InquiryState) -> None:
    later = START + timedelta(hours=1)
    async with database.transaction() as tx:
        inquiry = await add_inquiry(tx)
        await inquiries.set_state(tx, START, inquiry.id, InquiryState.CLOSED)
        await inquiries.set_state(tx, later, inquiry.id, state)

        changed = await inquiries.get(tx, inquiry.id)
        assert (changed.state, changed.touched_at) == (state, START)
        assert changed.closed_at == (None if state in OPEN_STATES else later)
        assert bool(await inquiries.list_open_of(tx, inquiry.person_id)) is (state in OPEN_STATES)


async def test_a_decision_made_with_more_words_takes_the_place_of_the_first(database: Database) -> None:
    async with database.transaction() as tx:
        inquiry = await add_inquiry(tx)
        await inquiries.set_decision(tx, inquiry.id, make_decision("arbeit"))

        assert (await inquiries.get(tx, inquiry.id)).decision == make_decision("arbeit")


async def test_the_list_is_newest_first_and_can_be_narrowed(database: Database) -> None:
    async with database.transaction() as tx:
        housing, moved, closed, asked = [await add_inquiry(tx) for _ in range(4)]
        await assignments.add(tx, START, make_assignment(housing.id))
        away = await assignments.add(tx, START, make_assignment(moved.id))
        await assignments.set_state(tx, START, away.id, AssignmentState.MOVED)
        await assignments.add(tx, START, make_assignment(moved.id, "sprache"))
        await assignments.add(tx, START, make_assignment(closed.id))
        await inquiries.set_state(tx, START, closed.id, InquiryState.CLOSED)

        async def listed(most: int = 10, **narrowed: object) -> list[int]:
            found = await inquiries.list_all(tx, most=most, **narrowed)  # type: ignore[arg-type]
            return [one.id for one in found]

        assert await listed() == [asked.id, closed.id, moved.id, housing.id]
        assert await listed(only_open=True) == [asked.id, moved.id, housing.id]
        assert await listed(field="wohnen") == [closed.id, housing.id]
        assert await listed(field="wohnen", only_open=True) == [housing.id]
        assert await listed(most=2) == [asked.id, closed.id]
        for narrowed in ({}, {"only_open": True}, {"field": "wohnen"}, {"field": "wohnen", "only_open": True}):
            assert await inquiries.count(tx, **narrowed) == len(await listed(**narrowed)), narrowed  # type: ignore[arg-type]
