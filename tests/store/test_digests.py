from datetime import timedelta

from bot.store import digests
from bot.store.database import Database
from tests.support.clock import START


async def test_a_chosen_time_replaces_an_earlier_one(database: Database) -> None:
    async with database.transaction() as tx:
        await digests.choose(tx, "wohnen-kontakt", "07:30")
        await digests.choose(tx, "leitung", "09:00")
        await digests.choose(tx, "wohnen-kontakt", digests.OFF)

        assert await digests.load_chosen(tx) == {"wohnen-kontakt": "off", "leitung": "09:00"}


async def test_the_last_digest_is_remembered_for_each_contact(database: Database) -> None:
    async with database.transaction() as tx:
        assert await digests.find_last(tx, "leitung") is None
        await digests.mark_sent(tx, START, "leitung")
        await digests.mark_sent(tx, START + timedelta(days=1), "leitung")

        assert await digests.find_last(tx, "leitung") == START + timedelta(days=1)
        assert await digests.find_last(tx, "wohnen-kontakt") is None
