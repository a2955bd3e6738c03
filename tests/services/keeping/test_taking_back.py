"""Taking one message back: deleted while Telegram lets the bot, later emptied at contacts' only."""

from datetime import timedelta

import pytest

from bot.model import Address, Delivery, DeliveryKind, DeliveryState, Draft
from bot.services.keeping.taking_back import DELETABLE, take_back
from bot.store import outbox
from tests.support.stage import Stage

DESK, BLANK = Address("telegram", 2001), "gelöscht"
TEXT, COPY, EDIT = DeliveryKind.TEXT, DeliveryKind.COPY, DeliveryKind.EDIT
YOUNG, OLD = DELETABLE - timedelta(seconds=1), DELETABLE

CASES = [
    # label, kind, for a contact, its number, how old, what to put in its place, order
    ("a young card", TEXT, True, 7, YOUNG, BLANK, DeliveryKind.DELETE),
    ("a young word to the person", TEXT, False, 7, YOUNG, None, DeliveryKind.DELETE),
    ("an old card", TEXT, True, 7, OLD, BLANK, EDIT),
    ("an old photo", COPY, True, 7, OLD, BLANK, EDIT),
    ("an old word to the person, who may keep it", TEXT, False, 7, OLD, None, None),
    ("an old one with nothing to put in its place", TEXT, True, 7, OLD, None, None),
    ("what never arrived", TEXT, True, None, YOUNG, BLANK, None),
    ("a change, which is no message", EDIT, True, 7, YOUNG, BLANK, None),
]


@pytest.mark.parametrize(
    ("label", "kind", "for_contact", "number", "age", "blank", "order"), CASES, ids=[row[0] for row in CASES]
)
async def test_a_message_is_deleted_emptied_or_left(
    stage: Stage,
    label: str,
    kind: DeliveryKind,
    for_contact: bool,
    number: int | None,
    age: timedelta,
    blank: str | None,
    order: DeliveryKind | None,
) -> None:
    draft = Draft(DESK, kind, text="Worte", assignment_id=3 if for_contact else None)
    sent = Delivery(1, draft, DESK, DeliveryState.SENT, message=number, created_at=stage.clock.now() - age)
    async with stage.database.transaction() as tx:
        done = await take_back(stage.dialogue.turn(tx), sent, blank)
        orders = [one.draft for one in await outbox.list_to(tx, DESK)]

    assert done is (order is not None), label
    assert [(one.kind, one.message, one.text, one.forget) for one in orders] == (
        [] if order is None else [(order, 7, BLANK if order is EDIT else None, True)]
    )
