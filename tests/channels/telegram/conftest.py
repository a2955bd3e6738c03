"""A scripted Bot API and an open line to it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.channels.telegram.line import Line, build_line
from tests.support.transport import TOKEN, ScriptedApi


@pytest.fixture
async def api() -> ScriptedApi:
    return ScriptedApi()


@pytest.fixture
async def line(api: ScriptedApi) -> AsyncIterator[Line]:
    line = build_line(TOKEN, api.url, api.wire)
    await line.open()
    yield line
    await line.close()
