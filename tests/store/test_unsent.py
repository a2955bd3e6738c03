"""What waits: led elsewhere when its chat or topic is no more."""

from __future__ import annotations

from dataclasses import replace

from bot.model import Address, DeliveryKind
from bot.store import outbox, sending, unsent
from bot.store.database import Tx
from tests.support.clock import START
from tests.support.sent import send
from tests.support.transport import BELA, TEAM, make_draft

EDIT = DeliveryKind.EDIT


async def test_what_waits_for_a_migrated_group_goes_to_its_new_number_and_answers_nothing_there(tx: Tx) -> None:
    sent = await send(tx, make_draft(TEAM), 41)
    waiting, parked, other = await outbox.add_all(
        tx, START, [make_draft(TEAM, reply_to=41), make_draft(TEAM), make_draft(BELA)]
    )
    await sending.mark_parked(tx, parked, "refused")
    await unsent.rewrite_chat(tx, "telegram", TEAM.chat, -100777)
    chats = [(await outbox.get(tx, delivery_id)).address.chat for delivery_id in (sent, waiting, parked, other)]
    assert chats == [TEAM.chat, -100777, -100777, BELA.chat]
    assert (await outbox.get(tx, waiting)).reply_to is None
    assert await outbox.find_sent(tx, Address("telegram", -100777), 41) is None


async def test_an_edit_waiting_in_a_migrated_group_never_names_a_message_of_the_new_one(tx: Tx) -> None:
    original = await send(tx, make_draft(TEAM), 41)
    edit = await outbox.add(tx, START, make_draft(TEAM, kind=EDIT, edits=original))
    await unsent.rewrite_chat(tx, "telegram", TEAM.chat, -100777)
    delivery = await outbox.get(tx, edit)
    assert (delivery.address.chat, delivery.edited_message) == (TEAM.chat, 41)


async def test_what_waits_for_a_deleted_topic_goes_to_the_group(tx: Tx) -> None:
    gone, other = await outbox.add_all(tx, START, [make_draft(TEAM), make_draft(replace(TEAM, topic=8))])
    await unsent.drop_topic(tx, TEAM)
    assert [(await outbox.get(tx, delivery_id)).address.topic for delivery_id in (gone, other)] == [None, 8]
