"""Shares remember the key of the contact who took them: people read who takes care of their inquiry.

What was taken before has none, and its person reads whose it is. As in 0005, the step looks first, because it may run
twice.
"""

from __future__ import annotations

import sqlite3

from yoyo import step

__depends__ = {"0019.unclear_attempts"}


def add_column(connection: sqlite3.Connection) -> None:
    """Add the column if it is not there yet."""
    cursor = connection.cursor()
    cursor.execute("SELECT name FROM pragma_table_info('assignments')")
    if "taker" not in {name for (name,) in cursor.fetchall()}:
        cursor.execute("ALTER TABLE assignments ADD COLUMN taker TEXT")


steps = [step(add_column)]
