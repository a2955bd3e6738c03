"""Telling Telegram where to deliver, and seeing to it that it stays so.

A quiet night brings no delivery, so only asking shows whether receiving still works: is the address still ours (another
process with the same token may have taken it away), and can Telegram reach it?
"""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime

from telegram import WebhookInfo
from telegram.error import BadRequest, TelegramError

from bot.channels.telegram.line import Line
from bot.channels.telegram.storing import ALLOWED_UPDATES
from bot.clock import Clock
from bot.errors import Fault, SettingsError
from bot.services.delivery.waiting import Bell, backoff_s

log = logging.getLogger(__name__)

# Deliveries at once at most. They share commits, so more cost little; a chat's own come one after the other anyway.
MAX_CONNECTIONS = 40
CHECK_EVERY_S = 60.0
REGISTER_CAP_S = 60.0


class Registration:
    """Registers the webhook and checks on it; `register` first, then run it as one task.

    Attributes:
        heard_at: when Telegram last said that it delivers to us without trouble; None before the first time.
        complete_until: up to when it had delivered everything, by its own word; None before the first time.
    """

    def __init__(self, line: Line, clock: Clock, url: str, secret: str) -> None:
        self.heard_at: datetime | None = None
        self.complete_until: datetime | None = None
        self._line = line
        self._clock = clock
        self._url = url
        self._secret = secret
        self._bell = Bell()
        self._told_of: datetime | None = None

    @property
    def busy_s(self) -> float:
        """Seconds the present check has taken; 0 while it waits for the next one."""
        return self._bell.busy_s

    def stop(self) -> None:
        """Check no more. The webhook stays: what is written meanwhile waits at Telegram for the next start."""
        self._bell.close()

    async def register(self) -> None:
        """Have updates delivered to us, however long the network takes to be there.

        Raises:
            SettingsError: Telegram does not accept the address.
        """
        failures = 0
        while True:
            try:
                await self._set()
            except BadRequest as error:
                what = f"refused by Telegram: {error.message}."
                mend = "Write an address that can be reached from outside, with a certificate that is valid there."
                raise SettingsError([Fault("WEBHOOK_URL", what, mend)]) from None
            except TelegramError as error:
                failures += 1
                pause = backoff_s(failures, REGISTER_CAP_S)
                log.warning("the webhook is not set (%s), next attempt in %.0f s", type(error).__name__, pause)
                await asyncio.sleep(pause)
            else:
                return

    async def run(self) -> None:
        """Check every minute until stopped."""
        while not self._bell.is_closed:
            try:
                await self.check()
            except TelegramError as error:
                log.warning("the webhook cannot be checked (%s)", type(error).__name__)
            await self._bell.rest(CHECK_EVERY_S)

    async def check(self) -> None:
        """Ask Telegram how the webhook does; set it again if it was taken away.

        Raises:
            TelegramError: Telegram did not answer.
        """
        asked_at = self._clock.now()
        info = await self._line.bot.get_webhook_info()
        if info.url != self._url:
            log.critical(
                "another process has taken over this bot's updates; the webhook is set again. "
                "Stop the other one, or give it a bot of its own."
            )
            await self._set()
            return
        if not info.pending_update_count:
            self.complete_until = asked_at
        if not self._has_new_trouble(info):
            self.heard_at = self._clock.now()

    async def _set(self) -> None:
        await self._line.bot.set_webhook(
            self._url,
            max_connections=MAX_CONNECTIONS,
            allowed_updates=ALLOWED_UPDATES,
            drop_pending_updates=False,
            secret_token=self._secret,
        )

    def _has_new_trouble(self, info: WebhookInfo) -> bool:
        """Say in the log that deliveries failed since the last check, in Telegram's words, which name no person."""
        failed_at = info.last_error_date
        if failed_at is None or failed_at == self._told_of:
            return False
        first = self._told_of is None and self.heard_at is None
        self._told_of = failed_at
        if first and not info.pending_update_count:
            return False  # from before this start, and over
        log.warning("Telegram could not deliver: %s; %d wait", info.last_error_message, info.pending_update_count)
        return True
