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

from bot.errors import SendError, SendFailure
from bot.model import (
    CAPTIONED,
    Address,
    Assignment,
    ButtonPress,
    Delivery,
    DeliveryKind,
    InboundEvent,
    InboundMessage,
    Inquiry,
    JournalEntry,
    MessageKind,
    Sender,
)
from bot.services.dialogue import Dialogue
from bot.services.invitations import add_invitation
from bot.services.outbox import OutboxSender
from bot.services.pacing import Pacing
from bot.services.rulebook import Rulebook
from bot.services.split import utf16_length
from bot.services.sweeper import Sweeper
from bot.services.undeliverable import make_hooks
from bot.store import assignments, buttons, contacts, inquiries, journal, outbox
from bot.store.database import Database
from tests.support.builders import make_message
from tests.support.clock import ManualClock
from tests.support.rulebook import all_texts, county_book

CHANNEL = "telegram"
FIRST_PERSON = 1001

# Bot API: sendMessage.text, copyMessage.caption, InlineKeyboardButton.callback_data, answerCallbackQuery.text.
TEXT_UNITS, CAPTION_UNITS, DATA_BYTES, ANSWER_LENGTH = 4_096, 1_024, 64, 200


@dataclass(frozen=True)
class Shown:
    """A message as it stands in a chat; the text without the marks that isolate what was filled in."""

    chat: int
    message: int
    text: str
    kind: MessageKind = MessageKind.TEXT
    by_bot: bool = True
    reply_to: int | None = None
    topic: int | None = None
    copy_of: tuple[int, int] | None = None
    tokens: dict[str, str] = field(default_factory=dict)
    heading: str = ""

    @property
    def buttons(self) -> list[str]:
        return list(self.tokens)


@dataclass
class FakeTelegram:
    """The channel: remembers what stands in each chat.

    Attributes:
        closed: chats that refuse everything, and how.
        script: what becomes of the next attempts, None for success.
    """

    chats: dict[int, dict[int, Shown]] = field(default_factory=dict)
    answers: dict[str, tuple[str | None, bool]] = field(default_factory=dict)
    closed: dict[int, SendFailure] = field(default_factory=dict)
    script: list[SendError | None] = field(default_factory=list)
    carried: list[Delivery] = field(default_factory=list)

    async def send(self, delivery: Delivery) -> int | None:
        failure = self.closed.get(delivery.address.chat)
        if failure is not None:
            raise SendError(failure, f"scripted {failure}")
        scripted = self.script.pop(0) if self.script else None
        if scripted is not None:
            raise scripted
        self.carried.append(delivery)
        match delivery.draft.kind:
            case DeliveryKind.TEXT | DeliveryKind.COPY:
                return self._show(delivery)
            case DeliveryKind.EDIT | DeliveryKind.EDIT_BUTTONS:
                self._change(delivery)
            case DeliveryKind.ANSWER_PRESS:
                query = delivery.draft.press or ""
                assert query not in self.answers, "a press was answered twice"
                text = delivery.draft.text
                assert len(text or "") <= ANSWER_LENGTH
                self.answers[query] = (None if text is None else plain(text), delivery.draft.alert)
        return None

    def enter(self, chat: int, text: str, **more: Any) -> Shown:
        """Put a message into a chat under its next number."""
        inside = self.chats.setdefault(chat, {})
        shown = Shown(chat, max(inside, default=0) + 1, text, **more)
        inside[shown.message] = shown
        return shown

    def _show(self, delivery: Delivery) -> int:
        draft, chat = delivery.draft, delivery.address.chat
        text, kind, copy_of = draft.text or "", MessageKind.TEXT, None
        if draft.kind is DeliveryKind.COPY:
            assert draft.copy_of is not None
            source = self.chats[draft.copy_of[0].chat][draft.copy_of[1]]
            kind, copy_of = source.kind, (source.chat, source.message)
            text = source.text if draft.text is None else text
            assert draft.text is None or (kind in CAPTIONED and utf16_length(text) <= CAPTION_UNITS)
        else:
            assert text.strip(), "an empty message"
            assert utf16_length(text) <= TEXT_UNITS, "a message too long"
        assert delivery.reply_to is None or delivery.reply_to in self.chats[chat], "a reply to nothing"
        heading = plain(text.encode("utf-16-le")[: 2 * draft.heading].decode("utf-16-le"))
        more = {"reply_to": delivery.reply_to, "topic": delivery.address.topic, "heading": heading}
        return self.enter(chat, plain(text), kind=kind, copy_of=copy_of, tokens=_tokens(delivery), **more).message

    def _change(self, delivery: Delivery) -> None:
        inside = self.chats[delivery.address.chat]
        assert delivery.edits is not None
        before = inside[delivery.edits]
        assert before.by_bot, "a bot changes only its own messages"
        text = plain(delivery.draft.text or "") if delivery.draft.kind is DeliveryKind.EDIT else before.text
        inside[delivery.edits] = replace(before, text=text, tokens=_tokens(delivery))


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
        """Press the latest button with this label; returns what popped up, and whether it must be dismissed."""
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

    def _message(self, shown: Shown, **more: Any) -> InboundMessage:
        return make_message(
            shown.text,
            address=self.address,
            message=shown.message,
            sender=self.sender,
            sent_at=self.stage.clock.now(),
            **{"reply_to": shown.reply_to, "kind": shown.kind} | more,
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
    _states: dict[int, str] = field(default_factory=dict)
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
        """Handle an event in a transaction of its own, then deliver."""
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
            rows = await tx.all("SELECT DISTINCT event FROM journal")
            found = [entry for row in rows for entry in await journal.list_events(tx, row["event"])]
        return sorted(found, key=lambda entry: entry.id)

    async def events(self) -> list[str]:
        """Return the names in the journal, oldest first."""
        return [entry.event for entry in await self.journal()]

    async def parked(self) -> list[Delivery]:
        async with self.database.reading() as tx:
            return await outbox.list_parked(tx)

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
async def raise_stage(book: Rulebook | None = None, clock: ManualClock | None = None) -> AsyncIterator[Stage]:
    """Build a stage on a database that is gone afterwards."""
    book, clock, texts = book or county_book(), clock or ManualClock(), all_texts()
    with tempfile.TemporaryDirectory() as folder:
        async with await Database.open(f"sqlite:///{Path(folder) / 'stage.db'}") as database:
            dialogue = Dialogue(book, texts, clock)
            telegram = FakeTelegram()
            sender = OutboxSender(database, clock, {CHANNEL: telegram}, Pacing(None), make_hooks(dialogue))
            sweeper = Sweeper(database, dialogue, clock, sender.wake)
            yield Stage(database, book, clock, dialogue, telegram, sender, sweeper)


def plain(text: str) -> str:
    """Drop the marks around what was filled in."""
    return text.replace("\u2068", "").replace("\u2069", "")


def _tokens(delivery: Delivery) -> dict[str, str]:
    tokens = {}
    for row in delivery.draft.buttons or ():
        assert row, "an empty row of buttons"
        for button in row:
            label = plain(button.label)
            assert len(button.token.encode()) <= DATA_BYTES
            assert label not in tokens, f"two buttons {label!r} under one message"
            tokens[label] = button.token
    return tokens
