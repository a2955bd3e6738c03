"""`python -m bot purge`: a line for whatever retention deletes, and nobody is kept waiting."""

import asyncio
import os
import signal
import sqlite3
import stat
from collections.abc import AsyncIterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from bot.console import purging
from bot.console.purging import MEANINGS, purge, rehearse
from bot.services.keeping import retention
from bot.services.keeping.retention import Purge
from bot.services.turn import Turn
from bot.store.copies import copy_to_try_on, list_left_copies
from bot.store.database import Database
from tests.support.keys import KEY
from tests.support.rulebook import TO_HOUSING, all_texts
from tests.support.stage import Stage, raise_stage, some_about_housing

WOULD = "Would be done now (nothing was changed):\n"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with raise_stage(folder=tmp_path) as stage:
        yield stage


def test_whatever_retention_counts_has_a_line() -> None:
    assert set(MEANINGS) == set(Purge().counts)


async def rehearsed(stage: Stage, folder: Path, keys: str | None = None) -> str:
    url = f"sqlite:///{folder / 'stage.db'}"
    return await rehearse(url, stage.book, all_texts(), keys=keys, clock=stage.clock)


def folders(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_dir()]


async def test_a_block_that_ran_out_is_told_and_goes(stage: Stage, tmp_path: Path) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    await stage.contact("leitung").writes("/sperren 2026-0001 1 Tag")
    stage.clock.turn(days=2)

    assert "1  blocks" in await rehearsed(stage, tmp_path)
    assert "1  blocks" in await purge(stage.database, stage.book, all_texts(), clock=stage.clock)
    assert await stage.count("blocks") == 0


async def closed_long_ago(stage: Stage, count: int) -> None:
    """Let so many inquiries be closed and due for deletion."""
    wohnen = await some_about_housing(stage, count)
    for number in range(1, count + 1):
        await wohnen.presses("btn-done", wohnen.card(f"2026-{number:04d}"))
    stage.clock.turn(days=90)


@pytest.mark.parametrize("keys", [None, KEY], ids=["in the clear", "encrypted"])
async def test_a_dry_run_tells_all_portions_and_changes_nothing(
    tmp_path: Path, keys: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "PORTION", 1)
    async with raise_stage(folder=tmp_path, keys=keys) as stage:
        await closed_long_ago(stage, 2)

        told = await rehearsed(stage, tmp_path, keys)

        assert told.startswith(WOULD)
        assert "     2  closed inquiries deleted (privacy.retention.content)\n" in told
        assert await stage.count("inquiries") == 2
        done = await purge(stage.database, stage.book, all_texts(), clock=stage.clock)
        assert done == told.replace(WOULD, "Done:\n")
        assert await stage.count("inquiries") == 0


async def test_a_dry_run_keeps_no_writer_waiting(stage: Stage, tmp_path: Path) -> None:
    await closed_long_ago(stage, 1)
    with closing(sqlite3.connect(tmp_path / "stage.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        assert (await rehearsed(stage, tmp_path)).startswith(WOULD)


async def test_the_copy_of_a_dry_run_is_private_and_gone_when_the_process_is_told_to_end(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await closed_long_ago(stage, 1)
    modes: list[int] = []

    async def told_to_end(_: Turn) -> Purge:
        [folder] = folders(tmp_path)
        modes.extend(stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.iterdir()))
        os.kill(os.getpid(), signal.SIGTERM)
        raise AssertionError("still running")

    monkeypatch.setattr(purging, "run", told_to_end)
    with pytest.raises(SystemExit) as ended:
        await rehearsed(stage, tmp_path)

    assert ended.value.code == 128 + signal.SIGTERM
    assert modes[0] == 0o700
    assert set(modes[1:]) == {0o600}
    assert folders(tmp_path) == []
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def leave_a_copy(folder: Path) -> Path:
    """Leave what a dry run leaves whose process was killed."""
    left = folder / "stage.db.trying-abc123"
    left.mkdir(0o700)
    for name in ("stage.db", "in-use.lock"):
        (left / name).write_bytes(b"")
    return left


async def test_a_copy_left_by_one_that_was_killed_goes_with_the_next(stage: Stage, tmp_path: Path) -> None:
    leave_a_copy(tmp_path)
    (tmp_path / "other.db.trying-abc123").mkdir()

    await rehearsed(stage, tmp_path)

    assert [path.name for path in folders(tmp_path)] == ["other.db.trying-abc123"]


async def test_or_when_the_bot_starts_but_none_that_is_in_use(stage: Stage, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'stage.db'}"
    with copy_to_try_on(tmp_path / "stage.db") as copy:
        assert list_left_copies(tmp_path / "stage.db") == []
        left = leave_a_copy(tmp_path)
        assert list_left_copies(tmp_path / "stage.db") == [left]

        await (await Database.open(url, exclusive=True)).close()

        assert folders(tmp_path) == [copy.parent]
        assert copy.is_file()
    assert folders(tmp_path) == []


async def test_between_two_portions_of_a_purge_others_write(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "PORTION", 1)
    await closed_long_ago(stage, 3)
    seen: set[int] = set()

    async def write(other: sqlite3.Connection) -> None:
        while True:
            await asyncio.sleep(0.01)
            with suppress(sqlite3.OperationalError):  # locked: whoever purges is at a portion
                other.execute("BEGIN IMMEDIATE")
                seen.add(other.execute("SELECT count(*) FROM inquiries").fetchone()[0])
                other.execute("COMMIT")

    with closing(sqlite3.connect(tmp_path / "stage.db", timeout=0, isolation_level=None)) as other:
        writing = asyncio.create_task(write(other))
        await purge(stage.database, stage.book, all_texts(), clock=stage.clock)
        writing.cancel()

    assert seen >= {2, 1}
