"""Deleting for good: an inquiry with everything said in it, and a person with everything known of them.

Nothing may be left that leads back: what stays to be counted is a skeleton (`bot.store.skeletons`), written before. The
connection runs with `secure_delete`, so freed pages are overwritten; `Tx.scrub_after` then empties the write-ahead log.
"""

from __future__ import annotations

from datetime import datetime

from bot.store.assignments import OPEN, UNANSWERED
from bot.store.database import Tx
from bot.store.outbox import ABOUT
from bot.store.timers import TimerKind
from bot.store.values import as_text

_SHARES = "(SELECT id FROM assignments WHERE inquiry_id = :id)"
_MESSAGES = "(SELECT id FROM messages WHERE inquiry_id = :id)"
# In the order of their references, what points to a thing before the thing. The journal is append-only for what
# happens, but what happened to somebody is theirs too.
_OF_INQUIRY = (
    f"DELETE FROM card_copies WHERE assignment_id IN {_SHARES}",  # noqa: S608 (a constant)
    f"DELETE FROM timers WHERE inquiry_id = :id OR assignment_id IN {_SHARES}",  # noqa: S608 (a constant)
    f"DELETE FROM outbox WHERE inquiry_id = :id OR assignment_id IN {_SHARES} OR message_id IN {_MESSAGES}",  # noqa: S608
    f"DELETE FROM outbox WHERE {ABOUT}",  # noqa: S608 (a constant)
    "DELETE FROM buttons WHERE inquiry_id = :id",
    "DELETE FROM feedback WHERE inquiry_id = :id",
    "DELETE FROM journal WHERE inquiry_id = :id",
    "DELETE FROM messages WHERE inquiry_id = :id",
    "DELETE FROM assignments WHERE inquiry_id = :id",
    "UPDATE inquiries SET follows = NULL WHERE follows = :id",
    # A block stays, for else whoever is blocked could lift it by deleting; of its person only the hash is left.
    "UPDATE blocks SET reference = NULL WHERE reference = (SELECT reference FROM inquiries WHERE id = :id)",
    "DELETE FROM inquiries WHERE id = :id",
)
# After the person's inquiries, so what is of an inquiry still is another person's: whoever once asked as a citizen may
# be a contact by now, in the same chat.
_OF_PERSON = (
    "DELETE FROM held WHERE person_id = :id",
    "DELETE FROM timers WHERE person_id = :id",
    """DELETE FROM buttons WHERE (channel, chat) = (SELECT channel, chat FROM people WHERE id = :id)
       AND inquiry_id IS NULL""",
    # But for the orders by which messages are taken back from the chat, which leave nothing behind either.
    """DELETE FROM outbox WHERE (channel, chat) = (SELECT channel, chat FROM people WHERE id = :id)
       AND inquiry_id IS NULL AND assignment_id IS NULL
       AND NOT (state = 'queued' AND coalesce(json_extract(draft, '$.forget'), 0))""",
    "DELETE FROM people WHERE id = :id",
)


async def erase_inquiry(tx: Tx, inquiry_id: int) -> None:
    """Delete an inquiry with its messages, shares, cards, buttons, timers and journal."""
    tx.forget("messages")
    for statement in _OF_INQUIRY:
        await tx.run(statement, id=inquiry_id)


async def erase_person(tx: Tx, person_id: int) -> None:
    """Delete a person with all their inquiries, what is held for them, and what was sent to their chat."""
    for row in await tx.all("SELECT id FROM inquiries WHERE person_id = :id", id=person_id):
        await erase_inquiry(tx, row["id"])
    for statement in _OF_PERSON:
        await tx.run(statement, id=person_id)


async def list_closed_before(tx: Tx, before: datetime, most: int) -> list[int]:
    """Return the inquiries that ended before a moment, oldest first."""
    rows = await tx.all(
        "SELECT id FROM inquiries WHERE closed_at <= :before ORDER BY closed_at LIMIT :most",
        before=as_text(before),
        most=most,
    )
    return [row["id"] for row in rows]


async def list_opened_before(tx: Tx, before: datetime, most: int, *, open_too: bool = True) -> list[int]:
    """Return the inquiries opened before a moment, oldest first.

    Args:
        open_too: those that have not ended, too.
    """
    rows = await tx.all(
        """SELECT id FROM inquiries WHERE opened_at <= :before AND (:open_too OR closed_at IS NOT NULL)
           ORDER BY opened_at LIMIT :most""",
        before=as_text(before),
        open_too=open_too,
        most=most,
    )
    return [row["id"] for row in rows]


async def list_silent_since(tx: Tx, since: datetime, at: datetime, most: int) -> list[int]:
    """Return the open inquiries nobody has said or done anything about since a moment, oldest first.

    Whoever gets a share, takes it or opens it again has done something; and neither a promise may lie ahead of `at` nor
    the time by which an inquiry goes on without its person's choice. What is urgent, and so has no promised time, waits
    for somebody to answer or end it.
    """
    rows = await tx.all(
        f"""SELECT id FROM inquiries WHERE closed_at IS NULL AND touched_at <= :since
            AND NOT EXISTS (SELECT 1 FROM timers WHERE timers.inquiry_id = inquiries.id AND kind = '{TimerKind.ASK}')
            AND NOT EXISTS (
              SELECT 1 FROM assignments WHERE inquiry_id = inquiries.id AND assignments.state IN ({OPEN})
                AND (changed_at > :since OR (assignments.state IN ({UNANSWERED})
                                             AND coalesce(coalesce(promised_at, due_at) > :at, TRUE))))
            ORDER BY id LIMIT :most""",  # noqa: S608 (constants)
        since=as_text(since),
        at=as_text(at),
        most=most,
    )
    return [row["id"] for row in rows]


async def list_people_done_with(tx: Tx, before: datetime, most: int) -> list[int]:
    """Return the people without an inquiry or held message who came before a moment."""
    rows = await tx.all(
        """SELECT id FROM people WHERE created_at <= :before
           AND NOT EXISTS (SELECT 1 FROM inquiries WHERE person_id = people.id)
           AND NOT EXISTS (SELECT 1 FROM held WHERE person_id = people.id) ORDER BY id LIMIT :most""",
        before=as_text(before),
        most=most,
    )
    return [row["id"] for row in rows]


async def erase_loose(
    tx: Tx, *, parked: datetime, sent: datetime, longest: datetime, at: datetime, most: int
) -> dict[str, int]:
    """Delete what belongs to no inquiry and has served its time; return class → how much.

    Args:
        parked: what was given up before this moment; `sent`: what was sent before it, to whomever; `longest`: journal
            entries and buttons older than it; `at`: now, for invitations that have run out.
        most: how much of each class at most; where it is reached there may be more.
    """
    counts = {}
    for name, table, due, before in (
        ("parked", "inbox", "state = 'parked' AND received_at <= :before", parked),
        ("parked deliveries", "outbox", _PARKED_DELIVERIES, parked),
        ("notices", "outbox", _SENT_NOTICES, sent),
        ("journal", "journal", _OLD_ENTRIES, longest),
        ("buttons", "buttons", "inquiry_id IS NULL AND created_at <= :before", longest),
        ("invitations", "invitations", "expires_at <= :before", at),
        # Over, so there is no purpose in knowing of it; who set it for how long stays in the inquiry's journal.
        ("blocks", "blocks", "until_at <= :before", at),
    ):
        counts[name] = len(await tx.all(delete_some(table, due), before=as_text(before), most=most))
    return counts


def delete_some(table: str, due: str) -> str:
    """Return the statement that deletes at most `:most` rows of a table for which a condition holds, a row for each.

    SQLite's own LIMIT for DELETE is missing in most builds.
    """
    return f"DELETE FROM {table} WHERE rowid IN (SELECT rowid FROM {table} WHERE {due} LIMIT :most) RETURNING 1"  # noqa: S608 (constants)


# A share whose card was given up keeps the row as its card: it tells that nobody has it.
_PARKED_DELIVERIES = """
    state = 'parked' AND created_at <= :before
    AND id NOT IN (SELECT card FROM assignments WHERE card IS NOT NULL)
"""
# Entries stand in the order of time, so that only the old ones are read.
_OLD_ENTRIES = """
    at <= :before
    AND id < coalesce((SELECT id FROM journal WHERE at > :before ORDER BY id LIMIT 1), 9223372036854775807)
"""
_SENT_NOTICES = """
    inquiry_id IS NULL AND assignment_id IS NULL
    AND state IN ('sent', 'uncertain') AND created_at <= :before
"""
