"""Who may not write for now, by an administrator's word.

A block stands under a hash of the person's chat, salted as the deletions are: it has to outlive everything else known
of them, for whoever could lift it by `/loeschen` would. With the inquiry it was set at goes its reference; what stays
is the hash, who set it, and until when. At its end it is deleted (`bot.store.erasing`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from bot.model import Address
from bot.store.database import Row, Tx
from bot.store.deletions import SALT, find_salt, get_salt
from bot.store.held import HeldFor
from bot.store.values import as_text, some_time

# Enough of a hash to name one of a handful of blocks.
CODE_LENGTH = 6


@dataclass(frozen=True)
class Block:
    """A block; `told` says whether the person knows. Its `name` is the inquiry's reference, else a short code."""

    hash: str
    reference: str | None
    set_by: str
    until_at: datetime
    told: bool

    @property
    def name(self) -> str:
        """Return how administrators name it."""
        return self.reference or self.hash[:CODE_LENGTH]


@dataclass(frozen=True)
class Standing:
    """Whether somebody may write.

    Attributes:
        block: the block in force.
        waiting: how many messages of theirs wait for room; `unanswered`: for a tap of theirs.
        missed: something written to them was given up.
    """

    block: Block | None = None
    waiting: int = 0
    unanswered: int = 0
    missed: bool = False


async def look(tx: Tx, at: datetime, address: Address) -> Standing:
    """Return how somebody stands; one query for all who are not blocked, as long as nobody is."""
    row = await tx.one(
        """SELECT (SELECT value FROM facts WHERE name = :salt AND EXISTS (SELECT 1 FROM blocks)) AS salt,
             EXISTS (SELECT 1 FROM outbox WHERE state = 'parked' AND +channel = :channel AND +chat = :chat
                       AND +inquiry_id IS NOT NULL AND +assignment_id IS NULL) AS missed,
             count(*) FILTER (WHERE reason = :room) AS waiting, count(*) AS held
           FROM held WHERE person_id = (SELECT id FROM people WHERE channel = :channel AND chat = :chat)""",
        salt=SALT,
        room=HeldFor.ROOM,
        channel=address.channel,
        chat=address.chat,
    )
    assert row is not None  # noqa: S101 (counting always finds one row)
    block = None if row["salt"] is None else await _find(tx, at, _hash(row["salt"], address))
    return Standing(block, row["waiting"], row["held"] - row["waiting"], bool(row["missed"]))


async def find(tx: Tx, at: datetime, address: Address) -> Block | None:
    """Return the block in force on somebody."""
    return (await look(tx, at, address)).block


async def put(tx: Tx, at: datetime, address: Address, *, reference: str, by: str, until_at: datetime) -> None:
    """Block somebody; a block in force gets another end, and its person is told of that."""
    await tx.run(
        """INSERT INTO blocks (hash, reference, set_by, set_at, until_at)
           VALUES (:hash, :reference, :by, :at, :until_at)
           ON CONFLICT (hash) DO UPDATE
           SET reference = excluded.reference, set_by = excluded.set_by, set_at = excluded.set_at,
               until_at = excluded.until_at, told_at = NULL""",
        hash=_hash(await get_salt(tx), address),
        reference=reference,
        by=by,
        at=as_text(at),
        until_at=as_text(until_at),
    )


async def lift(tx: Tx, block: Block) -> None:
    """End a block."""
    await tx.run("DELETE FROM blocks WHERE hash = :hash", hash=block.hash)


async def hash_of(tx: Tx, address: Address) -> str:
    """Return under which hash a chat's block stands; an empty one where nobody was ever blocked."""
    salt = await find_salt(tx)
    return "" if salt is None else _hash(salt, address)


async def mark_told(tx: Tx, at: datetime, block: Block) -> None:
    """Record that its person was told."""
    await tx.run("UPDATE blocks SET told_at = :at WHERE hash = :hash", at=as_text(at), hash=block.hash)


async def list_all(tx: Tx, at: datetime) -> list[Block]:
    """Return the blocks in force, the one that ends first before the others."""
    rows = await tx.all("SELECT * FROM blocks WHERE until_at > :at ORDER BY until_at", at=as_text(at))
    return [_block(row) for row in rows]


async def load_rows(tx: Tx) -> list[dict[str, str | None]]:
    """Return every block as it stands, for another database."""
    return [dict(row) for row in await tx.all("SELECT * FROM blocks")]


async def put_rows(tx: Tx, rows: list[dict[str, str | None]]) -> None:
    """Have these blocks and no other, in a database restored from a backup; their inquiries may not be in it."""
    await tx.run("DELETE FROM blocks")
    await tx.run_many(
        """INSERT INTO blocks (hash, reference, set_by, set_at, until_at, told_at)
           VALUES (:hash, (SELECT reference FROM inquiries WHERE reference = :reference), :set_by, :set_at, :until_at,
                   :told_at)""",
        rows,
    )


async def _find(tx: Tx, at: datetime, digest: str) -> Block | None:
    row = await tx.one("SELECT * FROM blocks WHERE hash = :hash AND until_at > :at", hash=digest, at=as_text(at))
    return None if row is None else _block(row)


def _hash(salt: str, address: Address) -> str:
    return hashlib.sha256(f"{salt}:block:{address.channel}:{address.chat}".encode()).hexdigest()


def _block(row: Row) -> Block:
    return Block(row["hash"], row["reference"], row["set_by"], some_time(row["until_at"]), row["told_at"] is not None)
