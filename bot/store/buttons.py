"""Buttons: what a press means. The button on the screen carries only an opaque token; this row says the rest."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime

from bot.model import Address
from bot.store.database import Tx
from bot.store.values import as_text

# 16 random bytes, 22 characters: not to be guessed, and well under the 64 bytes Telegram allows (`callback_data`).
TOKEN_BYTES = 16


@dataclass(frozen=True)
class StoredButton:
    """A button's meaning: what to do, for which inquiry, and in which chat it may be pressed."""

    token: str
    action: str
    address: Address
    inquiry_id: int | None
    data: dict[str, str | int]


async def ensure(
    tx: Tx, at: datetime, address: Address, action: str, inquiry_id: int | None = None, **data: str | int
) -> str:
    """Return the token of this button in this chat, made now if it never was."""
    key = json.dumps({**data, "inquiry": inquiry_id}, sort_keys=True)
    row = await tx.one(
        """INSERT INTO buttons (token, action, channel, chat, inquiry_id, data, created_at)
           VALUES (:token, :action, :channel, :chat, :inquiry_id, :data, :at)
           ON CONFLICT (channel, chat, action, data) DO UPDATE SET data = data RETURNING token""",
        token=secrets.token_urlsafe(TOKEN_BYTES),
        action=action,
        channel=address.channel,
        chat=address.chat,
        inquiry_id=inquiry_id,
        data=key,
        at=as_text(at),
    )
    assert row is not None  # noqa: S101 (RETURNING always returns here)
    return str(row["token"])


async def move_chat(tx: Tx, old: Address, new: Address) -> None:
    """Let buttons be pressed under a group's new number; those already made anew there stay as they are."""
    await tx.run(
        "UPDATE OR IGNORE buttons SET chat = :new WHERE channel = :channel AND chat = :old",
        new=new.chat,
        channel=old.channel,
        old=old.chat,
    )


async def drop(tx: Tx, address: Address, action: str) -> None:
    """Let a chat's buttons for an action mean nothing any more, wherever they are shown."""
    await tx.run(
        "DELETE FROM buttons WHERE channel = :channel AND chat = :chat AND action = :action",
        channel=address.channel,
        chat=address.chat,
        action=action,
    )


async def find(tx: Tx, token: str) -> StoredButton | None:
    """Return what a token means, or None for one that was never given out."""
    row = await tx.one("SELECT * FROM buttons WHERE token = :token", token=token)
    if row is None:
        return None
    data = json.loads(row["data"])
    data.pop("inquiry", None)
    return StoredButton(row["token"], row["action"], Address(row["channel"], row["chat"]), row["inquiry_id"], data)
