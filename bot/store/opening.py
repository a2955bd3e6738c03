"""What has to be true before a database is used: its place, the lock, the key; and its connections."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiosqlite
from filelock import FileLock, Timeout

from bot.errors import Fault, FaultsError, StoreError

if TYPE_CHECKING:
    from bot.store.sealing import Sealing

# How long a writer waits for another process (the commands used beside a running bot take milliseconds).
BUSY_TIMEOUT_MS = 5_000


@dataclass
class Connected:
    """A connection, with its thread and as it is; never both are used at the same time.

    SQLite's library for Python does not survive a connection that is closed in one thread while another uses it: the
    process would end on the spot. So nothing here uses it any more once its end was asked for.
    """

    by_thread: aiosqlite.Connection
    bare: sqlite3.Connection
    is_closing: bool = False

    def here(self) -> sqlite3.Connection:
        """Return the connection, for use in this thread.

        Raises:
            StoreError: it is being closed.
        """
        if self.is_closing:
            raise StoreError("database: closed while a transaction ran. What it wrote was taken back.")
        return self.bare

    async def close(self) -> None:
        """Close it, whatever still runs on it."""
        self.is_closing = True
        await self.by_thread.close()


def database_path(url: str) -> Path:
    """Return the file a `sqlite:///` URL names.

    Raises:
        StoreError: it names another kind of database.
    """
    prefix = "sqlite:///"
    if not url.startswith(prefix) or url == prefix:
        scheme = url.split(":", 1)[0]
        raise StoreError(
            f"DATABASE_URL: {scheme!r} is not supported. Write sqlite:/// and a path, for example sqlite:///data/inquiries.db."
        )
    return Path(url.removeprefix(prefix))


def existing_database(url: str) -> Path:
    """Return the database's file, which has to be there already.

    Only the bot's first start makes one. A command that made one where the path is wrong would show an empty office,
    print an invitation no bot will ever read, or leave a file the bot's user may not write.

    Raises:
        FaultsError: there is none, or something else.
        StoreError: the way there is barred, or the URL names another kind of database.
    """
    path = database_path(url)
    if not is_there(path):
        mend = "Check DATABASE_URL; the bot's first start makes it: python -m bot run."
        raise FaultsError([Fault(f"{path}", "there is no database yet.", mend)])
    return path


def is_there(path: Path) -> bool:
    """Tell whether there is a database file.

    Raises:
        FaultsError: there is something else: a folder, a device.
        StoreError: the way there is barred.
    """
    try:
        there = path.exists()
        if there and not path.is_file():
            what = "is a folder." if path.is_dir() else "is no file."
            raise FaultsError([Fault(f"{path}", what, "Set DATABASE_URL to the database's file.")])
    except OSError as error:
        raise StoreError(f"{path}: cannot be looked at ({error.strerror}). {how_to_mend(error)}") from error
    return there


def lock_for_one_process(path: Path) -> FileLock:
    """Take the process lock, to be released by the caller.

    Raises:
        StoreError: another process has it, or it cannot be taken.
    """
    try:
        make_private_folder(path.parent)
        lock = FileLock(f"{path}.lock", mode=0o600)
        lock.acquire(timeout=0)
    except Timeout:
        raise StoreError(
            f"{path}: another bot process is using this database. Stop it first, or set DATABASE_URL to another file."
        ) from None
    except OSError as error:
        raise StoreError(f"{path}: cannot be locked ({error}). {how_to_mend(error)}") from error
    return lock


def make_private_folder(folder: Path) -> None:
    """Make the folder people's words lie in: nobody else may read it. A folder that is there keeps its rights."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def get_sealing(path: Path, keys: str | None, *, take: bool = True) -> Sealing | None:
    """Find out how the database's columns are sealed; what that takes is imported only where it is needed.

    Args:
        take: a database with nothing in it takes the key it is given.
    """
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS:d}")
        if keys is None and connection.execute("SELECT 1 FROM facts WHERE name = 'sealing'").fetchone() is None:
            return None
        from bot.store.keys import agree_on_key

        with connection:
            return agree_on_key(connection, keys, take=take)


async def connect(path: Path, pragma: str, sealing: Sealing | None) -> Connected:
    """Connect in a thread of its own, ready to be used; `pragma` is what this connection has beside what all have."""
    factory = sqlite3.Connection
    if sealing is not None:
        from bot.store.sealing import connection_class

        factory = connection_class(sealing)
    opened: list[sqlite3.Connection] = []

    def connect() -> sqlite3.Connection:
        # Used by two threads, but never at the same time: one transaction runs after the other.
        opened.append(sqlite3.connect(path, isolation_level=None, check_same_thread=False, factory=factory))
        return opened[0]

    connection = await aiosqlite.Connection(connect, iter_chunk_size=64)
    try:
        # What SQL itself has to read of a sealed column goes through this.
        unseal = _as_it_is if sealing is None else sealing.open
        await connection.create_function("unseal", 1, unseal, deterministic=True)
        connection.row_factory = sqlite3.Row if sealing is None else sealing.row  # type: ignore[assignment]
        await connection.execute("PRAGMA journal_mode=WAL")
        await connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS:d}")
        await connection.execute("PRAGMA foreign_keys=ON")
        await connection.execute("PRAGMA secure_delete=ON")
        await connection.execute(pragma)
    except BaseException:
        await connection.close()
        raise
    return Connected(connection, opened[0])


def _as_it_is(value: Any) -> Any:
    return value


@contextmanager
def told_with_remedy(path: Path) -> Iterator[None]:
    """Turn what SQLite or the file system refuse while the block opens a database into a sentence.

    Raises:
        StoreError: that.
    """
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{path}: cannot be opened as the bot's database ({error}). {how_to_mend(error)}") from error


def how_to_mend(error: BaseException) -> str:
    """Return a sentence on what to do about an error of opening."""
    if isinstance(error, PermissionError) or "readonly" in str(error):
        return "Give the bot's user the right to write there."
    if "already exists" in str(error) or "no such table" in str(error):
        return "Its tables are not those of this version. Restore a backup, or set DATABASE_URL to a new file."
    if "not a database" in str(error) or "malformed" in str(error):
        return "Restore it from a backup, or set DATABASE_URL to a new file."
    if (isinstance(error, OSError) and error.errno == errno.ENOSPC) or "disk is full" in str(error):
        return "Make room on the disk."
    return "Check the path in DATABASE_URL."
