"""The keys a database is under: what a wrong, missing or faulty one does."""

import sqlite3
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store.database import Database
from bot.store.keys import list_columns, load_seals
from tests.support.keys import KEY, NEW_KEY, OTHER_KEY
from tests.support.sealed import dump, write_something

FAULTY_KEYS = [
    ("no number", KEY.partition(":")[2], "key 1 is no number:secret"),
    ("too short", "1:abc", "key 1 is no number:secret"),
    ("the second", f"{KEY},2", "key 2 is no number:secret"),
    ("twice the same number", f"{KEY},{KEY}", "same number"),
]


@pytest.mark.parametrize(("label", "keys", "what"), FAULTY_KEYS, ids=[row[0] for row in FAULTY_KEYS])
def test_a_faulty_key_is_told_without_telling_it(label: str, keys: str, what: str) -> None:
    with pytest.raises(StoreError, match=what) as caught:
        load_seals(keys)

    assert KEY.partition(":")[2] not in str(caught.value)


KEYS = [
    ("no key", None, r"not set, but the database is encrypted with key 1"),
    ("another key of that number", OTHER_KEY, r"not the key 1 the database is encrypted with"),
    ("another key", NEW_KEY, r"not the key 1 the database is encrypted with"),
    ("a new key in front", f"{NEW_KEY},{KEY}", r"still under key 1, and key 2 stands first.*rotate-key"),
]


@pytest.mark.parametrize(("label", "keys", "what"), KEYS, ids=[row[0] for row in KEYS])
async def test_a_wrong_key_changes_nothing(tmp_path: Path, label: str, keys: str | None, what: str) -> None:
    url = f"sqlite:///{tmp_path / 'test.db'}"
    await write_something(url, KEY)
    before = dump(tmp_path / "test.db")

    with pytest.raises(StoreError, match=what):
        await Database.open(url, keys=keys)

    assert dump(tmp_path / "test.db") == before
    async with await Database.open(url, keys=f"{KEY},{NEW_KEY}"):
        pass  # older keys, or ones still to come, may stand behind


async def test_a_database_with_words_in_it_is_not_half_encrypted(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'test.db'}"
    await write_something(url, None)

    with pytest.raises(StoreError, match=r"not encrypted yet\. Stop the bot and encrypt it: python -m bot rotate-key"):
        await Database.open(url, keys=KEY)

    async with await Database.open(url):
        pass


async def test_a_new_database_takes_the_key_it_is_given(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'test.db'}"
    async with await Database.open(url):
        pass
    async with await Database.open(url, keys=KEY):
        pass

    with pytest.raises(StoreError, match="not set"):
        await Database.open(url)


async def test_every_column_that_holds_a_chat_or_words_is_named(tmp_path: Path) -> None:
    async with await Database.open(f"sqlite:///{tmp_path / 'test.db'}"):
        columns = list_columns(sqlite3.connect(tmp_path / "test.db"))

    for table, names in {
        "people": {"chat", "first_name"},
        "messages": {"chat", "text"},
        "inbox": {"raw", "lane", "meaning"},
        "outbox": {"chat", "draft"},
        "held": {"message"},
        "desk_held": {"chat", "message"},
        "buttons": {"chat"},
        "contact_addresses": {"chat"},
        "moved_groups": {"old", "new"},
        "inquiries": {"decision"},
        "journal": {"data"},
        "strange_groups": {"chat"},
    }.items():
        assert names <= set(columns[table]), table
