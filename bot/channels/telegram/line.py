"""The line to Telegram: one Application for translating and sending, one request object of its own for polling.

The Application has no updater and is never started: the stock updater confirms updates before they are handled. Its
handlers are the dispatch table of `incoming`, its bot makes the calls of `outgoing`.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, partial
from typing import Any
from urllib.request import getproxies

import httpx
from telegram import Bot

# Not exported, and there is no other way to fill a RequestData, or to know a timeout that was not given.
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import Application
from telegram.request import BaseRequest, HTTPXRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from bot.errors import Fault, SettingsError
from bot.services.waiting import backoff_s

log = logging.getLogger(__name__)

# As many as the sender has under way at most, and some for commands and getMe.
CONNECTIONS = 40
CONNECT_TIMEOUT_S = 10.0
# The Bot API itself waits some seconds when Telegram's data centres are slow; an answer given up too early is an
# unclear one.
READ_TIMEOUT_S = 20.0
POOL_TIMEOUT_S = 10.0

OPEN_CAP_S = 60.0

# PTB's own way to choose the coming form of durations; without it every RetryAfter brings a deprecation warning.
os.environ.setdefault("PTB_TIMEDELTA", "true")

_HEADERS = {"User-Agent": BaseRequest.USER_AGENT, "Connection": "keep-alive"}

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


class TelegramRequest(HTTPXRequest):
    """PTB's request layer, which can make a raw call and never logs what was answered.

    It asks httpx's transport directly: the client above it follows redirects, keeps cookies and writes logs, none of
    which the Bot API needs, and takes nearly as long as all the rest. Where the environment names a proxy, the client
    knows the way, and is asked.
    """

    def __init__(self, *, connections: int, transport: httpx.AsyncBaseTransport | None = None) -> None:
        if transport is None and not getproxies():
            limits = httpx.Limits(max_connections=connections)
            transport = httpx.AsyncHTTPTransport(verify=_ssl_context(), limits=limits)
        self._direct = transport
        super().__init__(
            connection_pool_size=connections,
            connect_timeout=CONNECT_TIMEOUT_S,
            read_timeout=READ_TIMEOUT_S,
            write_timeout=READ_TIMEOUT_S,
            pool_timeout=POOL_TIMEOUT_S,
            httpx_kwargs={"verify": _ssl_context()} if transport is None else {"transport": transport},
        )

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make a request; see PTB's `HTTPXRequest.do_request`. Of the timeouts only the one for reading is ever set."""
        if self._direct is None or (request_data is not None and request_data.contains_files):
            return await super().do_request(
                url, method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
            )
        timeout = {
            "connect": CONNECT_TIMEOUT_S,
            "read": READ_TIMEOUT_S if isinstance(read_timeout, DefaultValue) else read_timeout,
            "write": READ_TIMEOUT_S,
            "pool": POOL_TIMEOUT_S,
        }
        data = None if request_data is None else request_data.json_parameters
        request = httpx.Request(method, url, headers=_HEADERS, data=data, extensions={"timeout": timeout})
        try:
            response = await self._direct.handle_async_request(request)
            try:
                return response.status_code, await response.aread()
            finally:
                await response.aclose()
        except httpx.TimeoutException as error:
            raise TimedOut from error
        except httpx.HTTPError as error:
            raise NetworkError(f"httpx.{type(error).__name__}") from error

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Parse an answer; PTB's own version logs an unreadable one in full, with people's words in it."""
        try:
            parsed = json.loads(payload.decode("utf-8", "replace"))
        except ValueError:
            raise TelegramError("Invalid server response") from None
        if not isinstance(parsed, dict):
            raise TelegramError("Invalid server response")
        return parsed

    async def call(self, url: str, values: Mapping[str, Any], *, read_timeout: float) -> Any:
        """Call a method and return its `result` as parsed JSON, untouched by PTB's classes.

        Raises:
            TelegramError: as any of PTB's calls.
        """
        return await self.post(url=url, request_data=_data(values), read_timeout=read_timeout)


class SeveralRequests(TelegramRequest):
    """As many request objects as there are requests under way, each with one connection.

    One with many connections looks at each of them before and after every request (httpcore 1.0), which took as long as
    the request itself.
    """

    def __init__(self, *, connections: int, transport: httpx.AsyncBaseTransport | None = None) -> None:
        super().__init__(connections=1, transport=transport)
        self._make = partial(TelegramRequest, connections=1, transport=transport)
        self._others: list[TelegramRequest] = []
        self._idle: list[TelegramRequest | None] = [None]  # None stands for this one
        self._room = asyncio.Semaphore(connections)

    async def do_request(self, *args: Any, **options: Any) -> tuple[int, bytes]:
        """Make the request by one that is idle; the one last used first, so that few connections are kept open."""
        try:
            async with asyncio.timeout(POOL_TIMEOUT_S):
                await self._room.acquire()
        except TimeoutError:
            raise TimedOut("Pool timeout") from httpx.PoolTimeout("all connections are in use")
        idle = self._idle.pop() if self._idle else self._another()
        try:
            return await (super().do_request if idle is None else idle.do_request)(*args, **options)
        finally:
            self._idle.append(idle)
            self._room.release()

    async def shutdown(self) -> None:
        """Close all connections."""
        for other in self._others:
            await other.shutdown()
        await super().shutdown()

    def _another(self) -> TelegramRequest:
        self._others.append(self._make())
        return self._others[-1]


@cache
def _ssl_context() -> ssl.SSLContext:
    # One for all: to read the certificates takes a while, and some memory.
    return httpx.create_ssl_context()


def _data(values: Mapping[str, Any]) -> RequestData:
    given = [RequestParameter.from_input(name, value) for name, value in values.items() if value is not None]
    return RequestData(given)


async def call(bot: Bot, method: str, values: Mapping[str, Any]) -> Any:
    """Call a method as the bot and return its `result` as parsed JSON; `None` counts as not given.

    For what is called often: PTB's own methods make objects of the whole answer, of which a number is wanted.

    Raises:
        TelegramError: as any of PTB's calls.
    """
    return await bot.request.post(f"{bot.base_url}/{method}", _data(values))


@dataclass(frozen=True)
class Line:
    """The connection to Telegram. Make it with `build_line`, `open` it, `close` it."""

    application: AnyApplication
    polling: TelegramRequest

    @property
    def bot(self) -> Bot:
        """What makes the calls. Its `repr` and its URLs contain the token: never log it."""
        bot: Bot = self.application.bot
        return bot

    @property
    def username(self) -> str:
        """The bot's name without @; known once the line is open."""
        return self.bot.username

    async def open(self) -> None:
        """Ask Telegram who we are, however long the network takes to be there.

        Raises:
            SettingsError: Telegram does not know the token.
        """
        failures = 0
        while True:
            try:
                await self.application.initialize()
            except InvalidToken:
                # Not chained: PTB's error text is the token.
                raise SettingsError(
                    [
                        Fault(
                            "TELEGRAM_BOT_TOKEN",
                            "refused by Telegram.",
                            "Take the current one from @BotFather, and check TELEGRAM_API_URL.",
                        )
                    ]
                ) from None
            except TelegramError as error:
                failures += 1
                pause = backoff_s(failures, OPEN_CAP_S)
                log.warning("Telegram cannot be reached (%s), next attempt in %.0f s", type(error).__name__, pause)
                await asyncio.sleep(pause)
            else:
                return

    async def close(self) -> None:
        """Close all connections."""
        await self.application.shutdown()
        # The application closes only what it has opened.
        await self.bot.shutdown()


def build_line(token: str, api_url: str, transport: httpx.AsyncBaseTransport | None = None) -> Line:
    """Build the line; nothing is called yet.

    Args:
        token: the bot's token from @BotFather.
        api_url: `https://api.telegram.org`, or a stand-in; `/bot<token>/<method>` is added.
        transport: takes the place of the network in tests.
    """
    base = api_url.rstrip("/")
    # One connection of its own: a long poll must not wait for messages going out, nor they for it.
    polling = TelegramRequest(connections=2, transport=transport)
    application = (
        Application.builder()
        .token(token)
        .base_url(f"{base}/bot")
        .base_file_url(f"{base}/file/bot")
        .request(SeveralRequests(connections=CONNECTIONS, transport=transport))
        .get_updates_request(polling)
        .updater(None)
        .job_queue(None)
        .build()
    )
    return Line(application, polling)


def retry_after_s(error: RetryAfter) -> float:
    """Return the seconds Telegram asks to wait."""
    value = error.retry_after
    return value.total_seconds() if isinstance(value, timedelta) else float(value)
