"""Receiving: stored before confirmed, whatever Telegram answers, and the loop never ends by itself."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from telegram.error import TelegramError

from bot.channels.telegram.line import Line, build_line
from bot.channels.telegram.receive import Poller
from bot.services.delivery.waiting import Bell
from bot.store import inbox
from bot.store.database import Database
from tests.support.clock import ManualClock
from tests.support.transport import TOKEN, ScriptedApi, no_connection, ok, open_store, refusal


@dataclass
class Ear:
    """A poller with everything around it."""

    api: ScriptedApi
    line: Line
    database: Database
    clock: ManualClock
    rings: int = 0

    def __post_init__(self) -> None:
        self.poller = Poller(self.line, self.database, self.clock, self._ring)

    def _ring(self) -> None:
        self.rings += 1

    async def run_until_silent(self, monkeypatch: pytest.MonkeyPatch) -> list[float]:
        """Run the loop through the script without waiting; returns the pauses it would have made.

        The poll after the last scripted one hangs, as a long poll does, and stops the loop.
        """
        pauses: list[float] = []

        async def rest(_: Bell, seconds: float) -> None:
            pauses.append(seconds)
            await asyncio.sleep(0)

        monkeypatch.setattr(Bell, "rest", rest)
        answers = self.api.script.setdefault("getUpdates", [])
        fetch = self.poller._fetch

        async def hang_at_the_end() -> list[Any]:
            if not answers:
                self.poller.stop()
                await asyncio.Event().wait()
            return await fetch()

        monkeypatch.setattr(self.poller, "_fetch", hang_at_the_end)
        await asyncio.wait_for(self.poller.run(), 10)
        return pauses

    async def stored(self) -> list[tuple[int | None, str]]:
        async with self.database.reading() as tx:
            return [(row["update_id"], row["state"]) for row in await tx.all("SELECT * FROM inbox ORDER BY id")]

    @property
    def offsets(self) -> list[int | None]:
        return [call.get("offset") for call in self.api.of("getUpdates")]


@pytest.fixture
async def ear(tmp_path: Path) -> AsyncIterator[Ear]:
    api = ScriptedApi()
    line = build_line(TOKEN, api.url, api.wire)
    await line.open()
    async with open_store(tmp_path) as database:
        yield Ear(api, line, database, ManualClock())
    await line.close()


def update(number: int, message: int | None = None, chat: int = 1001) -> dict[str, Any]:
    about = {"message_id": message or number, "date": 1_770_000_000, "chat": {"id": chat, "type": "private"}}
    return {"update_id": number, "message": about}


async def test_a_batch_is_stored_before_the_next_poll_confirms_it(ear: Ear) -> None:
    ear.api.will("getUpdates", ok([update(7), update(8)]))
    await ear.poller.poll()
    assert await ear.stored() == [(7, "waiting"), (8, "waiting")]
    await ear.poller.poll()
    assert ear.offsets == [None, 9]
    assert ear.rings == 1


async def test_the_poll_asks_for_what_the_bot_understands_and_waits_but_the_first_time(ear: Ear) -> None:
    await ear.poller.poll()
    await ear.poller.poll()
    kinds = ["message", "edited_message", "callback_query", "my_chat_member"]
    assert ear.api.of("getUpdates") == [
        {"limit": 100, "timeout": 0, "allowed_updates": kinds},
        {"limit": 100, "timeout": 30, "allowed_updates": kinds},
    ]


async def test_when_telegram_last_answered_is_known_and_only_once_all_is_stored(
    ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full_disk(*_: object) -> None:
        raise OSError("disk full")

    assert ear.poller.heard_at is None
    await ear.poller.poll()
    first = ear.clock.now()
    assert ear.poller.heard_at == first
    ear.clock.turn(minutes=1)
    ear.api.will("getUpdates", ok([update(7)]))
    with monkeypatch.context() as patched:
        patched.setattr(inbox, "add_batch", full_disk)
        with pytest.raises(OSError, match="disk full"):
            await ear.poller.poll()
    assert ear.poller.heard_at == first
    await ear.poller.poll()
    assert ear.poller.heard_at == ear.clock.now()


async def test_all_is_known_up_to_the_beginning_of_a_poll_that_left_nothing_at_telegram(ear: Ear) -> None:
    full = ok([update(number, message=number) for number in range(1, 101)])
    ear.api.will("getUpdates", full, ok([update(101, message=101)]), no_connection())
    await ear.poller.poll()
    assert ear.poller.complete_until is None, "more may wait there"
    begun_at = ear.clock.turn(minutes=1)
    await ear.poller.poll()
    ear.clock.turn(minutes=1)
    with pytest.raises(TelegramError):
        await ear.poller.poll()
    assert ear.poller.complete_until == begun_at


async def test_a_batch_that_could_not_be_stored_is_not_confirmed(ear: Ear, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full_disk(*_: object) -> None:
        raise OSError("disk full")

    ear.api.will("getUpdates", ok([update(7)]))
    with monkeypatch.context() as patched:
        patched.setattr(inbox, "add_batch", full_disk)
        with pytest.raises(OSError, match="disk full"):
            await ear.poller.poll()
    ear.api.will("getUpdates", ok([update(7)]))
    await ear.poller.poll()
    assert ear.offsets == [None, None]
    assert await ear.stored() == [(7, "waiting")]


async def test_numbers_that_begin_anew_after_a_quiet_time_are_received(ear: Ear) -> None:
    ear.api.will("getUpdates", ok([update(900)]), ok([]), ok([update(5, message=901)]))
    for _ in range(4):
        await ear.poller.poll()
    assert ear.offsets == [None, 901, None, 6]
    assert await ear.stored() == [(900, "waiting"), (5, "waiting")]


async def test_a_batch_that_comes_again_after_a_crash_is_stored_once(ear: Ear) -> None:
    ear.api.will("getUpdates", ok([update(7), update(8)]), ok([update(7), update(8), update(9)]))
    await ear.poller.poll()
    ear.poller = Poller(ear.line, ear.database, ear.clock, lambda: None)
    await ear.poller.poll()
    assert [number for number, _ in await ear.stored()] == [7, 8, 9]


async def test_a_broken_element_is_parked_and_the_others_are_stored(ear: Ear, caplog: pytest.LogCaptureFixture) -> None:
    ear.api.will("getUpdates", ok([update(7), "Frau Muster", {"update_id": 2**70}, None, update(9)]))
    await ear.poller.poll()
    assert await ear.stored() == [(7, "waiting"), (None, "parked"), (None, "parked"), (None, "parked"), (9, "waiting")]
    await ear.poller.poll()
    assert ear.offsets[-1] == 10
    assert "parked" in caplog.text
    assert "Muster" not in caplog.text


async def test_a_batch_that_cannot_be_confirmed_does_not_make_a_busy_loop(
    ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    ear.api.will("getUpdates", *[ok(["broken"])] * 3)
    pauses = await ear.run_until_silent(monkeypatch)
    assert len(pauses) == 3
    assert pauses == sorted(pauses)
    assert await ear.stored() == [(None, "parked")]


@pytest.mark.parametrize(
    ("label", "answer", "least", "alarm"),
    [
        ("no network", no_connection(), 1, None),
        ("a broken connection", aiohttp.ClientOSError("reset"), 1, None),
        ("a poll that hangs", aiohttp.SocketTimeoutError("slow"), 1, None),
        ("a bad gateway", refusal(502, "Bad Gateway"), 1, None),
        ("an answer that is no JSON", b"<html>Frau Muster", 1, None),
        ("an answer that is no list", ok({"Frau": "Muster"}), 1, None),
        ("told to wait", refusal(429, "Too Many Requests", retry_after=17), 17, None),
        ("a revoked token", refusal(401, "Unauthorized"), 5, "Telegram refuses the token"),
        ("a malformed token", refusal(404, "Not Found"), 5, "Telegram refuses the token"),
        (
            "a second process",
            refusal(409, "Conflict: terminated by other getUpdates request"),
            5,
            "another process receives this bot's updates",
        ),
    ],
)
async def test_a_failed_poll_is_made_again_after_a_pause(
    ear: Ear,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    label: str,
    answer: Any,
    least: float,
    alarm: str | None,
) -> None:
    ear.api.will("getUpdates", answer, answer, ok([update(7)]))
    with caplog.at_level(logging.INFO, "bot"):
        pauses = await ear.run_until_silent(monkeypatch)
    assert len(pauses) == 2, label
    assert all(least <= pause <= 300 for pause in pauses), label
    assert await ear.stored() == [(7, "waiting")], label
    alarms = [record.getMessage() for record in caplog.records if record.levelno == logging.CRITICAL]
    assert [alarm in said for said in alarms if alarm] == ([True, True] if alarm else []), label
    assert "receiving again" in caplog.text
    assert "Muster" not in caplog.text
    assert TOKEN not in caplog.text


async def test_a_forgotten_webhook_is_deleted_once(ear: Ear, monkeypatch: pytest.MonkeyPatch) -> None:
    webhook = refusal(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook")
    ear.api.will("getUpdates", webhook, ok([update(7)]), webhook, ok([update(8)]))
    pauses = await ear.run_until_silent(monkeypatch)
    assert ear.api.of("deleteWebhook") == [{"drop_pending_updates": False}]
    assert [pause > 0 for pause in pauses] == [False, True]
    assert [number for number, _ in await ear.stored()] == [7, 8]


async def test_stopping_breaks_off_the_poll_under_way(ear: Ear, monkeypatch: pytest.MonkeyPatch) -> None:
    polling = asyncio.Event()

    async def hang() -> list[Any]:
        polling.set()
        await asyncio.Event().wait()
        return []

    monkeypatch.setattr(ear.poller, "_fetch", hang)
    running = asyncio.create_task(ear.poller.run())
    await polling.wait()
    ear.poller.stop()
    await asyncio.wait_for(running, 5)


async def test_however_long_all_goes_well_no_round_counts_longer_than_one_poll(
    ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A poller that never fails never has to wait; it was once taken for stuck, and ended the process."""
    now, busy = 0.0, []
    ear.poller._bell = Bell(lambda: now)

    async def poll_for_long() -> list[Any]:
        nonlocal now
        now += 30
        busy.append(ear.poller.busy_s)
        if len(busy) == 20:
            ear.poller.stop()
        return []

    monkeypatch.setattr(ear.poller, "_fetch", poll_for_long)
    await asyncio.wait_for(ear.poller.run(), 10)

    assert busy == [30.0] * 20
