import json

from bot.store import notices
from bot.store.database import Database
from tests.support.clock import START


async def test_what_a_version_says_is_kept_as_it_was_first_shown(database: Database) -> None:
    async with database.transaction() as tx:
        await notices.remember(tx, START, "abcd1234", {"de": "Wir löschen alles."})
        await notices.remember(tx, START, "abcd1234", {"de": "etwas anderes"})

        [row] = await tx.all("SELECT version, texts FROM notices")
        assert (row["version"], json.loads(row["texts"])) == ("abcd1234", {"de": "Wir löschen alles."})
