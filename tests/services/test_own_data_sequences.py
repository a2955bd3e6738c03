"""Random sequences of inquiry, answer, deletion, export, backup and restore.

What must hold after each: a copy of somebody's data is what is stored about them, and whoever was deleted stays
deleted, whatever backup comes back.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.console.keeping import back_up, restore
from bot.model import InquiryState
from bot.services.records.collect import collect_person
from bot.store import inquiries, people
from tests.support.clock import ManualClock
from tests.support.fake_telegram import FakeTelegram
from tests.support.own_data import differences
from tests.support.rulebook import TO_HOUSING, TO_LANGUAGE, TO_WORK
from tests.support.stage import FIRST_PERSON, Someone, Stage, raise_stage

NAMES = ("Adelheid", "Bartholomäus", "Cornelia")
TEXTS = (TO_HOUSING, TO_LANGUAGE, TO_WORK)


@dataclass
class Life:
    """A stage that outlives restores, with who was there and who was deleted."""

    folder: Path
    stack: AsyncExitStack
    clock: ManualClock = field(default_factory=ManualClock)
    telegram: FakeTelegram = field(default_factory=FakeTelegram)
    gone: set[str] = field(default_factory=set)  # the marks of what was deleted
    backups: list[Path] = field(default_factory=list)
    words: dict[int, list[str]] = field(default_factory=dict)  # what each wrote since they last deleted
    count: int = 0
    stage: Stage = field(init=False)

    @property
    def url(self) -> str:
        return f"sqlite:///{self.folder / 'stage.db'}"

    async def open(self) -> None:
        self.stage = await self.stack.enter_async_context(raise_stage(clock=self.clock, folder=self.folder))
        self.stage.telegram = self.telegram
        self.stage.sender._channels = {"telegram": self.telegram}  # the chats outlive the process

    async def close(self) -> None:
        await self.stack.aclose()

    def person(self, who: int) -> Someone:
        someone = self.stage.person(NAMES[who])
        return Someone(self.stage, type(someone.address)("telegram", FIRST_PERSON + who), someone.sender)

    # ------------------------------------------------------------ what may happen

    async def writes(self, who: int) -> None:
        self.count += 1
        mark = f"Wort{self.count:03d}ende"
        someone = self.person(who)
        if not await self._knows(someone):
            await someone.writes("/start")
            await someone.goes_on()
        await someone.writes(f"{TEXTS[who]} {mark}")
        self.words.setdefault(who, []).append(mark)

    async def is_answered(self, who: int) -> None:
        inquiry = await self._open_of(self.person(who))
        for share in await self.stage.shares(inquiry) if inquiry is not None else []:
            desk = self.stage.contact(share.contact)
            cards = [one for one in desk.received if inquiry is not None and inquiry.reference in one.heading]
            if cards and share.state in ("assigned", "taken"):
                await desk.replies("Gern geschehen", to=cards[0])

    async def deletes(self, who: int) -> None:
        someone = self.person(who)
        if not await self._knows(someone):
            return
        await someone.writes("/loeschen")
        await someone.presses("btn-delete-all")
        await someone.presses("btn-delete-sure")
        await self.stage.wait(seconds=6)
        self.gone |= set(self.words.pop(who, []))

    async def exports(self, who: int) -> None:
        someone = self.person(who)
        if await self._knows(someone):
            await someone.writes("/meinedaten")

    async def backs_up(self, who: int) -> None:
        target = self.folder / f"backup-{len(self.backups)}.db"
        back_up(self.url, target)
        self.backups.append(target)

    async def restores(self, who: int) -> None:
        if not self.backups:
            return
        await self.close()
        await restore(self.url, self.backups[who % len(self.backups)])
        for aside in list(self.folder.glob("*.before-*")):
            aside.unlink()
        await self.open()
        await self.stage.wait(seconds=6)
        for who in list(self.words):
            self.words[who] = [mark for mark in self.words[who] if await self._is_stored(mark)]

    async def waits(self, who: int) -> None:
        await self.stage.wait(hours=5)

    # ------------------------------------------------------------ what must hold

    async def check(self) -> None:
        files = (path for path in self.folder.iterdir() if path.name.startswith("stage.db"))
        stored = b"".join(path.read_bytes() for path in files)
        assert [mark for mark in self.gone if mark.encode() in stored] == [], "a deleted person's words came back"
        for who in range(len(NAMES)):
            someone = self.person(who)
            async with self.stage.database.transaction() as tx:
                known = await people.find_by_address(tx, someone.address)
                if known is None:
                    assert not self.words.get(who)
                    continue
                record = json.loads(json.dumps(await collect_person(self.stage.dialogue.turn(tx), known.id)))
                assert await differences(tx, known.id, record) == []
            text = json.dumps(record, ensure_ascii=False)
            assert [mark for mark in self.words.get(who, []) if mark not in text] == [], "something is missing"
            foreign = [mark for other, marks in self.words.items() if other != who for mark in marks]
            assert [mark for mark in foreign if mark in text] == [], "somebody else's words"

    async def _knows(self, someone: Someone) -> bool:
        async with self.stage.database.reading() as tx:
            found = await people.find_by_address(tx, someone.address)
        return found is not None and found.noticed_at is not None

    async def _open_of(self, someone: Someone):  # type: ignore[no-untyped-def]
        async with self.stage.database.reading() as tx:
            found = await people.find_by_address(tx, someone.address)
            waiting = [] if found is None else await inquiries.list_open_of(tx, found.id)
        return next((one for one in waiting if one.state is not InquiryState.ASKED), None)

    async def _is_stored(self, mark: str) -> bool:
        async with self.stage.database.reading() as tx:
            row = await tx.one("SELECT 1 FROM messages WHERE instr(text, :mark)", mark=mark)
        return row is not None


DEEDS = ("writes", "writes", "is_answered", "deletes", "exports", "backs_up", "restores", "waits")


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, len(NAMES) - 1)), min_size=4, max_size=14))
def test_a_copy_is_what_is_stored_and_a_deleted_person_never_returns(deeds: list[tuple[str, int]]) -> None:
    asyncio.run(live(deeds))


def test_whoever_was_deleted_before_any_and_every_restore_stays_deleted() -> None:
    """The sequence that matters most, whatever the random ones look like."""
    story = ["writes", "backs_up", "deletes", "backs_up", "restores", "writes", "backs_up", "deletes", "restores"]
    asyncio.run(live([(deed, 0) for deed in story]))
    asyncio.run(live([(deed, 0) for deed in [*story, "restores", "restores", "writes", "exports"]]))


async def live(deeds: list[tuple[str, int]]) -> None:
    folder = Path(tempfile.mkdtemp())
    life = Life(folder, AsyncExitStack())
    try:
        await life.open()
        for deed, who in deeds:
            await getattr(life, deed)(who)
            await life.check()
    finally:
        await life.close()
        shutil.rmtree(folder)
