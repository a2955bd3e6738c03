"""Rows of the outbox, put in, taken and sent without a sender."""

from __future__ import annotations

from datetime import datetime

from bot.model import Delivery, Draft
from bot.store import outbox, sending
from bot.store.database import Tx
from tests.support.clock import START


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
