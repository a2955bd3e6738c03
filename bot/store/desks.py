"""What lies on contacts' desks: shares they answer for, stand in for, or have a copy of."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.model import Assignment, Joined
from bot.store import assignments
from bot.store.database import Row, Tx
from bot.store.values import as_time

# Shares these contacts have, had last, or have a copy of.
_HAVE = """(own.contact IN (SELECT value FROM json_each(:keys)) OR own.seat IN (SELECT value FROM json_each(:keys))
  OR own.id IN (SELECT assignment_id FROM card_copies
                WHERE card_copies.contact IN (SELECT value FROM json_each(:keys))))"""


@dataclass(frozen=True)
class OnDesk:
    """A share with what a list says of its inquiry.

    Attributes:
        closed_at: when the inquiry was closed or withdrawn; None while it is open.
    """

    share: Assignment
    reference: str
    name: str
    closed_at: datetime | None


async def list_on(tx: Tx, contacts: Iterable[str], copies: Iterable[Joined] = tuple(Joined)) -> list[OnDesk]:
    """Return the open shares on these contacts' desks, last spoken of first.

    Args:
        copies: which copies put a share on a desk.
    """
    rows = await tx.all(
        f"""SELECT assignments.*, reference, first_name, closed_at
            FROM assignments JOIN inquiries ON inquiries.id = inquiry_id JOIN people ON people.id = person_id
            WHERE assignments.state IN ({assignments.OPEN}) AND (
              contact IN (SELECT value FROM json_each(:keys)) OR seat IN (SELECT value FROM json_each(:keys))
              OR assignments.id IN (
                SELECT assignment_id FROM card_copies
                WHERE contact IN (SELECT value FROM json_each(:keys))
                  AND why IN (SELECT value FROM json_each(:copies))))
            ORDER BY touched_at DESC, assignments.id DESC""",  # noqa: S608
        keys=json.dumps(list(contacts)),
        copies=json.dumps(list(copies)),
    )
    return [_on_desk(row) for row in rows]


@dataclass(frozen=True)
class Readable:
    """What contacts read of an inquiry, so that a search tells them no more than that.

    Attributes:
        names: first names; `cover`: makes of a text what they read of it.
    """

    names: bool
    cover: Callable[[str], str]


async def search(
    tx: Tx, words: Iterable[str], contacts: Iterable[str] | None, most: int, readable: Readable
) -> list[OnDesk]:
    """Return the inquiries that contain all these words, newest first, each by one share: a contact's own if it can be.

    Looked at are the reference, the first name and every message, without regard to capitals. An inquiry that waits for
    its topic has no share yet and is not found.

    Args:
        contacts: look only at inquiries these have, had last, or have a copy of; None for all.
        readable: look only at what contacts read.
    """
    wanted = [word.casefold() for word in words]
    rows = await tx.all(
        f"""
        SELECT assignments.*, reference, first_name, closed_at,
               (SELECT group_concat(text, char(10)) FROM messages WHERE messages.inquiry_id = inquiries.id) AS words
        FROM inquiries JOIN people ON people.id = person_id JOIN assignments ON assignments.id = (
            SELECT id FROM assignments AS own
            WHERE own.inquiry_id = inquiries.id AND own.state <> 'moved' AND (:keys IS NULL OR {_HAVE})
            ORDER BY own.lead DESC, own.id LIMIT 1)
        WHERE NOT EXISTS (
          SELECT 1 FROM json_each(:patterns) AS pattern
          WHERE NOT (reference LIKE pattern.value OR (:names AND unseal(first_name) LIKE pattern.value) OR EXISTS (
            SELECT 1 FROM messages
            WHERE messages.inquiry_id = inquiries.id AND unseal(messages.text) LIKE pattern.value)))
        ORDER BY inquiries.id DESC
        """,  # noqa: S608
        keys=None if contacts is None else json.dumps(list(contacts)),
        names=readable.names,
        patterns=json.dumps([_pattern(word) for word in wanted]),
    )
    found = []
    for row in rows:
        name = row["first_name"] if readable.names else ""
        head, said = f"{row['reference']}\n{name}\n", row["words"] or ""
        # Covering takes longer than looking, and most of what SQL found is found this way, too.
        if _has_all(head + said, wanted) and _has_all(head + readable.cover(said), wanted):
            found.append(_on_desk(row))
        if len(found) == most:
            break
    return found


async def which_of(tx: Tx, inquiry_ids: Iterable[int], contacts: Iterable[str]) -> set[int]:
    """Return which of these inquiries these contacts have, had last, or have a copy of."""
    rows = await tx.all(
        f"""SELECT DISTINCT inquiry_id FROM assignments AS own
            WHERE inquiry_id IN (SELECT value FROM json_each(:ids)) AND state <> 'moved' AND {_HAVE}""",  # noqa: S608
        ids=json.dumps(list(inquiry_ids)),
        keys=json.dumps(list(contacts)),
    )
    return {row["inquiry_id"] for row in rows}


def _has_all(text: str, wanted: list[str]) -> bool:
    text = text.casefold()
    return all(word in text for word in wanted)


def _pattern(word: str) -> str:
    """Return a pattern that fits a superset: LIKE knows no capitals but those of ASCII, nor that ß folds to ss."""
    return "%" + "".join(sign if sign.isascii() and sign.isalnum() else "_" for sign in word).replace("ss", "%") + "%"


def _on_desk(row: Row) -> OnDesk:
    return OnDesk(assignments.of_row(row), row["reference"], row["first_name"], as_time(row["closed_at"]))
