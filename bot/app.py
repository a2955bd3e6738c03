"""The composition root: builds the parts, starts them, and ends them in the order that loses nothing.

```
Poller or webhook ─► inbox ─► InboxWorker ─► Dialogue ─► outbox ─► OutboxSender ─► Telegram
                                  Sweeper ──────┘
```

SIGTERM and SIGINT stop taking in, handling and sending; what is not sent yet waits in the outbox for the next start.
SIGHUP loads the rules again. Health pages and watchdog look on, and end last.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.channels.telegram import CHANNEL
from bot.channels.telegram.incoming import Translator
from bot.channels.telegram.line import Line, build_line
from bot.channels.telegram.outgoing import TelegramChannel
from bot.channels.telegram.receive import Poller
from bot.channels.telegram.registration import Registration
from bot.channels.telegram.storing import Storing
from bot.clock import Clock, SystemClock
from bot.errors import RulesError
from bot.logs import set_up_logging
from bot.operation.service_manager import ServiceManager, Watchdog
from bot.operation.supervisor import Part, Supervisor
from bot.routing.decide import Router
from bot.services.delivery.inbox import InboxWorker
from bot.services.delivery.outbox import Channel, OutboxSender
from bot.services.delivery.pacing import Limits, Pacing
from bot.services.dialogue import Dialogue
from bot.services.rules.notice_text import find_gaps
from bot.services.rules.rulebook import Notice, Rulebook
from bot.services.sweeper import Sweeper
from bot.services.undeliverable import make_hooks
from bot.settings import Settings
from bot.store import facts
from bot.store.database import Database
from bot.texts import Texts, load_texts

if TYPE_CHECKING:
    from bot.operation.health import Health
    from bot.operation.metrics import Metrics

log = logging.getLogger(__name__)


async def _nothing(_: Supervisor) -> None:
    return None


@dataclass(frozen=True)
class Receiving:
    """A way in.

    Attributes:
        part: what runs as long as the bot serves.
        heard_at: when Telegram was last heard; None before the first time.
        complete_until: up to when everything that waited at Telegram is stored; None before the first time.
        open: what has to be done first, and may take as long as the network.
    """

    part: Part
    heard_at: Callable[[], datetime | None]
    complete_until: Callable[[], datetime | None]
    open: Callable[[Supervisor], Coroutine[Any, Any, None]] = _nothing


@dataclass(frozen=True)
class Parts:
    """Everything that runs to serve people, and what it works with."""

    database: Database
    book: Rulebook
    line: Line
    receiving: Receiving
    working: tuple[Part, ...]


async def serve(settings: Settings, *, sample_office: bool = False) -> None:
    """Serve Telegram until SIGTERM or SIGINT.

    Args:
        sample_office: what the privacy notice needs and the rules leave empty is a sample that says so, for playing.

    Raises:
        SettingsError: there is no token, Telegram refuses it or the webhook's address, or a port cannot be used.
        RulesError: the rules are faulty, or say too little for the privacy notice.
        StoreError: the database cannot be used, another process uses it, or it is another bot's.
        PartEndedError: a part ended by itself, or makes no progress.
    """
    secrets = [settings.telegram_bot_token, settings.webhook_secret, settings.database_key]
    set_up_logging(
        settings.log_level, settings.log_format, [one.get_secret_value() for one in secrets if one is not None]
    )
    _ = settings.token  # the first thing to be missing
    texts, metrics = load_texts(), _metrics(settings)
    wanted = Notice.ANY if sample_office else Notice.NOT_EMPTY if settings.is_for_stand_in else Notice.COMPLETE
    make_router = Router if metrics is None else metrics.make_router
    book = Rulebook(settings.routing_rules, texts, make_router, wanted, words=False)
    if gaps := find_gaps(book.rules):
        log.warning("privacy notice: sample words stand for privacy.%s", ", privacy.".join(gaps))
    stopping = asyncio.Event()
    _listen_to_signals(stopping, book)
    async with await Database.open(settings.database_url, exclusive=True, keys=settings.keys) as database:
        parts = build(settings, database, book, texts, SystemClock(), metrics)
        async with _closing(parts.line), Supervisor() as supervisor:
            health = await _open_health(settings, database, supervisor, parts.receiving, metrics)
            await _run(parts, supervisor, health, stopping)
    log.info("stopped")


def build(
    settings: Settings,
    database: Database,
    book: Rulebook,
    texts: Texts,
    clock: Clock,
    metrics: Metrics | None = None,
) -> Parts:
    """Build all parts and connect them; nothing runs yet.

    Raises:
        SettingsError: the webhook's port cannot be used.
    """
    line = build_line(settings.token, settings.telegram_api_url)
    dialogue = Dialogue(book, texts, clock)
    channel: Channel = TelegramChannel(line.bot, repeat_mark=lambda: texts.say(book.own_language, "repeat-mark"))
    pacing = Pacing(Limits() if settings.telegram_pacing == "on" else None)
    channels = {CHANNEL: channel if metrics is None else metrics.measured(channel)}
    sender = OutboxSender(database, clock, channels, pacing, make_hooks(dialogue))
    worker = InboxWorker(database, clock, Translator(line).read, dialogue.handle, sender.wake)
    if settings.webhook_url is None:
        poller = Poller(line, database, clock, worker.wake)
        part = Part("poller", poller.run, poller.stop, lambda: poller.busy_s)
        receiving = Receiving(part, lambda: poller.heard_at, lambda: poller.complete_until)
    else:
        receiving = _by_webhook(settings, line, clock, Storing(database, clock, worker.wake), metrics)
    sweeper = Sweeper(database, dialogue, clock, sender.wake, receiving.complete_until)
    book.on_change = sweeper.rules_changed
    working = (
        Part("worker", worker.run, worker.stop, lambda: worker.busy_s),
        Part("sender", sender.run, sender.stop, lambda: sender.busy_s),
        Part("sweeper", sweeper.run, None, lambda: sweeper.busy_s),
    )
    return Parts(database, book, line, receiving, working)


def _by_webhook(settings: Settings, line: Line, clock: Clock, storing: Storing, metrics: Metrics | None) -> Receiving:
    # Imported where it is used: a bot that polls needs no web server.
    from bot.channels.telegram.webhook import Webhook
    from bot.operation.web_server import WebServer

    url, secret = settings.webhook_url or "", settings.webhook_secret
    assert secret is not None  # noqa: S101 (the settings see to it)
    hook = Webhook(url, secret.get_secret_value(), storing, clock)
    if metrics is not None:
        hook.noted = metrics.note_request
    server = WebServer(hook)
    address = server.listen(settings.http_host, settings.http_port, "HTTP")
    registration = Registration(line, clock, url, secret.get_secret_value())

    async def open_(supervisor: Supervisor) -> None:
        # First the door, then the address: Telegram delivers at once.
        supervisor.start(Part("webhook", server.run, server.stop))
        await server.ready()
        await registration.register()
        log.info("receiving by webhook, served at %s", address)

    def heard_at() -> datetime | None:
        return max(filter(None, (hook.heard_at, registration.heard_at)), default=None)

    part = Part("webhook check", registration.run, registration.stop, lambda: registration.busy_s)
    return Receiving(part, heard_at, lambda: registration.complete_until, open_)


def _metrics(settings: Settings) -> Metrics | None:
    if settings.health_port is None:
        return None
    from bot.operation.metrics import Metrics

    return Metrics(SystemClock())


async def _open_health(
    settings: Settings, database: Database, supervisor: Supervisor, receiving: Receiving, metrics: Metrics | None
) -> Health | None:
    if settings.health_port is None or metrics is None:
        return None
    from bot.operation.health import Health
    from bot.operation.web_server import WebServer

    await metrics.begin(database)
    health = Health(database, SystemClock(), supervisor, receiving.heard_at, metrics.text)
    server = WebServer(health.page())
    log.info("health pages at %s", server.listen(settings.health_host, settings.health_port, "HEALTH"))
    supervisor.start(Part("health pages", server.run, server.stop, serves_others=True))
    return health


async def _run(parts: Parts, supervisor: Supervisor, health: Health | None, stopping: asyncio.Event) -> None:
    """Reach Telegram, run until told to stop or until a part ends, then end the parts in order."""
    manager = ServiceManager()
    manager.status("reaching Telegram")
    line = parts.line
    if await _unless_told(stopping, line.open()):
        async with parts.database.transaction() as tx:
            await facts.claim_for(tx, line.bot.id, line.username)
        if await _unless_told(stopping, parts.receiving.open(supervisor)):
            _leave_alone_what_stays()
            supervisor.start(parts.receiving.part, *parts.working)
            watchdog = Watchdog(manager, supervisor)
            supervisor.start(Part("watchdog", watchdog.run, watchdog.stop, serves_others=True))
            if health is not None:
                health.is_serving = True
            log.info("serving @%s with rules %s", line.username, parts.book.rules.rules_version)
            manager.ready(f"serving @{line.username}")
            await supervisor.wait(stopping)
    log.info("stopping")
    manager.stopping()
    if health is not None:
        health.is_serving = False
    await supervisor.stop()


def _leave_alone_what_stays() -> None:
    """Take rules, texts and classes out of what Python searches for cycles again and again; most of all memory.

    What is garbage among it stays too; to look for it first would cost a third of a second, and found next to nothing.
    """
    gc.freeze()


async def _unless_told(stopping: asyncio.Event, act: Coroutine[Any, Any, None]) -> bool:
    """Do something that may take as long as the network; returns False when told to stop before it was done."""
    acting = asyncio.create_task(act)
    told = asyncio.create_task(stopping.wait())
    try:
        await asyncio.wait({acting, told}, return_when=asyncio.FIRST_COMPLETED)
        if acting.done():
            await acting
        return acting.done() and not stopping.is_set()
    finally:
        for task in (acting, told):
            task.cancel()
        await asyncio.gather(acting, told, return_exceptions=True)


@asynccontextmanager
async def _closing(line: Line) -> AsyncIterator[None]:
    try:
        yield
    finally:
        await line.close()


def _listen_to_signals(stopping: asyncio.Event, book: Rulebook) -> None:
    loop = asyncio.get_running_loop()

    reloading: set[asyncio.Task[None]] = set()

    def reload() -> None:
        task = loop.create_task(_reload(book))
        reloading.add(task)
        task.add_done_callback(reloading.discard)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    loop.add_signal_handler(signal.SIGHUP, reload)


async def _reload(book: Rulebook) -> None:
    found = await book.load_aside()
    if isinstance(found, RulesError):
        log.error("rules: faulty, the present ones stay in force\n%s", found)
    else:
        book.take_over(found)
        log.info("rules: loaded again, version %s", book.rules.rules_version)
