"""The whole way of a message, in and out, through real HTTP to the local stand-in for the Bot API.

Every message of Anna's is relayed to the office, by its text or by copy, and Anna gets a receipt, so that each fault on
the way shows what becomes of the words and what of the notice.
"""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

# Loaded early: the stand-in loads it deep inside a request, where Python 3.11.7 fails to parse it under pytest.
from anyio import open_file  # noqa: F401

from bot.channels.telegram import receive
from bot.channels.telegram.incoming import Translator
from bot.channels.telegram.line import Line, build_line
from bot.channels.telegram.outgoing import TelegramChannel
from bot.channels.telegram.receive import Poller
from bot.model import (
    Address,
    Button,
    ButtonPress,
    DeliveryKind,
    DeliveryState,
    Draft,
    InboundEvent,
    InboundMessage,
    MessageKind,
    Purpose,
)
from bot.playground import acts
from bot.playground.faults import Call, Fault, bad_gateway, drop, flood, internal_error
from bot.playground.server import serving
from bot.services.delivery.inbox import InboxWorker
from bot.services.delivery.outbox import OutboxSender
from bot.services.delivery.pacing import Pacing
from bot.services.delivery.settling import Hooks
from bot.services.delivery.waiting import place_of
from bot.store import outbox
from bot.store.database import Database, Tx
from tests.support.clock import ManualClock
from tests.support.driver import Driven, Driver
from tests.support.transport import open_store

MARK = "Möglicherweise doppelt:"


@dataclass
class Relay:
    """The bot's ways in and out around a dialogue of three lines; nothing happens but when `turns` is called."""

    driver: Driver
    line: Line
    database: Database
    anna: Driven
    office: Address
    clock: ManualClock = field(default_factory=ManualClock)
    events: list[InboundEvent] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Begin as a process does: nothing remembered but what is stored."""
        channel = TelegramChannel(self.line.bot, lambda: MARK)
        self.poller = Poller(self.line, self.database, self.clock, lambda: None)
        self.sender = OutboxSender(self.database, self.clock, {"telegram": channel}, Pacing(None), Hooks())

    async def turns(self, seconds: float = 0) -> None:
        """Let time pass, then do all there is to do."""
        self.clock.turn(seconds=seconds)
        await self.sender.recover()
        await self.poller.poll()
        await self.worker.work_off()
        await self.sender.work_off()

    async def handle(self, tx: Tx, event: InboundEvent) -> None:
        self.events.append(event)
        if isinstance(event, ButtonPress):
            answer = Draft(event.address, DeliveryKind.ANSWER_PRESS, press=event.query, text="Danke", alert=True)
            await outbox.add(tx, self.clock.now(), answer)
        if not isinstance(event, InboundMessage) or event.address.is_group:
            return
        head = f"Von {event.sender.first_name}"
        words = Draft(self.office, purpose=Purpose.RELAY, text=f"{head}\n{event.text}", heading=len(head))
        if event.kind is not MessageKind.TEXT:
            words = Draft(self.office, DeliveryKind.COPY, Purpose.RELAY, copy_of=(event.address, event.message))
        receipt = Draft(event.address, text="Erhalten", buttons=((Button("Zurückziehen", "t1"),),))
        await outbox.add_all(tx, self.clock.now(), [words, receipt])

    async def states(self) -> list[DeliveryState]:
        async with self.database.reading() as tx:
            return [DeliveryState(row["state"]) for row in await tx.all("SELECT state FROM outbox ORDER BY id")]

    async def topic(self) -> int | None:
        async with self.database.reading() as tx:
            return (await outbox.get(tx, 1)).address.topic

    def fails(self, fault: Fault) -> None:
        self.driver.faults.add(fault)

    @property
    def office_chat(self) -> Driven:
        contact = self.driver.person("Kontakt")
        return contact if self.office.chat > 0 else contact.within(self.driver.world.chats[self.office.chat])

    @property
    def arrived(self) -> list[str]:
        return [message.text for message in self.office_chat.received]

    @property
    def receipts(self) -> list[str]:
        return [message.text for message in self.anna.received]


@pytest.fixture
async def relay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Relay]:
    monkeypatch.setattr(receive, "POLL_S", 0)  # what is there now, without waiting for more
    async with serving() as playground, open_store(tmp_path) as database:
        driver = Driver(playground)
        line = build_line(playground.world.bot.token, playground.url)
        await line.open()
        office = driver.person("Kontakt", opened=True)
        relay = Relay(driver, line, database, driver.person("Anna", opened=True), Address("telegram", office.id))
        translator = Translator(line)
        relay.worker = InboxWorker(database, relay.clock, translator.read, relay.handle, lambda: None)
        yield relay
        await line.close()


async def test_words_arrive_and_their_number_is_recorded(relay: Relay) -> None:
    relay.anna.writes("Eine *Wohnung* <b>🏠</b>")
    await relay.turns()
    (card,) = relay.office_chat.received
    assert card.text == "Von Anna\nEine *Wohnung* <b>🏠</b>"
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in card.content.entities] == [
        ("bold", 0, 8)
    ]
    async with relay.database.reading() as tx:
        found = await outbox.find_sent(tx, relay.office, card.id)
    assert found is not None
    assert relay.receipts == ["Erhalten"]


async def test_a_medium_arrives_as_a_copy(relay: Relay) -> None:
    relay.anna.sends("photo", caption="Bad")
    await relay.turns()
    assert [(message.kind, message.text) for message in relay.office_chat.received] == [("photo", "Bad")]


async def test_a_press_is_answered(relay: Relay) -> None:
    relay.anna.writes("Hallo")
    await relay.turns()
    callback = relay.anna.forges(relay.anna.received[0], "t1")
    await relay.turns()
    assert callback.answered
    press = relay.events[-1]
    assert isinstance(press, ButtonPress)
    assert (press.token, press.message) == ("t1", relay.anna.received[0].id)


async def test_a_process_killed_before_confirming_loses_and_doubles_nothing(relay: Relay) -> None:
    relay.anna.writes("eins")
    relay.anna.writes("zwei")
    await relay.poller.poll()
    relay.start()  # the first process stored both and was killed before its next poll
    await relay.turns()
    assert relay.arrived == ["Von Anna\neins", "Von Anna\nzwei"]
    assert relay.receipts == ["Erhalten", "Erhalten"]


@pytest.mark.parametrize("name", ["a cut connection", "a bad gateway", "an internal error"])
async def test_words_of_unknown_fate_are_repeated_marked(relay: Relay, name: str) -> None:
    effect = {"a cut connection": drop, "a bad gateway": bad_gateway, "an internal error": internal_error}[name]()
    relay.fails(Fault(effect, methods={"sendMessage"}, chat_id=relay.office.chat, after_effect=True))
    relay.anna.writes("Hallo")
    await relay.turns()
    await relay.turns(seconds=3)
    assert relay.arrived == ["Von Anna\nHallo", f"{MARK}\nVon Anna\nHallo"]
    assert await relay.states() == [DeliveryState.SENT, DeliveryState.SENT]


async def test_a_notice_of_unknown_fate_is_not_repeated(relay: Relay) -> None:
    relay.fails(Fault(drop(), methods={"sendMessage"}, chat_id=relay.anna.id, after_effect=True))
    relay.anna.writes("Hallo")
    for _ in range(3):
        await relay.turns(seconds=60)
    assert relay.receipts == ["Erhalten"]
    assert await relay.states() == [DeliveryState.SENT, DeliveryState.UNCERTAIN]


async def test_a_flood_holds_the_lane_and_keeps_the_order(relay: Relay) -> None:
    relay.fails(Fault(flood(30), methods={"sendMessage"}, chat_id=relay.office.chat))
    relay.anna.writes("eins")
    relay.anna.writes("zwei")
    await relay.turns()
    assert relay.arrived == []
    assert relay.receipts == ["Erhalten", "Erhalten"]
    await relay.turns(seconds=34)
    assert relay.arrived == ["Von Anna\neins", "Von Anna\nzwei"]


async def test_a_person_who_blocked_the_bot_parks_the_words(relay: Relay) -> None:
    relay.driver.person("Kontakt").blocks()
    relay.anna.writes("Hallo")
    await relay.turns()
    assert await relay.states() == [DeliveryState.PARKED, DeliveryState.SENT]


async def test_a_group_that_became_a_supergroup_is_followed(relay: Relay) -> None:
    contact = relay.driver.person("Kontakt")
    group = relay.driver.world.add_basic_group("Wohnen", [contact.person])
    relay.office = Address("telegram", group.id)
    new = acts.migrate(relay.driver.world, group.id, contact.id)
    relay.anna.writes("Hallo")
    await relay.turns()
    relay.office = Address("telegram", new.id)
    assert relay.arrived == ["Von Anna\nHallo"]


async def test_a_topic_that_is_gone_falls_back_to_the_group(relay: Relay) -> None:
    contact = relay.driver.person("Kontakt")
    group = relay.driver.group("Wohnen", [contact], is_forum=True)
    relay.office = Address("telegram", group.id, topic=4711)
    relay.anna.writes("Hallo")
    await relay.turns()
    assert relay.arrived == ["Von Anna\nHallo"]
    assert await relay.topic() is None


SPOILED = [
    ("a full disk", "PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1000000", "the disk is full"),
    ("a read-only database", "PRAGMA query_only = ON", "PRAGMA query_only = OFF", "may not be written"),
]


async def pragma(relay: Relay, statement: str) -> None:
    await relay.database._writer.execute_fetchall(statement)


@pytest.mark.parametrize(("label", "spoil", "mend", "said"), SPOILED, ids=[row[0] for row in SPOILED])
async def test_what_cannot_be_stored_is_not_confirmed_and_comes_again(
    relay: Relay, label: str, spoil: str, mend: str, said: str
) -> None:
    await relay.turns()
    await pragma(relay, spoil)
    relay.anna.writes("Wohnung " * 500)
    for _ in range(2):
        with pytest.raises(sqlite3.OperationalError) as trouble:
            await relay.poller.poll()
        assert said in place_of(trouble.value)
    assert len(relay.driver.world.updates.pending()) == 1
    await pragma(relay, mend)
    await relay.turns()
    assert len(relay.arrived) == len(relay.receipts) == 1


async def test_what_was_sent_while_it_could_not_be_recorded_is_not_sent_again(relay: Relay) -> None:
    async def spoil(_: Call) -> None:
        await pragma(relay, "PRAGMA query_only = ON")

    relay.fails(Fault(spoil, methods={"sendMessage"}, after_effect=True))
    relay.anna.writes("Wohnung")
    with pytest.raises(sqlite3.OperationalError):
        await relay.turns()
    with pytest.raises(sqlite3.OperationalError):
        await relay.sender.round()
    await pragma(relay, "PRAGMA query_only = OFF")
    await relay.sender.work_off()
    assert await relay.states() == [DeliveryState.SENT, DeliveryState.SENT]
    assert len(relay.arrived) == len(relay.receipts) == 1
    assert MARK not in relay.arrived[0]
