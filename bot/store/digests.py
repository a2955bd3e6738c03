"""When contacts want their morning digest, and when they had the last one."""

from __future__ import annotations

from datetime import datetime

from bot.store.database import Tx
from bot.store.values import as_text, some_time

OFF = "off"


async def load_chosen(tx: Tx) -> dict[str, str]:
    """Return contact → the time they chose, `HH:MM` or `off`; who is missing keeps to the rules."""
    return {row["contact"]: row["time"] for row in await tx.all("SELECT contact, time FROM digests")}


async def choose(tx: Tx, contact: str, time: str) -> None:
    """Remember the time a contact chose, `HH:MM` or `off`."""
    await tx.run(
        """INSERT INTO digests (contact, time) VALUES (:contact, :time)
           ON CONFLICT (contact) DO UPDATE SET time = excluded.time""",
        contact=contact,
        time=time,
    )


async def find_last(tx: Tx, contact: str) -> datetime | None:
    """Return when a contact's digest was last due; None before the first."""
    row = await tx.one("SELECT sent_at FROM digests_sent WHERE contact = :contact", contact=contact)
    return None if row is None else some_time(row["sent_at"])


async def mark_sent(tx: Tx, at: datetime, contact: str) -> None:
    """Remember that a contact's digest was due, whether or not there was something to say."""
    await tx.run(
        """INSERT INTO digests_sent (contact, sent_at) VALUES (:contact, :at)
           ON CONFLICT (contact) DO UPDATE SET sent_at = excluded.sent_at""",
        contact=contact,
        at=as_text(at),
    )
