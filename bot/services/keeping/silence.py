"""Closing what nobody spoke of for long: both sides are told, each as their part of it stood."""

from __future__ import annotations

from enum import IntEnum

from bot.model import Assignment, AssignmentState, Event, InquiryState, JournalEntry
from bot.services import cards
from bot.services.case import Case, set_share_state
from bot.services.people import speaking
from bot.services.relaying import arriving, open_questions
from bot.services.shares import assigning, filing
from bot.services.turn import Turn
from bot.store import assignments, inquiries, journal


class _Stood(IntEnum):
    """How a share stood when nobody spoke any more; the person is told of the highest of an inquiry's."""

    ANSWERED = 0
    ASKED = 1  # a contact's question was not answered
    WRITTEN_AGAIN = 2  # answered once, and the last word is the person's: thanks, or a question more
    UNANSWERED = 3


# What the person reads, and what the contact does.
_TOLD = {
    _Stood.ANSWERED: ("silent", "silent-contact"),
    _Stood.ASKED: ("silent-asked", "silent-contact-asked"),
    _Stood.WRITTEN_AGAIN: ("silent-written-again", "silent-contact-written-again"),
    _Stood.UNANSWERED: ("silent-unanswered", "silent-contact-unanswered"),
}


async def close(turn: Turn, case: Case) -> None:
    """Close an inquiry nobody spoke of; the person is told, and that a reply opens it again."""
    entries = await journal.list_of(turn.tx, case.inquiry.id)
    shares = await assignments.list_open_of(turn.tx, case.inquiry.id)
    stood = {share.id: _how_it_stood(entries, share) for share in shares}
    for share in shares:
        await set_share_state(turn, share, AssignmentState.CLOSED)
        await cards.refresh_card(turn, case, await assignments.get(turn.tx, share.id))
        await assigning.tell_desk(turn, case, share, _TOLD[stood[share.id]][1])
    await inquiries.set_state(turn.tx, turn.at, case.inquiry.id, InquiryState.CLOSED)
    answered = arriving.find_first_answer(entries) is not None
    await turn.note(Event.INQUIRY_SILENT, case.inquiry.id, answered=answered)
    await filing.show_due_again(turn, case)
    # Where nobody had it yet, nobody answered.
    worst = max(stood.values(), default=_Stood.UNANSWERED)
    if worst is _Stood.ASKED:
        asking = [share for share in shares if stood[share.id] is worst]
        text = open_questions.say(turn, case.person, _TOLD[worst][0], case.reference, asking)
    else:
        text = turn.say(case.person.language, _TOLD[worst][0], reference=case.reference)
    text = speaking.with_numbers(turn, case.person.language, text, case.inquiry)
    await turn.notice(case.person.address, text, inquiry_id=case.inquiry.id)


def _how_it_stood(entries: list[JournalEntry], share: Assignment) -> _Stood:
    if share.state is AssignmentState.ANSWERED:
        return _Stood.ANSWERED
    if arriving.find_open_question(entries, share.field) is not None:
        return _Stood.ASKED
    answers = [one for one in arriving.list_said(entries, share.field) if one.event == Event.INQUIRY_ANSWERED]
    return _Stood.WRITTEN_AGAIN if answers else _Stood.UNANSWERED
