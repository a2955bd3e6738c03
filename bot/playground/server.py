"""Starting and stopping the stand-in on loopback, inside the running event loop."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from email.utils import formatdate

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.playground.api import BotApi
from bot.playground.control import Control, Injected
from bot.playground.webhook import WebhookSender
from bot.playground.world import World

HOST = "127.0.0.1"


class Playground:
    """A world with its Bot API and its page."""

    def __init__(self, world: World | None = None, injected: Injected | None = None) -> None:
        self.world = world or World()
        self.api = BotApi(self.world, self._cut)
        self.control = Control(self.world, injected or Injected())
        self.webhooks = WebhookSender(self.world.updates, self.world.now)
        self.app = Starlette(routes=[*self.api.routes(), *self.control.routes()])
        self.faults = self.api.faults
        self.port = 0
        self._server: QuietServer | None = None
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def url(self) -> str:
        """The address for `TELEGRAM_API_URL`, and of the page."""
        return f"http://{HOST}:{self.port}"

    async def start(self, port: int = 0) -> None:
        """Serve on the port, or on a free one.

        Raises:
            OSError: the port is taken.
        """
        listener = listener_on(port)
        self.port = listener.getsockname()[1]
        self.control.closing.clear()
        config = uvicorn.Config(
            _Dated(self.app, self.world.now),
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            date_header=False,  # it would be that of the start: uvicorn renews it while it ticks
            timeout_keep_alive=120,
            timeout_graceful_shutdown=2,
        )
        self._server = QuietServer(config)
        serving = asyncio.create_task(self._server.serve([listener]))
        self._tasks = [serving, asyncio.create_task(self.webhooks.run())]
        await self._server.ready.wait()

    async def stop(self) -> None:
        """Stop serving; waiting polls are answered, open event streams end."""
        self.control.closing.set()
        self.world.changed()
        self.world.updates.wake()
        if self._server is None:
            return
        serving, webhooks = self._tasks
        webhooks.cancel()
        self._server.stopping.set()
        await serving
        with suppress(asyncio.CancelledError):
            await webhooks
        self._server = None

    def _cut(self, request: Request) -> None:
        if self._server is None or request.client is None:
            return
        for connection in self._server.server_state.connections:
            if isinstance(connection, H11Protocol) and connection.client == tuple(request.client):
                connection.transport.abort()


class _Dated:
    """An application whose every answer says what time it is in the world, as those of the Bot API do."""

    def __init__(self, app: ASGIApp, now: Callable[[], float]) -> None:
        self._app = app
        self._now = now

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                date = formatdate(self._now(), usegmt=True).encode()
                message["headers"] = [(b"date", date), *message.get("headers", ())]
            await send(message)

        await self._app(scope, receive, send_dated)


def listener_on(port: int) -> socket.socket:
    """Take a port on loopback, any free one for 0.

    Raises:
        OSError: the port is taken.
    """
    # The protocol by name: asyncio sends small answers at once only on a socket that says it is TCP, and each of the
    # others waits 40 ms for the other side's acknowledgement.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError:
        listener.close()
        raise
    return listener


class QuietServer(uvicorn.Server):
    """Uvicorn inside somebody else's loop: leaves signals alone, and stops without ticking."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()
        self.stopping = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the process's signals to whoever owns the process."""
        yield

    async def main_loop(self) -> None:
        """Serve until told to stop."""
        await self.on_tick(0)
        self.ready.set()
        await self.stopping.wait()


@asynccontextmanager
async def serving(playground: Playground | None = None, port: int = 0) -> AsyncIterator[Playground]:
    """Serve a playground for as long as the block lasts."""
    playground = playground or Playground()
    await playground.start(port)
    try:
        yield playground
    finally:
        await playground.stop()
