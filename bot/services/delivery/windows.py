"""Counting what comes from where within a time, to tell a flood from much talk.

The counts live in memory: nothing about anybody is stored for them, and a message costs no write. After a restart
everybody has their full room again. What is counted is known by a name of its own, so that a transaction rolled back
and tried again counts nothing twice.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

# Idle entries are looked for whenever so many newcomers came.
TIDY_AFTER = 1_000


class Window:
    """Counts things per somebody, each forgotten when its time is over."""

    def __init__(self) -> None:
        self._seen: dict[Hashable, dict[Hashable, datetime]] = {}
        self._tidy_at = TIDY_AFTER

    def admit(self, who: Hashable, what: Hashable, at: datetime, most: int, within: timedelta) -> bool:
        """Count something of somebody's; False if there is no room for it, and nothing was counted.

        Args:
            what: names it, the same when it is tried again: it has the room it was counted for.
            most: how many of somebody's things there is room for `within` a time.
        """
        seen = {
            one: when
            for one, when in self._seen.get(who, {}).items()
            # What lies in the future was counted before the machine's clock was set back.
            if at - within < when <= at
        }
        self._seen[who] = seen
        if what in seen:
            return True
        if len(seen) >= most:
            return False
        seen[what] = at
        if len(self._seen) >= self._tidy_at:
            self._tidy(at, within)
        return True

    def room_at(self, who: Hashable, at: datetime, most: int, within: timedelta) -> datetime:
        """Return when there is room for one more of somebody's things: `at` if there is some now."""
        seen = [when for when in self._seen.get(who, {}).values() if at - within < when <= at]
        return min(seen) + within if len(seen) >= most else at

    def _tidy(self, at: datetime, within: timedelta) -> None:
        self._seen = {
            who: seen for who, seen in self._seen.items() if any(at - within < when <= at for when in seen.values())
        }
        self._tidy_at = 2 * len(self._seen) + TIDY_AFTER


@dataclass(frozen=True)
class Windows:
    """What is counted while the bot runs.

    Attributes:
        messages: what people write; `orders`: their commands and presses, which reach no contact.
        refused: whom it was said to that more cannot be held, or no more orders are taken.
        invitations: links opened that were no invitation.
        numbers: whom all the emergency numbers were told.
        alarms: what administrators were told of a place.
        asked: whom it was asked whether to finish something.
        rings: what rang at a contact's; `follow_ups`: what rang there about one inquiry.
    """

    messages: Window = field(default_factory=Window)
    orders: Window = field(default_factory=Window)
    refused: Window = field(default_factory=Window)
    invitations: Window = field(default_factory=Window)
    numbers: Window = field(default_factory=Window)
    alarms: Window = field(default_factory=Window)
    asked: Window = field(default_factory=Window)
    rings: Window = field(default_factory=Window)
    follow_ups: Window = field(default_factory=Window)
