"""Notes: what contacts tell each other about an inquiry, shown at every desk that has it and never outside."""

from __future__ import annotations

from dataclasses import replace

from bot.model import GONE_ASSIGNMENTS, Address, Assignment, Event, InboundMessage, MessageKind, Prompt
from bot.services import cards
from bot.services.cards import CardPlace, places_of
from bot.services.case import Case, get_case
from bot.services.people.directory import Directory, load_directory
from bot.services.pressing import Answered, Hand
from bot.services.relaying import colleagues
from bot.services.shares import filing
from bot.services.turn import Turn
from bot.store import assignments, messages, outbox
from bot.store.messages import StoredMessage


async def on_note(hand: Hand, case: Case, share: Assignment) -> Answered:
    """Ask for a note, for whoever would rather tap than begin with two strokes."""
    turn, press = hand.turn, hand.press
    await turn.notice(
        press.address,
        turn.say(turn.book.own_language, "note-ask", reference=case.reference),
        reply_to=press.message,
        inquiry_id=case.inquiry.id,
        assignment_id=share.id,
        prompt=Prompt.NOTE,
    )
    return None


async def take(turn: Turn, case: Case, share: Assignment, message: InboundMessage, directory: Directory) -> None:
    """Keep a note and show it to colleagues; the inquiry itself stays as it is, for nothing happened outside."""
    later_in_album = await messages.find_of_album(turn.tx, message) is not None
    author = directory.acting_for(share, message.address)
    note = await messages.add(turn.tx, case.inquiry.id, author, message, internal=True)
    await turn.note(Event.INQUIRY_NOTED, case.inquiry.id, contact=author, kind=message.kind)
    for other, place in await _desks(turn, case, directory, message.address):
        await colleagues.show_note(turn, case, note, other, place)
    for other in await assignments.list_open_of(turn.tx, case.inquiry.id):
        await cards.refresh_card(turn, case, other)  # it says how many notes there are
    await filing.show_due_again(turn, case)
    if not later_in_album:
        text = turn.say(turn.book.own_language, "note-kept", reference=case.reference)
        await turn.notice(
            message.address, text, reply_to=message.message, inquiry_id=case.inquiry.id, assignment_id=share.id
        )


async def pass_on_change(turn: Turn, changed: StoredMessage) -> None:
    """Show a changed note to those who have its earlier form, as a reply to it."""
    case, directory = await get_case(turn, changed.inquiry_id), await load_directory(turn)
    sent = await outbox.list_of_message(turn.tx, changed.id)
    for share, place in await _desks(turn, case, directory, changed.address):
        earlier = next((one for one in sent if one.address == place.address), None)
        under = place if earlier is None else replace(place, delivery_id=earlier.id)
        as_text = replace(changed, kind=MessageKind.TEXT)
        await colleagues.show_note(turn, case, as_text, share, under, head="note-changed")


async def _desks(turn: Turn, case: Case, directory: Directory, besides: Address) -> list[tuple[Assignment, CardPlace]]:
    """Return where the inquiry is shown to contacts now, each chat or topic once, without the one named."""
    found: dict[Address, tuple[Assignment, CardPlace]] = {}
    for share in await assignments.list_of(turn.tx, case.inquiry.id):
        if share.state in GONE_ASSIGNMENTS:
            continue
        for place in await places_of(turn, share):
            if directory.is_staff_chat(place.address) and place.address != besides:
                found.setdefault(place.address, (share, place))
    return list(found.values())
