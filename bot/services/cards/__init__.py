"""The card: how an inquiry reaches its contact, and how it keeps showing the present state.

A card holds the first message unshortened. What does not fit follows in further messages; what came after the first
message follows as replies to the card. The text's share of the card depends on nothing but the text, so that a redrawn
card breaks at the same place.
"""

from __future__ import annotations

import logging

from bot.model import (
    Assignment,
    ButtonPress,
    CardCopy,
    DeliveryKind,
    DeliveryState,
    Draft,
    Event,
    Joined,
    Person,
    Purpose,
    Rows,
)
from bot.services.cards.buttons import MakeRows, card_rows, in_pairs
from bot.services.cards.face import Face, card_text, words_of
from bot.services.cards.places import (
    CardPlace,
    address_of,
    is_shown_at,
    place_in_chat,
    place_of_message,
    places_of,
)
from bot.services.case import Case, get_case
from bot.services.delivery.split import split_text, utf16_length
from bot.services.people.directory import Reach, load_directory
from bot.services.relaying.surge import ring
from bot.services.turn import Turn
from bot.store import assignments, card_copies, inquiries, messages, outbox, unsent
from bot.store.messages import INQUIRER, StoredMessage

__all__ = [
    "CARD_TEXT_LIMIT",
    "CardPlace",
    "address_of",
    "adopt_as_card",
    "in_pairs",
    "place_in_chat",
    "places_of",
    "refresh_card",
    "refresh_cards_of",
    "retire",
    "retire_copies",
    "send_card",
    "send_copy",
    "show_menu",
    "words_of",
]

# Telegram takes 4,096; the rest is left to the card's own lines, about 500 in practice.
CARD_TEXT_LIMIT = 3_200

log = logging.getLogger(__name__)


async def send_card(turn: Turn, case: Case, share: Assignment, reach: Reach | None) -> int | None:
    """Send a share's card to whoever is reached for it; None if nobody is, and the operator's log says so."""
    if reach is None:
        log.error(
            "%s: nobody can be reached for '%s'. Invite them: python -m bot invite %s",
            case.reference,
            share.contact,
            share.contact,
        )
        await turn.note(Event.CONTACT_UNREACHABLE, case.inquiry.id, contact=share.contact)
        return None
    card = await _put_card(turn, case, share, reach)
    await assignments.set_card(turn.tx, share.id, card, reach.contact)
    return card


async def send_copy(turn: Turn, case: Case, share: Assignment, reach: Reach, why: Joined) -> int | None:
    """Send a copy of a share's card to somebody else, kept as current as the card; None if they have one already."""
    if await is_shown_at(turn, share, reach.address):
        return None
    copy = await _put_card(turn, case, share, reach, _now_with(share, why))
    await card_copies.add(turn.tx, CardCopy(share.id, copy, reach.contact, why))
    return copy


async def adopt_as_card(turn: Turn, share: Assignment, reach: Reach) -> bool:
    """Let what somebody has of a share already be its card: the card itself, or a copy; False if they have nothing."""
    here = [place for place in await places_of(turn, share) if place.address == reach.address]
    if not here or (await outbox.get(turn.tx, here[0].delivery_id)).state is DeliveryState.PARKED:
        return False
    await card_copies.remove(turn.tx, here[0].delivery_id)
    await assignments.set_card(turn.tx, share.id, here[0].delivery_id, reach.contact)
    return True


async def refresh_card(turn: Turn, case: Case, share: Assignment) -> None:
    """Redraw a share's card and its copies, with the state it has now and the buttons that still make sense.

    Menus left open go with it, and of several redrawings in one turn only the last one is sent.
    """
    first = await _first_message(turn, case)
    directory = await load_directory(turn)
    for place in await places_of(turn, share):
        if directory.is_left(place.address):
            continue  # Its contact moved away while the share was closed; opened again, it gets a card where they are.
        body, now_with = _parts(turn, first)[0], _now_with(share, place.why)
        face = await card_text(turn, case, share, body, place.address, now_with=now_with)
        await _redraw(turn, share, place, face, await card_rows(turn, share, place.address))


async def refresh_cards_of(turn: Turn, person: Person) -> None:
    """Redraw the cards of a person's open shares: something changed about the person."""
    for inquiry in await inquiries.list_open_of(turn.tx, person.id):
        case = await get_case(turn, inquiry.id)
        for share in await assignments.list_open_of(turn.tx, inquiry.id):
            await refresh_card(turn, case, share)


async def show_menu(turn: Turn, share: Assignment, press: ButtonPress, make_rows: MakeRows) -> CardPlace | None:
    """Put other buttons under the card or copy that was pressed; return where, or None if the share is not there."""
    place = await place_of_message(turn, share, press.address, press.message)
    if place is None:
        return None
    rows = await make_rows(turn, share, place.address)
    await unsent.supersede_edits(turn.tx, place.delivery_id, DeliveryKind.EDIT_BUTTONS)
    await turn.send(
        Draft(
            place.address,
            DeliveryKind.EDIT_BUTTONS,
            buttons=rows,
            edits=place.delivery_id,
            inquiry_id=share.inquiry_id,
            assignment_id=share.id,
        )
    )
    return place


async def retire(turn: Turn, case: Case, earlier: Assignment, now: CardPlace) -> None:
    """Take the buttons off the card a share had before, and say who has it now; nothing goes to a former contact."""
    if earlier.card is not None and earlier.card != now.delivery_id:
        await retire_place(turn, case, earlier, earlier.card, now)


async def retire_copies(turn: Turn, case: Case, share: Assignment, now: CardPlace) -> None:
    """Let those who joined because nobody took the share follow it no longer: somebody has it now on purpose."""
    for copy in await card_copies.list_of(turn.tx, share.id):
        if copy.why is Joined.REMINDED and copy.delivery_id != now.delivery_id:
            await card_copies.remove(turn.tx, copy.delivery_id)
            await retire_place(turn, case, share, copy.delivery_id, now)


async def retire_place(turn: Turn, case: Case, share: Assignment, delivery_id: int, now: CardPlace) -> None:
    """Take the buttons off one message that showed a share, and say there who has it now."""
    delivery = await outbox.get(turn.tx, delivery_id)
    directory = await load_directory(turn)
    if delivery.state is DeliveryState.PARKED or not directory.is_staff_chat(delivery.address):
        return
    if delivery.address.is_in_chat_of(now.address) and delivery.address not in directory.addresses.values():
        return  # in the topic of a group that is a contact's no more, mostly because it was deleted
    first = await _first_message(turn, case)
    body = _parts(turn, first)[0]
    face = await card_text(turn, case, share, body, delivery.address, now_with=now.contact)
    place = CardPlace(delivery_id, delivery.address, share.present_contact)
    await _redraw(turn, share, place, face, ())


def _now_with(share: Assignment, why: Joined | None) -> str | None:
    """Return who has a share where its card is shown to somebody who only looks at it; None to whoever answers it."""
    return share.present_contact if why is Joined.LOOKED_UP else None


async def _put_card(turn: Turn, case: Case, share: Assignment, reach: Reach, now_with: str | None = None) -> int:
    first = await _first_message(turn, case)
    parts = _parts(turn, first)
    face = await card_text(turn, case, share, parts[0], reach.address, now_with=now_with)
    rings = await ring(turn, case, CardPlace(0, reach.address, reach.contact), (first.id, first.text))
    card = await turn.send(
        Draft(
            reach.address,
            purpose=Purpose.RELAY,
            text=face.text,
            heading=face.heading,
            hidden=face.hidden,
            buttons=await card_rows(turn, share, reach.address),
            inquiry_id=case.inquiry.id,
            assignment_id=share.id,
            message_id=first.id,
            quiet=not rings,
        )
    )
    head = turn.say(turn.book.own_language, "card-continued", reference=case.reference)
    for part in parts[1:]:
        await turn.send(
            Draft(
                reach.address,
                purpose=Purpose.RELAY,
                text=f"{head}\n\n{part}",
                heading=utf16_length(head),
                hidden=utf16_length(head) + 2 if turn.book.is_push_neutral else None,
                reply_to_delivery=card,
                inquiry_id=case.inquiry.id,
                assignment_id=share.id,
                message_id=first.id,
                quiet=True,  # the card rang
            )
        )
    return card


async def _redraw(turn: Turn, share: Assignment, place: CardPlace, face: Face, rows: Rows) -> None:
    await unsent.supersede_edits(turn.tx, place.delivery_id, DeliveryKind.EDIT, DeliveryKind.EDIT_BUTTONS)
    await turn.send(
        Draft(
            place.address,
            DeliveryKind.EDIT,
            text=face.text,
            heading=face.heading,
            hidden=face.hidden,
            buttons=rows,
            edits=place.delivery_id,
            inquiry_id=share.inquiry_id,
            assignment_id=share.id,
        )
    )


async def _first_message(turn: Turn, case: Case) -> StoredMessage:
    written = await messages.list_of(turn.tx, case.inquiry.id)
    return next(message for message in written if message.author == INQUIRER)


def _parts(turn: Turn, first: StoredMessage) -> list[str]:
    if not first.text:
        return [turn.say(turn.book.own_language, "card-media")]
    return split_text(turn.book.sensitive.cover(first.text), CARD_TEXT_LIMIT)
