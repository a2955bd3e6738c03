"""Inquiries: one row a matter, with its public reference, its state and the routing decision it rests on."""

from __future__ import annotations

from datetime import datetime

from bot.errors import NotFoundError
from bot.model import OPEN_STATES, Event, Inquiry, InquiryState, RoutingDecision
from bot.store.database import Row, Tx
from bot.store.values import DECISION, any_of, as_text, as_time, some_time

_OPEN = any_of(OPEN_STATES)
# What the official file tells of: what was said, noted and made of an inquiry. Of what is done at a desk alone, such as
# taking it, and of reminders it need not be told.
_FILED = any_of(
    (
        Event.INQUIRY_FOLLOWED_UP,
        Event.INQUIRY_THANKED,
        Event.INQUIRY_ANSWERED,
        Event.INQUIRY_GESTURED,
        Event.INQUIRY_ASKED_BACK,
        Event.INQUIRY_EDITED,
        Event.INQUIRY_NOTED,
        Event.INQUIRY_CORRECTED,
        Event.INQUIRY_RATED,
        Event.INQUIRY_MOVED,
        Event.INQUIRY_HANDED,
        Event.INQUIRY_ADDED,
        Event.INQUIRY_CLOSED,
        Event.INQUIRY_PART_CLOSED,
        Event.INQUIRY_SILENT,
        Event.INQUIRY_WITHDRAWN,
        Event.INQUIRY_REOPENED,
    )
)
_SELECT = f"""SELECT *, CASE WHEN for_file THEN (
    SELECT max(at) FROM journal WHERE inquiry_id = inquiries.id AND event IN ({_FILED})) END AS changed_at
    FROM inquiries"""  # noqa: S608 (constants)


async def add(
    tx: Tx,
    at: datetime,
    person_id: int,
    decision: RoutingDecision,
    *,
    follows: int | None = None,
    year: int | None = None,
) -> Inquiry:
    """Open an inquiry under the year's next reference; its state is `asked` until it is assigned.

    Args:
        follows: the earlier inquiry it goes on from.
        year: the year where the office is; None for that of UTC.
    """
    year = year or at.year
    counted = await tx.one(
        """INSERT INTO counters (year, last) VALUES (:year, 1)
           ON CONFLICT (year) DO UPDATE SET last = last + 1 RETURNING last""",
        year=year,
    )
    reference = f"{year}-{counted['last'] if counted else 1:04d}"
    row_id = await tx.insert(
        """INSERT INTO inquiries (reference, person_id, state, decision, opened_at, touched_at, follows)
           VALUES (:reference, :person_id, :state, :decision, :at, :at, :follows)""",
        reference=reference,
        person_id=person_id,
        state=InquiryState.ASKED,
        decision=DECISION.dump_json(decision).decode(),
        at=as_text(at),
        follows=follows,
    )
    return Inquiry(row_id, reference, person_id, InquiryState.ASKED, at, at, None, decision, follows)


async def get(tx: Tx, inquiry_id: int) -> Inquiry:
    """Return an inquiry.

    Raises:
        NotFoundError: there is none with this id.
    """
    row = await tx.one(f"{_SELECT} WHERE id = :id", id=inquiry_id)
    if row is None:
        raise NotFoundError(f"inquiry {inquiry_id}: not in the database.")
    return _inquiry(row)


async def get_by_reference(tx: Tx, reference: str) -> Inquiry:
    """Return the inquiry with a public reference.

    Raises:
        NotFoundError: there is none.
    """
    row = await tx.one(f"{_SELECT} WHERE reference = :reference", reference=reference)
    if row is None:
        raise NotFoundError(f"{reference}: no inquiry has this reference. See all: python -m bot list.")
    return _inquiry(row)


async def list_open_of(tx: Tx, person_id: int) -> list[Inquiry]:
    """Return a person's open inquiries, the one in hand (last touched) first."""
    rows = await tx.all(
        f"{_SELECT} WHERE person_id = :id AND state IN ({_OPEN}) ORDER BY touched_at DESC, id DESC",
        id=person_id,
    )
    return [_inquiry(row) for row in rows]


async def list_of_person(tx: Tx, person_id: int) -> list[Inquiry]:
    """Return all inquiries of a person, the one last spoken of first."""
    rows = await tx.all(f"{_SELECT} WHERE person_id = :id ORDER BY touched_at DESC, id DESC", id=person_id)
    return [_inquiry(row) for row in rows]


async def list_ended_of(tx: Tx, person_id: int, most: int) -> list[Inquiry]:
    """Return the closed inquiries of a person that were last spoken of, by closing or by a word more, the last first.

    A withdrawn one was ended by the person, who knows.
    """
    # The plus keeps SQLite from looking at all that is closed: it takes the index for the more particular one.
    rows = await tx.all(
        f"{_SELECT} WHERE person_id = :id AND +state = 'closed'"
        " ORDER BY max(closed_at, touched_at) DESC, id DESC LIMIT :most",
        id=person_id,
        most=most,
    )
    return [_inquiry(row) for row in rows]


# Those that are asked for: open ones, or with a share in a field, moved-away ones left out.
_ASKED_FOR = f"""(NOT :only_open OR state IN ({_OPEN}))
    AND (:field IS NULL OR EXISTS (
          SELECT 1 FROM assignments WHERE inquiry_id = inquiries.id AND field = :field AND state <> 'moved'))"""  # noqa: S608


async def list_all(tx: Tx, *, only_open: bool = False, field: str | None = None, most: int) -> list[Inquiry]:
    """Return at most so many inquiries, newest first."""
    rows = await tx.all(
        f"{_SELECT} WHERE {_ASKED_FOR} ORDER BY id DESC LIMIT :most",
        only_open=only_open,
        field=field,
        most=most,
    )
    return [_inquiry(row) for row in rows]


async def count(tx: Tx, *, only_open: bool = False, field: str | None = None) -> int:
    """Return how many inquiries `list_all` would list if it listed all."""
    sql = f"SELECT count(*) AS n FROM inquiries WHERE {_ASKED_FOR}"  # noqa: S608
    row = await tx.one(sql, only_open=only_open, field=field)
    return 0 if row is None else int(row["n"])


async def list_asked(tx: Tx) -> list[Inquiry]:
    """Return the inquiries whose person was asked for the topic and has not said yet, newest first."""
    return [_inquiry(row) for row in await tx.all(f"{_SELECT} WHERE state = 'asked' ORDER BY id DESC")]


async def set_state(tx: Tx, at: datetime, inquiry_id: int, state: InquiryState) -> None:
    """Move an inquiry to a state; leaving the open states records when, returning to them clears it."""
    closed_at = None if state in OPEN_STATES else as_text(at)
    await tx.run(
        "UPDATE inquiries SET state = :state, closed_at = :closed_at WHERE id = :id",
        state=state,
        closed_at=closed_at,
        id=inquiry_id,
    )


async def set_decision(tx: Tx, inquiry_id: int, decision: RoutingDecision) -> None:
    """Replace the decision by one made with more of the person's words; the journal keeps the earlier one."""
    await tx.run(
        "UPDATE inquiries SET decision = :decision WHERE id = :id",
        decision=DECISION.dump_json(decision).decode(),
        id=inquiry_id,
    )


async def set_for_file(tx: Tx, inquiry_id: int, for_file: bool) -> None:
    """Mark that an inquiry belongs in the official file, or that it does not."""
    await tx.run("UPDATE inquiries SET for_file = :for_file WHERE id = :id", for_file=for_file, id=inquiry_id)


async def mark_filed(tx: Tx, at: datetime, inquiry_id: int) -> None:
    """Record that an inquiry was taken over into the official file as it is now."""
    await tx.run("UPDATE inquiries SET filed_at = :at WHERE id = :id", at=as_text(at), id=inquiry_id)


async def list_to_be_filed(tx: Tx) -> list[Inquiry]:
    """Return the inquiries that belong in the official file and are not there as they are now, oldest first."""
    rows = await tx.all(f"{_SELECT} WHERE for_file = 1 ORDER BY id")
    return [one for one in map(_inquiry, rows) if one.is_to_be_filed]


async def touch(tx: Tx, at: datetime, inquiry_id: int) -> None:
    """Make this the inquiry in hand, because something was said about it; a change of state alone does not."""
    await tx.run("UPDATE inquiries SET touched_at = :at WHERE id = :id", at=as_text(at), id=inquiry_id)


def _inquiry(row: Row) -> Inquiry:
    return Inquiry(
        id=row["id"],
        reference=row["reference"],
        person_id=row["person_id"],
        state=InquiryState(row["state"]),
        opened_at=some_time(row["opened_at"]),
        touched_at=some_time(row["touched_at"]),
        closed_at=as_time(row["closed_at"]),
        decision=None if row["decision"] is None else DECISION.validate_json(row["decision"]),
        follows=row["follows"],
        for_file=bool(row["for_file"]),
        filed_at=as_time(row["filed_at"]),
        changed_at=as_time(row["changed_at"]),
    )
