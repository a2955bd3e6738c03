"""The only place that asks for the time; tests hand in a clock they turn by hand."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Says what time it is, as an aware UTC datetime."""

    def now(self) -> datetime:
        """Return the present moment."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present moment of the machine's clock."""
        return datetime.now(UTC)


def monotonic_s() -> float:
    """Return seconds of a clock nobody sets, for measuring how long something takes; stands still during a suspend."""
    return time.monotonic()
