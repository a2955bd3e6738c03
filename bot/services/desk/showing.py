"""*Show*: a contact sees what was covered, as a message under the card; the journal keeps who asked for it."""

from __future__ import annotations

from bot.model import Assignment, Draft, Event, Purpose
from bot.services import cards
from bot.services.case import Case
from bot.services.delivery.split import split_text, utf16_length
from bot.services.pressing import STALE, Answered, Hand
from bot.store import messages
from bot.store.messages import INQUIRER


async def on_show(hand: Hand, case: Case, share: Assignment) -> Answered:
    """Send every text of the person that was covered, as it was written."""
    turn = hand.turn
    place = await cards.place_in_chat(turn, share, hand.press.address)
    written = await messages.list_of(turn.tx, case.inquiry.id)
    texts = [one.text for one in written if one.author == INQUIRER and turn.book.sensitive.find(one.text)]
    if place is None or not texts:
        return STALE
    await turn.note(Event.INQUIRY_SHOWN, case.inquiry.id, by=hand.by(share))
    head = turn.say(turn.book.own_language, "shown-head", reference=case.reference)
    for part in split_text("\n\n".join([head, *texts])):
        heading = utf16_length(head) if part.startswith(head) else 0
        await turn.send(
            Draft(
                place.address,
                purpose=Purpose.RELAY,
                text=part,
                heading=heading,
                hidden=heading if turn.book.is_push_neutral else None,
                reply_to_delivery=place.delivery_id,
                inquiry_id=case.inquiry.id,
                assignment_id=share.id,
                quiet=True,
            )
        )
    return None
