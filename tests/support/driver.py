"""A playground as a test sees it: its people, its groups, its faults, and what the bot has asked.

Example:
    >>> driver = Driver(playground)                                    # doctest: +SKIP
    ... anna, contact = driver.person("Anna"), driver.person("Kontakt Wohnen", opened=True)
    ... anna.writes("Bei uns steht eine Wohnung leer")
    ... card = await contact.sees("Wohnung")
    ... contact.replies(card, "Danke, wann passt ein Anruf?")
    ... await anna.sees("wann passt")
"""

import asyncio
from collections.abc import Sequence

from bot.playground.api import Answered
from bot.playground.model import Chat, Person
from bot.playground.server import Playground
from tests.support.driven import WAIT_S, Driven, NotSeenError

__all__ = ["Driven", "Driver", "NotSeenError"]


class Driver:
    """A playground as a test sees it."""

    def __init__(self, playground: Playground, wait_s: float = WAIT_S) -> None:
        self.playground = playground
        self.world = playground.world
        self.faults = playground.faults
        self.wait_s = wait_s
        self._driven: dict[int, Driven] = {}

    def person(self, name: str, language: str = "de", opened: bool = False) -> Driven:
        """Return the person of this name, added if there is none yet."""
        for person in self.world.people.values():
            if person.name == name:
                return self.drive(person)
        return self.drive(self.world.add_person(Person(0, name, language=language, opened=opened)))

    def drive(self, person: Person) -> Driven:
        """Return somebody who is in the world already."""
        if person.id not in self._driven:
            chat = self.world.chats[person.id]
            self._driven[person.id] = Driven(self.playground, person, chat, wait_s=self.wait_s)
        return self._driven[person.id]

    def group(self, title: str, members: Sequence[Driven], is_forum: bool = False) -> Chat:
        """Add a supergroup with the bot as its administrator."""
        return self.world.add_group(title, [member.person for member in members], is_forum)

    def calls(self, *methods: str) -> list[Answered]:
        """Return what the bot has asked, oldest first, optionally only these methods."""
        wanted = {method.lower() for method in methods}
        return [done for done in self.playground.api.calls if not wanted or done.call.method.lower() in wanted]

    async def confirmed(self) -> None:
        """Wait until the bot has confirmed every update.

        Raises:
            NotSeenError: some are still waiting.
        """
        updates = self.world.updates
        done = await updates.signal.until(lambda: not updates.pending() or None, self.wait_s)
        if done is None:
            raise NotSeenError(f"{len(updates.pending())} updates are still not confirmed")

    async def called(self, method: str, count: int = 1) -> list[Answered]:
        """Wait until the bot has called a method so many times.

        Raises:
            NotSeenError: it has not.
        """
        api = self.playground.api
        enough = await api.signal.until(lambda: len(self.calls(method)) >= count or None, self.wait_s)
        if enough is None:
            raise NotSeenError(f"{method} was called {len(self.calls(method))} times, not {count}")
        return self.calls(method)

    async def quiet(self, for_s: float = 0.3) -> None:
        """Wait until the bot has confirmed everything and then asked nothing but getUpdates for a while.

        For showing that nothing more comes; where something shall come, wait for that instead.
        """
        await self.confirmed()
        async with asyncio.timeout(self.wait_s):
            while await self._acts_within(for_s):
                pass

    async def _acts_within(self, for_s: float) -> bool:
        before = self._acted()
        acted = await self.playground.api.signal.until(lambda: self._acted() != before or None, for_s)
        return acted is not None

    def _acted(self) -> tuple[int, int]:
        acts_done = [done for done in self.calls() if done.call.method.lower() != "getupdates"]
        return len(acts_done), self.world.signal.version
