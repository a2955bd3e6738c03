"""Telegram's published sending limits, enforced on demand: who sends faster is told 429, and counted.

One message a second in a chat, 20 a minute in a group, 30 a second over all (Bot API FAQ, "My bot is hitting limits").
In a chat "short bursts" are let pass, as the FAQ says: a few at once, but never more than one a second in the long
run. Edits and copies count; answers to presses and questions do not.
"""

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.playground.errors import too_many_requests
from bot.playground.faults import Call

_COUNTS = re.compile(r"send(?!chataction)|copy|forward|edit(?!forum|general)", re.IGNORECASE)


@dataclass(frozen=True)
class PublishedLimits:
    """What is let pass; `burst` is how many may come at once in a chat that was silent."""

    burst: int = 3
    group_count: int = 20
    group_s: float = 60.0
    overall_count: int = 30
    overall_s: float = 1.0


@dataclass
class Traffic:
    """What was sent when; ask it by `check` before a method takes effect.

    Attributes:
        limits: None lets everything pass.
        refused: how many calls were told to wait.
    """

    now: Callable[[], float]
    limits: PublishedLimits | None = None
    refused: int = 0
    _overall: deque[float] = field(default_factory=deque)
    _groups: dict[int, deque[float]] = field(default_factory=dict)
    _chats: dict[int, float] = field(default_factory=dict)

    def check(self, call: Call) -> None:
        """Count the call.

        Raises:
            ApiError: 429, with the whole seconds after which it would pass.
        """
        if self.limits is None or call.chat_id is None or not _COUNTS.match(call.method):
            return
        at, limits = self.now(), self.limits
        group = self._groups.setdefault(call.chat_id, deque()) if call.chat_id < 0 else None
        # When the chat would be silent again, were each message to take its second.
        silent_at = max(self._chats.get(call.chat_id, at), at)
        wait_s = max(
            silent_at + 1.0 - limits.burst - at,
            _wait_s(self._overall, at, limits.overall_count, limits.overall_s),
            0.0 if group is None else _wait_s(group, at, limits.group_count, limits.group_s),
        )
        if wait_s > 0:
            self.refused += 1
            raise too_many_requests(max(1, -int(-wait_s // 1)))
        self._chats[call.chat_id] = silent_at + 1.0
        self._overall.append(at)
        if group is not None:
            group.append(at)


def _wait_s(sent: deque[float], at: float, count: int, within_s: float) -> float:
    while sent and sent[0] <= at - within_s:
        sent.popleft()
    return 0.0 if len(sent) < count else sent[-count] + within_s - at
