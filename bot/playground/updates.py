"""The queue of updates: numbering, keeping until confirmed, and long polling.

As at Telegram, asking with a higher offset is what confirms, a negative offset forgets all but the last,
nothing is kept longer than 24 hours (a pressed button 150 seconds), and a new waiting poll ends the older one with 409.
What Telegram does wrong at times can be asked for: an update of any shape (`put_raw`), one that comes once more
(`repeat`), several in another order (`hold_back`, `release`).
The short forced wait Telegram adds to a poll repeated within three seconds is left out: it would only slow tests.
"""

import asyncio
import random
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.playground.changes import Signal
from bot.playground.errors import POLL_ENDED_BY_WEBHOOK, POLL_TERMINATED, POLL_UNDER_WEBHOOK, conflict
from bot.playground.model import Json, Webhook

KEPT_S = 24 * 3600
# A pressed button waits no longer than this for the bot. Source: the Bot API server's own limit.
CALLBACK_KEPT_S = 150
LONGEST_POLL_S = 50
# What is not sent unless asked for by name. Source: Bot API, getUpdates, allowed_updates.
_ONLY_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True)
class QueuedUpdate:
    """One update; `lane` is the chat or person whose updates a webhook must get in order."""

    id: int
    kind: str
    payload: Json
    lane: int
    expires_at: float
    raw: Any = None

    def body(self) -> Any:
        """Return the JSON a bot receives: an object, unless it was put in raw."""
        return {"update_id": self.id, self.kind: self.payload} if self.kind else self.raw


@dataclass(frozen=True)
class PollRequest:
    """The parameters of one getUpdates."""

    offset: int = 0
    limit: int = 100
    timeout_s: float = 0


class UpdateQueue:
    """Updates that wait for the bot."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._waiting: deque[QueuedUpdate] = deque()
        self._again: list[QueuedUpdate] = []
        self._held_back: list[QueuedUpdate] | None = None
        self._next_id = random.randrange(100_000_000, 900_000_000)  # noqa: S311 - a number, no secret
        self._poll: asyncio.Future[str] | None = None
        self.allowed: frozenset[str] | None = None
        self.webhook: Webhook | None = None
        self.last_poll_at: float | None = None
        self.signal = Signal()

    def put(self, kind: str, payload: Json, lane: int) -> QueuedUpdate | None:
        """Queue an update, or return None if the bot did not ask for this kind."""
        if not self._is_wanted(kind):
            return None
        kept_s = CALLBACK_KEPT_S if kind == "callback_query" else KEPT_S
        return self._add(QueuedUpdate(0, kind, payload, lane, self._now() + kept_s))

    def put_raw(self, element: Any, lane: int = 0) -> QueuedUpdate:
        """Queue what may be no update at all; an object gets a number where it has none by the name `update_id`."""
        update = QueuedUpdate(0, "", {}, lane, self._now() + KEPT_S, element)
        if isinstance(element, dict) and "update_id" not in element:
            update = replace(update, raw={"update_id": self._next_id, **element})
        return self._add(update)

    def repeat(self, update: QueuedUpdate, *, anew: bool = False) -> QueuedUpdate:
        """Let an update come once more, confirmed or not: under its number, or `anew` under the next one."""
        if anew:
            return self._add(update)
        self._again.append(update)
        self._changed()
        return update

    def hold_back(self) -> None:
        """Keep what comes from now on until `release`."""
        self._held_back = []

    def release(self, order: Callable[[list[QueuedUpdate]], Sequence[QueuedUpdate]] = list) -> None:
        """Queue what was held back, in this order; numbers are given only now, so they ascend."""
        held, self._held_back = self._held_back or [], None
        for update in order(held):
            self._add(update)

    def _add(self, update: QueuedUpdate) -> QueuedUpdate:
        if self._held_back is not None:
            self._held_back.append(update)
            return update
        update = replace(update, id=self._next_id)
        self._next_id += 1
        self._waiting.append(update)
        self._changed()
        return update

    def pending(self) -> list[QueuedUpdate]:
        """Return what is not yet confirmed, oldest first."""
        now = self._now()
        if any(update.expires_at <= now for update in self._waiting):
            self._waiting = deque(update for update in self._waiting if update.expires_at > now)
        return [*self._waiting, *self._again]

    def confirm_below(self, offset: int) -> None:
        """Forget every update with a smaller id, but for those that have yet to come once more."""
        while self._waiting and self._waiting[0].id < offset:
            self._waiting.popleft()
        self.signal.changed()

    def confirm(self, update: QueuedUpdate) -> None:
        """Forget one update, as a webhook's answer does."""
        for queue in (self._waiting, self._again):
            if update in queue:
                queue.remove(update)
                break
        self.signal.changed()

    def clear(self) -> None:
        """Forget everything that waits (drop_pending_updates)."""
        self._waiting.clear()
        self._again.clear()
        self.signal.changed()

    def restart_ids(self) -> None:
        """Number the next update anew, as Telegram does after a week without any."""
        self._next_id = random.randrange(100_000_000, 900_000_000)  # noqa: S311 - a number, no secret

    def allow(self, kinds: Sequence[str]) -> None:
        """Set what future updates are wanted; an empty list means Telegram's default."""
        self.allowed = frozenset(kinds) or None

    async def poll(self, request: PollRequest) -> list[Any]:
        """Answer one getUpdates, waiting up to its timeout.

        Raises:
            ApiError: 409, where a webhook is set or another poll took over.
        """
        if self.webhook is not None:
            raise conflict(POLL_UNDER_WEBHOOK)
        updates = self._take(request)
        if updates or request.timeout_s <= 0:
            return updates
        self._end_poll(POLL_TERMINATED)
        mine: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._poll = mine
        self.signal.changed()
        try:
            ending = await asyncio.wait_for(mine, min(request.timeout_s, LONGEST_POLL_S))
        except TimeoutError:
            ending = ""
        finally:
            if self._poll is mine:
                self._poll = None
            self.last_poll_at = self._now()
        if ending:
            raise conflict(ending)
        return self._take(request)

    @property
    def has_waiting_poll(self) -> bool:
        """Whether a getUpdates holds the line."""
        return self._poll is not None

    def wake(self) -> None:
        """Let a waiting poll answer now with what there is."""
        self._end_poll("")

    def deliver_to(self, webhook: Webhook | None) -> None:
        """Deliver to a webhook from now on, ending a waiting poll with 409; None goes back to polling."""
        self.webhook = webhook
        if webhook is not None:
            self._end_poll(POLL_ENDED_BY_WEBHOOK)
        self.signal.changed()

    def _end_poll(self, ending: str) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(ending)
        self._poll = None

    def _take(self, request: PollRequest) -> list[Any]:
        pending = self.pending()
        if request.offset < 0:
            pending = pending[request.offset :]
            if pending:
                self.confirm_below(pending[0].id)
        elif request.offset > 0:
            self.confirm_below(request.offset)
            pending = self.pending()
        taken = pending[: request.limit]
        self._again = [update for update in self._again if update not in taken]
        return [update.body() for update in taken]

    def _is_wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed is not None else kind not in _ONLY_ON_REQUEST

    def _changed(self) -> None:
        self.signal.changed()
        self.wake()
