"""When an inquiry was taken over into the official file."""

from __future__ import annotations

import sqlite3

from yoyo import step

__depends__ = {"0010.blocks"}


def add_column(connection: sqlite3.Connection) -> None:
    """Add the column unless it is there: SQLite knows no `ADD COLUMN IF NOT EXISTS` (see 0005)."""
    cursor = connection.cursor()
    cursor.execute("SELECT name FROM pragma_table_info('inquiries')")
    if "filed_at" not in {name for (name,) in cursor.fetchall()}:
        cursor.execute("ALTER TABLE inquiries ADD COLUMN filed_at TEXT")
    cursor.execute("CREATE INDEX IF NOT EXISTS inquiries_for_file ON inquiries (id) WHERE for_file = 1")


steps = [step(add_column)]
