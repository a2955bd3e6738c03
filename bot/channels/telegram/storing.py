"""Storing what Telegram brings, whichever way it comes: raw, all of it, and in one commit.

Whatever an update is, it can be stored: one without a number is parked at once, with the reason, so that it holds up
nothing and a person can see it. Only what is stored may be confirmed to Telegram.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Sequence
from typing import Any

from bot.channels.telegram import CHANNEL
from bot.clock import Clock
from bot.store import inbox
from bot.store.database import Database
from bot.store.inbox import RawUpdate

log = logging.getLogger(__name__)

# What the bot has handlers for; Telegram then keeps the rest to itself.
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")

# Longest number SQLite can hold.
_LARGEST = 2**63 - 1


class Storing:
    """Puts updates into the inbox.

    Args of the constructor:
        after_commit: called after each stored batch, for example the inbox worker's `wake`.
    """

    def __init__(self, database: Database, clock: Clock, after_commit: Callable[[], None]) -> None:
        self._database = database
        self._clock = clock
        self._after_commit = after_commit

    async def store(self, updates: Sequence[RawUpdate]) -> None:
        """Store a batch in its order, in one commit.

        Raises:
            Exception: nothing of it is stored, and nothing of it may be confirmed.
        """
        async with self._database.transaction(at_once=True) as tx:
            await inbox.add_batch(tx, self._clock.now(), updates)
        for update in updates:
            if update.fault is not None:
                log.error("an update was parked unread: %s. See python -m bot parked.", update.fault)
        self._after_commit()


def to_raw_update(element: object) -> RawUpdate:
    """Understand as much of an update as storing it needs; whatever it is, it can be stored."""
    try:
        return _understood(element)
    except RecursionError:
        # What can be read but not written again would come back for ever, with all that comes after it.
        number = element.get("update_id") if isinstance(element, dict) else None
        update_id = number if isinstance(number, int) and 0 <= number <= _LARGEST else None
        return RawUpdate(CHANNEL, update_id, f"d:{update_id}", "", "null", fault="it is nested too deeply")


def _understood(element: object) -> RawUpdate:
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
    return RawUpdate(CHANNEL, update_id, _storable(meaning or f"u:{update_id}:{digest}"), _storable(lane), raw)


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


def _storable(text: str) -> str:
    """Write half a surrogate pair out: SQLite takes whole characters only, and would refuse the batch for ever."""
    return text.encode("utf-8", "backslashreplace").decode()
