"""Carries people's words over: from the inquirer to the contacts, and back.

Only when the channel has confirmed it is the writer told that it was passed on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.conversation.staff import note_words
from bot.model import Address, Assignment, AssignmentState, Delivery, DeliveryState, Draft, MessageKind, Purpose
from bot.services import colleagues, promise, speaking
from bot.services.cards import CardPlace, address_of, places_of
from bot.services.carrying import carry, carry_to_desk, draft_under
from bot.services.case import Case
from bot.services.directory import load_directory
from bot.services.naming import name_in_push, who_has, who_speaks
from bot.services.surge import is_quiet
from bot.services.turn import Turn
from bot.store import messages, outbox
from bot.store.messages import INQUIRER, StoredMessage

# The lines above thanks, after which nobody has to do anything.
THANKS, THANKS_WHILE_OPEN = "relayed-thanks", "relayed-thanks-open"


@dataclass(frozen=True)
class Echo:
    """What the inquirer hears of a message of theirs: if it could not be passed on, in any case.

    It looks at the card alone: whoever has a copy only follows along.

    Attributes:
        confirm: they hear that it was passed on, too.
        due_at: until when an answer is promised now, told with that.
        part: where their message goes to one share alone, its field: a reply to what they hear does too.
    """

    confirm: bool
    due_at: datetime | None = None
    part: str | None = None


async def pass_on(
    turn: Turn,
    case: Case,
    message: StoredMessage,
    share: Assignment,
    *,
    head: str = "relayed",
    echo: Echo | None = None,
) -> None:
    """Bring a message from the inquirer to whoever has the card of one share or a copy of it, as a reply to that.

    Args:
        head: the text key of the line above it.
        echo: what the inquirer hears of it; None for nothing, whatever becomes of it.
    """
    if share.card is None:
        # The card, when somebody can be reached, brings all messages along.
        if echo is not None:
            await turn.send(replace(_told(turn, case, message, share, "not-passed-on"), part=echo.part))
        return
    card, *copies = await places_of(turn, share)
    drafts = await drafts_for(turn, case, message, share, card, head)
    if echo is not None:
        passed_on = replace(_told(turn, case, message, share, "passed-on", echo.due_at), part=echo.part)
        drafts[-1] = replace(
            drafts[-1],
            then=passed_on if echo.confirm else None,
            otherwise=replace(_complaint(turn, case, message, share), part=echo.part),
        )
    for place in copies:
        drafts += await drafts_for(turn, case, message, share, place, head)
    for draft in drafts:
        await turn.send(draft)


async def drafts_for(
    turn: Turn, case: Case, message: StoredMessage, share: Assignment, place: CardPlace, head: str
) -> list[Draft]:
    """Return what brings a message from the inquirer under a card or a copy; never empty."""
    return await _quietened(turn, case, place, message, _passed_on(turn, case, message, share, place, head))


async def bring_along(turn: Turn, case: Case, share: Assignment, place: CardPlace, owed: Sequence[Draft] = ()) -> None:
    """Bring under a card or a copy just sent all that was written: by the inquirer, to them, and among colleagues.

    Args:
        owed: drafts in whose place these go; what was to follow on them follows on these.
    """
    on_card = True  # the inquirer's first words, if they are text
    for message in await messages.list_of(turn.tx, case.inquiry.id):
        if message.internal:
            await pass_on_note(turn, case, message, share, place)
        elif message.author == INQUIRER:
            if not on_card or message.kind is not MessageKind.TEXT:
                *drafts, last = _passed_on(turn, case, message, share, place, "relayed")
                for draft in (*drafts, _with_what_follows(turn, case, message, share, last, owed)):
                    await turn.send(replace(draft, quiet=True))  # the card rang
            on_card = False
        else:
            for draft in await colleagues.shown(turn, case, message, share, place):
                await turn.send(draft)


async def bring_missed(turn: Turn, case: Case, share: Assignment, *, since: datetime | None) -> None:
    """Bring under a share's card and its copies what did not come there, because it was written while that was closed.

    Of what the inquirer wrote nothing is left out, and what was changed since it came is brought in its new form. Notes
    came all the same.

    Args:
        since: when it was closed; what colleagues wrote before is left out.
    """
    written = [one for one in await messages.list_of(turn.tx, case.inquiry.id) if not one.internal]
    for place in await places_of(turn, share):
        for message in written:
            there = await colleagues.list_brought(turn, message, share, place)
            drafts: list[Draft] = []
            if message.author != INQUIRER:
                is_later = since is None or message.sent_at >= since
                if is_later and not there and not message.address.is_in_chat_of(place.address):
                    drafts = await colleagues.shown(turn, case, message, share, place)
            elif not there:
                drafts = _passed_on(turn, case, message, share, place, "relayed")
            elif message.edited_at is not None and (there[-1].created_at or turn.at) < message.edited_at:
                drafts = _changed(turn, case, message, share, there[0])
            for draft in drafts:
                await turn.send(replace(draft, quiet=True))


async def confirm_there(turn: Turn, case: Case, share: Assignment, place: CardPlace, owed: Sequence[Draft]) -> None:
    """Let what is owed on drafts that are not sent any more follow on what the same messages brought to a place."""
    ids = {draft.message_id for draft in owed}
    for message in (one for one in await messages.list_of(turn.tx, case.inquiry.id) if one.id in ids):
        there = [
            one
            for one in await outbox.list_of_message(turn.tx, message.id)
            if one.draft.assignment_id == share.id and one.address.is_in_chat_of(place.address)
        ]
        if not there:
            continue
        draft = _with_what_follows(turn, case, message, share, there[-1].draft, owed)
        follows = None
        match there[-1].state:
            case DeliveryState.QUEUED | DeliveryState.SENDING:
                await outbox.put_draft(turn.tx, there[-1].id, draft)
            case DeliveryState.SENT:
                follows = draft.then
            case DeliveryState.PARKED:
                follows = draft.otherwise
        if follows is not None:
            await turn.send(follows)


def _with_what_follows(
    turn: Turn, case: Case, message: StoredMessage, share: Assignment, draft: Draft, owed: Sequence[Draft]
) -> Draft:
    """Return the last draft that carries a message, with what was to follow on one that went to somebody else."""
    former = next((one for one in owed if one.message_id == message.id), None)
    if former is None:
        return draft
    told = _told(turn, case, message, share, "passed-on")
    # A date may have been told with the former one alone.
    text = promise.with_date_of(turn, case.person.language, told.text or "", case.inquiry, share)
    then, otherwise = former.then, former.otherwise
    return replace(
        draft,
        then=then and replace(told, text=text, part=then.part),
        otherwise=otherwise and replace(_complaint(turn, case, message, share), part=otherwise.part),
    )


async def pass_on_note(
    turn: Turn,
    case: Case,
    note: StoredMessage,
    share: Assignment,
    place: CardPlace,
    *,
    head: str = "note-from",
    under: int | None = None,
) -> None:
    """Show a note to whoever has a card or a copy, as a reply to that.

    Args:
        head: the text key of the line above it.
        under: the delivery to reply to instead.
    """
    contact = turn.book.contact_name(note.author)
    line = turn.say(turn.book.own_language, head, contact=contact, reference=case.reference)
    base = draft_under(replace(place, delivery_id=under or place.delivery_id), share, note)
    for draft in carry_to_desk(turn, replace(note, text=note_words(note.text)), line, base, signed=True):
        await turn.send(draft)


async def _quietened(
    turn: Turn, case: Case, place: CardPlace, message: StoredMessage, drafts: list[Draft]
) -> list[Draft]:
    """Let a message, or a changed form of it, ring once at most, and not at all where enough rang just now."""
    quiet = await is_quiet(turn, case, place, (message.id, message.text))
    return [replace(draft, quiet=quiet or draft is not drafts[0]) for draft in drafts]


def _passed_on(
    turn: Turn, case: Case, message: StoredMessage, share: Assignment, place: CardPlace, head: str
) -> list[Draft]:
    line = _line_above(turn, case, head)
    signed = head != "relayed" or case.inquiry.is_urgent
    return carry_to_desk(turn, message, line, draft_under(place, share, message), signed=signed)


def _line_above(turn: Turn, case: Case, head: str) -> str:
    """Return the line that tells a contact whose words follow; in an urgent inquiry all but thanks are marked so."""
    own, name = turn.book.own_language, name_in_push(turn, case.person.first_name, case.reference)
    line = turn.say(own, head, reference=case.reference, name=name)
    return (
        turn.say(own, "relayed-urgent", line=line)
        if case.inquiry.is_urgent and head not in (THANKS, THANKS_WHILE_OPEN)
        else line
    )


def _complaint(turn: Turn, case: Case, message: StoredMessage, share: Assignment) -> Draft:
    """Return what the inquirer is told when a message of theirs could not be sent on.

    A medium may be just what that chat does not take, while text would get through.
    """
    key = "not-passed-on" if message.kind is MessageKind.TEXT else "not-passed-on-medium"
    return replace(_told(turn, case, message, share, key), purpose=Purpose.NEEDED)


def _told(
    turn: Turn, case: Case, message: StoredMessage, share: Assignment, key: str, due_at: datetime | None = None
) -> Draft:
    """Return what the inquirer is told about a message of theirs; in an urgent inquiry, whom to call each time."""
    language = case.person.language
    text = turn.say(language, key, reference=case.reference, contact=who_has(turn, language, share))
    text = speaking.with_numbers(turn, language, text, case.inquiry)
    if due_at is not None:
        text = "\n".join([text, *promise.due_line(turn, language, case.inquiry, due_at)])
    return Draft(case.person.address, text=text, reply_to=message.message, inquiry_id=case.inquiry.id)


async def bring_answer(
    turn: Turn,
    case: Case,
    message: StoredMessage,
    share: Assignment,
    *,
    confirm: bool = True,
    head: str = "answer",
    sent: str | None = None,
) -> None:
    """Bring a contact's message to the inquirer, signed with the contact's role.

    Args:
        confirm: tell the contact once it was sent; if it could not be, they are told in any case.
        head: the text key of the line above it; `sent`: of the confirmation, None for the usual one.
    """
    person = case.person
    speaker = who_speaks(turn, person.language, share, message.author)
    line = turn.say(person.language, head, contact=speaker, reference=case.reference)
    last = await messages.find_last_from_inquirer(turn.tx, case.inquiry.id)
    base = Draft(
        person.address,
        purpose=Purpose.RELAY,
        reply_to=None if last is None or last.message < 0 else last.message,
        inquiry_id=case.inquiry.id,
        part=share.field,
        message_id=message.id,
    )
    drafts = carry(message, line, base, signed=confirm)
    key = "answer-sent-closed" if share.state is AssignmentState.CLOSED else "answer-sent"
    told = await _fate(turn, case, message, share, sent or key) if confirm else None
    not_sent = await _fate(turn, case, message, share, "answer-not-sent")
    drafts[-1] = replace(drafts[-1], then=told, otherwise=not_sent)
    for draft in drafts:
        await turn.send(draft)


async def _fate(turn: Turn, case: Case, message: StoredMessage, share: Assignment, key: str) -> Draft:
    """Return what a contact is told when a message of theirs was sent to the inquirer, or could not be."""
    name = name_in_push(turn, case.person.first_name, case.reference)
    return Draft(
        await _desk_of(turn, message, share),
        # Missed, it would leave them thinking that the person has it.
        purpose=Purpose.NEEDED if key == "answer-not-sent" else Purpose.NOTICE,
        text=turn.say(turn.book.own_language, key, name=name, reference=case.reference),
        reply_to=message.message if message.message > 0 else None,
        # What was tapped rather than written stands in no chat, but its card does.
        reply_to_delivery=share.card if message.message < 0 else None,
        inquiry_id=case.inquiry.id,
        assignment_id=share.id,
    )


async def _desk_of(turn: Turn, message: StoredMessage, share: Assignment) -> Address:
    """Return where a contact's message was written; the store does not keep its topic, the card's row does."""
    if share.card is not None:
        card = await address_of(turn, share)
        if card.is_in_chat_of(message.address):
            return card
    return message.address


async def pass_on_edit(
    turn: Turn,
    case: Case,
    message: StoredMessage,
    shares: Sequence[Assignment],
    *,
    then: Draft | None = None,
    otherwise: Draft | None = None,
) -> bool:
    """Bring a changed text to those who have its earlier form, as a reply to it; False if nobody has it.

    What is finished stays so, and nobody's phone rings for it.

    Args:
        then: what follows once the first of them has it; `otherwise`: if it could not be sent there.
    """
    brought = False
    directory = await load_directory(turn)
    for share in shares:
        for place in [one for one in await places_of(turn, share) if directory.is_staff_chat(one.address)]:
            there = await colleagues.list_brought(turn, message, share, place)
            if not there:
                continue
            drafts = await _quietened(turn, case, place, message, _changed(turn, case, message, share, there[0]))
            if share.state is AssignmentState.CLOSED:
                drafts = [replace(draft, quiet=True) for draft in drafts]
            if not brought:
                drafts[-1] = replace(drafts[-1], then=then, otherwise=otherwise)
            brought = True
            for draft in drafts:
                await turn.send(draft)
    return brought


def _changed(turn: Turn, case: Case, message: StoredMessage, share: Assignment, earlier: Delivery) -> list[Draft]:
    """Return the drafts that bring the new form of an inquirer's message where its earlier form is."""
    head = "relayed-changed-closed" if share.state is AssignmentState.CLOSED else "relayed-changed"
    line = _line_above(turn, case, head)
    base = draft_under(CardPlace(earlier.id, earlier.address, ""), share, message)
    return carry_to_desk(turn, replace(message, kind=MessageKind.TEXT), line, base, signed=True)


async def bring_changed_answer(
    turn: Turn, case: Case, message: StoredMessage, share: Assignment, earlier: Delivery
) -> None:
    """Bring a contact's changed text to the inquirer, as a reply to its earlier form, and say what became of it."""
    person = case.person
    line = turn.say(
        person.language,
        "answer-changed",
        contact=who_speaks(turn, person.language, share, message.author),
        reference=case.reference,
    )
    base = Draft(
        person.address,
        purpose=Purpose.RELAY,
        reply_to_delivery=earlier.id,
        inquiry_id=case.inquiry.id,
        part=earlier.draft.part,
        message_id=message.id,
    )
    drafts = carry(replace(message, kind=MessageKind.TEXT), line, base, signed=True)
    sent = await _fate(turn, case, message, share, "answer-changed-sent")
    drafts[-1] = replace(drafts[-1], then=sent, otherwise=await _fate(turn, case, message, share, "answer-not-sent"))
    for draft in drafts:
        await turn.send(draft)
