"""Sealing columns: what is sealed, and what comes back."""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.store
from bot.model import Address, Draft
from bot.store import outbox, people, sending
from bot.store.database import Database
from bot.store.keys import load_seals
from bot.store.sealing import _OPEN_KEYS, KINDS, Seal, Sealing
from bot.store.values import DRAFT
from tests.support.clock import START
from tests.support.keys import KEY, NEW_KEY
from tests.support.sealed import MARIA, bytes_of, write_something

FIRST, SECOND = load_seals(f"{KEY},{NEW_KEY}")
SEALING = Sealing([FIRST], FIRST)
OPEN = Sealing([], None)
NAMES = sorted(name for name, kind in KINDS.items() if kind.value in ("body", "address"))


# ------------------------------------------------------------ values


@given(text=st.text(min_size=1))
def test_every_text_comes_back(text: str) -> None:
    for name in NAMES:
        sealed = SEALING.seal(name, text)

        assert sealed != text
        assert SEALING.open(sealed) == text


@given(number=st.integers(-(2**63), 2**63 - 1))
def test_every_number_comes_back_as_a_number(number: int) -> None:
    assert SEALING.open(SEALING.seal("chat", number)) == number


def test_equal_addresses_are_found_again_and_equal_texts_do_not_show() -> None:
    assert SEALING.seal("chat", 1001) == SEALING.seal("chat", 1001)
    assert SEALING.seal("chat", 1001) != SEALING.seal("chat", 1002)
    assert SEALING.seal("text", "Guten Tag") != SEALING.seal("text", "Guten Tag")


UNTOUCHED = [
    ("another column", "state", "queued"),
    ("nothing", "text", None),
    ("no address any more", "lane", ""),
    ("a message's number", "message", 42),
]


@pytest.mark.parametrize(("label", "name", "value"), UNTOUCHED, ids=[row[0] for row in UNTOUCHED])
def test_what_nobody_wrote_stays_as_it_is(label: str, name: str, value: Any) -> None:
    assert SEALING.seal(name, value) == value


def test_without_a_key_nothing_is_sealed() -> None:
    assert OPEN.seal("text", "Guten Tag") == "Guten Tag"
    assert OPEN.open("Guten Tag") == "Guten Tag"


def test_of_a_document_what_sql_looks_for_stays_open_and_the_words_do_not() -> None:
    document = {
        "kind": "text",
        "purpose": "relay",
        "edits": 7,
        "address": {"channel": "telegram", "chat": -1001, "topic": 3},
        "text": 'Sie "wohnt" in Weil\n~',
        "buttons": [[{"label": "Übernehmen", "token": "the.button"}]],
        "then": {"text": "Danke", "forget": True},
    }

    sealed = SEALING.seal("draft", json.dumps(document))

    looked_at = json.loads(sealed)
    assert (looked_at["kind"], looked_at["purpose"], looked_at["edits"]) == ("text", "relay", 7)
    assert looked_at["address"]["chat"] == SEALING.seal("chat", -1001), "found by its chat"
    for word in ("wohnt", "Übernehmen", "Danke", "-1001", "the.button"):
        assert word not in sealed
    assert json.loads(SEALING.open(sealed)) == document


# Numbers and truth values in documents, which stay as they are, and a chat, of which equal ones look alike.
COMPARED_AS_THEY_ARE = {
    *("message", "message_id", "inquiry_id", "assignment_id", "topic", "chat"),
    *("edits", "delivery", "reply_to_delivery", "quiet", "forget", "urgent"),
}
_LOOKS_INTO = re.compile(r"(unseal\()?json_extract\([\w.]+,\s*'\$\.(?:\w+\.)*(\w+)'")


def test_no_statement_compares_a_text_of_a_document_as_it_is_sealed() -> None:
    looked_for = {
        (path.name, key)
        for path in Path(bot.store.__path__[0]).rglob("*.*")
        if path.suffix in (".py", ".sql")
        for unsealed, key in _LOOKS_INTO.findall(path.read_text("utf-8"))
        if not unsealed
    }

    assert looked_for, "nothing is found any more"
    assert {(name, key) for name, key in looked_for if key not in _OPEN_KEYS | COMPARED_AS_THEY_ARE} == set()


def test_a_document_is_written_as_closely_as_it_came() -> None:
    """By that SQL sees that a delivery is about no inquiry, and need not read it as JSON (`outbox.ABOUT`)."""
    document = DRAFT.dump_json(Draft(MARIA, text="Guten Tag")).decode()

    assert '"about":[]' in document
    assert '"about":[]' in SEALING.seal("draft", document)
    assert SEALING.open(SEALING.seal("draft", document)) == document


def test_a_record_looks_the_same_each_time_so_that_a_button_is_made_once() -> None:
    record = json.dumps({"contact": "wohnen-kontakt", "field": "wohnen", "inquiry": 3})

    assert SEALING.seal("data", record) == SEALING.seal("data", record)
    assert "wohnen-kontakt" not in SEALING.seal("data", record)
    assert json.loads(SEALING.open(SEALING.seal("data", record))) == json.loads(record)


def test_texts_put_together_by_sql_are_opened_each() -> None:
    together = "\n".join(SEALING.seal("text", text) for text in ("eins", 'zwei "drei"'))

    assert SEALING.open(together) == 'eins\nzwei "drei"'


LOOKALIKES = ["~seal:1:b:Zm9v~", "~seal:9:n:Zm9v~", "sagt ~seal:1:b:x~ und geht", "~seal:1:b:~", "~seal:"]


@pytest.mark.parametrize("text", LOOKALIKES)
def test_words_that_look_like_a_seal_are_just_words(text: str) -> None:
    assert SEALING.open(text) == text
    assert SEALING.open(SEALING.seal("text", text)) == text


def test_another_key_opens_nothing() -> None:
    sealed = SEALING.seal("text", "Guten Tag")

    assert Sealing([SECOND], SECOND).open(sealed) == sealed
    assert Sealing([Seal(1, bytes(32))], None).open(sealed) == sealed
    assert Sealing([SECOND, FIRST], SECOND).open(sealed) == "Guten Tag"


# ------------------------------------------------------------ a database


async def test_words_names_and_addresses_are_nowhere_in_the_files(tmp_path: Path) -> None:
    await write_something(f"sqlite:///{tmp_path / 'test.db'}", KEY)

    stored = bytes_of(tmp_path)
    assert b"2026-0001" in stored
    for word in (b"Zwetschgenkuchen", b"Mariandl", str(MARIA.chat).encode()):
        assert word not in stored


async def test_a_document_written_widely_by_an_earlier_version_is_found_too(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'test.db'}"
    await write_something(url, KEY)
    async with await Database.open(url, keys=KEY) as database, database.transaction() as tx:
        about = [await outbox.add(tx, START, Draft(MARIA, text="Liste", about=about)) for about in ((), (1,), (2, 1))]
    with closing(sqlite3.connect(tmp_path / "test.db")) as connection:
        rows = connection.execute("SELECT json(draft), id FROM outbox").fetchall()
        wide = [(json.dumps(json.loads(draft), ensure_ascii=False), number) for draft, number in rows]
        connection.executemany("UPDATE outbox SET draft = ? WHERE id = ?", wide)
        connection.commit()
    assert '"about": []' in str(wide)

    async with await Database.open(url, keys=KEY) as database, database.reading() as tx:
        assert [delivery.id for delivery in await outbox.list_about(tx, 1)] == about[1:]


async def test_everything_is_found_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'test.db'}"
    await write_something(url, KEY)

    async with await Database.open(url, keys=KEY) as database, database.transaction() as tx:
        maria = await people.find_by_address(tx, MARIA)
        assert maria is not None
        assert (maria.first_name, maria.address) == ("Mariandl", MARIA)
        assert await people.find_by_address(tx, Address(MARIA.channel, MARIA.chat + 1)) is None
        [ready] = await sending.list_ready(tx, START, 10)
        [delivery] = await sending.claim(tx, START, [ready.id])
        assert ready.chat == MARIA.chat
        assert delivery.draft.text == "Zwetschgenkuchen ist angekommen"
