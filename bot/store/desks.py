"""What lies on contacts' desks: shares they answer for, stand in for, or have a copy of."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.model import Assignment, Joined
from bot.store import assignments
from bot.store.database import Row, Tx
from bot.store.messages import INQUIRER
from bot.store.values import as_time

# Shares these contacts have, had last, or have a copy of.
_HAVE = """(own.contact IN (SELECT value FROM json_each(:keys)) OR own.seat IN (SELECT value FROM json_each(:keys))
  OR EXISTS (SELECT 1 FROM card_copies WHERE assignment_id = own.id
             AND card_copies.contact IN (SELECT value FROM json_each(:keys))))"""
_THEIRS = f"own.inquiry_id = inquiries.id AND own.state <> 'moved' AND (:keys IS NULL OR {_HAVE})"
# Where contacts read no name, they do not read what was put into a snippet either: who tapped for it did not write it.
_READ = f"messages.inquiry_id = inquiries.id AND (:names OR message > 0 OR author = '{INQUIRER}')"
# So many inquiries are looked through with one statement: others read in between, and a common word needs no more.
SLICE = 500
_AFTER_ALL = (1 << 63) - 1


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
) -> list[int]:
    """Return the inquiries that contain all these words, newest first.

    Looked at are the reference, the first name and every message, without regard to capitals. An inquiry that waits for
    its topic has no share yet and is not found. What is nowhere takes a look at all there is: seconds, where there are
    a million messages, and so many short statements. So it is not for a transaction that others wait for.

    Args:
        contacts: look only at inquiries these have, had last, or have a copy of; None for all.
        readable: look only at what contacts read.
    """
    wanted = [word.casefold() for word in words]
    asked = {
        "keys": None if contacts is None else json.dumps(list(contacts)),
        "names": readable.names,
        "patterns": json.dumps([_pattern(word) for word in wanted]),
    }
    found: list[int] = []
    last = await _newest_before(tx, _AFTER_ALL)
    while last is not None:
        first = last - SLICE + 1
        for row in await tx.all(_SEARCH, first=first, last=last, **asked):
            said = await tx.all(_SAID, id=row["id"], names=readable.names)
            name = row["first_name"] if readable.names else ""
            if _is_found(f"{row['reference']}\n{name}", [one["text"] for one in said], wanted, readable):
                found.append(row["id"])
            if len(found) == most:
                return found
        last = await _newest_before(tx, first)
    return found


_SEARCH = f"""
    SELECT inquiries.id, reference, first_name FROM inquiries JOIN people ON people.id = person_id
    WHERE inquiries.id BETWEEN :first AND :last AND EXISTS (SELECT 1 FROM assignments AS own WHERE {_THEIRS})
      AND NOT EXISTS (
        SELECT 1 FROM json_each(:patterns) AS pattern
        WHERE NOT (reference LIKE pattern.value OR (:names AND unseal(first_name) LIKE pattern.value) OR EXISTS (
          SELECT 1 FROM messages WHERE {_READ} AND unseal(messages.text) LIKE pattern.value)))
    ORDER BY inquiries.id DESC
"""  # noqa: S608 (constants)
_SAID = f"""
    SELECT messages.text FROM inquiries JOIN messages ON {_READ} WHERE inquiries.id = :id ORDER BY messages.id
"""  # noqa: S608 (a constant)


async def _newest_before(tx: Tx, inquiry_id: int) -> int | None:
    row = await tx.one("SELECT max(id) AS id FROM inquiries WHERE id < :id", id=inquiry_id)
    return None if row is None else row["id"]


def _is_found(head: str, said: list[str], wanted: list[str], readable: Readable) -> bool:
    # Covering takes longer than looking, and most of what SQL found is found this way, too.
    if not _has_all("\n".join([head, *said]), wanted):
        return False
    return _has_all("\n".join([head, *map(readable.cover, said)]), wanted)


async def load_found(tx: Tx, inquiry_ids: Iterable[int], contacts: Iterable[str] | None) -> list[OnDesk]:
    """Return these inquiries as a list says them, each by one share: a contact's own if it can be.

    Args:
        contacts: as for `search`; who had one then need not have it now.
    """
    rows = await tx.all(
        f"""
        SELECT assignments.*, reference, first_name, closed_at
        FROM json_each(:ids) AS found JOIN inquiries ON inquiries.id = found.value
        JOIN people ON people.id = person_id JOIN assignments ON assignments.id = (
            SELECT id FROM assignments AS own WHERE {_THEIRS} ORDER BY own.lead DESC, own.id LIMIT 1)
        ORDER BY found.key
        """,  # noqa: S608 (constants)
        ids=json.dumps(list(inquiry_ids)),
        keys=None if contacts is None else json.dumps(list(contacts)),
    )
    return [_on_desk(row) for row in rows]


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
