from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.model import Address, MessageKind
from bot.store import held, people
from bot.store.database import Database, Tx
from bot.store.held import HeldFor
from tests.support.builders import MARIA, make_message
from tests.support.clock import START

LATER = START + timedelta(days=1)


async def add_person(tx: Tx, address: Address = MARIA) -> int:
    return (await people.add(tx, START, address, "Maria", "de")).id


async def hold(tx: Tx, person_id: int, number: int, expires_at: datetime = LATER) -> None:
    await held.add(tx, START, person_id, HeldFor.NOTICE, make_message(message=number), expires_at)


async def test_a_held_message_comes_back_whole(database: Database) -> None:
    message = make_message("Das Bad", kind=MessageKind.PHOTO, album="a1", reply_to=3)
    async with database.transaction() as tx:
        person_id = await add_person(tx)
        await held.add(tx, START, person_id, HeldFor.WHICH, message, LATER)

        [one] = await held.list_of(tx, person_id, HeldFor.WHICH)
        assert (one.person_id, one.reason, one.message) == (person_id, HeldFor.WHICH, message)
        assert await held.list_of(tx, person_id, HeldFor.NOTICE) == []


async def test_taken_they_are_held_no_longer(database: Database) -> None:
    async with database.transaction() as tx:
        person_id, other = await add_person(tx), await add_person(tx, Address("telegram", 1002))
        for number in (1, 2, 3):
            await hold(tx, person_id, number)
        await hold(tx, other, 4)

        assert [one.message.message for one in await held.take(tx, person_id, HeldFor.NOTICE)] == [1, 2, 3]
        assert await held.take(tx, person_id, HeldFor.NOTICE) == []
        assert len(await held.list_of(tx, other, HeldFor.NOTICE)) == 1


async def test_an_edited_form_takes_the_place_of_the_first(database: Database) -> None:
    async with database.transaction() as tx:
        person_id = await add_person(tx)
        await hold(tx, person_id, 1)
        [one] = await held.list_of(tx, person_id, HeldFor.NOTICE)
        await held.replace(tx, one.id, replace(one.message, text="Neu"))

        assert [one.message.text for one in await held.list_of(tx, person_id, HeldFor.NOTICE)] == ["Neu"]


@pytest.mark.parametrize(("at", "expired"), [(LATER - timedelta(microseconds=1), 0), (LATER, 1)])
async def test_it_expires_to_the_moment(database: Database, at: datetime, expired: int) -> None:
    async with database.transaction() as tx:
        person_id = await add_person(tx)
        await hold(tx, person_id, 1)
        await hold(tx, person_id, 2, LATER + timedelta(days=1))

        assert len(await held.take_expired(tx, at, HeldFor.WHICH)) == 0
        assert len(await held.take_expired(tx, at, HeldFor.NOTICE)) == expired
        assert len(await held.list_of(tx, person_id, HeldFor.NOTICE)) == 2 - expired
