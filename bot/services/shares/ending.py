"""Ends a share, and with the last one the inquiry: finished by its contact, or withdrawn by its inquirer."""

from __future__ import annotations

from bot.model import Assignment, AssignmentState, Event, InquiryState
from bot.services import cards
from bot.services.case import Case, set_share_state
from bot.services.people import speaking
from bot.services.people.naming import who_has
from bot.services.shares import assigning, feedback, filing
from bot.services.turn import Turn
from bot.store import assignments, inquiries, timers
from bot.store.timers import Timer, TimerKind


async def close(turn: Turn, case: Case, share: Assignment, by: str, holder: str | None = None) -> None:
    """Finish a share; the inquiry closes with its last one. The inquirer is told either way.

    Args:
        holder: who finished it, in words for colleagues; None for whoever had taken it.
    """
    await assignments.set_holder(turn.tx, share.id, holder or share.holder, by if holder else share.taker)
    state = await set_share_state(turn, share, AssignmentState.CLOSED)
    share = await assignments.get(turn.tx, share.id)
    await cards.refresh_card(turn, case, share)
    if state is InquiryState.CLOSED:
        await turn.note(Event.INQUIRY_CLOSED, case.inquiry.id, contact=by, field=share.field)
        await filing.show_due_again(turn, case)
        await feedback.tell_closed(turn, case)
        return
    await turn.note(Event.INQUIRY_PART_CLOSED, case.inquiry.id, contact=by, field=share.field)
    await filing.show_due_again(turn, case)
    person, book = case.person, turn.book
    rest = await assignments.list_open_of(turn.tx, case.inquiry.id)
    text = turn.say(
        person.language,
        "part-closed",
        reference=case.reference,
        contact=who_has(turn, person.language, share),
        field=book.field_title(share.field, person.language),
        rest=turn.texts.together(person.language, [book.field_title(other.field, person.language) for other in rest]),
    )
    text = speaking.with_numbers(turn, person.language, text, case.inquiry)
    await turn.notice(person.address, text, inquiry_id=case.inquiry.id, part=share.field)


async def withdraw(turn: Turn, case: Case) -> None:
    """End an inquiry at the inquirer's wish; contacts need do nothing more, and the person can still undo it."""
    await turn.note(Event.INQUIRY_WITHDRAWN, case.inquiry.id)
    await timers.stop(turn.tx, Timer(TimerKind.ASK, inquiry_id=case.inquiry.id))
    for share in await assignments.list_open_of(turn.tx, case.inquiry.id):
        await set_share_state(turn, share, AssignmentState.WITHDRAWN)
        withdrawn = await assignments.get(turn.tx, share.id)
        await cards.refresh_card(turn, case, withdrawn)
        await assigning.tell_desk(
            turn, case, withdrawn, "withdrawn-contact-urgent" if share.is_urgent else "withdrawn-contact"
        )
    await inquiries.set_state(turn.tx, turn.at, case.inquiry.id, InquiryState.WITHDRAWN)
    person = case.person
    undo = await turn.button(
        person.address, turn.say(person.language, "btn-undo-withdraw"), "undo_withdraw", case.inquiry.id
    )
    text = turn.say(person.language, "withdrawn", reference=case.reference)
    await turn.notice(person.address, text, inquiry_id=case.inquiry.id, buttons=((undo,),))
