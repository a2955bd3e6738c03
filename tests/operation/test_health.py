"""The health pages: good is 200, bad is 503, and a sentence says what."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.channels.telegram.storing import Storing, to_raw_update
from bot.operation import health as pages
from bot.operation.health import HANDLED_WITHIN, HEARD_WITHIN, SENT_WITHIN, WRITE_EVERY, Health
from bot.operation.supervisor import STUCK_AFTER_S, Part, Supervisor
from bot.store import outbox
from bot.store.database import Database
from tests.support.clock import ManualClock
from tests.support.transport import make_draft, open_store

SECOND = timedelta(seconds=1)


@dataclass
class Ward:
    """A process's health with all that it looks at."""

    database: Database
    clock: ManualClock
    supervisor: Supervisor
    health: Health
    client: httpx.AsyncClient
    heard_at: datetime | None = None
    busy_s: float = 0.0

    async def ask(self, page: str) -> tuple[int, str, dict[str, Any]]:
        """Return the answer's status, its word, and what is said to each point."""
        answer = await self.client.get(page)
        body = answer.json()
        return answer.status_code, body["status"], body["points"]

    async def bad(self) -> dict[str, str]:
        """Return what `/readyz` finds bad, with its sentence."""
        status, word, points = await self.ask("/readyz")
        found = {name: point["says"] for name, point in points.items() if not point["ok"]}
        assert (status, word) == ((503, "not ready") if found else (200, "ready"))
        return found


async def forever() -> None:
    await asyncio.Event().wait()


async def figures() -> tuple[str, bytes]:
    return "text/plain; version=9", b"figures 1\n"


@pytest.fixture
async def ward(tmp_path: Path) -> AsyncIterator[Ward]:
    clock = ManualClock()
    async with open_store(tmp_path) as database, Supervisor() as supervisor:
        ward: Ward
        health = Health(database, clock, supervisor, lambda: ward.heard_at, figures)
        transport = httpx.ASGITransport(health.page())
        async with httpx.AsyncClient(transport=transport, base_url="http://health.test") as client:
            ward = Ward(database, clock, supervisor, health, client, heard_at=clock.now())
            supervisor.start(Part("worker", forever, busy_s=lambda: ward.busy_s))
            health.is_serving = True
            yield ward


async def test_a_process_that_makes_progress_lives(ward: Ward) -> None:
    assert await ward.ask("/healthz") == (200, "alive", {"worker": {"ok": True, "says": "makes progress"}})


async def test_a_process_with_a_stuck_part_does_not(ward: Ward) -> None:
    ward.busy_s = STUCK_AFTER_S + 1
    assert await ward.ask("/healthz") == (503, "stuck", {"worker": {"ok": False, "says": "no progress for 181 s"}})


async def test_with_everything_in_order_it_is_ready(ward: Ward) -> None:
    assert await ward.bad() == {}
    _, _, points = await ward.ask("/readyz")
    assert {name: point["says"] for name, point in points.items()} == {
        "start": "all parts run",
        "store": "can be written",
        "receiving": "Telegram was last heard 0 s ago, 180 s are allowed",
        "handling": "nothing waits",
        "sending": "nothing waits",
    }


async def test_before_the_start_is_over_and_after_the_end_has_begun_it_is_not(ward: Ward) -> None:
    ward.health.is_serving = False
    assert await ward.bad() == {"start": "starting or stopping"}


async def test_telegram_has_to_be_heard_within_the_limit(ward: Ward) -> None:
    ward.clock.turn(seconds=HEARD_WITHIN.total_seconds())
    assert await ward.bad() == {}
    ward.clock.turn(seconds=1)
    assert await ward.bad() == {"receiving": "Telegram was last heard 181 s ago, 180 s are allowed"}
    ward.heard_at = None
    assert await ward.bad() == {"receiving": "not heard of Telegram yet"}


async def test_an_update_has_to_be_handled_within_the_limit(ward: Ward) -> None:
    message = {"message_id": 1, "date": 1, "chat": {"id": 1001}}
    storing = Storing(ward.database, ward.clock, lambda: None)
    await storing.store([to_raw_update({"update_id": 1, "message": message})])
    await later(ward, HANDLED_WITHIN)
    assert await ward.bad() == {}
    await later(ward, SECOND)
    assert await ward.bad() == {"handling": "the oldest update waits for 121 s, 120 s are allowed"}


async def test_a_message_has_to_be_sent_within_the_limit(ward: Ward) -> None:
    async with ward.database.transaction() as tx:
        await outbox.add(tx, ward.clock.now(), make_draft())
    await later(ward, SENT_WITHIN)
    assert await ward.bad() == {}
    await later(ward, SECOND)
    assert await ward.bad() == {"sending": "the oldest message waits for 601 s, 600 s are allowed"}


async def later(ward: Ward, by: timedelta) -> None:
    ward.heard_at = ward.clock.turn(seconds=by.total_seconds())


@asynccontextmanager
async def broken(*_: object) -> AsyncIterator[None]:
    raise OSError("disk full, says Frau Muster")
    yield


@asynccontextmanager
async def hanging(*_: object) -> AsyncIterator[None]:
    await forever()
    yield


STORES: list[tuple[str, Callable[..., Any], str]] = [
    ("broken", broken, "cannot be written (OSError)"),
    ("hanging", hanging, "could not be written within 0 s"),
]


@pytest.mark.parametrize(("label", "transaction", "said"), STORES, ids=[row[0] for row in STORES])
async def test_a_store_that_cannot_be_written_is_told_until_it_can(
    ward: Ward, label: str, transaction: Callable[..., Any], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(pages, "WRITE_WITHIN_S", 0.0)
        patched.setattr(ward.database, "transaction", transaction)
        found = await ward.bad()
    assert set(found) == {"store"}
    assert found["store"].startswith(said.removesuffix(")"))
    assert "Muster" not in found["store"]
    await later(ward, WRITE_EVERY)
    assert await ward.bad() == {}


async def test_a_store_that_cannot_be_read_is_told(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ward.database, "reading", broken)
    found = await ward.bad()
    assert set(found) == {"handling", "sending"}
    assert all(says.startswith("cannot be read (OSError") for says in found.values())


async def test_asking_often_does_not_write_often(ward: Ward) -> None:
    async def written() -> list[str]:
        async with ward.database.reading() as tx:
            return [row["value"] for row in await tx.all("SELECT value FROM facts WHERE name = 'alive_at'")]

    await ward.bad()
    [first] = await written()
    await later(ward, WRITE_EVERY - SECOND)
    await ward.bad()
    assert await written() == [first]
    await later(ward, SECOND)
    await ward.bad()
    assert await written() > [first]


async def test_figures_are_passed_on_as_they_are(ward: Ward) -> None:
    answer = await ward.client.get("/metrics")
    assert (answer.status_code, answer.text) == (200, "figures 1\n")
    assert answer.headers["Content-Type"] == "text/plain; version=9"


@pytest.mark.parametrize("page", ["/", "/healthz/more", "/docs"])
async def test_there_is_no_other_page(ward: Ward, page: str) -> None:
    assert (await ward.client.get(page)).status_code == 404
    assert (await ward.client.post("/readyz")).status_code == 405
