"""Random and mutated updates through the whole way in: no crash, none lost, none answered twice, nobody held up.

The way is the real one: stored as the poller does it, translated, handled by the dialogue on a database, sent by the
real channel to a scripted Bot API. `RANDOM_UPDATES=10000` makes a long run of it.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.channels.telegram.incoming import Translator
from bot.channels.telegram.line import Line, build_line
from bot.channels.telegram.outgoing import TelegramChannel
from bot.channels.telegram.storing import Storing, to_raw_update
from bot.model import ButtonPress, InboundEvent, InboundMessage
from bot.services.delivery.inbox import InboxWorker
from bot.services.delivery.outbox import OutboxSender
from bot.services.delivery.pacing import Pacing
from bot.services.dialogue import Dialogue
from bot.services.sweeper import Sweeper
from bot.services.undeliverable import make_hooks
from bot.store.database import Database, Tx
from bot.store.inbox import RawUpdate
from tests.support.clock import ManualClock
from tests.support.random_updates import PEOPLE, Maker
from tests.support.rulebook import TO_HOUSING, all_texts, county_book
from tests.support.transport import TOKEN, ScriptedApi

# At least so many updates in a run; a run before a release takes ten thousand.
UPDATES = int(os.environ.get("RANDOM_UPDATES", "300"))
FEWEST, MOST = 10, 30
CANARY = 4_444
# They have gone on from the notice, and have one inquiry open each.
KNOWN = PEOPLE[:5]


@dataclass
class World:
    """The bot around one database."""

    database: Database
    line: Line
    clock: ManualClock = field(default_factory=ManualClock)
    handled: Counter[Any] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        book, texts = county_book(), all_texts()
        dialogue = Dialogue(book, texts, self.clock)
        channels = {"telegram": TelegramChannel(self.line.bot, lambda: "Möglicherweise doppelt:")}
        self.sender = OutboxSender(self.database, self.clock, channels, Pacing(None), make_hooks(dialogue))
        self.sweeper = Sweeper(self.database, dialogue, self.clock, lambda: None, self.clock.now)
        self.storing = Storing(self.database, self.clock, lambda: None)
        self.worker = InboxWorker(self.database, self.clock, self._read, self._handle, self._committed)
        self._translator = translator(self.line)
        self._dialogue = dialogue
        self._attempt: list[InboundEvent] = []

    async def _read(self, raw: str) -> InboundEvent | None:
        self._attempt = []
        return await self._translator.read(raw)

    async def _handle(self, tx: Tx, event: InboundEvent) -> None:
        await self._dialogue.handle(tx, event)
        self._attempt.append(event)

    def _committed(self) -> None:
        for event in self._attempt:
            if isinstance(event, InboundMessage) and not event.edited:
                self.handled[("message", event.address.chat, event.message, event.sent_at)] += 1
            elif isinstance(event, ButtonPress):
                self.handled[("press", event.query)] += 1

    async def take(self, updates: list[RawUpdate]) -> None:
        """Store updates as they come, handle them with all attempts, send what follows, and do what falls due."""
        await self.storing.store(updates)
        for _ in range(3):
            await self.worker.work_off()
            self.clock.turn(seconds=6)
        await self.sender.work_off()
        self.clock.turn(minutes=11)
        await self.sweeper.sweep()
        await self.sender.work_off()

    async def rows(self, sql: str) -> list[dict[str, Any]]:
        async with self.database.reading() as tx:
            return [dict(row) for row in await tx.all(sql)]


@cache
def translator(line: Line) -> Translator:
    return Translator(line)


def message(chat: int, number: int, text: str, **more: Any) -> dict[str, Any]:
    person = {"id": chat, "is_bot": False, "first_name": "Anna", "language_code": "de"}
    body = {"message_id": number, "date": 1_770_000_000, "chat": {"id": chat, "type": "private"}, "from": person}
    return {"update_id": number, "message": body | {"text": text} | more}


def press(chat: int, token: str) -> dict[str, Any]:
    inner = message(chat, 1, "Hinweis")["message"]
    body = {"id": f"go-{chat}", "from": inner["from"], "chat_instance": "1", "data": token, "message": inner}
    return {"update_id": 901, "callback_query": body}


@dataclass
class Template:
    """A database with some inquiries, to be copied: making one takes longer than a whole example."""

    folder: Path
    tokens: tuple[str, ...] = ()

    async def prepare(self, line: Line) -> None:
        async with await Database.open(f"sqlite:///{self.folder}/template.db") as database:
            world = World(database, line)
            command = [{"type": "bot_command", "offset": 0, "length": 6}]
            await world.take([to_raw_update(message(chat, 900, "/start", entities=command)) for chat in KNOWN])
            goes_on = await world.rows("SELECT chat, token FROM buttons WHERE action = 'go_on' AND data LIKE '%de%'")
            await world.take([to_raw_update(press(row["chat"], row["token"])) for row in goes_on])
            await world.take([to_raw_update(message(chat, 902, TO_HOUSING)) for chat in KNOWN])
            assert len(await world.rows("SELECT * FROM inquiries")) == len(KNOWN)
            self.tokens = tuple(row["token"] for row in await world.rows("SELECT token FROM buttons ORDER BY rowid"))

    @asynccontextmanager
    async def world(self, line: Line) -> AsyncIterator[World]:
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            shutil.copy(self.folder / "template.db", f"{folder}/copy.db")
            async with await Database.open(f"sqlite:///{folder}/copy.db") as database:
                yield World(database, line)


async def check(template: Template, line: Line, seeds: list[int]) -> Counter[str]:
    """Send a batch of random updates on their way; return how they ended."""
    updates = [Maker(seed, template.tokens).update() for seed in seeds]
    # Some come twice, at once or when they are handled already: as they are, and under another number.
    raw = [
        to_raw_update(update) for update in [*updates, updates[0], _renumbered(updates[1]), message(CANARY, 1, "Hallo")]
    ]
    again = [to_raw_update(update) for update in [*updates[:5], *map(_renumbered, updates[:5])]]
    async with template.world(line) as world:
        before = len(await world.rows("SELECT id FROM inbox"))
        await world.take(raw)
        await world.take(again)

        rows = (await world.rows("SELECT state, error FROM inbox ORDER BY id"))[before:]
        stuck = [row for row in rows if row["state"] == "waiting"]
        assert stuck == [], f"never handled: {stuck}"
        assert [row for row in rows if row["state"] == "parked" and not row["error"]] == []
        distinct = {one.meaning for one in [*raw, *again]}
        assert len(rows) == len(distinct), "an update was lost, or one came in twice"
        assert [what for what, count in world.handled.items() if count > 1] == [], "handled twice"
        faults = await world.rows("SELECT error FROM outbox WHERE error LIKE '%fault of the program%'")
        assert faults == []
        canary = await world.rows(f"SELECT state FROM outbox WHERE chat = {CANARY}")
        assert [row["state"] for row in canary[:1]] == ["sent"], "somebody else was held up"
        return Counter(row["state"] for row in rows)


def _renumbered(update: Any) -> Any:
    again = json.loads(json.dumps(update))
    if isinstance(again, dict):
        again["update_id"] = 77_777
    return again


def test_random_updates_crash_nothing_are_not_lost_and_not_answered_twice(tmp_path: Path) -> None:
    api = ScriptedApi()
    total: Counter[str] = Counter()
    with asyncio.Runner() as runner:
        line = build_line(TOKEN, api.url, api.wire)
        runner.run(line.open())
        template = Template(tmp_path)
        runner.run(template.prepare(line))

        @settings(
            max_examples=max(1, UPDATES // FEWEST),
            deadline=None,
            database=None,
            derandomize=UPDATES <= 300,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        )
        @given(st.lists(st.integers(0, 2**48), min_size=FEWEST, max_size=MOST))
        def run(seeds: list[int]) -> None:
            api.calls.clear()
            total.update(runner.run(check(template, line, seeds)))

        try:
            run()
        finally:
            runner.run(line.close())
            print(f"{sum(total.values())} updates: {dict(total)}")  # noqa: T201 (with -s, for a long run)
    assert total["done"] > total["parked"] > 0
