"""The line to Telegram: one Application for translating and sending, one request object of its own for polling.

The Application has no updater and is never started: the stock updater confirms updates before they are handled. Its
handlers are the dispatch table of `incoming`, its bot makes the calls of `outgoing`.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp
from telegram import Bot

# Not exported, and there is no other way to fill a RequestData, or to know a timeout that was not given.
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import Application
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from bot.channels.telegram.wire import AiohttpWire, Wire, find_proxy
from bot.errors import Fault, SettingsError
from bot.services.delivery.waiting import backoff_s

log = logging.getLogger(__name__)

# As many as the sender has under way at most, and some for commands and getMe.
CONNECTIONS = 40
# The Bot API itself waits some seconds when Telegram's data centres are slow; an answer given up too early is an
# unclear one.
READ_TIMEOUT_S = 20.0

OPEN_CAP_S = 60.0

# What ends a message, or counts on somebody no more: bad request and forbidden. Others send these too.
_REFUSALS = (400, 403)

# PTB's own way to choose the coming form of durations; without it every RetryAfter brings a deprecation warning.
os.environ.setdefault("PTB_TIMEDELTA", "true")

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


class TelegramRequest(BaseRequest):
    """PTB's request layer over our wire, which can make a raw call and never logs what was answered."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    @property
    def read_timeout(self) -> float | None:
        """How long to wait for an answer where nothing else is said."""
        return READ_TIMEOUT_S

    async def initialize(self) -> None:
        """Do nothing; the wire connects when it is needed."""

    async def shutdown(self) -> None:
        """Close all connections."""
        await self._wire.close()

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
        """Make a request; see PTB's `BaseRequest.do_request`. Of the timeouts only the one for reading is ever set."""
        read_timeout_s = READ_TIMEOUT_S if isinstance(read_timeout, DefaultValue) else read_timeout
        form = {} if request_data is None else request_data.json_parameters
        files = request_data.multipart_data if request_data is not None and request_data.contains_files else {}
        try:
            status, body = await self._wire.exchange(method, url, form, files, read_timeout_s)
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise NetworkError(type(error).__name__) from error
        if status in _REFUSALS and not _is_telegrams(body):
            raise NetworkError(f"HTTP {status} from somebody on the way")
        return status, body

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


def _is_telegrams(body: bytes) -> bool:
    """Tell whether a refusal is Telegram's own (Bot API, "Making requests"), and not a proxy's or a firewall's."""
    try:
        return TelegramRequest.parse_json_payload(body).get("ok") is False
    except TelegramError:
        return False


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
        # The library closes only what it has opened itself; a call may be made without that, as the check-up does.
        for request in (self.bot.request, self.polling):
            await request.shutdown()


def build_line(token: str, api_url: str, wire: Callable[[int, str, str | None], Wire] = AiohttpWire) -> Line:
    """Build the line; nothing is called yet.

    Args:
        token: the bot's token from @BotFather.
        api_url: `https://api.telegram.org`, or a stand-in; `/bot<token>/<method>` is added.
        wire: makes a wire for so many connections, a user agent and a proxy; takes the place of the network in tests.

    Raises:
        SettingsError: the environment names a proxy that cannot be used.
    """
    base, proxy = api_url.rstrip("/"), find_proxy(api_url)
    # One of its own: a long poll must not wait for messages going out, nor they for it.
    polling = TelegramRequest(wire(2, BaseRequest.USER_AGENT, proxy))
    application = (
        Application.builder()
        .token(token)
        .base_url(f"{base}/bot")
        .base_file_url(f"{base}/file/bot")
        .request(TelegramRequest(wire(CONNECTIONS, BaseRequest.USER_AGENT, proxy)))
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
