"""The journal: what happened, under stable dotted names, only ever added to (a trigger refuses changes).

Entries carry references, keys and figures, never a person's words: those lie in `messages` and `inquiries` only, so
that deleting there is enough.
"""

from __future__ import annotations

import json
from datetime import datetime

from bot.model import Event, JournalEntry
from bot.store.database import Row, Tx
from bot.store.values import as_text, some_time


async def record(tx: Tx, at: datetime, event: Event, *, inquiry_id: int | None = None, **data: object) -> None:
    """Add an entry."""
    await tx.insert(
        "INSERT INTO journal (at, event, inquiry_id, data) VALUES (:at, :event, :inquiry_id, :data)",
        at=as_text(at),
        event=event,
        inquiry_id=inquiry_id,
        data=json.dumps(data, ensure_ascii=False),
    )


async def list_of(tx: Tx, inquiry_id: int) -> list[JournalEntry]:
    """Return an inquiry's entries, oldest first."""
    rows = await tx.all("SELECT * FROM journal WHERE inquiry_id = :id ORDER BY id", id=inquiry_id)
    return [_entry(row) for row in rows]


async def last_id(tx: Tx) -> int:
    """Return the newest entry's id; 0 while there is none."""
    row = await tx.one("SELECT max(id) AS id FROM journal")
    return 0 if row is None else int(row["id"] or 0)


async def list_after(tx: Tx, entry_id: int, limit: int) -> list[JournalEntry]:
    """Return the entries after one, oldest first."""
    rows = await tx.all("SELECT * FROM journal WHERE id > :id ORDER BY id LIMIT :limit", id=entry_id, limit=limit)
    return [_entry(row) for row in rows]


def _entry(row: Row) -> JournalEntry:
    return JournalEntry(row["id"], some_time(row["at"]), row["event"], row["inquiry_id"], json.loads(row["data"]))
