"""Trouble with the disk is told from faults in the program."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.store.trouble import is_passing, words_for


def _error_of(connection: sqlite3.Connection, statement: str) -> sqlite3.Error:
    try:
        connection.execute(statement)
    except sqlite3.Error as error:
        return error
    raise AssertionError("the statement should have failed")


def test_a_full_disk_passes() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (x)")
    connection.execute("PRAGMA max_page_count = 2")
    error = _error_of(connection, "INSERT INTO t VALUES (zeroblob(100000))")
    connection.close()
    assert str(error) == "database or disk is full"
    assert is_passing(error)
    assert words_for(error) == "the disk is full, make room"


def test_another_process_that_writes_passes(tmp_path: Path) -> None:
    first = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    second = sqlite3.connect(tmp_path / "x.db", isolation_level=None, timeout=0)
    first.execute("BEGIN IMMEDIATE")
    error = _error_of(second, "BEGIN IMMEDIATE")
    first.close()
    second.close()
    assert is_passing(error)
    assert words_for(error) == "the database is locked by another process"


def test_a_database_that_may_not_be_written_passes(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    sqlite3.connect(path).execute("CREATE TABLE t (x)").connection.close()
    reading = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    error = _error_of(reading, "INSERT INTO t VALUES (1)")
    reading.close()
    assert is_passing(error)
    assert words_for(error) == "the database may not be written, give the bot's user the right to"


def test_faults_in_the_program_do_not_pass() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (x UNIQUE)")
    connection.execute("INSERT INTO t VALUES (1)")
    faults = [
        _error_of(connection, statement)
        for statement in ("SELECT nothing FROM t", "INSERT INTO t VALUES (1)", "SELEKT")
    ]
    connection.close()
    assert [is_passing(fault) for fault in faults] == [False, False, False]
    assert not is_passing(ValueError())
    assert [words_for(fault) for fault in (*faults, ValueError())] == [None] * 4
