"""The parts that run: started, watched and ended together. Half a bot is worse than none.

A part that ends by itself ends the process, and so does one whose round has taken far too long: the service manager
starts it again, and everything that matters lies in the database.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from bot.errors import BotError

# Service managers kill after ten seconds (the sender alone may take five); what has not ended by then is cancelled.
STOP_WITHIN_S = 8.0

# Far beyond what any round takes: a request is given up after 90 s, a locked database after 5.
STUCK_AFTER_S = 180.0


class PartEndedError(BotError):
    """A part that must run as long as the process ended by itself, or does not come round any more."""


def _never_busy() -> float:
    return 0.0


@dataclass(frozen=True)
class Part:
    """Something that runs as long as the process.

    Attributes:
        stop: tells it to end soon; None where it may be cancelled at any point.
        busy_s: for how many seconds its present round has been under way.
        serves_others: it looks at the others, and ends after them.
    """

    name: str
    run: Callable[[], Coroutine[Any, Any, None]]
    stop: Callable[[], None] | None = None
    busy_s: Callable[[], float] = _never_busy
    serves_others: bool = False


class Supervisor:
    """Starts parts as tasks, waits for the first that ends, and ends them all; an asynchronous context."""

    def __init__(self) -> None:
        self._tasks: dict[Part, asyncio.Task[None]] = {}

    async def __aenter__(self) -> Supervisor:
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    def start(self, *parts: Part) -> None:
        """Run these parts as well."""
        for part in parts:
            self._tasks[part] = asyncio.create_task(part.run(), name=part.name)

    @property
    def names(self) -> list[str]:
        """What has been started, in this order."""
        return [part.name for part in self._tasks]

    def busy(self) -> dict[str, float]:
        """Return for how many seconds each part has been at its present round."""
        return {part.name: part.busy_s() for part in self._tasks}

    def stuck(self) -> dict[str, float]:
        """Return the parts that do not come round any more, with the seconds since they last did."""
        return {name: seconds for name, seconds in self.busy().items() if seconds > STUCK_AFTER_S}

    async def wait(self, stopping: asyncio.Event) -> None:
        """Return when told to stop.

        Raises:
            PartEndedError: a part ended before that.
        """
        told = asyncio.create_task(stopping.wait())
        try:
            await asyncio.wait({told, *self._tasks.values()}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            told.cancel()
        for name, task in ((part.name, task) for part, task in self._tasks.items() if task.done()):
            why = task.exception() if not task.cancelled() else None
            if isinstance(why, BotError):
                raise why
            what = "ended by itself" if why is None else f"ended by {type(why).__name__}"
            raise PartEndedError(f"{name}: {what}. The process ends; start it again.") from why

    async def stop(self) -> None:
        """End all parts: first those that do the work, each after what it has in hand, then those that look on."""
        await self._end([part for part in self._tasks if not part.serves_others], STOP_WITHIN_S)
        await self._end([part for part in self._tasks if part.serves_others], 1.0)

    async def _end(self, parts: list[Part], within_s: float) -> None:
        for part in parts:
            if part.stop is None:
                self._tasks[part].cancel()
            else:
                part.stop()
        if parts:
            await asyncio.wait([self._tasks[part] for part in parts], timeout=within_s)
