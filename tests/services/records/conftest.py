"""The stage on which the services' stories play."""

from collections.abc import AsyncIterator

import pytest

from tests.support.stage import Stage, raise_stage


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """A small county's bot on a Thursday at 9 in the morning, with nobody having written yet."""
    async with raise_stage() as stage:
        yield stage
