"""How fast messages may go out; pure, every question carries the present moment.

The figures keep a margin to what the Bot API FAQ names ("My bot is hitting limits"): one message a second in a chat,
20 a minute in a group, 30 a second over all chats. The real limits are not published and vary, so a refusal with
`retry_after` holds the lane besides (`hold`). Edits count too. Answers to button presses are not asked about here.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

Lane = tuple[str, int]  # channel and chat


@dataclass(frozen=True)
class Limits:
    """At most `group_count` in `group_s` seconds in a group, `overall_count` in `overall_s` on a channel.

    Over all it is 25 a second, in small steps: 25 at once, slower on their way than those of a second later, arrived as
    more than 30 in one second (measured on a busy machine; a fifth of a second's delay was enough).
    """

    gap_s: float = 1.0
    group_count: int = 18
    group_s: float = 60.0
    overall_count: int = 5
    overall_s: float = 0.2

    @property
    def longest_s(self) -> float:
        """How far back a moment still matters."""
        return max(self.gap_s, self.group_s, self.overall_s)


@dataclass
class Pacing:
    """Remembers what was sent when, and says when a lane may send again.

    Attributes:
        limits: None for no limits at all (a local stand-in); holds are kept all the same.
    """

    limits: Limits | None = field(default_factory=Limits)
    _in_lane: dict[Lane, deque[datetime]] = field(default_factory=dict)
    _on_channel: dict[str, deque[datetime]] = field(default_factory=dict)
    _held: dict[Lane | str, datetime] = field(default_factory=dict)
    _last_look: datetime | None = None

    def free_at(self, lane: Lane, now: datetime) -> datetime:
        """Return when the lane may send: `now` for at once, else the first moment allowed."""
        moments = [now, *(self._held[key] for key in (lane, lane[0]) if key in self._held)]
        if self.limits is not None:
            limits = self.limits
            moments.append(_window(self._in_lane.get(lane), now, 1, limits.gap_s))
            if lane[1] < 0:
                moments.append(_window(self._in_lane.get(lane), now, limits.group_count, limits.group_s))
            moments.append(_window(self._on_channel.get(lane[0]), now, limits.overall_count, limits.overall_s))
        return max(moments)

    def record(self, lane: Lane, at: datetime) -> None:
        """Remember that the lane sent at this moment; moments come in their order."""
        if self.limits is None:
            return
        # No window holds more than its count, so older moments may go.
        self._in_lane.setdefault(lane, deque(maxlen=self.limits.group_count)).append(at)
        self._on_channel.setdefault(lane[0], deque(maxlen=self.limits.overall_count)).append(at)

    def hold(self, key: Lane | str, until: datetime) -> None:
        """Let a lane, or with a channel's name all its lanes, send nothing until then."""
        self._held[key] = max(until, self._held.get(key, until))

    def is_held(self, key: Lane | str, now: datetime) -> bool:
        """Say whether `hold` still keeps this lane or channel."""
        return key in self._held and self._held[key] > now

    def forget(self, now: datetime) -> None:
        """Drop what no window reaches any more, so that memory does not grow with the number of chats.

        To be called every few seconds: where the machine's clock was set back since, holds end as much sooner.
        """
        if self._last_look is not None and now < self._last_look:
            back = self._last_look - now
            self._held = {key: until - back for key, until in self._held.items()}
        self._last_look = now
        for key in [key for key, until in self._held.items() if until <= now]:
            del self._held[key]
        if self.limits is None:
            return
        longest = timedelta(seconds=self.limits.longest_s)
        for lane in [lane for lane, sent in self._in_lane.items() if sent[-1] + longest <= now]:
            del self._in_lane[lane]


def _window(sent: deque[datetime] | None, now: datetime, count: int, seconds: float) -> datetime:
    """Return when the window has room for one more."""
    if sent is None or len(sent) < count:
        return now
    oldest = sent[-count]
    # The machine's clock may be set back; a moment in the future must not stop the lane for that long.
    return now if oldest > now else oldest + timedelta(seconds=seconds)
