"""A web server as one part among the others: told to stop like them, and deaf to the process's signals."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from bot.errors import Fault, SettingsError

# What is under way when told to stop may take so long to end: less than the process has for ending.
GRACE_S = 3
# A proxy keeps its connections open between requests; this is longer than what common ones do.
KEEP_ALIVE_S = 75
# Requests under way at once; whoever comes beyond that gets 503 from uvicorn. Telegram uses 100 connections at most.
CONCURRENCY = 250


class WebServer:
    """Serves an application at an address. `listen` first, then run it as one task; `stop` lets requests end."""

    def __init__(self, app: ASGIApp) -> None:
        config = uvicorn.Config(
            app,
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            date_header=False,
            limit_concurrency=CONCURRENCY,
            timeout_keep_alive=KEEP_ALIVE_S,
            timeout_graceful_shutdown=GRACE_S,
        )
        self._server = _Server(config)
        self._listener: socket.socket | None = None

    def listen(self, host: str, port: int, settings: str) -> str:
        """Take the port and return the address, `http://127.0.0.1:8080`.

        Args:
            host: an address or a name of this machine.
            port: 0 for any free one.
            settings: the first part of the settings' names, `HTTP` or `HEALTH`, for the fault.

        Raises:
            SettingsError: the port cannot be used.
        """
        try:
            [(family, kind, protocol, _, address), *_] = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            listener = socket.socket(family, kind, protocol)
            try:
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                listener.bind(address)
            except BaseException:
                listener.close()
                raise
        except (OSError, UnicodeError) as error:  # the latter for what is no host's name
            why = error.strerror if isinstance(error, OSError) else "no host's name"
            what = f"{host}:{port} cannot be used ({why})."
            mend = f"Set {settings}_PORT to a free port and {settings}_HOST to an address of this machine."
            raise SettingsError([Fault(f"{settings}_PORT", what, mend)]) from None
        self._listener = listener
        shown = f"[{host}]" if family == socket.AF_INET6 and ":" in host else host
        return f"http://{shown}:{listener.getsockname()[1]}"

    async def ready(self) -> None:
        """Wait until requests are taken."""
        await self._server.ready.wait()

    def stop(self) -> None:
        """Take no more requests; `run` returns when those under way have ended, at most GRACE_S later."""
        self._server.stopping.set()

    async def run(self) -> None:
        """Serve until stopped."""
        assert self._listener is not None, "listen first"  # noqa: S101
        await self._server.serve([self._listener])

    def close(self) -> None:
        """Give the port back; needed only where it was never served."""
        if self._listener is not None:
            self._listener.close()


class _Server(uvicorn.Server):
    """Uvicorn that leaves signals to whoever owns the process, and waits for its end instead of ticking."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()
        self.stopping = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def main_loop(self) -> None:
        await self.on_tick(0)
        self.ready.set()
        await self.stopping.wait()
