"""Backup and restore: a whole copy while somebody writes, and back in its place with nothing sent unmarked."""

import errno
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.console import keeping
from bot.console.keeping import back_up, restore
from bot.errors import BotError, FaultsError, StoreError
from bot.model import Address, Outcome, Purpose, RoutingDecision
from bot.store import blocks, deletions, erasing, inquiries, outbox, people
from bot.store.database import Database
from tests.support.clock import START
from tests.support.transport import ANNA, make_draft


def url_of(path: Path) -> str:
    return f"sqlite:///{path}"


def found(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.glob(pattern))


async def filled(path: Path, *texts: str) -> Path:
    """Make a database in which these texts wait to be sent."""
    async with await Database.open(url_of(path)) as database, database.transaction() as tx:
        await outbox.add_all(tx, START, [make_draft(ANNA, text, purpose=Purpose.RELAY) for text in texts])
    return path


def rows(path: Path) -> list[tuple[str, str, int]]:
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT json_extract(draft, '$.text'), state, repeat FROM outbox ORDER BY id"
        return connection.execute(query).fetchall()


async def test_a_copy_made_while_it_is_written_is_whole_and_private(tmp_path: Path) -> None:
    live = await filled(tmp_path / "live.db", "eins")
    async with await Database.open(url_of(live), exclusive=True) as database:
        async with database.transaction() as tx:
            await outbox.add(tx, START, make_draft(ANNA, "zwei"))
        async with database.transaction() as tx:
            await outbox.add(tx, START, make_draft(ANNA, "nicht festgehalten"))
            told = back_up(url_of(live), tmp_path / "copy.db")
    copy = tmp_path / "copy.db"
    assert [text for text, _, _ in rows(copy)] == ["eins", "zwei"]
    assert copy.stat().st_mode & 0o777 == 0o600
    assert "copied and checked" in told
    assert [path.name for path in found(tmp_path, "copy.db*")] == ["copy.db"]


async def test_in_a_folder_the_copy_is_named_by_the_moment(tmp_path: Path) -> None:
    live = await filled(tmp_path / "live.db", "eins")
    (tmp_path / "backups").mkdir()
    back_up(url_of(live), tmp_path / "backups")
    [copy] = (tmp_path / "backups").iterdir()
    assert copy.name.startswith("live-20")
    assert copy.suffix == ".db"


NOWHERE = [
    # label, target, told
    ("a folder, by its slash", "backups/", "backups/: there is no such folder. Make it first: mkdir -m 700 "),
    ("a folder, by its slash, in a missing one", "none/back.ups/", "none/back.ups/: there is no such folder. "),
    ("a name without an ending", "backups", "backups: there is no such folder. Make it first: mkdir -m 700 "),
    ("a file in a missing folder", "none/copy.db", "none/copy.db: there is no folder {}/none. Make it first: "),
    ("a file in a file", "live.db/copy.db", "live.db/copy.db: there is no folder {}/live.db. "),
    ("a file as a folder", "live.db/", "live.db/: there is no such folder. "),
]


@pytest.mark.parametrize(("label", "target", "told"), NOWHERE, ids=[row[0] for row in NOWHERE])
async def test_a_folder_that_is_missing_is_told_and_not_made(
    tmp_path: Path, label: str, target: str, told: str
) -> None:
    live = await filled(tmp_path / "live.db", "eins")

    with pytest.raises(FaultsError) as raised:
        back_up(url_of(live), f"{tmp_path}/{target}")

    assert str(raised.value).startswith(f"{tmp_path}/{told.format(tmp_path)}")
    assert [path.name for path in found(tmp_path, "*")] == ["live.db"]


async def test_a_copy_that_cannot_be_made_says_why_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live = await filled(tmp_path / "live.db", "eins")

    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), "unfinished")  # root may write everywhere

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(StoreError, match=r"copy\.db: the copy could not be made \(Permission denied\)\. Check"):
        back_up(url_of(live), tmp_path / "copy.db")


async def test_nothing_is_overwritten_and_a_missing_or_damaged_database_is_told(tmp_path: Path) -> None:
    live = await filled(tmp_path / "live.db", *("Wort " * 500 for _ in range(50)))
    (tmp_path / "there.db").write_text("precious")
    with pytest.raises(StoreError, match="exists already"):
        back_up(url_of(live), tmp_path / "there.db")
    assert (tmp_path / "there.db").read_text() == "precious"
    with pytest.raises(FaultsError, match="there is no database yet"):
        back_up(url_of(tmp_path / "none.db"), tmp_path / "copy.db")
    damage(live)
    with pytest.raises(StoreError):
        back_up(url_of(live), tmp_path / "copy.db")
    assert found(tmp_path, "copy.db*") == []


async def test_a_copy_comes_back_and_what_waited_in_it_goes_out_marked(tmp_path: Path) -> None:
    live = await filled(tmp_path / "live.db", "eins")
    back_up(url_of(live), tmp_path / "copy.db")
    await filled(live, "später")
    told = await restore(url_of(live), tmp_path / "copy.db")
    assert rows(live) == [("eins", "queued", 1)]
    [aside] = found(tmp_path, "live.db.before-*")
    assert [text for text, _, _ in rows(aside)] == ["eins", "später"]
    assert str(aside) in told
    assert live.stat().st_mode & 0o777 == aside.stat().st_mode & 0o777 == 0o600
    assert found(tmp_path, "*restoring*") == []


async def test_a_damaged_database_is_replaced_with_its_side_files(tmp_path: Path) -> None:
    live = await filled(tmp_path / "live.db", *("Wort " * 500 for _ in range(50)))
    back_up(url_of(live), tmp_path / "copy.db")
    damage(live)
    (tmp_path / "live.db-wal").write_bytes(b"what a crash left")
    await restore(url_of(live), tmp_path / "copy.db")
    assert len(rows(live)) == 50
    [aside] = found(tmp_path, "live.db.before-*-wal")
    assert aside.read_bytes() == b"what a crash left"


async def test_while_the_bot_runs_nothing_is_restored(tmp_path: Path) -> None:
    live = await filled(tmp_path / "live.db", "eins")
    back_up(url_of(live), tmp_path / "copy.db")
    async with await Database.open(url_of(live), exclusive=True):
        with pytest.raises(StoreError, match="another bot process is using this database"):
            await restore(url_of(live), tmp_path / "copy.db")
    assert rows(live) == [("eins", "queued", 0)]


@pytest.mark.parametrize("content", [None, b"", b"no database at all, but long enough to be one"])
async def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes | None) -> None:
    live = await filled(tmp_path / "live.db", "eins")
    if content is not None:
        (tmp_path / "copy.db").write_bytes(content)
    with pytest.raises(FaultsError, match=r"\. Name another backup\.$"):
        await restore(url_of(live), tmp_path / "copy.db")
    assert rows(live) == [("eins", "queued", 0)]


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["a folder", "a pipe"])
async def test_what_is_no_file_is_not_moved_aside_for_a_backup(tmp_path: Path, make: Callable[[Path], None]) -> None:
    copy = await filled(tmp_path / "copy.db", "eins")
    place = tmp_path / "place"
    make(place)
    kind = place.stat().st_mode

    with pytest.raises(FaultsError, match=r"place: is (a folder|no file)\. Set DATABASE_URL"):
        await restore(url_of(place), copy)
    assert place.stat().st_mode == kind
    assert found(tmp_path, "place*") == [place]


async def test_a_folder_is_no_backup(tmp_path: Path) -> None:
    live = await filled(tmp_path / "live.db", "eins")
    with pytest.raises(FaultsError) as raised:
        await restore(url_of(live), tmp_path)
    assert str(raised.value) == f"{tmp_path}: is a folder. Name one of the backups in it."


async def test_deletions_are_applied_before_the_copy_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = await filled(tmp_path / "live.db", "vergessen")
    back_up(url_of(live), tmp_path / "copy.db")

    async def forget(present: Database, restored: Database) -> int:
        async with restored.transaction() as tx:
            await tx.run("DELETE FROM outbox")
        return 1

    monkeypatch.setattr(keeping, "reapply_deletions", forget)
    assert "applied again: 1" in await restore(url_of(live), tmp_path / "copy.db")
    assert rows(live) == []


async def test_a_deleted_person_does_not_come_back(tmp_path: Path) -> None:
    live = await filled(tmp_path / "live.db")
    async with await Database.open(url_of(live)) as database, database.transaction() as tx:
        maria = await people.add(tx, START, ANNA, "Mariandl", "de")
        iwan = await people.add(tx, START, Address("telegram", 4711), "Iwan", "de")
        for person in (maria, iwan):
            await inquiries.add(tx, START, person.id, RoutingDecision(Outcome.NONE))
    back_up(url_of(live), tmp_path / "copy.db")
    async with await Database.open(url_of(live)) as database, database.transaction() as tx:
        await deletions.note_person(tx, START, maria.id)
        await erasing.erase_person(tx, maria.id)

    assert "applied again: 1" in await restore(url_of(live), tmp_path / "copy.db")

    async with await Database.open(url_of(live)) as database, database.reading() as tx:
        assert await people.find_by_address(tx, ANNA) is None
        assert await inquiries.list_of_person(tx, maria.id) == []
        assert len(await inquiries.list_of_person(tx, iwan.id)) == 1
    assert b"Mariandl" not in live.read_bytes()


async def test_where_the_present_database_is_damaged_it_says_that_the_deleted_are_back(tmp_path: Path) -> None:
    live = await filled(tmp_path / "live.db", *("Wort " * 500 for _ in range(50)))
    back_up(url_of(live), tmp_path / "copy.db")
    damage(live)

    assert "is back" in await restore(url_of(live), tmp_path / "copy.db")


async def test_where_they_cannot_be_applied_nothing_is_restored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = await filled(tmp_path / "live.db", "eins")
    back_up(url_of(live), tmp_path / "copy.db")

    async def fail(*_: object) -> int:
        raise BotError("not now")

    monkeypatch.setattr(keeping, "reapply_deletions", fail)
    with pytest.raises(BotError, match="not now"):
        await restore(url_of(live), tmp_path / "copy.db")
    assert rows(live) == [("eins", "queued", 0)]
    assert found(tmp_path, "*restoring*") == []


def damage(path: Path) -> None:
    """Spoil the middle of a file, as a failing disk does."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 2)
        file.write(b"\xff" * 8_192)


async def test_a_block_set_since_the_copy_holds_after_it_is_restored(tmp_path: Path) -> None:
    live = await filled(tmp_path / "live.db")
    iwan, until = Address("telegram", 4711), START + timedelta(days=7)
    async with await Database.open(url_of(live)) as database, database.transaction() as tx:
        await blocks.put(tx, START, iwan, reference="2026-0001", by="leitung", until_at=until)
    back_up(url_of(live), tmp_path / "copy.db")
    async with await Database.open(url_of(live)) as database, database.transaction() as tx:
        known = await blocks.find(tx, START, iwan)
        assert known is not None
        await blocks.lift(tx, known)
        await blocks.put(tx, START, ANNA, reference="2026-0002", by="leitung", until_at=until)

    await restore(url_of(live), tmp_path / "copy.db")

    async with await Database.open(url_of(live)) as database, database.reading() as tx:
        assert await blocks.find(tx, START, iwan) is None
        block = await blocks.find(tx, START, ANNA)
    assert block is not None
    assert (block.until_at, block.reference) == (until, None)  # its inquiry is not in the copy
