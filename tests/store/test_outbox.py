"""The outbox: drafts come back whole, and every number is found where it belongs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.errors import NotFoundError
from bot.model import Button, DeliveryKind, DeliveryState, Draft, Purpose
from bot.store import outbox, sending
from bot.store.database import Tx
from tests.support.clock import START
from tests.support.sent import claimed, ready, send
from tests.support.transport import ANNA, BELA, TEAM, make_draft

EDIT = DeliveryKind.EDIT


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
    assert (await claimed(tx, make_draft(kind=EDIT, edits=original))).edited_message == 41


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
    assert (await claimed(tx, make_draft(kind=EDIT, edits=original))).edited_message is None


async def test_an_answer_to_a_delivery_knows_its_number_within_the_same_chat(tx: Tx) -> None:
    original = await send(tx, make_draft(ANNA), 41)
    assert (await claimed(tx, make_draft(ANNA, reply_to_delivery=original))).reply_to == 41
    assert (await claimed(tx, make_draft(BELA, reply_to_delivery=original))).reply_to is None


@pytest.mark.parametrize(("purpose", "marked"), [(Purpose.RELAY, True), (Purpose.NEEDED, False)])
async def test_a_change_of_what_was_marked_is_marked_too(tx: Tx, purpose: Purpose, marked: bool) -> None:
    delivery = await claimed(tx, make_draft(purpose=purpose))
    edit = await outbox.add(tx, START, make_draft(kind=DeliveryKind.EDIT, edits=delivery.id))
    assert not (await outbox.get(tx, edit)).repeat
    await sending.mark_waiting(tx, delivery.id, START, "no answer", unclear=True)
    assert (await outbox.get(tx, edit)).repeat is marked


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


async def test_a_message_names_further_inquiries_later(tx: Tx) -> None:
    first = await outbox.add(tx, START, make_draft(text="Welche?", about=(1, 2)))
    await outbox.add(tx, START, make_draft(text="Etwas anderes"))

    await outbox.name_too(tx, first, [1, 2, 5, 2])

    assert (await outbox.get(tx, first)).draft.about == (1, 2, 5)
    assert [[one.id for one in await outbox.list_about(tx, number)] for number in (2, 5, 9)] == [[first], [first], []]
