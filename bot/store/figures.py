"""Figures for a field: counted over all that belongs to it, never by person."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from bot.model import Event
from bot.store.assignments import OPEN, UNANSWERED
from bot.store.database import Tx
from bot.store.values import as_text, as_time, some_time


@dataclass(frozen=True)
class ShareTimes:
    """When one share came, until when an answer is still owed, when the first one went out, whether that was in time.

    Attributes:
        answered_at: an answer that was given up does not count.
        in_time: by the first promise; None while that is open, or where nothing was promised.
    """

    came_at: datetime
    owed_at: datetime | None
    answered_at: datetime | None
    in_time: bool | None
    audience: str | None
    direction: str | None


@dataclass(frozen=True)
class FieldFigures:
    """What is counted for one field; what came, ended or was said counts from a moment on."""

    open: int
    closed: int
    new: list[ShareTimes]
    helped: Counter[str]


async def load(tx: Tx, field: str, since: datetime) -> FieldFigures:
    """Count for a field; shares that turned out to be another field's are not counted."""
    counted = await tx.one(
        f"""SELECT coalesce(sum(state IN ({OPEN})), 0) AS open,
                   coalesce(sum(state = 'closed' AND changed_at >= :since), 0) AS closed
            FROM assignments WHERE field = :field""",  # noqa: S608
        field=field,
        since=as_text(since),
    )
    new = await tx.all(
        f"""
        SELECT created_at, in_time,
               CASE WHEN assignments.state IN ({UNANSWERED}) THEN coalesce(promised_at, due_at) END AS owed_at,
               json_extract(decision, '$.audience') AS audience, json_extract(decision, '$.direction') AS direction,
               (SELECT min(at) FROM journal WHERE journal.inquiry_id = assignments.inquiry_id
                  AND event = '{Event.INQUIRY_ANSWERED}' AND json_extract(data, '$.field') = field
                  AND NOT EXISTS (
                    SELECT 1 FROM journal AS lost
                    WHERE lost.inquiry_id = journal.inquiry_id AND lost.id > journal.id
                      AND lost.event = '{Event.DELIVERY_PARKED}'
                      AND json_extract(lost.data, '$.message') = json_extract(journal.data, '$.message'))
               ) AS answered_at
        FROM assignments JOIN inquiries ON inquiries.id = inquiry_id
        WHERE field = :field AND assignments.state <> 'moved' AND created_at >= :since
        """,  # noqa: S608
        field=field,
        since=as_text(since),
    )
    helped = await tx.all(
        """SELECT helped, count(*) AS n FROM feedback
           WHERE helped IS NOT NULL AND answered_at >= :since AND inquiry_id IN (
             SELECT inquiry_id FROM assignments WHERE field = :field AND state <> 'moved')
           GROUP BY helped""",
        field=field,
        since=as_text(since),
    )
    return FieldFigures(
        open=0 if counted is None else counted["open"],
        closed=0 if counted is None else counted["closed"],
        new=[
            ShareTimes(
                some_time(row["created_at"]),
                as_time(row["owed_at"]),
                as_time(row["answered_at"]),
                None if row["in_time"] is None else bool(row["in_time"]),
                row["audience"],
                row["direction"],
            )
            for row in new
        ],
        helped=Counter({row["helped"]: row["n"] for row in helped}),
    )
