"""Puts a database under another key, encrypts one that was not, or takes the encryption away.

All in one transaction: cut short at any point, the database is under the key it was under before, and the command is
simply given again. Afterwards the file is written anew, so that nothing of the former state is left in it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bot.errors import StoreError
from bot.store.keys import is_sealed, list_columns, load_seals, write_check
from bot.store.opening import how_to_mend
from bot.store.sealing import Sealing

PORTION = 500

Progress = Callable[[int, int], None]  # rows done, rows in all


def rotate(path: Path, keys: str | None, *, encrypt: bool, progress: Progress = lambda done, total: None) -> int:
    """Seal every sealed column with the first key, or open them all; the bot must not run.

    Args:
        keys: `DATABASE_KEY`: the new key first, behind it the one the database is under.
        encrypt: False to leave the database without encryption.

    Returns:
        How many rows were looked at.

    Raises:
        StoreError: the keys cannot be read or open not everything, or it is no database of this program; then nothing
            was changed.
    """
    if keys is None:
        raise StoreError("DATABASE_KEY: not set. Set the new key, and behind a comma the one in use, if there is one.")
    seals = load_seals(keys)
    sealing = Sealing(seals, seals[0] if encrypt else None)
    try:
        return _rotate(path, sealing, progress)
    except sqlite3.Error as error:
        raise StoreError(f"{path}: cannot be put under another key ({error}). {how_to_mend(error)}") from error


def _rotate(path: Path, sealing: Sealing, progress: Progress) -> int:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("BEGIN IMMEDIATE")
        try:
            done = _seal_anew(connection, sealing, progress)
            write_check(connection, sealing)
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        # The pages of before are overwritten; what is left of them in the log goes with this.
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return done


def _seal_anew(connection: sqlite3.Connection, sealing: Sealing, progress: Progress) -> int:
    # The journal refuses changes. What happened stays as it is here, too: it only looks different on the disk.
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    done = _seal_tables(connection, sealing, progress)
    for _, sql in triggers:
        connection.execute(sql)
    return done


def _seal_tables(connection: sqlite3.Connection, sealing: Sealing, progress: Progress) -> int:
    columns, sealed = list_columns(connection), is_sealed(connection)
    total = sum(_count(connection, table) for table in columns)
    done = 0
    for table, names in columns.items():
        last = -1 << 63
        while rows := connection.execute(
            f"SELECT rowid, {', '.join(names)} FROM {table} WHERE rowid > ? ORDER BY rowid LIMIT {PORTION}",  # noqa: S608
            (last,),
        ).fetchall():
            if sealed:
                rows = [(row[0], *_opened(table, row[1:], sealing)) for row in rows]
            connection.executemany(
                f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in names)} WHERE rowid = ?",  # noqa: S608
                [(*map(sealing.seal, names, row[1:]), row[0]) for row in rows],
            )
            last = rows[-1][0]
            done += len(rows)
            progress(done, total)
    return done


def _opened(table: str, values: tuple[object, ...], sealing: Sealing) -> list[object]:
    # Judged as they are stored: once opened they are people's words, and those may look like a seal.
    if any(sealing.is_shut(value) for value in values):
        raise StoreError(
            f"DATABASE_KEY: something in the table '{table}' is sealed with a key that is not there. "
            "Add the key in use behind a comma; nothing was changed."
        )
    return [sealing.open(value) for value in values]


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 (a name of our tables)
