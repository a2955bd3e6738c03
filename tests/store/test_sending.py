"""Sending: one row at a time from each lane, in order, and how each attempt ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model import DeliveryKind, Purpose
from bot.store import outbox, sending
from bot.store.database import Tx
from tests.support.clock import START
from tests.support.sent import claimed, ready
from tests.support.transport import ANNA, BELA, TEAM, make_draft, open_store

SECOND = timedelta(seconds=1)
PRESS = DeliveryKind.ANSWER_PRESS


async def test_only_the_first_of_each_lane_is_ready(tx: Tx) -> None:
    anna, _, bela, _ = await outbox.add_all(
        tx, START, [make_draft(ANNA), make_draft(ANNA), make_draft(BELA), make_draft(BELA)]
    )
    assert await ready(tx) == [anna, bela]


async def test_a_groups_topics_share_one_lane(tx: Tx) -> None:
    first, _ = await outbox.add_all(tx, START, [make_draft(TEAM), make_draft(replace(TEAM, topic=8))])
    assert await ready(tx) == [first]


async def test_a_lane_waits_while_one_of_it_is_being_sent(tx: Tx) -> None:
    first, second = await outbox.add_all(tx, START, [make_draft(), make_draft()])
    await sending.claim(tx, START, [first])
    assert await ready(tx) == []
    await sending.mark_sent(tx, START, [(first, 1)])
    assert await ready(tx) == [second]


async def test_a_lane_keeps_its_order_while_its_first_waits_for_another_attempt(tx: Tx) -> None:
    first, second = await outbox.add_all(tx, START, [make_draft(), make_draft()])
    await sending.claim(tx, START, [first])
    await sending.mark_waiting(tx, first, START + SECOND, "no network")
    assert await ready(tx) == []
    assert await ready(tx, START + SECOND) == [first]
    await sending.mark_parked(tx, first, "refused")
    assert await ready(tx) == [second]


@pytest.mark.parametrize("kind", [DeliveryKind.TEXT, PRESS])
async def test_a_clock_set_back_holds_up_neither_new_rows_nor_further_attempts(tx: Tx, kind: DeliveryKind) -> None:
    delivery = await outbox.add(tx, START, make_draft(kind=kind, press="q1"))
    assert await ready(tx, START - timedelta(hours=1)) == [delivery]
    await sending.claim(tx, START, [delivery])
    await sending.mark_waiting(tx, delivery, START + 600 * SECOND, "asked to wait")
    assert await ready(tx, START + 599 * SECOND) == []
    assert await ready(tx, START - timedelta(hours=1)) == [delivery]


async def test_answers_to_presses_wait_for_nobody_and_nobody_for_them(tx: Tx) -> None:
    text, press, more = await outbox.add_all(
        tx, START, [make_draft(), make_draft(kind=PRESS, press="q1"), make_draft(kind=PRESS, press="q2")]
    )
    await sending.claim(tx, START, [text])
    assert await ready(tx) == [press, more]
    await sending.claim(tx, START, [press])
    await sending.mark_sent(tx, START, [(text, 1)])
    next_text = await outbox.add(tx, START, make_draft())
    assert await ready(tx) == [more, next_text]


async def test_a_row_is_claimed_once(tx: Tx) -> None:
    delivery_id = await outbox.add(tx, START, make_draft())
    assert [delivery.id for delivery in await sending.claim(tx, START, [delivery_id])] == [delivery_id]
    assert await sending.claim(tx, START, [delivery_id]) == []
    assert [delivery.id for delivery in await sending.list_sending(tx)] == [delivery_id]


async def test_unclear_attempts_are_counted_and_mark_the_next_one_as_a_repeat(tx: Tx) -> None:
    delivery = await claimed(tx, make_draft(purpose=Purpose.RELAY))
    assert await sending.mark_waiting(tx, delivery.id, START, "no connection") == 0
    assert not (await outbox.get(tx, delivery.id)).repeat
    assert await sending.mark_waiting(tx, delivery.id, START, "no answer", unclear=True) == 1
    assert (await outbox.get(tx, delivery.id)).repeat


async def test_what_was_sent_lately_is_listed_for_pacing_without_presses_and_skipped_rows(tx: Tx) -> None:
    ids = await outbox.add_all(
        tx, START, [make_draft(ANNA), make_draft(BELA), make_draft(kind=PRESS, press="q"), make_draft(TEAM)]
    )
    await sending.mark_sent(tx, START, [(ids[0], 1)])
    await sending.mark_sent(tx, START + SECOND, [(ids[1], 2), (ids[2], None)])
    await sending.mark_skipped(tx, ids[3], "nothing to do")
    assert await sending.list_sent_since(tx, START + SECOND) == [("telegram", BELA.chat, START + SECOND)]


@pytest.mark.parametrize(
    ("label", "statement"),
    [
        ("looking", sending._READY),
        ("finding a message", "SELECT * FROM outbox WHERE channel = :a AND chat = :a AND message = :a"),
    ],
)
async def test_looking_reads_no_sent_rows(tmp_path: Path, label: str, statement: str) -> None:
    """With a year of messages behind it, a look must cost what the waiting ones cost."""
    async with open_store(tmp_path) as database, database.reading() as tx:
        plan = await tx.all(f"EXPLAIN QUERY PLAN {statement}", at="x", limit=1, a=1)
    scans = [row["detail"] for row in plan if "outbox" in row["detail"] and "INDEX" not in row["detail"]]
    assert [scan for scan in scans if "INTEGER PRIMARY KEY" not in scan] == [], label
