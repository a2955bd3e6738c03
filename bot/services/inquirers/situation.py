"""What placing a message from outside depends on: what its writer has open, what it answers, what was asked of them."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import takewhile

from bot.conversation.inquirer import ASKED_BACK_S, IN_HAND_S, Earlier, EndedMatter, OpenMatter, Situation
from bot.model import AssignmentState, Event, InboundMessage, Inquiry, InquiryState, Person
from bot.routing.durations import load_duration
from bot.services.relaying import arriving
from bot.services.turn import Turn
from bot.store import assignments, held, inquiries, journal, messages, outbox
from bot.store.held import HeldFor
from bot.store.messages import INQUIRER

MOST_ENDED = 3
_QUESTION_MARK = re.compile("[?؟]")


async def gather(turn: Turn, person: Person, message: InboundMessage) -> Situation:
    """Return everything that placing a message depends on."""
    open_ones = await inquiries.list_open_of(turn.tx, person.id)
    if person.noticed_at is None and not open_ones:
        return Situation(noticed=False)
    return Situation(
        # Without the notice only words of danger open an inquiry, and then what follows must not be held either.
        noticed=True,
        open=tuple([await matter_of(turn, one, alone=len(open_ones) == 1) for one in open_ones]),
        replied_to=await _earlier(turn, await find_replied_to(turn, person, message)),
        ended=await ended_lately(turn, person),
        album=await _find_of_album(turn, person, message),
        waiting=bool(await held.list_of(turn.tx, person.id, HeldFor.WHICH)),
    )


async def matter_of(turn: Turn, inquiry: Inquiry, *, alone: bool = False) -> OpenMatter:
    """Return an open inquiry as placing depends on it; `alone`: it is the only one, so a message may be an answer."""
    shares = await assignments.list_open_of(turn.tx, inquiry.id)
    return OpenMatter(
        inquiry_id=inquiry.id,
        asked=inquiry.state is InquiryState.ASKED,
        fields=tuple(share.field for share in shares),
        quiet_s=(turn.at - inquiry.touched_at).total_seconds(),
        answer_s=await _answer_s(turn, inquiry.id) if alone else 0,
    )


async def _answer_s(turn: Turn, inquiry_id: int) -> float:
    """Return for how long after the last word an answer to a contact is expected; 0 where none is."""
    written = [one for one in await messages.list_of(turn.tx, inquiry_id) if not one.internal]
    unanswered = list(takewhile(lambda one: one.author != INQUIRER, reversed(written)))
    if not unanswered:
        return 0
    entries = await journal.list_of(turn.tx, inquiry_id)
    arrived = [one for one in unanswered if arriving.find_lost(entries, one.id) is None]
    asked_back = {one.data.get("message") for one in entries if one.event == Event.INQUIRY_ASKED_BACK}
    if any(one.id in asked_back for one in arrived):
        return ASKED_BACK_S
    return IN_HAND_S if any(_QUESTION_MARK.search(one.text) for one in arrived) else 0


async def _earlier(turn: Turn, inquiry_id: int | None) -> Earlier | None:
    if inquiry_id is None:
        return None
    inquiry = await inquiries.get(turn.tx, inquiry_id)
    return Earlier(inquiry_id, ended=inquiry.closed_at is not None, lately=_is_lately(turn, inquiry))


async def ended_lately(turn: Turn, person: Person) -> tuple[EndedMatter, ...]:
    """Return the inquiries of a person that more words would open again, the last one first, not to offer too many."""
    found = []
    for inquiry in await inquiries.list_ended_of(turn.tx, person.id, MOST_ENDED):
        if _is_lately(turn, inquiry):
            shares = await assignments.list_of(turn.tx, inquiry.id)
            fields = tuple([one.field for one in shares if one.state is not AssignmentState.MOVED])
            found.append(EndedMatter(inquiry.id, fields, (turn.at - _last_word_at(inquiry)).total_seconds()))
    return tuple(found)


def _is_lately(turn: Turn, inquiry: Inquiry) -> bool:
    """Tell whether an inquiry ended, or its contact last wrote about it, so lately that more words open it again."""
    within = load_duration(turn.book.rules.dialogue.reopen_within)
    if inquiry.closed_at is None:
        return False
    return turn.at <= turn.book.hours.due_at(_last_word_at(inquiry), within)


def _last_word_at(inquiry: Inquiry) -> datetime:
    """Return when an inquiry ended, or its contact last wrote about it."""
    return inquiry.touched_at if inquiry.closed_at is None else max(inquiry.closed_at, inquiry.touched_at)


async def find_replied_to(turn: Turn, person: Person, message: InboundMessage) -> int | None:
    """Return the inquiry of theirs that a message answers a message of; None if it answers none."""
    if message.reply_to is None:
        return None
    delivery = await outbox.find_sent(turn.tx, message.address, message.reply_to)
    if delivery is not None:
        return await _own(turn, person, delivery.draft.inquiry_id)
    written = await messages.find(turn.tx, message.address, message.reply_to)
    return await _own(turn, person, None if written is None else written.inquiry_id)


async def find_urgent(turn: Turn, person: Person, replied_to: int | None) -> int | None:
    """Return the urgent inquiry of theirs that words of danger go on with: the one they answer, else an open one."""
    earlier = None if replied_to is None else await inquiries.get(turn.tx, replied_to)
    if earlier is not None and earlier.is_urgent and (earlier.closed_at is None or _is_lately(turn, earlier)):
        return earlier.id
    open_ones = await inquiries.list_open_of(turn.tx, person.id)
    return next((one.id for one in open_ones if one.is_urgent), None)


async def _find_of_album(turn: Turn, person: Person, message: InboundMessage) -> int | None:
    first = await messages.find_of_album(turn.tx, message)
    return await _own(turn, person, None if first is None else first.inquiry_id)


async def _own(turn: Turn, person: Person, inquiry_id: int | None) -> int | None:
    """Return the inquiry only if it is the person's: who was a contact once wrote about others' in the same chat."""
    if inquiry_id is None or (await inquiries.get(turn.tx, inquiry_id)).person_id != person.id:
        return None
    return inquiry_id
