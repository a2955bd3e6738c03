"""The inbox worker: hands stored updates to the dialogue, in order per lane, several in one transaction.

Commits are what costs, so a commit takes as many rows as can be handled in a moment; each is a part that can fail by
itself. A row that fails three times is parked with its error, one that cannot even be read at once; meanwhile other
lanes go on. Trouble with the disk is nobody's fault: then all wait, and no attempt is counted. A row for which
something has to be done first (`bot.services.delivery.beforehand`) keeps only its own lane waiting for that.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.clock import Clock, monotonic_s
from bot.errors import BotError, UnreadableUpdateError
from bot.model import InboundEvent
from bot.services.delivery.beforehand import BeforehandError
from bot.services.delivery.waiting import LOOK_S, Loop, backoff_s, place_of
from bot.store import inbox
from bot.store.database import Database, Tx
from bot.store.inbox import InboxRow
from bot.store.trouble import is_passing

log = logging.getLogger(__name__)

# The pauses before the second and the third attempt; after that the row is parked.
RETRY_AFTER_S = (1.0, 5.0)

TROUBLE_CAP_S = 30.0

# Rows read at once, so that the look costs little beside the work.
BATCH = 100

# Of a batch that one lane nearly fills, no lane gets more than this: others must not wait for somebody's flood.
FAIR_SHARE = 10

# How long rows may join a transaction: sending and receiving stand still meanwhile.
PORTION_S = 0.02

# A parked row's error is a line in a table.
ERROR_LENGTH = 500


class InboxWorker(Loop):
    """Works the inbox off, one row after the other.

    Run it as one task; `wake` it when rows were stored. `stop` lets it finish the row in hand. It may be cancelled at
    any point without harm: the transaction is rolled back and its rows wait for the next start.

    Args of the constructor:
        read: returns the event a row means, None for nothing; raises UnreadableUpdateError where nothing ever will.
        handle: does what an event asks for, inside a transaction; what it wrote stays or goes together.
        after_commit: called after each transaction, for example the sender's `wake`.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        read: Callable[[str], Awaitable[InboundEvent | None]],
        handle: Callable[[Tx, InboundEvent], Awaitable[None]],
        after_commit: Callable[[], None],
    ) -> None:
        super().__init__()
        self._database = database
        self._clock = clock
        self._read = read
        self._handle = handle
        self._after_commit = after_commit
        self._beforehand: dict[tuple[str, str], asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Work until stopped."""
        try:
            await self._run()
        finally:
            # The rows for which these are done wait for the next start.
            for task in self._beforehand.values():
                task.cancel()
            await asyncio.gather(*self._beforehand.values(), return_exceptions=True)

    async def _run(self) -> None:
        failures = 0
        while not self._bell.is_closed:
            self._bell.hush()
            try:
                progressed = await self.round()
            except Exception as error:  # noqa: BLE001 (the worker must outlive a full disk)
                failures += 1
                pause = backoff_s(failures, TROUBLE_CAP_S)
                log.error("inbox: %s, next look in %.0f s", place_of(error), pause)
                await self._bell.rest(pause)
            else:
                failures = 0
                await self._bell.wait(0.0 if progressed else LOOK_S)

    async def round(self) -> bool:
        """Handle what is ready now, a batch at most; returns whether there was anything.

        Raises:
            Exception: the database is in trouble; nothing is lost, try again later.
        """
        async with self._database.reading() as tx:
            rows = await inbox.list_ready(tx, self._clock.now(), BATCH)
            if len(rows) == BATCH and max(Counter((row.channel, row.lane) for row in rows).values()) > FAIR_SHARE:
                rows = await inbox.list_ready_fairly(tx, self._clock.now(), BATCH, FAIR_SHARE)
        self._beforehand = {lane: task for lane, task in self._beforehand.items() if not task.done()}
        rows = [row for row in rows if (row.channel, row.lane) not in self._beforehand]
        held: set[tuple[str, str]] = set()
        waiting = deque(rows)
        while waiting and not self._bell.is_closed:
            await self._portion(waiting, held)
            self._after_commit()
        return bool(rows)

    async def work_off(self) -> None:
        """Handle all that is ready at this moment; for tests, which turn the clock between calls."""
        while await self.round() or self._beforehand:
            if self._beforehand:
                await asyncio.wait(self._beforehand.values(), return_when=asyncio.FIRST_COMPLETED)

    async def _portion(self, waiting: deque[InboxRow], held: set[tuple[str, str]]) -> None:
        """Handle the first rows, as many as a moment allows, in one transaction; the others keep waiting."""
        async with self._database.transaction(at_once=True) as tx:
            ends_at = monotonic_s() + PORTION_S
            while waiting:
                row = waiting.popleft()
                lane = (row.channel, row.lane)
                # What follows a failed row in its lane has to wait for it.
                if lane not in held and not await self._work(tx, row):
                    held.add(lane)
                if monotonic_s() >= ends_at or self._bell.is_closed:
                    return

    async def _work(self, tx: Tx, row: InboxRow) -> bool:
        """Handle one row; returns whether its lane may go on."""
        try:
            event = await self._read(row.raw)
            async with tx.part():
                if event is not None:
                    await self._handle(tx, event)
                await inbox.mark_done(tx, self._clock.now(), row.id)
        except BeforehandError as first:
            tx.must_run()
            self._do_beforehand(row, first)
            return False
        except Exception as error:
            # With the whole transaction gone, the rows before this one have to be handled again as well.
            if is_passing(error) or not tx.is_running:
                raise
            return await self._failed(tx, row, error)
        return True

    def _do_beforehand(self, row: InboxRow, first: BeforehandError) -> None:
        """Begin what has to be done before a row is handled; until then its lane waits, and only that."""
        name = f"beforehand for inbox row {row.id}"
        self._beforehand[row.channel, row.lane] = task = asyncio.create_task(first.do(self._database), name=name)
        task.add_done_callback(lambda _: self._bell.ring())

    async def _failed(self, tx: Tx, row: InboxRow, error: Exception) -> bool:
        hopeless = isinstance(error, UnreadableUpdateError) or row.attempts >= len(RETRY_AFTER_S)
        retry_at = None if hopeless else self._clock.now() + timedelta(seconds=RETRY_AFTER_S[row.attempts])
        # Only our own errors are sure not to hold a person's words; this one is printed for the operator.
        described = f"{place_of(error)}: {error}" if isinstance(error, BotError) else place_of(error)
        await inbox.mark_failed(tx, row.id, described[:ERROR_LENGTH], retry_at)
        if hopeless:
            log.error("inbox row %d parked: %s. See python -m bot parked.", row.id, place_of(error))
        else:
            log.warning("inbox row %d failed, tried again soon: %s", row.id, place_of(error))
        return hopeless
