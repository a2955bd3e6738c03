"""Receiving by webhook: each update is answered with 200 only after it was committed to the store.

What is not answered so comes again from Telegram, in order per chat; a copy is known by its meaning. Requests that come
while a commit is under way share the next one, for commits are what costs.

Only who shows the secret is listened to. A proxy may hand on the whole path of the public address or take any part off
its front: the secret is what protects, not the path.
"""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import unquote, urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.channels.telegram.storing import Storing, to_raw_update
from bot.clock import Clock
from bot.services.delivery.waiting import place_of
from bot.store.inbox import RawUpdate

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (the header's name)

# The largest updates are long texts with hundreds of entities, some 100 kB; nothing that is one comes near this.
BODY_LIMIT = 1_048_576
# For the body to arrive; a proxy hands it over at once.
BODY_WITHIN_S = 15.0
# For the commit. Telegram waits about a minute, and its next attempt is better than an answer too late.
COMMIT_WITHIN_S = 20.0
RETRY_AFTER_S = 5
# Commits grow with their batch; more wait for the next one.
MOST_AT_ONCE = 100
# Strangers knocking must not fill the log.
COMPLAIN_EVERY = timedelta(minutes=1)


def _ignore(_: int) -> None:
    return None


class _Refusal(Exception):  # noqa: N818 (an answer, no fault of ours)
    """A request that is answered with this status; nothing of it is stored."""

    def __init__(self, status: int, what: str, **headers: str) -> None:
        super().__init__(what)
        self.answer = Response(f"{what}\n", status, headers, media_type="text/plain")


class Webhook:
    """The application that takes deliveries; an ASGI callable.

    Args of the constructor:
        url: the public address; its path, whole or without its first parts, is where deliveries come in.
        secret: what a delivery has to show.

    Attributes:
        noted: called with each answer's status, for counting.
        heard_at: when a delivery was last stored; None before the first one.
    """

    def __init__(self, url: str, secret: str, storing: Storing, clock: Clock) -> None:
        self.noted: Callable[[int], None] = _ignore
        self.heard_at: datetime | None = None
        self._paths = _tails(urlsplit(url).path)
        self._secret = secret.encode()
        self._shared = _SharedCommits(storing)
        self._clock = clock
        self._complained_at: datetime | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; whatever happens, it is answered."""
        if scope["type"] != "http":
            return
        answer = await self._answer(Request(scope, receive))
        self.noted(answer.status_code)
        await answer(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        try:
            self._check(request)
            update = _read(await _body(request))
            async with asyncio.timeout(COMMIT_WITHIN_S):
                await self._shared.store(update)
        except _Refusal as refusal:
            return refusal.answer
        except ClientDisconnect:
            return Response(status_code=400)
        except Exception as error:  # noqa: BLE001 (whatever it is, Telegram has to keep the update)
            log.error("an update was not stored (%s); Telegram sends it again", place_of(error))
            return Response("not stored\n", 503, {"Retry-After": str(RETRY_AFTER_S)}, media_type="text/plain")
        self.heard_at = self._clock.now()
        return Response(status_code=200)

    def _check(self, request: Request) -> None:
        """Refuse what is no delivery before anything of it is read."""
        if request.scope["path"] not in self._paths:
            raise _Refusal(404, "nothing here")
        if request.method != "POST":
            raise _Refusal(405, "only POST", Allow="POST")
        shown = request.headers.getlist(SECRET_HEADER)
        # Compared as bytes, and in constant time: how long it takes tells nothing of how much was right.
        if len(shown) != 1 or not secrets.compare_digest(shown[0].encode("latin-1"), self._secret):
            self._complain()
            raise _Refusal(403, "wrong secret")
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise _Refusal(415, "only application/json")
        if int(request.headers.get("content-length", "0") or 0) > BODY_LIMIT:
            raise _Refusal(413, "too large")

    def _complain(self) -> None:
        now = self._clock.now()
        if self._complained_at is None or now - self._complained_at >= COMPLAIN_EVERY:
            self._complained_at = now
            log.warning("somebody called the webhook without the secret, and was refused; said once a minute at most")


class _SharedCommits:
    """Stores updates in the order they come, all that wait at one moment in one commit."""

    def __init__(self, storing: Storing) -> None:
        self._storing = storing
        self._waiting: list[tuple[RawUpdate, asyncio.Future[None]]] = []
        self._working: asyncio.Task[None] | None = None

    async def store(self, update: RawUpdate) -> None:
        """Return when the update is committed.

        Raises:
            Exception: it is not.
        """
        committed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((update, committed))
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work_off(), name="webhook commits")
        await committed

    async def _work_off(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
            try:
                await self._storing.store([update for update, _ in batch])
            except BaseException as error:
                # An end by cancellation is no commit either. Who waits hears of a fault they can answer with.
                fault = error if isinstance(error, Exception) else RuntimeError("the process ends")
                for _, committed in batch:
                    if not committed.done():
                        committed.set_exception(fault)
                if not isinstance(error, Exception):
                    raise
            else:
                for _, committed in batch:
                    if not committed.done():
                        committed.set_result(None)


async def _body(request: Request) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_WITHIN_S):
            async for piece in request.stream():
                body += piece
                # However long it said it would be.
                if len(body) > BODY_LIMIT:
                    raise _Refusal(413, "too large")
    except TimeoutError:
        raise _Refusal(408, "too slow") from None
    return bytes(body)


def _read(body: bytes) -> RawUpdate:
    """Read an update as the poller does; what is JSON can be stored, whatever it says."""
    try:
        return to_raw_update(json.loads(body.decode("utf-8", "replace")))
    except (ValueError, RecursionError):
        raise _Refusal(400, "no JSON") from None


def _tails(path: str) -> frozenset[str]:
    """Return the path itself, and what is left of it where a proxy takes off its front: `/a/b` → `/a/b`, `/b`, `/`."""
    parts = [part for part in unquote(path).split("/") if part]
    slash = "/" if path.endswith("/") and parts else ""
    return frozenset({"/", *("/" + "/".join(parts[start:]) + slash for start in range(len(parts)))})
