"""Inquiries that wait for their person to choose a topic: on nobody's desk yet, and only administrators see them.

They are shown with the person's words, for nobody can choose a topic without; found by these; and given to a field.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import GENERAL, Address, Draft, Event, InquiryState, Purpose, Reason
from bot.services.cards import in_pairs
from bot.services.case import Case, get_case
from bot.services.delivery.split import split_text, utf16_length
from bot.services.inquirers import choosing
from bot.services.people.naming import name_of
from bot.services.pressing import STALE, Answered, Hand, Said
from bot.services.shares import assigning
from bot.services.turn import Turn
from bot.store import inquiries, messages, timers
from bot.store.messages import INQUIRER
from bot.store.timers import Timer, TimerKind


async def show(turn: Turn, case: Case, address: Address, reply_to: int | None = None) -> None:
    """Show who wrote what, and offer the fields to give it to."""
    own, book = turn.book.own_language, turn.book
    due_at = await timers.find_due(turn.tx, Timer(TimerKind.ASK, inquiry_id=case.inquiry.id))
    head = turn.say(
        own,
        "admin-asked",
        reference=case.reference,
        due=turn.say_moment(own, due_at or turn.at),
        contact=book.contact_name(book.contact_of(GENERAL)),
    )
    name = turn.say(own, "card-from", name=name_of(turn, case.person.first_name, case.reference))
    fields = [
        await turn.button(address, book.field_title(field, own), "admin_assign", case.inquiry.id, field=field)
        for field in (*book.rules.fields, GENERAL)
    ]
    parts = split_text("\n\n".join([head, name, *await _words(turn, case)]))
    for part in parts:
        shown = utf16_length(head) + 2 if part is parts[0] else 0
        await turn.send(
            Draft(
                address,
                purpose=Purpose.RELAY,
                text=part,
                hidden=shown if book.is_push_neutral else None,
                buttons=in_pairs(fields) if part is parts[-1] else None,
                reply_to=reply_to,
                inquiry_id=case.inquiry.id,
            )
        )


async def find(turn: Turn, words: Sequence[str]) -> list[Case]:
    """Return those that contain all these words, newest first: in the reference, the first name or a message."""
    found = []
    for inquiry in await inquiries.list_asked(turn.tx):
        case = await get_case(turn, inquiry.id)
        name = [case.person.first_name] if turn.book.shows_names else []
        said = "\n".join([case.reference, *name, *await _words(turn, case)]).casefold()
        if all(word.casefold() in said for word in words):
            found.append(case)
    return found


async def on_show(hand: Hand) -> Answered:
    """Show one that a list names."""
    turn, found = hand.turn, await _present(hand)
    if isinstance(found, Said):
        return found
    by, case = found
    await turn.note(Event.INQUIRY_LOOKED_UP, case.inquiry.id, by=by)
    await show(turn, case, hand.press.address)
    return None


async def on_assign(hand: Hand) -> Answered:
    """Give one to the field an administrator chose."""
    turn, found = hand.turn, await _present(hand)
    if isinstance(found, Said):
        return found
    by, case = found
    field = turn.book.known(str(hand.button.data["field"]))
    await choosing.put_question_away(turn, case)
    await turn.note(Event.INQUIRY_CHOSEN, case.inquiry.id, field=field, by=by)
    await assigning.assign(turn, case, [field], Reason.HANDED)
    return Said("press-moved")


async def _present(hand: Hand) -> tuple[str, Case] | Said:
    """Return which administrator pressed, and the inquiry it is about; or why nothing is done with it."""
    by = hand.directory.administrator_at(hand.press.address)
    if by is None:
        return Said("press-not-allowed-admin")
    if hand.button.inquiry_id is None:
        return STALE
    case = await get_case(hand.turn, hand.button.inquiry_id)
    return (by, case) if case.inquiry.state is InquiryState.ASKED else STALE


async def _words(turn: Turn, case: Case) -> list[str]:
    """Return what the person wrote, message by message, as contacts read it."""
    medium = turn.say(turn.book.own_language, "desk-which-media")
    written = await messages.list_of(turn.tx, case.inquiry.id)
    return [turn.book.sensitive.cover(one.text) or medium for one in written if one.author == INQUIRER]
