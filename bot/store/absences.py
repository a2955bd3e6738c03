"""When contacts are away. One absence a contact at a time; a new one replaces it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.store.database import Row, Tx
from bot.store.values import as_text, some_time


@dataclass(frozen=True)
class Absence:
    """From when until when a contact is away; `set_by` is the key of the contact who said so."""

    contact: str
    from_at: datetime
    until_at: datetime
    set_by: str


async def put(tx: Tx, at: datetime, absence: Absence) -> None:
    """Remember an absence in the place of an earlier one."""
    tx.forget("absences")
    await tx.run(
        """INSERT INTO absences (contact, from_at, until_at, set_by, set_at)
           VALUES (:contact, :from_at, :until_at, :set_by, :at)
           ON CONFLICT (contact) DO UPDATE SET (from_at, until_at, set_by, set_at)
             = (excluded.from_at, excluded.until_at, excluded.set_by, excluded.set_at)""",
        contact=absence.contact,
        from_at=as_text(absence.from_at),
        until_at=as_text(absence.until_at),
        set_by=absence.set_by,
        at=as_text(at),
    )


async def end(tx: Tx, contact: str) -> bool:
    """Forget a contact's absence; False if there was none."""
    tx.forget("absences")
    return await tx.one("DELETE FROM absences WHERE contact = :contact RETURNING contact", contact=contact) is not None


async def find(tx: Tx, contact: str) -> Absence | None:
    """Return a contact's absence, present or to come."""
    row = await tx.one("SELECT * FROM absences WHERE contact = :contact", contact=contact)
    return None if row is None else _absence(row)


async def list_present(tx: Tx, at: datetime) -> list[Absence]:
    """Return the absences of this moment, by contact."""
    return [absence for absence in await _list_all(tx) if absence.from_at <= at < absence.until_at]


async def list_over(tx: Tx, at: datetime) -> list[Absence]:
    """Return the absences that are over by this moment, and not ended yet, by contact."""
    return [absence for absence in await _list_all(tx) if absence.until_at <= at]


async def _list_all(tx: Tx) -> list[Absence]:
    rows = await tx.kept("absences", "SELECT * FROM absences ORDER BY contact")
    return tx.made("absences", (rows,), lambda: [_absence(row) for row in rows])


def _absence(row: Row) -> Absence:
    return Absence(row["contact"], some_time(row["from_at"]), some_time(row["until_at"]), row["set_by"])
