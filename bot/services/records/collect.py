"""Gathers what is stored of a person, or of one inquiry, as plain values for JSON; what is in it: see `coverage`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from bot.model import Address, Delivery, Inquiry, Person
from bot.services import lifetimes
from bot.services.turn import Turn
from bot.store import assignments, held, inbox, inquiries, journal, messages, outbox, own_data, people
from bot.store.held import HeldFor
from bot.store.messages import INQUIRER, StoredMessage
from bot.store.own_data import Record
from bot.store.values import DECISION, INBOUND, as_text
from bot.texts import bare


async def collect_person(turn: Turn, person_id: int) -> Record:
    """Return everything stored about a person; who else appears does so by role.

    Raises:
        NotFoundError: there is no such person.
    """
    person = await people.get(turn.tx, person_id)
    own = [await _own_inquiry(turn, person, one) for one in reversed(await _inquiries_of(turn, person))]
    loose = [one for one in await outbox.list_to(turn.tx, person.address) if one.draft.inquiry_id is None]
    return {
        "about": {
            "office": turn.book.rules.office.name,
            "made_at": as_text(turn.at),
            "explanation": bare(turn.say(person.language, "own-data-json-explained")),
            "contacts": {key: rule.name for key, rule in turn.book.rules.contacts.items()},
        },
        "person": {
            "channel": person.address.channel,
            "chat": person.address.chat,
            "first_name": person.first_name,
            "language": person.language,
            **await own_data.dates_of_person(turn.tx, person.id),
        },
        "inquiries": own,
        "held": await _held(turn, person),
        "outbox": await _deliveries(turn, loose, person.address),
        "timers": await own_data.timers_of_person(turn.tx, person.id),
        "inbox": await _inbox(turn, person),
        "blocks": await own_data.blocks_of(turn.tx, person.address),
    }


async def collect_file(turn: Turn, inquiry: Inquiry) -> Record:
    """Return an inquiry as it belongs in the official file: whole, with the notes among colleagues and who held it.

    Without the person's Telegram number, which no file needs. Each message carries the SHA-256 of its text (UTF-8).
    """
    person = await people.get(turn.tx, inquiry.person_id)
    shares = await assignments.list_of(turn.tx, inquiry.id)
    rows = await own_data.rows_of_inquiry(turn.tx, inquiry.id)
    for record, share in zip(rows["assignments"], shares, strict=True):
        record["holder"] = share.holder
    written = [
        {**_message(one), "sha256": hashlib.sha256(one.text.encode()).hexdigest()}
        for one in await messages.list_of(turn.tx, inquiry.id)
    ]
    return {
        "about": {
            "office": turn.book.rules.office.name,
            "made_at": as_text(turn.at),
            "rules_version": turn.book.rules.rules_version,
            "contacts": {key: rule.name for key, rule in turn.book.rules.contacts.items()},
        },
        "person": {"first_name": person.first_name, "language": person.language},
        "inquiry": await _inquiry(turn, inquiry),
        "messages": written,
        "assignments": rows["assignments"],
        "card_copies": rows["card_copies"],
        "feedback": rows["feedback"],
        "slips": rows["slips"],
        "journal": await _journal(turn, inquiry.id),
        "outbox": await _deliveries(turn, await outbox.list_of_inquiry(turn.tx, inquiry.id), None),
    }


async def _inquiries_of(turn: Turn, person: Person) -> list[Inquiry]:
    return await inquiries.list_of_person(turn.tx, person.id)


async def _own_inquiry(turn: Turn, person: Person, inquiry: Inquiry) -> Record:
    written = await messages.list_of(turn.tx, inquiry.id)
    sent = [*await outbox.list_of_inquiry(turn.tx, inquiry.id), *await _lists(turn, person, inquiry)]
    return {
        **await _inquiry(turn, inquiry),
        "goes_at": as_text(lifetimes.goes_at(turn, inquiry)),
        "messages": [_message(one) for one in written if not one.internal],
        # Art. 15(4), see `coverage`: that there is a note, not what it says.
        "notes": [{"author": one.author, "sent_at": as_text(one.sent_at)} for one in written if one.internal],
        **await own_data.rows_of_inquiry(turn.tx, inquiry.id),
        "journal": await _journal(turn, inquiry.id),
        "outbox": await _deliveries(turn, sent, person.address),
    }


async def _lists(turn: Turn, person: Person, inquiry: Inquiry) -> list[Delivery]:
    """Return the lists sent to contacts in which an inquiry stands."""
    return [one for one in await outbox.list_about(turn.tx, inquiry.id) if not _is_to(one, person.address)]


async def _inquiry(turn: Turn, inquiry: Inquiry) -> Record:
    earlier = None if inquiry.follows is None else await inquiries.get(turn.tx, inquiry.follows)
    return {
        "reference": inquiry.reference,
        "state": str(inquiry.state),
        "opened_at": as_text(inquiry.opened_at),
        "touched_at": as_text(inquiry.touched_at),
        "closed_at": None if inquiry.closed_at is None else as_text(inquiry.closed_at),
        "follows": None if earlier is None else earlier.reference,
        "for_file": inquiry.for_file,
        "filed_at": None if inquiry.filed_at is None else as_text(inquiry.filed_at),
        "decision": None if inquiry.decision is None else DECISION.dump_python(inquiry.decision, mode="json"),
    }


def _message(message: StoredMessage) -> Record:
    return {
        "author": message.author,
        "sent_at": as_text(message.sent_at),
        "edited_at": None if message.edited_at is None else as_text(message.edited_at),
        "kind": str(message.kind),
        "text": message.text,
        "album": message.album,
        "internal": message.internal,
    }


async def _journal(turn: Turn, inquiry_id: int) -> list[Record]:
    entries = await journal.list_of(turn.tx, inquiry_id)
    return [{"at": as_text(entry.at), "event": entry.event, "data": entry.data} for entry in entries]


async def _held(turn: Turn, person: Person) -> list[Record]:
    times = await own_data.held_times(turn.tx, person.id)
    return [
        {"reason": str(reason), "message": INBOUND.dump_python(one.message, mode="json"), **times[one.id]}
        for reason in HeldFor
        for one in await held.list_of(turn.tx, person.id, reason)
    ]


async def _inbox(turn: Turn, person: Person) -> list[Record]:
    rows = await inbox.list_of_lane(turn.tx, person.address.channel, str(person.address.chat))
    return [
        {
            "state": str(row.state),
            "attempts": row.attempts,
            "received_at": as_text(row.received_at),
            "error": row.error,
            "raw": row.raw,
        }
        for row in rows
    ]


async def _deliveries(turn: Turn, sent: Iterable[Delivery], own: Address | None) -> list[Record]:
    """Return when what was sent to whom; the words only where they went to the person (`own`), and are not theirs."""
    sent = list(sent)
    records = await own_data.delivery_records(turn.tx, [one.id for one in sent])
    found = []
    for one in sent:
        to_person = one.draft.assignment_id is None if own is None else _is_to(one, own)
        to = INQUIRER if to_person else "office"
        text = one.draft.text if own is not None and to_person and one.draft.message_id is None else None
        found.append({"to": to, "text": None if text is None else bare(text), **records[one.id]})
    return found


def _is_to(delivery: Delivery, own: Address) -> bool:
    return delivery.address.is_in_chat_of(own)
