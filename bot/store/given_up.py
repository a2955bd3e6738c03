"""Deliveries that were given up: they wait for a person's decision, or for whoever they are for to be back."""

from __future__ import annotations

from datetime import datetime

from bot.model import Address, Delivery, Event
from bot.store.database import Tx
from bot.store.outbox import COLUMNS, delivery_of
from bot.store.values import as_text


async def list_all(tx: Tx) -> list[Delivery]:
    """Return what was given up and waits for a person's decision, oldest first."""
    rows = await tx.all(
        f"SELECT {COLUMNS} FROM outbox WHERE state = 'parked' ORDER BY id"  # noqa: S608 (a constant)
    )
    return [delivery_of(row) for row in rows]


# What contacts wrote to a person, and was parked because they could not be reached. The pluses keep SQLite at the few
# rows that are parked, from the many of a chat or of all messages. With a key the reason is sealed, hence `unseal`.
_MISSED = f"""
    state = 'parked' AND +inquiry_id IS NOT NULL AND +assignment_id IS NULL AND +message_id IS NOT NULL
    AND EXISTS (SELECT 1 FROM journal
                WHERE journal.inquiry_id = outbox.inquiry_id AND event = '{Event.DELIVERY_PARKED}'
                  AND json_extract(data, '$.delivery') = outbox.id
                  AND unseal(json_extract(data, '$.failure')) = 'unreachable')
"""  # noqa: S608 (a constant)


async def count_missed(tx: Tx) -> int:
    """Return how much of what was given up needs no decision: it goes out when its person allows the bot again."""
    row = await tx.one(f"SELECT count(*) AS n FROM outbox WHERE {_MISSED}")  # noqa: S608 (a constant)
    return 0 if row is None else int(row["n"])


async def count_undecided(tx: Tx) -> int:
    """Return how much is parked and waits for a person's decision: what came in as well as what was to go out."""
    row = await tx.one(
        "SELECT (SELECT count(*) FROM inbox WHERE state = 'parked')"
        " + (SELECT count(*) FROM outbox WHERE state = 'parked') AS n"
    )
    return (0 if row is None else int(row["n"])) - await count_missed(tx)


# All its attempts are before it again. Of what follows, nobody hears a second time that it was not sent.
_ONCE_MORE = "state = 'queued', due_at = :at, attempts = 0, unclear = 0, draft = json_remove(draft, '$.otherwise')"


async def requeue(tx: Tx, at: datetime, delivery_id: int) -> bool:
    """Let a parked delivery be sent again; False when there is no such parked row.

    It goes before everything younger in its lane. One parked because its fate stayed unknown goes out marked.
    """
    row = await tx.one(
        f"UPDATE outbox SET {_ONCE_MORE} WHERE id = :id AND state = 'parked' RETURNING id",  # noqa: S608 (a constant)
        id=delivery_id,
        at=as_text(at),
    )
    return row is not None


async def is_outdated(tx: Tx, delivery_id: int) -> bool:
    """Tell whether a parked change of a message was followed by a later one, which says it all."""
    row = await tx.one(
        """
        SELECT 1 FROM outbox AS parked JOIN outbox AS later ON later.id > parked.id
          AND json_extract(later.draft, '$.edits') = json_extract(parked.draft, '$.edits')
          AND later.inquiry_id IS parked.inquiry_id AND later.kind IN ('edit', parked.kind)
        WHERE parked.id = :id AND parked.state = 'parked' AND parked.kind IN ('edit', 'edit_buttons') LIMIT 1
        """,
        id=delivery_id,
    )
    return row is not None


async def requeue_missed(tx: Tx, at: datetime, address: Address) -> int:
    """Let what contacts wrote to a person, and was parked because they could not be reached, be sent again.

    Returns how many rows that are.
    """
    rows = await tx.all(
        f"""
        UPDATE outbox SET {_ONCE_MORE}
        WHERE {_MISSED} AND +channel = :channel AND +chat = :chat RETURNING id
        """,  # noqa: S608 (a constant)
        channel=address.channel,
        chat=address.chat,
        at=as_text(at),
    )
    return len(rows)


async def drop(tx: Tx, delivery_id: int) -> bool:
    """Delete a parked delivery with its words; False when there is no such parked row."""
    row = await tx.one("DELETE FROM outbox WHERE id = :id AND state = 'parked' RETURNING id", id=delivery_id)
    return row is not None
