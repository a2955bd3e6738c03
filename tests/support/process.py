"""The real bot as a process of its own, beside a stand-in for Telegram that runs in the test.

The process gets a clean environment and an empty folder, so that no `.env` and no variable of the developer's reaches
it. What it logs is read as it comes; waiting for a line is waiting for a change, never a pause.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.playground.changes import Signal
from bot.playground.server import Playground

ROOT = Path(__file__).resolve().parents[2]
# A start takes one to two seconds on a free machine; a busy one may need many times that.
START_WITHIN_S = 30.0
STOP_WITHIN_S = 10.0
WEBHOOK_SECRET = "geheimes-wort-fuer-den-webhook"
LOUD = re.compile(r" (WARNING|ERROR|CRITICAL) ")


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


def by_webhook(path: str = "/office/bot") -> dict[str, str]:
    """Return the settings with which the process receives by webhook, at a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return {
        "WEBHOOK_URL": f"http://127.0.0.1:{port}{path}",
        "WEBHOOK_SECRET": WEBHOOK_SECRET,
        "HTTP_PORT": str(port),
    }


class BotProcess:
    """`python -m bot run` against a playground, with a database and rules of its own."""

    def __init__(self, folder: Path, playground: Playground, rules: Path, **environment: str) -> None:
        self.folder = folder
        self.rules = rules
        self.database = folder / "inquiries.db"
        self.playground = playground
        self.lines: list[str] = []
        self.signal = Signal()
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", ""),
            "TELEGRAM_BOT_TOKEN": playground.world.bot.token,
            "TELEGRAM_API_URL": playground.url,
            "TELEGRAM_PACING": "off",
            "DATABASE_URL": f"sqlite:///{self.database}",
            "ROUTING_RULES": str(rules),
            **environment,
        }

    # Running

    async def start(self, **changes: str) -> None:
        """Start and wait until it serves; `changes` are settings from now on, an empty one is taken away.

        Raises:
            AssertionError: it ended, or did not serve in time; the message holds its log.
        """
        self._environment = {name: value for name, value in (self._environment | changes).items() if value}
        begun = len(self.lines)
        await self.launch()
        await self.logs("serving @", since=begun, within_s=START_WITHIN_S)

    async def launch(self) -> None:
        """Start without waiting for anything."""
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            cwd=self.folder,
            env=self._environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        self._reader = asyncio.create_task(self._read(self._process))

    async def ends(self, within_s: float = STOP_WITHIN_S) -> int:
        """Wait until the process has ended and return its exit code."""
        assert self._process is not None
        assert self._reader is not None
        async with asyncio.timeout(within_s):
            code = await self._process.wait()
            await self._reader
        return code

    async def stop(self) -> int:
        """End it as a service manager does and return its exit code; killed, with a complaint, if it does not end."""
        self.tell(signal.SIGTERM)
        try:
            return await self.ends()
        except TimeoutError:
            await self.kill()
            raise AssertionError(f"SIGTERM did not end the process within {STOP_WITHIN_S} s:\n{self.log}") from None

    async def kill(self) -> None:
        """End it as a power cut does."""
        if self.is_running:
            self.tell(signal.SIGKILL)
            await self.ends()

    def tell(self, number: signal.Signals) -> None:
        """Send the process a signal."""
        assert self._process is not None
        self._process.send_signal(number)

    @property
    def pid(self) -> int:
        """The number of the process last started."""
        assert self._process is not None
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.returncode is None

    def setting(self, name: str) -> str:
        """Return a setting the process is started with."""
        return self._environment[name]

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep everybody else from writing to the database for as long as the block lasts."""
        with closing(sqlite3.connect(self.database, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield
            connection.execute("ROLLBACK")

    # Looking

    @property
    def log(self) -> str:
        """Everything printed so far, over all starts."""
        return "\n".join(self.lines)

    @property
    def loud(self) -> list[str]:
        """The log's lines from WARNING up."""
        return [line for line in self.lines if LOUD.search(line)]

    async def logs(self, text: str, since: int = 0, within_s: float = 10.0) -> str:
        """Wait for a line that contains the text and return it; `since` skips so many lines.

        Raises:
            AssertionError: it did not come, or the process ended without it.
        """

        def find() -> str | None:
            line = next((line for line in self.lines[since:] if text in line), None)
            return line if line is not None or self.is_running else ""

        line = await self.signal.until(find, within_s)
        assert line, f"the bot did not log {text!r} but:\n{self.log}"
        return line

    def ask(self, sql: str, **values: object) -> list[tuple[Any, ...]]:
        """Ask the database something, beside the running process."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            return connection.execute(sql, values).fetchall()

    def count(self, sql: str, **values: object) -> int:
        """Ask the database for one number."""
        return int(self.ask(sql, **values)[0][0])

    # Commands beside it

    async def command(self, *arguments: str, within_s: float = START_WITHIN_S, **environment: str) -> Ran:
        """Run `python -m bot …` with the same settings and wait for its end."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *arguments),
            cwd=self.folder,
            env=self._environment | environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        async with asyncio.timeout(within_s):
            out, err = await process.communicate()
        return Ran(process.returncode or 0, out.decode(), err.decode())

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        try:
            while line := await process.stdout.readline():
                self.lines.append(line.decode().rstrip("\n"))
                self.signal.changed()
            await process.wait()
        finally:
            self.signal.changed()
