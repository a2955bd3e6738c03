"""The sender: lanes in order, each failure with its consequence, nothing lost, nothing said to be sent that was not."""

from __future__ import annotations

import asyncio
import itertools
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from bot.errors import SendError, SendFailure
from bot.model import Address, Delivery, DeliveryKind, DeliveryState, Document, Draft, Purpose
from bot.services.delivery.outbox import OutboxSender
from bot.services.delivery.pacing import Limits, Pacing
from bot.services.delivery.settling import UNCLEAR_ATTEMPTS, Hooks
from bot.store import given_up, outbox, sending
from bot.store.database import Database, Tx
from tests.support.clock import ManualClock
from tests.support.transport import ANNA, BELA, TEAM, FakeChannel, make_draft, open_store

QUEUED, SENT, UNCERTAIN, PARKED = (
    DeliveryState.QUEUED,
    DeliveryState.SENT,
    DeliveryState.UNCERTAIN,
    DeliveryState.PARKED,
)
RELAY, NEEDED = Purpose.RELAY, Purpose.NEEDED


@dataclass
class Office:
    """A sender with everything around it."""

    database: Database
    clock: ManualClock = field(default_factory=ManualClock)
    channel: FakeChannel = field(default_factory=FakeChannel)
    told: list[tuple[Any, ...]] = field(default_factory=list)
    limits: Limits | None = None

    def __post_init__(self) -> None:
        self.sender = self.make_sender()

    def make_sender(self) -> OutboxSender:
        hooks = Hooks(self._parked, self._migrated, self._topic_gone)
        return OutboxSender(self.database, self.clock, {"telegram": self.channel}, Pacing(self.limits), hooks)

    async def add(self, *drafts: Draft) -> list[int]:
        async with self.database.transaction() as tx:
            return await outbox.add_all(tx, self.clock.now(), drafts)

    async def send(self, *drafts: Draft) -> list[int]:
        ids = await self.add(*drafts)
        await self.sender.work_off()
        return ids

    async def get(self, delivery_id: int) -> Delivery:
        async with self.database.reading() as tx:
            return await outbox.get(tx, delivery_id)

    async def states(self) -> list[DeliveryState]:
        async with self.database.reading() as tx:
            return [DeliveryState(row["state"]) for row in await tx.all("SELECT state FROM outbox ORDER BY id")]

    async def _parked(self, _: Tx, delivery: Delivery, error: SendError) -> None:
        self.told.append(("parked", delivery.id, error.failure))

    async def _migrated(self, _: Tx, old: Address, new: Address) -> None:
        self.told.append(("migrated", old, new))

    async def _topic_gone(self, _: Tx, delivery: Delivery) -> None:
        self.told.append(("topic gone", delivery.address))


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_store(tmp_path) as database:
        yield Office(database)


# ---------------------------------------------------------------- going out


async def test_what_is_queued_goes_out_in_order_and_its_number_is_recorded(office: Office) -> None:
    ids = await office.send(make_draft(text="1"), make_draft(text="2"), make_draft(BELA, text="3"))
    assert sorted(office.channel.texts, key=str) == ["1", "2", "3"]
    assert [text for text in office.channel.texts if text != "3"] == ["1", "2"]
    assert await office.states() == [SENT, SENT, SENT]
    first = await office.get(ids[0])
    assert first.message == 1 + office.channel.texts.index("1")


async def test_a_claim_is_committed_before_anything_is_sent(office: Office) -> None:
    seen: list[DeliveryState] = []

    async def look(delivery: Delivery) -> None:
        seen.append((await office.get(delivery.id)).state)

    office.channel.before = look
    await office.send(make_draft())
    assert seen == [DeliveryState.SENDING]


async def test_one_message_is_in_flight_in_a_lane_and_others_go_beside_it(office: Office) -> None:
    in_flight: dict[int, int] = {}
    most: dict[int, int] = {}
    together: list[int] = []

    async def fly(delivery: Delivery) -> None:
        chat = delivery.address.chat
        in_flight[chat] = in_flight.get(chat, 0) + 1
        most[chat] = max(most.get(chat, 0), in_flight[chat])
        together.append(sum(in_flight.values()))
        for _ in range(5):
            await asyncio.sleep(0)
        in_flight[chat] -= 1

    office.channel.before = fly
    await office.send(*[make_draft(address) for address in (ANNA, ANNA, ANNA, BELA, BELA, BELA)])
    assert most == {ANNA.chat: 1, BELA.chat: 1}
    assert max(together) == 2


async def test_what_follows_goes_out_only_after_the_channel_confirmed(office: Office) -> None:
    office.channel.script = [SendFailure.NOT_SENT]
    draft = make_draft(text="answer", then=make_draft(BELA, text="was sent"))
    await office.send(draft)
    assert office.channel.texts == ["answer"]
    office.clock.turn(seconds=2)
    await office.sender.work_off()
    assert office.channel.texts == ["answer", "answer", "was sent"]


async def test_pacing_keeps_a_second_between_messages_in_a_chat(tmp_path: Path) -> None:
    async with open_store(tmp_path) as database:
        office = Office(database, limits=Limits())
        await office.send(make_draft(text="1"), make_draft(text="2"), make_draft(BELA, text="3"))
        assert sorted(office.channel.texts, key=str) == ["1", "3"]
        office.clock.turn(seconds=0.9)
        assert await office.sender.round() == pytest.approx(0.1)
        office.clock.turn(seconds=0.1)
        await office.sender.work_off()
        assert office.channel.texts[-1] == "2"


async def test_a_restart_keeps_a_groups_window(tmp_path: Path) -> None:
    async with open_store(tmp_path) as database:
        office = Office(database, limits=Limits(group_count=2))
        await office.send(make_draft(TEAM))
        office.clock.turn(seconds=1)
        await office.send(make_draft(TEAM), make_draft(TEAM))
        office.sender = office.make_sender()
        await office.sender.recover()
        office.clock.turn(seconds=58)
        await office.sender.work_off()
        assert len(office.channel.sent) == 2
        office.clock.turn(seconds=1)
        await office.sender.work_off()
        assert len(office.channel.sent) == 3


async def test_rows_added_by_another_process_go_out_without_a_ring(office: Office) -> None:
    await office.sender.work_off()
    await office.send(make_draft())
    assert await office.states() == [SENT]


# ---------------------------------------------------------------- what follows from a failure

EDIT = make_draft(kind=DeliveryKind.EDIT)


@pytest.mark.parametrize(
    ("label", "failure", "draft", "state", "told", "repeat"),
    [
        ("no connection: again", SendFailure.NOT_SENT, make_draft(), QUEUED, [], False),
        ("unknown notice: final", SendFailure.UNKNOWN, make_draft(), UNCERTAIN, [], False),
        ("unknown, but needed: again, unmarked", SendFailure.UNKNOWN, make_draft(purpose=NEEDED), QUEUED, [], False),
        ("unknown relay: again, marked", SendFailure.UNKNOWN, make_draft(purpose=RELAY), QUEUED, [], True),
        ("told to wait: again", SendFailure.FLOOD, make_draft(), QUEUED, [], False),
        ("blocked: parked", SendFailure.UNREACHABLE, make_draft(), PARKED, ["parked"], False),
        ("refused: parked", SendFailure.REFUSED, make_draft(), PARKED, ["parked"], False),
        ("token refused: again", SendFailure.UNAUTHORIZED, make_draft(), QUEUED, [], False),
        ("topic gone without a topic: parked", SendFailure.TOPIC_GONE, make_draft(), PARKED, ["parked"], False),
        ("migrated nowhere: parked", SendFailure.MIGRATED, make_draft(), PARKED, ["parked"], False),
        *[
            (f"a press's answer, {failure}: given up", failure, make_draft(kind=DeliveryKind.ANSWER_PRESS), UNCERTAIN,
             [], False)
            for failure in SendFailure
        ],
    ],
)  # fmt: skip
async def test_a_failure_has_its_consequence(
    office: Office, label: str, failure: SendFailure, draft: Draft, state: DeliveryState, told: list[str], repeat: bool
) -> None:
    office.channel.script = [failure]
    (delivery_id,) = await office.send(draft)
    delivery = await office.get(delivery_id)
    assert (delivery.state, delivery.repeat) == (state, repeat), label
    assert [what for what, *_ in office.told] == told, label
    assert len(office.channel.sent) == 1, label
    assert (delivery.error or "").startswith("scripted"), label


async def test_a_network_that_is_down_for_a_day_parks_nothing_and_keeps_the_order(office: Office) -> None:
    office.channel.script = [SendFailure.NOT_SENT] * 50
    await office.send(make_draft(text="1"), make_draft(text="2"))
    for _ in range(50):
        office.clock.turn(seconds=70)
        await office.sender.work_off()
    assert office.channel.texts == ["1"] * 51 + ["2"]
    assert await office.states() == [SENT, SENT]
    assert office.told == []


async def test_attempts_grow_rarer_up_to_a_minute(office: Office) -> None:
    office.channel.script = [SendFailure.NOT_SENT] * 20
    await office.send(make_draft())
    for pause in (1, 2, 4, 8, 16, 32, 60, 60):
        attempts = len(office.channel.sent)
        office.clock.turn(seconds=pause - 0.01)
        await office.sender.work_off()
        assert len(office.channel.sent) == attempts
        office.clock.turn(seconds=pause * 0.1 + 0.01)
        await office.sender.work_off()
        assert len(office.channel.sent) == attempts + 1


async def test_a_flood_holds_its_lane_as_long_as_told_and_no_other(office: Office) -> None:
    flood = SendError(SendFailure.FLOOD, "too many", retry_after_s=30)
    office.channel.script = [flood]
    await office.send(make_draft(text="1"), make_draft(text="2"))
    await office.send(make_draft(BELA, text="3"))
    assert office.channel.texts == ["1", "3"]
    office.clock.turn(seconds=29)
    await office.sender.work_off()
    assert office.channel.texts == ["1", "3"]
    office.clock.turn(seconds=5)
    await office.sender.work_off()
    assert office.channel.texts == ["1", "3", "1", "2"]


async def test_a_replayed_row_does_not_break_into_a_flooded_lane(office: Office) -> None:
    office.channel.script = [SendFailure.REFUSED, SendError(SendFailure.FLOOD, "too many", retry_after_s=30)]
    parked, _ = await office.send(make_draft(text="1"), make_draft(text="2"))
    async with office.database.transaction() as tx:
        assert await given_up.requeue(tx, office.clock.now(), parked)
    await office.sender.work_off()
    assert office.channel.texts == ["1", "2"]
    office.clock.turn(seconds=34)
    await office.sender.work_off()
    assert office.channel.texts == ["1", "2", "1", "2"]


async def test_a_relay_of_unknown_fate_is_repeated_marked_and_parked_in_the_end(office: Office) -> None:
    office.channel.script = [SendFailure.UNKNOWN] * 50
    (delivery_id,) = await office.send(make_draft(purpose=RELAY))
    for _ in range(30):
        office.clock.turn(seconds=700)
        await office.sender.work_off()
    assert [delivery.repeat for delivery in office.channel.sent] == [False] + [True] * (UNCLEAR_ATTEMPTS - 1)
    assert (await office.get(delivery_id)).state is PARKED
    assert office.told == [("parked", delivery_id, SendFailure.UNKNOWN)]


async def test_what_was_parked_unclear_has_all_its_attempts_again_and_nobody_hears_twice_that_it_failed(
    office: Office,
) -> None:
    office.channel.script = [SendFailure.UNKNOWN]
    (delivery_id,) = await office.send(make_draft(purpose=RELAY, otherwise=make_draft(BELA, text="not sent")))
    for attempts in (UNCLEAR_ATTEMPTS - 1, UNCLEAR_ATTEMPTS):
        office.channel.script = [SendFailure.UNKNOWN] * attempts
        for _ in range(30):
            office.clock.turn(seconds=700)
            await office.sender.work_off()
        assert (await office.get(delivery_id)).state is PARKED
        async with office.database.transaction() as tx:
            assert await given_up.requeue(tx, office.clock.now(), delivery_id)
    await office.sender.work_off()

    carried = [delivery for delivery in office.channel.sent if delivery.id == delivery_id]
    assert [delivery.repeat for delivery in carried] == [False] + [True] * 2 * UNCLEAR_ATTEMPTS
    assert (await office.get(delivery_id)).state is SENT
    assert office.channel.texts.count("not sent") == 1


async def test_an_edit_of_unknown_fate_is_made_again_whatever_its_purpose(office: Office) -> None:
    (original,) = await office.send(make_draft())
    office.channel.script = [SendFailure.UNKNOWN]
    (edit,) = await office.send(replace(EDIT, edits=original))
    assert (await office.get(edit)).state is QUEUED
    office.clock.turn(seconds=5)
    await office.sender.work_off()
    assert (await office.get(edit)).state is SENT


async def test_a_parked_row_lets_its_lane_go_on_and_its_otherwise_goes_out(office: Office) -> None:
    office.channel.script = [SendFailure.UNREACHABLE]
    await office.send(make_draft(text="1", otherwise=make_draft(BELA, text="not sent")), make_draft(text="2"))
    assert sorted(office.channel.texts, key=str) == ["1", "2", "not sent"]
    assert await office.states() == [PARKED, SENT, SENT]


async def test_a_migrated_group_is_readdressed_and_its_message_goes_there_at_once(office: Office) -> None:
    new = Address("telegram", -100777)
    office.channel.script = [SendError(SendFailure.MIGRATED, "migrated", new_chat_id=new.chat)]
    await office.send(make_draft(TEAM, text="1"), make_draft(TEAM, text="2"))
    assert [delivery.address.chat for delivery in office.channel.sent] == [TEAM.chat, new.chat, new.chat]
    assert office.channel.texts == ["1", "1", "2"]
    assert office.told == [("migrated", Address("telegram", TEAM.chat), new)]


async def test_an_edit_in_a_migrated_group_is_given_up_and_does_not_go_round_in_circles(office: Office) -> None:
    (original,) = await office.send(make_draft(TEAM))
    office.channel.script = [SendError(SendFailure.MIGRATED, "migrated", new_chat_id=-100777)] * 5
    (edit,) = await office.send(make_draft(TEAM, kind=DeliveryKind.EDIT_BUTTONS, edits=original))
    assert len(office.channel.sent) == 2
    assert (await office.get(edit)).state is SENT
    assert [what for what, *_ in office.told] == ["migrated"]


@pytest.mark.parametrize("kind", [DeliveryKind.DELETE, DeliveryKind.EDIT])
@pytest.mark.parametrize("first", [True, False], ids=["tells of the migration", "waits when it is told"])
async def test_an_order_by_number_does_not_hit_another_message_after_a_migration(
    office: Office, kind: DeliveryKind, first: bool
) -> None:
    error = SendError(SendFailure.MIGRATED, "migrated", new_chat_id=-100777)
    office.channel.script = [error] if first else [error, None, error]
    order = make_draft(TEAM, kind=kind, message=5)
    await office.send(*([order] if first else [make_draft(TEAM, text="1"), order]))

    orders = [one for one in office.channel.sent if one.draft.kind is kind]
    assert [(one.address.chat, one.draft.message) for one in orders] == [(TEAM.chat, 5)]
    assert await office.states() == ([SENT] if first else [SENT, SENT])


async def test_a_deleted_topic_falls_back_to_the_group_once(office: Office) -> None:
    office.channel.script = [SendFailure.TOPIC_GONE, None, SendFailure.TOPIC_GONE]
    await office.send(make_draft(TEAM, text="1"), make_draft(TEAM, text="2"))
    assert [delivery.address.topic for delivery in office.channel.sent] == [7, None, None]
    assert [what for what, *_ in office.told] == ["topic gone", "parked"]
    assert await office.states() == [SENT, PARKED]


async def test_a_refused_token_holds_everything_and_says_so_once(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.channel.script = [SendFailure.UNAUTHORIZED] * 2
    with caplog.at_level(logging.CRITICAL):
        await office.send(make_draft(ANNA), make_draft(BELA), make_draft(TEAM))
    assert await office.states() == [QUEUED, QUEUED, SENT]
    assert len(caplog.records) == 1
    await office.send(make_draft(TEAM))
    office.clock.turn(seconds=4)
    await office.sender.work_off()
    assert len(office.channel.sent) == 3
    office.clock.turn(seconds=2)
    await office.sender.work_off()
    assert set(await office.states()) == {SENT}


async def test_an_edit_of_what_was_never_sent_makes_no_call(office: Office) -> None:
    office.channel.script = [SendFailure.REFUSED]
    (original,) = await office.send(make_draft())
    (edit,) = await office.send(replace(EDIT, edits=original))
    assert len(office.channel.sent) == 1
    delivery = await office.get(edit)
    assert (delivery.state, delivery.error) == (SENT, "the message to edit was never sent")


async def test_an_edit_waits_for_what_it_changes(office: Office) -> None:
    (original,) = await office.add(make_draft(text="1"))
    await office.send(replace(EDIT, edits=original, text="2"))
    assert [(delivery.draft.text, delivery.edited_message) for delivery in office.channel.sent] == [
        ("1", None),
        ("2", 1),
    ]


@pytest.mark.parametrize(
    ("label", "fault", "state"),
    [
        ("a fault in the channel", KeyError("Frau Muster"), PARKED),
        ("an answer that never comes", TimeoutError(), UNCERTAIN),
    ],
)
async def test_a_fault_in_one_message_does_not_stop_the_others(
    office: Office, caplog: pytest.LogCaptureFixture, label: str, fault: Exception, state: DeliveryState
) -> None:
    office.channel.script = [fault]
    first, second = await office.send(make_draft(), make_draft(text="2"))
    assert [(await office.get(delivery_id)).state for delivery_id in (first, second)] == [state, SENT], label
    assert "Muster" not in caplog.text
    assert "Muster" not in ((await office.get(first)).error or "")


async def test_an_unknown_channel_parks_the_row(office: Office) -> None:
    (delivery_id,) = await office.send(make_draft(Address("mail", 1)))
    assert (await office.get(delivery_id)).error == "no channel 'mail' is set up. Set it up, then replay."


async def test_a_faulty_hook_neither_loses_a_result_nor_holds_up_the_others(tmp_path: Path) -> None:
    async with open_store(tmp_path) as database:
        office = Office(database)
        office.sender = make_broken_sender(office)
        office.channel.script = [SendFailure.REFUSED]
        first, _ = await office.send(make_draft(ANNA), make_draft(BELA))
        assert await office.states() == [PARKED, SENT]
        assert "fault of the program" in ((await office.get(first)).error or "")


def make_broken_sender(office: Office) -> OutboxSender:
    """Return a sender with a hook that fails for whatever is given up."""

    async def broken(*_: object) -> None:
        raise ValueError("a fault")

    return OutboxSender(office.database, office.clock, {"telegram": office.channel}, Pacing(None), Hooks(parked=broken))


def full_disk() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return error


# The first records all together, and meets the faulty hook; the second and third are about what was given up, alone
# and without the hook.
@pytest.mark.parametrize("failing", [2, 3, 4, 5])
@pytest.mark.parametrize("trouble", [full_disk(), asyncio.CancelledError()], ids=["full disk", "cancelled"])
async def test_no_result_is_lost_when_recording_one_by_one_is_cut_off(
    office: Office, monkeypatch: pytest.MonkeyPatch, trouble: BaseException, failing: int
) -> None:
    office.sender = make_broken_sender(office)
    office.channel.script = [SendFailure.REFUSED]
    await office.add(make_draft(ANNA), make_draft(BELA), make_draft(TEAM))
    await office.sender.round()
    await asyncio.wait(office.sender._tasks)
    transaction, begun = office.database.transaction, itertools.count(1)

    @asynccontextmanager
    async def cut_off(**more: Any) -> AsyncIterator[Tx]:
        if next(begun) == failing:
            raise trouble
        async with transaction(**more) as tx:
            yield tx

    monkeypatch.setattr(office.database, "transaction", cut_off)
    with pytest.raises(type(trouble)):
        await office.sender.round()
    await office.sender.work_off()

    assert await office.states() == [PARKED, SENT, SENT]
    assert len(office.channel.sent) == 3


async def test_nothing_is_kept_of_what_is_to_be_forgotten_though_a_hook_is_faulty(office: Office) -> None:
    office.sender = make_broken_sender(office)
    office.channel.script = [SendFailure.REFUSED]
    await office.send(make_draft(forget=True), make_draft(BELA))
    assert await office.states() == [SENT]


# ---------------------------------------------------------------- stopping and starting


@pytest.mark.parametrize(
    ("label", "draft", "state"),
    [
        ("a relay goes out again", make_draft(purpose=RELAY), QUEUED),
        ("what is needed does too", make_draft(purpose=NEEDED), QUEUED),
        ("a notice does not", make_draft(), UNCERTAIN),
        ("an answer to a press does not", make_draft(kind=DeliveryKind.ANSWER_PRESS, press="q"), UNCERTAIN),
    ],
)
async def test_what_was_cut_off_is_of_unknown_fate(
    office: Office, label: str, draft: Draft, state: DeliveryState
) -> None:
    (delivery_id,) = await office.add(draft)
    async with office.database.transaction() as tx:
        await sending.claim(tx, office.clock.now(), [delivery_id])
    await office.sender.recover()
    assert (await office.get(delivery_id)).state is state, label


async def test_stopping_finishes_what_is_under_way_and_leaves_the_rest_queued(office: Office) -> None:
    under_way, go_on = asyncio.Event(), asyncio.Event()

    async def hold(_: Delivery) -> None:
        under_way.set()
        await go_on.wait()

    office.channel.before = hold
    await office.add(make_draft(), make_draft())
    running = asyncio.create_task(office.sender.run())
    await under_way.wait()
    office.sender.stop()
    go_on.set()
    await running
    assert await office.states() == [SENT, QUEUED]


async def test_being_cancelled_leaves_what_is_under_way_for_the_next_start(office: Office) -> None:
    under_way = asyncio.Event()

    async def hang(_: Delivery) -> None:
        under_way.set()
        await asyncio.Event().wait()

    office.channel.before = hang
    await office.add(make_draft())
    running = asyncio.create_task(office.sender.run())
    await under_way.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert await office.states() == [DeliveryState.SENDING]


async def test_a_ring_brings_new_rows_out(office: Office) -> None:
    sent = asyncio.Event()

    async def tell(_: Delivery) -> None:
        sent.set()

    office.channel.before = tell
    running = asyncio.create_task(office.sender.run())
    await office.add(make_draft())
    office.sender.wake()
    await sent.wait()
    office.sender.stop()
    await running
    assert await office.states() == [SENT]


async def test_results_survive_a_database_in_trouble(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full_disk(*_: object) -> None:
        error = __import__("sqlite3").OperationalError("database or disk is full")
        error.sqlite_errorcode = 13
        raise error

    await office.add(make_draft())
    mark_sent = sending.mark_sent
    monkeypatch.setattr(sending, "mark_sent", full_disk)
    with pytest.raises(Exception, match="disk is full"):
        await office.sender.work_off()
    assert await office.states() == [DeliveryState.SENDING]
    monkeypatch.setattr(sending, "mark_sent", mark_sent)
    await office.sender.work_off()
    assert await office.states() == [SENT]
    assert len(office.channel.sent) == 1


# ---------------------------------------------------------------- documents

DOCUMENT = DeliveryKind.DOCUMENT


async def test_a_document_is_written_in_the_moment_it_is_sent_and_kept_nowhere(office: Office) -> None:
    written: list[int] = []

    async def write(_: Tx, delivery: Delivery) -> Document:
        written.append(delivery.id)
        return Document("a.json", b"words")

    sender = OutboxSender(office.database, office.clock, {"telegram": office.channel}, Pacing(None), Hooks(write=write))
    [number] = await office.add(make_draft(kind=DOCUMENT, document="a"))
    assert written == []
    await sender.work_off()

    assert written == [number]
    assert [one.document for one in office.channel.sent] == [Document("a.json", b"words")]
    async with office.database.reading() as tx:
        assert "words" not in str([tuple(row) for row in await tx.all("SELECT * FROM outbox")])


async def test_a_document_with_nothing_left_to_write_about_is_not_sent(office: Office) -> None:
    [number] = await office.send(make_draft(kind=DOCUMENT, document="a"))

    assert office.channel.sent == []
    assert (await office.get(number)).error == "there was nothing left to write about"


async def test_a_document_that_could_not_be_written_for_now_is_tried_again(office: Office) -> None:
    locked = sqlite3.OperationalError("database is locked")
    locked.sqlite_errorcode = sqlite3.SQLITE_BUSY
    failing = [locked]

    async def write(_: Tx, delivery: Delivery) -> Document:
        if failing:
            raise failing.pop()
        return Document("a.json", b"words")

    sender = OutboxSender(office.database, office.clock, {"telegram": office.channel}, Pacing(None), Hooks(write=write))
    await office.add(make_draft(kind=DOCUMENT, document="a"))
    await sender.work_off()
    assert office.channel.sent == []
    office.clock.turn(minutes=2)
    await sender.work_off()

    assert len(office.channel.sent) == 1
