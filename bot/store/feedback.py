"""Whether people say they were helped: asked once an inquiry, answered with one tap or not at all."""

from __future__ import annotations

from datetime import datetime

from bot.model import Helped
from bot.store.database import Tx
from bot.store.values import as_text


async def mark_asked(tx: Tx, at: datetime, inquiry_id: int) -> bool:
    """Record that the person is asked; False if they were before."""
    row = await tx.one(
        """INSERT INTO feedback (inquiry_id, asked_at) VALUES (:id, :at)
           ON CONFLICT (inquiry_id) DO NOTHING RETURNING inquiry_id""",
        id=inquiry_id,
        at=as_text(at),
    )
    return row is not None


async def record(tx: Tx, at: datetime, inquiry_id: int, helped: Helped) -> bool:
    """Keep the person's answer; False if they gave one before."""
    row = await tx.one(
        """UPDATE feedback SET helped = :helped, answered_at = :at
           WHERE inquiry_id = :id AND helped IS NULL RETURNING inquiry_id""",
        id=inquiry_id,
        helped=helped,
        at=as_text(at),
    )
    return row is not None


async def find(tx: Tx, inquiry_id: int) -> Helped | None:
    """Return what the person said; None if nothing."""
    row = await tx.one("SELECT helped FROM feedback WHERE inquiry_id = :id", id=inquiry_id)
    return None if row is None or row["helped"] is None else Helped(row["helped"])
