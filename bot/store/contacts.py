"""Where contacts are reached when the rules name no address, and the invitations by which they join.

Of an invitation only a hash is kept: whoever reads the database cannot join in a contact's place.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime

from bot.model import Address
from bot.store.database import Tx
from bot.store.values import address_of, as_text

# What is known of a contact beside the inquiries: tables with a column `contact`.
_OF_CONTACT = ("contact_addresses", "absences", "unreachable", "snippets", "digests", "digests_sent")


async def load_joined(tx: Tx) -> dict[str, Address]:
    """Return contact key → address for all who joined by invitation."""
    rows = await tx.kept("contact_addresses", "SELECT * FROM contact_addresses")
    return tx.made("contact_addresses", (rows,), lambda: {row["contact"]: address_of(row) for row in rows})


async def set_joined(tx: Tx, at: datetime, contact: str, address: Address) -> None:
    """Reach a contact here from now on."""
    tx.forget("contact_addresses")
    await tx.run(
        """INSERT INTO contact_addresses (contact, channel, chat, topic, joined_at)
           VALUES (:contact, :channel, :chat, :topic, :at)
           ON CONFLICT (contact) DO UPDATE
           SET (channel, chat, topic, joined_at)
             = (excluded.channel, excluded.chat, excluded.topic, excluded.joined_at)""",
        contact=contact,
        channel=address.channel,
        chat=address.chat,
        topic=address.topic,
        at=as_text(at),
    )


async def list_kept(tx: Tx) -> list[str]:
    """Return every contact of whom anything is kept that goes on from day to day."""
    rows = await tx.all(" UNION ".join(f"SELECT contact FROM {table}" for table in _OF_CONTACT))  # noqa: S608
    return sorted(row["contact"] for row in rows)


async def forget(tx: Tx, contact: str) -> None:
    """Delete where a contact is reached and what they have chosen; what they did stands in the inquiries it was for."""
    for table in _OF_CONTACT:
        tx.forget(table)
        await tx.run(f"DELETE FROM {table} WHERE contact = :contact", contact=contact)  # noqa: S608 (constants)
    await tx.run("DELETE FROM timers WHERE contact = :contact", contact=contact)


async def load_moved_groups(tx: Tx) -> dict[tuple[str, int], int]:
    """Return channel and old number → new number, for groups that became supergroups."""
    rows = await tx.kept("moved_groups", "SELECT * FROM moved_groups")
    return tx.made("moved_groups", (rows,), lambda: {(row["channel"], row["old"]): row["new"] for row in rows})


async def move_chat(tx: Tx, old: Address, new: Address) -> None:
    """Follow a group to its new number, whoever named the old one."""
    tx.forget("moved_groups")
    tx.forget("contact_addresses")
    await tx.run(
        """INSERT INTO moved_groups (channel, old, new) VALUES (:channel, :old, :new)
           ON CONFLICT (channel, old) DO UPDATE SET new = excluded.new""",
        channel=old.channel,
        old=old.chat,
        new=new.chat,
    )
    await tx.run(
        "UPDATE contact_addresses SET chat = :new WHERE channel = :channel AND chat = :old",
        new=new.chat,
        channel=old.channel,
        old=old.chat,
    )


async def drop_moved_groups(tx: Tx, named: Iterable[int]) -> None:
    """Forget old numbers of groups that neither the rules name nor anything that was sent there.

    Args:
        named: the chats in the rules.
    """
    tx.forget("moved_groups")
    await tx.run(
        """DELETE FROM moved_groups WHERE old NOT IN (SELECT value FROM json_each(:staffed))
           AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.channel = moved_groups.channel AND chat = old)""",
        staffed=json.dumps(list(named)),
    )


async def leave_topic(tx: Tx, address: Address) -> bool:
    """Go on in the whole group where a topic was deleted; False if nobody had joined there."""
    tx.forget("contact_addresses")
    rows = await tx.all(
        """UPDATE contact_addresses SET topic = NULL
           WHERE channel = :channel AND chat = :chat AND topic = :topic RETURNING 1""",
        channel=address.channel,
        chat=address.chat,
        topic=address.topic,
    )
    return bool(rows)


async def add_invitation(tx: Tx, at: datetime, contact: str, token: str, expires_at: datetime) -> None:
    """Remember an invitation by the hash of its token; earlier unused ones for the contact end."""
    await tx.run("DELETE FROM invitations WHERE contact = :contact AND used_at IS NULL", contact=contact)
    await tx.insert(
        "INSERT INTO invitations (hash, contact, created_at, expires_at) VALUES (:hash, :contact, :at, :expires_at)",
        hash=_hash(token),
        contact=contact,
        at=as_text(at),
        expires_at=as_text(expires_at),
    )


async def use_invitation(tx: Tx, at: datetime, token: str) -> str | None:
    """Return the contact an invitation is for and use it up; None if it is unknown, used or expired."""
    row = await tx.one(
        """UPDATE invitations SET used_at = :at
           WHERE hash = :hash AND used_at IS NULL AND expires_at > :at RETURNING contact""",
        at=as_text(at),
        hash=_hash(token),
    )
    return None if row is None else str(row["contact"])


async def has_open_invitation(tx: Tx, at: datetime) -> bool:
    """Tell whether somebody may still open an invitation."""
    sql = "SELECT 1 FROM invitations WHERE used_at IS NULL AND expires_at > :at LIMIT 1"
    return await tx.one(sql, at=as_text(at)) is not None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
