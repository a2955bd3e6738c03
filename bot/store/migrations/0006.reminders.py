"""What reminders must know after a restart: the next step of a share, the promises slipped, the last digests."""

from __future__ import annotations

import sqlite3

from yoyo import step

__depends__ = {"0005.working_day_columns"}


COLUMNS = (
    ("timers", "step", "INTEGER NOT NULL DEFAULT 0"),
    ("assignments", "promised_at", "TEXT"),
)


def add_columns(connection: sqlite3.Connection) -> None:
    """Add each column unless it is there: SQLite knows no `ADD COLUMN IF NOT EXISTS` (see 0005)."""
    cursor = connection.cursor()
    for table, column, kind in COLUMNS:
        cursor.execute("SELECT name FROM pragma_table_info(?)", (table,))
        if column not in {name for (name,) in cursor.fetchall()}:
            cursor.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")


steps = [
    step(add_columns),
    # Of which promise the inquirer was told that it could not be kept; a later promise may be told again.
    step(
        """CREATE TABLE IF NOT EXISTS slips (
             inquiry_id  INTEGER PRIMARY KEY REFERENCES inquiries (id) ON DELETE CASCADE,
             promised_at TEXT NOT NULL,
             told_at     TEXT NOT NULL
           )"""
    ),
    # When a contact's digest was last looked at, also where there was nothing to say.
    step("CREATE TABLE IF NOT EXISTS digests_sent (contact TEXT PRIMARY KEY, sent_at TEXT NOT NULL)"),
]
