"""Contacts who turned out not to be reachable: blocked the bot, left the group, never opened the chat."""

from __future__ import annotations

from datetime import datetime

from bot.store.database import Tx
from bot.store.values import as_text, some_time


async def mark(tx: Tx, at: datetime, contact: str) -> bool:
    """Remember that a contact cannot be reached; False if that was known."""
    tx.forget("unreachable")
    row = await tx.one(
        """INSERT INTO unreachable (contact, since) VALUES (:contact, :at)
           ON CONFLICT (contact) DO NOTHING RETURNING contact""",
        contact=contact,
        at=as_text(at),
    )
    return row is not None


async def clear(tx: Tx, contact: str) -> bool:
    """Remember that a contact can be reached again; False if nothing else was known."""
    tx.forget("unreachable")
    row = await tx.one("DELETE FROM unreachable WHERE contact = :contact RETURNING contact", contact=contact)
    return row is not None


async def load(tx: Tx) -> dict[str, datetime]:
    """Return contact → since when it cannot be reached."""
    rows = await tx.kept("unreachable", "SELECT * FROM unreachable ORDER BY contact")
    return tx.made("unreachable", (rows,), lambda: {row["contact"]: some_time(row["since"]) for row in rows})
