from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import NotFoundError
from bot.model import OPEN_ASSIGNMENTS, Address, AssignmentState, DeliveryKind, Draft
from bot.store import assignments, inquiries, journal, outbox, people, sending, slips, unsent
from bot.store.database import Database, Tx
from tests.support.builders import MARIA, make_assignment, make_decision
from tests.support.clock import START

DESK, OTHER = Address("telegram", 2001), Address("telegram", 2002)


async def add_inquiry(tx: Tx) -> int:
    person = await people.find_by_address(tx, MARIA) or await people.add(tx, START, MARIA, "Maria", "de")
    return (await inquiries.add(tx, START, person.id, make_decision())).id


async def test_a_share_comes_back_as_it_was_stored(database: Database) -> None:
    due_at = START + timedelta(days=2)
    async with database.transaction() as tx:
        inquiry_id = await add_inquiry(tx)
        share = await assignments.add(tx, START, make_assignment(inquiry_id, due_at=due_at, id=99))

        assert share == make_assignment(inquiry_id, due_at=due_at, id=1, since=START, promised_at=due_at)
        assert await assignments.get(tx, share.id) == share


async def test_one_that_is_not_there_is_told(database: Database) -> None:
    async with database.reading() as tx:
        with pytest.raises(NotFoundError, match="assignment 7"):
            await assignments.get(tx, 7)


async def test_all_come_in_their_order_and_the_open_ones_with_the_lead_first(database: Database) -> None:
    async with database.transaction() as tx:
        inquiry_id = await add_inquiry(tx)
        moved = await assignments.add(tx, START, make_assignment(inquiry_id))
        await assignments.set_state(tx, START, moved.id, AssignmentState.MOVED)
        second = await assignments.add(tx, START, make_assignment(inquiry_id, "arbeit", lead=False))
        lead = await assignments.add(tx, START, make_assignment(inquiry_id, "sprache"))
        await assignments.add(tx, START, make_assignment(await add_inquiry(tx)))

        assert [one.id for one in await assignments.list_of(tx, inquiry_id)] == [moved.id, second.id, lead.id]
        assert [one.id for one in await assignments.list_open_of(tx, inquiry_id)] == [lead.id, second.id]


@pytest.mark.parametrize("state", AssignmentState)
async def test_open_means_somebody_still_has_to_finish_it(database: Database, state: AssignmentState) -> None:
    async with database.transaction() as tx:
        share = await assignments.add(tx, START, make_assignment(await add_inquiry(tx)))
        await assignments.set_state(tx, START, share.id, state)

        assert (await assignments.get(tx, share.id)).state is state
        assert bool(await assignments.list_open_of(tx, share.inquiry_id)) is (state in OPEN_ASSIGNMENTS)
        assert bool(await assignments.list_stranded(tx, [DESK])) is (state in OPEN_ASSIGNMENTS)


async def test_a_share_can_be_changed(database: Database) -> None:
    later = START + timedelta(days=9)
    async with database.transaction() as tx:
        share = await assignments.add(tx, START, make_assignment(await add_inquiry(tx), lead=False))
        await assignments.set_due(tx, share.id, later)
        await assignments.set_lead(tx, share.id)
        await assignments.set_card(tx, share.id, 5, "wohnen-kontakt")

        changed = await assignments.get(tx, share.id)
        assert (changed.due_at, changed.lead, changed.card) == (later, True, 5)
        await assignments.forget_card(tx, 4)
        assert (await assignments.get(tx, share.id)).card == 5
        await assignments.forget_card(tx, 5)
        assert (await assignments.get(tx, share.id)).card is None


STRANDED = [
    # label, where the card was sent, became of it, chats of contacts, stranded
    ("no card", None, None, [DESK], True),
    ("no card and no contact", None, None, [], True),
    ("a card in a contact's chat", DESK, None, [OTHER, DESK], False),
    ("a card in nobody's chat", OTHER, None, [DESK], True),
    ("a card with nobody left", DESK, None, [], True),
    ("a card in a contact's topic", Address("telegram", 2001, 7), None, [DESK], False),
    ("a card that was given up", DESK, "parked", [DESK], True),
    ("a card whose group got another number", OTHER, "migrated", [OTHER], False),
    ("a card whose group got another number, known by now", OTHER, "migrated", [DESK], False),
]


@pytest.mark.parametrize(
    ("label", "sent_to", "became", "contacts", "stranded"), STRANDED, ids=[row[0] for row in STRANDED]
)
async def test_a_share_is_stranded_where_no_contact_has_its_card(
    database: Database,
    label: str,
    sent_to: Address | None,
    became: str | None,
    contacts: list[Address],
    stranded: bool,
) -> None:
    async with database.transaction() as tx:
        share = await assignments.add(tx, START, make_assignment(await add_inquiry(tx)))
        if sent_to is not None:
            card = await outbox.add(tx, START, Draft(sent_to, text="Karte"))
            await assignments.set_card(tx, share.id, card, "wohnen-kontakt")
            if became == "parked":
                await sending.mark_parked(tx, card, "gone")
            elif became == "migrated":
                await unsent.rewrite_chat(tx, "telegram", OTHER.chat, DESK.chat)

        assert bool(await assignments.list_stranded(tx, contacts)) is stranded
        assert bool(await assignments.list_stranded(tx, contacts, share.inquiry_id)) is stranded
        assert await assignments.list_stranded(tx, contacts, 99) == []
        assert bool(await assignments.list_stranded(tx, contacts, among=(share.id, share.id))) is stranded
        assert await assignments.list_stranded(tx, contacts, among=(share.id + 1, share.id + 9)) == []


async def test_all_open_shares_are_in_one_slice_each(database: Database) -> None:
    async with database.transaction() as tx:
        assert [among async for among in assignments.slices_of_open(tx, 2)] == []
        shares = [await assignments.add(tx, START, make_assignment(await add_inquiry(tx))) for _ in range(6)]
        await assignments.set_state(tx, START, shares[1].id, AssignmentState.MOVED)

        ids = [share.id for share in shares]
        assert [among async for among in assignments.slices_of_open(tx, 2)] == [
            (ids[0], ids[2]),
            (ids[3], ids[4]),
            (ids[5], ids[5]),
        ]


async def test_a_share_whose_contact_is_none_of_these_is_orphaned(database: Database) -> None:
    async with database.transaction() as tx:
        share = await assignments.add(tx, START, make_assignment(await add_inquiry(tx)))

        assert await assignments.list_orphaned(tx, [share.contact]) == []
        assert [one.id for one in await assignments.list_orphaned(tx, ["leitung"])] == [share.id]
        assert await assignments.list_orphaned(tx, ["leitung"], among=(share.id + 1, share.id + 9)) == []


async def test_dead_is_where_something_was_given_up_and_no_card_arrived_since(database: Database) -> None:
    async with database.transaction() as tx:
        inquiry_id = await add_inquiry(tx)
        one, other, fine = [await assignments.add(tx, START, make_assignment(inquiry_id)) for _ in range(3)]
        elsewhere = Address("telegram", 2003)

        async def send(share_id: int, address: Address, *, arrives: bool, **more: int) -> int:
            kind = DeliveryKind.EDIT if more else DeliveryKind.TEXT
            sent = await outbox.add(tx, START, Draft(address, kind, text="…", assignment_id=share_id, **more))
            await (sending.mark_sent(tx, START, [(sent, sent)]) if arrives else sending.mark_parked(tx, sent, "gone"))
            return sent

        await send(one.id, DESK, arrives=False)
        await send(one.id, OTHER, arrives=False)
        card = await send(one.id, DESK, arrives=True)
        await assignments.set_card(tx, one.id, card, "wohnen-kontakt")
        await send(fine.id, DESK, arrives=True)
        # A change may be refused for itself.
        earlier = await send(other.id, elsewhere, arrives=True)
        await send(other.id, DESK, arrives=False, edits=earlier)

        assert await assignments.list_dead(tx) == {one.id: [OTHER]}
        assert await assignments.list_dead(tx, other.id) == {}
        await send(other.id, elsewhere, arrives=False)
        assert await assignments.list_dead(tx, other.id) == {other.id: [elsewhere]}
        await send(one.id, DESK, arrives=False)
        assert await assignments.list_dead(tx, one.id) == {one.id: [OTHER, DESK]}


# ------------------------------------------------------------ the first promise

ASSIGNED, TAKEN, ANSWERED, CLOSED, MOVED, WITHDRAWN = AssignmentState
DUE = START + timedelta(days=2)
LATE = DUE + timedelta(seconds=1)

# What happened when, and whether the first promise was kept.
JUDGED = [
    ("answered at the last moment", [(DUE, ANSWERED)], True),
    ("answered late", [(LATE, ANSWERED)], False),
    ("taken, then answered in time", [(START, TAKEN), (DUE, ANSWERED)], True),
    ("taken late", [(LATE, TAKEN)], False),
    ("done without a word", [(DUE, CLOSED)], True),
    ("done late", [(LATE, CLOSED)], False),
    ("answered in time, done late", [(DUE, ANSWERED), (LATE, CLOSED)], True),
    ("answered late, then asked again", [(LATE, ANSWERED), (LATE, TAKEN), (LATE, ANSWERED)], False),
    ("withdrawn in time", [(DUE, WITHDRAWN)], None),
    ("withdrawn late", [(LATE, WITHDRAWN)], False),
    ("withdrawn in time, open again late", [(DUE, WITHDRAWN), (LATE, ASSIGNED)], None),
    ("moved in time", [(DUE, MOVED)], None),
]


@pytest.mark.parametrize(("label", "ways", "kept"), JUDGED, ids=[row[0] for row in JUDGED])
async def test_the_first_promise_is_judged_once(
    database: Database, label: str, ways: list[tuple[datetime, AssignmentState]], kept: bool | None
) -> None:
    async with database.transaction() as tx:
        share = await assignments.add(tx, START, make_assignment(await add_inquiry(tx), due_at=DUE))
        for at, state in ways:
            await assignments.set_state(tx, at, share.id, state)
        await assignments.set_due(tx, share.id, LATE + timedelta(days=7))

        assert (await assignments.get(tx, share.id)).in_time is kept


async def test_what_nothing_was_promised_for_is_not_judged(database: Database) -> None:
    async with database.transaction() as tx:
        share = await assignments.add(tx, START, make_assignment(await add_inquiry(tx), due_at=None))
        await assignments.set_state(tx, LATE, share.id, ANSWERED)

        assert (await assignments.get(tx, share.id)).in_time is None


# Of what was stored before there was a judgement: what the journal tells, and when the person was told it was late.
EARLIER = [
    ("answered in time", ANSWERED, DUE, None, True),
    ("answered late", ANSWERED, LATE, None, False),
    ("answered late, then promised anew", ANSWERED, LATE, DUE - timedelta(days=1), False),
    ("withdrawn late", WITHDRAWN, None, None, False),
    ("moved late", MOVED, None, None, None),
    ("open", ASSIGNED, None, None, None),
]


@pytest.mark.parametrize(
    ("label", "state", "answered_at", "slipped_at", "kept"), EARLIER, ids=[row[0] for row in EARLIER]
)
async def test_what_was_there_before_is_judged_by_what_is_known(
    tmp_path: Path,
    label: str,
    state: AssignmentState,
    answered_at: datetime | None,
    slipped_at: datetime | None,
    kept: bool | None,
) -> None:
    url = f"sqlite:///{tmp_path / 'test.db'}"
    async with await Database.open(url) as database, database.transaction() as tx:
        share = await assignments.add(tx, START, make_assignment(await add_inquiry(tx), due_at=DUE))
        await assignments.set_state(tx, LATE, share.id, state)
        if answered_at is not None:
            await journal.record(tx, answered_at, "inquiry.answered", inquiry_id=share.inquiry_id, field=share.field)
        if slipped_at is not None:
            await slips.mark_told(tx, slipped_at, share.inquiry_id, slipped_at)
            await assignments.set_due(tx, share.id, LATE)
        await tx.run("ALTER TABLE assignments DROP COLUMN in_time")
        await tx.run("DELETE FROM _yoyo_migration WHERE migration_id = '0015.first_promises'")

    async with await Database.open(url) as database, database.reading() as tx:
        assert (await assignments.get(tx, share.id)).in_time is kept
