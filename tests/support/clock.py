"""A clock that stands still until it is turned."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

# A Thursday, 09:00 in Berlin: inside office hours.
START = datetime(2026, 3, 5, 8, 0, tzinfo=UTC)


class ManualClock:
    """Says the time it was set to."""

    def __init__(self, at: datetime = START) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at

    def turn(self, **by: float) -> datetime:
        """Go on, for example `turn(seconds=5)`; returns the new time."""
        self._at += timedelta(**by)
        return self._at

    def set_to(self, at: datetime) -> None:
        self._at = at
