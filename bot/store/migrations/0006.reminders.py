"""What reminders must know after a restart: the next step of a share, the promises slipped, the last digests."""

from __future__ import annotations

import sqlite3

from yoyo import step

__depends__ = {"0005.working_day_columns"}


def add_step(connection: sqlite3.Connection) -> None:
    """Add the column unless it is there: SQLite knows no `ADD COLUMN IF NOT EXISTS` (see 0005)."""
    cursor = connection.cursor()
    cursor.execute("SELECT name FROM pragma_table_info('timers')")
    if "step" not in {name for (name,) in cursor.fetchall()}:
        cursor.execute("ALTER TABLE timers ADD COLUMN step INTEGER NOT NULL DEFAULT 0")


steps = [
    step(add_step),
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
