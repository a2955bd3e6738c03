"""The wire: one HTTP exchange with the Bot API, by aiohttp.

python-telegram-bot comes with httpx, which takes three times the processor time for a request, and lets others take its
place (`BaseRequest`). Nothing is ever sent twice here: whether to try again is the outbox's to know.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping
from functools import cache
from typing import Any, Protocol
from urllib.parse import urlencode
from urllib.request import getproxies

import aiohttp
import certifi
from yarl import URL

CONNECT_TIMEOUT_S = 10.0

File = tuple[str, Any, str]  # name, content, MIME type; as python-telegram-bot gives them

# What a failure means when the request surely did not go out: no connection came about, or the address is none. All
# else (an answer that did not come, a connection that broke, a 5xx) may have been carried out.
NOT_SENT = (
    aiohttp.ClientConnectorError,  # the proxy's too
    aiohttp.ConnectionTimeoutError,  # while all connections were in use, too
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Wire(Protocol):
    """Makes one HTTP exchange at a time or many at once."""

    async def exchange(
        self, method: str, url: str, form: Mapping[str, str], files: Mapping[str, File], read_timeout_s: float | None
    ) -> tuple[int, bytes]:
        """Send a form, with files or without, and return the answer's status and body.

        Args:
            read_timeout_s: how long to wait for the next piece of the answer; None for ever.

        Raises:
            aiohttp.ClientError, TimeoutError: there was no whole answer; one of `NOT_SENT` where nothing went out.
        """

    async def close(self) -> None:
        """Close all connections."""


class AiohttpWire:
    """A wire over the network; the proxies the environment names are used.

    Args of the constructor:
        connections: how many exchanges may be under way at once; more wait, for as long as connecting may take.
        user_agent: what the requests say they come from.
    """

    def __init__(self, connections: int, user_agent: str) -> None:
        self._connections = connections
        self._headers = {"User-Agent": user_agent}
        self._session: aiohttp.ClientSession | None = None

    async def exchange(
        self, method: str, url: str, form: Mapping[str, str], files: Mapping[str, File], read_timeout_s: float | None
    ) -> tuple[int, bytes]:
        """Make an exchange; see `Wire`."""
        if self._session is None:
            self._session = self._connect()
        timeout = aiohttp.ClientTimeout(connect=CONNECT_TIMEOUT_S, sock_read=read_timeout_s)
        body: Any = urlencode(form).encode()
        headers = _FORM
        if files:
            body, headers = _multipart(form, files), {}
        where = URL(url, encoded=True)
        async with self._session.request(
            method, where, data=body, headers=headers, timeout=timeout, allow_redirects=False
        ) as answer:
            return answer.status, await answer.read()

    async def close(self) -> None:
        """Close all connections; the next exchange opens new ones."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _connect(self) -> aiohttp.ClientSession:
        # Only now: a session belongs to the loop that runs when it is made.
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=self._connections, ssl=_ssl_context()),
            headers=self._headers,
            cookie_jar=aiohttp.DummyCookieJar(),
            # Looking for proxies reads the whole environment at every request.
            trust_env=bool(getproxies()),
        )


def _multipart(form: Mapping[str, str], files: Mapping[str, File]) -> aiohttp.FormData:
    whole = aiohttp.FormData(form)
    for name, (file_name, content, kind) in files.items():
        whole.add_field(name, content, filename=file_name, content_type=kind)
    return whole


@cache
def _ssl_context() -> ssl.SSLContext:
    # One for all: to read the certificates takes a while, and some memory. Without certifi's a machine that has none of
    # its own would trust nobody.
    named = {"SSL_CERT_FILE", "SSL_CERT_DIR"} & set(os.environ)
    return ssl.create_default_context(cafile=None if named else certifi.where())
