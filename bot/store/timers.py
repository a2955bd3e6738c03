"""Timers: what is due at a time. Rows, not tasks, so that they survive the process and tests turn the clock by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.store.database import Tx
from bot.store.values import as_text


class TimerKind(StrEnum):
    """What is to be done when the time has come."""

    ASK = "ask"  # the person never said which field is meant
    WHICH = "which"  # the person never said which inquiry a message belongs to


@dataclass(frozen=True)
class Timer:
    """One thing due, for an inquiry or for a person."""

    id: int
    kind: TimerKind
    inquiry_id: int | None
    person_id: int | None


async def start(
    tx: Tx, due_at: datetime, kind: TimerKind, *, inquiry_id: int | None = None, person_id: int | None = None
) -> None:
    """Start a timer; one of the same kind for the same inquiry or person starts again."""
    await stop(tx, kind, inquiry_id=inquiry_id, person_id=person_id)
    await tx.insert(
        "INSERT INTO timers (kind, inquiry_id, person_id, due_at) VALUES (:kind, :inquiry_id, :person_id, :due_at)",
        kind=kind,
        inquiry_id=inquiry_id,
        person_id=person_id,
        due_at=as_text(due_at),
    )


async def stop(tx: Tx, kind: TimerKind, *, inquiry_id: int | None = None, person_id: int | None = None) -> None:
    """Stop a timer, if it runs."""
    await tx.run(
        "DELETE FROM timers WHERE kind = :kind AND inquiry_id IS :inquiry_id AND person_id IS :person_id",
        kind=kind,
        inquiry_id=inquiry_id,
        person_id=person_id,
    )


async def list_due(tx: Tx, at: datetime) -> list[Timer]:
    """Return what is due, longest due first."""
    rows = await tx.all("SELECT * FROM timers WHERE due_at <= :at ORDER BY due_at, id", at=as_text(at))
    return [Timer(row["id"], TimerKind(row["kind"]), row["inquiry_id"], row["person_id"]) for row in rows]


async def remove(tx: Tx, timer_id: int) -> bool:
    """End a timer that was carried out; False if it was no longer there."""
    return await tx.one("DELETE FROM timers WHERE id = :id RETURNING id", id=timer_id) is not None


async def postpone(tx: Tx, timer_id: int, due_at: datetime) -> None:
    """Try again later what could not be carried out."""
    await tx.run("UPDATE timers SET due_at = :due_at WHERE id = :id", due_at=as_text(due_at), id=timer_id)
