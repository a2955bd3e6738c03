"""Held messages: waiting for their writer's word, at most until they expire."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model import InboundMessage
from bot.store.database import Row, Tx
from bot.store.values import INBOUND, as_text


class HeldFor(StrEnum):
    """What a held message waits for."""

    NOTICE = "notice"  # the person has to read the privacy notice first
    SPARING = "sparing"  # the person has to say whether what they need not tell goes on
    WHICH = "which"  # the person has to say which inquiry it belongs to
    ROOM = "room"  # the person wrote very much at once


@dataclass(frozen=True)
class HeldMessage:
    """A message and the person it waits for."""

    id: int
    person_id: int
    reason: HeldFor
    message: InboundMessage


async def add(
    tx: Tx, at: datetime, person_id: int, reason: HeldFor, message: InboundMessage, expires_at: datetime
) -> None:
    """Hold a message."""
    await tx.insert(
        """INSERT INTO held (person_id, reason, message, album, held_at, expires_at)
           VALUES (:person_id, :reason, :message, :album, :at, :expires_at)""",
        person_id=person_id,
        reason=reason,
        message=INBOUND.dump_json(message).decode(),
        album=message.album,
        at=as_text(at),
        expires_at=as_text(expires_at),
    )


async def list_of(tx: Tx, person_id: int, reason: HeldFor) -> list[HeldMessage]:
    """Return what is held for a person, oldest first."""
    rows = await tx.all(
        "SELECT * FROM held WHERE person_id = :id AND reason = :reason ORDER BY id", id=person_id, reason=reason
    )
    return [_held(row) for row in rows]


async def take(tx: Tx, person_id: int, reason: HeldFor) -> list[HeldMessage]:
    """Return what is held for a person, oldest first, and hold it no longer."""
    rows = await tx.all(
        "DELETE FROM held WHERE person_id = :id AND reason = :reason RETURNING *", id=person_id, reason=reason
    )
    return sorted((_held(row) for row in rows), key=lambda held: held.id)


async def remove(tx: Tx, held_id: int) -> None:
    """Hold one message no longer."""
    await tx.run("DELETE FROM held WHERE id = :id", id=held_id)


async def take_all(tx: Tx, person_id: int) -> int:
    """Hold nothing of a person any longer, whatever it waited for; return how much that was."""
    return len(await tx.all("DELETE FROM held WHERE person_id = :id RETURNING 1", id=person_id))


async def replace(tx: Tx, held_id: int, message: InboundMessage) -> None:
    """Put an edited message in the place of its earlier form."""
    await tx.run(
        "UPDATE held SET message = :message WHERE id = :id", message=INBOUND.dump_json(message).decode(), id=held_id
    )


async def take_expired(tx: Tx, at: datetime, reason: HeldFor) -> list[HeldMessage]:
    """Return what has waited too long, oldest first, and hold it no longer."""
    rows = await tx.all(
        "DELETE FROM held WHERE reason = :reason AND expires_at <= :at RETURNING *", reason=reason, at=as_text(at)
    )
    return sorted((_held(row) for row in rows), key=lambda held: held.id)


def _held(row: Row) -> HeldMessage:
    return HeldMessage(row["id"], row["person_id"], HeldFor(row["reason"]), INBOUND.validate_json(row["message"]))
