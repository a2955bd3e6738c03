"""A clock that stands still until it is turned."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

# A Thursday, 09:00 in Berlin: inside office hours.
START = datetime(2026, 3, 5, 8, 0, tzinfo=UTC)


def berlin(text: str) -> datetime:
    """Return a local wall-clock time as the moment the rest of the house speaks of: `berlin("2026-03-05 09:00")`."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)


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
