"""The web server: it says where it is, leaves signals alone and lets requests end."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from bot.errors import SettingsError
from bot.operation.web_server import WebServer


@dataclass
class Slow:
    """An application that answers when the gate is open."""

    begun: asyncio.Event
    gate: asyncio.Event

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.begun.set()
        await self.gate.wait()
        await PlainTextResponse("done")(scope, receive, send)


@pytest.fixture
async def slow() -> Slow:
    return Slow(asyncio.Event(), asyncio.Event())


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False) as client:
        yield client


async def test_a_request_under_way_ends_although_told_to_stop(slow: Slow, client: httpx.AsyncClient) -> None:
    before = signal.getsignal(signal.SIGTERM)
    server = WebServer(slow)
    address = server.listen("127.0.0.1", 0, "HTTP")
    running = asyncio.create_task(server.run())
    await server.ready()
    assert signal.getsignal(signal.SIGTERM) is before
    asking = asyncio.create_task(client.get(address))
    await slow.begun.wait()
    server.stop()
    slow.gate.set()
    answer = await asking
    assert (answer.text, "server" in answer.headers) == ("done", False)
    await asyncio.wait_for(running, 10)
    with pytest.raises(httpx.ConnectError):
        await client.get(address)


def test_a_port_that_is_taken_is_told_as_a_setting(slow: Slow) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError) as raised:
            WebServer(slow).listen("127.0.0.1", port, "HEALTH")
    assert str(raised.value) == (
        f"HEALTH_PORT: 127.0.0.1:{port} cannot be used (Address already in use). "
        "Set HEALTH_PORT to a free port and HEALTH_HOST to an address of this machine."
    )


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid", "a..b", "a" * 70])
def test_an_address_of_another_machine_is_told_as_a_setting(slow: Slow, host: str) -> None:
    with pytest.raises(SettingsError, match=rf"^HTTP_PORT: {host}:0 cannot be used \("):
        WebServer(slow).listen(host, 0, "HTTP")
