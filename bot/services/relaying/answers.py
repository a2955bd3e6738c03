"""Carries a contact's words to the inquirer, signed with the contact's role; the other way is in `relay`.

Only when the channel has confirmed it is the contact told that it was sent.
"""

from __future__ import annotations

from dataclasses import replace

from bot.model import Assignment, AssignmentState, Delivery, Draft, MessageKind, Purpose
from bot.services import cards
from bot.services.case import Case
from bot.services.people.naming import name_in_push, who_speaks
from bot.services.relaying.carrying import carry, followed
from bot.services.turn import Turn
from bot.store import messages
from bot.store.messages import StoredMessage


async def bring(
    turn: Turn,
    case: Case,
    message: StoredMessage,
    share: Assignment,
    *,
    confirm: bool = True,
    head: str = "answer",
    sent: str | None = None,
) -> None:
    """Bring a contact's message to the inquirer.

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
        reply_to=last.message if last is not None and last.stands_in_chat else None,
        inquiry_id=case.inquiry.id,
        part=share.field,
        message_id=message.id,
    )
    drafts = carry(message, line, base, signed=confirm)
    key = "answer-sent-closed" if share.state is AssignmentState.CLOSED else "answer-sent"
    told = await _fate(turn, case, message, share, sent or key) if confirm else None
    not_sent = await _fate(turn, case, message, share, "answer-not-sent")
    await turn.send_all(followed(drafts, told, not_sent))


async def bring_changed(turn: Turn, case: Case, message: StoredMessage, share: Assignment, earlier: Delivery) -> None:
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
    not_sent = await _fate(turn, case, message, share, "answer-not-sent")
    await turn.send_all(followed(drafts, sent, not_sent))


async def _fate(turn: Turn, case: Case, message: StoredMessage, share: Assignment, key: str) -> Draft:
    """Return what a contact is told when a message of theirs was sent to the inquirer, or could not be."""
    name = name_in_push(turn, case.person.first_name, case.reference)
    # What was tapped rather than written stands in no chat, but the card does.
    tapped_on = None if message.stands_in_chat else await cards.place_in_chat(turn, share, message.address)
    return Draft(
        message.address,
        # Missed, it would leave them thinking that the person has it.
        purpose=Purpose.NEEDED if key == "answer-not-sent" else Purpose.NOTICE,
        text=turn.say(turn.book.own_language, key, name=name, reference=case.reference),
        reply_to=message.message if message.stands_in_chat else None,
        reply_to_delivery=None if tapped_on is None else tapped_on.delivery_id,
        inquiry_id=case.inquiry.id,
        assignment_id=share.id,
    )
