"""Which keys there are (`DATABASE_KEY`), and which of them a database is under.

The whole database is under one key at any time, for addresses sealed with another would not be found. What is sealed
into it as a check tells a wrong key before anything is read or written. Putting it under another: `bot.store.rotating`.
"""

from __future__ import annotations

import base64
import sqlite3

from bot.errors import StoreError
from bot.store.sealing import KINDS, Seal, Sealing, number_of

MAKE_A_KEY = "Make one: python3 -c 'import secrets; print(\"1:\" + secrets.token_urlsafe(32))'."
_SECRET_BYTES = 32

# The fact in which the check stands, and what is sealed in it.
CHECK = "sealing"
_CHECK_TEXT = "anfragelotse"


def load_seals(keys: str) -> list[Seal]:
    """Return the keys of `DATABASE_KEY`: `number:secret`, several separated by commas, the one that writes first.

    Raises:
        StoreError: they cannot be read; never tells a key.
    """
    seals: list[Seal] = []
    for part in keys.split(","):
        number, _, secret = part.strip().partition(":")
        try:
            raw = base64.urlsafe_b64decode(secret + "=" * (-len(secret) % 4))
        except ValueError:
            raw = b""
        if not number.isdecimal() or len(raw) != _SECRET_BYTES:
            raise StoreError(f"DATABASE_KEY: key {len(seals) + 1} is no number:secret. {MAKE_A_KEY}")
        seals.append(Seal(int(number), raw))
    if len({seal.number for seal in seals}) < len(seals):
        raise StoreError("DATABASE_KEY: two keys have the same number. Give each a number of its own.")
    return seals


def agree_on_key(connection: sqlite3.Connection, keys: str | None, *, take: bool) -> Sealing | None:
    """Return how a database's columns are sealed, None if they are not.

    Args:
        take: a new one takes the key it is given.

    Raises:
        StoreError: the key is missing, wrong, or not the one the database is under.
    """
    row = connection.execute("SELECT value FROM facts WHERE name = ?", (CHECK,)).fetchone()
    if keys is None:
        if row is None:
            return None
        raise StoreError(
            f"DATABASE_KEY: not set, but the database is encrypted with key {number_of(row[0])}. "
            "Set that key; without it nothing can be read, and nothing was changed."
        )
    seals = load_seals(keys)
    sealing = Sealing(seals, seals[0])
    if row is None:
        if holds_anything(connection):
            raise StoreError(
                "DATABASE_KEY: set, but the database is not encrypted yet. "
                "Stop the bot and encrypt it: python -m bot rotate-key."
            )
        if not take:
            raise StoreError(
                "DATABASE_KEY: set, but the database is under no key yet. Start the bot first; a new one takes it then."
            )
        write_check(connection, sealing)
    elif sealing.open(row[0]) != _CHECK_TEXT:
        raise StoreError(
            f"DATABASE_KEY: not the key {number_of(row[0])} the database is encrypted with. "
            "Set the right one; nothing was changed."
        )
    elif (under := number_of(row[0])) != str(seals[0].number):
        raise StoreError(
            f"DATABASE_KEY: the database is still under key {under}, and key {seals[0].number} stands first. "
            "Stop the bot and take the new key: python -m bot rotate-key."
        )
    return sealing


def is_sealed(connection: sqlite3.Connection) -> bool:
    """Tell whether a database is under a key."""
    return connection.execute("SELECT 1 FROM facts WHERE name = ?", (CHECK,)).fetchone() is not None


def write_check(connection: sqlite3.Connection, sealing: Sealing) -> None:
    """Note under which key the database is now; under none, the note goes."""
    connection.execute("DELETE FROM facts WHERE name = ?", (CHECK,))
    if sealing.writes is not None:
        connection.execute("INSERT INTO facts (name, value) VALUES (?, ?)", (CHECK, sealing.writes.body(_CHECK_TEXT)))


def list_columns(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Return table → its columns that are sealed, without tables that have none."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    found = {}
    for (table,) in tables:
        columns = connection.execute("SELECT name, type FROM pragma_table_info(?)", (table,)).fetchall()
        # A message's number has the name of a held message's document.
        sealed = [name for name, kind in columns if name in KINDS and (name != "message" or kind == "TEXT")]
        if sealed and not table.startswith(("_yoyo", "yoyo")):
            found[table] = sealed
    return found


def holds_anything(connection: sqlite3.Connection) -> bool:
    """Tell whether a database holds anything that would be sealed."""
    return any(
        connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None  # noqa: S608 (names of our tables)
        for table in list_columns(connection)
    )
