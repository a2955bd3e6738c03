from datetime import timedelta

from bot.store import inquiries, people, slips
from bot.store.database import Database
from tests.support.builders import MARIA, make_decision
from tests.support.clock import START


async def test_a_slipped_promise_is_told_once_and_a_later_one_again(database: Database) -> None:
    async with database.transaction() as tx:
        person = await people.add(tx, START, MARIA, "Maria", "de")
        inquiry = await inquiries.add(tx, START, person.id, make_decision())
        other = await inquiries.add(tx, START, person.id, make_decision())
        later = START + timedelta(microseconds=1)

        assert await slips.mark_told(tx, START, inquiry.id, START)
        assert not await slips.mark_told(tx, later, inquiry.id, START)
        assert await slips.mark_told(tx, later, inquiry.id, later)
        assert not await slips.mark_told(tx, later, inquiry.id, START)
        assert await slips.mark_told(tx, START, other.id, START)
