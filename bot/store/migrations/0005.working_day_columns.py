"""Columns for a contact's working day: who has a share, what an inquiry follows, notes, timers of shares and contacts.

SQLite knows no `ADD COLUMN IF NOT EXISTS`, and every step may run twice (see 0001), so each looks first.
"""

from __future__ import annotations

import sqlite3

from yoyo import step

__depends__ = {"0004.working-day"}

COLUMNS = (
    ("assignments", "seat", "TEXT"),
    ("assignments", "holder", "TEXT"),
    ("inquiries", "follows", "INTEGER REFERENCES inquiries (id)"),
    ("messages", "internal", "INTEGER NOT NULL DEFAULT 0"),
    ("timers", "assignment_id", "INTEGER REFERENCES assignments (id)"),
    ("timers", "contact", "TEXT"),
)


def add_columns(connection: sqlite3.Connection) -> None:
    """Add each column that is not there yet."""
    cursor = connection.cursor()
    for table, column, kind in COLUMNS:
        cursor.execute("SELECT name FROM pragma_table_info(?)", (table,))
        if column not in {name for (name,) in cursor.fetchall()}:
            cursor.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")
    cursor.execute("CREATE INDEX IF NOT EXISTS timers_by_assignment ON timers (assignment_id)")


steps = [step(add_columns)]
