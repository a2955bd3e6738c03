"""Groups and channels the bot is in that are no contact's: known until it has left them."""

from __future__ import annotations

from datetime import datetime

from bot.model import Address
from bot.store.database import Tx
from bot.store.values import as_text


async def add(tx: Tx, at: datetime, address: Address) -> None:
    """Remember when the bot first saw a group."""
    await tx.run(
        """INSERT INTO strange_groups (channel, chat, seen_at) VALUES (:channel, :chat, :at)
           ON CONFLICT (channel, chat) DO NOTHING""",
        channel=address.channel,
        chat=address.chat,
        at=as_text(at),
    )


async def remove(tx: Tx, address: Address) -> None:
    """Forget a group."""
    await tx.run(
        "DELETE FROM strange_groups WHERE channel = :channel AND chat = :chat",
        channel=address.channel,
        chat=address.chat,
    )


async def list_seen_before(tx: Tx, before: datetime) -> list[tuple[Address, datetime]]:
    """Return the groups first seen before a moment, oldest first, each with that time."""
    rows = await tx.all(
        "SELECT * FROM strange_groups WHERE seen_at <= :before ORDER BY seen_at", before=as_text(before)
    )
    return [(Address(row["channel"], row["chat"]), datetime.fromisoformat(row["seen_at"])) for row in rows]


async def had_cards(tx: Tx, address: Address) -> bool:
    """Tell whether a card or anything about an inquiry was ever sent to a group."""
    row = await tx.one(
        """SELECT 1 FROM outbox WHERE channel = :channel AND chat = :chat AND message IS NOT NULL
           AND assignment_id IS NOT NULL LIMIT 1""",
        channel=address.channel,
        chat=address.chat,
    )
    return row is not None
