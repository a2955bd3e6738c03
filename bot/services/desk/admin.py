"""For administrators: how the office stands, and any inquiry on demand.

Rights are looked at anew each time; looking something up is written into the journal.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.errors import NotFoundError
from bot.model import (
    OPEN_ASSIGNMENTS,
    UNANSWERED_ASSIGNMENTS,
    Assignment,
    AssignmentState,
    Event,
    InboundMessage,
    InquiryState,
    Joined,
    Rows,
)
from bot.services.cards import in_pairs
from bot.services.case import get_case
from bot.services.desk import topicless
from bot.services.desk.lists import lead_to_card
from bot.services.desk.replying import reply
from bot.services.people import absence
from bot.services.people.directory import Directory, Reach
from bot.services.shares import assigning, promise
from bot.services.turn import Turn
from bot.store import absences, assignments, given_up, inquiries, unreachable

MOST_NAMED = 10


async def show_office(turn: Turn, message: InboundMessage, directory: Directory) -> None:
    """`/admin`: what is open, overdue, parked, who cannot be reached or is away, which rules are in force."""
    by = directory.administrator_at(message.address)
    if by is None:
        await reply(turn, message, "admin-not-allowed")
        return
    own = turn.book.own_language
    shares = await assignments.list_open(turn.tx)
    untaken = [share for share in shares if share.state is AssignmentState.ASSIGNED]
    urgent = _first_of_each([one for one in shares if one.is_urgent and one.state in UNANSWERED_ASSIGNMENTS])
    overdue = _first_of_each([one for one in shares if promise.is_overdue(turn, one)])
    in_danger, lead = await _lead_to(turn, message, list(urgent.values())[:MOST_NAMED])
    late, goto = await _lead_to(turn, message, list(overdue.values())[:MOST_NAMED])
    missed = await given_up.count_missed(turn.tx)
    lines = [
        turn.say(own, "admin-head"),
        *_urgent_line(turn, len(urgent), in_danger),
        turn.say(own, "admin-open", count=await inquiries.count(turn.tx, only_open=True)),
        turn.say(own, "admin-untaken", count=len({share.inquiry_id for share in untaken})),
        turn.say(own, "admin-overdue-named", count=len(overdue), references=turn.texts.together(own, late))
        if late
        else turn.say(own, "admin-overdue", count=0),
        turn.say(own, "admin-parked", count=await given_up.count_undecided(turn.tx)),
    ]
    if missed:
        lines.append(turn.say(own, "admin-missed", count=missed))
    to_file = await inquiries.list_to_be_filed(turn.tx)
    if to_file:
        named = turn.texts.together(own, [one.reference for one in to_file[:MOST_NAMED]])
        lines.append(turn.say(own, "admin-to-file", count=len(to_file), references=named))
    lines += [turn.say(own, "admin-unreachable", contact=name) for name in await _unreachable(turn, directory)]
    lines += [turn.say(own, "admin-away", **absence.words_for(turn, one)) for one in await _away(turn)]
    lines.append(turn.say(own, "admin-rules", version=turn.book.rules.rules_version))
    lines.append("\n" + turn.say(own, "admin-commands"))
    await turn.note(Event.ADMIN_LOOKED, by=by)
    about = (*list(urgent)[:MOST_NAMED], *list(overdue)[:MOST_NAMED], *(one.id for one in to_file[:MOST_NAMED]))
    text, buttons = "\n".join(lines), (*lead, *goto) or None
    await turn.notice(
        message.address,
        text,
        reply_to=message.message,
        buttons=buttons,
        about=tuple(dict.fromkeys(about)),
        is_list=True,
    )


def _first_of_each(shares: Sequence[Assignment]) -> dict[int, Assignment]:
    """Return inquiry → the first of its shares, in their order."""
    found: dict[int, Assignment] = {}
    for share in shares:
        found.setdefault(share.inquiry_id, share)
    return found


def _urgent_line(turn: Turn, count: int, references: Sequence[str]) -> list[str]:
    """Return the line that names the urgent inquiries nobody has answered; none where there are none."""
    if not count:
        return []
    own = turn.book.own_language
    line = turn.say(own, "admin-urgent", count=count, references=turn.texts.together(own, references))
    return [turn.say(own, "relayed-urgent", line=line)]


async def _lead_to(turn: Turn, message: InboundMessage, shares: Sequence[Assignment]) -> tuple[list[str], Rows]:
    """Return the references of these shares' inquiries, and the buttons that lead to their cards."""
    references, buttons = [], []
    for share in shares:
        reference = (await inquiries.get(turn.tx, share.inquiry_id)).reference
        label = turn.say(turn.book.own_language, "btn-goto", reference=reference)
        references.append(reference)
        buttons.append(await turn.button(message.address, label, "goto", share.inquiry_id, share=share.id))
    return references, in_pairs(buttons)


async def show_inquiry(turn: Turn, message: InboundMessage, directory: Directory) -> None:
    """`/anfrage 2026-0042`: a copy of each of its cards, kept current, from which everything can be done."""
    by = directory.administrator_at(message.address)
    if by is None:
        await reply(turn, message, "admin-not-allowed")
        return
    reference = message.argument.strip()
    if not reference:
        await reply(turn, message, "admin-inquiry-how")
        return
    try:
        inquiry = await inquiries.get_by_reference(turn.tx, reference)
    except NotFoundError:
        await reply(turn, message, "admin-no-such-inquiry", reference=reference[:20])
        return
    await turn.note(Event.INQUIRY_LOOKED_UP, inquiry.id, by=by)
    case = await get_case(turn, inquiry.id)
    shares = [
        share
        for share in await assignments.list_of(turn.tx, inquiry.id)
        if share.state in OPEN_ASSIGNMENTS or share.state is AssignmentState.CLOSED
    ]
    if inquiry.state is InquiryState.ASKED:
        await topicless.show(turn, case, message.address, message.message)
    elif not shares:
        state = turn.say(turn.book.own_language, f"state-{inquiry.state}")
        text = turn.say(turn.book.own_language, "admin-inquiry", reference=case.reference, state=state)
        await turn.notice(message.address, text, reply_to=message.message, about=(inquiry.id,))
    for share in shares:
        if not await lead_to_card(turn, case, share, message.address):
            await assigning.join(turn, case, share, Reach(by, message.address), Joined.LOOKED_UP)


async def _unreachable(turn: Turn, directory: Directory) -> list[str]:
    """Return the names of those who cannot be reached: lost, or never there."""
    lost = set(await unreachable.load(turn.tx))
    contacts = turn.book.rules.contacts
    return [rule.name for key, rule in contacts.items() if key in lost or key not in directory.addresses]


async def _away(turn: Turn) -> list[absences.Absence]:
    found = [await absences.find(turn.tx, key) for key in turn.book.rules.contacts]
    return [one for one in found if one is not None]
