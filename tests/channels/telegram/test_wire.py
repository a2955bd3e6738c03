"""The wire over real connections on loopback: what goes out, what comes back, and what a failure is taken for."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.channels.telegram import wire as wire_module
from bot.channels.telegram.wire import NOT_SENT, AiohttpWire, File, find_proxy
from bot.errors import SettingsError

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[Any, Any, None]]
FINE = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntrue"


@asynccontextmanager
async def serving(handler: Handler) -> AsyncIterator[str]:
    """Serve by hand, so that a test can say when a connection breaks; yields the address."""
    ended: list[asyncio.StreamWriter] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ended.append(writer)
        with suppress(asyncio.IncompleteReadError):  # they hung up
            await handler(reader, writer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/bot1:abc/sendMessage"
    finally:
        server.close()
        for writer in ended:
            writer.close()
            await writer.wait_closed()


@pytest.fixture
async def wire() -> AsyncIterator[AiohttpWire]:
    made = AiohttpWire(connections=2, user_agent="Test 1")
    yield made
    await made.close()


async def read_request(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    sizes = [line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    return head + (await reader.readexactly(int(sizes[0])) if sizes else await reader.readuntil(b"--\r\n\r\n"))


async def ask(
    wire: AiohttpWire, url: str, files: dict[str, File] | None = None, read_timeout_s: float = 10.0
) -> tuple[int, bytes]:
    return await wire.exchange("POST", url, {"text": "Grüße & mehr"}, files or {}, read_timeout_s)


async def test_a_form_goes_out_encoded_and_the_answer_comes_back_whatever_its_status(wire: AiohttpWire) -> None:
    seen: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await read_request(reader))
        writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 6\r\n\r\n<html>")

    async with serving(answer) as url:
        assert await ask(wire, url) == (502, b"<html>")
    assert seen[0].startswith(b"POST /bot1:abc/sendMessage HTTP/1.1\r\n")
    assert b"\r\nUser-Agent: Test 1\r\n" in seen[0]
    assert b"\r\nContent-Type: application/x-www-form-urlencoded\r\n" in seen[0]
    assert seen[0].endswith(b"\r\n\r\ntext=Gr%C3%BC%C3%9Fe+%26+mehr")


async def test_a_file_goes_out_with_its_name_and_kind(wire: AiohttpWire) -> None:
    seen: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await read_request(reader))
        writer.write(FINE)

    async with serving(answer) as url:
        await ask(wire, url, {"document": ("meine-daten.html", b"<p>x", "text/html")})
    assert b"multipart/form-data" in seen[0]
    assert b'name="document"; filename="meine-daten.html"' in seen[0]
    assert b"Content-Type: text/html" in seen[0]
    assert "Grüße & mehr".encode() in seen[0]
    assert b"<p>x" in seen[0]


async def test_a_connection_serves_again_and_no_more_are_opened_than_allowed(wire: AiohttpWire) -> None:
    opened, under_way, most = 0, 0, 0

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal opened, under_way, most
        opened += 1
        while True:
            await read_request(reader)
            under_way += 1
            most = max(most, under_way)
            await asyncio.sleep(0.01)
            under_way -= 1
            writer.write(FINE)

    async with serving(answer) as url:
        answers = await asyncio.gather(*(ask(wire, url) for _ in range(6)))
        assert (answers, opened, most) == ([(200, b"true")] * 6, 2, 2)
        await wire.close()


async def test_a_connection_closed_while_the_loop_was_busy_takes_no_request(wire: AiohttpWire) -> None:
    """The bot may be at something else for a while, such as loading rules, and the other side tire of waiting."""
    closing: list[asyncio.StreamWriter] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(FINE)
        closing.append(writer)
        await reader.read()

    async with serving(answer) as url:
        await ask(wire, url)
        closing[0].get_extra_info("socket").shutdown(socket.SHUT_RDWR)  # at once, before the loop comes round
        assert await ask(wire, url) == (200, b"true")
        assert len(closing) == 2


async def test_a_redirect_is_not_followed(wire: AiohttpWire) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(b"HTTP/1.1 302 Found\r\nLocation: http://elsewhere.test/\r\nContent-Length: 0\r\n\r\n")

    async with serving(answer) as url:
        assert await ask(wire, url) == (302, b"")


async def test_where_nobody_listens_nothing_was_sent(wire: AiohttpWire, unused_tcp_port: int) -> None:
    with pytest.raises(NOT_SENT):
        await ask(wire, f"http://127.0.0.1:{unused_tcp_port}/")


@pytest.mark.parametrize("url", ["ftp://api.test/bot1:abc/x", "http:///bot1:abc/x", "nonsense"])
async def test_an_address_that_is_none_takes_nothing(wire: AiohttpWire, url: str) -> None:
    with pytest.raises(NOT_SENT):
        await ask(wire, url)


async def test_while_all_connections_are_in_use_nothing_was_sent(
    wire: AiohttpWire, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrived = asyncio.Semaphore(0)

    async def hang(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        arrived.release()
        await reader.read()

    async with serving(hang) as url:
        busy = [asyncio.create_task(ask(wire, url)) for _ in range(2)]
        for _ in busy:
            await arrived.acquire()
        monkeypatch.setattr(wire_module, "CONNECT_TIMEOUT_S", 0.05)
        with pytest.raises(NOT_SENT):
            await ask(wire, url)
        for one in busy:
            one.cancel()
        await asyncio.gather(*busy, return_exceptions=True)


@pytest.mark.parametrize(
    "answered", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\ntru", b"no http at all\r\n\r\n"]
)
async def test_a_connection_that_breaks_after_the_request_leaves_its_fate_open(
    wire: AiohttpWire, answered: bytes
) -> None:
    asked = 0

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal asked
        await read_request(reader)
        asked += 1
        writer.write(answered)

    async with serving(answer) as url:
        with pytest.raises(aiohttp.ClientError) as caught:
            await ask(wire, url)
    assert not isinstance(caught.value, NOT_SENT)
    assert asked == 1  # and was not sent again by itself


async def test_an_answer_that_does_not_come_in_time_leaves_the_fate_open(wire: AiohttpWire) -> None:
    async def hang(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.read()

    async with serving(hang) as url:
        with pytest.raises(TimeoutError) as caught:
            await ask(wire, url, read_timeout_s=0.05)
        assert not isinstance(caught.value, NOT_SENT)
        await wire.close()


async def test_no_password_of_the_user_goes_along(
    wire: AiohttpWire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".netrc").write_text("default login me password secret\n")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    monkeypatch.setenv("NO_PROXY", "intern.test")
    seen: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await read_request(reader))
        writer.write(FINE)

    async with serving(answer) as url:
        await ask(wire, url)
    assert b"Authorization" not in seen[0]


async def test_a_proxy_is_asked_for_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await read_request(reader))
        writer.write(FINE)

    async with serving(proxy) as address:
        monkeypatch.setenv("ALL_PROXY", address)
        wire = AiohttpWire(1, "Test 1", find_proxy("http://api.test/"))
        assert await ask(wire, "http://api.test/bot1:abc/getMe") == (200, b"true")
        await wire.close()
    assert seen[0].startswith(b"POST http://api.test/bot1:abc/getMe HTTP/1.1\r\n")


@pytest.mark.parametrize(
    ("label", "environment", "proxy"),
    [
        ("nothing named", {}, None),
        ("one for this scheme", {"HTTPS_PROXY": "http://proxy.test:3128"}, "http://proxy.test:3128"),
        ("one for the other", {"HTTP_PROXY": "http://proxy.test:3128"}, None),
        ("one for all", {"ALL_PROXY": "http://proxy.test:3128"}, "http://proxy.test:3128"),
        ("without a scheme", {"HTTPS_PROXY": "proxy.test:3128"}, "http://proxy.test:3128"),
        ("spoken to over TLS", {"HTTPS_PROXY": "https://proxy.test"}, "https://proxy.test"),
        ("not for this host", {"ALL_PROXY": "http://proxy.test", "NO_PROXY": "telegram.org"}, None),
    ],
)
def test_the_environment_names_the_proxy(
    monkeypatch: pytest.MonkeyPatch, label: str, environment: dict[str, str], proxy: str | None
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert find_proxy("https://api.telegram.org") == proxy


@pytest.mark.parametrize("proxy", ["http://[", "http://me:secret@proxy.test:port", "["])
def test_a_proxy_that_is_no_address_is_told_and_not_shown(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(SettingsError, match=r"^HTTPS_PROXY: is no address\. Name one"):
        find_proxy("https://api.telegram.org")


def test_a_proxy_that_cannot_be_used_is_a_fault_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "socks5://me:secret@proxy.test:1080")
    with pytest.raises(SettingsError) as caught:
        find_proxy("https://api.telegram.org")
    assert str(caught.value) == (
        "HTTPS_PROXY: socks5 proxies cannot be used. Name one that begins with http:// or https://, or none."
    )


async def test_a_closed_wire_opens_again_when_asked(wire: AiohttpWire) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(FINE)

    async with serving(answer) as url:
        await ask(wire, url)
        await wire.close()
        assert await ask(wire, url) == (200, b"true")
