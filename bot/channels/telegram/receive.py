"""Receiving by long polling: a batch is stored in one commit, and only the next request confirms it to Telegram.

The offset lives in memory only. After an empty answer it is dropped: everything before it is confirmed by then, and
update numbers may begin anew, lower, after a quiet week. A crash between commit and confirmation brings the batch
again, which the inbox knows by its meaning.

The loop never ends by an error. It waits longer and longer and says so in the log: a refused token or a second process
polling the same bot needs a person.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections.abc import Callable, Sequence
from typing import Any

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram import CHANNEL
from bot.channels.telegram.line import Line, retry_after_s
from bot.clock import Clock
from bot.services.waiting import Bell, backoff_s, place_of
from bot.store import inbox
from bot.store.database import Database
from bot.store.inbox import RawUpdate

log = logging.getLogger(__name__)

# What the bot has handlers for; Telegram then keeps the rest to itself.
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")

POLL_S = 30
# Telegram answers a long poll a little late at times.
POLL_READ_TIMEOUT_S = POLL_S + 10.0

NETWORK_CAP_S = 30.0
ALARM_FIRST_S = 5.0
ALARM_CAP_S = 300.0

# Longest number SQLite can hold.
_LARGEST = 2**63 - 1


class Poller:
    """Asks Telegram for updates and stores them; run it as one task.

    Args of the constructor:
        after_commit: called after each stored batch, for example the inbox worker's `wake`.
    """

    def __init__(self, line: Line, database: Database, clock: Clock, after_commit: Callable[[], None]) -> None:
        self._line = line
        self._database = database
        self._clock = clock
        self._after_commit = after_commit
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
            await self._store(updates)
        numbers = [update.update_id for update in updates if update.update_id is not None]
        if updates and not numbers:
            log.error("Telegram sent a batch without a single readable update; it cannot be confirmed")
            return False
        self._offset = max(numbers) + 1 if numbers else None
        return True

    async def _fetch(self) -> list[Any]:
        result = await self._line.polling.call(
            f"{self._line.bot.base_url}/getUpdates",
            {"offset": self._offset, "limit": 100, "timeout": POLL_S, "allowed_updates": ALLOWED_UPDATES},
            read_timeout=POLL_READ_TIMEOUT_S,
        )
        if not isinstance(result, list):
            raise TelegramError("Invalid server response")
        return result

    async def _store(self, updates: Sequence[RawUpdate]) -> None:
        async with self._database.transaction() as tx:
            await inbox.add_batch(tx, self._clock.now(), updates)
        for update in updates:
            if update.fault is not None:
                log.error("an update was parked unread: %s. See python -m bot parked.", update.fault)
        self._after_commit()

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


def to_raw_update(element: object) -> RawUpdate:
    """Understand as much of an update as storing it needs; whatever it is, it can be stored."""
    raw = json.dumps(element, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    digest = hashlib.sha256(raw.encode()).hexdigest()[:16]
    update_id = element.get("update_id") if isinstance(element, dict) else None
    if not isinstance(element, dict) or not isinstance(update_id, int) or not 0 <= update_id <= _LARGEST:
        return RawUpdate(CHANNEL, None, f"x:{digest}", "", raw, fault="it has no update_id")
    lane, meaning = "", None
    for kind, about in element.items():
        if kind != "update_id" and isinstance(about, dict):
            lane = _lane(about)
            meaning = _meaning(kind, about, update_id)
    return RawUpdate(CHANNEL, update_id, meaning or f"u:{update_id}:{digest}", lane, raw)


def _lane(about: dict[str, Any]) -> str:
    """Return the chat, or for a press without one the person."""
    message = about.get("message")
    place = about.get("chat") or (message.get("chat") if isinstance(message, dict) else None) or about.get("from")
    return str(place.get("id", "")) if isinstance(place, dict) else ""


def _meaning(kind: str, about: dict[str, Any], update_id: int) -> str | None:
    """Name what the update is about; None where its number and content have to do."""
    chat = about.get("chat")
    chat_id = chat.get("id") if isinstance(chat, dict) else None
    match kind:
        case "message" if chat_id is not None and "message_id" in about:
            # With the date: were the token exchanged for another bot's, message numbers would begin anew.
            return f"m:{chat_id}:{about['message_id']}:{about.get('date')}"
        case "edited_message" if chat_id is not None and "message_id" in about:
            # With the number: two edits may fall into one second, and the second one counts.
            return f"e:{chat_id}:{about['message_id']}:{about.get('edit_date')}:{update_id}"
        case "callback_query" if "id" in about:
            return f"c:{about['id']}"
    return None
