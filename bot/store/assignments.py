"""Assignments: each field's share of an inquiry, with its contact and due time."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable
from datetime import datetime

from bot.errors import NotFoundError
from bot.model import OPEN_ASSIGNMENTS, UNANSWERED_ASSIGNMENTS, Address, Assignment, AssignmentState, Reason
from bot.store.database import Row, Tx
from bot.store.values import address_of, any_of, as_text, as_time

# For SQL: what somebody still has to finish, and what is late once its time has passed.
OPEN, UNANSWERED = any_of(OPEN_ASSIGNMENTS), any_of(UNANSWERED_ASSIGNMENTS)
# What keeps a promise.
_DONE = (AssignmentState.ANSWERED, AssignmentState.CLOSED)

EVERY = (0, 2**63 - 1)


async def add(tx: Tx, at: datetime, assignment: Assignment) -> Assignment:
    """Store a new share and return it with its id; the id handed in is ignored."""
    row_id = await tx.insert(
        """INSERT INTO assignments (inquiry_id, field, lead, contact, reason, state, due_at, promised_at,
             created_at, changed_at)
           VALUES (:inquiry_id, :field, :lead, :contact, :reason, :state, :due_at, :due_at, :at, :at)""",
        inquiry_id=assignment.inquiry_id,
        field=assignment.field,
        lead=assignment.lead,
        contact=assignment.contact,
        reason=assignment.reason,
        state=assignment.state,
        due_at=None if assignment.due_at is None else as_text(assignment.due_at),
        at=as_text(at),
    )
    return await get(tx, row_id)


async def get(tx: Tx, assignment_id: int) -> Assignment:
    """Return a share.

    Raises:
        NotFoundError: there is none with this id.
    """
    row = await tx.one("SELECT * FROM assignments WHERE id = :id", id=assignment_id)
    if row is None:
        raise NotFoundError(f"assignment {assignment_id}: not in the database.")
    return of_row(row)


async def list_of(tx: Tx, inquiry_id: int) -> list[Assignment]:
    """Return an inquiry's shares in the order they were made, the moved and finished ones too."""
    rows = await tx.all("SELECT * FROM assignments WHERE inquiry_id = :id ORDER BY id", id=inquiry_id)
    return [of_row(row) for row in rows]


async def list_open_of(tx: Tx, inquiry_id: int) -> list[Assignment]:
    """Return an inquiry's shares that somebody still has to finish, the lead first."""
    rows = await tx.all(
        f"SELECT * FROM assignments WHERE inquiry_id = :id AND state IN ({OPEN}) ORDER BY lead DESC, id",  # noqa: S608
        id=inquiry_id,
    )
    return [of_row(row) for row in rows]


async def list_open(tx: Tx) -> list[Assignment]:
    """Return open shares, urgent ones first, then soonest due."""
    rows = await tx.all(
        f"SELECT * FROM assignments WHERE state IN ({OPEN}) ORDER BY due_at IS NOT NULL, due_at, id"  # noqa: S608
    )
    return [of_row(row) for row in rows]


async def list_stranded(
    tx: Tx, staffed: Iterable[Address], inquiry_id: int | None = None, among: tuple[int, int] = EVERY
) -> list[Assignment]:
    """Return open shares without a card, with a card given up, or with one in none of these chats; oldest first.

    A card counts where it was meant to go as well as where it went: a group may have got a new number meanwhile.

    Args:
        inquiry_id: only look at this inquiry's.
        among: only look at shares from the first to the second id.
    """
    rows = await tx.all(
        f"""WITH staffed (channel, chat) AS (
              SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:staffed))
            SELECT assignments.* FROM assignments LEFT JOIN outbox ON outbox.id = assignments.card
            WHERE {_open_ones(inquiry_id)} AND NOT coalesce(
              outbox.state <> 'parked' AND ((outbox.channel, outbox.chat) IN staffed
                OR (outbox.channel, json_extract(outbox.draft, '$.address.chat')) IN staffed), FALSE)
            ORDER BY assignments.id""",  # noqa: S608
        staffed=json.dumps([address.chat_key for address in staffed]),
        inquiry_id=inquiry_id,
        first=among[0],
        last=among[1],
    )
    return [of_row(row) for row in rows]


async def list_orphaned(
    tx: Tx, contacts: Iterable[str], inquiry_id: int | None = None, among: tuple[int, int] = EVERY
) -> list[Assignment]:
    """Return open shares whose contact is none of these, oldest first; the rest is as for `list_stranded`."""
    rows = await tx.all(
        f"""SELECT * FROM assignments
            WHERE {_open_ones(inquiry_id)} AND contact NOT IN (SELECT value FROM json_each(:contacts)) ORDER BY id""",  # noqa: S608
        contacts=json.dumps(list(contacts)),
        inquiry_id=inquiry_id,
        first=among[0],
        last=among[1],
    )
    return [of_row(row) for row in rows]


async def list_dead(tx: Tx, assignment_id: int | None = None) -> dict[int, list[Address]]:
    """Return share → where messages about it were given up, oldest first; one share's, or all there are.

    A card that arrived since shows that its chat is there again. Media and changes may be refused for themselves, and
    whose chat refused all is passed over as unreachable; so only text counts.
    """
    rows = await tx.all(
        """SELECT parked.assignment_id, parked.channel, parked.chat, parked.topic FROM outbox AS parked
           JOIN assignments ON assignments.id = parked.assignment_id
           LEFT JOIN outbox AS card ON card.id = assignments.card AND card.state = 'sent'
           WHERE parked.state = 'parked' AND parked.kind = 'text'
             AND (:assignment_id IS NULL OR parked.assignment_id = :assignment_id)
             AND NOT coalesce(parked.id < card.id AND (parked.channel, parked.chat) = (card.channel, card.chat), FALSE)
           ORDER BY parked.id""",
        assignment_id=assignment_id,
    )
    found: dict[int, list[Address]] = {}
    for row in rows:
        found.setdefault(row["assignment_id"], []).append(address_of(row))
    return found


def _open_ones(inquiry_id: int | None) -> str:
    within = "assignments.id BETWEEN :first AND :last" if inquiry_id is None else "assignments.inquiry_id = :inquiry_id"
    return f"assignments.state IN ({OPEN}) AND {within}"


async def slices_of_open(tx: Tx, size: int) -> AsyncIterator[tuple[int, int]]:
    """Yield the first and last ids of so many open shares at a time, so that a look at all takes no long statement."""
    after = 0
    while rows := await tx.all(
        f"SELECT id FROM assignments WHERE state IN ({OPEN}) AND id > :after ORDER BY id LIMIT :size",  # noqa: S608
        after=after,
        size=size,
    ):
        after = rows[-1]["id"]
        yield rows[0]["id"], after


async def set_state(tx: Tx, at: datetime, assignment_id: int, state: AssignmentState) -> None:
    """Move a share to a state; its first promise is judged when it is done, or changes in any way when it is late.

    It is judged once: what is promised later must not turn a late answer into one in time. What ends before its time
    without an answer, because it was withdrawn or moved, has neither kept nor broken anything.
    """
    await tx.run(
        f"""UPDATE assignments SET state = :state, changed_at = :at, in_time = coalesce(in_time, CASE
              WHEN :done THEN :at <= coalesce(promised_at, due_at)
              WHEN state IN ({UNANSWERED}) AND :at > coalesce(promised_at, due_at) THEN 0 END)
            WHERE id = :id""",  # noqa: S608
        state=state,
        at=as_text(at),
        done=state in _DONE,
        id=assignment_id,
    )


async def judge_anew(tx: Tx, assignment_id: int) -> None:
    """Take back that a first promise was kept: what kept it never arrived. One that was broken stays so."""
    await tx.run("UPDATE assignments SET in_time = NULL WHERE id = :id AND in_time = 1", id=assignment_id)


async def set_due(tx: Tx, assignment_id: int, due_at: datetime | None) -> None:
    """Promise an answer until another time, or for none; whether the first promise was kept stays as it was judged."""
    await tx.run(
        "UPDATE assignments SET due_at = :due_at, promised_at = :due_at WHERE id = :id",
        due_at=None if due_at is None else as_text(due_at),
        id=assignment_id,
    )


async def promise_together(tx: Tx, inquiry_id: int) -> None:
    """Promise all of an inquiry's open shares until the latest due time among them: the receipt tells only that."""
    await tx.run(
        f"""UPDATE assignments SET promised_at = (
              SELECT max(due_at) FROM assignments WHERE inquiry_id = :id AND state IN ({OPEN}))
            WHERE inquiry_id = :id AND state IN ({OPEN})""",  # noqa: S608
        id=inquiry_id,
    )


async def set_lead(tx: Tx, assignment_id: int) -> None:
    """Let a share lead its inquiry."""
    await tx.run("UPDATE assignments SET lead = 1 WHERE id = :id", id=assignment_id)


async def set_contact(tx: Tx, assignment_id: int, contact: str) -> None:
    """Let another contact answer for a share."""
    await tx.run("UPDATE assignments SET contact = :contact WHERE id = :id", contact=contact, id=assignment_id)


async def hand(tx: Tx, assignment_id: int, contact: str) -> None:
    """Let a colleague answer for a share who got it by name; nobody holds it yet."""
    await tx.run(
        "UPDATE assignments SET contact = :contact, reason = :reason, holder = NULL, taker = NULL WHERE id = :id",
        contact=contact,
        reason=Reason.HANDED,
        id=assignment_id,
    )


async def set_card(tx: Tx, assignment_id: int, delivery_id: int, seat: str) -> None:
    """Remember which delivery is the share's card, and in whose chat it is."""
    await tx.run(
        "UPDATE assignments SET card = :card, seat = :seat WHERE id = :id",
        card=delivery_id,
        seat=seat,
        id=assignment_id,
    )


async def set_holder(tx: Tx, assignment_id: int, holder: str | None, taker: str | None = None) -> None:
    """Remember who took a share, in words for colleagues and by the contact's key; None when it was given back."""
    await tx.run(
        "UPDATE assignments SET holder = :holder, taker = :taker WHERE id = :id",
        holder=holder,
        taker=taker,
        id=assignment_id,
    )


async def list_with_card_in(tx: Tx, address: Address) -> list[Assignment]:
    """Return open shares whose card was sent to exactly this topic, oldest first."""
    rows = await tx.all(
        f"""SELECT assignments.* FROM assignments CROSS JOIN outbox ON outbox.id = assignments.card
            WHERE assignments.state IN ({OPEN}) AND outbox.state = 'sent'
              AND (+outbox.channel, +outbox.chat, outbox.topic) = (:channel, :chat, :topic)
            ORDER BY assignments.id""",  # noqa: S608 (a constant)
        channel=address.channel,
        chat=address.chat,
        topic=address.topic,
    )
    return [of_row(row) for row in rows]


async def list_shown_in(tx: Tx, address: Address, most: int) -> list[tuple[Assignment, int]]:
    """Return the open and closed shares shown in a chat, each with the delivery that is its card or copy there.

    Args:
        most: how many at most, the latest ones.
    """
    rows = await tx.all(
        f"""SELECT assignments.*, outbox.id AS shown_by FROM outbox
            LEFT JOIN card_copies ON card_copies.delivery_id = outbox.id
            JOIN assignments ON assignments.id = outbox.assignment_id
              AND (assignments.card = outbox.id OR card_copies.assignment_id = assignments.id)
            WHERE outbox.channel = :channel AND outbox.chat = :chat AND outbox.message IS NOT NULL
              AND assignments.state IN ({OPEN}, 'closed')
            ORDER BY outbox.message DESC LIMIT :most""",  # noqa: S608 (a constant)
        channel=address.channel,
        chat=address.chat,
        most=most,
    )
    return [(of_row(row), row["shown_by"]) for row in rows]


async def forget_card(tx: Tx, delivery_id: int) -> None:
    """Let shares have no card where the delivery that was theirs is no more."""
    await tx.run("UPDATE assignments SET card = NULL WHERE card = :card", card=delivery_id)


def of_row(row: Row) -> Assignment:
    """Read a row of the table, which may have further columns."""
    return Assignment(
        id=row["id"],
        inquiry_id=row["inquiry_id"],
        field=row["field"],
        lead=bool(row["lead"]),
        contact=row["contact"],
        reason=Reason(row["reason"]),
        state=AssignmentState(row["state"]),
        due_at=as_time(row["due_at"]),
        card=row["card"],
        seat=row["seat"],
        holder=row["holder"],
        taker=row["taker"],
        since=as_time(row["changed_at"]),
        promised_at=as_time(row["promised_at"] or row["due_at"]),
        in_time=None if row["in_time"] is None else bool(row["in_time"]),
    )
