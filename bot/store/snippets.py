"""Texts contacts have stored to send again: by contact, title and language."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.store.database import Row, Tx
from bot.store.values import as_text


@dataclass(frozen=True)
class Snippet:
    """One text in one language."""

    id: int
    contact: str
    title: str
    language: str
    text: str


async def put(tx: Tx, at: datetime, contact: str, title: str, language: str, text: str) -> None:
    """Keep a text in the place of an earlier one with this title in this language."""
    await tx.run(
        """INSERT INTO snippets (contact, title, language, text, changed_at)
           VALUES (:contact, :title, :language, :text, :at)
           ON CONFLICT (contact, title, language) DO UPDATE
           SET (text, changed_at) = (excluded.text, excluded.changed_at)""",
        contact=contact,
        title=title,
        language=language,
        text=text,
        at=as_text(at),
    )


async def list_of(tx: Tx, contacts: Iterable[str]) -> list[Snippet]:
    """Return these contacts' snippets by title, in the order their languages came."""
    rows = await tx.all(
        "SELECT * FROM snippets WHERE contact IN (SELECT value FROM json_each(:keys)) ORDER BY title, id",
        keys=json.dumps(list(contacts)),
    )
    return [_snippet(row) for row in rows]


async def remove(tx: Tx, contacts: Iterable[str], title: str) -> bool:
    """Forget these contacts' snippet with a title in all languages; False if there was none."""
    rows = await tx.all(
        """DELETE FROM snippets
           WHERE contact IN (SELECT value FROM json_each(:keys)) AND title = :title RETURNING id""",
        keys=json.dumps(list(contacts)),
        title=title,
    )
    return bool(rows)


def _snippet(row: Row) -> Snippet:
    return Snippet(row["id"], row["contact"], row["title"], row["language"], row["text"])
