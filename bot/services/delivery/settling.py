"""What becomes of a delivery after an attempt to send it: the one table of consequences, for every channel.

Works inside the caller's transaction, so a message's fate, what follows from it (`then`, `otherwise`) and what the rest
of the bot makes of it (the hooks) are recorded together or not at all.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.errors import SendError, SendFailure
from bot.model import EDITS, REPEATABLE, SHOWN, Address, Delivery, DeliveryKind, Document, Draft, Purpose
from bot.services.delivery.pacing import Pacing
from bot.services.delivery.waiting import backoff_s
from bot.store import outbox, sending, unsent
from bot.store.database import Tx

log = logging.getLogger(__name__)

# Between attempts that surely did not arrive: a network that is down must not park anything, so there is no last one.
RETRY_CAP_S = 60.0

# Between attempts that may have arrived: each may put the same words before a person once more, so they grow rare and
# end. Ten of them span about 17 minutes, the longest seen being a bad gateway during an update of the other side.
UNCLEAR_FIRST_S = 2.0
UNCLEAR_CAP_S = 600.0
UNCLEAR_ATTEMPTS = 10

# While the token is refused, nothing can be sent at all; asking more often does not help.
UNAUTHORIZED_FIRST_S = 5.0
UNAUTHORIZED_CAP_S = 300.0

# With FLOOD where no time was named.
FLOOD_S = 1.0


async def _nothing(*_: object) -> None:
    return None


async def _otherwise(_: Tx, delivery: Delivery, __: SendError) -> Draft | None:
    return delivery.draft.otherwise


@dataclass(frozen=True)
class Hooks:
    """What the rest of the bot does in the same transaction; each may write to the outbox.

    Attributes:
        parked: a delivery was given up; its `otherwise` is queued already.
        migrated: a chat has a new number (old address, new address); waiting rows are rewritten already.
        topic_gone: the topic a delivery was for is no more; waiting rows go to the group already.
        write: writes the document a delivery is to carry; None where there is nothing left to write about.
        arrived: a delivery was sent; what follows on it is queued already.
        instead: says what is sent of a delivery that was given up, its `otherwise` or that in other words.
        topic_closed: nobody may write for now in the topic a delivery was for; waiting rows go to the group already.
    """

    parked: Callable[[Tx, Delivery, SendError], Awaitable[None]] = _nothing
    migrated: Callable[[Tx, Address, Address], Awaitable[None]] = _nothing
    topic_gone: Callable[[Tx, Delivery], Awaitable[None]] = _nothing
    write: Callable[[Tx, Delivery], Awaitable[Document | None]] = _nothing
    arrived: Callable[[Tx, Delivery], Awaitable[None]] = _nothing
    instead: Callable[[Tx, Delivery, SendError], Awaitable[Draft | None]] = _otherwise
    topic_closed: Callable[[Tx, Delivery], Awaitable[None]] = _nothing


@dataclass(frozen=True)
class Result:
    """How one attempt ended: the channel's message number, or the error; `skipped` says why no attempt was made."""

    delivery: Delivery
    message: int | None = None
    error: SendError | None = None
    skipped: str | None = None


@dataclass
class Settling:
    """Records results; keeps only how often the token was refused in a row."""

    pacing: Pacing
    hooks: Hooks
    _refused: dict[str, int] = field(default_factory=dict)

    async def settle(self, tx: Tx, at: datetime, results: Sequence[Result]) -> None:
        """Record how these attempts ended, with all that follows."""
        results = await _with_drafts_of_now(tx, results)
        sent = [result for result in results if result.error is None and result.skipped is None]
        if sent:
            there = await sending.mark_sent(tx, at, [(result.delivery.id, result.message) for result in sent])
            await self._follow(tx, at, [result.delivery for result in sent if result.delivery.id in there])
            await _take_back(tx, at, [result for result in sent if result.delivery.id not in there])
            for result in sent:
                self._refused.pop(result.delivery.address.channel, None)
        for result in results:
            if result.skipped is not None:
                await sending.mark_skipped(tx, result.delivery.id, result.skipped)
            elif result.error is not None:
                await self._failed(tx, at, result.delivery, result.error)
        forgotten = [result.delivery.id for result in results if result.delivery.draft.forget]
        if forgotten:
            await sending.drop_carried_out(tx, forgotten)

    async def _follow(self, tx: Tx, at: datetime, sent: Sequence[Delivery]) -> None:
        """Queue what follows; of a message in several parts nobody is told it was sent while a part was given up."""
        for delivery in sent:
            follows = delivery.draft.then
            if follows is not None and await outbox.is_part_parked(tx, delivery):
                follows = delivery.draft.otherwise
            if follows is not None:
                await outbox.add(tx, at, follows)
            await self.hooks.arrived(tx, delivery)

    async def _failed(self, tx: Tx, at: datetime, delivery: Delivery, error: SendError) -> None:
        if delivery.draft.kind is DeliveryKind.ANSWER_PRESS:
            # It only stops the little clock on the button, and Telegram takes it for seconds.
            await sending.mark_uncertain(tx, delivery.id, str(error))
            return
        handle = {
            SendFailure.NOT_SENT: self._not_sent,
            SendFailure.UNKNOWN: self._unknown,
            SendFailure.FLOOD: self._flood,
            SendFailure.UNREACHABLE: self._park,
            SendFailure.REFUSED: self._park,
            SendFailure.MIGRATED: self._migrated,
            SendFailure.TOPIC_GONE: self._topic_gone,
            SendFailure.TOPIC_CLOSED: self._topic_gone,
            SendFailure.UNAUTHORIZED: self._unauthorized,
        }[error.failure]
        await handle(tx, at, delivery, error)

    async def _not_sent(self, tx: Tx, at: datetime, delivery: Delivery, error: SendError) -> None:
        pause = backoff_s(delivery.attempts, RETRY_CAP_S)
        log.warning("delivery %d not sent, next attempt in %.0f s: %s", delivery.id, pause, error)
        await sending.mark_waiting(tx, delivery.id, at + timedelta(seconds=pause), str(error))

    async def _unknown(self, tx: Tx, at: datetime, delivery: Delivery, error: SendError) -> None:
        if delivery.draft.purpose is Purpose.NOTICE and delivery.draft.kind not in REPEATABLE:
            log.warning("delivery %d uncertain, not sent again: %s", delivery.id, error)
            await sending.mark_uncertain(tx, delivery.id, str(error))
            return
        pause = backoff_s(delivery.attempts, UNCLEAR_CAP_S, UNCLEAR_FIRST_S)
        count = await sending.mark_waiting(tx, delivery.id, at + timedelta(seconds=pause), str(error), unclear=True)
        if count >= UNCLEAR_ATTEMPTS:
            await self._park(tx, at, delivery, SendError(error.failure, f"unclear {count} times: {error}"))
        else:
            log.warning("delivery %d uncertain, sent again in %.0f s: %s", delivery.id, pause, error)

    async def _flood(self, tx: Tx, at: datetime, delivery: Delivery, error: SendError) -> None:
        pause = backoff_s(1, 86_400, max(error.retry_after_s or 0.0, FLOOD_S))
        log.warning("delivery %d told to wait %.0f s", delivery.id, pause)
        until = at + timedelta(seconds=pause)
        self.pacing.hold(delivery.address.chat_key, until)
        await sending.mark_waiting(tx, delivery.id, until, str(error))

    async def _park(self, tx: Tx, at: datetime, delivery: Delivery, error: SendError) -> None:
        log.error("delivery %d parked (%s): %s", delivery.id, error.failure, error)
        await sending.mark_parked(tx, delivery.id, str(error))
        if not await outbox.is_there(tx, delivery.id):
            return  # its inquiry was deleted while it was being sent
        if (instead := await self.hooks.instead(tx, delivery, error)) is not None:
            await outbox.add(tx, at, instead)
        await self.hooks.parked(tx, delivery, error)

    async def _migrated(self, tx: Tx, at: datetime, delivery: Delivery, error: SendError) -> None:
        old = delivery.address
        if error.new_chat_id is None or error.new_chat_id == old.chat:
            await self._park(tx, at, delivery, error)
            return
        log.info("delivery %d: its group became a supergroup; what waits for it is readdressed", delivery.id)
        new = Address(old.channel, error.new_chat_id)
        await unsent.rewrite_chat(tx, old.channel, old.chat, new.chat)
        if delivery.draft.kind in (*EDITS, DeliveryKind.DELETE):
            # The message stayed behind in the old group, where nobody can change it any more.
            await sending.mark_skipped(tx, delivery.id, "its message stayed in the group before its migration")
        else:
            await sending.mark_waiting(tx, delivery.id, at, str(error))
        await self.hooks.migrated(tx, old.whole_chat, new)

    async def _topic_gone(self, tx: Tx, at: datetime, delivery: Delivery, error: SendError) -> None:
        if delivery.address.topic is None:
            await self._park(tx, at, delivery, error)
            return
        log.warning("delivery %d: %s; it goes to the group itself", delivery.id, error)
        await unsent.drop_topic(tx, delivery.address)
        await sending.mark_waiting(tx, delivery.id, at, str(error))
        closed = error.failure is SendFailure.TOPIC_CLOSED
        await (self.hooks.topic_closed if closed else self.hooks.topic_gone)(tx, delivery)

    async def _unauthorized(self, tx: Tx, at: datetime, delivery: Delivery, error: SendError) -> None:
        channel = delivery.address.channel
        if not self.pacing.is_held(channel, at):
            self._refused[channel] = self._refused.get(channel, 0) + 1
            pause = backoff_s(self._refused[channel], UNAUTHORIZED_CAP_S, UNAUTHORIZED_FIRST_S)
            self.pacing.hold(channel, at + timedelta(seconds=pause))
            log.critical("%s: nothing can be sent, next attempt in %.0f s: %s", channel, pause, error)
        await sending.mark_waiting(tx, delivery.id, at, str(error))


async def _take_back(tx: Tx, at: datetime, sent: Sequence[Result]) -> None:
    """Delete messages again whose inquiry was deleted while they were being sent."""
    for result in sent:
        if result.message is not None and result.delivery.draft.kind in SHOWN:
            address = result.delivery.address
            await outbox.add(tx, at, Draft(address, DeliveryKind.DELETE, message=result.message, forget=True))


async def _with_drafts_of_now(tx: Tx, results: Sequence[Result]) -> Sequence[Result]:
    """Return the results with what is to follow by now: a share may be handed over meanwhile."""
    ids = [
        result.delivery.id
        for result in results
        if result.delivery.draft.message_id is not None and result.delivery.draft.assignment_id is not None
    ]
    if not ids:
        return results
    drafts = await outbox.load_drafts(tx, ids)
    return [
        replace(result, delivery=replace(result.delivery, draft=drafts.get(result.delivery.id, result.delivery.draft)))
        for result in results
    ]
