from bot.store import notices
from bot.store.database import Database
from tests.support.clock import START


async def test_what_a_version_says_is_kept_as_it_was_first_shown(database: Database) -> None:
    async with database.transaction() as tx:
        assert await notices.find(tx, "abcd1234") is None
        await notices.remember(tx, START, "abcd1234", {"de": "Wir löschen alles."})
        await notices.remember(tx, START, "abcd1234", {"de": "etwas anderes"})

        assert await notices.find(tx, "abcd1234") == {"de": "Wir löschen alles."}
