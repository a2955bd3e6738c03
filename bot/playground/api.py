"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

import asyncio
import json
import re
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.playground import errors
from bot.playground.changes import Signal
from bot.playground.errors import ApiError
from bot.playground.faults import Call, DroppedConnectionError, Faults, RawAnswerError
from bot.playground.limits import Traffic
from bot.playground.methods import METHODS
from bot.playground.params import read_params
from bot.playground.world import World

_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{35}")
# Enough for a long test; a benchmark shall not eat the memory.
_KEPT_CALLS = 20_000


@dataclass(frozen=True)
class Answered:
    """A call with what the bot was told; `status` is None where the connection was cut."""

    call: Call
    status: int | None
    result: Any = None
    error: str | None = None


class BotApi:
    """Routes, token check, limits, faults and the record of all calls."""

    def __init__(self, world: World, cut: Callable[[Request], None]) -> None:
        self.world = world
        self.faults = Faults()
        self.traffic = Traffic(time.monotonic)
        self.calls: deque[Answered] = deque(maxlen=_KEPT_CALLS)
        self.signal = Signal()
        self.in_flight = 0
        self._cut = cut

    def routes(self) -> list[Route]:
        """Return the routes of the Bot API."""
        return [
            Route("/bot{token}/{method}", self._method, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self._file, methods=["GET"]),
        ]

    async def _method(self, request: Request) -> Response:
        try:
            self._check_token(request)
            name = request.path_params["method"]
            if name.lower() not in METHODS:
                raise errors.method_not_found()
            call = Call(name, await read_params(request), self.world.now())
        except ApiError as error:
            return _refusal(error)
        except ClientDisconnect:
            # Whoever called was killed amid the request.
            return _Cut(self._cut, request)
        self.in_flight += 1
        try:
            return await self._carry_out(call)
        except DroppedConnectionError:
            self._note(Answered(call, None, error="connection dropped"))
            return _Cut(self._cut, request)
        finally:
            self.in_flight -= 1
            self.signal.changed()

    async def _carry_out(self, call: Call) -> Response:
        try:
            self.traffic.check(call)
            await self.faults.before(call)
            result = await METHODS[call.method.lower()](self.world, call.params)
            await self.faults.after(call)
        except ApiError as error:
            self._note(Answered(call, error.code, error=error.description))
            return _refusal(error)
        except RawAnswerError as raw:
            self._note(Answered(call, raw.status, error=raw.text))
            return Response(raw.text, raw.status, media_type=raw.content_type)
        self._note(Answered(call, 200, result))
        return _json({"ok": True, "result": result})

    def _note(self, answered: Answered) -> None:
        self.calls.append(answered)

    async def _file(self, request: Request) -> Response:
        try:
            self._check_token(request)
        except ApiError as error:
            return _refusal(error)
        path = request.path_params["path"]
        file = next((file for file in self.world.files.values() if file.path == path), None)
        if file is None:
            return _refusal(errors.not_found())
        return Response(file.data, media_type="application/octet-stream")

    def _check_token(self, request: Request) -> None:
        token = request.path_params["token"]
        if not _TOKEN.fullmatch(token):
            raise errors.not_found()
        if token != self.world.bot.token:
            raise errors.unauthorized()


class _Cut(Response):
    """No answer at all: the connection is closed instead."""

    def __init__(self, cut: Callable[[Request], None], request: Request) -> None:
        super().__init__()
        self._do_cut = cut
        self._request = request

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._do_cut(self._request)
        # The server learns of the closed connection on the next turn of the loop.
        await asyncio.sleep(0)
        await asyncio.sleep(0)


def _json(body: Any, status: int = 200) -> Response:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(text, status, media_type="application/json")


def _refusal(error: ApiError) -> Response:
    return _json(error.body(), error.code)
