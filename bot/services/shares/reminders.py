"""Reminders and escalation: what happens when nobody takes a share, when its due time nears, and when it has come.

A duty looks at the share as it is by then: answered, closed, moved or withdrawn, nothing happens. Who joins in:
`bot.services.shares.joining`.

What is urgent has no due time, and its steps follow each other by the clock (`promise.URGENT_STEP`). Where nobody else
is there to join, whoever has it is reminded again, and from then on until it is answered (`promise.remind_again_at`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.model import UNANSWERED_ASSIGNMENTS, Assignment, AssignmentState, Event, JournalEntry
from bot.services import cards
from bot.services.case import Case, get_case
from bot.services.people.directory import load_directory
from bot.services.people.naming import name_in_push
from bot.services.relaying import arriving, open_questions
from bot.services.shares import promise
from bot.services.shares.joining import having, let_general_join, let_next_join, say_since, say_under
from bot.services.turn import Turn
from bot.store import assignments, journal, timers
from bot.store.timers import Timer, TimerKind

# The steps of a share nobody takes, and of one whose due time has come. The last is for what is urgent alone, again and
# again.
REMIND, DEPUTY, GENERAL_CONTACT, AGAIN = 0, 1, 2, 3
AT_DUE, AT_PROMISED = 0, 1
# What comes so much later than it should was found after a standstill.
LATE = timedelta(minutes=15)


async def on_take(turn: Turn, timer: Timer) -> None:
    """Remind whoever has a share nobody has taken; then let the deputy join, at last the general contact.

    Of what is urgent, whoever took it is reminded, too, until it is answered.
    """
    share = await assignments.get(turn.tx, timer.assignment_id or 0)
    if not promise.waits_for_somebody(share) or await _is_put_off(turn, share, timer):
        return
    if share.card is None:
        # Nobody could be reached yet; whoever comes gets all their time.
        await promise.wait_for_taker(turn, share)
        return
    case = await get_case(turn, share.inquiry_id)
    rules = turn.book.rules.reminders
    if share.state is not AssignmentState.ASSIGNED:
        await _hurry_taker(turn, case, share, timer.step)
    elif timer.step == REMIND:
        await _remind_to_take(turn, case, share)
        await _go_on(turn, share, rules.deputy_after, DEPUTY)
    elif timer.step == DEPUTY:
        directory = await load_directory(turn)
        joined = await let_next_join(turn, case, share, directory, directory.chain(share.contact))
        if share.is_urgent and joined is None:
            await _remind_to_take(turn, case, share)
        await _go_on(turn, share, rules.general_after, GENERAL_CONTACT)
    elif share.is_urgent:
        if await let_general_join(turn, case, share) is None:
            await _remind_to_take(turn, case, share)
        await _again(turn, case, share)
    elif not await _falls_due_now(turn, share):
        await let_general_join(turn, case, share)


async def _falls_due_now(turn: Turn, share: Assignment) -> bool:
    """Tell whether a share's due time comes with this very look: then they join by that, and all is told in one."""
    due = await timers.find(turn.tx, Timer(TimerKind.DUE, assignment_id=share.id))
    return due is not None and due.step == AT_DUE and promise.is_overdue(turn, share)


async def _hurry_taker(turn: Turn, case: Case, share: Assignment, step: int) -> None:
    """Remind whoever took what is urgent; once, where that was of no use, the deputy joins instead."""
    joined = None
    if step == GENERAL_CONTACT:
        directory = await load_directory(turn)
        joined = await let_next_join(turn, case, share, directory, directory.chain(share.contact))
    if joined is None:
        entries = await journal.list_of(turn.tx, share.inquiry_id)
        asked = arriving.find_open_question(entries, share.field)
        key = "reminder-no-answer" if asked is None else "reminder-asked-back"
        await _remind(turn, case, share, key, await _who_hurries(turn, share, entries), contact=having(turn, share))
        await turn.note(Event.INQUIRY_REMINDED, case.inquiry.id, field=share.field, why="take")
    if step < GENERAL_CONTACT:
        await _go_on(turn, share, turn.book.rules.reminders.deputy_after, step + 1)
    else:
        await _again(turn, case, share)


async def _who_hurries(turn: Turn, share: Assignment, entries: Sequence[JournalEntry]) -> list[cards.CardPlace]:
    """Return where to remind of what is urgent and taken: each time whoever took it, the others once an hour.

    Where whoever took it is not there, each time all.
    """
    places = await cards.places_of(turn, share)
    directory = await load_directory(turn)
    if not directory.is_there(share.taker) or all(place.contact != share.taker for place in places):
        return places
    # Known by the reminder before it, which stays the same when this one is tried again, whatever the time is then.
    before = max((one.id for one in entries if one.event == Event.INQUIRY_REMINDED), default=0)
    rings, hourly = turn.windows.rings, promise.BY_DAY
    return [
        place
        for place in places
        if place.contact == share.taker
        or rings.admit(("taken", *place.address.chat_key, share.id), before, turn.at, 1, hourly)
    ]


async def begin_anew(turn: Turn, share: Assignment) -> None:
    """Begin the steps of an urgent share anew: its person wrote again.

    Steps under way go on: whoever writes on must not put off that somebody else joins.
    """
    running = await timers.find(turn.tx, Timer(TimerKind.TAKE, assignment_id=share.id))
    if running is None or running.step == AGAIN:
        await promise.wait_for_taker(turn, share)


async def on_soon(turn: Turn, timer: Timer) -> None:
    """Show on the card that a share is due soon, and say so once."""
    share = await assignments.get(turn.tx, timer.assignment_id or 0)
    if not promise.is_due_soon(turn, share) or await _is_put_off(turn, share, timer):
        return  # done, or the bot stood still until it was too late for this
    case = await get_case(turn, share.inquiry_id)
    await cards.refresh_card(turn, case, share)
    await _remind(turn, case, share, "reminder-soon")
    await turn.note(Event.INQUIRY_REMINDED, case.inquiry.id, field=share.field, why="soon")


async def on_due(turn: Turn, timer: Timer) -> None:
    """Show on the card that a share is overdue, let the general contact join if nobody took it, tell the inquirer.

    The inquirer may have been promised a later time than this share's, for all fields together: they are told then.
    """
    share = await assignments.get(turn.tx, timer.assignment_id or 0)
    if share.state not in UNANSWERED_ASSIGNMENTS or await _is_put_off(turn, share, timer):
        return
    case = await get_case(turn, share.inquiry_id)
    told = await promise.own_up(turn, share.inquiry_id)
    asked = await open_questions.remind_of(turn, share.inquiry_id)
    if timer.step == AT_PROMISED:
        return
    await turn.note(Event.INQUIRY_OVERDUE, case.inquiry.id, field=share.field)
    await cards.refresh_card(turn, case, share)
    own, before, more = turn.book.own_language, await cards.places_of(turn, share), []
    if share.state is AssignmentState.ASSIGNED and share.card is not None:
        joined = await let_general_join(turn, case, share, tell_others=False)
        if joined is not None:
            more.append(turn.say(own, "reminder-has-too", contact=turn.book.contact_name(joined)))
    if (about := _told_person(told, share.field in asked)) is not None:
        name = name_in_push(turn, case.person.first_name, case.reference)
        more.append(turn.say(own, about, name=name))
    # Whoever joined reads it on their card.
    await _remind(turn, case, share, "reminder-overdue", before, more=more)
    if share.promised_at is not None and share.promised_at > turn.at:
        await timers.start(turn.tx, share.promised_at, Timer(TimerKind.DUE, assignment_id=share.id, step=AT_PROMISED))


async def _is_put_off(turn: Turn, share: Assignment, timer: Timer) -> bool:
    """Put off to the next opening what the office missed by a standstill, if it is closed now; False if it is not so.

    Nobody's phone rings at night for what waited all day. What is urgent never waits.
    """
    hours = turn.book.hours
    if share.is_urgent or timer.due_at is None or turn.at <= timer.due_at + LATE or hours.is_open(turn.at):
        return False
    await timers.start(turn.tx, hours.next_opening(turn.at), timer)
    return True


async def go_on_waiting(turn: Turn, share: Assignment) -> None:
    """Watch over a share again whose answer was given up: while it stood as answered, its timers came to nothing.

    What has been told of this promise is not told again.
    """
    if share.due_at is None:
        return
    soon_at = promise.soon_at(turn, share.due_at)
    if soon_at > turn.at:
        await timers.start(turn.tx, soon_at, Timer(TimerKind.SOON, assignment_id=share.id))
    entries = await journal.list_of(turn.tx, share.inquiry_id)
    overdue = [one for one in entries if one.tells(share.field, Event.INQUIRY_OVERDUE)]
    if not any(one.at >= share.due_at for one in overdue):
        await timers.start(turn.tx, max(share.due_at, turn.at), Timer(TimerKind.DUE, assignment_id=share.id))
    elif share.promised_at is not None and share.promised_at > share.due_at:
        due_at = max(share.promised_at, turn.at)
        await timers.start(turn.tx, due_at, Timer(TimerKind.DUE, assignment_id=share.id, step=AT_PROMISED))


def _told_person(told: bool, asked: bool) -> str | None:
    """Return the key of what the person of an overdue share was told of it."""
    if asked:
        return "reminder-person-asked"
    return "reminder-person-told" if told else None


async def _go_on(turn: Turn, share: Assignment, after: str, step: int) -> None:
    due_at = promise.take_by(turn, share, after)
    await timers.start(turn.tx, due_at, Timer(TimerKind.TAKE, assignment_id=share.id, step=step))


async def _again(turn: Turn, case: Case, share: Assignment) -> None:
    again = Timer(TimerKind.TAKE, assignment_id=share.id, step=AGAIN)
    since = max(share.since or case.inquiry.opened_at, case.inquiry.touched_at)
    await timers.start(turn.tx, promise.remind_again_at(turn, since), again)


async def _remind_to_take(turn: Turn, case: Case, share: Assignment) -> None:
    await _remind(turn, case, share, "reminder-take", since=await say_since(turn, case, share))
    await turn.note(Event.INQUIRY_REMINDED, case.inquiry.id, field=share.field, why="take")


async def _remind(
    turn: Turn,
    case: Case,
    share: Assignment,
    key: str,
    places: Sequence[cards.CardPlace] | None = None,
    *,
    more: Sequence[str] = (),
    **values: str,
) -> None:
    """Say something under a share's card and its copies.

    Args:
        places: say it under these alone.
        more: further lines below it.
    """
    language = turn.book.own_language
    lines = [turn.say(language, key, reference=case.reference, **values)]
    if share.is_urgent:
        lines.append(turn.say(language, "card-at-once"))
    if share.due_at is not None:
        lines.append(turn.say(language, "card-due", due=turn.say_moment(language, share.due_at)))
    for place in await cards.places_of(turn, share) if places is None else places:
        await say_under(turn, case, share, place, "\n".join([*lines, *more]))
