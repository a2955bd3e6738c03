"""The office as a journey sees it: the running bot, its contacts at their desks, and people who write to it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.playground.model import Message, Person
from bot.playground.server import Playground, serving
from tests.support.driven import plain
from tests.support.driver import Driven, Driver
from tests.support.process import ROOT, BotProcess

__all__ = ["CONTACTS", "RULES", "House", "Office", "leaks", "open_house", "plain", "reference_of"]

RULES = ROOT / "tests" / "journeys" / "rules.yaml"
REFERENCE = re.compile(r"\b\d{4}-\d{4,}\b")
# Busy machines are slow, and a wait ends as soon as what it waits for is there.
WAIT_S = 20.0

# The chats the journeys' rules name.
CONTACTS = {
    "wohnen": Person(3_300_000_001, "Frau am Tisch Wohnen", role="contact", opened=True),
    "sprache": Person(3_300_000_002, "Herr am Tisch Sprache", role="contact", opened=True),
    "gesellschaft": Person(3_300_000_003, "Frau am Tisch Gesellschaft", role="contact", opened=True),
    "bildung": Person(3_300_000_004, "Herr am Tisch Bildung", role="contact", opened=True),
    "arbeit": Person(3_300_000_005, "Frau am Tisch Arbeit", role="contact", opened=True),
    "leitung": Person(3_300_000_006, "Leitung am Tisch", role="contact", opened=True),
}


@dataclass
class House:
    """A playground and the bot's process beside it, for as many journeys as like."""

    playground: Playground
    bot: BotProcess

    async def settles(self) -> None:
        """Wait until the bot has nothing left to do: every update stored and handled, every message sent or given up.

        Exact, not a pause: an update is confirmed only when its row is committed, and what follows from a row is
        committed together with it.
        """
        await Driver(self.playground, WAIT_S).confirmed()
        await self.works_off()

    async def works_off(self) -> None:
        """Wait until the bot has handled every update it has stored, and sent or given up every message."""
        async with asyncio.timeout(WAIT_S):
            while self.bot.is_running and self.has_work():  # noqa: ASYNC110
                await asyncio.sleep(0.01)  # the database tells nobody when it changes

    def has_work(self) -> bool:
        """Whether something waits to be handled or to be sent."""
        waiting = "SELECT count(*) FROM inbox WHERE state = 'waiting'"
        unsent = "SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending')"
        return self.bot.count(waiting) + self.bot.count(unsent) > 0


@dataclass
class Office:
    """One journey's view of the house: whatever came before it counts as seen.

    Attributes:
        expected_log: words one of which each warning or error in the log has to contain; none are expected else.
    """

    house: House
    expected_log: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.playground = self.house.playground
        self.bot = self.house.bot
        self.driver = Driver(self.playground, WAIT_S)
        self.world = self.driver.world
        self._loud_before = len(self.bot.loud)
        self._desks = {
            key: self.driver.drive(person) for key, person in CONTACTS.items() if person.id in self.world.people
        }
        for desk in self._desks.values():
            desk.has_seen_all()

    # Who is there

    def person(self, name: str, language: str = "de") -> Driven:
        """Return somebody who has never written before."""
        return self.driver.drive(self.world.add_person(Person(0, name, language=language)))

    async def known(self, name: str, language: str = "de") -> Driven:
        """Return somebody who has gone on from the notice already."""
        person = self.person(name, language)
        person.writes("/start")
        await person.presses("Weiter" if language == "de" else "Continue")
        await self.settles()
        person.has_seen_all()
        return person

    @property
    def desks(self) -> list[Driven]:
        """Return every contact at their desk."""
        return list(self._desks.values())

    def __getattr__(self, key: str) -> Driven:
        """Return a contact at their desk: `office.wohnen`."""
        try:
            return self.__dict__["_desks"][key]
        except KeyError:
            raise AttributeError(key) from None

    # What happens

    async def takes_in(self, person: Driven, text: str) -> str:
        """Let somebody known write and return the reference their receipt names."""
        person.writes(text)
        return reference_of(await person.sees("ist angekommen"))

    async def settles(self) -> None:
        """Wait until the bot has nothing left to do."""
        await self.house.settles()

    async def stays_silent(self, *others: Driven) -> None:
        """Show that nobody of these is sent anything more; cards redrawn and buttons taken away do not count."""
        await self.settles()
        for other in others:
            assert [message.text for message in other.unseen(edits=False)] == [], f"{other.person.name} got something"

    # What must hold at the end of every journey

    async def check(self) -> None:
        """Check that the bot still runs, complained of nothing unexpected, and logged nobody's words or numbers."""
        self.driver.faults.clear()
        await self.settles()
        assert self.bot.is_running, self.bot.log
        complaints = self.bot.loud[self._loud_before :]
        assert [line for line in complaints if not any(word in line for word in self.expected_log)] == []
        assert leaks(self.playground, self.bot.log) == []


def reference_of(message: Message) -> str:
    """Return the reference a message names."""
    found = REFERENCE.search(message.text)
    assert found is not None, message.text
    return found[0]


def leaks(playground: Playground, log: str) -> list[str]:
    """Return what of people and secrets stands in a log: the token, chat numbers, names, words anybody wrote."""
    world = playground.world
    secrets = {world.bot.token, world.bot.token.split(":")[1]}
    secrets |= {str(abs(number)) for number in world.chats}
    secrets |= {person.name for person in world.people.values()}
    for chat in world.chats.values():
        secrets |= {
            message.text
            for message in chat.messages.values()
            if message.sender_id != world.bot.id and len(message.text) > 5
        }
    return sorted(secret for secret in secrets if secret in log)


@asynccontextmanager
async def open_house(folder: Path, rules: str | None = None, **environment: str) -> AsyncIterator[House]:
    """Serve a playground with all contacts and start the bot beside it; stop it at the end if it still runs.

    Args:
        rules: the rules' text, the journeys' own if None.
    """
    playground = Playground()
    for person in CONTACTS.values():
        playground.world.add_person(person)
    file = folder / "routing_rules.yaml"
    file.write_text(RULES.read_text("utf-8") if rules is None else rules, "utf-8")
    async with serving(playground):
        bot = BotProcess(folder, playground, file, **environment)
        try:
            await bot.start()
            yield House(playground, bot)
            if bot.is_running:
                assert await bot.stop() == 0, bot.log
        finally:
            await bot.kill()
