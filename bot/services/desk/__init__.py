"""The contact's side: messages written where cards arrive."""

from __future__ import annotations

from bot.conversation.staff import (
    Answer,
    Desk,
    Hold,
    Overhear,
    Refuse,
    TakeNote,
    decide_staff_message,
    is_note,
)
from bot.model import Assignment, Delivery, Event, InboundMessage, Prompt, Purpose
from bot.services import cards
from bot.services.case import get_case
from bot.services.desk import commands, notes, prompts, which
from bot.services.desk.answering import answer
from bot.services.people.directory import Directory
from bot.services.turn import Turn
from bot.store import assignments, buttons, messages, outbox
from bot.store.messages import INQUIRER


async def on_message(turn: Turn, message: InboundMessage, directory: Directory) -> None:
    """Handle a new message in a contact's chat, or a reply to a card in a chat that is no contact's any more."""
    if message.command is not None:
        await commands.on_command(turn, message, directory)
        return
    delivery = await staff_delivery(turn, message)
    share = await _share_meant(turn, message, delivery, directory)
    case = None if share is None else await get_case(turn, share.inquiry_id)
    # Whatever the topic: where a contact's topic was deleted, its cards fall into the group's general one.
    is_contact = directory.is_staff_chat(message.address)
    prompt = None if delivery is None else delivery.draft.prompt
    unaddressed = share is None and not message.address.is_group
    offered = await which.list_offered(turn, message, directory) if unaddressed else []
    desk = Desk(
        is_contact,
        replied_to=None if case is None else case.inquiry.state,
        in_group=message.address.is_group,
        about_note=await _is_about_note(turn, message, delivery),
        has_open=bool(offered),
        about_unknown=delivery is None and await _answers_unknown(turn, message),
    )
    match decide_staff_message(desk, message):
        case Answer() if case is not None and share is not None:
            leaves = prompts.leaves(prompt)
            await answer(turn, case, share, message, directory, leaves=leaves)
        case TakeNote() if case is not None and share is not None:
            await notes.take(turn, case, share, message, directory)
        case Hold():
            await which.hold(turn, message, offered)
        case Refuse(reason):
            await turn.note(Event.ANSWER_REFUSED, None if case is None else case.inquiry.id, reason=reason)
            reference = {} if case is None else {"reference": case.reference}
            about = () if case is None else (case.inquiry.id,)
            text = turn.say(turn.book.own_language, reason, **reference)
            # Missed, it would leave the contact thinking that the person has the answer.
            purpose = Purpose.NEEDED
            await turn.notice(message.address, text, reply_to=message.message, about=about, purpose=purpose)
        case Overhear() | Answer() | TakeNote():
            pass


async def staff_delivery(turn: Turn, message: InboundMessage) -> Delivery | None:
    """Return the card or relayed message that a message replies to, if it is one meant for a contact."""
    if message.reply_to is None:
        return None
    delivery = await outbox.find_sent(turn.tx, message.address, message.reply_to)
    if delivery is None:
        return await _card_by_button(turn, message)
    return delivery if delivery.draft.assignment_id is not None else None


async def _card_by_button(turn: Turn, message: InboundMessage) -> Delivery | None:
    """Return the card that a message replies to, if nobody could know that it arrived: its buttons say whose it is.

    It is being sent just now, or was sent again and is known by the number of its repeat only.
    """
    button = None if message.answers_button is None else await buttons.find(turn.tx, message.answers_button)
    # Others name a share too, but a reply to a list or a question is not meant for that.
    if button is None or "seen" not in button.data or not button.address.is_in_chat_of(message.address):
        return None
    share = await assignments.get(turn.tx, int(button.data["share"]))
    place = await cards.place_in_chat(turn, share, message.address)
    return None if place is None else await outbox.get(turn.tx, place.delivery_id)


async def _answers_unknown(turn: Turn, message: InboundMessage) -> bool:
    """Tell whether a message of the bot's is answered that is not known any more, mostly a card deleted in its time."""
    if message.reply_to is None or not message.answers_bot:
        return False
    return await outbox.find_sent(turn.tx, message.address, message.reply_to) is None


async def _share_meant(
    turn: Turn, message: InboundMessage, delivery: Delivery | None, directory: Directory
) -> Assignment | None:
    """Return the share a message is about: that of the card or message replied to.

    A note may also be a reply to what a contact wrote, and to a note it needs no mark; an answer may not, nor what has
    no mark in a group, for that could be talk among colleagues.
    """
    if delivery is not None:
        return await assignments.get(turn.tx, delivery.draft.assignment_id or 0)
    if message.reply_to is None:
        return None
    written = await messages.find(turn.tx, message.address, message.reply_to)
    if written is None or written.author == INQUIRER:
        return None
    if not (is_note(message.text) or (written.internal and not message.address.is_group)):
        return None
    here = directory.contacts_in_chat(message.address)
    shares = await assignments.list_of(turn.tx, written.inquiry_id)
    return next((share for share in reversed(shares) if share.contact in here or share.seat in here), None)


async def _is_about_note(turn: Turn, message: InboundMessage, delivery: Delivery | None) -> bool:
    """Tell whether a reply goes to a note, to its confirmation or to the question for one, or its album is a note."""
    first = await messages.find_of_album(turn.tx, message)
    if first is not None:
        return first.internal
    if delivery is not None and delivery.draft.prompt is Prompt.NOTE:
        return True
    if delivery is not None and delivery.draft.message_id is not None:
        return (await messages.get(turn.tx, delivery.draft.message_id)).internal
    number = message.reply_to if delivery is None else delivery.draft.reply_to
    written = None if number is None else await messages.find(turn.tx, message.address, number)
    return written is not None and written.internal
