"""Databases as they are after a year or many: real inquiries, made by the bot itself, copied thousands of times.

Five people ask, are answered, and their inquiries are closed; five more are still waited for. All rows the bot wrote
for them are copied by SQL under new numbers, for other people, on earlier days. So every table has its true share of
rows, with their true sizes, whatever columns there are.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from bench.chain.running import CONTACTS, ours, running
from bench.chain.stand_in import Sent, StandIn
from bot.store.database import Database

T = TypeVar("T")

WISHES = (
    "Ich suche ein Zimmer",
    "Ich suche einen Deutschkurs",
    "Unser Verein sucht ein Ehrenamt",
    "Mein Kind braucht Nachhilfe in Mathe",
    "Ich suche ein Praktikum",
)
# Numbers of copies lie so far apart; the originals' all lie below.
STRIDE = 1_000
FIRST_CHAT = 10_000_000
OPEN_SHARE = 0.01
INQUIRIES_A_PERSON = 4
# Retention deletes 90 days after the end, and for 14 days a further message would open an inquiry again.
OLDEST_DAYS, NEWEST_DAYS = 85, 16
WITHIN_S = 30.0
# Known people who have asked nothing so far.
NEWCOMERS = 20_000

TABLES = ("people", "inquiries", "assignments", "messages", "journal", "outbox", "buttons", "inbox", "feedback")
REFERENCES = {
    "id": "{0} + c.step",
    "inquiry_id": "{0} + c.step",
    "assignment_id": "{0} + c.step",
    "message_id": "{0} + c.step",
    "card": "{0} + c.step",
    "person_id": "{0} + c.person_step",
    "reference": "{0} || '-' || c.number",
    "token": "{0} || '-' || c.number",
    "meaning": "{0} || '-' || c.number",
    # A message's number is its chat's own, except that contacts' chats go on.
    "message": "{0} + c.step",
    "chat": "CASE WHEN {0} IN ({contacts}) THEN {0} ELSE {0} + c.person_step END",
}


async def make_originals(path: Path) -> None:
    """Let the bot write the originals into a new database: five inquiries that are over, five that are not."""
    async with await Database.open(f"sqlite:///{path}"):
        pass
    _let_contacts_join(path)
    stand_in = StandIn(frozenset(CONTACTS), keeps=True)
    await stand_in.start()
    try:
        async with running(ours("originals", path), stand_in, path.parent):
            for number in range(2 * len(WISHES)):
                await _live_through(stand_in, FIRST_CHAT + number, WISHES[number % 5], to_the_end=number < 5)
            await _until(stand_in, lambda: _has_no_work(path) or None)
    finally:
        await stand_in.stop()


async def _live_through(stand_in: StandIn, chat: int, wish: str, *, to_the_end: bool) -> None:
    stand_in.writes(chat, "/start", command=True)
    notice = await _until(stand_in, lambda: _last(stand_in, chat, "Weiter"))
    stand_in.presses(chat, notice.message, _button(notice, "Weiter"))
    await _until(stand_in, lambda: _last(stand_in, chat, "", after=notice.message))
    stand_in.writes(chat, f"{wish}, sagt m{chat}x.")
    card = await _until(stand_in, lambda: _card(stand_in, chat))
    if not to_the_end:
        stand_in.presses(card.chat, card.message, _button(card, "bernehme"))
        await _until(stand_in, lambda: _last(stand_in, chat, "", after=card.message + 1))
        return
    stand_in.writes(card.chat, "Gern, bitte rufen Sie uns an.", reply_to=card.message)
    await _until(stand_in, lambda: _last(stand_in, chat, "Gern, bitte"))
    stand_in.presses(card.chat, card.message, _button(card, "Erledigt"))
    await _until(stand_in, lambda: _last(stand_in, chat, "abgeschlossen"))


def _last(stand_in: StandIn, chat: int, words: str, after: int = 0) -> Sent | None:
    found = [one for one in stand_in.sent if one.chat == chat and one.message > after]
    return next((one for one in reversed(found) if words in one.text or words in str(one.markup)), None)


def _card(stand_in: StandIn, chat: int) -> Sent | None:
    return next((one for one in stand_in.sent if one.chat in CONTACTS and f"m{chat}x" in one.text), None)


def _button(sent: Sent, label: str) -> str:
    for row in (sent.markup or {}).get("inline_keyboard", []):
        for button in row:
            if label in button["text"]:
                return str(button["callback_data"])
    raise LookupError(f"no button {label!r} in {sent.markup}")


async def _until(stand_in: StandIn, find: Callable[[], T | None]) -> T:
    async with asyncio.timeout(WITHIN_S):
        while (found := find()) is None:
            stand_in.changed.clear()
            try:
                await asyncio.wait_for(stand_in.changed.wait(), 0.2)
            except TimeoutError:
                continue
    return found


def _has_no_work(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        sql = """SELECT (SELECT count(*) FROM inbox WHERE state = 'waiting')
                      + (SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending'))"""
        return connection.execute(sql).fetchone() == (0,)


def _let_contacts_join(path: Path) -> None:
    keys = ("wohnen", "sprache", "gesellschaft", "bildung", "arbeit")
    names = [*(f"{key}-kontakt" for key in keys), "leitung"]
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(
            "INSERT INTO contact_addresses (contact, channel, chat, joined_at)"
            " VALUES (?, 'telegram', ?, '2026-01-01T00:00:00.000000+00:00')",
            list(zip(names, CONTACTS, strict=True)),
        )


def multiply(path: Path, inquiries: int) -> None:
    """Copy the originals until the database holds about so many inquiries, a hundredth of them open."""
    still_open = max(1, round(inquiries * OPEN_SHARE / len(WISHES)))
    over = max(1, inquiries // len(WISHES) - still_open)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("synchronous=OFF", "journal_mode=OFF", "cache_size=-1000000", "foreign_keys=OFF"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        # With few inquiries everybody has one.
        people = over if inquiries < 5 * NEWCOMERS else over // INQUIRIES_A_PERSON
        split = f"(SELECT id FROM people WHERE chat = {FIRST_CHAT + len(WISHES)})"
        _copy_all(connection, 1, over, people, f"< {split}", ago=True)
        _copy_all(connection, over + 1, still_open, still_open, f">= {split}", ago=False)
        _add_newcomers(connection)
        year = connection.execute("SELECT year FROM counters").fetchone()[0]
        connection.execute("UPDATE counters SET last = ? WHERE year = ?", (inquiries * 2, year))
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode=WAL")


def people_who_have_asked(path: Path) -> list[int]:
    """Return the chats of people whose inquiries are all over, in an order that jumps about the database."""
    sql = f"""SELECT chat FROM people WHERE chat >= {FIRST_CHAT + STRIDE} AND chat < {newcomer(0)}
              AND (chat - {FIRST_CHAT}) % {STRIDE} < {len(WISHES)} ORDER BY (chat * 7919) % 1000003 LIMIT 20000"""
    with closing(sqlite3.connect(path)) as connection:
        return [int(chat) for (chat,) in connection.execute(sql)]


def newcomer(number: int) -> int:
    """Return the chat of a known person who has asked nothing so far."""
    return 2_000_000_000 + number


def _copy_all(connection: sqlite3.Connection, first: int, count: int, people: int, which: str, *, ago: bool) -> None:
    """Copy what belongs to the people so many times; only the first copies make people of their own."""
    connection.execute("DROP TABLE IF EXISTS temp.copies")
    days = f"{NEWEST_DAYS} + value % {OLDEST_DAYS - NEWEST_DAYS}" if ago else "0"
    connection.execute(
        f"""CREATE TEMP TABLE copies AS
            WITH RECURSIVE n (value) AS (SELECT 0 UNION ALL SELECT value + 1 FROM n WHERE value + 1 < {count})
            SELECT {first} + value AS number, ({first} + value) * {STRIDE} AS step,
                   ({first} + value % {people}) * {STRIDE} AS person_step, value < {people} AS is_new,
                   date('now', '-' || ({days}) || ' days') AS day FROM n"""
    )
    mine = f"SELECT id FROM inquiries WHERE id < {STRIDE} AND person_id < {STRIDE} AND person_id {which}"
    where = {
        "people": f"t.id < {STRIDE} AND t.id {which} AND c.is_new",
        "inquiries": f"t.id IN ({mine})",
        "inbox": f"t.id < {STRIDE} AND c.number % 100 = 0 AND lane = ''",
        "timers": f"t.assignment_id IN (SELECT id FROM assignments WHERE inquiry_id IN ({mine}))",
        # What belongs to no inquiry is deleted after two days, and is not there any more.
    }
    for table in (*TABLES, *(() if ago else ("timers",))):
        _copy(connection, table, where.get(table, f"t.inquiry_id IN ({mine})"), shifts=ago)


def _copy(connection: sqlite3.Connection, table: str, where: str, *, shifts: bool) -> None:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    special = {
        # The same button may be there once.
        "buttons": {"data": "json_set(t.data, '$.inquiry', t.inquiry_id + c.step)"},
        "timers": {"id": "NULL"},
    }.get(table, {})
    contacts = ", ".join(str(chat) for chat in CONTACTS)
    values = []
    for column in columns:
        value = f"t.{column}"
        if column in special:
            value = special[column]
        elif column in REFERENCES:
            value = REFERENCES[column].format(value, contacts=contacts)
        elif column == "at" or (shifts and column.endswith("_at") and column not in ("due_at", "promised_at")):
            value = f"c.day || substr({value}, 11)"
        values.append(value)
    connection.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)}"
        f" FROM temp.copies AS c CROSS JOIN {table} AS t WHERE {where}"
    )


def _add_newcomers(connection: sqlite3.Connection) -> None:
    columns = [row[1] for row in connection.execute("PRAGMA table_info(people)")]
    values = {"id": "NULL", "chat": f"{newcomer(0)} + n.value"}
    connection.execute(
        f"""WITH RECURSIVE n (value) AS (SELECT 0 UNION ALL SELECT value + 1 FROM n WHERE value + 1 < {NEWCOMERS})
            INSERT INTO people ({", ".join(columns)})
            SELECT {", ".join(values.get(column, f"t.{column}") for column in columns)}
            FROM n CROSS JOIN people AS t WHERE t.chat = {FIRST_CHAT}"""
    )
