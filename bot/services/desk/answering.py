"""A contact's words go to the inquirer."""

from __future__ import annotations

from bot.model import OPEN_ASSIGNMENTS, OPEN_STATES, Assignment, AssignmentState, InboundMessage
from bot.services import assigning, cards, relay
from bot.services.case import Case, set_share_state
from bot.services.directory import Directory
from bot.services.turn import Turn
from bot.store import assignments, inquiries, messages


async def answer(turn: Turn, case: Case, share: Assignment, message: InboundMessage, directory: Directory) -> None:
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
