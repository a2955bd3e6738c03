"""Storing: whatever Telegram brings, it can be stored, and is known again when it comes twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram.storing import Storing, to_raw_update
from tests.support.clock import ManualClock
from tests.support.transport import open_store

CHAT = {"id": -100500, "type": "supergroup"}
MESSAGE = {"message_id": 3, "date": 100, "chat": CHAT, "text": "x"}
EDIT = {**MESSAGE, "edit_date": 200}
PRESS = {"id": "q1", "from": {"id": 1001}, "message": MESSAGE, "data": "t"}


@pytest.mark.parametrize(
    ("label", "element", "lane", "meaning"),
    [
        ("a message", {"message": MESSAGE}, "-100500", "m:-100500:3:100"),
        ("an edit", {"edited_message": EDIT}, "-100500", "e:-100500:3:200:1"),
        ("a press", {"callback_query": PRESS}, "-100500", "c:q1"),
        ("a press without a message", {"callback_query": {"id": "q1", "from": {"id": 1001}}}, "1001", "c:q1"),
        ("a change of reach", {"my_chat_member": {"chat": CHAT, "date": 1}}, "-100500", None),
        ("a message without a number", {"message": {"chat": CHAT}}, "-100500", None),
        ("a message without a chat", {"message": {"message_id": 1}}, "", None),
        ("a message that is none", {"message": 5}, "", None),
        ("a chat that is none", {"message": {"message_id": 1, "chat": 5}}, "", None),
        ("nothing at all", {}, "", None),
    ],
)
def test_an_update_has_a_lane_and_a_meaning(
    label: str, element: dict[str, Any], lane: str, meaning: str | None
) -> None:
    update = to_raw_update({"update_id": 1, **element})
    assert update.lane == lane, label
    assert (update.meaning == meaning) if meaning else update.meaning.startswith("u:1:"), label
    assert update.fault is None


SAME = {"update_id": 1, "message": MESSAGE}


@pytest.mark.parametrize(
    ("label", "other", "same"),
    [
        ("the same", dict(SAME), True),
        ("its parts in another order", {"message": dict(reversed(MESSAGE.items())), "update_id": 1}, True),
        ("under another number", {**SAME, "update_id": 2}, True),
        ("another message under the same number", {**SAME, "message": {**MESSAGE, "message_id": 4}}, False),
        ("the same number in another chat", {**SAME, "message": {**MESSAGE, "chat": {"id": 1}}}, False),
        ("the same number at another time, of another bot", {**SAME, "message": {**MESSAGE, "date": 101}}, False),
    ],
)
def test_a_message_is_known_again(label: str, other: dict[str, Any], same: bool) -> None:
    assert (to_raw_update(SAME).meaning == to_raw_update(other).meaning) is same, label


def test_two_edits_within_a_second_are_two() -> None:
    first = to_raw_update({"update_id": 1, "edited_message": EDIT})
    second = to_raw_update({"update_id": 2, "edited_message": {**EDIT, "text": "y"}})
    assert first.meaning != second.meaning


def test_changes_of_reach_under_one_number_differ_by_their_content() -> None:
    first = to_raw_update({"update_id": 1, "my_chat_member": {"chat": CHAT, "date": 1}})
    second = to_raw_update({"update_id": 1, "my_chat_member": {"chat": CHAT, "date": 2}})
    assert first.meaning != second.meaning
    assert first.meaning == to_raw_update({"update_id": 1, "my_chat_member": {"date": 1, "chat": CHAT}}).meaning


def test_what_is_stored_is_ascii_and_comes_back_whole() -> None:
    element = {"update_id": 1, "message": {**MESSAGE, "text": "ä🏠\ud83c\x00"}}
    update = to_raw_update(element)
    assert update.raw.isascii()
    assert json.loads(update.raw) == element


BROKEN = [
    ("half a surrogate pair", {"update_id": 1, "callback_query": {"id": "\ud83c", "from": {"id": "\ud83c"}}}),
    ("a number beyond all bounds", {"update_id": 1, "message": {**MESSAGE, "chat": {"id": 10**40}}}),
    ("a number of its own beyond all bounds", {"update_id": 2**63, "message": MESSAGE}),
    ("lists where objects belong", {"update_id": 1, "message": [MESSAGE]}),
    ("no object", [1, 2]),
    ("nothing", None),
]


@pytest.mark.parametrize(("label", "element"), BROKEN, ids=[row[0] for row in BROKEN])
async def test_the_strangest_update_holds_up_nothing(label: str, element: object, tmp_path: Path) -> None:
    rings: list[str] = []
    async with open_store(tmp_path) as database:
        storing = Storing(database, ManualClock(), lambda: rings.append("rung"))
        await storing.store([to_raw_update(element), to_raw_update({"update_id": 5, "message": MESSAGE})])
        async with database.reading() as tx:
            rows = await tx.all("SELECT raw FROM inbox")
    assert [json.loads(row["raw"]) for row in rows] == [element, {"update_id": 5, "message": MESSAGE}]
    assert rings == ["rung"]


def test_what_is_nested_too_deeply_to_be_written_is_parked_and_still_confirmed() -> None:
    nested: list[Any] = []
    for _ in range(100_000):
        nested = [nested]
    update = to_raw_update({"update_id": 7, "message": {**MESSAGE, "deep": nested}})

    assert (update.update_id, update.fault) == (7, "it is nested too deeply")
    while nested:  # taken apart by hand: the interpreter would do it level by level, and has no room for so many
        nested = nested.pop()
