"""What a press does to a share: take it, give it back, finish it, open it again, give it to somebody else.

Each looks first whether a colleague did something in the meantime; whoever comes second is told who was first.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.model import Assignment, AssignmentState, Event, InquiryState
from bot.services import cards
from bot.services.case import Case
from bot.services.presses.late import told_why
from bot.services.pressing import STALE, Answered, Hand, Said
from bot.services.relaying import arriving
from bot.services.shares import assigning, ending, filing, handing, promise
from bot.services.turn import Turn
from bot.store import assignments, journal

# Where *take* or *reopen* was, *done* may stand a moment later, under the same thumb.
SLIP_WITHIN = timedelta(seconds=10)
# So long the second tap may take; what comes sooner was under way before anybody could read the question.
CONFIRM_WITHIN, READ_WITHIN = timedelta(minutes=1), timedelta(seconds=2)
TAPPED_BEFORE = (Event.INQUIRY_TAKEN, Event.INQUIRY_REOPENED)


async def take(hand: Hand, case: Case, share: Assignment) -> Answered:
    """Take care of a share."""
    if share.state is not AssignmentState.ASSIGNED:
        return await told_why(hand.turn, share)
    await assigning.take(hand.turn, case, share, hand.by(share), hand.name(share))
    return Said("press-taken")


async def release(hand: Hand, case: Case, share: Assignment) -> Answered:
    """Give a share back."""
    if share.state is not AssignmentState.TAKEN:
        return await told_why(hand.turn, share)
    await handing.release(hand.turn, case, share, hand.by(share))
    return Said("press-released")


async def done(hand: Hand, case: Case, share: Assignment) -> Answered:
    """Finish a share; where the tap may be a slip, or somebody in danger has no answer, ask for a second."""
    question = await _find_question(hand, share)
    if question is not None and not _was_asked(hand, case, share):
        return Said(question, {"button": hand.turn.say(hand.turn.book.own_language, "btn-done")})
    await ending.close(hand.turn, case, share, hand.by(share), hand.name(share))
    return Said("press-done")


async def reopen(hand: Hand, case: Case, share: Assignment) -> Answered:
    """Open a closed share again."""
    if share.state is not AssignmentState.CLOSED:
        return await told_why(hand.turn, share)
    if case.inquiry.state is InquiryState.WITHDRAWN:
        return Said("press-withdrawn-already")  # the rest of it was; the person alone undoes that
    others = await assignments.list_open_of(hand.turn.tx, case.inquiry.id)
    if share.field in {other.field for other in others}:
        return Said("press-added-already")  # asked in again meanwhile
    await handing.reopen_share(hand.turn, case, share, hand.by(share), hand.name(share))
    return Said("press-reopened")


async def move(hand: Hand, case: Case, share: Assignment) -> Answered:
    """Give a share to another field."""
    field = hand.turn.book.known(str(hand.button.data["field"]))
    if field == share.field:
        return STALE
    await assigning.move_all(hand.turn, case, [share], field, hand.by(share), hand.name(share))
    return Said("press-moved")


async def give(hand: Hand, case: Case, share: Assignment) -> Answered:
    """Give a share to a colleague by name."""
    contact = str(hand.button.data["contact"])
    if contact == share.contact or contact not in hand.turn.book.rules.contacts:
        await cards.refresh_card(hand.turn, case, share)
        return await told_why(hand.turn, share)
    await handing.hand(hand.turn, case, share, contact, hand.by(share))
    return Said("press-moved")


async def add(hand: Hand, case: Case, share: Assignment) -> Answered:
    """Ask a further field in."""
    field = str(hand.button.data["field"])
    others = {other.field for other in await assignments.list_open_of(hand.turn.tx, case.inquiry.id)}
    if field not in hand.turn.book.rules.fields or field in others:
        await cards.refresh_card(hand.turn, case, share)
        return Said("press-added-already")
    await handing.add_field(hand.turn, case, field, hand.by(share))
    return Said("press-added")


async def for_file(hand: Hand, case: Case, share: Assignment) -> Answered:
    """Mark an inquiry for the official file, or take the mark away."""
    on = bool(hand.button.data["on"])
    await filing.mark(hand.turn, case, on, hand.by(share))
    return Said("press-for-file" if on else "press-not-for-file")


async def _find_question(hand: Hand, share: Assignment) -> str | None:
    """Return the key of what is asked before a share is finished; None where one tap does."""
    if share.is_urgent and promise.waits_for_somebody(share):
        return "press-done-urgent"
    if share.holder == hand.name(share) and await _may_be_slip(hand.turn, share):
        return "press-done-so-soon"
    return None


def _was_asked(hand: Hand, case: Case, share: Assignment) -> bool:
    """Tell whether whoever taps was asked about this share a moment ago, and has read it; else they are asked now.

    What was done or said about it since is reason to ask again, and so is a restart.
    """
    who = (hand.press.address.channel, hand.press.sender.user, share.id, share.since, case.inquiry.touched_at)
    at, asked = hand.turn.at, hand.turn.windows.asked
    if asked.admit(who, hand.press.query, at, 1, CONFIRM_WITHIN):
        return False
    return at >= asked.room_at(who, at, 1, CONFIRM_WITHIN) - CONFIRM_WITHIN + READ_WITHIN


async def _may_be_slip(turn: Turn, share: Assignment) -> bool:
    """Tell whether a share was taken or opened again just now, and nothing was said since."""
    lately = [one for one in await journal.list_of(turn.tx, share.inquiry_id) if turn.at - one.at <= SLIP_WITHIN]
    tapped = [one for one in lately if one.tells(share.field, *TAPPED_BEFORE)]
    if share.state is not AssignmentState.TAKEN or not tapped:
        return False
    return not arriving.list_said((one for one in lately if one.id > tapped[-1].id), share.field, arrived=False)


DEEDS: dict[str, Callable[[Hand, Case, Assignment], Awaitable[Answered]]] = {
    "take": take,
    "release": release,
    "done": done,
    "reopen": reopen,
    "move": move,
    "hand": give,
    "add": add,
    "for_file": for_file,
}
