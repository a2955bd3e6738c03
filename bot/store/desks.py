"""What lies on contacts' desks: shares they answer for, stand in for, or have a copy of."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from bot.model import OPEN_ASSIGNMENTS, Assignment
from bot.store import assignments
from bot.store.database import Tx

_OPEN = ", ".join(f"'{state}'" for state in OPEN_ASSIGNMENTS)


@dataclass(frozen=True)
class OnDesk:
    """A share with what a list says of its inquiry."""

    share: Assignment
    reference: str
    name: str


async def list_on(tx: Tx, contacts: Iterable[str], *, only_open: bool = True) -> list[OnDesk]:
    """Return the shares on these contacts' desks, last spoken of first; those moved away are on no desk."""
    rows = await tx.all(
        f"""SELECT assignments.*, inquiries.reference, people.first_name
            FROM assignments JOIN inquiries ON inquiries.id = inquiry_id JOIN people ON people.id = person_id
            WHERE (assignments.state IN ({_OPEN}) OR NOT :only_open AND assignments.state <> 'moved') AND (
              contact IN (SELECT value FROM json_each(:keys)) OR seat IN (SELECT value FROM json_each(:keys))
              OR assignments.id IN (SELECT assignment_id FROM card_copies
                                    WHERE contact IN (SELECT value FROM json_each(:keys))))
            ORDER BY touched_at DESC, assignments.id DESC""",  # noqa: S608
        keys=json.dumps(list(contacts)),
        only_open=only_open,
    )
    return [OnDesk(assignments.of_row(row), row["reference"], row["first_name"]) for row in rows]


async def list_found(tx: Tx, inquiry_ids: Iterable[int]) -> list[OnDesk]:
    """Return the shares of these inquiries, newest inquiry first, without those moved away."""
    rows = await tx.all(
        """SELECT assignments.*, inquiries.reference, people.first_name
           FROM assignments JOIN inquiries ON inquiries.id = inquiry_id JOIN people ON people.id = person_id
           WHERE assignments.state <> 'moved' AND inquiry_id IN (SELECT value FROM json_each(:ids))
           ORDER BY inquiry_id DESC, assignments.id""",
        ids=json.dumps(list(inquiry_ids)),
    )
    return [OnDesk(assignments.of_row(row), row["reference"], row["first_name"]) for row in rows]
