"""Waiting for work: a bell that wakes a loop, and the growing pause after a failure."""

from __future__ import annotations

import asyncio
import random
import traceback

# Other processes add rows too (`parked --replay`), and cannot ring: so every loop looks this often by itself.
LOOK_S = 1.0


class Bell:
    """Wakes a waiting loop; rung while nobody waits, it wakes the next wait at once."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Wake the loop."""
        self._event.set()

    def hush(self) -> None:
        """Forget earlier rings; called before looking for work, so that a ring during the look is not lost."""
        self._event.clear()

    async def wait(self, seconds: float) -> None:
        """Return when the bell rings, at the latest after `seconds`."""
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return


def backoff_s(failures: int, cap_s: float, first_s: float = 1.0) -> float:
    """Return the pause after so many failures in a row: doubling up to `cap_s`, with up to a tenth of jitter on top."""
    pause = min(cap_s, first_s * 2.0 ** min(max(failures - 1, 0), 30))
    return pause * (1 + random.random() / 10)  # noqa: S311 (only spreads retries)


def place_of(error: BaseException) -> str:
    """Say what kind of error it is and where it was raised, without its text, which may hold a person's words."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return type(error).__name__
    last = frames[-1]
    ours = next((frame for frame in reversed(frames) if "/bot/" in frame.filename.replace("\\", "/")), last)
    name = ours.filename.replace("\\", "/").rpartition("/bot/")[2]
    return f"{type(error).__name__} at bot/{name}:{ours.lineno}"
