"""The outbox as its sender sees it: what may go now, what it has taken, and how each attempt ended.

Only the first row of a lane may be claimed, and while one is being sent the lane waits. Claiming commits before
anything is sent, so a row found in `sending` at start may or may not have gone out.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from pydantic import TypeAdapter

from bot.model import Delivery, DeliveryKind, DeliveryState
from bot.store.outbox import COLUMNS, delivery_of
from bot.store.values import as_text, some_time

if TYPE_CHECKING:
    from bot.store.database import Tx

_IDS = TypeAdapter(list[int])
_SENT = TypeAdapter(list[tuple[int, int | None]])

# Each half names the condition of its partial index, so that sent rows are never read. A row that was put in or claimed
# in what is now the future shows that the machine's clock was set back, and that its `due_at` means nothing any more.
_READY = """
    SELECT * FROM (
        SELECT id, channel, chat, kind FROM outbox
        WHERE state IN ('queued', 'sending') AND kind = 'answer_press' AND state = 'queued'
          AND (due_at <= :at OR coalesce(claimed_at, created_at) > :at)
        ORDER BY id LIMIT :limit)
    UNION ALL
    SELECT * FROM (
        SELECT id, channel, chat, kind FROM outbox
        WHERE state = 'queued' AND (due_at <= :at OR coalesce(claimed_at, created_at) > :at) AND id IN (
            SELECT min(id) FROM outbox
            WHERE state IN ('queued', 'sending') AND kind <> 'answer_press' GROUP BY channel, chat)
        ORDER BY id LIMIT :limit)
"""


class Ready(NamedTuple):
    """A row that may be claimed now, as far as its lane's order goes."""

    id: int
    channel: str
    chat: int
    kind: DeliveryKind


async def list_ready(tx: Tx, at: datetime, limit: int) -> list[Ready]:
    """Return the rows that may be claimed: presses first, then the first row of each lane if it is due, oldest first.

    A lane whose first row is being sent, or waits for another attempt, is left out.
    """
    rows = await tx.all(
        _READY,
        at=as_text(at),
        limit=limit,
    )
    return [Ready(row["id"], row["channel"], row["chat"], DeliveryKind(row["kind"])) for row in rows]


async def claim(tx: Tx, at: datetime, ids: Iterable[int]) -> list[Delivery]:
    """Take these rows for sending, in the order of their ids; those no longer queued are left out."""
    rows = await tx.all(
        f"""
        UPDATE outbox SET state = 'sending', claimed_at = :at, attempts = attempts + 1
        WHERE state = 'queued' AND id IN (SELECT value FROM json_each(:ids))
        RETURNING {COLUMNS}
        """,  # noqa: S608 (a constant)
        ids=_IDS.dump_json(list(ids)).decode(),
        at=as_text(at),
    )
    return sorted((delivery_of(row) for row in rows), key=lambda delivery: delivery.id)


async def list_sending(tx: Tx) -> list[Delivery]:
    """Return the rows in `sending`: at start, those whose sender was cut off."""
    rows = await tx.all(
        f"SELECT {COLUMNS} FROM outbox"  # noqa: S608 (a constant)
        " WHERE state IN ('queued', 'sending') AND kind <> 'answer_press' AND state = 'sending'"
        f" UNION ALL SELECT {COLUMNS} FROM outbox"
        " WHERE state IN ('queued', 'sending') AND kind = 'answer_press' AND state = 'sending'"
    )
    return sorted((delivery_of(row) for row in rows), key=lambda delivery: delivery.id)


async def list_sent_since(tx: Tx, since: datetime) -> list[tuple[str, int, datetime]]:
    """Return channel, chat and time of what was sent, oldest first, so that pacing can go on after a restart."""
    rows = await tx.all(
        """
        SELECT channel, chat, sent_at FROM outbox
        WHERE sent_at >= :since AND kind <> 'answer_press' ORDER BY sent_at
        """,
        since=as_text(since),
    )
    return [(row["channel"], row["chat"], some_time(row["sent_at"])) for row in rows]


async def mark_sent(tx: Tx, at: datetime, sent: Iterable[tuple[int, int | None]]) -> set[int]:
    """Record what the channel confirmed: pairs of row id and the channel's message number (None where it has none).

    Returns the ids of the rows that are there; others were deleted with their inquiry while they were being sent.
    """
    rows = await tx.all(
        """
        UPDATE outbox SET state = 'sent', message = json_extract(value, '$[1]'), sent_at = :at, error = NULL
        FROM json_each(:sent) WHERE outbox.id = json_extract(value, '$[0]') RETURNING outbox.id
        """,
        sent=_SENT.dump_json(list(sent)).decode(),
        at=as_text(at),
    )
    return {row["id"] for row in rows}


async def drop_carried_out(tx: Tx, ids: Iterable[int]) -> None:
    """Keep nothing of deliveries that were carried out, or given up."""
    await tx.run(
        """DELETE FROM outbox
           WHERE id IN (SELECT value FROM json_each(:ids)) AND state IN ('sent', 'uncertain', 'parked')""",
        ids=_IDS.dump_json(list(ids)).decode(),
    )


async def mark_skipped(tx: Tx, delivery_id: int, why: str) -> None:
    """Record that there is nothing to send any more; the row counts as sent, but has no `sent_at`."""
    await tx.run("UPDATE outbox SET state = 'sent', error = :why WHERE id = :id", id=delivery_id, why=why)


async def mark_waiting(tx: Tx, delivery_id: int, due_at: datetime, error: str, *, unclear: bool = False) -> int:
    """Put a row back for another attempt; `unclear`: the last one may have arrived.

    Returns how many attempts may have arrived since it was put in, or let go on by hand.
    """
    row = await tx.one(
        """
        UPDATE outbox SET state = 'queued', due_at = :due_at, error = :error,
          repeat = repeat OR :unclear, unclear = unclear + :unclear
        WHERE id = :id RETURNING unclear
        """,
        id=delivery_id,
        due_at=as_text(due_at),
        error=error,
        unclear=int(unclear),
    )
    return 0 if row is None else int(row["unclear"])


async def mark_uncertain(tx: Tx, delivery_id: int, error: str) -> None:
    """Record that it may or may not have arrived, and that nothing more will be tried."""
    await _give_up(tx, delivery_id, DeliveryState.UNCERTAIN, error)


async def mark_parked(tx: Tx, delivery_id: int, error: str) -> None:
    """Record that it did not arrive and waits for a person's decision."""
    await _give_up(tx, delivery_id, DeliveryState.PARKED, error)


async def _give_up(tx: Tx, delivery_id: int, state: DeliveryState, error: str) -> None:
    await tx.run(
        "UPDATE outbox SET state = :state, error = :error WHERE id = :id", id=delivery_id, state=state, error=error
    )
