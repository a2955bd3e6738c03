"""The real process on an encrypted database: it works, it starts with no other key, and its files tell nothing."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.support.keys import KEY, NEW_KEY
from tests.support.office import House, Office, open_house

SECRET = "Zwetschgendatschi"


@pytest_asyncio.fixture(loop_scope="session")
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path, DATABASE_KEY=KEY) as opened:
        yield opened


def stored(house: House) -> bytes:
    folder = house.bot.database.parent
    return b"".join(path.read_bytes() for path in folder.glob(f"{house.bot.database.name}*"))


async def test_words_and_addresses_are_encrypted_and_the_key_can_be_changed(house: House) -> None:
    office = Office(house)
    person = await office.known("Mariandl")
    reference = await office.takes_in(person, f"Ich suche ein Zimmer mit {SECRET}.")
    card = await office.wohnen.sees(SECRET)
    office.wohnen.replies(card, f"Auch wir mögen {SECRET}.")
    answer = await person.sees("Auch wir mögen")
    await office.settles()
    assert reference.encode() in stored(house)
    for word in (SECRET, "Mariandl", str(person.id)):
        assert word.encode() not in stored(house)
    story = await house.bot.command("show", reference)
    assert f"Auch wir mögen {SECRET}." in story.out

    refused = await house.bot.command("rotate-key", DATABASE_KEY=f"{NEW_KEY},{KEY}")
    assert (refused.code, refused.out) == (1, "")
    assert "another bot process is using this database" in refused.err
    assert await house.bot.stop() == 0

    turned = await house.bot.command("rotate-key", DATABASE_KEY=f"{NEW_KEY},{KEY}")
    assert turned.code == 0, turned.err
    assert "encrypted with key 2" in turned.out
    for key in ("", KEY):
        wrong = await house.bot.command("run", DATABASE_KEY=key)
        assert wrong.code == 1
        assert wrong.err.startswith("DATABASE_KEY: not ")
        assert KEY.partition(":")[2] not in wrong.err

    await house.bot.start(DATABASE_KEY=NEW_KEY)
    person.replies(answer, "Sehr gut")
    await office.wohnen.sees("Sehr gut")
    assert SECRET.encode() not in stored(house)

    doctor = await house.bot.command("doctor", DATABASE_KEY=NEW_KEY)
    assert "good  encryption: on, with key 2." in doctor.out
