from datetime import timedelta

import pytest

from bot.errors import NotFoundError
from bot.model import Address, Person
from bot.store import held, inquiries, people
from bot.store.database import Database
from bot.store.held import HeldFor
from tests.support.builders import MARIA, make_decision, make_message
from tests.support.clock import START


async def test_somebody_new_is_known_by_their_address_then(database: Database) -> None:
    async with database.transaction() as tx:
        assert await people.find_by_address(tx, MARIA) is None
        maria = await people.add(tx, START, MARIA, "Maria", "de")

        assert maria == Person(1, MARIA, "Maria", "de", None)
        assert await people.find_by_address(tx, MARIA) == maria
        assert await people.get(tx, maria.id) == maria


async def test_the_same_number_on_another_channel_is_somebody_else(database: Database) -> None:
    async with database.transaction() as tx:
        await people.add(tx, START, MARIA, "Maria", "de")

        assert await people.find_by_address(tx, Address("mail", MARIA.chat)) is None


async def test_nobody_is_there_by_a_number_never_given_out(database: Database) -> None:
    async with database.reading() as tx:
        with pytest.raises(NotFoundError, match="person 7"):
            await people.get(tx, 7)


async def test_notice_and_language_are_kept(database: Database) -> None:
    async with database.transaction() as tx:
        maria = await people.add(tx, START, MARIA, "Maria", "de")
        await people.mark_noticed(tx, START, maria.id, "1")
        await people.set_language(tx, maria.id, "en")

        assert await people.get(tx, maria.id) == Person(maria.id, MARIA, "Maria", "en", START, "1")


async def test_another_name_takes_the_place_of_the_former(database: Database) -> None:
    async with database.transaction() as tx:
        maria = await people.add(tx, START, MARIA, "Maria", "de")
        renamed = await people.rename(tx, maria, "Mara")

        assert renamed == await people.get(tx, maria.id) == Person(maria.id, MARIA, "Mara", "de", None)


async def test_who_was_shown_a_newer_notice_went_on_when_they_did(database: Database) -> None:
    async with database.transaction() as tx:
        maria = await people.add(tx, START, MARIA, "Maria", "de")
        await people.mark_noticed(tx, START, maria.id, "1")
        await people.mark_told(tx, maria.id, "2")

        assert await people.get(tx, maria.id) == Person(maria.id, MARIA, "Maria", "de", START, "2")


async def test_who_never_went_on_is_forgotten(database: Database) -> None:
    async with database.transaction() as tx:
        maria = await people.add(tx, START, MARIA, "Maria", "de")
        await people.forget_unnoticed(tx, START - timedelta(seconds=1), 10)
        assert await people.find_by_address(tx, MARIA) == maria
        await people.forget_unnoticed(tx, START, 10)

        assert await people.find_by_address(tx, MARIA) is None


KEPT = ["noticed", "with an inquiry", "with a held message"]


@pytest.mark.parametrize("why", KEPT)
async def test_nobody_else_is_forgotten(database: Database, why: str) -> None:
    async with database.transaction() as tx:
        maria = await people.add(tx, START, MARIA, "Maria", "de")
        match why:
            case "noticed":
                await people.mark_noticed(tx, START, maria.id, "1")
            case "with an inquiry":
                await inquiries.add(tx, START, maria.id, make_decision())
            case _:
                await held.add(tx, START, maria.id, HeldFor.NOTICE, make_message(), START + timedelta(days=1))

        await people.forget_unnoticed(tx, START, 10)

        assert await people.find_by_address(tx, MARIA) is not None
