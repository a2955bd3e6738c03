"""Waiting for work: a bell that wakes a loop, and the growing pause after a failure."""

from __future__ import annotations

import asyncio
import random
import traceback
from collections.abc import Callable

from bot.clock import monotonic_s
from bot.store.trouble import words_for

# Other processes add rows too (`parked --replay`), and cannot ring: so every loop looks this often by itself.
LOOK_S = 1.0


class Bell:
    """Wakes a waiting loop; rung while nobody waits, it wakes the next wait at once. Closing it ends every wait.

    Every loop comes by here once a round, so it is also known how long a round has been under way (`busy_s`); a loop
    that need not wait says so with `come_round`.
    """

    def __init__(self, monotonic: Callable[[], float] = monotonic_s) -> None:
        self._rung = asyncio.Event()
        self._closed = asyncio.Event()
        self._monotonic = monotonic
        self._waiting = 0
        self._left_at = monotonic()

    @property
    def busy_s(self) -> float:
        """Seconds since the loop last waited here or came round; 0 while it waits."""
        return 0.0 if self._waiting else self._monotonic() - self._left_at

    @property
    def is_closed(self) -> bool:
        """Whether the loop is to end."""
        return self._closed.is_set()

    def ring(self) -> None:
        """Wake the loop."""
        self._rung.set()

    def hush(self) -> None:
        """Forget earlier rings; called before looking for work, so that a ring during the look is not lost."""
        self._rung.clear()

    def close(self) -> None:
        """Wake the loop for the last time."""
        self._closed.set()
        self._rung.set()

    def come_round(self) -> None:
        """Begin a new round without waiting."""
        self._left_at = self._monotonic()

    async def wait(self, seconds: float) -> None:
        """Return when the bell rings, at the latest after `seconds`."""
        await self._within(self._rung, seconds)

    async def rest(self, seconds: float) -> None:
        """Return after `seconds`, whoever rings; sooner only when the bell is closed."""
        await self._within(self._closed, seconds)

    async def _within(self, event: asyncio.Event, seconds: float) -> None:
        self._waiting += 1
        try:
            if seconds <= 0:
                await asyncio.sleep(0)
                return
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            return
        finally:
            self._waiting -= 1
            self.come_round()


class Loop:
    """What every loop that waits at a bell of its own offers to others."""

    def __init__(self) -> None:
        self._bell = Bell()

    def wake(self) -> None:
        """Look for work now."""
        self._bell.ring()

    def stop(self) -> None:
        """Finish what is in hand and take up nothing more; the loop ends then."""
        self._bell.close()

    @property
    def busy_s(self) -> float:
        """Seconds the present round has taken; 0 while it waits for work."""
        return self._bell.busy_s


def backoff_s(failures: int, cap_s: float, first_s: float = 1.0) -> float:
    """Return the pause after so many failures in a row: doubling up to `cap_s`, with up to a tenth of jitter on top."""
    pause = min(cap_s, first_s * 2.0 ** min(max(failures - 1, 0), 30))
    return pause * (1 + random.random() / 10)  # noqa: S311 (only spreads retries)


def place_of(error: BaseException) -> str:
    """Say what kind of error it is and where it was raised, without its text, which may hold a person's words."""
    name = type(error).__name__
    trouble = words_for(error)
    if trouble is not None:
        name = f"{trouble}: {name}"
    code = getattr(error, "sqlite_errorname", None)
    if code is not None:
        name += f" {code}"
    places = []
    for frame in traceback.extract_tb(error.__traceback__):
        _, ours, path = frame.filename.replace("\\", "/").rpartition("/bot/")
        if ours:
            places.append(f"bot/{path}:{frame.lineno}")
    # The innermost ones lead to the fault, the outermost are the same for all.
    return " > ".join([name, *places[-3:]])
