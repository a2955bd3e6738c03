"""What becomes of a share once somebody had it: given back, handed on, opened again; or another field is asked in.

Each is told to whom it concerns: the cards show it, the inquirer learns who has the inquiry now and until when.
"""

from __future__ import annotations

from bot.model import Assignment, AssignmentState, Event, InquiryState, Reason
from bot.services import cards
from bot.services.case import Case, set_share_state, untake
from bot.services.people import speaking
from bot.services.people.directory import load_directory
from bot.services.people.naming import who_has, who_speaks
from bot.services.relaying import catching_up
from bot.services.shares import assigning, joining, promise, stranded
from bot.services.turn import Turn
from bot.store import assignments, inquiries


async def release(turn: Turn, case: Case, share: Assignment, by: str) -> None:
    """Give back what was taken: nobody has it any more, the promise stays, and the person is told kindly."""
    await assignments.set_holder(turn.tx, share.id, None)
    await set_share_state(turn, share, AssignmentState.ASSIGNED)
    await turn.note(Event.INQUIRY_RELEASED, case.inquiry.id, by=by, field=share.field)
    share = await assignments.get(turn.tx, share.id)
    await cards.refresh_card(turn, case, share)
    await _tell(turn, case, share, "released", contact=who_has(turn, case.person.language, share))


async def free(turn: Turn, case: Case, share: Assignment) -> None:
    """Let a share wait again that a colleague took who is not there any more; whoever has its card is rung for it.

    An answer stays given, and nobody is told; but what comes then waits to be taken.
    """
    earlier, share = share, await untake(turn, share)
    await cards.refresh_card(turn, case, share)
    if earlier.state is not AssignmentState.TAKEN:
        return
    await turn.note(Event.INQUIRY_RELEASED, case.inquiry.id, by=earlier.taker, field=share.field)
    own, holder = turn.book.own_language, joining.having(turn, earlier)
    text = turn.say(own, "reminder-free-again", reference=case.reference, contact=holder)
    if share.is_urgent:
        text += "\n" + turn.say(own, "card-at-once")
        await assigning.tell_untaken(turn, case, share)
    place, *_ = await cards.places_of(turn, share)
    await joining.say_under(turn, case, share, place, text)


async def hand(turn: Turn, case: Case, share: Assignment, contact: str, by: str) -> None:
    """Give a share to a colleague by name; it keeps its field, and its promise unless that was kept already."""
    await turn.note(Event.INQUIRY_HANDED, case.inquiry.id, by=by, to=contact, field=share.field)
    await assignments.hand(turn.tx, share.id, contact)
    await set_share_state(turn, share, AssignmentState.ASSIGNED)
    handed = await assignments.get(turn.tx, share.id)
    await assigning.hand_over(turn, case, handed)
    handed = await assignments.get(turn.tx, share.id)
    if handed.card == share.card:
        await cards.refresh_card(turn, case, handed)  # nobody can be reached: it stays where it is
    places = await cards.places_of(turn, handed)
    if places:
        await cards.retire_copies(turn, case, handed, places[0])
    await _tell(turn, case, handed, "handed", contact=who_has(turn, case.person.language, handed))


async def add_field(turn: Turn, case: Case, field: str, by: str, reason: Reason = Reason.ADDED) -> None:
    """Ask a further field in; the cards of those who have the inquiry already name it."""
    before = await assignments.list_open_of(turn.tx, case.inquiry.id)
    await turn.note(Event.INQUIRY_ADDED, case.inquiry.id, by=by, field=field)
    share = await assigning.add_share(turn, case, field, reason, lead=False)
    await inquiries.set_state(turn.tx, turn.at, case.inquiry.id, InquiryState.ASSIGNED)
    await assigning.hand_over(turn, case, share)
    for other in before:
        await cards.refresh_card(turn, case, other)
    share = await assignments.get(turn.tx, share.id)
    language = case.person.language
    title = turn.book.field_title(field, language)
    await _tell(turn, case, share, "added-field", field=title, contact=who_has(turn, language, share))


async def reopen(turn: Turn, case: Case, by: str, part: Assignment | None = None) -> list[Assignment]:
    """Open a closed or withdrawn inquiry again with those who have it now; return its open shares, maybe none.

    Whoever calls this tells the inquirer.

    The promise starts anew: a deadline that passed while the inquiry was closed would say nothing. What a contact had
    finished before the person withdrew the rest stays finished. What was written to others meanwhile is brought along.

    Args:
        part: open this share alone; the others stay as they are.
    """
    await turn.note(Event.INQUIRY_REOPENED, case.inquiry.id, by=by, **({} if part is None else {"field": part.field}))
    withdrawn = case.inquiry.state is InquiryState.WITHDRAWN
    ended = AssignmentState.WITHDRAWN if withdrawn else AssignmentState.CLOSED
    shares = [share for share in await assignments.list_of(turn.tx, case.inquiry.id) if share.state is ended]
    # A field that was asked in again after it was done has two shares; the later one stands for both.
    last = {share.field: share for share in (shares if part is None else [part])}
    for share in last.values():
        await assignments.set_due(turn.tx, share.id, promise.reckon(turn, share.field, urgent=share.is_urgent))
        await assignments.set_holder(turn.tx, share.id, None)
        await set_share_state(turn, share, AssignmentState.ASSIGNED)
    if part is None:
        await assignments.promise_together(turn.tx, case.inquiry.id)
    # Its contact may have joined or moved since.
    handed_over = await stranded.deliver_waiting(turn, inquiry_id=case.inquiry.id)
    directory = await load_directory(turn)
    for share in await assignments.list_open_of(turn.tx, case.inquiry.id):
        if share.id in handed_over:
            continue
        # Or gone away, or come back: only what is open moves with them.
        reach = directory.reach(share.contact, without=await assigning.list_dead(turn, share))
        if share.card is not None and reach is not None and reach.contact != share.present_contact:
            await turn.note(Event.INQUIRY_HANDED_OVER, case.inquiry.id, contact=share.contact, to=reach.contact)
            await assigning.hand_over(turn, case, share, reach)
        else:
            await cards.refresh_card(turn, case, share)
    for share in last.values():
        await catching_up.bring_missed(turn, case, await assignments.get(turn.tx, share.id), since=share.since)
    return await assignments.list_open_of(turn.tx, case.inquiry.id)


async def reopen_share(turn: Turn, case: Case, share: Assignment, by: str, holder: str) -> None:
    """Open one closed share again, at once in the hands of whoever did it; the promise starts anew.

    What was written to others meanwhile is brought along.
    """
    closed_at = share.since
    await turn.note(Event.INQUIRY_REOPENED, case.inquiry.id, by=by, field=share.field)
    await assignments.set_holder(turn.tx, share.id, holder, by)
    await set_share_state(turn, share, AssignmentState.TAKEN)
    await promise.renew(turn, share)
    share = await assignments.get(turn.tx, share.id)
    if share.id not in await stranded.deliver_waiting(turn, inquiry_id=case.inquiry.id):
        await cards.refresh_card(turn, case, share)
    await catching_up.bring_missed(turn, case, await assignments.get(turn.tx, share.id), since=closed_at)
    speaker = who_speaks(turn, case.person.language, share, by)
    await _tell(turn, case, share, "reopened-by-contact", contact=speaker)


async def _tell(turn: Turn, case: Case, share: Assignment, key: str, **values: str) -> None:
    """Tell the inquirer, with the date of the answer while one is owed; in an urgent inquiry whom to call."""
    person = case.person
    text = turn.say(person.language, key, reference=case.reference, **values)
    text = promise.with_date_of(turn, person.language, text, case.inquiry, await assignments.get(turn.tx, share.id))
    text = speaking.with_numbers(turn, person.language, text, case.inquiry)
    if case.inquiry.is_urgent and key == "released":
        text = speaking.with_line(turn, person.language, text, case.inquiry, "danger-untaken")
    await turn.notice(person.address, text, inquiry_id=case.inquiry.id, part=share.field)
