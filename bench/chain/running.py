"""The contestants as processes: started against the stand-in, watched, ended."""

from __future__ import annotations

import asyncio
import os
import resource
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.chain.stand_in import TOKEN, StandIn

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "routing_rules.yaml"
# The contacts' private chats; five and the head of the office.
CONTACTS = tuple(range(3_300_000_001, 3_300_000_007))
STOP_WITHIN_S = 15.0


@dataclass(frozen=True)
class Contestant:
    """What is measured.

    Attributes:
        arguments: what Python runs.
        environment: its settings beside the stand-in's address and the token.
    """

    name: str
    arguments: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)


def ours(name: str, database: Path) -> Contestant:
    """Return the bot over a database."""
    environment = {
        "TELEGRAM_PACING": "off",
        "DATABASE_URL": f"sqlite:///{database}",
        "ROUTING_RULES": str(RULES),
        "LOG_LEVEL": "WARNING",
    }
    return Contestant(name, ("-m", "bot", "run"), environment)


def forwarder(name: str, at_once: int) -> Contestant:
    """Return the bare forwarder, handling so many updates at once; 0 is python-telegram-bot's usual one by one."""
    contacts = ",".join(str(chat) for chat in CONTACTS)
    environment = {"CONTACTS": contacts, "CONCURRENT": str(at_once), "PYTHONWARNINGS": "ignore"}
    return Contestant(name, ("-m", "bench.chain.forwarder"), environment)


@dataclass(frozen=True)
class Running:
    """A contestant's process."""

    process: asyncio.subprocess.Process

    @property
    def resident_mb(self) -> float:
        """The memory the process holds now."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        return 0.0

    @property
    def processor_s(self) -> float:
        """The processor time it has taken so far."""
        parts = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


@asynccontextmanager
async def running(contestant: Contestant, stand_in: StandIn, folder: Path) -> AsyncIterator[Running]:
    """Run a contestant for as long as the block lasts; it need not serve yet when the block begins.

    Raises:
        RuntimeError: it complained, or did not end when told to.
    """
    log = folder / "contestant.log"
    with log.open("wb") as out:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *contestant.arguments,
            cwd=folder,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(ROOT),
                "TELEGRAM_BOT_TOKEN": TOKEN,
                "TELEGRAM_API_URL": stand_in.url,
                **contestant.environment,
            },
            stdout=out,
            stderr=out,
        )
    try:
        yield Running(process)
    finally:
        if process.returncode is None:
            process.terminate()
        try:
            async with asyncio.timeout(STOP_WITHIN_S):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
    if said := log.read_text("utf-8", "replace").strip():
        raise RuntimeError(f"{contestant.name} ended with {process.returncode} and said:\n{said[-3000:]}")


def processor_s_of_this() -> float:
    """Return the processor time of this process, in which the stand-in runs."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
