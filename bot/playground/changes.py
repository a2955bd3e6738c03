"""Waiting for a change without sleeping: a version that grows, and those who wait for it.

Belongs to one event loop; nothing here is safe across threads.
"""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Signal:
    """A version number others can wait on."""

    def __init__(self) -> None:
        self.version = 0
        self._waiters: set[asyncio.Future[None]] = set()

    def changed(self) -> int:
        """Count one change, wake all who wait, and return the new version."""
        self.version += 1
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)
        self._waiters.clear()
        return self.version

    async def next_change(self) -> None:
        """Wait until the next change."""
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        try:
            await waiter
        finally:
            self._waiters.discard(waiter)

    async def until(self, find: Callable[[], T | None], timeout_s: float) -> T | None:
        """Return what `find` finds, looking again after every change; None when the time is up."""
        try:
            async with asyncio.timeout(timeout_s):
                while (found := find()) is None:
                    await self.next_change()
                return found
        except TimeoutError:
            return find()
