"""What was deleted, by hashes only: so that a restored backup can be made to forget it again.

A hash stands for one coming of a person (their chat and when they first wrote) or for one inquiry's reference, salted
with a value made for this database, so that nobody can try all chat numbers against a stolen list alone.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from bot.store.database import Row, Tx
from bot.store.erasing import delete_some, erase_inquiry, erase_person
from bot.store.values import as_text

SALT = "deletions.salt"


async def note_person(tx: Tx, at: datetime, person_id: int) -> None:
    """Remember that a person is deleted; to be called before."""
    row = await tx.one("SELECT * FROM people WHERE id = :id", id=person_id)
    if row is not None:
        await _note(tx, at, "person", _of_person(await get_salt(tx), row))


async def note_inquiry(tx: Tx, at: datetime, inquiry_id: int) -> None:
    """Remember that an inquiry is deleted; to be called before."""
    row = await tx.one("SELECT * FROM inquiries WHERE id = :id", id=inquiry_id)
    if row is not None:
        await _note(tx, at, "inquiry", _of_inquiry(await get_salt(tx), row))


async def is_any_since(tx: Tx, at: datetime) -> bool:
    """Tell whether anything was deleted since then; whose it was is not known."""
    return await tx.one("SELECT 1 FROM deletions WHERE deleted_at >= :at LIMIT 1", at=as_text(at)) is not None


async def load(tx: Tx) -> list[tuple[str, str, str]]:
    """Return hash, kind and time of every deletion, and the salt as an entry of its own, for another database."""
    rows = await tx.all("SELECT hash, kind, deleted_at FROM deletions ORDER BY hash")
    return [(await get_salt(tx), SALT, ""), *((row["hash"], row["kind"], row["deleted_at"]) for row in rows)]


async def apply(tx: Tx, known: list[tuple[str, str, str]]) -> int:
    """Delete again, in a database restored from a backup, what `load` returned; return how many things that was."""
    salt = next((entry[0] for entry in known if entry[1] == SALT), "")
    await tx.run(
        "INSERT INTO facts (name, value) VALUES (:name, :salt) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name=SALT,
        salt=salt,
    )
    hashes = {entry[0]: entry for entry in known if entry[1] != SALT}
    done = 0
    for row in await tx.all("SELECT * FROM inquiries"):
        if _of_inquiry(salt, row) in hashes:
            await erase_inquiry(tx, row["id"])
            done += 1
    for row in await tx.all("SELECT * FROM people"):
        if _of_person(salt, row) in hashes:
            await erase_person(tx, row["id"])
            done += 1
    for digest, kind, deleted_at in hashes.values():
        await tx.run(
            """INSERT INTO deletions (hash, kind, deleted_at) VALUES (:hash, :kind, :at)
               ON CONFLICT (hash) DO NOTHING""",
            hash=digest,
            kind=kind,
            at=deleted_at,
        )
    return done


async def forget_before(tx: Tx, before: datetime, most: int) -> int:
    """Drop at most so many entries so old that no backup can hold what they stand for."""
    sql = delete_some("deletions", "deleted_at <= :before")
    return len(await tx.all(sql, before=as_text(before), most=most))


async def _note(tx: Tx, at: datetime, kind: str, digest: str) -> None:
    await tx.run(
        """INSERT INTO deletions (hash, kind, deleted_at) VALUES (:hash, :kind, :at)
           ON CONFLICT (hash) DO UPDATE SET deleted_at = excluded.deleted_at""",
        hash=digest,
        kind=kind,
        at=as_text(at),
    )


async def find_salt(tx: Tx) -> str | None:
    """Return this database's salt, None as long as nothing needed one."""
    row = await tx.one("SELECT value FROM facts WHERE name = :name", name=SALT)
    return None if row is None else str(row["value"])


async def get_salt(tx: Tx) -> str:
    """Return this database's salt, made now if there is none yet."""
    known = await find_salt(tx)
    if known is not None:
        return known
    salt = secrets.token_hex(16)
    await tx.run("INSERT INTO facts (name, value) VALUES (:name, :salt)", name=SALT, salt=salt)
    return salt


def _of_person(salt: str, row: Row) -> str:
    return _hash(f"{salt}:person:{row['channel']}:{row['chat']}:{row['created_at']}")


def _of_inquiry(salt: str, row: Row) -> str:
    return _hash(f"{salt}:inquiry:{row['reference']}:{row['opened_at']}")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
