"""The line: opening it in spite of the network, and never showing the token."""

from __future__ import annotations

import asyncio
import logging

import httpx
import pytest
from telegram.error import TelegramError

from bot.channels.telegram import line as line_module
from bot.channels.telegram.failures import to_send_error
from bot.channels.telegram.line import SeveralRequests, build_line
from bot.errors import SendFailure, SettingsError
from tests.support.transport import TOKEN, ScriptedApi, ok, refusal

ME = ok({"id": 123456789, "is_bot": True, "first_name": "Lotse", "username": "lotse_test_bot"})


async def test_an_open_line_knows_the_bots_name() -> None:
    api = ScriptedApi()
    line = build_line(TOKEN, f"{api.url}/", api.transport)
    await line.open()
    assert line.username == "lotse_test_bot"
    await line.close()


async def test_opening_waits_for_the_network(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    pauses: list[float] = []
    sleep = asyncio.sleep

    async def note(seconds: float) -> None:
        pauses.append(seconds)
        await sleep(0)

    monkeypatch.setattr(line_module.asyncio, "sleep", note)
    api = ScriptedApi().will(
        "getMe", httpx.ConnectError(f"no {TOKEN}"), refusal(502, "Bad Gateway"), b"<html>Frau Muster", ME
    )
    line = build_line(TOKEN, api.url, api.transport)
    with caplog.at_level(logging.INFO, "bot"):
        await line.open()
    assert [1 <= pause <= 60 for pause in pauses] == [True, True, True]
    await line.close()
    assert "Muster" not in caplog.text


@pytest.mark.parametrize("code", [401, 404])
async def test_a_token_telegram_does_not_know_is_a_fault_of_the_settings(code: int) -> None:
    api = ScriptedApi().will("getMe", refusal(code, "Unauthorized"))
    line = build_line(TOKEN, api.url, api.transport)
    with pytest.raises(SettingsError) as caught:
        await line.open()
    assert str(caught.value).startswith("TELEGRAM_BOT_TOKEN: refused by Telegram.")
    assert TOKEN not in f"{caught.value} {caught.value.__cause__}"
    assert caught.value.__suppress_context__
    await line.close()


async def test_a_line_that_was_never_opened_can_be_closed() -> None:
    api = ScriptedApi()
    await build_line(TOKEN, api.url, api.transport).close()
    assert api.calls == []


async def test_requests_under_way_at_once_have_a_connection_each_and_later_ones_take_the_same() -> None:
    going, under_way = asyncio.Event(), 0

    async def answer(_: httpx.Request) -> httpx.Response:
        nonlocal under_way
        under_way += 1
        await going.wait()
        return httpx.Response(200, json={"ok": True, "result": True})

    requests = SeveralRequests(connections=3, transport=httpx.MockTransport(answer))
    calls = [asyncio.create_task(requests.call("http://x/getMe", {}, read_timeout=5.0)) for _ in range(4)]
    while under_way < 3:  # noqa: ASYNC110
        await asyncio.sleep(0)
    assert len(requests._others) == 2  # and the fourth waits
    going.set()
    assert await asyncio.gather(*calls) == [True] * 4
    assert (under_way, len(requests._others)) == (4, 2)
    await requests.shutdown()


async def test_a_request_for_which_no_connection_got_free_was_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_module, "POOL_TIMEOUT_S", 0.0)
    requests = SeveralRequests(connections=0, transport=httpx.MockTransport(lambda _: httpx.Response(200)))
    with pytest.raises(TelegramError) as caught:
        await requests.call("http://x/sendMessage", {}, read_timeout=5.0)
    assert to_send_error(caught.value).failure is SendFailure.NOT_SENT
    await requests.shutdown()
