"""The webhook's registration: set at start, whatever the network does, and still ours later."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from bot.channels.telegram import registration
from bot.channels.telegram.line import build_line
from bot.channels.telegram.registration import Registration
from bot.channels.telegram.storing import ALLOWED_UPDATES
from bot.errors import SettingsError
from tests.support.clock import ManualClock
from tests.support.transport import TOKEN, ScriptedApi, no_connection, ok, refusal

URL = "https://amt.example/bot"
SECRET = "das-geheime-wort"


@dataclass
class Desk:
    api: ScriptedApi
    clock: ManualClock
    registration: Registration


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    api, clock = ScriptedApi(), ManualClock()
    line = build_line(TOKEN, api.url, api.wire)
    await line.open()
    yield Desk(api, clock, Registration(line, clock, URL, SECRET))
    await line.close()


def info(url: str = URL, **more: Any) -> dict[str, Any]:
    return ok({"url": url, "has_custom_certificate": False, "pending_update_count": 0, **more})


async def test_telegram_is_told_where_and_how_to_deliver_and_keeps_what_waits(desk: Desk) -> None:
    await desk.registration.register()
    assert desk.api.of("setWebhook") == [
        {
            "url": URL,
            "max_connections": 40,
            "allowed_updates": list(ALLOWED_UPDATES),
            "drop_pending_updates": False,
            "secret_token": SECRET,
        }
    ]


async def test_it_is_tried_until_the_network_is_there(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []

    async def rest(seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr(registration.asyncio, "sleep", rest)
    desk.api.will("setWebhook", no_connection(), refusal(502, "Bad Gateway"))
    await desk.registration.register()
    assert [round(pause) for pause in pauses] == [1, 2]


async def test_an_address_telegram_refuses_is_a_fault_in_the_settings(desk: Desk) -> None:
    desk.api.will("setWebhook", refusal(400, "Bad Request: bad webhook: IP address is reserved"))
    with pytest.raises(SettingsError) as raised:
        await desk.registration.register()
    assert str(raised.value).startswith("WEBHOOK_URL: refused by Telegram: Bad webhook: ip address is reserved")


async def test_as_long_as_telegram_delivers_to_us_it_is_heard(desk: Desk) -> None:
    desk.api.will("getWebhookInfo", info())
    await desk.registration.check()
    assert desk.registration.heard_at == desk.clock.now()
    assert desk.api.of("setWebhook") == []


async def test_all_is_known_once_nothing_waits_at_telegram_any_more(desk: Desk) -> None:
    desk.api.will("getWebhookInfo", info(pending_update_count=2), info(""), info(), info(pending_update_count=1))
    await desk.registration.check()
    await desk.registration.check()
    assert desk.registration.complete_until is None
    first = desk.clock.turn(minutes=1)
    await desk.registration.check()
    desk.clock.turn(minutes=1)
    await desk.registration.check()
    assert desk.registration.complete_until == first


async def test_a_webhook_that_was_taken_away_is_set_again(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.api.will("getWebhookInfo", info(""), info())
    await desk.registration.check()
    assert desk.registration.heard_at is None
    assert len(desk.api.of("setWebhook")) == 1
    assert "another process has taken over" in caplog.text
    await desk.registration.check()
    assert desk.registration.heard_at is not None


async def test_failed_deliveries_are_told_once_and_are_no_sign_of_life(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    failed = {"last_error_date": 1_770_000_000, "last_error_message": "Connection refused", "pending_update_count": 3}
    desk.api.will("getWebhookInfo", info(**failed), info(**failed))
    await desk.registration.check()
    assert desk.registration.heard_at is None
    assert "could not deliver: Connection refused; 3 wait" in caplog.text
    await desk.registration.check()
    assert len(caplog.records) == 1
    assert desk.registration.heard_at is not None, "no new failure"


async def test_a_failure_from_before_the_start_that_is_over_is_none(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.api.will("getWebhookInfo", info(last_error_date=1_770_000_000, last_error_message="Connection refused"))
    await desk.registration.check()
    assert caplog.records == []
    assert desk.registration.heard_at is not None


async def test_the_checks_go_on_without_an_answer_and_end_when_told(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.api.will("getWebhookInfo", no_connection())
    running = asyncio.create_task(desk.registration.run())
    while not caplog.records:  # noqa: ASYNC110 (nobody else tells when a line is logged)
        await asyncio.sleep(0)
    assert not running.done()
    desk.registration.stop()
    await asyncio.wait_for(running, 5)
    assert "cannot be checked (NetworkError)" in caplog.text
