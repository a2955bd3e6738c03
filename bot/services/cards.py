"""The card: how an inquiry reaches its contact, and how it keeps showing the present state.

A card holds the first message unshortened. What does not fit follows in further messages; what came after the first
message follows as replies to the card. The text's share of the card depends on nothing but the text, so that a redrawn
card breaks at the same place.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

from bot.errors import NotFoundError
from bot.model import (
    EMERGENCY,
    GENERAL,
    OPEN_ASSIGNMENTS,
    Address,
    Assignment,
    AssignmentState,
    Button,
    DeliveryKind,
    Draft,
    Purpose,
    Reason,
)
from bot.services.case import Case
from bot.services.directory import Reach, load_directory
from bot.services.split import split_text, utf16_length
from bot.services.turn import Turn
from bot.store import assignments, messages, outbox
from bot.store.messages import INQUIRER, StoredMessage

# Telegram takes 4,096; the rest is left to the card's own lines, about 500 in practice.
CARD_TEXT_LIMIT = 3_200
MOST_WORDS = 4

Rows = tuple[tuple[Button, ...], ...]

log = logging.getLogger(__name__)


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
    await assignments.set_card(turn.tx, share.id, card)
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


async def refresh_card(turn: Turn, case: Case, share: Assignment) -> None:
    """Redraw a share's card where it was sent, with the state it has now and the buttons that still make sense."""
    if share.card is None:
        return
    address = await address_of(turn, share)
    first = await _first_message(turn, case)
    heading, text = await _card(turn, case, share, _parts(turn, first)[0], address)
    await turn.send(
        Draft(
            address,
            DeliveryKind.EDIT,
            text=text,
            heading=heading,
            buttons=await _buttons(turn, share, address),
            edits=share.card,
            inquiry_id=case.inquiry.id,
            assignment_id=share.id,
        )
    )


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


async def _card(turn: Turn, case: Case, share: Assignment, body: str, address: Address) -> tuple[int, str]:
    """Return how long the heading is, and the whole card."""
    language = turn.book.own_language
    shares = await assignments.list_of(turn.tx, case.inquiry.id)
    head = turn.say(language, "card-head", reference=case.reference, field=turn.book.field_title(share.field, language))
    lines = [head, *_reason_lines(turn, case, share, shares)]
    if share.contact not in (await load_directory(turn)).contacts_at(address):
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
