"""What belongs in the official file: marked by a contact, taken over by the office with `python -m bot export`.

The mark does not stop retention. An inquiry is kept here to be answered, and the file is kept elsewhere; a mark that
kept it here would make the bot the side file the office must not have, by one tap and for as long as nobody looks. So
whoever marks is reminded instead: on the card, in `/admin`, and in the morning digest during the last two weeks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.model import AssignmentState, Event, Inquiry
from bot.services import cards, lifetimes
from bot.services.case import Case, get_case
from bot.services.turn import Turn
from bot.store import assignments, inquiries

# Two weeks: a holiday of the one person who runs the export fits in.
WARN_BEFORE = timedelta(days=14)


async def mark(turn: Turn, case: Case, for_file: bool, by: str) -> None:
    """Mark that an inquiry belongs in the official file, or no longer; all its cards show it."""
    await inquiries.set_for_file(turn.tx, case.inquiry.id, for_file)
    await turn.note(Event.INQUIRY_FOR_FILE, case.inquiry.id, on=for_file, by=by)
    await _redraw(turn, case)


async def mark_filed(turn: Turn, case: Case, by: str) -> None:
    """Record that an inquiry was taken over as it is now: an answer that comes later has to be taken over again."""
    await turn.note(Event.INQUIRY_FILED, case.inquiry.id, by=by)
    await inquiries.mark_filed(turn.tx, turn.at, case.inquiry.id)
    await _redraw(turn, case)


async def show_due_again(turn: Turn, case: Case) -> None:
    """Show on an inquiry's cards that something of it is not in the file, where they say that all of it is."""
    if case.inquiry.filed_at is None:  # as with nearly all
        return
    case = await get_case(turn, case.inquiry.id)  # what was done just now may belong in the file
    if case.inquiry.is_to_be_filed:
        await _redraw(turn, case)


async def list_soon_gone(turn: Turn, contact: str) -> Sequence[Inquiry]:
    """Return what a contact marked for the file that is not there and will be deleted before long, soonest first."""
    found = []
    for inquiry in await inquiries.list_to_be_filed(turn.tx):
        if lifetimes.goes_at(turn, inquiry) - turn.at > WARN_BEFORE:
            continue
        shares = await assignments.list_of(turn.tx, inquiry.id)
        if any(contact == one.present_contact and one.state is not AssignmentState.MOVED for one in shares):
            found.append(inquiry)
    return sorted(found, key=lambda one: lifetimes.goes_at(turn, one))


async def _redraw(turn: Turn, case: Case) -> None:
    case = await get_case(turn, case.inquiry.id)
    for share in await assignments.list_of(turn.tx, case.inquiry.id):
        if share.card is not None and share.state is not AssignmentState.MOVED:
            await cards.refresh_card(turn, case, share)
