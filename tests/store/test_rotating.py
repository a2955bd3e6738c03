"""Changing the key: all or nothing, and the same database before and after."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.model import Address, Draft
from bot.store import journal, messages, outbox, people
from bot.store.database import Database
from bot.store.rotating import rotate
from tests.support.builders import make_message
from tests.support.clock import START
from tests.support.keys import KEY, NEW_KEY, OTHER_KEY
from tests.support.sealed import bytes_of, dump, write_something

WORDS = (b"Zwetschgenkuchen", b"Mariandl")


async def opened(path: Path, keys: str | None) -> list[tuple[object, ...]]:
    """Return everything that is sealed, as the store reads it."""
    async with await Database.open(f"sqlite:///{path}", keys=keys) as database, database.reading() as tx:
        found = []
        for sql in (
            "SELECT id, chat, first_name FROM people",
            "SELECT id, chat, message, text FROM messages",
            "SELECT id, chat, state, draft FROM outbox",
        ):
            found += [tuple(row) for row in await tx.all(sql)]
        return found


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    path = tmp_path / "test.db"
    await write_something(f"sqlite:///{path}", None)
    return path


async def test_there_and_back_everything_reads_the_same(path: Path) -> None:
    before = await opened(path, None)

    assert rotate(path, KEY, encrypt=True) > 0
    assert [word for word in WORDS if word in bytes_of(path.parent)] == []
    assert [row[1:3] for row in await opened(path, KEY)][:2] == [row[1:3] for row in before][:2]

    rotate(path, f"{NEW_KEY},{KEY}", encrypt=True)
    assert [word for word in WORDS if word in bytes_of(path.parent)] == []
    with pytest.raises(StoreError):
        await Database.open(f"sqlite:///{path}", keys=KEY)

    rotate(path, NEW_KEY, encrypt=False)
    after = await opened(path, None)
    assert [row[:3] for row in after] == [row[:3] for row in before]
    assert all(word in bytes_of(path.parent) for word in WORDS)


async def test_cut_short_nothing_has_changed(path: Path) -> None:
    before = dump(path)

    def pull_the_plug(done: int, total: int) -> None:
        assert 0 < done <= total
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate(path, KEY, encrypt=True, progress=pull_the_plug)

    assert dump(path) == before
    assert rotate(path, KEY, encrypt=True) > 0


async def test_without_the_key_in_use_nothing_is_changed(path: Path) -> None:
    rotate(path, KEY, encrypt=True)
    before = dump(path)

    for keys in (NEW_KEY, f"{NEW_KEY},{OTHER_KEY}"):
        with pytest.raises(StoreError, match="sealed with a key that is not there"):
            rotate(path, keys, encrypt=True)

    assert dump(path) == before


LOOKALIKE = "~seal:9:b:AAAA~"


async def write_lookalikes(path: Path, keys: str | None, number: int) -> None:
    """Write what looks like a seal wherever people's words are kept: as a column, and within a document."""
    writer = Address("telegram", 6_549_608_700 + number)
    async with await Database.open(f"sqlite:///{path}", keys=keys) as database, database.transaction() as tx:
        await people.add(tx, START, writer, LOOKALIKE, "de")
        await messages.add(tx, 1, "inquirer", make_message(LOOKALIKE, address=writer, message=number))
        await outbox.add(tx, START, Draft(writer, text=LOOKALIKE))


async def test_words_that_look_like_a_seal_keep_nobody_from_changing_the_key(path: Path) -> None:
    await write_lookalikes(path, None, 1)
    rotate(path, KEY, encrypt=True)
    await write_lookalikes(path, KEY, 2)
    before = await opened(path, KEY)

    rotate(path, f"{NEW_KEY},{KEY}", encrypt=True)
    rotate(path, NEW_KEY, encrypt=False)

    after = await opened(path, None)
    assert str(after).count(LOOKALIKE) == 6
    assert [row[:3] for row in after] == [row[:3] for row in before]


async def test_a_document_sealed_with_a_key_that_is_not_there_stops_the_change(path: Path) -> None:
    rotate(path, KEY, encrypt=True)
    with closing(sqlite3.connect(path)) as connection:
        [(draft,)] = connection.execute("SELECT draft FROM outbox LIMIT 1").fetchall()
        connection.execute("UPDATE outbox SET draft = ?", (draft.replace("~seal:1:b", "~seal:9:b"),))
        connection.commit()

    with pytest.raises(StoreError, match="table 'outbox' is sealed with a key that is not there"):
        rotate(path, f"{NEW_KEY},{KEY}", encrypt=True)


async def test_a_key_is_needed(path: Path) -> None:
    with pytest.raises(StoreError, match="DATABASE_KEY: not set"):
        rotate(path, None, encrypt=True)


async def test_many_rows_go_in_portions(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.executemany(
        "INSERT INTO people (channel, chat, first_name, language, created_at) VALUES ('telegram', ?, ?, 'de', 't')",
        [(number, "Veronika") for number in range(9_000, 10_300)],
    )
    connection.commit()
    connection.close()
    steps: list[int] = []

    done = rotate(path, KEY, encrypt=True, progress=lambda done, total: steps.append(total))

    assert len(steps) > 3
    assert done == steps[0] == steps[-1]
    assert b"Veronika" not in bytes_of(path.parent)
    assert len(await opened(path, KEY)) == 1_303


async def test_the_journal_is_append_only_again_afterwards(path: Path) -> None:
    async with await Database.open(f"sqlite:///{path}") as database, database.transaction() as tx:
        await journal.record(tx, START, "inquiry.opened", words="Zwetschgenkuchen")
    rotate(path, KEY, encrypt=True)

    async with await Database.open(f"sqlite:///{path}", keys=KEY) as database:
        async with database.reading() as tx:
            assert [entry.data for entry in await journal.list_after(tx, 0, 10)] == [{"words": "Zwetschgenkuchen"}]
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            async with database.transaction() as tx:
                await tx.run("UPDATE journal SET event = 'nothing'")
    assert [word for word in WORDS if word in bytes_of(path.parent)] == []
