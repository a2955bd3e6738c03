"""The outbox: one row at a time from each lane, in order, and every number found where it belongs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import NotFoundError
from bot.model import Address, Button, Delivery, DeliveryKind, DeliveryState, Draft, Purpose
from bot.store import given_up, outbox, sending
from bot.store.database import Tx
from tests.support.clock import START
from tests.support.transport import ANNA, BELA, TEAM, make_draft, open_store

SECOND = timedelta(seconds=1)
EDIT = DeliveryKind.EDIT
PRESS = DeliveryKind.ANSWER_PRESS


@pytest.fixture
async def tx(tmp_path: Path) -> AsyncIterator[Tx]:
    async with open_store(tmp_path) as database, database.transaction() as tx:
        yield tx


async def ready(tx: Tx, at: datetime = START) -> list[int]:
    return [row.id for row in await sending.list_ready(tx, at, 100)]


async def send(tx: Tx, draft: Draft, message: int) -> int:
    """Add a draft and record it as sent."""
    delivery_id = await outbox.add(tx, START, draft)
    await sending.claim(tx, START, [delivery_id])
    await sending.mark_sent(tx, START, [(delivery_id, message)])
    return delivery_id


async def claimed(tx: Tx, draft: Draft) -> Delivery:
    return (await sending.claim(tx, START, [await outbox.add(tx, START, draft)]))[0]


async def test_a_draft_comes_back_whole(tx: Tx) -> None:
    draft = Draft(
        TEAM,
        DeliveryKind.COPY,
        Purpose.RELAY,
        text="Überschrift\n\nText 🏠",
        heading=11,
        buttons=((Button("Übernehmen", "t1"), Button("Anderes Feld", "t2")),),
        copy_of=(ANNA, 12),
        reply_to=5,
        then=make_draft(text="gesendet"),
        otherwise=make_draft(text="nicht gesendet"),
    )
    delivery = await claimed(tx, draft)
    assert delivery.draft == draft
    assert (delivery.address, delivery.state, delivery.attempts, delivery.repeat, delivery.reply_to) == (
        TEAM,
        DeliveryState.SENDING,
        1,
        False,
        5,
    )


async def test_drafts_get_ids_in_their_order(tx: Tx) -> None:
    ids = await outbox.add_all(tx, START, [make_draft(text=str(number)) for number in range(12)])
    assert ids == sorted(ids)
    assert [(await outbox.get(tx, delivery_id)).draft.text for delivery_id in ids] == [str(n) for n in range(12)]
    assert await outbox.add_all(tx, START, []) == []


async def test_getting_what_is_not_there_says_so(tx: Tx) -> None:
    with pytest.raises(NotFoundError):
        await outbox.get(tx, 99)


async def test_only_the_first_of_each_lane_is_ready(tx: Tx) -> None:
    anna, _, bela, _ = await outbox.add_all(
        tx, START, [make_draft(ANNA), make_draft(ANNA), make_draft(BELA), make_draft(BELA)]
    )
    assert await ready(tx) == [anna, bela]


async def test_a_groups_topics_share_one_lane(tx: Tx) -> None:
    first, _ = await outbox.add_all(tx, START, [make_draft(TEAM), make_draft(replace(TEAM, topic=8))])
    assert await ready(tx) == [first]


async def test_a_lane_waits_while_one_of_it_is_being_sent(tx: Tx) -> None:
    first, second = await outbox.add_all(tx, START, [make_draft(), make_draft()])
    await sending.claim(tx, START, [first])
    assert await ready(tx) == []
    await sending.mark_sent(tx, START, [(first, 1)])
    assert await ready(tx) == [second]


async def test_a_lane_keeps_its_order_while_its_first_waits_for_another_attempt(tx: Tx) -> None:
    first, second = await outbox.add_all(tx, START, [make_draft(), make_draft()])
    await sending.claim(tx, START, [first])
    await sending.mark_waiting(tx, first, START + SECOND, "no network")
    assert await ready(tx) == []
    assert await ready(tx, START + SECOND) == [first]
    await sending.mark_parked(tx, first, "refused")
    assert await ready(tx) == [second]


@pytest.mark.parametrize("kind", [DeliveryKind.TEXT, PRESS])
async def test_a_clock_set_back_holds_up_neither_new_rows_nor_further_attempts(tx: Tx, kind: DeliveryKind) -> None:
    delivery = await outbox.add(tx, START, make_draft(kind=kind, press="q1"))
    assert await ready(tx, START - timedelta(hours=1)) == [delivery]
    await sending.claim(tx, START, [delivery])
    await sending.mark_waiting(tx, delivery, START + 600 * SECOND, "asked to wait")
    assert await ready(tx, START + 599 * SECOND) == []
    assert await ready(tx, START - timedelta(hours=1)) == [delivery]


async def test_answers_to_presses_wait_for_nobody_and_nobody_for_them(tx: Tx) -> None:
    text, press, more = await outbox.add_all(
        tx, START, [make_draft(), make_draft(kind=PRESS, press="q1"), make_draft(kind=PRESS, press="q2")]
    )
    await sending.claim(tx, START, [text])
    assert await ready(tx) == [press, more]
    await sending.claim(tx, START, [press])
    await sending.mark_sent(tx, START, [(text, 1)])
    next_text = await outbox.add(tx, START, make_draft())
    assert await ready(tx) == [more, next_text]


async def test_a_row_is_claimed_once(tx: Tx) -> None:
    delivery_id = await outbox.add(tx, START, make_draft())
    assert [delivery.id for delivery in await sending.claim(tx, START, [delivery_id])] == [delivery_id]
    assert await sending.claim(tx, START, [delivery_id]) == []
    assert [delivery.id for delivery in await sending.list_sending(tx)] == [delivery_id]


async def test_a_message_in_a_chat_is_found_by_its_number(tx: Tx) -> None:
    delivery_id = await send(tx, make_draft(TEAM), 41)
    await send(tx, make_draft(BELA), 42)
    found = await outbox.find_sent(tx, replace(TEAM, topic=None), 41)
    assert found is not None
    assert (found.id, found.message, found.state) == (delivery_id, 41, DeliveryState.SENT)
    assert await outbox.find_sent(tx, TEAM, 42) is None
    assert await outbox.find_sent(tx, replace(TEAM, channel="mail"), 41) is None


async def test_an_edit_knows_the_number_of_what_it_changes(tx: Tx) -> None:
    original = await send(tx, make_draft(), 41)
    assert (await claimed(tx, make_draft(kind=EDIT, edits=original))).edits == 41


async def test_an_edit_goes_to_the_chat_of_what_it_changes_even_if_its_reader_has_moved(tx: Tx) -> None:
    original = await send(tx, make_draft(ANNA), 41)
    assert (await claimed(tx, make_draft(BELA, kind=EDIT, edits=original))).address == ANNA


async def test_an_edit_waits_in_the_lane_of_what_it_changes(tx: Tx) -> None:
    original = await outbox.add(tx, START, make_draft(ANNA))
    await outbox.add(tx, START, make_draft(BELA, kind=EDIT, edits=original))
    assert await ready(tx) == [original]


async def test_an_edit_of_what_was_never_sent_has_no_number(tx: Tx) -> None:
    original = await outbox.add(tx, START, make_draft())
    await sending.mark_parked(tx, original, "refused")
    assert (await claimed(tx, make_draft(kind=EDIT, edits=original))).edits is None


async def test_an_answer_to_a_delivery_knows_its_number_within_the_same_chat(tx: Tx) -> None:
    original = await send(tx, make_draft(ANNA), 41)
    assert (await claimed(tx, make_draft(ANNA, reply_to_delivery=original))).reply_to == 41
    assert (await claimed(tx, make_draft(BELA, reply_to_delivery=original))).reply_to is None


async def test_what_waits_for_a_migrated_group_goes_to_its_new_number_and_answers_nothing_there(tx: Tx) -> None:
    sent = await send(tx, make_draft(TEAM), 41)
    waiting, parked, other = await outbox.add_all(
        tx, START, [make_draft(TEAM, reply_to=41), make_draft(TEAM), make_draft(BELA)]
    )
    await sending.mark_parked(tx, parked, "refused")
    await outbox.rewrite_chat(tx, "telegram", TEAM.chat, -100777)
    chats = [(await outbox.get(tx, delivery_id)).address.chat for delivery_id in (sent, waiting, parked, other)]
    assert chats == [TEAM.chat, -100777, -100777, BELA.chat]
    assert (await outbox.get(tx, waiting)).reply_to is None
    assert await outbox.find_sent(tx, Address("telegram", -100777), 41) is None


async def test_an_edit_waiting_in_a_migrated_group_never_names_a_message_of_the_new_one(tx: Tx) -> None:
    original = await send(tx, make_draft(TEAM), 41)
    edit = await outbox.add(tx, START, make_draft(TEAM, kind=EDIT, edits=original))
    await outbox.rewrite_chat(tx, "telegram", TEAM.chat, -100777)
    delivery = await outbox.get(tx, edit)
    assert (delivery.address.chat, delivery.edits) == (TEAM.chat, 41)


async def test_what_waits_for_a_deleted_topic_goes_to_the_group(tx: Tx) -> None:
    gone, other = await outbox.add_all(tx, START, [make_draft(TEAM), make_draft(replace(TEAM, topic=8))])
    await outbox.drop_topic(tx, TEAM)
    assert [(await outbox.get(tx, delivery_id)).address.topic for delivery_id in (gone, other)] == [None, 8]


async def test_unclear_attempts_are_counted_and_mark_the_next_one_as_a_repeat(tx: Tx) -> None:
    delivery = await claimed(tx, make_draft(purpose=Purpose.RELAY))
    assert await sending.mark_waiting(tx, delivery.id, START, "no connection") == 0
    assert not (await outbox.get(tx, delivery.id)).repeat
    assert await sending.mark_waiting(tx, delivery.id, START, "no answer", unclear=True) == 1
    assert (await outbox.get(tx, delivery.id)).repeat


@pytest.mark.parametrize(("purpose", "marked"), [(Purpose.RELAY, True), (Purpose.NEEDED, False)])
async def test_a_change_of_what_was_marked_is_marked_too(tx: Tx, purpose: Purpose, marked: bool) -> None:
    delivery = await claimed(tx, make_draft(purpose=purpose))
    edit = await outbox.add(tx, START, make_draft(kind=DeliveryKind.EDIT, edits=delivery.id))
    assert not (await outbox.get(tx, edit)).repeat
    await sending.mark_waiting(tx, delivery.id, START, "no answer", unclear=True)
    assert (await outbox.get(tx, edit)).repeat is marked


async def test_a_parked_row_is_listed_and_can_be_queued_again_once(tx: Tx) -> None:
    first, second = await outbox.add_all(tx, START, [make_draft(), make_draft()])
    await sending.mark_parked(tx, first, "refused")
    assert [(parked.id, parked.error) for parked in await given_up.list_all(tx)] == [(first, "refused")]
    assert await given_up.requeue(tx, START, first)
    assert not await given_up.requeue(tx, START, first)
    assert not await given_up.requeue(tx, START, second)
    assert await ready(tx) == [first]


async def test_a_dropped_rows_id_never_comes_again(tx: Tx) -> None:
    dropped = await outbox.add(tx, START, make_draft())
    assert not await given_up.drop(tx, dropped)
    await sending.mark_parked(tx, dropped, "refused")
    assert await given_up.drop(tx, dropped)
    assert await outbox.add(tx, START, make_draft()) > dropped


async def test_what_carries_a_stored_message_is_listed_without_its_edits(tx: Tx) -> None:
    await _store_a_message(tx)
    first, _, edit, second = await outbox.add_all(
        tx,
        START,
        [
            make_draft(message_id=1, assignment_id=1, inquiry_id=1),
            make_draft(),
            make_draft(kind=EDIT, edits=1, message_id=1, assignment_id=1, inquiry_id=1),
            make_draft(kind=DeliveryKind.COPY, message_id=1, inquiry_id=1),
        ],
    )
    assert [delivery.id for delivery in await outbox.list_of_message(tx, 1)] == [first, second]
    assert [delivery.id for delivery in await outbox.list_of_inquiry(tx, 1)] == [first, edit, second]


async def test_what_was_sent_lately_is_listed_for_pacing_without_presses_and_skipped_rows(tx: Tx) -> None:
    ids = await outbox.add_all(
        tx, START, [make_draft(ANNA), make_draft(BELA), make_draft(kind=PRESS, press="q"), make_draft(TEAM)]
    )
    await sending.mark_sent(tx, START, [(ids[0], 1)])
    await sending.mark_sent(tx, START + SECOND, [(ids[1], 2), (ids[2], None)])
    await sending.mark_skipped(tx, ids[3], "nothing to do")
    assert await sending.list_sent_since(tx, START + SECOND) == [("telegram", BELA.chat, START + SECOND)]


@pytest.mark.parametrize(
    ("label", "statement"),
    [
        ("looking", sending._READY),
        ("finding a message", "SELECT * FROM outbox WHERE channel = :a AND chat = :a AND message = :a"),
    ],
)
async def test_looking_reads_no_sent_rows(tmp_path: Path, label: str, statement: str) -> None:
    """With a year of messages behind it, a look must cost what the waiting ones cost."""
    async with open_store(tmp_path) as database, database.reading() as tx:
        plan = await tx.all(f"EXPLAIN QUERY PLAN {statement}", at="x", limit=1, a=1)
    scans = [row["detail"] for row in plan if "outbox" in row["detail"] and "INDEX" not in row["detail"]]
    assert [scan for scan in scans if "INTEGER PRIMARY KEY" not in scan] == [], label


async def _store_a_message(tx: Tx) -> None:
    await tx.run(
        "INSERT INTO people (channel, chat, first_name, language, created_at) VALUES ('telegram', 1, 'A', 'de', '')"
    )
    await tx.run(
        "INSERT INTO inquiries (reference, person_id, state, opened_at, touched_at) VALUES ('r', 1, 'assigned', '', '')"
    )
    await tx.run(
        "INSERT INTO messages (inquiry_id, author, channel, chat, message, kind, text, sent_at)"
        " VALUES (1, 'inquirer', 'telegram', 1, 1, 'text', '', '')"
    )
    await tx.run(
        "INSERT INTO assignments (inquiry_id, field, lead, contact, state, reason, created_at, changed_at)"
        " VALUES (1, 'wohnen', 1, 'k', 'assigned', '', '', '')"
    )
