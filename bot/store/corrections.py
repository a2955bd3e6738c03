"""What people taught: inquiries whose field somebody chose or corrected, with what was written."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model import Event
from bot.store.database import Tx
from bot.store.messages import INQUIRER
from bot.store.values import any_of

_SET_RIGHT = any_of((Event.INQUIRY_MOVED, Event.INQUIRY_CHOSEN))


@dataclass(frozen=True)
class DecidedText:
    """An inquiry's text and the field it belongs to after all.

    Attributes:
        corrected: somebody chose or moved it; otherwise routing placed it and nobody objected.
    """

    reference: str
    text: str
    field: str
    corrected: bool


async def list_decided(tx: Tx) -> list[DecidedText]:
    """Return every inquiry that has text and a field, oldest first; the last word about its field counts."""
    rows = await tx.all(
        f"""
        SELECT inquiries.reference,
               (SELECT group_concat(text, char(10)) FROM
                   (SELECT text FROM messages
                    WHERE inquiry_id = inquiries.id AND author = :inquirer AND text <> '' ORDER BY id)) AS said,
               (SELECT field FROM assignments
                WHERE inquiry_id = inquiries.id AND state <> 'moved' ORDER BY lead DESC, id DESC LIMIT 1) AS field,
               EXISTS (SELECT 1 FROM journal
                       WHERE inquiry_id = inquiries.id AND event IN ({_SET_RIGHT})) AS corrected
        FROM inquiries ORDER BY inquiries.id
        """,  # noqa: S608 (a constant)
        inquirer=INQUIRER,
    )
    return [
        DecidedText(row["reference"], row["said"], row["field"], bool(row["corrected"]))
        for row in rows
        if row["said"] and row["field"]
    ]
