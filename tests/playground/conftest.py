"""A fixed scene, and a playground that is really served."""

from collections.abc import AsyncIterator

import pytest

# Loaded early: served files load it deep inside a request, where Python 3.11.7 fails to parse it under pytest.
from anyio import open_file  # noqa: F401
from telegram import Bot

from bot.playground.server import Playground, serving
from tests.playground.scene import Scene
from tests.support.driver import Driver


@pytest.fixture(autouse=True)
def _timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client warns about `RetryAfter` unless it may give a timedelta, and warnings are errors."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    async with serving() as served:
        yield served


@pytest.fixture
def driver(playground: Playground) -> Driver:
    return Driver(playground, wait_s=3.0)


@pytest.fixture
async def bot(playground: Playground) -> AsyncIterator[Bot]:
    """python-telegram-bot's own client, told only another address."""
    base = playground.url
    async with Bot(playground.world.bot.token, base_url=f"{base}/bot", base_file_url=f"{base}/file/bot") as client:
        yield client
