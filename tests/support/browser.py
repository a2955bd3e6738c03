"""One headless Chromium for all tests of the page, and a fresh play for each.

A test file that wants them sets `pytestmark = browser_only` and imports the fixtures
(under other names than tests use them by, so that no argument hides an import).
"""

import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from bot.playground.control import Injected
from bot.playground.server import Playground, serving
from bot.playground.world import World
from tests.support.page import CAST, HOUSING, Play
from tests.support.scripted_bot import ScriptedBot, running

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


browser_only = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(
        CHROMIUM is None,
        reason="NO CHROMIUM: the playground's page is NOT tested. On Debian and Ubuntu: apt install chromium",
    ),
]


@pytest_asyncio.fixture(name="browser", scope="session", loop_scope="session")
async def one_browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(name="play", loop_scope="session")
async def fresh_play(browser: Browser) -> AsyncIterator[Play]:
    world = World()
    for person in CAST:
        world.add_person(person)
    log: list[Any] = []

    async def start_afresh() -> None:
        log.clear()

    playground = Playground(world, Injected(on_reset=start_afresh, log_source=lambda: log))
    context = await browser.new_context(locale="de-DE", reduced_motion="reduce")
    page = await context.new_page()
    faults: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    async with serving(playground):
        bot = ScriptedBot(playground, HOUSING)
        bot.log = log
        page.on("request", lambda request: asked.append(request.url))
        async with running(bot):
            yield Play(page, playground, bot)
            await context.close()
    assert faults == []
    assert [url for url in asked if not url.startswith("http://127.0.0.1:")] == []
