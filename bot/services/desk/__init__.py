"""The contact's side: messages written where cards arrive."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.conversation.staff import Answer, Desk, Overhear, Refuse, decide_staff_message
from bot.model import OPEN_ASSIGNMENTS, OPEN_STATES, Assignment, AssignmentState, Delivery, InboundMessage
from bot.services import assigning, cards, relay
from bot.services.case import Case, get_case, set_share_state
from bot.services.desk import commands
from bot.services.desk.replying import reply
from bot.services.directory import Directory
from bot.services.turn import Turn
from bot.store import assignments, inquiries, messages, outbox

# What a reply to a message of ours means that asked for one (`Draft.prompt`), other than an answer to the inquirer.
PROMPTS: dict[str, Callable[[Turn, InboundMessage, Directory, Case, Assignment], Awaitable[None]]] = {}


async def on_message(turn: Turn, message: InboundMessage, directory: Directory) -> None:
    """Handle a new message in a contact's chat, or a reply to a card in a chat that is no contact's any more."""
    if message.command is not None:
        await commands.on_command(turn, message, directory)
        return
    delivery = await staff_delivery(turn, message)
    case = (
        None
        if delivery is None or delivery.draft.inquiry_id is None
        else await get_case(turn, delivery.draft.inquiry_id)
    )
    desk = Desk(
        # Whatever the topic: where a contact's topic was deleted, its cards fall into the group's general one.
        is_contact=directory.is_staff_chat(message.address),
        replied_to=None if case is None else case.inquiry.state,
        in_group=message.address.is_group,
    )
    if desk.is_contact and case is not None and delivery is not None and delivery.draft.prompt in PROMPTS:
        share = await assignments.get(turn.tx, delivery.draft.assignment_id or 0)
        await PROMPTS[delivery.draft.prompt](turn, message, directory, case, share)
        return
    match decide_staff_message(desk, message):
        case Answer() if case is not None and delivery is not None and delivery.draft.assignment_id is not None:
            share = await assignments.get(turn.tx, delivery.draft.assignment_id)
            await _answer(turn, case, share, message, directory)
        case Refuse(reason):
            await turn.note("answer.refused", None if case is None else case.inquiry.id, reason=reason)
            reference = {} if case is None else {"reference": case.reference}
            await reply(turn, message, reason, **reference)
        case Overhear() | Answer():
            pass


async def staff_delivery(turn: Turn, message: InboundMessage) -> Delivery | None:
    """Return the card or relayed message that a message replies to, if it is one meant for a contact."""
    if message.reply_to is None:
        return None
    delivery = await outbox.find_sent(turn.tx, message.address, message.reply_to)
    return delivery if delivery is not None and delivery.draft.assignment_id is not None else None


async def _answer(turn: Turn, case: Case, share: Assignment, message: InboundMessage, directory: Directory) -> None:
    """Bring the contact's words to the inquirer; answering also takes the share, and reopens what was closed."""
    later_in_album = message.album is not None and (
        await messages.find_of_album(turn.tx, message.address, message.album) is not None
    )
    share = await _present_share(turn, share)
    has_it = share.state is not AssignmentState.MOVED
    author = directory.acting_for(share, message.address)
    stored = await messages.add(turn.tx, case.inquiry.id, author, message)
    if has_it and case.inquiry.state not in OPEN_STATES:
        await turn.note("inquiry.reopened", case.inquiry.id, by=author)
    await inquiries.touch(turn.tx, turn.at, case.inquiry.id)
    await turn.note("inquiry.answered", case.inquiry.id, contact=author, field=share.field, kind=message.kind)
    await relay.bring_answer(turn, case, stored, share, confirm=not later_in_album)
    if has_it and share.state is not AssignmentState.ANSWERED:
        await set_share_state(turn, share, AssignmentState.ANSWERED)
        # Its contact may have moved to another chat while it was closed.
        if share.id not in await assigning.deliver_waiting(turn, inquiry_id=case.inquiry.id):
            await cards.refresh_card(turn, case, await assignments.get(turn.tx, share.id))


async def _present_share(turn: Turn, share: Assignment) -> Assignment:
    """Return the share to answer for: the card's own, or, where that was moved away, an open one of the same contact.

    Whoever gave an inquiry away may still say a word to its person, signed with their own role; but it answers nothing,
    so the share returned may be one that was moved.
    """
    if share.state is not AssignmentState.MOVED:
        return share
    others = await assignments.list_of(turn.tx, share.inquiry_id)
    mine = [other for other in others if other.contact == share.contact and other.state in OPEN_ASSIGNMENTS]
    return mine[0] if mine else share
