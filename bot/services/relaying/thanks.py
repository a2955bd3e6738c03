"""Thanks for an answer or an end: passed on to whoever they are for, and nobody has to do anything about them.

That they were passed on is told once they were. Where they reach nobody (a withdrawn inquiry's cards are closed, a
contact has no chat any more), the person hears a kind word and what becomes of the inquiry, and nothing of passing on.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import OPEN_STATES, Assignment, AssignmentState, Draft, Event, InboundMessage, InquiryState, MessageKind
from bot.services import cards
from bot.services.case import Case, get_case
from bot.services.people.directory import load_directory
from bot.services.relaying import addressing, relay
from bot.services.relaying.carrying import followed
from bot.services.shares import filing
from bot.services.turn import Turn
from bot.store import assignments, inquiries, messages
from bot.store.messages import INQUIRER, StoredMessage

# What thanks may be for.
DONE = (AssignmentState.ANSWERED, AssignmentState.CLOSED)


def is_courtesy(turn: Turn, message: InboundMessage) -> bool:
    """Tell whether a message is thanks or a greeting and nothing else."""
    return message.kind is MessageKind.TEXT and turn.book.courtesies.is_all(message.text)


def is_sign(turn: Turn, message: InboundMessage) -> bool:
    """Tell whether a message is a sticker, or emoji without any word."""
    wordless = message.kind is MessageKind.TEXT and not any(sign.isalnum() for sign in message.text)
    return message.kind is MessageKind.STICKER or (wordless and is_courtesy(turn, message))


def says_nothing(turn: Turn, message: InboundMessage) -> bool:
    """Tell whether a message is kind and nothing else, or a sticker."""
    return message.kind is MessageKind.STICKER or is_courtesy(turn, message)


async def acknowledge(turn: Turn, inquiry_id: int, message: InboundMessage) -> None:
    """Pass thanks on to whoever answered or ended an inquiry, and leave it so.

    Thanks in reply to one contact's words are for that contact alone.
    """
    case = await get_case(turn, inquiry_id)
    is_open = case.inquiry.state in OPEN_STATES
    part = await addressing.find_part(turn, inquiry_id, message)
    stored = await messages.add(turn.tx, inquiry_id, INQUIRER, message)
    await turn.note(Event.INQUIRY_THANKED, inquiry_id, kind=message.kind)
    if is_open:
        await inquiries.touch(turn.tx, turn.at, inquiry_id)
    if part is None:
        thanked = AssignmentState.ANSWERED if is_open else AssignmentState.CLOSED
        shares = [one for one in await assignments.list_of(turn.tx, inquiry_id) if one.state is thanked]
    else:
        shares = [part] if part.state in DONE else []
    withdrawn = case.inquiry.state is InquiryState.WITHDRAWN
    kept = _told(turn, case, stored, "thanks-open" if is_open else "thanks-withdrawn" if withdrawn else "thanks-closed")
    passed_on = _told(turn, case, stored, "thanks-passed-on-open" if is_open else "thanks-passed-on")
    if not await _pass_on(turn, case, stored, shares, then=passed_on, otherwise=kept):
        await turn.send(kept)
    await filing.show_due_again(turn, case)


async def _pass_on(
    turn: Turn, case: Case, message: StoredMessage, shares: Sequence[Assignment], *, then: Draft, otherwise: Draft
) -> bool:
    """Bring thanks to where the shares' cards and their copies are; False if that is no contact's chat any more.

    Args:
        then: what the person hears once the first card's chat has them; `otherwise`: if they could not be sent there.
    """
    directory = await load_directory(turn)
    drafts: list[Draft] = []
    for share in shares:
        if share.card is None or not directory.is_staff_chat(await cards.address_of(turn, share)):
            continue
        head = relay.THANKS if share.state is AssignmentState.CLOSED else relay.THANKS_WHILE_OPEN
        for place in await cards.places_of(turn, share):
            brought = await relay.drafts_for(turn, case, message, share, place, head)
            drafts += brought if drafts else followed(brought, then, otherwise)
    await turn.send_all(drafts)
    return bool(drafts)


def _told(turn: Turn, case: Case, message: StoredMessage, key: str) -> Draft:
    text = turn.say(case.person.language, key, reference=case.reference)
    return Draft(case.person.address, text=text, reply_to=message.message, inquiry_id=case.inquiry.id)
