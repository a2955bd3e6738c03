"""Telling trouble with the database from faults in the program, and telling people which trouble it is."""

from __future__ import annotations

import sqlite3

# Primary result codes that say nothing about the statement, in an operator's words (https://www.sqlite.org/rescode.html).
_PASSING = {
    sqlite3.SQLITE_BUSY: "the database is locked by another process",
    sqlite3.SQLITE_LOCKED: "the database is locked by another process",
    sqlite3.SQLITE_NOMEM: "there is no memory left for the database",
    sqlite3.SQLITE_READONLY: "the database may not be written, give the bot's user the right to",
    sqlite3.SQLITE_IOERR: "the disk under the database fails or is full",
    sqlite3.SQLITE_FULL: "the disk is full, make room",
    sqlite3.SQLITE_CANTOPEN: "the database's files cannot be opened",
}


def is_passing(error: BaseException) -> bool:
    """Say whether the disk or another process is to blame, so that the same work may succeed later."""
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(error, sqlite3.Error) and code is not None and (code & 0xFF) in _PASSING


def words_for(error: BaseException) -> str | None:
    """Return what is wrong with the disk or the database; None where that is not to blame."""
    return _PASSING[error.sqlite_errorcode & 0xFF] if is_passing(error) and isinstance(error, sqlite3.Error) else None
