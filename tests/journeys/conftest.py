"""One bot for all journeys that need no bot of their own; each begins with people it has never heard of.

They can be made with a bot that receives by webhook, too: `JOURNEYS_BY=webhook python -m pytest tests/journeys`.
"""

import os
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.support.office import House, Office, open_house
from tests.support.process import by_webhook


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let all journeys run in one loop, which the bot's stand-in is served in, and mark them."""
    for item in items:
        if item.path.parent.name == "journeys":
            item.add_marker(pytest.mark.process)
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    way = by_webhook() if os.environ.get("JOURNEYS_BY") == "webhook" else {}
    async with open_house(tmp_path_factory.mktemp("house"), **way) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def office(house: House) -> AsyncIterator[Office]:
    office = Office(house)
    yield office
    await office.check()
