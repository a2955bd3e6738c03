"""Holds a person's copy of their data against the store, table by table, column by column."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bot.services.records.coverage import EXPORTED
from bot.store import blocks, people
from bot.store.database import Tx

_INQUIRIES = "(SELECT id FROM inquiries WHERE person_id = :id)"
_SHARES = f"(SELECT id FROM assignments WHERE inquiry_id IN {_INQUIRIES})"
_OWN_CHAT = "(channel, chat) = (SELECT channel, chat FROM people WHERE id = :id)"
_NAMED = f"EXISTS (SELECT 1 FROM json_each(draft, '$.about') WHERE value IN {_INQUIRIES})"

# Which rows of a table are about a person; written apart from the code it tests.
ABOUT = {
    "people": "id = :id",
    "inquiries": "person_id = :id",
    "messages": f"inquiry_id IN {_INQUIRIES}",
    "assignments": f"inquiry_id IN {_INQUIRIES}",
    "journal": f"inquiry_id IN {_INQUIRIES}",
    "outbox": f"inquiry_id IN {_INQUIRIES} OR {_OWN_CHAT} OR {_NAMED}",
    "feedback": f"inquiry_id IN {_INQUIRIES}",
    "slips": f"inquiry_id IN {_INQUIRIES}",
    "timers": f"person_id = :id OR inquiry_id IN {_INQUIRIES} OR assignment_id IN {_SHARES}",
    "card_copies": f"assignment_id IN {_SHARES}",
    "held": "person_id = :id",
    "inbox": "(channel, lane) = (SELECT channel, CAST(chat AS TEXT) FROM people WHERE id = :id)",
    "blocks": "hash = :hash",
}
_JSON = {("inquiries", "decision"), ("journal", "data"), ("held", "message")}
# Of a note among colleagues the copy says only this.
_OF_NOTES = ("author", "sent_at")


async def differences(tx: Tx, person_id: int, record: dict[str, Any]) -> list[str]:
    """Return what a person's record has too much or too little of, compared with the store; nothing if it is whole."""
    found = []
    block = await blocks.hash_of(tx, (await people.get(tx, person_id)).address)
    for table, columns in EXPORTED.items():
        stored = await tx.all(f"SELECT * FROM {table} WHERE {ABOUT[table]}", id=person_id, hash=block)
        expected = sorted([_plain(await _row(tx, table, dict(row), columns)) for row in stored])
        exported = sorted(_plain(row) for row in _exported(table, record, columns))
        found += [f"{table}: not exported: {row}" for row in expected if row not in exported]
        found += [f"{table}: not stored: {row}" for row in exported if row not in expected]
        if len(expected) != len(exported):
            found.append(f"{table}: {len(expected)} rows stored, {len(exported)} exported")
    return found


async def _row(tx: Tx, table: str, row: dict[str, Any], columns: tuple[str, ...]) -> dict[str, Any]:
    if table == "messages" and row["internal"]:
        return {column: row[column] for column in _OF_NOTES}
    values = {column: row[column] for column in columns}
    for column in columns:
        if (table, column) in _JSON and values[column] is not None:
            values[column] = json.loads(values[column])
    if table == "inquiries":
        values["for_file"] = bool(values["for_file"])
        named = await tx.one("SELECT reference FROM inquiries WHERE id = :id", id=row["follows"])
        values["follows"] = None if named is None else named["reference"]
    if table == "messages":
        values["internal"] = bool(values["internal"])
    return values


def _exported(table: str, record: dict[str, Any], columns: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    inquiries = record["inquiries"]
    match table:
        case "people":
            yield from _only([record["person"]], columns)
        case "inquiries":
            yield from _only(inquiries, columns)
        case "messages":
            for inquiry in inquiries:
                yield from _only(inquiry["messages"], columns)
                yield from _only(inquiry["notes"], _OF_NOTES)
        case _:
            for inquiry in inquiries:
                yield from _only(inquiry.get(table, []), columns)
            yield from _only(record.get(table, []), columns)


def _only(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for row in rows:
        yield {column: row[column] for column in columns}


def _plain(row: dict[str, Any]) -> str:
    return json.dumps(row, sort_keys=True, ensure_ascii=False)
