import sqlite3
from datetime import timedelta

import pytest

from bot.model import Address, MessageKind
from bot.store import inquiries, messages, people
from bot.store.database import Database, Tx
from bot.store.messages import INQUIRER, StoredMessage
from tests.support.builders import MARIA, make_decision, make_message
from tests.support.clock import START

DESK = Address("telegram", 2001)


async def add_inquiry(tx: Tx) -> int:
    person = await people.find_by_address(tx, MARIA) or await people.add(tx, START, MARIA, "Maria", "de")
    return (await inquiries.add(tx, START, person.id, make_decision())).id


async def test_a_message_comes_back_as_it_was_stored(database: Database) -> None:
    async with database.transaction() as tx:
        inquiry_id = await add_inquiry(tx)
        message = make_message("Das Bad 🛁", message=7, kind=MessageKind.PHOTO, album="a1")
        stored = await messages.add(tx, inquiry_id, INQUIRER, message)

        kind = MessageKind.PHOTO
        assert stored == StoredMessage(1, inquiry_id, INQUIRER, MARIA, 7, kind, "Das Bad 🛁", "a1", START, None)
        assert await messages.find(tx, MARIA, 7) == stored


async def test_the_same_number_in_another_chat_is_another_message(database: Database) -> None:
    async with database.transaction() as tx:
        await messages.add(tx, await add_inquiry(tx), INQUIRER, make_message(message=7, album="a1"))

        assert await messages.find(tx, DESK, 7) is None
        assert await messages.find(tx, MARIA, 8) is None
        assert await messages.find_of_album(tx, make_message(address=DESK, album="a1")) is None


async def test_a_message_is_stored_once(database: Database) -> None:
    async with database.transaction() as tx:
        inquiry_id = await add_inquiry(tx)
        await messages.add(tx, inquiry_id, INQUIRER, make_message(message=7))

        with pytest.raises(sqlite3.IntegrityError):
            await messages.add(tx, inquiry_id, INQUIRER, make_message(message=7))


async def test_an_album_is_known_by_its_first_part(database: Database) -> None:
    async with database.transaction() as tx:
        inquiry_id = await add_inquiry(tx)
        for number in (7, 8):
            await messages.add(tx, inquiry_id, INQUIRER, make_message(message=number, album="a1"))

        first = await messages.find_of_album(tx, make_message(address=MARIA, album="a1"))
        assert first is not None
        assert first.message == 7


async def test_an_inquirys_messages_come_in_their_order(database: Database) -> None:
    async with database.transaction() as tx:
        inquiry_id, other = await add_inquiry(tx), await add_inquiry(tx)
        await messages.add(tx, inquiry_id, INQUIRER, make_message("Frage", message=1))
        await messages.add(tx, other, INQUIRER, make_message("Anderes", message=2))
        await messages.add(tx, inquiry_id, INQUIRER, make_message("Nachtrag", message=3))
        await messages.add(tx, inquiry_id, "wohnen-kontakt", make_message("Antwort", address=DESK, message=1))

        assert [one.text for one in await messages.list_of(tx, inquiry_id)] == ["Frage", "Nachtrag", "Antwort"]
        last = await messages.find_last_from_inquirer(tx, inquiry_id)
        assert last is not None
        assert last.text == "Nachtrag"
        assert await messages.find_last_from_inquirer(tx, 99) is None


async def test_an_edited_text_takes_the_place_of_the_first(database: Database) -> None:
    later = START + timedelta(minutes=5)
    async with database.transaction() as tx:
        stored = await messages.add(tx, await add_inquiry(tx), INQUIRER, make_message(message=7))
        await messages.set_text(tx, later, stored.id, "Neu")

        changed = await messages.find(tx, MARIA, 7)
        assert changed is not None
        assert (changed.text, changed.edited_at) == ("Neu", later)
