"""The card: how an inquiry reaches its contact, and how it keeps showing the present state.

A card holds the first message unshortened. What does not fit follows in further messages; what came after the first
message follows as replies to the card. The text's share of the card depends on nothing but the text, so that a redrawn
card breaks at the same place.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from bot.errors import NotFoundError
from bot.model import (
    EMERGENCY,
    GENERAL,
    OPEN_ASSIGNMENTS,
    Address,
    Assignment,
    AssignmentState,
    Button,
    CardCopy,
    DeliveryKind,
    DeliveryState,
    Draft,
    Joined,
    Purpose,
    Reason,
)
from bot.services.case import Case
from bot.services.directory import Reach, load_directory
from bot.services.split import split_text, utf16_length
from bot.services.turn import Turn
from bot.store import assignments, card_copies, messages, outbox
from bot.store.messages import INQUIRER, StoredMessage

# Telegram takes 4,096; the rest is left to the card's own lines, about 500 in practice.
CARD_TEXT_LIMIT = 3_200
MOST_WORDS = 4

Rows = tuple[tuple[Button, ...], ...]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class CardPlace:
    """One message that shows a share: its card or a copy of it.

    Attributes:
        delivery_id: the delivery that is this message; a reply to it is a reply to the share.
        contact: in whose chat it is, as the bot reached them.
    """

    delivery_id: int
    address: Address
    contact: str


async def send_card(turn: Turn, case: Case, share: Assignment, reach: Reach | None = None) -> int | None:
    """Send a share's card to whoever is reached for it; None if nobody is, and the operator's log says so."""
    reach = reach or (await load_directory(turn)).reach(share.contact)
    if reach is None:
        log.error(
            "%s: nobody can be reached for '%s'. Invite them: python -m bot invite %s",
            case.reference,
            share.contact,
            share.contact,
        )
        await turn.note("contact.unreachable", case.inquiry.id, contact=share.contact)
        return None
    card = await _put_card(turn, case, share, reach)
    await assignments.set_card(turn.tx, share.id, card, reach.contact)
    return card


async def send_copy(turn: Turn, case: Case, share: Assignment, reach: Reach, why: Joined) -> int | None:
    """Send a copy of a share's card to somebody else, kept as current as the card; None if they have one already."""
    if any(_same_chat(place.address, reach.address) for place in await places_of(turn, share)):
        return None
    copy = await _put_card(turn, case, share, reach)
    await card_copies.add(turn.tx, CardCopy(share.id, copy, reach.contact, why))
    return copy


async def places_of(turn: Turn, share: Assignment) -> list[CardPlace]:
    """Return where a share is shown: its card first, then the copies in chats that are a contact's still."""
    places = []
    directory = await load_directory(turn)
    if share.card is not None:
        seat = share.contact if share.seat is None else share.seat
        places.append(CardPlace(share.card, await address_of(turn, share), seat))
    for copy in await card_copies.list_of(turn.tx, share.id):
        delivery = await outbox.get(turn.tx, copy.delivery_id)
        if delivery.state is not DeliveryState.PARKED and not directory.is_left(delivery.address):
            places.append(CardPlace(delivery.id, delivery.address, copy.contact))
    return places


async def refresh_card(turn: Turn, case: Case, share: Assignment) -> None:
    """Redraw a share's card and its copies, with the state it has now and the buttons that still make sense."""
    first = await _first_message(turn, case)
    directory = await load_directory(turn)
    for place in await places_of(turn, share):
        if directory.is_left(place.address):
            continue  # Its contact moved away while the share was closed; opened again, it gets a card where they are.
        heading, text = await _card(turn, case, share, _parts(turn, first)[0], place.address)
        buttons = await _buttons(turn, share, place.address)
        await turn.send(_edit(share, place, text, heading, buttons))


async def retire(turn: Turn, case: Case, earlier: Assignment, now: CardPlace) -> None:
    """Take the buttons off the card a share had before, and say who has it now; nothing goes to a former contact."""
    if earlier.card is None or earlier.card == now.delivery_id:
        return
    delivery = await outbox.get(turn.tx, earlier.card)
    if delivery.state is DeliveryState.PARKED or _same_chat(delivery.address, now.address):
        return
    if not (await load_directory(turn)).is_staff_chat(delivery.address):
        return
    first = await _first_message(turn, case)
    heading, text = await _card(turn, case, earlier, _parts(turn, first)[0], delivery.address, now_with=now.contact)
    place = CardPlace(earlier.card, delivery.address, earlier.seat or earlier.contact)
    await turn.send(_edit(earlier, place, text, heading, ()))


async def _put_card(turn: Turn, case: Case, share: Assignment, reach: Reach) -> int:
    first = await _first_message(turn, case)
    parts = _parts(turn, first)
    heading, text = await _card(turn, case, share, parts[0], reach.address)
    card = await turn.send(
        Draft(
            reach.address,
            purpose=Purpose.RELAY,
            text=text,
            heading=heading,
            buttons=await _buttons(turn, share, reach.address),
            inquiry_id=case.inquiry.id,
            assignment_id=share.id,
            message_id=first.id,
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
                reply_to_delivery=card,
                inquiry_id=case.inquiry.id,
                assignment_id=share.id,
                message_id=first.id,
            )
        )
    return card


def _edit(share: Assignment, place: CardPlace, text: str, heading: int, buttons: Rows) -> Draft:
    return Draft(
        place.address,
        DeliveryKind.EDIT,
        text=text,
        heading=heading,
        buttons=buttons,
        edits=place.delivery_id,
        inquiry_id=share.inquiry_id,
        assignment_id=share.id,
    )


def _same_chat(one: Address, other: Address) -> bool:
    return (one.channel, one.chat) == (other.channel, other.chat)


async def show_fields(turn: Turn, share: Assignment) -> None:
    """Put the other fields under a card in the place of its buttons."""
    if share.card is None:
        return
    address = await address_of(turn, share)
    language = turn.book.own_language
    fields = [
        await turn.button(
            address, turn.book.field_title(field, language), "move", share.inquiry_id, share=share.id, field=field
        )
        for field in (*turn.book.rules.fields, GENERAL)
        if field != share.field
    ]
    back = await turn.button(address, turn.say(language, "btn-back"), "back", share.inquiry_id, share=share.id)
    await turn.send(
        Draft(
            address,
            DeliveryKind.EDIT_BUTTONS,
            buttons=(*in_pairs(fields), (back,)),
            edits=share.card,
            inquiry_id=share.inquiry_id,
            assignment_id=share.id,
        )
    )


async def address_of(turn: Turn, share: Assignment) -> Address:
    """Return where a share's card went, which need not be where its contact is reached now."""
    if share.card is None:
        raise NotFoundError(f"assignment {share.id}: has no card.")
    return (await outbox.get(turn.tx, share.card)).address


def in_pairs(buttons: list[Button]) -> Rows:
    """Lay buttons out two in a row, as a phone shows them well."""
    return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))


def words_of(turn: Turn, case: Case, field: str, language: str) -> str | None:
    """Return the person's own words a field was recognised by, strongest first; None where there were none."""
    if case.inquiry.decision is None:
        return None
    found = dict.fromkeys(hit.found for hit in case.inquiry.decision.hits if hit.field == field)
    return turn.texts.together(language, list(found)[:MOST_WORDS]) if found else None


async def _card(
    turn: Turn, case: Case, share: Assignment, body: str, address: Address, now_with: str | None = None
) -> tuple[int, str]:
    """Return how long the heading is, and the whole card; `now_with`: who has the share where this card has not."""
    language = turn.book.own_language
    shares = await assignments.list_of(turn.tx, case.inquiry.id)
    head = turn.say(language, "card-head", reference=case.reference, field=turn.book.field_title(share.field, language))
    lines = [head, *_reason_lines(turn, case, share, shares)]
    if now_with is not None:
        lines.append(turn.say(language, "card-now-with", contact=turn.book.contact_name(now_with)))
    elif share.contact not in (await load_directory(turn)).contacts_at(address):
        lines.append(turn.say(language, "card-deputy", contact=turn.book.contact_name(share.contact)))
    lines += _about_lines(turn, case)
    if share.due_at is not None:
        lines.append(turn.say(language, "card-due", due=turn.say_moment(language, share.due_at)))
    lines.append(turn.say(language, "card-state", state=turn.say(language, f"state-{share.state}")))
    return utf16_length(head), "\n".join(lines) + f"\n\n{body}"


def _reason_lines(turn: Turn, case: Case, share: Assignment, shares: list[Assignment]) -> Iterator[str]:
    """Say why the inquiry is here, and with whom else."""
    language, book = turn.book.own_language, turn.book
    urgent = case.inquiry.decision is not None and case.inquiry.decision.urgent
    if urgent:
        yield turn.say(language, "card-urgent")
        danger = words_of(turn, case, EMERGENCY, language)
        if danger is not None:
            yield turn.say(language, "card-why", words=danger)
    words = words_of(turn, case, share.field, language)
    moved = [other for other in shares if other.state is AssignmentState.MOVED and other.id < share.id]
    if share.reason is Reason.MOVED and moved:
        yield turn.say(language, "card-moved-from", field=book.field_title(moved[-1].field, language))
    elif share.reason is Reason.UNDECIDED:
        yield turn.say(language, "card-ask-expired")
    elif share.reason is Reason.CHOSEN and share.field != GENERAL:
        yield turn.say(language, "card-chosen-by-person")
    if words is not None:
        yield turn.say(language, "card-why", words=words)
    elif share.field == GENERAL and share.reason in (Reason.ROUTED, Reason.CHOSEN) and not urgent:
        yield turn.say(language, "card-no-field")
    others = [other for other in shares if other.id != share.id and other.state in OPEN_ASSIGNMENTS]
    if others and share.state is not AssignmentState.MOVED:
        titles = [book.field_title(other.field, language) for other in others]
        yield turn.say(language, "card-also", others=turn.texts.together(language, titles))


def _about_lines(turn: Turn, case: Case) -> Iterator[str]:
    """Say who writes, what they want, about which place, in which language, as far as anything is known."""
    language, decision = turn.book.own_language, case.inquiry.decision
    yield turn.say(language, "card-from", name=case.person.first_name)
    if case.follows is not None:
        yield turn.say(language, "card-follows", reference=case.follows)
    if decision is None:
        return
    if decision.audience != "unknown":
        yield turn.say(language, "card-who", who=turn.say(language, f"audience-{decision.audience}"))
    if decision.direction != "other":
        yield turn.say(language, "card-wants", wants=turn.say(language, f"direction-{decision.direction}"))
    if decision.place is not None:
        yield turn.say(language, "card-place", place=decision.place)
    if decision.language is not None and decision.language != language:
        spoken = turn.texts.language_name(language, decision.language)
        yield turn.say(language, "card-language", language=spoken)


async def _buttons(turn: Turn, share: Assignment, address: Address) -> Rows:
    """Return what a contact may do with a share in its state."""
    if share.state not in OPEN_ASSIGNMENTS:
        return ()
    language = turn.book.own_language

    async def button(action: str, label: str) -> Button:
        return await turn.button(address, turn.say(language, label), action, share.inquiry_id, share=share.id)

    others = (await button("wrong", "btn-wrong-field"), await button("done", "btn-done"))
    if share.state is not AssignmentState.ASSIGNED:
        return (others,)
    # *Take* stands alone: it is what most cards want, and a thumb finds it.
    return ((await button("take", "btn-take"),), others)


async def _first_message(turn: Turn, case: Case) -> StoredMessage:
    written = await messages.list_of(turn.tx, case.inquiry.id)
    return next(message for message in written if message.author == INQUIRER)


def _parts(turn: Turn, first: StoredMessage) -> list[str]:
    if not first.text:
        return [turn.say(turn.book.own_language, "card-media")]
    return split_text(first.text, CARD_TEXT_LIMIT)
