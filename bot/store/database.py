"""The one way to the database: opening it, and the one transaction helper.

SQLite in WAL mode with `synchronous=FULL`: what is committed survives a power cut. There is one writing connection; its
transactions run one after the other, each begun with BEGIN IMMEDIATE and rolled back on any way out but the regular
one, cancellation included. Readers have a connection of their own and see the last commit.

A lock file beside the database keeps a second bot process out. Commands that may run beside the bot open without it
(`Database.open_beside`) and rely on SQLite's own locking; they neither make a database nor change its tables.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

import aiosqlite
from filelock import FileLock

from bot.errors import StoreError
from bot.store.copies import remove_left_copies
from bot.store.opening import (
    BUSY_TIMEOUT_MS,
    Connected,
    connect,
    database_path,
    existing_database,
    get_sealing,
    lock_for_one_process,
    told_with_remedy,
)
from bot.store.tables import migrate, must_be_of_this_version

if TYPE_CHECKING:
    from bot.store.sealing import Sealing

Row = sqlite3.Row

_Made = TypeVar("_Made")

# Moves what is committed into the file and empties the log; what a reader still needs waits for the next time.
_SCRUB = "PRAGMA wal_checkpoint(TRUNCATE)"


class Tx:
    """A running transaction. Each call is one hop to the database's thread, so say much in one statement.

    A transaction begun with `at_once` makes no hops: `HereTx`.
    """

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._kept: dict[str, dict[tuple[Any, ...], list[Row]]] = {}
        self._made: dict[str, tuple[tuple[Any, ...], Any]] = {}
        self.scrubs = False

    def scrub_after(self) -> None:
        """Empty the write-ahead log as soon as this is committed: something was deleted for good.

        Freed pages are overwritten as they are freed.
        """
        self.scrubs = True

    async def all(self, sql: str, **values: Any) -> list[Row]:
        """Return all rows of a query (or of a statement with RETURNING)."""
        return list(await self._connection.execute_fetchall(sql, values))

    async def one(self, sql: str, **values: Any) -> Row | None:
        """Return the first row of a query, or None."""
        rows = await self.all(sql, **values)
        return rows[0] if rows else None

    async def kept(self, table: str, sql: str, **values: Any) -> list[Row]:
        """Return all rows of a query that is asked again and again: they are read once, and stay for this `Tx`.

        For few rows only. Whoever writes to the table says so (`forget`); the list is the same for all who ask.
        """
        asked = (sql, *values.values())
        answers = self._kept.setdefault(table, {})
        if asked not in answers:
            answers[asked] = await self.all(sql, **values)
        return answers[asked]

    def forget(self, table: str) -> None:
        """Read a table anew the next time: something was written to it."""
        self._kept.pop(table, None)

    def made(self, name: str, of: tuple[Any, ...], make: Callable[[], _Made]) -> _Made:
        """Return what was made of the same things before in this `Tx`, else make it now; the same for all who ask.

        Args:
            of: what it is made of, not to be changed afterwards.
        """
        before = self._made.get(name)
        if before is None or before[0] != of:
            self._made[name] = before = of, make()
        made: _Made = before[1]
        return made

    async def insert(self, sql: str, **values: Any) -> int:
        """Run an INSERT and return the new row's id."""
        row = await self._connection.execute_insert(sql, values)
        if row is None:
            raise StoreError(
                "database: an INSERT returned no row id. This is a fault of the program; please report it."
            )
        return int(row[0])

    async def run(self, sql: str, **values: Any) -> None:
        """Run a statement whose result does not matter."""
        await self._connection.execute_fetchall(sql, values)

    async def run_many(self, sql: str, rows: Iterable[dict[str, Any]]) -> None:
        """Run one statement for many rows."""
        await self._connection.executemany(sql, rows)

    @property
    def is_running(self) -> bool:
        """Whether the transaction is still there: on a full or failing disk SQLite takes it back as a whole.

        Whatever is written after that stays, whoever fails later.
        """
        return self._connection.in_transaction

    def must_run(self) -> None:
        """Go on only while the transaction is there.

        Raises:
            StoreError: SQLite has taken it back, and the error that told so was not passed on.
        """
        if not self.is_running:
            raise StoreError("database: the transaction was taken back before its end. What it wrote is not stored.")

    @asynccontextmanager
    async def part(self) -> AsyncIterator[None]:
        """Run the block as a part that can fail by itself: what it wrote is taken back, the rest stays.

        Where the whole transaction was taken back with it, `is_running` is no more, and nothing may follow.
        """
        self.must_run()  # a savepoint outside of a transaction would begin one, and its release commit it
        await self.run("SAVEPOINT part")
        try:
            yield
        except BaseException:
            self._kept.clear()
            if self.is_running:
                await self.run("ROLLBACK TO part")
                await self.run("RELEASE part")
            raise
        self.must_run()
        await self.run("RELEASE part")


class HereTx(Tx):
    """A running transaction whose statements run in the caller's thread.

    A hop costs several times what a small statement does, and an inquiry takes dozens of them. The thread's loop stands
    still meanwhile, so what is asked with every message finds its rows by an index. What somebody orders now and then
    may look through a table, such as a search: for as long as that takes, nobody else is served.
    """

    def __init__(self, writer: Connected) -> None:
        super().__init__(writer.by_thread)
        self._writer = writer

    @property
    def is_running(self) -> bool:
        """Whether the transaction is still there; what is not committed when the database closes is not."""
        return not self._writer.is_closing and self._writer.bare.in_transaction

    async def all(self, sql: str, **values: Any) -> list[Row]:
        """Return all rows of a query (or of a statement with RETURNING)."""
        return self._writer.here().execute(sql, values).fetchall()

    async def insert(self, sql: str, **values: Any) -> int:
        """Run an INSERT and return the new row's id."""
        return int(self._writer.here().execute(sql, values).lastrowid or 0)

    async def run(self, sql: str, **values: Any) -> None:
        """Run a statement whose result does not matter."""
        self._writer.here().execute(sql, values)

    async def run_many(self, sql: str, rows: Iterable[dict[str, Any]]) -> None:
        """Run one statement for many rows."""
        self._writer.here().executemany(sql, rows)


class Database:
    """An open database. Make it with `Database.open`, end it with `close`."""

    def __init__(self, writer: Connected, reader: aiosqlite.Connection, lock: FileLock | None) -> None:
        self._writer = writer.by_thread
        self._connected = writer
        self._reader = reader
        self._process_lock = lock
        self._turn = asyncio.Lock()
        self._rollback: asyncio.Future[None] | None = None

    @classmethod
    async def open(cls, url: str, *, exclusive: bool = False, keys: str | None = None) -> Self:
        """Open the database, make it where it is missing, and bring its tables up to date.

        Args:
            url: `sqlite:///relative/path.db` or `sqlite:////absolute/path.db`.
            exclusive: this is the bot's process; a second one is refused.
            keys: `DATABASE_KEY`, where people's words and addresses are encrypted (`bot.store.sealing`).

        Raises:
            StoreError: it cannot be opened, is locked by a running bot, is damaged, or under another key; the bot's
                process is older than its tables.
        """
        path = database_path(url)
        lock = lock_for_one_process(path) if exclusive else None
        try:
            with told_with_remedy(path):
                await asyncio.to_thread(migrate, path, break_lock=exclusive)
                if exclusive:
                    await asyncio.to_thread(remove_left_copies, path)
                    await asyncio.to_thread(must_be_of_this_version, path)
                return await cls._connect(path, await asyncio.to_thread(get_sealing, path, keys), lock)
        except BaseException:
            if lock is not None:
                lock.release()
            raise

    @classmethod
    async def open_beside(cls, url: str, *, keys: str | None = None) -> Self:
        """Open a database that is there, beside a bot that may be running: its tables and its key stay as they are.

        After an update the bot of before goes on until it is restarted, and its tables must not change under it.

        Raises:
            FaultsError: there is none.
            StoreError: it cannot be opened, its tables are of another version, or it is under another key.
        """
        path = existing_database(url)
        with told_with_remedy(path):
            await asyncio.to_thread(must_be_of_this_version, path)
            return await cls._connect(path, await asyncio.to_thread(get_sealing, path, keys, take=False), None)

    @classmethod
    async def _connect(cls, path: Path, sealing: Sealing | None, lock: FileLock | None) -> Self:
        writer = await connect(path, "PRAGMA synchronous=FULL", sealing)
        try:
            reader = (await connect(path, "PRAGMA query_only=ON", sealing)).by_thread
        except BaseException:
            await writer.close()
            raise
        return cls(writer, reader, lock)

    @asynccontextmanager
    async def transaction(self, *, at_once: bool = False) -> AsyncIterator[Tx]:
        """Run the block as one transaction: committed at its end, rolled back if it is left in any other way.

        Args:
            at_once: its statements are mostly short, and run in this thread (`HereTx`). Beginning and committing, which
                may wait for another process and for the disk, never do.
        """
        async with self._turn:
            try:
                # Inside the block: a task cancelled while this waits has begun a transaction all the same.
                if not (at_once and self._begin_here()):
                    await self._writer.execute_fetchall("BEGIN IMMEDIATE")
                tx = HereTx(self._connected) if at_once else Tx(self._writer)
                yield tx
                tx.must_run()
                await self._writer.commit()
                if tx.scrubs:
                    await self._writer.execute_fetchall(_SCRUB)
            except BaseException:
                if self._connected.is_closing:
                    raise  # SQLite takes back what was not committed when it closes
                # Shielded, because a cancelled task would otherwise leave the next one inside a half-done transaction.
                self._rollback = asyncio.ensure_future(self._writer.rollback())
                await asyncio.shield(self._rollback)
                raise

    def _begin_here(self) -> bool:
        """Begin without a hop where nobody has to be waited for; False where the thread has to wait instead."""
        if self._rollback is not None and not self._rollback.done():
            return False  # its task was cancelled twice; the thread takes one after the other
        here = self._connected.here()
        here.execute("PRAGMA busy_timeout=0")
        try:
            here.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                return False
            raise
        finally:
            here.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS:d}")
        return True

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Tx]:
        """Read the last committed state, without waiting for writers."""
        yield Tx(self._reader)

    async def close(self) -> None:
        """Close both connections (an open one would keep the interpreter from ending) and let go of the lock."""
        await self._reader.close()
        await self._connected.close()
        if self._process_lock is not None:
            self._process_lock.release()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
