"""Delivering updates to the bot's webhook.

In order within a chat, side by side across chats; what is not answered with 2xx comes again, at once the first
time and then after doubling pauses. An answer that carries a method call is not carried out.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import httpx

from bot.playground.model import Webhook
from bot.playground.updates import QueuedUpdate, UpdateQueue

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 60.0
ANSWER_TIMEOUT_S = 60.0


class WebhookSender:
    """Carries waiting updates to the webhook for as long as one is set."""

    def __init__(self, updates: UpdateQueue, now: Callable[[], float]) -> None:
        self.first_pause_s = FIRST_PAUSE_S
        self._updates = updates
        self._now = now
        self._lanes: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Deliver until cancelled."""
        async with httpx.AsyncClient(timeout=ANSWER_TIMEOUT_S, trust_env=False) as client:
            try:
                while True:
                    self._start_lanes(client)
                    await self._updates.signal.next_change()
            finally:
                await self._stop_lanes()

    def _start_lanes(self, client: httpx.AsyncClient) -> None:
        hook = self._updates.webhook
        if hook is None:
            return
        for update in self._updates.pending():
            if len(self._lanes) >= hook.max_connections:
                return
            if update.lane not in self._lanes:
                task = asyncio.create_task(self._deliver(client, hook, update))
                self._lanes[update.lane] = task

    async def _deliver(self, client: httpx.AsyncClient, hook: Webhook, update: QueuedUpdate) -> None:
        pause_s = 0.0
        try:
            while self._updates.webhook is hook and update in self._updates.pending():
                if await self._post(client, hook, update):
                    self._updates.confirm(update)
                    return
                await asyncio.sleep(pause_s)
                pause_s = min(LONGEST_PAUSE_S, pause_s * 2 or self.first_pause_s)
        finally:
            self._lanes.pop(update.lane, None)
            self._updates.signal.changed()

    async def _post(self, client: httpx.AsyncClient, hook: Webhook, update: QueuedUpdate) -> bool:
        headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
        try:
            answer = await client.post(hook.url, json=update.body(), headers=headers)
        except httpx.HTTPError as error:
            hook.last_error = f"Connection failed: {type(error).__name__}"
        else:
            if answer.is_success:
                return True
            hook.last_error = f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
        hook.last_error_at = self._now()
        self._updates.signal.changed()
        return False

    async def _stop_lanes(self) -> None:
        tasks = list(self._lanes.values())
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task
