"""The way to the database: one transaction after the other, whole or not at all; one bot a database."""

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store.database import Database, Tx
from bot.store.opening import database_path
from bot.store.tables import MIGRATIONS

INSERT = "INSERT INTO counters (year, last) VALUES (:year, 1)"


async def years(database: Database) -> list[int]:
    async with database.reading() as tx:
        return [row["year"] for row in await tx.all("SELECT year FROM counters ORDER BY year")]


def listed(folder: Path) -> list[Path]:
    return list(folder.iterdir())


@pytest.mark.parametrize("name", ["a?b.db", "a#b.db", "a%41.db", "ä b.db"])
async def test_whatever_its_name_the_tables_come_into_this_file(tmp_path: Path, name: str) -> None:
    async with await Database.open(f"sqlite:///{tmp_path / name}") as database:
        assert await years(database) == []

    assert {file.name.removesuffix("-wal").removesuffix("-shm") for file in listed(tmp_path)} == {name}


# ------------------------------------------------------------ transactions


async def test_what_was_done_is_there_after_the_transaction(database: Database) -> None:
    async with database.transaction() as tx:
        assert await tx.insert(INSERT, year=2026) == 2026
        assert await tx.one("SELECT last FROM counters WHERE year = :year", year=1999) is None
        await tx.run_many(INSERT, [{"year": 2027}, {"year": 2028}])

    assert await years(database) == [2026, 2027, 2028]


async def test_readers_see_the_last_commit(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.run(INSERT, year=2026)
        assert await years(database) == []

    assert await years(database) == [2026]


async def test_readers_cannot_write(database: Database) -> None:
    async with database.reading() as tx:
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            await tx.run(INSERT, year=2026)


async def test_an_error_leaves_nothing_behind(database: Database) -> None:
    with suppress(ZeroDivisionError):
        async with database.transaction() as tx:
            await tx.run(INSERT, year=2026)
            raise ZeroDivisionError

    assert await years(database) == []


async def test_a_cancelled_task_leaves_nothing_behind_and_nobody_waiting(database: Database) -> None:
    inside = asyncio.Event()

    async def write_and_wait() -> None:
        async with database.transaction() as tx:
            await tx.run(INSERT, year=2026)
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write_and_wait())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    async with database.transaction() as tx:
        await tx.run(INSERT, year=2027)
    assert await years(database) == [2027]


@pytest.mark.parametrize("steps", range(12))
async def test_cancelled_at_any_moment_it_is_whole_or_not_at_all(database: Database, steps: int) -> None:
    """The task is cancelled after so many turns of the loop: while it waits, begins, writes or commits."""

    async def write() -> None:
        async with database.transaction() as tx:
            await tx.run(INSERT, year=2026)
            await tx.run(INSERT, year=2027)

    task = asyncio.create_task(write())
    for _ in range(steps):
        await asyncio.sleep(0)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task

    assert await years(database) in ([], [2026, 2027])
    async with database.transaction() as tx:
        await tx.run(INSERT, year=2030)
    assert (await years(database))[-1] == 2030


async def test_transactions_run_one_after_the_other(database: Database) -> None:
    order = []

    async def write(year: int) -> None:
        async with database.transaction() as tx:
            order.append(f"in {year}")
            await tx.run(INSERT, year=year)
            await asyncio.sleep(0)
            order.append(f"out {year}")

    await asyncio.gather(write(1), write(2), write(3))

    assert order == ["in 1", "out 1", "in 2", "out 2", "in 3", "out 3"]


async def test_a_commit_survives_a_power_cut(database: Database) -> None:
    names = ("journal_mode", "synchronous", "foreign_keys")
    async with database.transaction() as tx:
        modes = {name: (await tx.all(f"PRAGMA {name}"))[0][0] for name in names}

    assert modes == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


async def test_a_row_cannot_name_what_is_not_there(database: Database) -> None:
    async with database.transaction() as tx:
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            await tx.run("INSERT INTO timers (kind, inquiry_id, due_at) VALUES ('ask', 99, '')")


async def test_an_empty_file_is_taken_for_a_new_database_and_that_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A disk that was full, or a copy that went wrong, leaves one; nobody should take it for the office they had."""
    path = tmp_path / "test.db"
    for _ in range(2):
        path.touch()
        async with await Database.open(f"sqlite:///{path}"):
            pass

    [line] = caplog.messages
    assert line.startswith(f"{path}: is empty, so all begins anew.")


# ------------------------------------------------------------ one bot a database


async def test_a_second_bot_is_refused_and_told_what_to_do(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'test.db'}"
    async with await Database.open(url, exclusive=True):
        with pytest.raises(StoreError, match=r"another bot process is using this database\. Stop it first"):
            await Database.open(url, exclusive=True)

    async with await Database.open(url, exclusive=True):
        pass


async def test_commands_may_look_and_write_beside_the_bot(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'test.db'}"
    async with await Database.open(url, exclusive=True) as bot, await Database.open_beside(url) as command:
        async with command.transaction() as tx:
            await tx.run(INSERT, year=2026)

        assert await years(bot) == [2026]


async def test_after_a_failed_opening_the_lock_is_free_again(tmp_path: Path) -> None:
    path = tmp_path / "test.db"
    path.write_bytes(b"this is no database at all" * 50)
    with pytest.raises(StoreError):
        await Database.open(f"sqlite:///{path}", exclusive=True)
    path.unlink()

    async with await Database.open(f"sqlite:///{path}", exclusive=True):
        pass


# ------------------------------------------------------------ opening


async def test_the_folder_is_made_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "new" / "deep" / "test.db"
    async with await Database.open(f"sqlite:///{path}"):
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


BROKEN = [
    # label, what is at the path, the remedy
    ("no database", b"this is no database at all" * 50, "Restore it from a backup, or set DATABASE_URL to a new file."),
    ("a folder", None, "Check the path in DATABASE_URL."),
]


@pytest.mark.parametrize(("label", "content", "mend"), BROKEN, ids=[row[0] for row in BROKEN])
async def test_what_cannot_be_opened_is_told_with_a_remedy(
    tmp_path: Path, label: str, content: bytes | None, mend: str
) -> None:
    path = tmp_path / "test.db"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)

    with pytest.raises(StoreError) as told:
        await Database.open(f"sqlite:///{path}")

    assert str(path) in str(told.value)
    assert str(told.value).endswith(mend)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
@pytest.mark.parametrize("exclusive", [True, False])
async def test_a_folder_that_must_not_be_written_is_told_with_a_remedy(tmp_path: Path, exclusive: bool) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)

    with pytest.raises(StoreError, match=r"Give the bot's user the right to write there\."):
        await Database.open(f"sqlite:///{folder / 'test.db'}", exclusive=exclusive)


@pytest.mark.parametrize("exclusive", [True, False])
async def test_a_refusal_of_the_file_system_is_told_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exclusive: bool
) -> None:
    """As the test above, for those who run the tests as superuser."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(StoreError, match=r"Permission denied.*Give the bot's user the right to write there\."):
        await Database.open(f"sqlite:///{tmp_path / 'new' / 'test.db'}", exclusive=exclusive)


async def test_a_full_disk_is_told_with_a_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("yoyo.get_backend", refuse)
    with pytest.raises(StoreError, match=r"Make room on the disk\."):
        await Database.open(f"sqlite:///{tmp_path / 'test.db'}")


URLS = [
    ("sqlite:///data/inquiries.db", Path("data/inquiries.db")),
    ("sqlite:////srv/bot.db", Path("/srv/bot.db")),
]


@pytest.mark.parametrize(("url", "path"), URLS)
def test_a_url_names_a_file(url: str, path: Path) -> None:
    assert database_path(url) == path


@pytest.mark.parametrize("url", ["postgresql://host/db", "sqlite:///", "data.db", ""])
def test_other_urls_are_refused(url: str) -> None:
    with pytest.raises(StoreError, match="Write sqlite:/// and a path"):
        database_path(url)


# ------------------------------------------------------------ migrations


async def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'test.db'}"
    async with await Database.open(url) as database, database.transaction() as tx:
        await tx.run(INSERT, year=2026)

    async with await Database.open(url) as database:
        assert await years(database) == [2026]


async def test_a_bot_older_than_its_tables_does_not_start(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'test.db'}"
    async with await Database.open(url) as database, database.transaction() as tx:
        await tx.run("INSERT INTO _yoyo_migration (migration_hash, migration_id) VALUES ('x', '9999.later')")

    for _ in range(2):  # the lock is let go of
        with pytest.raises(StoreError, match=r"of a newer version than this program\. Update the program, or restore"):
            await Database.open(url, exclusive=True)


async def test_the_mark_of_a_migration_cut_short_does_not_keep_the_bot_from_starting(tmp_path: Path) -> None:
    path = tmp_path / "test.db"
    async with await Database.open(f"sqlite:///{path}"):
        pass
    leave_a_mark(path)

    async with await Database.open(f"sqlite:///{path}", exclusive=True) as database:
        assert await years(database) == []


def leave_a_mark(path: Path) -> None:
    """Do as a process that was killed while it migrated."""
    connection = sqlite3.connect(path)
    last = "SELECT max(migration_id) FROM _yoyo_migration"
    connection.execute(f"DELETE FROM _yoyo_migration WHERE migration_id = ({last})")
    connection.execute("INSERT INTO yoyo_lock (locked, ctime, pid) VALUES (1, '2026-01-01', 99999)")
    connection.commit()
    connection.close()


OPENS = """
import asyncio, sys
from bot.store.database import Database
async def opens():
    async with await Database.open(sys.argv[1]):
        print("yoyo" in sys.modules)
asyncio.run(opens())
"""


def test_who_finds_all_tables_does_not_load_what_makes_them(tmp_path: Path) -> None:
    opens = [sys.executable, "-c", OPENS, f"sqlite:///{tmp_path / 'test.db'}"]
    loaded = [subprocess.run(opens, check=True, capture_output=True, text=True).stdout.strip() for _ in range(2)]
    assert loaded == ["True", "False"]


async def test_a_first_start_cut_short_between_two_tables_is_made_up_for(tmp_path: Path) -> None:
    path = tmp_path / "test.db"
    script = next(MIGRATIONS.glob("0001*.sql")).read_text("utf-8")
    half, _, _ = script.partition("CREATE TABLE IF NOT EXISTS outbox")
    assert half != script
    connection = sqlite3.connect(path)
    connection.executescript(half)
    connection.close()

    async with await Database.open(f"sqlite:///{path}", exclusive=True) as database:
        assert await years(database) == []


async def test_migrations_are_numbered_in_order() -> None:
    names = sorted(path.name for path in MIGRATIONS.iterdir() if path.suffix in (".sql", ".py"))

    assert [name[:4] for name in names] == [f"{number:04d}" for number in range(1, len(names) + 1)]


async def test_a_part_that_fails_takes_back_only_what_it_wrote(tmp_path: Path) -> None:
    async with await Database.open(f"sqlite:///{tmp_path}/inquiries.db") as database:
        for at_once in (False, True):
            async with database.transaction(at_once=at_once) as tx:
                await tx.run("DELETE FROM counters")
                await tx.run("INSERT INTO counters (year, last) VALUES (2025, 1)")
                with suppress(ZeroDivisionError):
                    async with tx.part():
                        await tx.run("INSERT INTO counters (year, last) VALUES (2026, 1)")
                        raise ZeroDivisionError
                async with tx.part():
                    await tx.run("INSERT INTO counters (year, last) VALUES (2027, 1)")
            assert await years(database) == [2025, 2027]


@pytest.mark.parametrize("at_once", [False, True])
async def test_a_disk_that_fills_up_in_a_part_is_told_as_that_and_takes_the_whole_transaction_back(
    database: Database, at_once: bool
) -> None:
    async def fill_in_a_part() -> None:
        async with database.transaction(at_once=at_once) as tx:
            await tx.run(INSERT, year=2026)
            async with tx.part():
                await write_much(tx)

    await leave_little_room(database)
    with pytest.raises(sqlite3.OperationalError, match="disk is full"):
        await fill_in_a_part()

    assert await years(database) == []
    async with database.transaction(at_once=at_once) as tx:
        await tx.run(INSERT, year=2027)
    assert await years(database) == [2027]


@pytest.mark.parametrize("at_once", [False, True])
async def test_nothing_goes_on_in_a_transaction_that_was_taken_back(database: Database, at_once: bool) -> None:
    begun = []

    async def go_on(*, in_a_part: bool) -> None:
        async with database.transaction(at_once=at_once) as tx:
            await tx.run(INSERT, year=2026)
            with suppress(sqlite3.OperationalError):
                await write_much(tx)
            if in_a_part:
                async with tx.part():
                    begun.append(tx)

    await leave_little_room(database)
    for in_a_part in (False, True):
        with pytest.raises(StoreError, match="was taken back"):
            await go_on(in_a_part=in_a_part)
    assert begun == []
    assert await years(database) == []


async def leave_little_room(database: Database) -> None:
    async with database.transaction() as tx:
        pages = await tx.one("PRAGMA page_count")
        assert pages is not None
        await tx.run(f"PRAGMA max_page_count={pages[0] + 4}")


async def write_much(tx: Tx) -> None:
    await tx.run("INSERT INTO facts (name, value) VALUES ('much', :words)", words="x" * 100_000)


async def test_a_transaction_at_once_is_rolled_back_on_any_way_out(tmp_path: Path) -> None:
    async with await Database.open(f"sqlite:///{tmp_path}/inquiries.db") as database:
        inside = asyncio.Event()

        async def hang() -> None:
            async with database.transaction(at_once=True) as tx:
                await tx.run("INSERT INTO counters (year, last) VALUES (2026, 1)")
                inside.set()
                await asyncio.Event().wait()

        task = asyncio.create_task(hang())
        await inside.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        async with database.transaction(at_once=True) as tx:
            await tx.run("INSERT INTO counters (year, last) VALUES (2027, 1)")
        assert await years(database) == [2027]


async def test_a_transaction_that_outlives_the_database_ends_with_a_word_and_not_with_the_process(
    tmp_path: Path,
) -> None:
    """A statement on a connection that another thread is closing would end the whole process."""
    database = await Database.open(f"sqlite:///{tmp_path / 'test.db'}")
    begun, closed = asyncio.Event(), asyncio.Event()

    async def outlive() -> None:
        async with database.transaction(at_once=True) as tx:
            await tx.run(INSERT, year=2026)
            begun.set()
            await closed.wait()
            await tx.run(INSERT, year=2027)

    outliving = asyncio.create_task(outlive())
    await begun.wait()
    await database.close()
    closed.set()

    with pytest.raises(StoreError, match="closed while a transaction ran"):
        await outliving
    with pytest.raises(StoreError, match="closed"):
        async with database.transaction(at_once=True):
            pass
    async with await Database.open(f"sqlite:///{tmp_path / 'test.db'}") as again:
        assert await years(again) == []


async def test_a_transaction_at_once_waits_for_another_process_beside_the_loop(tmp_path: Path) -> None:
    async with await Database.open(f"sqlite:///{tmp_path}/inquiries.db") as database:
        other = sqlite3.connect(tmp_path / "inquiries.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        writing = asyncio.create_task(_add_year(database))
        while not database._turn.locked():  # noqa: ASYNC110
            await asyncio.sleep(0)
        assert not writing.done()  # and this loop still turns
        other.execute("ROLLBACK")
        await writing
        other.close()
        assert await years(database) == [2026]


async def _add_year(database: Database) -> None:
    async with database.transaction(at_once=True) as tx:
        await tx.run("INSERT INTO counters (year, last) VALUES (2026, 1)")


async def test_a_kept_answer_is_read_once_until_it_is_forgotten(tmp_path: Path) -> None:
    async with await Database.open(f"sqlite:///{tmp_path}/test.db") as database, database.transaction() as tx:
        await tx.run("CREATE TABLE pets (name TEXT)")

        async def names() -> list[str]:
            return [row["name"] for row in await tx.kept("pets", "SELECT name FROM pets ORDER BY name")]

        await tx.run("INSERT INTO pets VALUES ('Bello')")
        assert await names() == ["Bello"]
        await tx.run("INSERT INTO pets VALUES ('Mimi')")
        assert await names() == ["Bello"]
        tx.forget("pets")
        assert await names() == ["Bello", "Mimi"]
        assert await tx.kept("pets", "SELECT name FROM pets WHERE name > :after", after="K") != []
        assert await tx.kept("pets", "SELECT name FROM pets WHERE name > :after", after="Z") == []


async def test_what_was_made_of_the_same_things_is_not_made_again(tmp_path: Path) -> None:
    made: list[tuple[int, ...]] = []

    def make(*of: int) -> int:
        made.append(of)
        return len(made)

    async with await Database.open(f"sqlite:///{tmp_path}/test.db") as database, database.transaction() as tx:
        assert [tx.made("sum", of, lambda of=of: make(*of)) for of in ((1, 2), (1, 2), (1, 3), (1, 2))] == [1, 1, 2, 3]
        assert tx.made("other", (1, 2), lambda: make(1, 2)) == 4
    assert made == [(1, 2), (1, 3), (1, 2), (1, 2)]


async def test_what_a_failed_part_has_kept_is_read_anew(tmp_path: Path) -> None:
    async with await Database.open(f"sqlite:///{tmp_path}/test.db") as database, database.transaction() as tx:
        await tx.run("CREATE TABLE pets (name TEXT)")
        with suppress(ZeroDivisionError):
            async with tx.part():
                await tx.run("INSERT INTO pets VALUES ('Bello')")
                assert len(await tx.kept("pets", "SELECT * FROM pets")) == 1
                raise ZeroDivisionError
        assert await tx.kept("pets", "SELECT * FROM pets") == []
