"""A stage for short stories about the services: the dialogue on a database, a fake channel, and a clock turned by hand.

Each event is handled in a transaction of its own, as the inbox worker does it; then the real outbox sender delivers
what is due through `FakeTelegram`, which numbers messages per chat as Telegram does and refuses what Telegram refuses.

Example:
    >>> async with raise_stage() as stage:
    ...     maria = await stage.inquirer("Maria")
    ...     await maria.writes(TO_HOUSING)
    ...     await stage.contact("wohnen-kontakt").replies("Gerne!")
    ...     assert "Gerne!" in maria.last.text
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.model import (
    Address,
    Assignment,
    ButtonPress,
    Delivery,
    InboundEvent,
    InboundMessage,
    Inquiry,
    JournalEntry,
    MessageKind,
    Sender,
)
from bot.services.delivery.beforehand import BeforehandError
from bot.services.delivery.outbox import OutboxSender
from bot.services.delivery.pacing import Pacing
from bot.services.dialogue import Dialogue
from bot.services.people.invitations import add_invitation
from bot.services.rules.rulebook import Rulebook
from bot.services.sweeper import Sweeper
from bot.services.undeliverable import make_hooks
from bot.store import assignments, buttons, contacts, given_up, inquiries, journal
from bot.store.database import Database
from bot.store.values import some_time
from tests.support.builders import make_message
from tests.support.clock import ManualClock
from tests.support.fake_telegram import FakeTelegram, Shown, plain
from tests.support.rulebook import TO_HOUSING, all_texts, county_book

CHANNEL = "telegram"
# As long as Telegram's own, so that no random number or digest holds it by chance.
FIRST_PERSON = 6_549_600_001


@dataclass
class Someone:
    """A person in a chat: somebody from outside, a contact, or a stranger."""

    stage: Stage
    address: Address
    sender: Sender

    @property
    def shown(self) -> list[Shown]:
        """What stands in the chat, oldest first."""
        return list(self.stage.telegram.chats.get(self.address.chat, {}).values())

    @property
    def received(self) -> list[Shown]:
        """What the bot wrote into the chat, oldest first."""
        return [shown for shown in self.shown if shown.by_bot]

    @property
    def last(self) -> Shown:
        """The bot's latest message."""
        return self.received[-1]

    @property
    def texts(self) -> list[str]:
        return [shown.text for shown in self.received]

    def card(self, reference: str | None = None) -> Shown:
        """The latest message that looks like a card, with this reference if one is named."""
        cards = [one for one in self.received if "Von: " in one.text and one.heading.startswith(reference or "")]
        return cards[-1]

    async def writes(self, text: str, *, reply_to: Shown | int | None = None, **more: Any) -> Shown:
        """Write something, or send something else (`kind`, `album`), and let the bot answer."""
        number = reply_to.message if isinstance(reply_to, Shown) else reply_to
        kind = more.get("kind", MessageKind.TEXT)
        topic = self.address.topic
        shown = self.stage.telegram.enter(
            self.address.chat, text, kind=kind, by_bot=False, reply_to=number, topic=topic
        )
        await self.stage.handle(self._message(shown, **more))
        return shown

    async def sends(self, kind: MessageKind, caption: str = "", **more: Any) -> Shown:
        """Send a photo, a sticker …"""
        return await self.writes(caption, kind=kind, **more)

    async def replies(self, text: str = "", to: Shown | None = None, **more: Any) -> Shown:
        """Reply to a message of the bot: the latest card or message, if none is named."""
        return await self.writes(text, reply_to=to or self.last, **more)

    async def edits(self, earlier: Shown, text: str) -> None:
        """Change an earlier message."""
        changed = replace(earlier, text=text)
        self.stage.telegram.chats[earlier.chat][earlier.message] = changed
        await self.stage.handle(self._message(changed, edited=True))

    async def presses(self, label: str, on: Shown | None = None) -> tuple[str | None, bool]:
        """Press the latest button with this label, or with the German one of a text key.

        Returns what popped up, and whether it has to be dismissed.
        """
        label = said(label) if label.startswith("btn-") else label
        bearers = [shown for shown in self.received if label in shown.tokens]
        assert on is not None or bearers, f"no button {label!r}; there are {[one.buttons for one in self.received]}"
        bearer = on or bearers[-1]
        return await self.presses_token(bearer.tokens[label], bearer.message)

    async def presses_token(self, token: str, message: int = 1) -> tuple[str | None, bool]:
        """Send a button's data, as a changed client could."""
        query = self.stage.new_query()
        await self.stage.handle(ButtonPress(self.address, message, self.sender, token, query))
        return self.stage.telegram.answers[query]

    async def goes_on(self) -> None:
        """Read the privacy notice and go on."""
        notice = next(shown for shown in reversed(self.received) if len(shown.buttons) > 1)
        await self.presses(notice.buttons[0], notice)

    def _answered(self, shown: Shown) -> dict[str, Any]:
        """Return what a message tells of the one it answers."""
        answered = self.stage.telegram.chats[shown.chat].get(shown.reply_to or 0)
        if answered is None or not answered.by_bot:
            return {"reply_to": shown.reply_to}
        button = next(iter(answered.tokens.values()), None)
        return {"reply_to": shown.reply_to, "answers_bot": True, "answers_button": button}

    def _message(self, shown: Shown, **more: Any) -> InboundMessage:
        written_at = self.stage.written.setdefault((shown.chat, shown.message), self.stage.clock.now())
        if more.get("edited"):
            more["written_at"] = written_at
        return make_message(
            shown.text,
            address=self.address,
            message=shown.message,
            sender=self.sender,
            sent_at=self.stage.clock.now(),
            **{"kind": shown.kind} | self._answered(shown) | more,
        )


@dataclass
class Stage:
    """Everything a story needs. Made by `raise_stage`."""

    database: Database
    book: Rulebook
    clock: ManualClock
    dialogue: Dialogue
    telegram: FakeTelegram
    sender: OutboxSender
    sweeper: Sweeper
    transitions: set[tuple[str | None, str]] = field(default_factory=set)
    share_transitions: set[tuple[str | None, str]] = field(default_factory=set)
    written: dict[tuple[int, int], datetime] = field(default_factory=dict)
    _states: dict[int, str] = field(default_factory=dict)
    _share_states: dict[int, str] = field(default_factory=dict)
    _people: int = 0
    _queries: int = 0

    # ------------------------------------------------------------ who is there

    def person(self, name: str = "Maria", language: str | None = "de") -> Someone:
        """Return somebody from outside who has not written yet."""
        number = FIRST_PERSON + self._people
        self._people += 1
        return Someone(self, Address(CHANNEL, number), Sender(number, name, language))

    async def inquirer(self, name: str = "Maria", language: str | None = "de") -> Someone:
        """Return somebody from outside who went on from the notice."""
        person = self.person(name, language)
        await person.writes("/start")
        await person.goes_on()
        return person

    def contact(self, key: str) -> Someone:
        """Return whoever sits where the rules reach a contact."""
        rule = self.book.rules.contacts[key].telegram
        assert rule is not None, f"{key} has no address in the rules"
        return self.at(rule.chat, rule.topic, rule.chat if rule.chat > 0 else 4001)

    def at(self, chat: int, topic: int | None = None, user: int | None = None) -> Someone:
        """Return somebody in a chat."""
        return Someone(self, Address(CHANNEL, chat, topic), Sender(user or abs(chat), "Jemand", "de"))

    async def invited(self, key: str, chat: int) -> Someone:
        """Return a contact who has just joined by invitation."""
        async with self.database.transaction() as tx:
            token = await add_invitation(tx, self.clock.now(), key)
        contact = self.at(chat)
        await contact.writes(f"/start {token}")
        return contact

    def new_query(self) -> str:
        self._queries += 1
        return f"query-{self._queries}"

    # ------------------------------------------------------------ what happens

    async def handle(self, event: InboundEvent) -> None:
        """Handle an event in a transaction of its own, after what has to be done before, then deliver."""
        try:
            async with self.database.transaction() as tx:
                await self.dialogue.handle(tx, event)
        except BeforehandError as first:
            await first.do(self.database)
            async with self.database.transaction() as tx:
                await self.dialogue.handle(tx, event)
        await self._settle()

    async def wait(self, **by: float) -> None:
        """Let time pass, do what has fallen due, and deliver."""
        self.clock.turn(**by)
        await self.sweeper.sweep()
        await self._settle()

    async def wait_until(self, at: datetime) -> None:
        """Let time pass until a moment, do what has fallen due, and deliver."""
        self.clock.set_to(at)
        await self.wait()

    async def live_until(self, at: datetime) -> None:
        """Let time pass until a moment as a running process does: everything is done when it falls due."""
        while True:
            async with self.database.reading() as tx:
                rows = await tx.all("SELECT id, due_at FROM timers")
            due = [(row["id"], some_time(row["due_at"])) for row in rows]
            # What failed is tried again later.
            next_at = min((self.sweeper.put_off.get(one, one[1]) for one in due), default=None)
            if next_at is None or next_at > at:
                break
            await self.wait_until(max(next_at, self.clock.now()))
        await self.wait_until(at)

    async def make_button(self, someone: Someone, action: str, inquiry_id: int | None = None, **data: str | int) -> str:
        """Return the token of a button that need not stand anywhere."""
        async with self.database.transaction() as tx:
            return await buttons.ensure(tx, self.clock.now(), someone.address, action, inquiry_id, **data)

    async def _settle(self) -> None:
        await self.sender.work_off()
        for inquiry in await self.inquiries():
            before = self._states.get(inquiry.id)
            if before != inquiry.state:
                self.transitions.add((before, str(inquiry.state)))
                self._states[inquiry.id] = str(inquiry.state)
        async with self.database.reading() as tx:
            rows = await tx.all("SELECT id, state FROM assignments ORDER BY id")
        for share_id, state in ((row["id"], row["state"]) for row in rows):
            if self._share_states.get(share_id) != state:
                self.share_transitions.add((self._share_states.get(share_id), state))
                self._share_states[share_id] = state

    # ------------------------------------------------------------ what is known

    async def inquiries(self) -> list[Inquiry]:
        """Return all inquiries, oldest first."""
        async with self.database.reading() as tx:
            return list(reversed(await inquiries.list_all(tx, most=10_000)))

    async def inquiry(self) -> Inquiry:
        """Return the latest inquiry."""
        return (await self.inquiries())[-1]

    async def shares(self, inquiry: Inquiry | None = None) -> list[Assignment]:
        """Return an inquiry's shares, the latest inquiry's if none is named."""
        inquiry_id = (inquiry or await self.inquiry()).id
        async with self.database.reading() as tx:
            return await assignments.list_of(tx, inquiry_id)

    async def journal(self) -> list[JournalEntry]:
        """Return the whole journal, oldest first."""
        async with self.database.reading() as tx:
            return await journal.list_after(tx, 0, 100_000)

    async def events(self) -> list[str]:
        """Return the names in the journal, oldest first."""
        return [entry.event for entry in await self.journal()]

    async def parked(self) -> list[Delivery]:
        async with self.database.reading() as tx:
            return await given_up.list_all(tx)

    async def joined(self) -> dict[str, Address]:
        async with self.database.reading() as tx:
            return await contacts.load_joined(tx)

    async def count(self, table: str) -> int:
        """Return how many rows a table has."""
        async with self.database.reading() as tx:
            row = await tx.one(f"SELECT count(*) AS n FROM {table}")
        assert row is not None
        return int(row["n"])


@asynccontextmanager
async def raise_stage(
    book: Rulebook | None = None,
    clock: ManualClock | None = None,
    folder: Path | None = None,
    keys: str | None = None,
) -> AsyncIterator[Stage]:
    """Build a stage on a database that is gone afterwards, unless a folder is named for it (`stage.db`)."""
    book, clock, texts = book or county_book(), clock or ManualClock(), all_texts()
    with tempfile.TemporaryDirectory() as temporary:
        async with await Database.open(f"sqlite:///{(folder or Path(temporary)) / 'stage.db'}", keys=keys) as database:
            dialogue = Dialogue(book, texts, clock)
            telegram = FakeTelegram()
            sender = OutboxSender(database, clock, {CHANNEL: telegram}, Pacing(None), make_hooks(dialogue))
            sweeper = Sweeper(database, dialogue, clock, sender.wake, clock.now)
            yield Stage(database, book, clock, dialogue, telegram, sender, sweeper)


async def about_housing(stage: Stage) -> tuple[Someone, Someone]:
    """Return an inquirer with an inquiry about housing, and its contact."""
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    return maria, stage.contact("wohnen-kontakt")


async def some_about_housing(stage: Stage, count: int) -> Someone:
    """Let so many people have an inquiry about housing, and return its contact."""
    for number in range(count):
        person = await stage.inquirer(f"Person{number + 1}")
        await person.writes(TO_HOUSING)
    return stage.contact("wohnen-kontakt")


def said_closed(reference: str, language: str = "de") -> str:
    """Return what a person reads when their inquiry closes for the first time."""
    return said("closed", language, reference=reference) + "\n\n" + said("helped-question", language)


def said(key: str, language: str = "de", /, **values: str | int) -> str:
    """Return a text as it stands in a chat."""
    return plain(all_texts().say(language, key, **values))
