"""Which of a contact's words reached their person: an answer that was given up answers nothing.

The journal keeps the number of what was said beside the number of what was given up, so that it is known for as long as
the inquiry is, whatever becomes of the parked row. What is sent after all, anew or in a changed form, is noted as said
once more: it counts from then on.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.model import Draft, Event, JournalEntry
from bot.store.messages import INQUIRER

SAID = (Event.INQUIRY_ANSWERED, Event.INQUIRY_ASKED_BACK)


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
    said = [entry for entry in entries if entry.tells(field, *SAID)]
    return [entry for entry in said if entry.id not in lost]


def find_open_question(entries: Iterable[JournalEntry], field: str) -> JournalEntry | None:
    """Return the entry of a question that is a field's last word and was not answered; None if there is none.

    Whatever the person wrote or changed since counts as their answer, unless it was for another field alone.
    """
    entries = list(entries)
    said = list_said(entries, field)
    if not said or said[-1].event != Event.INQUIRY_ASKED_BACK:
        return None
    later = [one for one in entries if one.id > said[-1].id]
    wrote = any(one.event == Event.INQUIRY_FOLLOWED_UP and one.data.get("field") in (None, field) for one in later)
    changed = any(one.event == Event.INQUIRY_EDITED and one.data.get("author") == INQUIRER for one in later)
    return None if wrote or changed else said[-1]


def find_first_answer(entries: Iterable[JournalEntry]) -> JournalEntry | None:
    """Return an inquiry's first answer, in whatever field, that was not given up."""
    entries = list(entries)
    lost = _given_up(entries)
    return next((one for one in entries if one.event == Event.INQUIRY_ANSWERED and one.id not in lost), None)


def find_lost(entries: Iterable[JournalEntry], message: int) -> JournalEntry | None:
    """Return the entry of a contact's message if it was given up and not sent since, else None."""
    entries = list(entries)
    said = [one for one in entries if one.event in SAID and one.data.get("message") == message]
    return said[-1] if said and said[-1].id in _given_up(entries) else None


def has_left(entries: Iterable[JournalEntry]) -> bool:
    """Tell whether an inquiry's person cannot be reached, as far as that is known."""
    known = [one.event for one in entries if one.event in (Event.PERSON_LEFT, Event.PERSON_BACK)]
    return known[-1:] == [Event.PERSON_LEFT]


def find_failure(entries: Iterable[JournalEntry], message: int) -> str | None:
    """Return why a contact's message was given up (a `SendFailure`) if it was and not sent since, else None."""
    entries = list(entries)
    if find_lost(entries, message) is None:
        return None
    given_up = [one for one in entries if one.event == Event.DELIVERY_PARKED and one.data.get("message") == message]
    return str(given_up[-1].data.get("failure"))


def _given_up(entries: Iterable[JournalEntry]) -> frozenset[int]:
    """Return the ids of the entries whose message was given up after they were made."""
    said: dict[object, list[int]] = {}
    lost: set[int] = set()
    for entry in entries:
        if entry.event in SAID:
            said.setdefault(entry.data.get("message"), []).append(entry.id)
        elif entry.event == Event.DELIVERY_PARKED and "message" in entry.data:
            lost.update(said.get(entry.data["message"], ()))
    return frozenset(lost)
