"""What whoever presses second is told: who was first, and what they did."""

from __future__ import annotations

from bot.model import Assignment, AssignmentState, Event, Reason
from bot.services.cards.history import handed_by, moved_to
from bot.services.pressing import STALE, Hand, Said
from bot.services.turn import Turn
from bot.store import journal

# What a share's state tells of whoever brought it there.
_BY_HOLDER = {
    AssignmentState.TAKEN: "press-taken-already",
    AssignmentState.ANSWERED: "press-answered-already",
    AssignmentState.CLOSED: "press-done-already",
}


def is_late(hand: Hand, share: Assignment) -> bool:
    """Tell whether a press was made for an untaken share that somebody else has got hold of since."""
    if hand.button.data.get("seen") != AssignmentState.ASSIGNED or share.state is AssignmentState.ASSIGNED:
        return False
    return share.holder is not None and share.holder != hand.name(share)


async def told_why(turn: Turn, share: Assignment) -> Said:
    """Return why a share does not go that way any more: who did what with it."""
    key = _BY_HOLDER.get(share.state)
    if key is not None and share.holder is not None:
        return Said(key, {"holder": share.holder})
    if share.state is AssignmentState.MOVED:
        to = await moved_to(turn, share)
        if to is not None and share.holder is not None:
            return Said("press-moved-already", {"holder": share.holder, "contact": to})
        if to is not None:
            return Said("press-moved-by-person", {"contact": to})
    if share.state is AssignmentState.WITHDRAWN:
        return Said("press-withdrawn-already")
    if share.state is AssignmentState.ASSIGNED:
        return await _why_untaken(turn, share)
    return STALE


async def told_where(turn: Turn, share: Assignment) -> Said:
    """Return, to somebody who has nothing to do with a share any more, who has it and who gave it to them."""
    contact = turn.book.contact_name(share.present_contact)
    giver = await handed_by(turn, share) if share.reason is Reason.HANDED else None
    if giver is None:
        return Said("press-not-allowed", {"contact": contact})
    return Said("press-moved-already", {"holder": giver, "contact": contact})


async def _why_untaken(turn: Turn, share: Assignment) -> Said:
    for entry in reversed(await journal.list_of(turn.tx, share.inquiry_id)):
        if entry.tells(share.field, Event.INQUIRY_RELEASED):
            return Said("press-released-already", {"holder": turn.book.contact_name(str(entry.data["by"]))})
    if share.reason is Reason.HANDED:
        return await told_where(turn, share)
    return STALE
