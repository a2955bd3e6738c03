"""The webhook: who may deliver, what is stored, and that 200 means stored."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.channels.telegram import webhook
from bot.channels.telegram.storing import Storing, to_raw_update
from bot.channels.telegram.webhook import BODY_LIMIT, SECRET_HEADER, Webhook
from bot.store import inbox
from bot.store.database import Database
from bot.store.inbox import RawUpdate
from tests.support.clock import ManualClock
from tests.support.transport import open_store

SECRET = "das-geheime-wort"
URL = "https://amt.example/office/bot"
HEADERS = {SECRET_HEADER: SECRET, "Content-Type": "application/json"}


@dataclass
class Gated(Storing):
    """Storing that waits at a gate and notes what each commit held."""

    database: Database
    clock: ManualClock
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    commits: list[list[int | None]] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(self.database, self.clock, lambda: None)
        self.gate.set()

    async def store(self, updates: Sequence[RawUpdate]) -> None:
        self.begun.set()
        await self.gate.wait()
        if self.faults:
            raise self.faults.pop(0)
        await super().store(updates)
        self.commits.append([update.update_id for update in updates])


@dataclass
class Door:
    """A webhook and what lies behind it."""

    storing: Gated
    hook: Webhook
    client: httpx.AsyncClient

    async def post(self, content: object = None, path: str = "/office/bot", **more: Any) -> httpx.Response:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        return await self.client.post(path, **{"content": body, "headers": HEADERS} | more)

    async def stored(self) -> list[tuple[int | None, str]]:
        async with self.storing.database.reading() as tx:
            return [(row["update_id"], row["state"]) for row in await tx.all("SELECT * FROM inbox ORDER BY id")]


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    clock = ManualClock()
    async with open_store(tmp_path) as database:
        storing = Gated(database, clock)
        hook = Webhook(URL, SECRET, storing, clock)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(hook), base_url="http://bot.test") as client:
            yield Door(storing, hook, client)


def update(number: int) -> dict[str, Any]:
    return {"update_id": number, "message": {"message_id": number, "date": 1, "chat": {"id": 1001}, "text": "ä"}}


async def test_what_is_answered_with_200_is_stored_as_the_poller_stores_it(door: Door) -> None:
    assert door.hook.heard_at is None
    answer = await door.post(update(7))
    assert (answer.status_code, answer.content) == (200, b"")
    async with door.storing.database.reading() as tx:
        row = await tx.one("SELECT * FROM inbox")
    expected = to_raw_update(update(7))
    assert row is not None
    assert (row["raw"], row["lane"]) == (expected.raw, expected.lane)
    await door.storing.store([expected])
    assert await door.stored() == [(7, "waiting")], "known again, whichever way it comes"
    assert door.hook.heard_at == door.storing.clock.now()


async def test_a_copy_is_welcome_and_stored_once(door: Door) -> None:
    assert [(await door.post(update(7))).status_code for _ in range(2)] == [200, 200]
    assert await door.stored() == [(7, "waiting")]


async def test_an_update_nobody_understands_is_parked_and_not_sent_again(door: Door) -> None:
    assert (await door.post({"no": "number"})).status_code == 200
    assert await door.stored() == [(None, "parked")]


PATHS = [
    ("/office/bot", 200),
    ("/bot", 200),
    ("/", 200),
    ("/office", 404),
    ("/office/bot/more", 404),
    ("/other", 404),
    ("/office/bot?with=query", 200),
]


@pytest.mark.parametrize(("path", "status"), PATHS, ids=[row[0] for row in PATHS])
async def test_a_proxy_may_take_off_the_front_of_the_path(door: Door, path: str, status: int) -> None:
    assert (await door.post(update(7), path=path)).status_code == status
    assert len(await door.stored()) == (status == 200)


JSON = "application/json"
REFUSED: list[tuple[str, int, dict[str, Any]]] = [
    ("no secret", 403, {"headers": {"Content-Type": JSON}}),
    ("an empty secret", 403, {"headers": HEADERS | {SECRET_HEADER: ""}}),
    ("a part of the secret", 403, {"headers": HEADERS | {SECRET_HEADER: SECRET[:-1]}}),
    ("more than the secret", 403, {"headers": HEADERS | {SECRET_HEADER: SECRET + "x"}}),
    ("the secret in capitals", 403, {"headers": HEADERS | {SECRET_HEADER: SECRET.upper()}}),
    ("no ASCII", 403, {"headers": [(SECRET_HEADER.encode(), "gehäim".encode())]}),
    ("the secret among others", 403, {"headers": [(SECRET_HEADER, "x"), (SECRET_HEADER, SECRET)]}),
    ("a form", 415, {"headers": HEADERS | {"Content-Type": "application/x-www-form-urlencoded"}}),
    ("nothing", 400, {"content": b""}),
    ("half of an update", 400, {"content": b'{"update_id": 7'}),
    ("nested without end", 400, {"content": b"[" * 200_000}),
    ("a number without end", 400, {"content": b'{"update_id": ' + b"9" * 10_000 + b"}"}),
    ("too much", 413, {"content": b'"' + b"x" * BODY_LIMIT + b'"'}),
]


@pytest.mark.parametrize(("label", "status", "more"), REFUSED, ids=[row[0] for row in REFUSED])
async def test_what_is_refused_is_not_stored(door: Door, label: str, status: int, more: dict[str, Any]) -> None:
    answer = await door.post(**{"content": update(7)} | more)
    assert answer.status_code == status
    assert await door.stored() == []
    assert SECRET not in answer.text


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD"])
async def test_only_post_delivers(door: Door, method: str) -> None:
    answer = await door.client.request(method, "/office/bot", headers=HEADERS)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


async def test_a_body_that_does_not_say_how_long_it_is_ends_at_the_limit(door: Door) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while True:
            read += 65_536
            yield b"x" * 65_536

    answer = await door.client.post("/office/bot", content=endless(), headers=HEADERS)
    assert answer.status_code == 413
    assert read <= BODY_LIMIT + 2 * 65_536


async def test_the_secret_is_compared_in_constant_time(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[bytes, bytes]] = []

    def compare(one: bytes, other: bytes) -> bool:
        compared.append((one, other))
        return one == other

    monkeypatch.setattr(webhook.secrets, "compare_digest", compare)
    await door.post(update(7))
    assert compared == [(SECRET.encode(), SECRET.encode())]


async def test_strangers_do_not_fill_the_log(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(3):
        await door.post(update(7), headers={})
    assert len(caplog.records) == 1
    door.storing.clock.turn(minutes=1)
    await door.post(update(7), headers={})
    assert len(caplog.records) == 2
    assert SECRET not in caplog.text


async def test_what_comes_during_a_commit_shares_the_next_one_in_order(door: Door) -> None:
    door.storing.gate.clear()
    posts = [asyncio.create_task(door.post(update(1)))]
    await door.storing.begun.wait()
    for number in range(2, 8):
        posts.append(asyncio.create_task(door.post(update(number))))
        # As many steps as a request takes to come to the store, and some more.
        for _ in range(30):
            await asyncio.sleep(0)
    assert not any(post.done() for post in posts), "200 before the commit"
    door.storing.gate.set()
    assert {(await post).status_code for post in posts} == {200}
    assert door.storing.commits == [[1], [2, 3, 4, 5, 6, 7]]


async def test_without_the_store_telegram_is_asked_to_come_again(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    door.storing.faults = [OSError("disk full, says Frau Muster")]
    answer = await door.post(update(7))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert await door.stored() == []
    assert door.hook.heard_at is None
    assert "Muster" not in caplog.text + answer.text
    assert (await door.post(update(7))).status_code == 200


async def test_a_commit_that_does_not_end_is_answered_with_503(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "COMMIT_WITHIN_S", 0.0)
    door.storing.gate.clear()
    assert (await door.post(update(7))).status_code == 503
    door.storing.gate.set()
    assert (await door.post(update(8))).status_code == 503, "in time is in time"


async def test_an_update_the_store_cannot_take_is_not_confirmed(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object) -> None:
        raise ValueError("broken")

    with monkeypatch.context() as patched:
        patched.setattr(inbox, "add_batch", broken)
        assert (await door.post(update(7))).status_code == 503
    assert await door.stored() == []


async def test_answers_are_counted_by_their_status(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    seen: list[int] = []
    door.hook.noted = seen.append
    await door.post(update(7))
    await door.post(update(7), headers={})
    await door.post(update(7), path="/other")
    assert seen == [200, 403, 404]
