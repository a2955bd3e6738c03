"""What a press does to a share: take it, give it back, finish it, open it again, give it to somebody else.

Each looks first whether a colleague did something in the meantime; whoever comes second is told who was first.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.model import Assignment, AssignmentState, Event, InquiryState, JournalEntry
from bot.services import arriving, assigning, cards, filing, handing, promise
from bot.services.case import Case
from bot.services.presses.late import told_why
from bot.services.pressing import STALE, Answered, Hand, Said
from bot.services.turn import Turn
from bot.store import assignments, journal

# Where *take* or *reopen* was, *done* may stand a moment later, under the same thumb.
SLIP_WITHIN = timedelta(seconds=10)
# So long the second tap may take, where one is asked for in any case.
CONFIRM_WITHIN = timedelta(minutes=1)
TAPPED_BEFORE = (Event.INQUIRY_TAKEN, Event.INQUIRY_REOPENED)
SO_SOON = "press-done-so-soon"


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
    if await _is_unanswered_danger(hand.turn, share, hand.here) or (
        share.holder == hand.name(share) and await _may_be_slip(hand.turn, share)
    ):
        button = hand.turn.say(hand.turn.book.own_language, "btn-done")
        return Said(SO_SOON, {"button": button})
    await assigning.close(hand.turn, case, share, hand.by(share), hand.name(share))
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


async def _is_unanswered_danger(turn: Turn, share: Assignment, here: tuple[str, ...]) -> bool:
    """Tell whether an urgent share waits for an answer, and nobody here was asked just now whether to end it so.

    Whoever has a copy of its card in another chat has not seen the question.
    """
    if not share.is_urgent or not promise.waits_for_somebody(share):
        return False
    entries = await journal.list_of(turn.tx, share.inquiry_id)
    asked_here = [one for one in entries if turn.at - one.at <= CONFIRM_WITHIN and one.data.get("by") in here]
    return not _were_asked(asked_here)


def _were_asked(entries: list[JournalEntry]) -> bool:
    return any(one.event == Event.PRESS_REFUSED and one.data.get("reason") == SO_SOON for one in entries)


async def _may_be_slip(turn: Turn, share: Assignment) -> bool:
    """Tell whether a share was taken or opened again just now, nothing was said since, and nobody was asked yet."""
    lately = [one for one in await journal.list_of(turn.tx, share.inquiry_id) if turn.at - one.at <= SLIP_WITHIN]
    tapped = [one for one in lately if one.event in TAPPED_BEFORE and one.data.get("field") == share.field]
    if share.state is not AssignmentState.TAKEN or not tapped:
        return False
    since = [one for one in lately if one.id > tapped[-1].id]
    return not (_were_asked(since) or arriving.list_said(since, share.field, arrived=False))


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
