"""A database belongs to one bot."""

import pytest

from bot.errors import StoreError
from bot.store import facts
from bot.store.database import Database


async def test_the_first_bot_to_come_owns_it_and_may_come_again_under_another_name(database: Database) -> None:
    for username in ("trial_bot", "trial_bot", "renamed_bot"):
        async with database.transaction() as tx:
            await facts.claim_for(tx, 6_100_200_300, username)


async def test_another_bot_is_refused_with_a_remedy(database: Database) -> None:
    async with database.transaction() as tx:
        await facts.claim_for(tx, 6_100_200_300, "trial_bot")

    with pytest.raises(StoreError, match=r"belongs to @trial_bot, the token to @real_bot.*set DATABASE_URL"):
        async with database.transaction() as tx:
            await facts.claim_for(tx, 7_000_000_001, "real_bot")
