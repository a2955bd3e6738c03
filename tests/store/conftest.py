"""An open store, on a database that is gone afterwards, and a transaction in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.database import Database, Tx


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with await Database.open(f"sqlite:///{tmp_path / 'test.db'}") as database:
        yield database


@pytest.fixture
async def tx(database: Database) -> AsyncIterator[Tx]:
    async with database.transaction() as tx:
        yield tx
