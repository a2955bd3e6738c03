"""How many attempts in a row may have arrived, apart from whether any ever did (`repeat`), which marks the words.

A row that is tried again by hand has all its attempts before it once more, and stays marked.
"""

from __future__ import annotations

import sqlite3

from yoyo import step

__depends__ = {"0018.no_date_in_danger"}


def add_column(connection: sqlite3.Connection) -> None:
    """Add the column unless it is there: SQLite knows no `ADD COLUMN IF NOT EXISTS` (see 0005)."""
    cursor = connection.cursor()
    cursor.execute("SELECT name FROM pragma_table_info('outbox')")
    if "unclear" not in {name for (name,) in cursor.fetchall()}:
        cursor.execute("ALTER TABLE outbox ADD COLUMN unclear INTEGER NOT NULL DEFAULT 0")


steps = [step(add_column)]
