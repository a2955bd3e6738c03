"""Blocks by hash only, and groups nobody of the office uses, which the bot leaves.

A block must outlive everything else known of its person: so it names no chat, but a hash of it. The table made in 0007
was never written to. As in 0005, each step looks first, because it may run twice.
"""

from __future__ import annotations

import sqlite3

from yoyo import step

__depends__ = {"0009.notices"}

BLOCKS = """
CREATE TABLE blocks (
    hash      TEXT PRIMARY KEY,  -- of the person's chat, see bot.store.blocks
    reference TEXT,              -- the inquiry it was set at, as long as that is there
    set_by    TEXT NOT NULL,     -- the administrator, by the rules' key
    set_at    TEXT NOT NULL,
    until_at  TEXT NOT NULL,
    told_at   TEXT               -- when the person was told
)
"""
STRANGE_GROUPS = """
CREATE TABLE IF NOT EXISTS strange_groups (
    channel TEXT NOT NULL,
    chat    INTEGER NOT NULL,
    seen_at TEXT NOT NULL,
    PRIMARY KEY (channel, chat)
)
"""


def make_tables(connection: sqlite3.Connection) -> None:
    """Make the tables, the blocks in the place of the former ones."""
    cursor = connection.cursor()
    cursor.execute("SELECT name FROM pragma_table_info('blocks')")
    if "hash" not in {name for (name,) in cursor.fetchall()}:
        cursor.execute("DROP TABLE IF EXISTS blocks")
        cursor.execute(BLOCKS)
    cursor.execute(STRANGE_GROUPS)


steps = [step(make_tables)]
