"""Receiving by long polling: a batch is stored in one commit, and only the next request confirms it to Telegram.

The offset lives in memory only. After an empty answer it is dropped: everything before it is confirmed by then, and
update numbers may begin anew, lower, after a quiet week. A crash between commit and confirmation brings the batch
again, which the inbox knows by its meaning.

The loop never ends by an error. It waits longer and longer and says so in the log: a refused token or a second process
polling the same bot needs a person.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.line import Line, retry_after_s
from bot.channels.telegram.storing import ALLOWED_UPDATES, Storing, to_raw_update
from bot.clock import Clock
from bot.services.delivery.waiting import Bell, backoff_s, place_of
from bot.store.database import Database

log = logging.getLogger(__name__)

POLL_S = 30
# As many as Telegram gives at once (Bot API, getUpdates).
MOST_UPDATES = 100
# Telegram answers a long poll a little late at times.
POLL_READ_TIMEOUT_S = POLL_S + 10.0

NETWORK_CAP_S = 30.0
ALARM_FIRST_S = 5.0
ALARM_CAP_S = 300.0


class Poller:
    """Asks Telegram for updates and stores them; run it as one task.

    Args of the constructor:
        after_commit: called after each stored batch, for example the inbox worker's `wake`.

    Attributes:
        heard_at: when Telegram last answered and what it brought was stored; None before the first time.
        complete_until: up to when everything that waited at Telegram is stored; None before the first time.
    """

    def __init__(self, line: Line, database: Database, clock: Clock, after_commit: Callable[[], None]) -> None:
        self.heard_at: datetime | None = None
        self.complete_until: datetime | None = None
        self._line = line
        self._clock = clock
        self._storing = Storing(database, clock, after_commit)
        self._offset: int | None = None
        self._webhook_deleted = False
        self._fetching: asyncio.Task[list[Any]] | None = None
        self._bell = Bell()

    def stop(self) -> None:
        """Break off the poll under way; what it would have brought comes again at the next start."""
        self._bell.close()
        if self._fetching is not None:
            self._fetching.cancel()

    async def run(self) -> None:
        """Receive until stopped."""
        failures = 0
        while not self._bell.is_closed:
            self._bell.come_round()
            try:
                progressed = await self.poll()
            except Exception as error:  # noqa: BLE001 (receiving must outlive everything)
                failures += 1
                await self._bell.rest(await self._pause_after(error, failures))
            else:
                if failures and progressed:
                    log.info("receiving again")
                    failures = 0
                elif not progressed:
                    failures += 1
                    await self._bell.rest(backoff_s(failures, NETWORK_CAP_S))

    async def poll(self) -> bool:
        """Fetch one batch and store it; returns False when Telegram would only send the same one again.

        Raises:
            TelegramError: the request failed.
            Exception: the batch could not be stored; it is not confirmed.
        """
        begun_at = self._clock.now()
        self._fetching = asyncio.create_task(self._fetch())
        try:
            await asyncio.wait({self._fetching})
        finally:
            self._fetching.cancel()
        if self._fetching.cancelled():
            return True
        batch = self._fetching.result()
        updates = [to_raw_update(element) for element in batch]
        if updates:
            await self._storing.store(updates)
        numbers = [update.update_id for update in updates if update.update_id is not None]
        if updates and not numbers:
            log.error("Telegram sent a batch without a single readable update; it cannot be confirmed")
            return False
        self.heard_at = self._clock.now()
        if len(batch) < MOST_UPDATES:
            self.complete_until = begun_at
        self._offset = max(numbers) + 1 if numbers else None
        return True

    @property
    def busy_s(self) -> float:
        """How long the present round has taken; a poll and its commit come to an end on their own."""
        return self._bell.busy_s

    async def _fetch(self) -> list[Any]:
        # The first one comes back at once, so that soon after the start it is known whether receiving works.
        timeout_s = 0 if self.heard_at is None else POLL_S
        result = await self._line.polling.call(
            f"{self._line.bot.base_url}/getUpdates",
            {"offset": self._offset, "limit": MOST_UPDATES, "timeout": timeout_s, "allowed_updates": ALLOWED_UPDATES},
            read_timeout=POLL_READ_TIMEOUT_S,
        )
        if not isinstance(result, list):
            raise TelegramError("Invalid server response")
        return result

    async def _pause_after(self, error: Exception, failures: int) -> float:
        """Say what is wrong, mend it where that is possible, and return how long to wait."""
        match error:
            case InvalidToken():
                pause = backoff_s(failures, ALARM_CAP_S, ALARM_FIRST_S)
                log.critical(
                    "Telegram refuses the token, nothing is received; next attempt in %.0f s. "
                    "Take the current one from @BotFather, set TELEGRAM_BOT_TOKEN and start again.",
                    pause,
                )
            case Conflict():
                if "webhook" in error.message.lower() and await self._delete_webhook():
                    return 0.0
                pause = backoff_s(failures, ALARM_CAP_S, ALARM_FIRST_S)
                log.critical(
                    "another process receives this bot's updates; next attempt in %.0f s. "
                    "Stop it, or give this one a bot of its own.",
                    pause,
                )
            case RetryAfter():
                pause = retry_after_s(error)
                log.warning("Telegram asks to wait %.0f s before receiving", pause)
            case TelegramError():
                pause = backoff_s(failures, NETWORK_CAP_S)
                log.warning("not receiving (%s), next attempt in %.0f s", type(error).__name__, pause)
            case _:
                pause = backoff_s(failures, NETWORK_CAP_S)
                log.error("updates not stored (%s), next attempt in %.0f s", place_of(error), pause)
        return pause

    async def _delete_webhook(self) -> bool:
        """Take away a webhook left from before, once: whoever sets it again wants it."""
        if self._webhook_deleted:
            return False
        self._webhook_deleted = True
        try:
            await self._line.bot.delete_webhook(drop_pending_updates=False)
        except TelegramError as error:
            log.warning("a webhook is set and could not be deleted (%s)", type(error).__name__)
            return False
        log.warning("a webhook was set; it is deleted, for this process polls")
        return True
