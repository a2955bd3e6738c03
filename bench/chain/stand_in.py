"""A stand-in for the Bot API that costs little: HTTP by hand, no checks, nothing kept but moments.

`bot.playground` checks everything and would be measured too. Every turn says how busy this one was. It knows what the
contestants use: `getMe`, long polls with an offset, messages that come back as the Bot API gives them, and `true` for
everything else.
"""

from __future__ import annotations

import asyncio
import json
import re
import socket
from collections import deque
from dataclasses import dataclass, field
from time import perf_counter, time
from typing import Any
from urllib.parse import parse_qsl

TOKEN = "1234567890:" + "A" * 35
BOT = {"id": 1234567890, "is_bot": True, "first_name": "Lotse", "username": "messbot", "can_join_groups": True}
# What people write carries their chat's number, so that a message out is known by its words, whoever worded it.
MARK = re.compile(r"\bm(\d+)x\b")
POLL_AT_MOST = 100


@dataclass
class Sent:
    """A message the bot sent."""

    chat: int
    message: int
    text: str
    markup: dict[str, Any] | None


@dataclass
class StandIn:
    """What is to be fetched, and what came in.

    Attributes:
        asked_at, forwarded_at, answered_at: chat of who wrote → moments; the first one counts.
        sent: the messages sent, while `keeps` says so; a benchmark of thousands needs none.
        calls: how many calls were answered.
    """

    contacts: frozenset[int]
    keeps: bool = False
    pending: deque[dict[str, Any]] = field(default_factory=deque)
    asked_at: dict[int, float] = field(default_factory=dict)
    forwarded_at: dict[int, float] = field(default_factory=dict)
    answered_at: dict[int, float] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)
    calls: int = 0
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    port: int = 0
    _next_update: int = 1000
    _next_message: int = 1
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        """The address for `TELEGRAM_API_URL`."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Serve on a free port of loopback."""
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.bind(("127.0.0.1", 0))
        self.port = listener.getsockname()[1]
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Connection(self), sock=listener)

    async def stop(self) -> None:
        """Serve no more."""
        if self._server is not None:
            self._server.close()

    # What people do

    def writes(self, chat: int, text: str, *, reply_to: int | None = None, command: bool = False) -> None:
        """Let somebody write in their private chat."""
        message: dict[str, Any] = {**self._placed(chat), "from": _person(chat), "text": text}
        if command:
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        if reply_to is not None:
            message["reply_to_message"] = {**self._placed(chat), "message_id": reply_to, "from": BOT, "text": "…"}
        self._update("message", message)
        self.asked_at[chat] = perf_counter()

    def presses(self, chat: int, message: int, data: str) -> None:
        """Let somebody press a button."""
        bearer = {**self._placed(chat), "message_id": message, "from": BOT, "text": "…"}
        press = {"id": str(self._next_update), "from": _person(chat), "message": bearer, "chat_instance": "1"}
        self._update("callback_query", {**press, "data": data})

    def forget(self) -> None:
        """Begin anew; what was not fetched is dropped."""
        for record in (self.pending, self.asked_at, self.forwarded_at, self.answered_at, self.sent):
            record.clear()
        self.calls = 0

    def _placed(self, chat: int) -> dict[str, Any]:
        return {"message_id": self._number(), "date": int(time()), "chat": _chat(chat)}

    def _number(self) -> int:
        self._next_message += 1
        return self._next_message

    def _update(self, kind: str, about: dict[str, Any]) -> None:
        self._next_update += 1
        self.pending.append({"update_id": self._next_update, kind: about})
        self._arrived.set()

    # What the bot does

    async def answer(self, method: str, values: dict[str, str]) -> Any:
        """Carry out a call and return its `result`."""
        self.calls += 1
        match method:
            case "getUpdates":
                return await self._poll(int(values.get("offset", 0)), float(values.get("timeout", 0)))
            case "getMe":
                return BOT
            case "sendMessage":
                return self._take(int(values["chat_id"]), values["text"], values.get("reply_markup"))
            case "forwardMessage":
                return self._take(int(values["chat_id"]), f"m{values['from_chat_id']}x", None)
            case "editMessageText":
                return {**self._placed(int(values["chat_id"])), "from": BOT, "text": values["text"]}
            case _:
                return True

    async def _poll(self, offset: int, within_s: float) -> list[dict[str, Any]]:
        while self.pending and self.pending[0]["update_id"] < offset:
            self.pending.popleft()
        if not self.pending and within_s:
            self._arrived.clear()
            try:
                await asyncio.wait_for(self._arrived.wait(), within_s)
            except TimeoutError:
                return []
        return [self.pending[place] for place in range(min(POLL_AT_MOST, len(self.pending)))]

    def _take(self, chat: int, text: str, markup: str | None) -> dict[str, Any]:
        now = perf_counter()
        if chat not in self.contacts:
            self.answered_at.setdefault(chat, now)
        elif mark := MARK.search(text):
            self.forwarded_at.setdefault(int(mark[1]), now)
        message = {**self._placed(chat), "from": BOT, "text": text}
        if self.keeps:
            self.sent.append(Sent(chat, message["message_id"], text, json.loads(markup) if markup else None))
        self.changed.set()
        return message


class _Connection(asyncio.Protocol):
    """One kept-alive connection; the contestants send a request only after the answer to the last one."""

    def __init__(self, stand_in: StandIn) -> None:
        self._stand_in = stand_in
        self._buffer = b""
        self._transport: asyncio.Transport | None = None
        self._task: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101
        self._transport = transport

    def connection_lost(self, _: Exception | None) -> None:
        if self._task is not None:
            self._task.cancel()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, found, rest = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return
        length = 0
        for line in head.lower().split(b"\r\n"):
            if line.startswith(b"content-length:"):
                length = int(line[15:])
        if len(rest) < length:
            return
        self._buffer = rest[length:]
        method = head.split(b" ", 2)[1].rpartition(b"/")[2].decode()
        values = dict(parse_qsl(rest[:length].decode())) if length else {}
        self._task = asyncio.ensure_future(self._answer(method, values))

    async def _answer(self, method: str, values: dict[str, str]) -> None:
        body = json.dumps({"ok": True, "result": await self._stand_in.answer(method, values)}).encode()
        assert self._transport is not None  # noqa: S101
        self._transport.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
        )


def _chat(chat: int) -> dict[str, Any]:
    return {"id": chat, "type": "private", "first_name": "Gast"}


def _person(chat: int) -> dict[str, Any]:
    return {"id": chat, "is_bot": False, "first_name": "Gast", "language_code": "de"}
