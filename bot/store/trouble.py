"""Telling trouble with the database from faults in the program."""

from __future__ import annotations

import sqlite3

# Primary result codes that say nothing about the statement: busy, locked, out of memory, read-only, I/O error, disk
# full, cannot open (https://www.sqlite.org/rescode.html).
_PASSING = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
    }
)


def is_passing(error: BaseException) -> bool:
    """Say whether the disk or another process is to blame, so that the same work may succeed later."""
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(error, sqlite3.Error) and code is not None and (code & 0xFF) in _PASSING
