"""Promises that could not be kept, and that the inquirer was told so: once a promise."""

from __future__ import annotations

from datetime import datetime

from bot.store.database import Tx
from bot.store.values import as_text


async def mark_told(tx: Tx, at: datetime, inquiry_id: int, promised_at: datetime) -> bool:
    """Remember that the inquirer is told a promise slipped; False if they were told of it, or a later one, before."""
    row = await tx.one(
        """INSERT INTO slips (inquiry_id, promised_at, told_at) VALUES (:inquiry_id, :promised_at, :at)
           ON CONFLICT (inquiry_id) DO UPDATE SET (promised_at, told_at) = (excluded.promised_at, excluded.told_at)
           WHERE excluded.promised_at > slips.promised_at RETURNING inquiry_id""",
        inquiry_id=inquiry_id,
        promised_at=as_text(promised_at),
        at=as_text(at),
    )
    return row is not None
