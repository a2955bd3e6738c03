"""What contacts wrote without saying for which inquiry, until they say so, at most until it expires."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model import Address, InboundMessage
from bot.store.database import Row, Tx
from bot.store.values import INBOUND, as_text


@dataclass(frozen=True)
class DeskHeld:
    """A contact's message that waits for its writer's word."""

    id: int
    message: InboundMessage


async def add(tx: Tx, at: datetime, message: InboundMessage, expires_at: datetime) -> None:
    """Hold a message."""
    await tx.insert(
        """INSERT INTO desk_held (channel, chat, message, held_at, expires_at)
           VALUES (:channel, :chat, :message, :at, :expires_at)""",
        channel=message.address.channel,
        chat=message.address.chat,
        message=INBOUND.dump_json(message).decode(),
        at=as_text(at),
        expires_at=as_text(expires_at),
    )


async def list_at(tx: Tx, address: Address) -> list[DeskHeld]:
    """Return what is held in a chat, oldest first."""
    rows = await tx.all(
        "SELECT * FROM desk_held WHERE channel = :channel AND chat = :chat ORDER BY id",
        channel=address.channel,
        chat=address.chat,
    )
    return [_held(row) for row in rows]


async def take(tx: Tx, address: Address, since: int, up_to: int) -> list[DeskHeld]:
    """Return what is held in a chat from one message up to another with its album, oldest first, and hold it no longer.

    Told by the messages' numbers in their chat: those are what the question that was answered shows.
    """
    rows = await tx.all(
        """DELETE FROM desk_held
           WHERE channel = :channel AND chat = :chat AND (
             json_extract(message, '$.message') BETWEEN :since AND :up_to
             OR json_extract(message, '$.album') IN (
               SELECT json_extract(message, '$.album') FROM desk_held
               WHERE channel = :channel AND chat = :chat
                 AND json_extract(message, '$.message') BETWEEN :since AND :up_to))
           RETURNING *""",
        channel=address.channel,
        chat=address.chat,
        since=since,
        up_to=up_to,
    )
    return sorted((_held(row) for row in rows), key=lambda held: held.id)


async def take_expired(tx: Tx, at: datetime) -> list[DeskHeld]:
    """Return what has waited too long, oldest first, and hold it no longer."""
    rows = await tx.all("DELETE FROM desk_held WHERE expires_at <= :at RETURNING *", at=as_text(at))
    return sorted((_held(row) for row in rows), key=lambda held: held.id)


async def replace(tx: Tx, held_id: int, message: InboundMessage) -> None:
    """Put an edited message in the place of its earlier form."""
    await tx.run(
        "UPDATE desk_held SET message = :message WHERE id = :id",
        message=INBOUND.dump_json(message).decode(),
        id=held_id,
    )


def _held(row: Row) -> DeskHeld:
    return DeskHeld(row["id"], INBOUND.validate_json(row["message"]))
