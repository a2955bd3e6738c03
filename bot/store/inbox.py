"""The inbox: raw updates, stored before they are confirmed to the channel, handled in order per lane.

An update is known by its `meaning`, not by its number: Telegram numbers begin anew after a quiet week, and the same
update may come twice. When the row is done, `raw` and `lane` are emptied, for the words live on in `messages`; what
stays (the update's number and its meaning, a hash) is needed only as long as the channel may send the update again, see
`forget_done`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.store.erasing import delete_some
from bot.store.values import as_text, some_time

if TYPE_CHECKING:
    from bot.store.database import Row, Tx


# No attempt is put off for longer; see the worker's pauses.
LONGEST_PAUSE = timedelta(minutes=1)


class InboxState(StrEnum):
    """Where a raw update stands."""

    WAITING = "waiting"
    DONE = "done"
    PARKED = "parked"


@dataclass(frozen=True)
class RawUpdate:
    """An update as it came, with as much understood of it as storing it needs.

    Attributes:
        update_id: the channel's number for it; None where it has none that could be read.
        meaning: the same for every copy of this update, and never the same for another one.
        lane: updates of one lane are handled in order; for Telegram the chat.
        raw: the JSON text, ASCII only.
        fault: why it cannot be handled at all; such a row is parked at once.
    """

    channel: str
    update_id: int | None
    meaning: str
    lane: str
    raw: str
    fault: str | None = None


@dataclass(frozen=True)
class InboxRow:
    """A stored update; `attempts` counts the failed ones."""

    id: int
    channel: str
    update_id: int | None
    lane: str
    raw: str
    state: InboxState
    attempts: int
    received_at: datetime
    error: str | None


async def add_batch(tx: Tx, at: datetime, updates: Sequence[RawUpdate]) -> None:
    """Store the updates in their order; those already known by their meaning are left out."""
    await tx.run_many(
        """
        INSERT INTO inbox (channel, update_id, meaning, lane, raw, state, received_at, error)
        VALUES (:channel, :update_id, :meaning, :lane, :raw, :state, :at, :fault)
        ON CONFLICT (channel, meaning) DO NOTHING
        """,
        [
            {
                "channel": update.channel,
                "update_id": update.update_id,
                # By hash: it names a chat, and stays for as long as a copy may come, after its person deleted all.
                "meaning": hashlib.sha256(update.meaning.encode()).hexdigest(),
                "lane": update.lane,
                "raw": update.raw,
                "state": InboxState.WAITING if update.fault is None else InboxState.PARKED,
                "at": as_text(at),
                "fault": update.fault,
            }
            for update in updates
        ],
    )


async def has_waiting(tx: Tx) -> bool:
    """Tell whether anything still waits to be handled."""
    return await tx.one("SELECT 1 FROM inbox WHERE state = 'waiting' LIMIT 1") is not None


async def list_ready(tx: Tx, at: datetime, limit: int = 100) -> list[InboxRow]:
    """Return the next updates to handle, oldest first.

    A lane may stand in it several times, in order. A lane whose first row waits for another attempt is left out, but
    for one that would have to wait longer than any pause is: the machine's clock was set back.
    """
    rows = await tx.all(
        """
        SELECT * FROM inbox
        WHERE state = 'waiting'
          AND NOT EXISTS (
            SELECT 1 FROM inbox AS earlier
            WHERE earlier.state = 'waiting' AND earlier.retry_at IS NOT NULL AND earlier.retry_at > :at
              AND earlier.retry_at <= :latest
              AND earlier.channel = inbox.channel AND earlier.lane = inbox.lane AND earlier.id <= inbox.id
          )
        ORDER BY id LIMIT :limit
        """,
        at=as_text(at),
        latest=as_text(at + LONGEST_PAUSE),
        limit=limit,
    )
    return [_row(row) for row in rows]


async def list_ready_fairly(tx: Tx, at: datetime, limit: int, per_lane: int) -> list[InboxRow]:
    """Return the next updates to handle, at most so many of a lane, so that nobody's flood stands before all others.

    Looks at everything that waits, so it is asked only where one lane fills what `list_ready` finds.
    """
    rows = await tx.all(
        """
        SELECT * FROM inbox WHERE id IN (
          SELECT id FROM (
            SELECT id, row_number() OVER (PARTITION BY channel, lane ORDER BY id) AS place,
              max(retry_at > :at AND retry_at <= :latest) OVER (PARTITION BY channel, lane ORDER BY id) AS pausing
            FROM inbox WHERE state = 'waiting')
          WHERE place <= :per_lane AND coalesce(pausing, 0) = 0 ORDER BY id LIMIT :limit)
        ORDER BY id
        """,
        at=as_text(at),
        latest=as_text(at + LONGEST_PAUSE),
        per_lane=per_lane,
        limit=limit,
    )
    return [_row(row) for row in rows]


async def mark_done(tx: Tx, at: datetime, row_id: int) -> None:
    """Record that the update is handled, and forget its words."""
    await tx.run(
        """UPDATE inbox SET state = 'done', raw = '', lane = '', done_at = :at, retry_at = NULL, error = NULL
           WHERE id = :id""",
        id=row_id,
        at=as_text(at),
    )


async def mark_failed(tx: Tx, row_id: int, error: str, retry_at: datetime | None) -> None:
    """Record a failed attempt; with `retry_at` None the row is parked."""
    await tx.run(
        """
        UPDATE inbox SET state = :state, attempts = attempts + 1, retry_at = :retry_at, error = :error
        WHERE id = :id AND state = 'waiting'
        """,
        id=row_id,
        state=InboxState.PARKED if retry_at is None else InboxState.WAITING,
        retry_at=None if retry_at is None else as_text(retry_at),
        error=error,
    )


async def list_parked(tx: Tx) -> list[InboxRow]:
    """Return what could not be handled, oldest first."""
    return [_row(row) for row in await tx.all("SELECT * FROM inbox WHERE state = 'parked' ORDER BY id")]


async def requeue(tx: Tx, row_id: int) -> bool:
    """Let a parked update be handled again; False when there is no such parked row."""
    row = await tx.one(
        """
        UPDATE inbox SET state = 'waiting', attempts = 0, retry_at = NULL
        WHERE id = :id AND state = 'parked' RETURNING id
        """,
        id=row_id,
    )
    return row is not None


async def drop(tx: Tx, at: datetime, row_id: int) -> bool:
    """Give a parked update up and forget its words; False when there is no such parked row.

    The row stays as done, so that the channel's next copy of the update is not taken for a new one.
    """
    row = await tx.one(
        """
        UPDATE inbox SET state = 'done', raw = '', lane = '', done_at = :at
        WHERE id = :id AND state = 'parked' RETURNING id
        """,
        id=row_id,
        at=as_text(at),
    )
    return row is not None


async def list_of_lane(tx: Tx, channel: str, lane: str) -> list[InboxRow]:
    """Return what is still known of the updates of a lane, oldest first: those that wait, and those given up."""
    rows = await tx.all(
        "SELECT * FROM inbox WHERE channel = :channel AND lane = :lane ORDER BY id", channel=channel, lane=lane
    )
    return [_row(row) for row in rows]


async def forget_lane(tx: Tx, channel: str, lane: str) -> None:
    """Delete what is not waiting in a lane: its person deleted everything."""
    await tx.run(
        "DELETE FROM inbox WHERE channel = :channel AND lane = :lane AND state <> 'waiting'", channel=channel, lane=lane
    )


async def forget_done(tx: Tx, before: datetime, most: int) -> int:
    """Delete at most so many done rows; return how many.

    They hold neither words nor a chat, and serve only to know a copy again. Telegram keeps an unconfirmed update for 24
    hours (Bot API, "Getting updates"), so two days are enough.
    """
    sql = delete_some("inbox", "state = 'done' AND done_at < :before")
    return len(await tx.all(sql, before=as_text(before), most=most))


def _row(row: Row) -> InboxRow:
    return InboxRow(
        id=row["id"],
        channel=row["channel"],
        update_id=row["update_id"],
        lane=row["lane"],
        raw=row["raw"],
        state=InboxState(row["state"]),
        attempts=row["attempts"],
        received_at=some_time(row["received_at"]),
        error=row["error"],
    )
