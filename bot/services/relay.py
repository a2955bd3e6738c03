"""Carries people's words over: from the inquirer to the contacts, and back.

Text is sent anew under a line that says whose it is; everything else is copied by the channel itself. Only when the
channel has confirmed it is the writer told that it was passed on.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.conversation.staff import note_words
from bot.model import CAPTIONED, Address, Assignment, DeliveryKind, Draft, MessageKind, Purpose
from bot.routing.sensitive import HIDDEN
from bot.services import promise
from bot.services.cards import CardPlace, address_of, places_of
from bot.services.case import Case
from bot.services.directory import load_directory
from bot.services.naming import name_of, who_has, who_speaks
from bot.services.split import split_text, utf16_length
from bot.services.surge import is_quiet
from bot.services.turn import Turn
from bot.store import messages, outbox
from bot.store.messages import INQUIRER, StoredMessage

# Telegram's limits less what the signature and a repeat mark may add (Bot API, `sendMessage` and `copyMessage`).
TEXT_LIMIT = 3_800
CAPTION_LIMIT = 900
# The lines above thanks, after which nobody has to do anything.
THANKS, THANKS_WHILE_OPEN = "relayed-thanks", "relayed-thanks-open"


async def pass_on(
    turn: Turn,
    case: Case,
    message: StoredMessage,
    share: Assignment,
    *,
    head: str = "relayed",
    confirm: bool = False,
    complain: bool = False,
    due_at: datetime | None = None,
) -> None:
    """Bring a message from the inquirer to whoever has the card of one share or a copy of it, as a reply to that.

    Args:
        head: the text key of the line above it.
        confirm: tell the inquirer once it was sent; `complain`: tell them if it could not be. Both look at the card
            alone: whoever has a copy only follows along.
        due_at: until when an answer is promised now, told with the confirmation.
    """
    if share.card is None:
        # The card, when somebody can be reached, brings all messages along.
        if complain:
            await turn.send(_told(turn, case, message, share, "not-passed-on"))
        return
    card, *copies = await places_of(turn, share)
    drafts = await _quietened(turn, case, card, message, _passed_on(turn, case, message, share, card, head))
    drafts[-1] = replace(
        drafts[-1],
        then=_told(turn, case, message, share, "passed-on", due_at) if confirm else None,
        otherwise=_told(turn, case, message, share, "not-passed-on") if complain else None,
    )
    for place in copies:
        drafts += await _quietened(turn, case, place, message, _passed_on(turn, case, message, share, place, head))
    for draft in drafts:
        await turn.send(draft)


async def bring_along(turn: Turn, case: Case, share: Assignment, place: CardPlace) -> None:
    """Bring under a card or a copy just sent what the inquirer has written besides its own message, and all notes."""
    on_card = True  # the inquirer's first words, if they are text
    for message in await messages.list_of(turn.tx, case.inquiry.id):
        if message.internal:
            await pass_on_note(turn, case, message, share, place)
        elif message.author == INQUIRER:
            if not on_card or message.kind is not MessageKind.TEXT:
                for draft in _passed_on(turn, case, message, share, place, "relayed"):
                    await turn.send(replace(draft, quiet=True))  # the card rang
            on_card = False


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
    base = Draft(
        place.address,
        purpose=Purpose.RELAY,
        reply_to_delivery=under or place.delivery_id,
        inquiry_id=case.inquiry.id,
        assignment_id=share.id,
        message_id=note.id,
    )
    for draft in _carry(replace(note, text=note_words(note.text)), line, base, signed=True):
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
    base = Draft(
        place.address,
        purpose=Purpose.RELAY,
        reply_to_delivery=place.delivery_id,
        inquiry_id=case.inquiry.id,
        assignment_id=share.id,
        message_id=message.id,
    )
    return _carry_to_desk(turn, message, line, base, signed=head != "relayed" or case.inquiry.is_urgent)


def _line_above(turn: Turn, case: Case, head: str) -> str:
    """Return the line that tells a contact whose words follow; in an urgent inquiry all but thanks are marked so."""
    own = turn.book.own_language
    line = turn.say(own, head, reference=case.reference, name=name_of(turn, case.person.first_name, case.reference))
    return (
        turn.say(own, "relayed-urgent", line=line)
        if case.inquiry.is_urgent and head not in (THANKS, THANKS_WHILE_OPEN)
        else line
    )


def _carry_to_desk(turn: Turn, message: StoredMessage, line: str, base: Draft, *, signed: bool) -> list[Draft]:
    """Return the drafts that carry a person's message to a contact, as it is read at first.

    What contacts need not know of the person is covered; and where notifications are to be neutral, all but the line.
    """
    message = replace(message, text=turn.book.sensitive.cover(message.text))
    drafts = _carry(message, line, base, signed=signed)
    if not turn.book.is_push_neutral:
        return drafts
    return [_hide_words(message, draft) for draft in drafts]


def _hide_words(message: StoredMessage, draft: Draft) -> Draft:
    if draft.text is not None:
        return replace(draft, hidden=draft.heading + 2 if draft.heading else 0)
    # A copy brings its caption along, unless it gets one of its own.
    return replace(draft, text=message.text, hidden=0) if message.kind in CAPTIONED and message.text else draft


def _told(
    turn: Turn, case: Case, message: StoredMessage, share: Assignment, key: str, due_at: datetime | None = None
) -> Draft:
    """Return what the inquirer is told about a message of theirs; in an urgent inquiry, whom to call each time."""
    language = case.person.language
    text = turn.say(language, key, reference=case.reference, contact=who_has(turn, language, share))
    if case.inquiry.is_urgent:
        text += "\n" + turn.say(language, "danger-numbers")
    if due_at is not None:
        text = "\n".join([text, *promise.due_line(turn, language, case.inquiry, due_at)])
    return Draft(case.person.address, text=text, reply_to=message.message, inquiry_id=case.inquiry.id)


async def bring_answer(
    turn: Turn, case: Case, message: StoredMessage, share: Assignment, *, confirm: bool = True, head: str = "answer"
) -> None:
    """Bring a contact's message to the inquirer, signed with the contact's role.

    Args:
        confirm: tell the contact once it was sent; if it could not be, they are told in any case.
        head: the text key of the line above it.
    """
    person, name = case.person, name_of(turn, case.person.first_name, case.reference)
    speaker = who_speaks(turn, person.language, share, message.author)
    line = turn.say(person.language, head, contact=speaker, reference=case.reference)
    last = await messages.find_last_from_inquirer(turn.tx, case.inquiry.id)
    base = Draft(
        person.address,
        purpose=Purpose.RELAY,
        reply_to=None if last is None else last.message,
        inquiry_id=case.inquiry.id,
        message_id=message.id,
    )
    drafts = _carry(message, line, base, signed=confirm)
    desk = await _desk_of(turn, message, share)
    # What was tapped rather than written stands in no chat, but its card does.
    under = share.card if message.message < 0 else None
    told = {
        key: Draft(
            desk,
            text=turn.say(turn.book.own_language, key, name=name, reference=case.reference),
            reply_to=message.message if message.message > 0 else None,
            reply_to_delivery=under,
            inquiry_id=case.inquiry.id,
            assignment_id=share.id,
        )
        for key in ("answer-sent", "answer-not-sent")
    }
    drafts[-1] = replace(drafts[-1], then=told["answer-sent"] if confirm else None, otherwise=told["answer-not-sent"])
    for draft in drafts:
        await turn.send(draft)


async def _desk_of(turn: Turn, message: StoredMessage, share: Assignment) -> Address:
    """Return where a contact's message was written; the store does not keep its topic, the card's row does."""
    if share.card is not None:
        card = await address_of(turn, share)
        if (card.channel, card.chat) == (message.address.channel, message.address.chat):
            return card
    return message.address


def _carry(message: StoredMessage, line: str, base: Draft, *, signed: bool) -> list[Draft]:
    """Return the drafts that carry a message, in order, never empty.

    Args:
        line: whose words these are.
        signed: whether the line must stand with a medium too; text always has it.
    """
    heading = utf16_length(line)
    if message.kind is MessageKind.TEXT:
        first, *rest = split_text(message.text, TEXT_LIMIT)
        return [
            replace(base, text=f"{line}\n\n{first}", heading=heading),
            *(replace(base, text=part) for part in rest),
        ]
    copy = replace(base, kind=DeliveryKind.COPY, copy_of=(message.address, message.message))
    # The copy alone would bring the caption as it was.
    copied = replace(copy, text=message.text) if HIDDEN in message.text and message.kind in CAPTIONED else copy
    if not signed:
        return [copied]
    if message.kind in CAPTIONED and utf16_length(message.text) <= CAPTION_LIMIT - heading:
        caption = f"{line}\n\n{message.text}" if message.text else line
        return [replace(copy, text=caption, heading=heading)]
    return [replace(base, text=line, heading=heading), copied]


async def pass_on_edit(turn: Turn, case: Case, message: StoredMessage, shares: list[Assignment]) -> None:
    """Bring a changed text to those who have its earlier form, as a reply to it."""
    line = _line_above(turn, case, "relayed-changed")
    sent = await outbox.list_of_message(turn.tx, message.id)
    directory = await load_directory(turn)
    for share in shares:
        for place in await places_of(turn, share):
            # What lies before the present card, or in other chats, went to somebody who has the inquiry no more.
            chat = directory.present_chat(place.address)
            since = [one for one in sent if one.draft.assignment_id == share.id and one.id >= place.delivery_id]
            earlier = next((one for one in since if directory.present_chat(one.address) == chat), None)
            if earlier is None:
                continue
            base = Draft(
                earlier.address,
                purpose=Purpose.RELAY,
                reply_to_delivery=earlier.id,
                inquiry_id=case.inquiry.id,
                assignment_id=share.id,
                message_id=message.id,
            )
            changed = _carry_to_desk(turn, replace(message, kind=MessageKind.TEXT), line, base, signed=True)
            for draft in await _quietened(turn, case, CardPlace(0, earlier.address, place.contact), message, changed):
                await turn.send(draft)


async def bring_changed_answer(
    turn: Turn, case: Case, message: StoredMessage, share: Assignment, earlier_id: int
) -> None:
    """Bring a contact's changed text to the inquirer, as a reply to its earlier form."""
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
        reply_to_delivery=earlier_id,
        inquiry_id=case.inquiry.id,
        message_id=message.id,
    )
    for draft in _carry(replace(message, kind=MessageKind.TEXT), line, base, signed=True):
        await turn.send(draft)
