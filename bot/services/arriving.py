"""Which of a contact's words reached their person: an answer that was given up answers nothing.

The journal keeps the number of what was said beside the number of what was given up, so that it is known for as long as
the inquiry is, whatever becomes of the parked row.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.model import Draft, JournalEntry

ANSWERED = "inquiry.answered"
SAID = (ANSWERED, "inquiry.asked_back")
GIVEN_UP = "delivery.parked"


def said_by(draft: Draft) -> int | None:
    """Return the number of the contact's message a draft brings to its person; None if it brings none.

    A changed form of one is brought as a reply to the earlier form, which has arrived all the same.
    """
    to_desk = draft.assignment_id is not None or draft.inquiry_id is None
    return None if to_desk or draft.reply_to_delivery is not None else draft.message_id


def list_said(entries: Iterable[JournalEntry], field: str, *, arrived: bool = True) -> list[JournalEntry]:
    """Return what contacts said to an inquiry's person for a field, oldest first; what is under way counts as arrived.

    Args:
        arrived: only what was not given up.
    """
    entries = list(entries)
    lost = _given_up(entries) if arrived else frozenset()
    said = [entry for entry in entries if entry.event in SAID and entry.data.get("field") == field]
    return [entry for entry in said if entry.data.get("message") not in lost]


def find_first_answer(entries: Iterable[JournalEntry]) -> JournalEntry | None:
    """Return an inquiry's first answer, in whatever field, that was not given up."""
    entries = list(entries)
    lost = _given_up(entries)
    return next((one for one in entries if one.event == ANSWERED and one.data.get("message") not in lost), None)


def _given_up(entries: Iterable[JournalEntry]) -> frozenset[object]:
    return frozenset(entry.data["message"] for entry in entries if entry.event == GIVEN_UP and "message" in entry.data)
