"""The outbox sender: claims what may go, sends it, records how it ended.

Claiming and recording are transactions of their own, sending lies between them; so a row in `sending` at start may have
gone out, and is treated like an attempt of unknown fate. One round records all that came back since the last and
claims all that may go, in one transaction: commits are what costs.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import Clock
from bot.errors import SendError, SendFailure
from bot.model import EDITS, Delivery, DeliveryKind, Document
from bot.services.delivery.pacing import Pacing
from bot.services.delivery.settling import Hooks, Result, Settling
from bot.services.delivery.waiting import LOOK_S, Loop, backoff_s, place_of
from bot.store import sending
from bot.store.database import Database, Tx
from bot.store.trouble import is_passing

log = logging.getLogger(__name__)

# More than 25 a second never go out, so this many are under way only if each takes more than a second.
MAX_IN_FLIGHT = 32

# How many lanes one look considers. Lanes that only wait for their gap of a second are among them.
LOOK_AT = 500

# A channel has timeouts of its own; this one ends what keeps those alive, such as an answer dripping in.
SEND_TIMEOUT_S = 90.0

# A stopped process is killed after ten seconds by common service managers; the rest is needed to close up.
GRACE_S = 5.0

# While the database cannot be written.
TROUBLE_CAP_S = 30.0


class Channel(Protocol):
    """A way out: carries one delivery over to where people read it."""

    async def send(self, delivery: Delivery) -> int | None:
        """Carry out one delivery.

        Returns:
            The channel's number for the new message; None where there is none (edits, answers to presses).

        Raises:
            SendError: it was not carried out, or nobody can know.
        """
        ...


class OutboxSender(Loop):
    """Sends what stands in the outbox, one message a lane at a time, in the lane's order.

    Run it as one task; `wake` it whenever a transaction that may have added rows was committed. After `stop`, `run`
    returns as soon as what is under way has ended, at most GRACE_S later; what is still queued stays queued.
    """

    def __init__(
        self, database: Database, clock: Clock, channels: Mapping[str, Channel], pacing: Pacing, hooks: Hooks
    ) -> None:
        super().__init__()
        self._database = database
        self._clock = clock
        self._channels = channels
        self._pacing = pacing
        self._settling = Settling(pacing, hooks)
        self._write = hooks.write
        self._tasks: set[asyncio.Task[None]] = set()
        self._results: list[Result] = []

    async def run(self) -> None:
        """Send until stopped."""
        failures = 0
        recovered = False
        try:
            while not self._bell.is_closed:
                try:
                    if not recovered:
                        await self.recover()
                        recovered = True
                    pause = await self.round()
                except Exception as error:  # noqa: BLE001 (the sender must outlive a full disk)
                    failures += 1
                    pause = backoff_s(failures, TROUBLE_CAP_S)
                    log.error("outbox: %s, next look in %.0f s", place_of(error), pause)
                    await self._bell.rest(pause)
                else:
                    failures = 0
                    await self._bell.wait(pause)
            await self._finish()
        finally:
            # What has not ended by now stays in `sending`, and is taken up by the next start.
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def recover(self) -> None:
        """Take up what an earlier process left: rows cut off while being sent, and the pacing windows."""
        now = self._clock.now()
        sent: list[tuple[str, int, datetime]] = []
        async with self._database.transaction() as tx:
            cut_off = SendError(SendFailure.UNKNOWN, "the bot was stopped while sending")
            stuck = await sending.list_sending(tx)
            await self._settling.settle(tx, now, [Result(delivery, error=cut_off) for delivery in stuck])
            if self._pacing.limits is not None:
                sent = await sending.list_sent_since(tx, now - timedelta(seconds=self._pacing.limits.longest_s))
        for channel, chat, sent_at in sent:
            self._pacing.record((channel, chat), sent_at)

    async def round(self) -> float:
        """Record what has come back, claim and start what may go; returns the seconds until the next look."""
        self._bell.hush()
        self._pacing.forget(self._clock.now())
        claimed: list[Delivery] = []
        results = self._take_results()
        if results:
            try:
                async with self._database.transaction(at_once=True) as tx:
                    await self._settling.settle(tx, self._clock.now(), results)
                    ids, pause = await self._choose(tx)
                    claimed = await sending.claim(tx, self._clock.now(), ids) if ids else []
            except BaseException as error:
                self._results = [*results, *self._results]
                if isinstance(error, Exception) and not is_passing(error):
                    await self._settle_one_by_one(error)
                    return 0.0
                raise
        else:
            # Most looks find nothing, and need not keep writers waiting.
            async with self._database.reading() as tx:
                ids, pause = await self._choose(tx)
            if ids:
                async with self._database.transaction(at_once=True) as tx:
                    claimed = await sending.claim(tx, self._clock.now(), ids)
        for delivery in claimed:
            self._start(delivery)
        return pause

    async def work_off(self) -> None:
        """Send all that may go at this moment and wait for it; for tests, which turn the clock between calls."""
        while True:
            await self.round()
            if self._tasks:
                await asyncio.wait(self._tasks)
            elif not self._results:
                return

    def _take_results(self) -> list[Result]:
        results, self._results = self._results, []
        return results

    async def _choose(self, tx: Tx) -> tuple[list[int], float]:
        """Return the rows to claim, and the seconds until the next look is worthwhile."""
        free = 0 if self._bell.is_closed else MAX_IN_FLIGHT - len(self._tasks)
        if free <= 0:
            return [], LOOK_S
        now = self._clock.now()
        ids: list[int] = []
        pause = LOOK_S
        for row in await sending.list_ready(tx, now, LOOK_AT):
            if len(ids) >= free:
                break
            lane = (row.channel, row.chat)
            if row.kind is not DeliveryKind.ANSWER_PRESS:
                free_at = self._pacing.free_at(lane, now)
                if free_at > now:
                    pause = min(pause, (free_at - now).total_seconds())
                    continue
                # Recorded at the claim already: the channel's own count begins with the request.
                self._pacing.record(lane, now)
            ids.append(row.id)
        return ids, pause

    def _start(self, delivery: Delivery) -> None:
        if delivery.draft.kind in EDITS and delivery.edited_message is None:
            self._results.append(Result(delivery, skipped="the message to edit was never sent"))
            self._bell.ring()
            return
        task = asyncio.create_task(self._send(delivery), name=f"delivery {delivery.id}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send(self, delivery: Delivery) -> None:
        # First the result, then the list: it is another one after each round, and must be looked up when it is needed.
        result = await self._attempt(delivery)
        self._results.append(result)
        self._bell.ring()

    async def _attempt(self, delivery: Delivery) -> Result:
        channel = self._channels.get(delivery.address.channel)
        if channel is None:
            return Result(
                delivery,
                error=SendError(
                    SendFailure.REFUSED, f"no channel {delivery.address.channel!r} is set up. Set it up, then replay."
                ),
            )
        try:
            if delivery.draft.kind is DeliveryKind.DOCUMENT:
                document = await self._written(delivery)
                if document is None:
                    return Result(delivery, skipped="there was nothing left to write about")
                delivery = replace(delivery, document=document)
            async with asyncio.timeout(SEND_TIMEOUT_S):
                return Result(delivery, message=await channel.send(delivery))
        except SendError as error:
            return Result(delivery, error=error)
        except TimeoutError:
            return Result(delivery, error=SendError(SendFailure.UNKNOWN, f"no answer within {SEND_TIMEOUT_S:.0f} s"))
        except Exception as error:  # noqa: BLE001 (a fault in one message must not stop the others)
            fault = f"fault of the program: {place_of(error)}. Please report it."
            return Result(delivery, error=SendError(SendFailure.REFUSED, fault))

    async def _written(self, delivery: Delivery) -> Document | None:
        """Return the document a delivery is to carry, as the store is at this one moment.

        Written now and not when it was asked for, so that no second copy of somebody's data rests in the outbox.
        """
        try:
            async with self._database.transaction() as tx:
                return await self._write(tx, delivery)
        except Exception as error:
            if is_passing(error):
                raise SendError(SendFailure.NOT_SENT, f"{place_of(error)}, and nothing was written") from None
            raise

    async def _settle_one_by_one(self, error: Exception) -> None:
        """Keep one result that cannot be recorded, for example through a faulty hook, from holding up the others."""
        log.error("outbox: %s; recording one by one", place_of(error))
        # Those that come back meanwhile stand behind these, and are for the next round.
        for _ in range(len(self._results)):
            await self._settle_alone(self._results[0])
            # Only now: whatever cuts this off, what was not recorded is still there.
            del self._results[0]

    async def _settle_alone(self, result: Result) -> None:
        try:
            async with self._database.transaction() as tx:
                await self._settling.settle(tx, self._clock.now(), [result])
        except Exception as fault:
            if is_passing(fault):
                raise
            log.error("delivery %d recorded without what follows: %s", result.delivery.id, place_of(fault))
            async with self._database.transaction() as tx:
                await self._settle_barely(tx, result, place_of(fault))

    async def _settle_barely(self, tx: Tx, result: Result, fault: str) -> None:
        number = result.delivery.id
        if result.skipped is not None:
            await sending.mark_skipped(tx, number, result.skipped)
        elif result.error is None:
            await sending.mark_sent(tx, self._clock.now(), [(number, result.message)])
        else:
            await sending.mark_parked(tx, number, f"{result.error} (and a fault of the program: {fault})")
        if result.delivery.draft.forget:
            await sending.drop_carried_out(tx, [number])

    async def _finish(self) -> None:
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=GRACE_S)
        if self._results:
            try:
                await self.round()
            except Exception as error:  # noqa: BLE001 (stopping goes on; these rows stay in `sending`)
                log.error("outbox: %s while stopping", place_of(error))
