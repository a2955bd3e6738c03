"""Delivery to a webhook: the secret, the order, and what comes again."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot, Update

from bot.playground.changes import Signal
from bot.playground.server import QuietServer, listener_on
from tests.support.driver import Driver


@dataclass
class Hook:
    """A bot's webhook: what it was told, and what it answers; 0 holds the answer back."""

    url: str = ""
    texts: list[str] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    signal: Signal = field(default_factory=Signal)
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, request: Request) -> Response:
        update = Update.de_json(await request.json(), None)
        assert update is not None
        assert update.effective_message is not None
        self.texts.append(str(update.effective_message.text))
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.signal.changed()
        status = self.answers.pop(0) if self.answers else 200
        if status == 0:
            await self.gate.wait()
        return Response(status_code=status or 200)

    async def has(self, count: int) -> list[str]:
        assert await self.signal.until(lambda: len(self.texts) >= count or None, 3), self.texts
        return self.texts


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    taking = Hook()
    app = Starlette(routes=[Route("/hook", taking.take, methods=["POST"])])
    listener = listener_on(0)
    server = QuietServer(uvicorn.Config(app, ws="none", lifespan="off", log_config=None))
    served = asyncio.create_task(server.serve([listener]))
    await server.ready.wait()
    taking.url = f"http://127.0.0.1:{listener.getsockname()[1]}/hook"
    yield taking
    taking.gate.set()
    server.stopping.set()
    await served


async def test_updates_are_delivered_with_the_secret_and_are_then_done(bot: Bot, driver: Driver, hook: Hook) -> None:
    driver.person("Anna").writes("vorher")
    await bot.set_webhook(hook.url, secret_token="geheim_1")
    driver.person("Anna").writes("nachher")
    assert await hook.has(2) == ["vorher", "nachher"]
    assert hook.secrets == ["geheim_1", "geheim_1"]
    await driver.confirmed()
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count, info.last_error_message) == (hook.url, 0, None)


async def test_what_is_not_answered_with_2xx_comes_again_and_holds_its_chat(
    bot: Bot, driver: Driver, hook: Hook
) -> None:
    driver.playground.webhooks.first_pause_s = 0.01
    hook.answers = [500, 503, 200]
    await bot.set_webhook(hook.url)
    anna = driver.person("Anna")
    anna.writes("eins")
    anna.writes("zwei")
    assert await hook.has(4) == ["eins", "eins", "eins", "zwei"]
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 503 Service Unavailable"


async def test_a_slow_chat_does_not_hold_another(bot: Bot, driver: Driver, hook: Hook) -> None:
    hook.answers = [0]
    await bot.set_webhook(hook.url)
    driver.person("Anna").writes("langsam")
    await hook.has(1)
    driver.person("Ben").writes("schnell")
    assert await hook.has(2) == ["langsam", "schnell"]
    assert await driver.world.updates.signal.until(lambda: waiting_texts(driver) == ["langsam"] or None, 3)
    hook.gate.set()
    await driver.confirmed()


def waiting_texts(driver: Driver) -> list[str]:
    return [update.payload["text"] for update in driver.world.updates.pending()]


async def test_one_connection_delivers_one_after_another(bot: Bot, driver: Driver, hook: Hook) -> None:
    hook.answers = [0]
    await bot.set_webhook(hook.url, max_connections=1)
    driver.person("Anna").writes("langsam")
    await hook.has(1)
    driver.person("Ben").writes("wartet")
    await asyncio.sleep(0)
    assert hook.texts == ["langsam"]
    hook.gate.set()
    assert await hook.has(2) == ["langsam", "wartet"]


async def test_a_dead_webhook_keeps_updates_for_polling(bot: Bot, driver: Driver) -> None:
    await bot.set_webhook("http://127.0.0.1:9/hook")
    driver.person("Anna").writes("bleibt")
    hook = driver.world.updates.webhook
    assert hook is not None
    assert await driver.world.updates.signal.until(lambda: hook.last_error or None, 3)
    info = await bot.get_webhook_info()
    assert (info.pending_update_count, info.last_error_message) == (1, "Connection failed: ConnectError")
    await bot.delete_webhook()
    assert [update.effective_message.text for update in await bot.get_updates() if update.effective_message] == [
        "bleibt"
    ]


async def test_waiting_updates_can_be_dropped(bot: Bot, driver: Driver) -> None:
    driver.person("Anna").writes("vergessen")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()
