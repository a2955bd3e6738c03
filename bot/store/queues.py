"""How long the queues are and since when their oldest rows wait; for health pages and figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.store.values import as_text, as_time

if TYPE_CHECKING:
    from bot.store.database import Tx


@dataclass(frozen=True)
class Queue:
    """One queue.

    Attributes:
        waiting: rows to be handled or sent, also those that are due later.
        oldest_at: since when the oldest that is due waits; None where none is.
        parked: rows given up, waiting for a person's decision.
    """

    waiting: int
    oldest_at: datetime | None
    parked: int


async def measure(tx: Tx, at: datetime) -> dict[str, Queue]:
    """Return the state of `inbox` and `outbox`.

    What was tried in vain waits since it was written, what is due later does not wait yet. Answers to button presses
    are left out: Telegram takes them for seconds only, and they block nothing. Each part reads a partial index.
    """
    rows = await tx.all(
        """
        SELECT 'inbox' AS name, count(*) AS waiting, min(received_at) AS oldest_at,
               (SELECT count(*) FROM inbox WHERE state = 'parked') AS parked
        FROM inbox WHERE state = 'waiting'
        UNION ALL
        SELECT 'outbox', count(*),
               min(CASE WHEN attempts > 0 THEN created_at WHEN due_at <= :at THEN due_at END),
               (SELECT count(*) FROM outbox WHERE state = 'parked')
        FROM outbox WHERE state IN ('queued', 'sending') AND kind <> 'answer_press'
        """,
        at=as_text(at),
    )
    return {row["name"]: Queue(row["waiting"], as_time(row["oldest_at"]), row["parked"]) for row in rows}
