"""A contact's words go to the inquirer: an answer, a question back, or the last word with which a share is finished."""

from __future__ import annotations

from bot.model import (
    OPEN_ASSIGNMENTS,
    UNANSWERED_ASSIGNMENTS,
    Address,
    Assignment,
    AssignmentState,
    DeliveryState,
    Event,
    InboundMessage,
)
from bot.services import cards
from bot.services.case import Case, find_share, set_share_state
from bot.services.people.directory import Directory, load_directory
from bot.services.people.naming import name_for_colleagues
from bot.services.relaying import answers, arriving, colleagues, thanks
from bot.services.shares import ending, filing
from bot.services.turn import Turn
from bot.store import assignments, given_up, inquiries, journal, messages, outbox
from bot.store.messages import StoredMessage

ANSWERED, TAKEN, CLOSED = AssignmentState.ANSWERED, AssignmentState.TAKEN, AssignmentState.CLOSED


async def answer(
    turn: Turn,
    case: Case,
    share: Assignment,
    message: InboundMessage,
    directory: Directory,
    *,
    leaves: AssignmentState = ANSWERED,
) -> None:
    """Bring the contact's words to the inquirer; answering also takes the share.

    A word more about what is finished opens nothing, for it calls for no work; if the inquirer replies, that does. A
    sticker or emoji alone is brought along, but answers and asks nothing: the promise stays.

    Args:
        leaves: how the share stands afterwards: `taken` by a question back, `closed` by a last word.
    """
    later_in_album = await messages.find_of_album(turn.tx, message) is not None
    share = await _present_share(turn, share)
    author = directory.acting_for(share, message.address)
    stored = await messages.add(turn.tx, case.inquiry.id, author, message)
    await inquiries.touch(turn.tx, turn.at, case.inquiry.id)
    noted = {"contact": author, "field": share.field, "kind": message.kind, "message": stored.id}
    is_sign = thanks.is_sign(turn, message)
    if is_sign:
        await turn.note(Event.INQUIRY_GESTURED, case.inquiry.id, **noted)
    elif leaves is TAKEN:
        await turn.note(Event.INQUIRY_ASKED_BACK, case.inquiry.id, **noted)
    else:
        await turn.note(Event.INQUIRY_ANSWERED, case.inquiry.id, **noted)
    head = "asked-back" if leaves is TAKEN else "answer"
    waits = is_sign and leaves is not CLOSED and share.state in UNANSWERED_ASSIGNMENTS
    sent = ("answer-sent-sign-urgent" if share.is_urgent else "answer-sent-sign") if waits else None
    await answers.bring(turn, case, stored, share, confirm=not later_in_album, head=head, sent=sent)
    await colleagues.tell(turn, case, stored, share)
    await filing.show_due_again(turn, case)
    if share.state not in OPEN_ASSIGNMENTS or not await _has_it(turn, share, message.address, directory):
        return
    holder = name_for_colleagues(turn, author, message.address, message.sender)
    if leaves is CLOSED:
        await ending.close(turn, case, share, author, holder)
    elif is_sign:
        return
    elif share.state not in (leaves, ANSWERED):
        await _leave(turn, case, share, leaves, holder, author)
    elif share.holder is None:
        # Answered before it came here: whoever answers now has it.
        await _leave(turn, case, share, share.state, holder, author)


async def answer_anew(
    turn: Turn, case: Case, share: Assignment, message: InboundMessage, changed: StoredMessage
) -> bool:
    """Bring the changed form of a contact's words as new ones, where the earlier form was given up; False if not.

    The earlier form is sent no more, whatever becomes of this one.
    """
    entries = await journal.list_of(turn.tx, case.inquiry.id)
    said = arriving.find_lost(entries, changed.id)
    parked = [
        one
        for one in await outbox.list_of_message(turn.tx, changed.id)
        if one.state is DeliveryState.PARKED and arriving.said_by(one.draft) is not None
    ]
    if said is None or not parked:
        return False
    for one in parked:
        await given_up.drop(turn.tx, one.id)
    share = await find_share(turn, case.inquiry.id, str(said.data.get("field"))) or share
    await inquiries.touch(turn.tx, turn.at, case.inquiry.id)
    await turn.note(Event(said.event), case.inquiry.id, **said.data)
    is_answer = said.event == Event.INQUIRY_ANSWERED
    await answers.bring(turn, case, changed, share, head="answer" if is_answer else "asked-back")
    directory = await load_directory(turn)
    if is_answer and share.state in UNANSWERED_ASSIGNMENTS and await _has_it(turn, share, message.address, directory):
        holder = name_for_colleagues(turn, changed.author, message.address, message.sender)
        await _leave(turn, case, share, ANSWERED, holder, changed.author)
    elif share.card is not None:
        await cards.refresh_card(turn, case, share)
    return True


async def _leave(turn: Turn, case: Case, share: Assignment, state: AssignmentState, holder: str, taker: str) -> None:
    await assignments.set_holder(turn.tx, share.id, holder, taker)
    await set_share_state(turn, share, state)
    await cards.refresh_card(turn, case, await assignments.get(turn.tx, share.id))


async def _has_it(turn: Turn, share: Assignment, address: Address, directory: Directory) -> bool:
    """Tell whether a share is still with somebody in this chat: whoever gave it away answers nothing any more."""
    if share.state is AssignmentState.MOVED:
        return False
    here = directory.contacts_in_chat(address)
    return share.contact in here or await cards.place_in_chat(turn, share, address) is not None


async def _present_share(turn: Turn, share: Assignment) -> Assignment:
    """Return the share to answer for: the card's own, or, where that is over, an open one of the same contact.

    Where it was moved away, that may be of any field; where it was finished, of its own, asked in again since. Whoever
    gave an inquiry away may still say a word to its person, signed with their own role; but it answers nothing, so the
    share returned may be one that was moved.
    """
    if share.state in OPEN_ASSIGNMENTS:
        return share
    moved = share.state is AssignmentState.MOVED
    for other in await assignments.list_open_of(turn.tx, share.inquiry_id):
        if other.contact == share.contact and (moved or other.field == share.field):
            return other
    return share
