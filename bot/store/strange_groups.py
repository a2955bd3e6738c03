"""Groups and channels the bot is in that are no contact's: known until it has left them; and those that once were."""

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


async def add_office_group(tx: Tx, address: Address) -> None:
    """Remember for good that a group is or was a contact's."""
    await tx.run(
        """INSERT INTO office_groups (channel, chat) VALUES (:channel, :chat)
           ON CONFLICT (channel, chat) DO NOTHING""",
        channel=address.channel,
        chat=address.chat,
    )


async def is_office_group(tx: Tx, address: Address) -> bool:
    """Tell whether a group is or was a contact's."""
    row = await tx.one(
        "SELECT 1 FROM office_groups WHERE channel = :channel AND chat = :chat",
        channel=address.channel,
        chat=address.chat,
    )
    return row is not None
