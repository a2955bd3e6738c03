"""What takes long is done before a transaction and not within: rules are loaded, all inquiries are looked through.

A transaction keeps all writers waiting, and most of its statements keep everybody waiting. So whoever needs such a work
done asks for what it brought (`Turn.beforehand`). The first time that ends the attempt: what it wrote is taken back,
the work is done while others are served, and then the event is handled once more.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.store.database import Database

Work = Callable[[Database], Awaitable[object]]


@dataclass(frozen=True)
class Brought:
    """What a work brought, or the error by which it ended."""

    result: object = None
    error: Exception | None = None


class BeforehandError(Exception):
    """Ends an attempt, and is no fault: there is a work to be done first.

    Attributes:
        keep: takes what it brought, for the next attempt.
    """

    def __init__(self, work: Work) -> None:
        super().__init__("something has to be done beforehand")
        self.keep: Callable[[Brought], None] = _nothing
        self._work = work

    async def do(self, database: Database) -> None:
        """Do the work; whatever error it ends by is raised in the next attempt."""
        try:
            self.keep(Brought(await self._work(database)))
        except Exception as error:  # noqa: BLE001 (see above)
            self.keep(Brought(error=error))


def _nothing(_: Brought) -> None:
    return None
