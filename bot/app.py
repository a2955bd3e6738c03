"""The composition root: builds the parts, starts them, and ends them in the order that loses nothing.

```
Poller ─► inbox ─► InboxWorker ─► Dialogue ─► outbox ─► OutboxSender ─► Telegram
                       Sweeper ──────┘
```

SIGTERM and SIGINT stop taking in first, then handling, then sending; what is not sent yet waits in the outbox for the
next start. SIGHUP loads the rules again. A part that ends by itself ends the process: half a bot is worse than none.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.channels.telegram import CHANNEL
from bot.channels.telegram.incoming import Translator
from bot.channels.telegram.line import Line, build_line
from bot.channels.telegram.menu import set_menus
from bot.channels.telegram.outgoing import TelegramChannel
from bot.channels.telegram.receive import Poller
from bot.clock import Clock, SystemClock
from bot.errors import BotError, RulesError
from bot.logs import set_up_logging
from bot.services.dialogue import Dialogue
from bot.services.inbox import InboxWorker
from bot.services.outbox import OutboxSender
from bot.services.pacing import Limits, Pacing
from bot.services.rulebook import Rulebook
from bot.services.sweeper import Sweeper
from bot.services.undeliverable import make_hooks
from bot.settings import Settings
from bot.store import facts
from bot.store.database import Database
from bot.texts import Texts, load_texts

# Service managers kill after ten seconds (the sender alone may take five); what has not ended by then is cancelled.
STOP_WITHIN_S = 8.0

log = logging.getLogger(__name__)


class PartEndedError(BotError):
    """A part that must run as long as the process ended by itself."""


@dataclass
class Parts:
    """Everything that runs."""

    line: Line
    poller: Poller
    worker: InboxWorker
    sender: OutboxSender
    sweeper: Sweeper


async def serve(settings: Settings) -> None:
    """Serve Telegram until SIGTERM or SIGINT.

    Raises:
        SettingsError: there is no token, or Telegram refuses it.
        RulesError: the rules are faulty.
        StoreError: the database cannot be used, another process uses it, or it is another bot's.
        PartEndedError: a part ended by itself.
    """
    token = settings.token
    set_up_logging(settings.log_level, settings.log_format, [token])
    texts = load_texts()
    book = Rulebook(settings.routing_rules, texts)
    stopping = asyncio.Event()
    _listen_to_signals(stopping, book)
    async with await Database.open(settings.database_url, exclusive=True) as database:
        parts = build(settings, database, book, texts, SystemClock())
        async with _open_line(parts.line, stopping):
            if stopping.is_set():
                return
            async with database.transaction() as tx:
                await facts.claim_for(tx, parts.line.bot.id, parts.line.username)
            languages = book.rules.office.languages
            await set_menus(parts.line.bot, languages, book.common_language, texts.say)
            log.info("serving @%s with rules %s", parts.line.username, book.rules.rules_version)
            await _run(parts, stopping)
    log.info("stopped")


def build(settings: Settings, database: Database, book: Rulebook, texts: Texts, clock: Clock) -> Parts:
    """Build all parts and connect them; nothing runs yet."""
    line = build_line(settings.token, settings.telegram_api_url)
    dialogue = Dialogue(book, texts, clock)
    channel = TelegramChannel(line.bot, repeat_mark=texts.say(book.own_language, "repeat-mark"))
    pacing = Pacing(Limits() if settings.telegram_pacing == "on" else None)
    sender = OutboxSender(database, clock, {CHANNEL: channel}, pacing, make_hooks(dialogue))
    translator = Translator(line)
    worker = InboxWorker(database, clock, translator.read, dialogue.handle, sender.wake)
    poller = Poller(line, database, clock, worker.wake)
    sweeper = Sweeper(database, dialogue, clock, sender.wake)
    book.on_change = sweeper.wake
    return Parts(line, poller, worker, sender, sweeper)


@asynccontextmanager
async def _open_line(line: Line, stopping: asyncio.Event) -> AsyncIterator[None]:
    """Reach Telegram, however long it takes, unless told to stop meanwhile."""
    opening = asyncio.create_task(line.open())
    told = asyncio.create_task(stopping.wait())
    try:
        await asyncio.wait({opening, told}, return_when=asyncio.FIRST_COMPLETED)
        if opening.done():
            await opening
        yield
    finally:
        for task in (opening, told):
            task.cancel()
        await asyncio.gather(opening, told, return_exceptions=True)
        await line.close()


async def _run(parts: Parts, stopping: asyncio.Event) -> None:
    """Run until told to stop or until a part ends; then end the parts in the order of a message's way."""
    tasks = {
        name: asyncio.create_task(part, name=name)
        for name, part in (
            ("poller", parts.poller.run()),
            ("worker", parts.worker.run()),
            ("sender", parts.sender.run()),
            ("sweeper", parts.sweeper.run()),
        )
    }
    told = asyncio.create_task(stopping.wait())
    try:
        done, _ = await asyncio.wait({told, *tasks.values()}, return_when=asyncio.FIRST_COMPLETED)
        for task in done - {told}:
            why = task.exception() if not task.cancelled() else None
            raise PartEndedError(f"{task.get_name()}: ended by itself. The process ends; start it again.") from why
        log.info("stopping")
        tasks["sweeper"].cancel()
        parts.poller.stop()
        parts.worker.stop()
        parts.sender.stop()
        await asyncio.wait(tasks.values(), timeout=STOP_WITHIN_S)
    finally:
        for task in (told, *tasks.values()):
            task.cancel()
        await asyncio.gather(told, *tasks.values(), return_exceptions=True)


def _listen_to_signals(stopping: asyncio.Event, book: Rulebook) -> None:
    loop = asyncio.get_running_loop()

    def reload() -> None:
        try:
            book.reload()
        except RulesError as error:
            log.error("rules: faulty, the present ones stay in force\n%s", error)
        else:
            log.info("rules: loaded again, version %s", book.rules.rules_version)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    loop.add_signal_handler(signal.SIGHUP, reload)
