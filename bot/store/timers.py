"""Timers: what is due at a time. Rows, not tasks, so that they survive the process and tests turn the clock by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.store.database import Row, Tx
from bot.store.values import any_of, as_text, some_time


class TimerKind(StrEnum):
    """What is to be done when the time has come."""

    ASK = "ask"  # the person never said which field is meant
    WHICH = "which"  # the person never said which inquiry a message belongs to
    ROOM = "room"  # there is room again for what a person wrote at once
    SURGE = "surge"  # sum up what arrived at a contact's without a sound
    SPARING = "sparing"  # the person never said whether what they need not tell goes on
    TAKE = "take"  # nobody took a share: remind, then let the next one join
    SOON = "soon"  # a share falls due soon
    DUE = "due"  # a share's promised time has come
    DIGEST = "digest"  # a contact's morning digest
    AWAY = "away"  # a contact's absence begins
    BACK = "back"  # a contact's absence ends
    HAND_OVER = "hand_over"  # bring more open shares to those who are to have them
    DELIVER = "deliver"  # go on handing over what waited for somebody to be reached, where there is very much
    SCRUB = "scrub"  # empty the write-ahead log after a deletion
    RETENTION = "retention"  # close and delete what is due, every night
    FORGET_CONTACT = "forget_contact"  # the rules have not named a contact for long
    ROLL_CALL = "roll_call"  # find out daily who can be reached


SILENCES = (TimerKind.ASK, TimerKind.WHICH, TimerKind.SPARING)


@dataclass(frozen=True)
class Timer:
    """One thing due: for an inquiry, a person, a share, a contact, or for the office as a whole.

    Attributes:
        contact: whose it is; with HAND_OVER and DELIVER who was found again, None where that was nobody.
        step: with TAKE and DUE, which of several in a row is to be done.
        first_row: from which row on it looks: with SURGE of the outbox, with DELIVER of the shares.
        id: its row, once it was started.
        due_at: when it fell due, where it was read from there.
    """

    kind: TimerKind
    _: KW_ONLY
    inquiry_id: int | None = None
    person_id: int | None = None
    assignment_id: int | None = None
    contact: str | None = None
    step: int = 0
    first_row: int = 0
    id: int = 0
    due_at: datetime | None = field(default=None, compare=False)


# Of one kind there is one timer for the same thing.
_SAME = """kind = :kind AND inquiry_id IS :inquiry_id AND person_id IS :person_id
  AND assignment_id IS :assignment_id AND contact IS :contact"""


async def start(tx: Tx, due_at: datetime, timer: Timer) -> None:
    """Start a timer; one of the same kind for the same thing starts again."""
    await stop(tx, timer)
    await tx.insert(
        """INSERT INTO timers (kind, inquiry_id, person_id, assignment_id, contact, due_at, step, first_row)
           VALUES (:kind, :inquiry_id, :person_id, :assignment_id, :contact, :due_at, :step, :first_row)""",
        **_what(timer),
        due_at=as_text(due_at),
        step=timer.step,
        first_row=timer.first_row,
    )


async def restart_share(
    tx: Tx, assignment_id: int, due: Mapping[TimerKind, datetime], keep: TimerKind | None = None
) -> None:
    """Start these timers of a share, each from its first step, in the place of all it had but one to `keep`."""
    await tx.run("DELETE FROM timers WHERE assignment_id = :id AND kind IS NOT :keep", id=assignment_id, keep=keep)
    await tx.run(
        """INSERT INTO timers (kind, assignment_id, due_at)
           SELECT json_extract(value, '$[0]'), :id, json_extract(value, '$[1]') FROM json_each(:due)""",
        id=assignment_id,
        due=json.dumps([[kind, as_text(at)] for kind, at in due.items()]),
    )


async def stop(tx: Tx, timer: Timer) -> None:
    """Stop the timer of this kind for this thing, if it runs."""
    await tx.run(f"DELETE FROM timers WHERE {_SAME}", **_what(timer))  # noqa: S608 (a constant)


async def find_due(tx: Tx, timer: Timer) -> datetime | None:
    """Return when the timer of this kind for this thing falls due; None if it does not run."""
    running = await find(tx, timer)
    return None if running is None else running.due_at


async def find(tx: Tx, timer: Timer) -> Timer | None:
    """Return the timer of this kind for this thing, with its step; None if it does not run."""
    row = await tx.one(f"SELECT * FROM timers WHERE {_SAME}", **_what(timer))  # noqa: S608 (a constant)
    return None if row is None else _timer(row)


async def list_due(tx: Tx, at: datetime, heard_until: datetime | None) -> list[Timer]:
    """Return what is due, longest due first.

    Args:
        heard_until: up to when it is known what people did; what runs out with their silence (`SILENCES`) is not due
            before. None where that is not known.
    """
    rows = await tx.all(
        f"""SELECT * FROM timers WHERE due_at <= :at AND (kind NOT IN ({any_of(SILENCES)}) OR due_at <= :heard_until)
            ORDER BY due_at, id""",  # noqa: S608 (a constant)
        at=as_text(at),
        heard_until=None if heard_until is None else as_text(heard_until),
    )
    return [_timer(row) for row in rows]


async def claim(tx: Tx, timer_id: int, at: datetime) -> Timer | None:
    """End a timer to carry it out, and return it; None if it was stopped meanwhile.

    As it stands now: another one, started since it was found due, may have got its id, and is not due yet.
    """
    sql = "DELETE FROM timers WHERE id = :id AND due_at <= :at RETURNING *"
    row = await tx.one(sql, id=timer_id, at=as_text(at))
    return None if row is None else _timer(row)


def _what(timer: Timer) -> dict[str, TimerKind | int | str | None]:
    return {
        "kind": timer.kind,
        "inquiry_id": timer.inquiry_id,
        "person_id": timer.person_id,
        "assignment_id": timer.assignment_id,
        "contact": timer.contact,
    }


def _timer(row: Row) -> Timer:
    return Timer(
        TimerKind(row["kind"]),
        inquiry_id=row["inquiry_id"],
        person_id=row["person_id"],
        assignment_id=row["assignment_id"],
        contact=row["contact"],
        step=row["step"],
        first_row=row["first_row"] or 0,
        id=row["id"],
        due_at=some_time(row["due_at"]),
    )
