"""Copies of a share's card in other contacts' chats: whoever joined in, or looked the inquiry up."""

from __future__ import annotations

from bot.model import CardCopy, Joined
from bot.store.database import Row, Tx


async def add(tx: Tx, copy: CardCopy) -> None:
    """Remember a copy."""
    await tx.run(
        """INSERT INTO card_copies (delivery_id, assignment_id, contact, why)
           VALUES (:delivery_id, :assignment_id, :contact, :why)""",
        delivery_id=copy.delivery_id,
        assignment_id=copy.assignment_id,
        contact=copy.contact,
        why=copy.why,
    )


async def list_of(tx: Tx, assignment_id: int) -> list[CardCopy]:
    """Return a share's copies, oldest first."""
    rows = await tx.all("SELECT * FROM card_copies WHERE assignment_id = :id ORDER BY delivery_id", id=assignment_id)
    return [_copy(row) for row in rows]


async def list_joined(tx: Tx, contact: str, why: Joined) -> set[int]:
    """Return the shares of whose cards a contact has a copy for this reason."""
    sql = "SELECT DISTINCT assignment_id FROM card_copies WHERE contact = :contact AND why = :why"
    return {row["assignment_id"] for row in await tx.all(sql, contact=contact, why=why)}


async def remove(tx: Tx, delivery_id: int) -> None:
    """Keep a copy current no longer."""
    await tx.run("DELETE FROM card_copies WHERE delivery_id = :id", id=delivery_id)


def _copy(row: Row) -> CardCopy:
    return CardCopy(row["assignment_id"], row["delivery_id"], row["contact"], Joined(row["why"]))
