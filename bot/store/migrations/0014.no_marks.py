"""Drop `messages.sensitive`: never written, since what tells too much is found anew by the rules of the day.

As in 0005, the step looks first, because it may run twice.
"""

from __future__ import annotations

import sqlite3

from yoyo import step

__depends__ = {"0013.looked_for_too"}


def drop_column(connection: sqlite3.Connection) -> None:
    """Drop the column if it is still there."""
    cursor = connection.cursor()
    cursor.execute("SELECT name FROM pragma_table_info('messages')")
    if "sensitive" in {name for (name,) in cursor.fetchall()}:
        cursor.execute("ALTER TABLE messages DROP COLUMN sensitive")


steps = [step(drop_column)]
