"""The line: opening it in spite of the network, and never showing the token."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot.channels.telegram import line as line_module
from bot.channels.telegram.line import build_line
from bot.channels.telegram.wire import Wire
from bot.errors import SettingsError
from tests.support.transport import TOKEN, ScriptedApi, no_connection, ok, refusal

ME = ok({"id": 123456789, "is_bot": True, "first_name": "Lotse", "username": "lotse_test_bot"})


async def test_an_open_line_knows_the_bots_name() -> None:
    api = ScriptedApi()
    line = build_line(TOKEN, f"{api.url}/", api.wire)
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
        "getMe", no_connection(f"no {TOKEN}"), refusal(502, "Bad Gateway"), b"<html>Frau Muster", ME
    )
    line = build_line(TOKEN, api.url, api.wire)
    with caplog.at_level(logging.INFO, "bot"):
        await line.open()
    assert [1 <= pause <= 60 for pause in pauses] == [True, True, True]
    await line.close()
    assert "Muster" not in caplog.text


@pytest.mark.parametrize("code", [401, 404])
async def test_a_token_telegram_does_not_know_is_a_fault_of_the_settings(code: int) -> None:
    api = ScriptedApi().will("getMe", refusal(code, "Unauthorized"))
    line = build_line(TOKEN, api.url, api.wire)
    with pytest.raises(SettingsError) as caught:
        await line.open()
    assert str(caught.value).startswith("TELEGRAM_BOT_TOKEN: refused by Telegram.")
    assert TOKEN not in f"{caught.value} {caught.value.__cause__}"
    assert caught.value.__suppress_context__
    await line.close()


@pytest.mark.parametrize("opened", [True, False], ids=["opened", "only called"])
async def test_a_line_closes_its_wires_however_it_was_used(opened: bool) -> None:
    api, closed = ScriptedApi(), []

    class Noting:
        def __init__(self, inner: Wire) -> None:
            self.exchange = inner.exchange

        async def close(self) -> None:
            closed.append(self)

    line = build_line(TOKEN, api.url, lambda *how: Noting(api.wire(*how)))
    if opened:
        await line.open()
    else:
        await line.bot.get_me()
    await line.close()

    assert len(set(closed)) == 2


async def test_a_line_that_was_never_opened_can_be_closed() -> None:
    api = ScriptedApi()
    await build_line(TOKEN, api.url, api.wire).close()
    assert api.calls == []
