"""People who write from outside: where they are reached, in which language, and whether they saw the notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.errors import NotFoundError
from bot.model import Address, Person
from bot.store.database import Row, Tx
from bot.store.values import as_text, as_time


async def find_by_address(tx: Tx, address: Address) -> Person | None:
    """Return who is reached at an address."""
    row = await tx.one(
        "SELECT * FROM people WHERE channel = :channel AND chat = :chat", channel=address.channel, chat=address.chat
    )
    return None if row is None else _person(row)


async def get(tx: Tx, person_id: int) -> Person:
    """Return a person.

    Raises:
        NotFoundError: there is none with this id.
    """
    row = await tx.one("SELECT * FROM people WHERE id = :id", id=person_id)
    if row is None:
        raise NotFoundError(f"person {person_id}: not in the database.")
    return _person(row)


async def add(tx: Tx, at: datetime, address: Address, first_name: str, language: str) -> Person:
    """Remember somebody who wrote for the first time; the notice is still to come."""
    row_id = await tx.insert(
        """INSERT INTO people (channel, chat, first_name, language, created_at)
           VALUES (:channel, :chat, :first_name, :language, :at)""",
        channel=address.channel,
        chat=address.chat,
        first_name=first_name,
        language=language,
        at=as_text(at),
    )
    return Person(row_id, address, first_name, language, None)


async def rename(tx: Tx, person: Person, first_name: str) -> Person:
    """Call a person by another name from now on; the former is kept nowhere."""
    await tx.run("UPDATE people SET first_name = :first_name WHERE id = :id", first_name=first_name, id=person.id)
    return replace(person, first_name=first_name)


async def mark_noticed(tx: Tx, at: datetime, person_id: int, notice_version: str) -> None:
    """Record that the person went on from the privacy notice, and from which version of it."""
    await tx.run(
        "UPDATE people SET noticed_at = :at, notice_version = :version WHERE id = :id",
        at=as_text(at),
        version=notice_version,
        id=person_id,
    )


async def mark_told(tx: Tx, person_id: int, notice_version: str) -> None:
    """Record that the person was shown another version of the notice since they went on."""
    await tx.run("UPDATE people SET notice_version = :version WHERE id = :id", version=notice_version, id=person_id)


async def set_language(tx: Tx, person_id: int, language: str) -> None:
    """Speak another language with the person from now on."""
    await tx.run("UPDATE people SET language = :language WHERE id = :id", language=language, id=person_id)


async def has_concerns(tx: Tx, person_id: int) -> bool:
    """Tell whether anything a person asked is still there, or held until it is taken in."""
    found = await tx.one(
        """SELECT 1 WHERE EXISTS (SELECT 1 FROM inquiries WHERE person_id = :id)
           OR EXISTS (SELECT 1 FROM held WHERE person_id = :id)""",
        id=person_id,
    )
    return found is not None


async def forget_unnoticed(tx: Tx, before: datetime, most: int) -> int:
    """Forget who came before this moment and never went on from the notice, and what they were sent; return how many.

    With no inquiry and nothing held there is no purpose in knowing them, not even by the number of their chat.
    """
    rows = await tx.all(
        """DELETE FROM people WHERE id IN (
             SELECT id FROM people WHERE noticed_at IS NULL AND created_at <= :before
             AND NOT EXISTS (SELECT 1 FROM inquiries WHERE person_id = people.id)
             AND NOT EXISTS (SELECT 1 FROM held WHERE person_id = people.id) LIMIT :most)
           RETURNING channel, chat""",
        before=as_text(before),
        most=most,
    )
    gone = [{"channel": row["channel"], "chat": row["chat"]} for row in rows]
    await tx.run_many("DELETE FROM buttons WHERE channel = :channel AND chat = :chat AND inquiry_id IS NULL", gone)
    # Not what still waits: it would be sent and then not found.
    await tx.run_many(
        """DELETE FROM outbox WHERE channel = :channel AND chat = :chat AND inquiry_id IS NULL
           AND state NOT IN ('queued', 'sending')""",
        gone,
    )
    return len(gone)


def _person(row: Row) -> Person:
    return Person(
        id=row["id"],
        address=Address(row["channel"], row["chat"]),
        first_name=row["first_name"],
        language=row["language"],
        noticed_at=as_time(row["noticed_at"]),
        notice_version=row["notice_version"],
    )
