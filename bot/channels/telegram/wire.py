"""The wire: one HTTP exchange with the Bot API, by aiohttp.

python-telegram-bot comes with httpx, which takes three times the processor time for a request, and lets others take its
place (`BaseRequest`). Nothing is ever sent twice here: whether to try again is the outbox's to know.
"""

from __future__ import annotations

import asyncio
import os
import ssl
from collections.abc import Mapping
from functools import cache
from typing import Any, Protocol
from urllib.parse import urlencode
from urllib.request import getproxies, proxy_bypass

import aiohttp
import certifi
from yarl import URL

from bot.errors import Fault, SettingsError

CONNECT_TIMEOUT_S = 10.0
# An answer that drips in piece by piece is given up after so many times what one piece may take.
MOST_PIECES = 3

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

_PROXIES = "Name one that begins with http:// or https://, or none."
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
    """A wire over the network.

    Args of the constructor:
        connections: how many exchanges may be under way at once; more wait, for as long as connecting may take.
        user_agent: what the requests say they come from.
        proxy: see `find_proxy`.
    """

    def __init__(self, connections: int, user_agent: str, proxy: str | None = None) -> None:
        self._connections = connections
        self._proxy = proxy
        self._headers = {"User-Agent": user_agent}
        self._session: aiohttp.ClientSession | None = None

    async def exchange(
        self, method: str, url: str, form: Mapping[str, str], files: Mapping[str, File], read_timeout_s: float | None
    ) -> tuple[int, bytes]:
        """Make an exchange; see `Wire`."""
        if self._session is None:
            self._session = self._connect()
        whole_s = None if read_timeout_s is None else CONNECT_TIMEOUT_S + MOST_PIECES * read_timeout_s
        timeout = aiohttp.ClientTimeout(whole_s, connect=CONNECT_TIMEOUT_S, sock_read=read_timeout_s)
        body: Any = urlencode(form).encode()
        headers = _FORM
        if files:
            body, headers = _multipart(form, files), {}
        where = URL(url, encoded=True)
        # Twice round the loop, which notices connections closed by the other side while it was busy: a request on one
        # of those would be lost, and nobody could tell.
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        async with self._session.request(
            method, where, data=body, headers=headers, timeout=timeout, proxy=self._proxy, allow_redirects=False
        ) as answer:
            return answer.status, await answer.read()

    async def close(self) -> None:
        """Close all connections; the next exchange opens new ones."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    def _connect(self) -> aiohttp.ClientSession:
        # Only now: a session belongs to the loop that runs when it is made.
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=self._connections, ssl=ssl_context()),
            headers=self._headers,
            cookie_jar=aiohttp.DummyCookieJar(),
        )


def _multipart(form: Mapping[str, str], files: Mapping[str, File]) -> aiohttp.FormData:
    whole = aiohttp.FormData(form, quote_fields=False)
    for name, (file_name, content, kind) in files.items():
        whole.add_field(name, content, filename=file_name, content_type=kind)
    return whole


def find_proxy(url: str) -> str | None:
    """Return the proxy the environment names for an address (`HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`), None for none.

    Not left to aiohttp, which passes some of them by without a word, and reads passwords from `~/.netrc` besides.

    Raises:
        SettingsError: it is of a kind that cannot be used.
    """
    wanted, named = URL(url), getproxies()
    proxy = named.get(wanted.scheme) or named.get("all")
    if not proxy or proxy_bypass(wanted.host or ""):
        return None
    whole = proxy if "://" in proxy else f"http://{proxy}"
    try:
        scheme = URL(whole).scheme
    except ValueError:
        # Not quoted: it may hold a user and a password.
        raise SettingsError([Fault("HTTPS_PROXY", "is no address.", _PROXIES)]) from None
    if scheme not in ("http", "https"):
        raise SettingsError([Fault("HTTPS_PROXY", f"{scheme} proxies cannot be used.", _PROXIES)])
    return whole


@cache
def ssl_context() -> ssl.SSLContext:
    """Return whom we trust: certifi's authorities, or those `SSL_CERT_FILE` and `SSL_CERT_DIR` name."""
    # One for all: to read the certificates takes a while, and some memory. Without certifi's a machine that has none of
    # its own would trust nobody.
    named = {"SSL_CERT_FILE", "SSL_CERT_DIR"} & set(os.environ)
    return ssl.create_default_context(cafile=None if named else certifi.where())
