"""What was given up: listed, tried again once, or dropped for good."""

from __future__ import annotations

from bot.store import given_up, outbox, sending
from bot.store.database import Tx
from tests.support.clock import START
from tests.support.sent import ready
from tests.support.transport import make_draft


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
