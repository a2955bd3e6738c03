"""The pages for monitoring: does the process live, does it do its duty, and in which figures?

`/healthz` says whether the process makes progress: if not, starting it again helps. `/readyz` says whether people are
served: whether the store can be written, Telegram be heard, and what waits goes out. Both answer in JSON, with a
sentence to each point, and with 200 or 503. They name no person and no chat, yet they are for the operator alone:
without a setting they are nowhere, and with one on loopback.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.clock import Clock
from bot.operation.supervisor import Supervisor
from bot.services.delivery.waiting import place_of
from bot.store import facts, queues
from bot.store.database import Database
from bot.store.queues import Queue

# Polls come back after half a minute, a webhook is checked every minute; two may fail.
HEARD_WITHIN = timedelta(minutes=3)
# An update is handled within a moment; its third attempt comes after six seconds.
HANDLED_WITHIN = timedelta(minutes=2)
# A group takes 18 messages a minute, so a busy morning may fill its lane for minutes.
SENT_WITHIN = timedelta(minutes=10)
# A write costs a commit: whoever asks more often gets the last answer.
WRITE_EVERY = timedelta(seconds=5)
WRITE_WITHIN_S = 5.0


@dataclass(frozen=True)
class Finding:
    """What was found at one point, in a sentence."""

    good: bool
    says: str


class Health:
    """Finds out how the process does; `page` makes the application to serve.

    Args of the constructor:
        heard_at: when something last came from Telegram, or it last answered; None before the first time.
        figures: writes the figures for `/metrics`, as its type and text.

    Attributes:
        is_serving: whether the start is over and the end has not begun.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        supervisor: Supervisor,
        heard_at: Callable[[], datetime | None],
        figures: Callable[[], Awaitable[tuple[str, bytes]]],
    ) -> None:
        self.is_serving = False
        self._database = database
        self._clock = clock
        self._supervisor = supervisor
        self._heard_at = heard_at
        self._figures = figures
        self._written: tuple[datetime, Finding] | None = None

    def page(self) -> Starlette:
        """Return the application with the three pages."""

        async def healthz(_: Request) -> Response:
            return _answer("alive", "stuck", self.find_progress())

        async def readyz(_: Request) -> Response:
            return _answer("ready", "not ready", await self.find_duty())

        async def metrics(_: Request) -> Response:
            kind, text = await self._figures()
            return Response(text, headers={"Content-Type": kind})

        return Starlette(routes=[Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics)])

    def find_progress(self) -> dict[str, Finding]:
        """Tell of each part whether it comes round."""
        stuck = self._supervisor.stuck()
        return {
            name: Finding(name not in stuck, f"no progress for {seconds:.0f} s" if name in stuck else "makes progress")
            for name, seconds in self._supervisor.busy().items()
        }

    async def find_duty(self) -> dict[str, Finding]:
        """Tell whether people are served."""
        started = Finding(self.is_serving, "all parts run" if self.is_serving else "starting or stopping")
        return {"start": started, "store": await self._find_store(), **await self._find_traffic()}

    async def _find_store(self) -> Finding:
        """Write something, unless that was done a moment ago."""
        now = self._clock.now()
        if self._written is not None and timedelta() <= now - self._written[0] < WRITE_EVERY:
            return self._written[1]
        try:
            async with asyncio.timeout(WRITE_WITHIN_S), self._database.transaction() as tx:
                await facts.record_alive(tx, now)
        except TimeoutError:
            finding = Finding(False, f"could not be written within {WRITE_WITHIN_S:.0f} s")
        except Exception as error:  # noqa: BLE001 (whatever it is, this is where it is told)
            finding = Finding(False, f"cannot be written ({place_of(error)})")
        else:
            finding = Finding(True, "can be written")
        self._written = (now, finding)
        return finding

    async def _find_traffic(self) -> dict[str, Finding]:
        now = self._clock.now()
        heard_at = self._heard_at()
        heard = (
            Finding(False, "not heard of Telegram yet")
            if heard_at is None
            else _within(now - heard_at, HEARD_WITHIN, "Telegram was last heard {} ago")
        )
        try:
            async with self._database.reading() as tx:
                found = await queues.measure(tx, now)
        except Exception as error:  # noqa: BLE001 (as above)
            unknown = Finding(False, f"cannot be read ({place_of(error)})")
            return {"receiving": heard, "handling": unknown, "sending": unknown}
        return {
            "receiving": heard,
            "handling": _queue(now, found["inbox"], HANDLED_WITHIN, "the oldest update waits for {}"),
            "sending": _queue(now, found["outbox"], SENT_WITHIN, "the oldest message waits for {}"),
        }


def _queue(now: datetime, queue: Queue, limit: timedelta, sentence: str) -> Finding:
    if queue.oldest_at is None:
        return Finding(True, "nothing waits")
    return _within(now - queue.oldest_at, limit, sentence)


def _within(age: timedelta, limit: timedelta, sentence: str) -> Finding:
    seconds = max(0, round(age.total_seconds()))
    said = sentence.format(f"{seconds} s")
    return Finding(age <= limit, f"{said}, {limit.total_seconds():.0f} s are allowed")


def _answer(good: str, bad: str, findings: dict[str, Finding]) -> JSONResponse:
    is_good = all(finding.good for finding in findings.values())
    points = {name: {"ok": finding.good, "says": finding.says} for name, finding in findings.items()}
    body = {"status": good if is_good else bad, "points": points}
    return JSONResponse(body, 200 if is_good else 503, {"Cache-Control": "no-store"})
