"""What else the tables hold of a person and their inquiries, for the person's own copy and for the official file.

People's words are read where they are always read (`people`, `messages`, `held`, `outbox`, `inbox`); here is the rest:
times, states, numbers. Rows come as they stand, column → value; `bot.services.records.coverage` says which columns.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from bot.model import Address
from bot.store import blocks
from bot.store.database import Row, Tx

Record = dict[str, object]

_SHARES = "(SELECT id FROM assignments WHERE inquiry_id = :id)"
_OF_INQUIRY = {
    "assignments": """SELECT field, lead, contact, seat, taker, reason, state, due_at, promised_at, in_time, created_at,
                             changed_at
                      FROM assignments WHERE inquiry_id = :id ORDER BY id""",
    "feedback": "SELECT asked_at, helped, answered_at FROM feedback WHERE inquiry_id = :id",
    "slips": "SELECT promised_at, told_at FROM slips WHERE inquiry_id = :id",
    "timers": f"""SELECT kind, step, due_at FROM timers WHERE inquiry_id = :id OR assignment_id IN {_SHARES}
                  ORDER BY due_at, id""",  # noqa: S608 (a constant)
    "card_copies": f"""SELECT contact, why FROM card_copies WHERE assignment_id IN {_SHARES}
                       ORDER BY delivery_id""",  # noqa: S608 (a constant)
}


async def rows_of_inquiry(tx: Tx, inquiry_id: int) -> dict[str, list[Record]]:
    """Return table → its rows about an inquiry."""
    return {table: [_record(row) for row in await tx.all(sql, id=inquiry_id)] for table, sql in _OF_INQUIRY.items()}


async def dates_of_person(tx: Tx, person_id: int) -> Record:
    """Return since when a person is known, and which notice they went on from."""
    row = await tx.one("SELECT created_at, noticed_at, notice_version FROM people WHERE id = :id", id=person_id)
    return {} if row is None else _record(row)


async def timers_of_person(tx: Tx, person_id: int) -> list[Record]:
    """Return what is due for a person, whatever inquiry it is about."""
    sql = "SELECT kind, step, due_at FROM timers WHERE person_id = :id ORDER BY due_at, id"
    return [_record(row) for row in await tx.all(sql, id=person_id)]


async def blocks_of(tx: Tx, address: Address) -> list[Record]:
    """Return whether a chat may not write for now, until when, and by whose word."""
    sql = "SELECT until_at, set_by, set_at, told_at FROM blocks WHERE hash = :hash"
    return [_record(row) for row in await tx.all(sql, hash=await blocks.hash_of(tx, address))]


async def held_times(tx: Tx, person_id: int) -> dict[int, Record]:
    """Return held message → since when it is held and until when."""
    sql = "SELECT id, held_at, expires_at FROM held WHERE person_id = :id"
    return {row["id"]: _record(row, without="id") for row in await tx.all(sql, id=person_id)}


async def delivery_records(tx: Tx, ids: Iterable[int]) -> dict[int, Record]:
    """Return delivery → when it was put in, begun and sent, and how it stands."""
    rows = await tx.all(
        """SELECT id, kind, purpose, state, repeat, unclear, attempts, created_at, due_at, claimed_at, sent_at, error
           FROM outbox WHERE id IN (SELECT value FROM json_each(:ids)) ORDER BY id""",
        ids=json.dumps(list(ids)),
    )
    return {row["id"]: _record(row, without="id") for row in rows}


def _record(row: Row, without: str | None = None) -> Record:
    return {name: row[name] for name in row.keys() if name != without}  # noqa: SIM118 (a database row)
