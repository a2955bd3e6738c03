"""Columns for privacy: what belongs in the official file, what a contact has to ask for before seeing it.

As in 0005, each step looks first, because it may run twice.
"""

from __future__ import annotations

import sqlite3

from yoyo import step

__depends__ = {"0007.privacy"}

COLUMNS = (
    ("inquiries", "for_file", "INTEGER NOT NULL DEFAULT 0"),
    ("messages", "sensitive", "TEXT"),
)


def add_columns(connection: sqlite3.Connection) -> None:
    """Add each column that is not there yet."""
    cursor = connection.cursor()
    for table, column, kind in COLUMNS:
        cursor.execute("SELECT name FROM pragma_table_info(?)", (table,))
        if column not in {name for (name,) in cursor.fetchall()}:
            cursor.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")


steps = [step(add_columns)]
