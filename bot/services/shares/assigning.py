"""Gives an inquiry to its contacts: the shares, their due times, their cards, and what the inquirer is told.

Moving and taking stand here too, because each of them changes who has the inquiry; ending it is in `ending`.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import (
    GENERAL,
    GONE_ASSIGNMENTS,
    Address,
    Assignment,
    AssignmentState,
    Draft,
    Event,
    InquiryState,
    Joined,
    Reason,
)
from bot.services import cards
from bot.services.case import Case, set_share_state, untake
from bot.services.people import speaking
from bot.services.people.directory import Reach, load_directory
from bot.services.people.naming import who_has, who_speaks
from bot.services.relaying import catching_up
from bot.services.shares import promise
from bot.services.shares.receipts import send_receipt
from bot.services.turn import Turn
from bot.store import assignments, inquiries, timers, unsent
from bot.store.messages import INQUIRER
from bot.store.timers import Timer, TimerKind


async def assign(turn: Turn, case: Case, fields: Sequence[str], reason: Reason) -> None:
    """Give an inquiry to the contacts of these fields, the first in the lead, and send the inquirer a receipt."""
    await timers.stop(turn.tx, Timer(TimerKind.ASK, inquiry_id=case.inquiry.id))
    shares = [await add_share(turn, case, field, reason, lead=field == fields[0]) for field in fields]
    if len(shares) > 1:
        await assignments.promise_together(turn.tx, case.inquiry.id)
    await inquiries.set_state(turn.tx, turn.at, case.inquiry.id, InquiryState.ASSIGNED)
    await turn.note(
        Event.INQUIRY_ASSIGNED,
        case.inquiry.id,
        reason=reason,
        fields=list(fields),
        contacts=[share.contact for share in shares],
    )
    for share in shares:
        await hand_over(turn, case, share)
    if reason is not Reason.UNDECIDED:
        # Read again: whoever stands in is known only now.
        await send_receipt(turn, case, [await assignments.get(turn.tx, share.id) for share in shares])


async def hand_over(
    turn: Turn, case: Case, share: Assignment, reach: Reach | None = None, owed: Sequence[Draft] = ()
) -> None:
    """Send a share's card, and everything the inquirer has written besides the card's own message.

    Whoever has a copy already, or the card itself for somebody else, gets no second one: theirs is the card now.
    Whoever joined in and took it keeps it; else it waits to be taken again, which somebody in danger has to know.

    Args:
        reach: who gets it; None for whoever is reached where messages about it have not failed, which may be nobody.
        owed: drafts left out before, in whose place these go (`catching_up.bring_along`).
    """
    reach = reach or (await load_directory(turn)).reach(share.contact, without=await list_dead(turn, share))
    was_taken = share.state is AssignmentState.TAKEN
    changes_hands = reach is not None and share.card is not None and reach.contact != share.present_contact
    if changes_hands and not await _has_joined_taker(turn, share):
        share = await untake(turn, share)
    at_hand = reach is not None and await cards.adopt_as_card(turn, share, reach)
    if not at_hand and await cards.send_card(turn, case, share, reach) is None:
        return
    earlier, share = share, await assignments.get(turn.tx, share.id)
    places = await cards.places_of(turn, share)
    # What still waits for whoever had it before must not reach them: they may have left the office.
    staying = [place.address for place in places]
    owed = [*owed, *await unsent.skip_queued(turn.tx, share.id, staying, "handed over to somebody else")]
    if earlier.card is not None:
        await promise.wait_for_taker(turn, share)
    await cards.retire(turn, case, earlier, places[0])
    if at_hand or len(places) > 1:
        await cards.refresh_card(turn, case, share)
    if at_hand:
        await catching_up.confirm_there(turn, case, share, places[0], owed)
    else:
        await catching_up.bring_along(turn, case, share, places[0], owed)
    if share.is_urgent and was_taken and share.state is AssignmentState.ASSIGNED:
        await tell_untaken(turn, case, share)


async def _has_joined_taker(turn: Turn, share: Assignment) -> bool:
    """Tell whether whoever took a share has a copy of its card, and is here: it is theirs, whoever has the card."""
    joined = [place.contact for place in await cards.places_of(turn, share) if place.why is not None]
    return share.taker in joined and (await load_directory(turn)).is_there(share.taker)


async def tell_untaken(turn: Turn, case: Case, share: Assignment) -> None:
    """Tell somebody in danger that whoever took care of their inquiry has it no more; without a sound, by night too."""
    language = case.person.language
    text = turn.say(language, "released", reference=case.reference, contact=who_has(turn, language, share))
    text = speaking.with_numbers(turn, language, text, case.inquiry)
    text = speaking.with_line(turn, language, text, case.inquiry, "danger-untaken")
    await turn.send(
        Draft(case.person.address, text=text, inquiry_id=case.inquiry.id, part=share.field, quiet=True),
    )


async def join(turn: Turn, case: Case, share: Assignment, reach: Reach, why: Joined) -> bool:
    """Let somebody else in on a share, with a copy of its card and all that was written; False if they are already."""
    copy = await cards.send_copy(turn, case, share, reach, why)
    if copy is None:
        return False
    place = next(place for place in await cards.places_of(turn, share) if place.delivery_id == copy)
    await catching_up.bring_along(turn, case, share, place)
    return True


async def move_all(
    turn: Turn,
    case: Case,
    shares: Sequence[Assignment],
    field: str,
    by: str = INQUIRER,
    mover: str | None = None,
) -> None:
    """Give shares to one field, which then holds them as one; what it had answered waits for it again.

    Their cards and the inquirer learn of it.

    Args:
        by: `inquirer` or the key of the contact who moved them.
        mover: who that was, in words for colleagues.
    """
    lead = any(share.lead for share in shares)
    for share in shares:
        await turn.note(Event.INQUIRY_MOVED, case.inquiry.id, by=by, **{"from": share.field, "to": field})
        await assignments.set_holder(turn.tx, share.id, mover, None if by == INQUIRER else by)
        await set_share_state(turn, share, AssignmentState.MOVED)
        await cards.refresh_card(turn, case, await assignments.get(turn.tx, share.id))
    others = await assignments.list_open_of(turn.tx, case.inquiry.id)
    taken = next((other for other in others if other.field == field), None)
    if taken is None:
        taken = await add_share(turn, case, field, Reason.MOVED, lead=lead)
        await inquiries.set_state(turn.tx, turn.at, case.inquiry.id, InquiryState.ASSIGNED)
        await hand_over(turn, case, taken)
    else:
        if lead:
            await assignments.set_lead(turn.tx, taken.id)
        await _take_in(turn, case, taken, shares)
    for other in await assignments.list_of(turn.tx, case.inquiry.id):
        # Their cards name who else has it; those of parts that are done do so too.
        if other.id != taken.id and other.state not in GONE_ASSIGNMENTS:
            await cards.refresh_card(turn, case, other)
    await _tell_moved(turn, case, await assignments.get(turn.tx, taken.id))


async def _take_in(turn: Turn, case: Case, share: Assignment, moved: Sequence[Assignment]) -> None:
    """Let a share stand for others of its inquiry too; an answer given before says nothing about those."""
    if share.state is not AssignmentState.ANSWERED:
        await cards.refresh_card(turn, case, share)
        return
    await assignments.set_holder(turn.tx, share.id, None)
    await set_share_state(turn, share, AssignmentState.ASSIGNED)
    share = await assignments.get(turn.tx, share.id)
    await cards.refresh_card(turn, case, share)
    own = turn.book.own_language
    fields = turn.texts.together(own, [turn.book.field_title(other.field, own) for other in moved])
    await tell_desk(turn, case, share, "moved-here", field=fields)


async def _tell_moved(turn: Turn, case: Case, share: Assignment) -> None:
    person, book = case.person, turn.book
    general = share.field == GENERAL
    text = turn.say(
        person.language,
        "moved-general" if general else "moved",
        reference=case.reference,
        contact=who_has(turn, person.language, share),
        **({} if general else {"field": book.field_title(share.field, person.language)}),
    )
    text = promise.with_date_of(turn, person.language, text, case.inquiry, share)
    await turn.notice(person.address, text, inquiry_id=case.inquiry.id, part=share.field)


async def take(turn: Turn, case: Case, share: Assignment, by: str, holder: str) -> None:
    """Mark that somebody takes care of a share, and tell the inquirer who; `holder` is what colleagues read."""
    await assignments.set_holder(turn.tx, share.id, holder, by)
    await set_share_state(turn, share, AssignmentState.TAKEN)
    await turn.note(Event.INQUIRY_TAKEN, case.inquiry.id, contact=by, field=share.field)
    taken = await assignments.get(turn.tx, share.id)
    await promise.wait_for_taker(turn, taken)
    await cards.refresh_card(turn, case, taken)
    person = case.person
    text = turn.say(
        person.language, "taken-by", contact=who_speaks(turn, person.language, share, by), reference=case.reference
    )
    await turn.notice(person.address, text, inquiry_id=case.inquiry.id, part=share.field)


async def tell_desk(turn: Turn, case: Case, share: Assignment, key: str, **values: str) -> None:
    """Tell all who have a share something about it, under its card and its copies; of what is urgent, that it is."""
    own = turn.book.own_language
    text = turn.say(own, key, reference=case.reference, **values)
    if share.is_urgent:
        text = turn.say(own, "relayed-urgent", line=text)
    for place in await cards.places_of(turn, share):
        await turn.notice(
            place.address,
            text,
            reply_to_delivery=place.delivery_id,
            inquiry_id=case.inquiry.id,
            assignment_id=share.id,
        )


async def list_dead(turn: Turn, share: Assignment) -> list[Address]:
    """Return where messages about a share could not be delivered; nobody who stands in is tried there again."""
    return (await assignments.list_dead(turn.tx, share.id)).get(share.id, [])


async def add_share(turn: Turn, case: Case, field: str, reason: Reason, *, lead: bool) -> Assignment:
    """Make a share of a field, due by the rules, without a card yet."""
    share = Assignment(
        id=0,
        inquiry_id=case.inquiry.id,
        field=field,
        lead=lead,
        contact=turn.book.contact_of(field),
        reason=reason,
        state=AssignmentState.ASSIGNED,
        due_at=promise.reckon(turn, field, urgent=case.inquiry.is_urgent),
    )
    share = await assignments.add(turn.tx, turn.at, share)
    await promise.watch(turn, share)
    return share
