"""Gives an inquiry to its contacts: the shares, their due times, their cards, and what the inquirer is told.

Moving, closing, reopening and withdrawing stand here too, because each of them changes who has the inquiry.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import (
    GENERAL,
    Address,
    Assignment,
    AssignmentState,
    Draft,
    InquiryState,
    Joined,
    Reason,
)
from bot.services import cards, feedback, promise, relay
from bot.services.case import Case, get_case, set_share_state
from bot.services.directory import Directory, Reach, load_directory
from bot.services.naming import who_has, who_speaks
from bot.services.receipts import send_receipt
from bot.services.turn import Turn
from bot.store import assignments, inquiries, outbox, timers
from bot.store.messages import INQUIRER
from bot.store.timers import Timer, TimerKind

LOOKED_AT_ONCE = 500  # open shares: a few milliseconds
# Shares handed over in one transaction. Each takes 3 to 5 ms; 2,000 at once held the writer for six to nine seconds
# (measured 2026-11-27). A chat takes no more than sixty new cards a minute anyway.
AT_ONCE = 100


async def assign(turn: Turn, case: Case, fields: Sequence[str], reason: Reason) -> None:
    """Give an inquiry to the contacts of these fields, the first in the lead, and send the inquirer a receipt."""
    await timers.stop(turn.tx, Timer(TimerKind.ASK, inquiry_id=case.inquiry.id))
    shares = [await add_share(turn, case, field, reason, lead=field == fields[0]) for field in fields]
    if len(shares) > 1:
        await assignments.promise_together(turn.tx, case.inquiry.id)
    await inquiries.set_state(turn.tx, turn.at, case.inquiry.id, InquiryState.ASSIGNED)
    await turn.note(
        "inquiry.assigned",
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

    Args:
        owed: drafts left out before, in whose place these go (`relay.bring_along`).
    """
    reach = reach or (await load_directory(turn)).reach(share.contact)
    at_hand = reach is not None and await cards.make_card(turn, share, reach)
    if not at_hand and await cards.send_card(turn, case, share, reach) is None:
        return
    earlier, share = share, await assignments.get(turn.tx, share.id)
    places = await cards.places_of(turn, share)
    # What still waits for whoever had it before must not reach them: they may have left the office.
    staying = [place.address for place in places]
    owed = [*owed, *await outbox.skip_queued(turn.tx, share.id, staying, "handed over to somebody else")]
    if earlier.card is not None:
        await promise.wait_for_taker(turn, share)
    await cards.retire(turn, case, earlier, places[0])
    if at_hand:
        await cards.refresh_card(turn, case, share)
        await relay.confirm_there(turn, case, share, places[0], owed)
    else:
        await relay.bring_along(turn, case, share, places[0], owed)


async def join(turn: Turn, case: Case, share: Assignment, reach: Reach, why: Joined) -> bool:
    """Let somebody else in on a share, with a copy of its card and all that was written; False if they are already."""
    copy = await cards.send_copy(turn, case, share, reach, why)
    if copy is None:
        return False
    place = next(place for place in await cards.places_of(turn, share) if place.delivery_id == copy)
    await relay.bring_along(turn, case, share, place)
    return True


async def move(turn: Turn, case: Case, share: Assignment, field: str, by: str, mover: str | None = None) -> None:
    """Give a share to another field; both cards and the inquirer learn of it.

    Args:
        by: `inquirer` or the key of the contact who moved it.
        mover: who that was, in words for colleagues.
    """
    await move_all(turn, case, [share], field, by, mover)


async def move_all(
    turn: Turn,
    case: Case,
    shares: Sequence[Assignment],
    field: str,
    by: str = INQUIRER,
    mover: str | None = None,
) -> None:
    """Give several shares to one field, which then holds them as one; what it had answered waits for it again."""
    lead = any(share.lead for share in shares)
    for share in shares:
        await turn.note("inquiry.moved", case.inquiry.id, by=by, **{"from": share.field, "to": field})
        await assignments.set_holder(turn.tx, share.id, mover)
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
    await turn.notice(person.address, text, inquiry_id=case.inquiry.id)


async def take(turn: Turn, case: Case, share: Assignment, by: str, holder: str) -> None:
    """Mark that somebody takes care of a share, and tell the inquirer who; `holder` is what colleagues read."""
    await assignments.set_holder(turn.tx, share.id, holder)
    await set_share_state(turn, share, AssignmentState.TAKEN)
    await turn.note("inquiry.taken", case.inquiry.id, contact=by, field=share.field)
    await cards.refresh_card(turn, case, await assignments.get(turn.tx, share.id))
    person = case.person
    text = turn.say(
        person.language, "taken-by", contact=who_speaks(turn, person.language, share, by), reference=case.reference
    )
    await turn.notice(person.address, text, inquiry_id=case.inquiry.id)


async def close(turn: Turn, case: Case, share: Assignment, by: str, holder: str | None = None) -> None:
    """Finish a share; the inquiry closes with its last one. The inquirer is told either way.

    Args:
        holder: who finished it, in words for colleagues; None for whoever had taken it.
    """
    await assignments.set_holder(turn.tx, share.id, holder or share.holder)
    state = await set_share_state(turn, share, AssignmentState.CLOSED)
    await cards.refresh_card(turn, case, await assignments.get(turn.tx, share.id))
    if state is InquiryState.CLOSED:
        await turn.note("inquiry.closed", case.inquiry.id, contact=by, field=share.field)
        await feedback.tell_closed(turn, case)
        return
    await turn.note("inquiry.part_closed", case.inquiry.id, contact=by, field=share.field)
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
    await turn.notice(person.address, text, inquiry_id=case.inquiry.id)


async def reopen(turn: Turn, case: Case, by: str) -> list[Assignment]:
    """Open a closed or withdrawn inquiry again with those who have it now; return its open shares, maybe none.

    The promise starts anew: a deadline that passed while the inquiry was closed would say nothing. What a contact had
    finished before the person withdrew the rest stays finished.
    """
    await turn.note("inquiry.reopened", case.inquiry.id, by=by)
    withdrawn = case.inquiry.state is InquiryState.WITHDRAWN
    ended = AssignmentState.WITHDRAWN if withdrawn else AssignmentState.CLOSED
    # A field that was asked in again after it was done has two shares; the later one stands for both.
    last = {share.field: share for share in await assignments.list_of(turn.tx, case.inquiry.id) if share.state is ended}
    for share in last.values():
        due_at = turn.book.hours.due_at(turn.at, turn.book.answer_within(share.field))
        await assignments.set_due(turn.tx, share.id, due_at)
        await assignments.set_holder(turn.tx, share.id, None)
        await set_share_state(turn, share, AssignmentState.ASSIGNED)
    await assignments.promise_together(turn.tx, case.inquiry.id)
    # Its contact may have joined or moved since.
    handed_over = await deliver_waiting(turn, inquiry_id=case.inquiry.id)
    directory = await load_directory(turn)
    for share in await assignments.list_open_of(turn.tx, case.inquiry.id):
        if share.id in handed_over:
            continue
        # Or gone away, or come back: only what is open moves with them.
        reach = directory.reach(share.contact, without=await list_dead(turn, share))
        if share.card is not None and reach is not None and reach.contact != (share.seat or share.contact):
            await turn.note("inquiry.handed_over", case.inquiry.id, contact=share.contact, to=reach.contact)
            await hand_over(turn, case, share, reach)
        else:
            await cards.refresh_card(turn, case, share)
    return await assignments.list_open_of(turn.tx, case.inquiry.id)


async def withdraw(turn: Turn, case: Case) -> None:
    """End an inquiry at the inquirer's wish; contacts need do nothing more, and the person can still undo it."""
    await turn.note("inquiry.withdrawn", case.inquiry.id)
    await timers.stop(turn.tx, Timer(TimerKind.ASK, inquiry_id=case.inquiry.id))
    for share in await assignments.list_open_of(turn.tx, case.inquiry.id):
        await set_share_state(turn, share, AssignmentState.WITHDRAWN)
        withdrawn = await assignments.get(turn.tx, share.id)
        await cards.refresh_card(turn, case, withdrawn)
        await tell_desk(turn, case, withdrawn, "withdrawn-contact")
    await inquiries.set_state(turn.tx, turn.at, case.inquiry.id, InquiryState.WITHDRAWN)
    person = case.person
    undo = await turn.button(
        person.address, turn.say(person.language, "btn-undo-withdraw"), "undo_withdraw", case.inquiry.id
    )
    text = turn.say(person.language, "withdrawn", reference=case.reference)
    await turn.notice(person.address, text, inquiry_id=case.inquiry.id, buttons=((undo,),))


async def tell_desk(turn: Turn, case: Case, share: Assignment, key: str, **values: str) -> None:
    """Tell a share's contact something about it, under its card."""
    if share.card is None:
        return
    text = turn.say(turn.book.own_language, key, reference=case.reference, **values)
    address = await cards.address_of(turn, share)
    await turn.notice(address, text, reply_to_delivery=share.card, inquiry_id=case.inquiry.id, assignment_id=share.id)


async def deliver_waiting(
    turn: Turn, *, inquiry_id: int | None = None, joined: Address | None = None, first: int = 0
) -> set[int]:
    """Hand over the open shares whose card no contact has: never sent, given up, or in a chat that is theirs no more.

    Of very many only the first, as in `absence.settle`.

    Args:
        inquiry_id: only look at this inquiry's.
        joined: where somebody can be reached as of now, whatever could not be delivered there before.
        first: only look at shares from this one on, so that each is tried once, whatever becomes of its card.

    Returns:
        The ids of those that found somebody.
    """
    await _replace_unknown_contacts(turn, inquiry_id)
    directory = await load_directory(turn)
    found: set[int] = set()
    among = (first, assignments.EVERY[1])
    for share in await assignments.list_stranded(turn.tx, directory.addresses.values(), inquiry_id, among):
        if (reach := await _reach(turn, directory, share, joined)) is not None:
            if len(found) == AT_ONCE:
                await go_on_soon(turn, TimerKind.DELIVER, joined, first_row=share.id)
                break
            await hand_over(turn, await get_case(turn, share.inquiry_id), share, reach)
            found.add(share.id)
    return found


async def on_deliver(turn: Turn, timer: Timer) -> None:
    """Hand over the next portion of what waits for somebody to be reached."""
    await deliver_waiting(turn, joined=await still_found(turn, timer), first=timer.first_row)


async def go_on_soon(turn: Turn, kind: TimerKind, found: Address | None, first_row: int = 0) -> None:
    """Let the next sweep hand over more; where somebody was found is kept by the key of a contact reached there."""
    here = [] if found is None else (await load_directory(turn)).contacts_in_chat(found)
    await timers.start(turn.tx, turn.at, Timer(kind, contact=next(iter(here), None), first_row=first_row))


async def still_found(turn: Turn, timer: Timer) -> Address | None:
    """Return where somebody was found, unless they are gone again by now: nobody is tried again and again."""
    directory, contact = await load_directory(turn), timer.contact or ""
    return None if contact in directory.lost else directory.addresses.get(contact)


async def list_deliverable(turn: Turn) -> list[int]:
    """Return the inquiries for which `deliver_waiting` would do something now.

    It only reads, and in short statements: with tens of thousands of open shares everybody else would have to wait.
    """
    directory = await load_directory(turn)
    addresses, contacts = directory.addresses.values(), turn.book.rules.contacts
    found: set[int] = set()
    async for among in assignments.slices_of_open(turn.tx, LOOKED_AT_ONCE):
        orphaned = await assignments.list_orphaned(turn.tx, contacts, among=among)
        found.update(share.inquiry_id for share in orphaned)
        for share in await assignments.list_stranded(turn.tx, addresses, among=among):
            if await _reach(turn, directory, share) is not None:
                found.add(share.inquiry_id)
    return sorted(found)


async def _reach(turn: Turn, directory: Directory, share: Assignment, joined: Address | None = None) -> Reach | None:
    """Return who can get a stranded share; in the chat of `joined` somebody is there again, whatever failed before."""
    dead = await list_dead(turn, share)
    if joined is not None:
        dead = [address for address in dead if not address.is_in_chat_of(joined)]
    return directory.reach(share.contact, without=dead)


async def _replace_unknown_contacts(turn: Turn, inquiry_id: int | None) -> None:
    """Give shares whose contact left the rules to their field's present one, for a key is no name to sign with."""
    for share in await assignments.list_orphaned(turn.tx, turn.book.rules.contacts, inquiry_id):
        await assignments.set_contact(turn.tx, share.id, turn.book.contact_of(share.field))


async def list_dead(turn: Turn, share: Assignment) -> list[Address]:
    """Return where messages about a share could not be delivered; nobody who stands in is tried there again."""
    return (await assignments.list_dead(turn.tx, share.id)).get(share.id, [])


async def add_share(turn: Turn, case: Case, field: str, reason: Reason, *, lead: bool) -> Assignment:
    """Make a share of a field, due by the rules, without a card yet."""
    due_at = turn.book.hours.due_at(turn.at, turn.book.answer_within(field))
    share = Assignment(
        id=0,
        inquiry_id=case.inquiry.id,
        field=field,
        lead=lead,
        contact=turn.book.contact_of(field),
        reason=reason,
        state=AssignmentState.ASSIGNED,
        due_at=due_at,
    )
    share = await assignments.add(turn.tx, turn.at, share)
    await promise.watch(turn, share)
    return share
