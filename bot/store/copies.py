"""Copies of the database: made while the bot runs, checked, and put in its place again.

SQLite's own online backup copies one consistent state, whatever is written meanwhile (https://www.sqlite.org/backup.html).
A copy is one file, readable for its owner only, and comes under its name only when it is whole and on the disk. It
holds people's words like the database itself.
"""

from __future__ import annotations

import glob
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from bot.errors import StoreError
from bot.store.opening import database_path, how_to_mend, is_there, lock_for_one_process

# By these a file is known as a database of this program.
_OUR_TABLES = frozenset({"inbox", "outbox", "inquiries", "messages"})
_SIDE_FILES = ("-wal", "-shm")
# Locked in the folder of a copy for as long as somebody tries something on it.
_IN_USE = "in-use.lock"


def find_faults(path: Path) -> list[str]:
    """Check a database file; returns what is wrong with it, nothing if it is sound.

    Looks at every page (about a second for 100 MB). May be asked beside a running bot.
    """
    if not path.is_file():
        return ["there is no such file"]
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if not tables >= _OUR_TABLES:
                return ["it is no database of this program"]
            faults = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(5)")]
            broken = len(connection.execute("PRAGMA foreign_key_check").fetchall())
    except sqlite3.Error as error:
        return [str(error)]
    return [fault for fault in faults if fault != "ok"] + ([f"{broken} rows name missing ones"] if broken else [])


def write_copy(source: Path, target: Path) -> None:
    """Copy a database, in use or not, to a new file; nothing is left there if that fails.

    Raises:
        StoreError: the target exists or cannot be written, or the source is damaged.
    """
    if target.exists():
        raise StoreError(f"{target}: exists already. Name a new file, or a folder.")
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        # Private from its first byte on, whatever the umask.
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as reading,
            closing(sqlite3.connect(unfinished)) as writing,
        ):
            reading.backup(writing)
            # One file, without others beside it.
            writing.execute("PRAGMA journal_mode = DELETE")
        if faults := find_faults(unfinished):
            raise StoreError(f"{source}: damaged ({'; '.join(faults)}). Restore the last good backup.")
        _sync(unfinished)
        unfinished.rename(target)
        _sync(target.parent)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            f"{target}: the copy could not be made ({_reason(error)}). Check the path and the disk's space."
        ) from error
    finally:
        with suppress(OSError):  # where it may not be removed it was not made, and why is told already
            unfinished.unlink(missing_ok=True)


@contextmanager
def copy_to_try_on(source: Path) -> Iterator[Path]:
    """Give a copy of a database, in use or not, for trying something out; it is gone afterwards, whatever happens.

    In a folder of its own beside the database, readable for its owner only: it holds people's words, so it stays on
    the same disk, which may be encrypted where /tmp is not. Told to end meanwhile, the process takes it away first;
    what one left that was killed goes with the next, or when the bot starts.

    Raises:
        StoreError: it cannot be made, or the database is damaged.
    """
    with _ending_in_order(), ExitStack() as in_use:
        remove_left_copies(source)
        try:
            parent = source.parent
            folder = Path(in_use.enter_context(tempfile.TemporaryDirectory(prefix=_begin(source), dir=parent)))
            in_use.enter_context(FileLock(folder / _IN_USE, mode=0o600))
        except OSError as error:
            what = f"{source.parent}: no copy can be made ({error.strerror})"
            raise StoreError(f"{what}. {how_to_mend(error)}") from error
        copy = folder / source.name
        write_copy(source, copy)
        yield copy


def list_left_copies(path: Path) -> list[Path]:
    """Return the folders with a database's copies that are left: whoever tried something on them was killed."""
    found = path.parent.glob(f"{glob.escape(_begin(path))}*")
    return sorted(folder for folder in found if folder.is_dir() and not _is_in_use(folder))


def remove_left_copies(path: Path) -> None:
    """Remove them: they hold what is deleted from the database since. Where one may not be removed it stays."""
    for folder in list_left_copies(path):
        shutil.rmtree(folder, ignore_errors=True)


def _begin(path: Path) -> str:
    return f"{path.name}.trying-"


def _is_in_use(folder: Path) -> bool:
    """Tell whether the process that made a copy still has it: the system takes a lock off whoever was killed."""
    if not (folder / _IN_USE).exists():
        return False
    try:
        with FileLock(folder / _IN_USE, mode=0o600, timeout=0):
            return False
    except Timeout:
        return True
    except OSError:
        return False


@contextmanager
def _ending_in_order() -> Iterator[None]:
    """Leave the block as any other when the process is told to end or its terminal is closed."""

    def leave(number: int, _: object) -> None:
        sys.exit(128 + number)

    before = {number: signal.signal(number, leave) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def bot_kept_out(url: str) -> Iterator[Path]:
    """Keep the bot from running meanwhile; gives the database's path.

    Raises:
        FaultsError: what is there is no file: it would be moved aside like one.
        StoreError: the bot is running.
    """
    path = database_path(url)
    is_there(path)
    lock = lock_for_one_process(path)
    try:
        yield path
    finally:
        lock.release()


def put_in_place(new: Path, path: Path, aside: Path) -> bool:
    """Put a checked copy in the database's place and keep the present one aside, however damaged it is.

    Returns:
        Whether there was a present one.
    """
    there_was_one = path.exists()
    if there_was_one:
        path.rename(aside)
    for suffix in _SIDE_FILES:
        # They belong to the file of the same name: left behind, they would be taken for the new one's.
        side = path.with_name(path.name + suffix)
        if side.exists():
            side.rename(aside.with_name(aside.name + suffix))
    new.rename(path)
    _sync(path.parent)
    return there_was_one


def _reason(error: OSError | sqlite3.Error) -> str:
    """Return what happened, without a number and the name of a file nobody asked for."""
    return getattr(error, "strerror", None) or str(error)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
