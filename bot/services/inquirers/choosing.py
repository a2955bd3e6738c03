"""The topic a person chooses with a button: when they were asked, too late, or never.

Too late is no fault of theirs: the question still stands in their chat, and what they tap there is what they mean. So
until they have chosen once, a tap moves the inquiry from wherever it went meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import Event, InquiryState, Prompt, Reason
from bot.services.case import Case
from bot.services.inquirers import questions
from bot.services.people.naming import who_has
from bot.services.pressing import STALE, Answered, Said
from bot.services.shares import assigning, handing
from bot.services.turn import Turn
from bot.store import assignments, journal, outbox
from bot.store.messages import INQUIRER


async def choose(turn: Turn, case: Case, fields: Sequence[str]) -> Answered:
    """Bring an inquiry to the fields its person chose; they may choose once only."""
    asked = case.inquiry.state is InquiryState.ASKED
    if not asked and not await _is_unchosen(turn, case):
        return STALE
    for field in fields:
        await turn.note(Event.INQUIRY_CHOSEN, case.inquiry.id, field=field)
    if asked:
        await assigning.assign(turn, case, fields, Reason.CHOSEN)
        return None
    return await _choose_late(turn, case, fields)


async def put_question_away(turn: Turn, case: Case) -> bool:
    """Take away the buttons of the question asked last; True if its person may have seen them."""
    question = await outbox.find_last_prompt(turn.tx, case.person.address, Prompt.FIELD, inquiry_id=case.inquiry.id)
    if question is None:
        return False
    text = question.draft.text
    for language in turn.book.rules.office.languages:
        # What was noted stays so; what was asked is asked further down, or not any more.
        text = turn.say(language, "ask-noted") if text == turn.say(language, "ask-more") else text
    return await questions.put_away(turn, question, text)


async def _is_unchosen(turn: Turn, case: Case) -> bool:
    """Tell whether an open inquiry went on without its person's choice, and they have not chosen since."""
    if not await assignments.list_open_of(turn.tx, case.inquiry.id):
        return False
    unchosen = False
    for entry in await journal.list_of(turn.tx, case.inquiry.id):
        if entry.event == Event.INQUIRY_TIMED_OUT:
            unchosen = True
        elif entry.event == Event.INQUIRY_CHOSEN or (
            entry.event == Event.INQUIRY_MOVED and entry.data.get("by") == INQUIRER
        ):
            unchosen = False
    return unchosen


async def _choose_late(turn: Turn, case: Case, fields: Sequence[str]) -> Answered:
    shares = await assignments.list_open_of(turn.tx, case.inquiry.id)
    there = {share.field: share for share in shares}
    missing = [field for field in fields if field not in there]
    moving = [share for share in shares if share.field not in fields]
    if not missing and not moving:
        return Said("press-there-already", {"contact": who_has(turn, case.person.language, there[fields[0]])})
    if moving:
        target = missing.pop(0) if missing else fields[0]
        await assigning.move_all(turn, case, moving, target)
    for field in missing:
        await handing.add_field(turn, case, field, INQUIRER, Reason.CHOSEN)
    return None
