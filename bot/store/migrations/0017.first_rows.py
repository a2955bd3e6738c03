"""Timers say in a column of their own from which row on they are: it stood where a step stands, in two meanings.

Those that are running take theirs along. As in 0005, the step looks first, because it may run twice.
"""

from __future__ import annotations

import sqlite3

from yoyo import step

__depends__ = {"0016.office_groups"}

# With `surge` a row of the outbox; with `deliver` the last share that was looked at, so the next one is the first.
TAKE_ALONG = """
UPDATE timers SET first_row = step + (kind = 'deliver'), step = 0
WHERE kind IN ('surge', 'deliver') AND first_row IS NULL
"""


def add_column(connection: sqlite3.Connection) -> None:
    """Add the column if it is not there yet, and fill it; the second time there is nothing to fill."""
    cursor = connection.cursor()
    cursor.execute("SELECT name FROM pragma_table_info('timers')")
    if "first_row" not in {name for (name,) in cursor.fetchall()}:
        cursor.execute("ALTER TABLE timers ADD COLUMN first_row INTEGER")
    cursor.execute(TAKE_ALONG)


steps = [step(add_column)]
