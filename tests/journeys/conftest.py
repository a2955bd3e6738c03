"""One bot for all journeys that need no bot of their own; each begins with people it has never heard of."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.support.office import House, Office, open_house


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let all journeys run in one loop, which the bot's stand-in is served in, and mark them."""
    for item in items:
        if item.path.parent.name == "journeys":
            item.add_marker(pytest.mark.process)
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    async with open_house(tmp_path_factory.mktemp("house")) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def office(house: House) -> AsyncIterator[Office]:
    office = Office(house)
    yield office
    await office.check()
