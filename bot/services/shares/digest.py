"""The morning digest: what a contact has to know of their inquiries, on working days, only if there is something.

Every inquiry stands in it once, where it is most pressing. What was answered waits for nobody here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from bot.model import UNANSWERED_ASSIGNMENTS, Assignment, AssignmentState, Event, Joined
from bot.routing.hours import load_clock_time
from bot.services import lifetimes
from bot.services.delivery.split import split_text
from bot.services.people.directory import load_directory
from bot.services.shares import filing, promise
from bot.services.turn import Turn
from bot.store import assignments, card_copies, digests, inquiries, journal, timers
from bot.store.timers import Timer, TimerKind

# The sections in the order they stand, each by the key of its heading.
URGENT, OVERDUE, DUE = "digest-urgent", "digest-overdue", "digest-due"
NEW, WAITING = "digest-new", "digest-waiting"
SECTIONS = (URGENT, OVERDUE, DUE, NEW, WAITING)
TO_FILE = "digest-to-file"
# So late at most, after a standstill: it is for the morning, and rings.
LATEST = timedelta(hours=3)
# What was reminded of so shortly before is not told again by a digest that would say nothing else.
JUST_NOW = timedelta(minutes=30)
# A screen of a phone shows about this many lines of a section without scrolling much.
MOST_LINES = 12


async def plan(turn: Turn) -> None:
    """Start the digests' timers as the rules and the contacts want them; done again, it changes nothing."""
    chosen = await digests.load_chosen(turn.tx)
    for contact in turn.book.rules.contacts:
        await _plan_one(turn, contact, chosen.get(contact))


async def choose(turn: Turn, contact: str, at: time | None) -> None:
    """Send a contact's digest at another time of day from now on; None for not at all."""
    choice = digests.OFF if at is None else f"{at:%H:%M}"
    await digests.choose(turn.tx, contact, choice)
    await turn.note(Event.CONTACT_DIGEST, contact=contact, time=choice)
    await _plan_one(turn, contact, choice)


async def time_of(turn: Turn, contact: str) -> time | None:
    """Return when a contact gets the digest; None if they get none."""
    return _time(turn, (await digests.load_chosen(turn.tx)).get(contact))


async def on_time(turn: Turn, timer: Timer) -> None:
    """Send a contact's digest, if there is something to say, and start the timer for the next one."""
    contact = timer.contact or ""
    if contact not in turn.book.rules.contacts:
        return
    directory = await load_directory(turn)
    address = directory.addresses.get(contact)
    # A bot that stood still on Friday may wake on Saturday, or late in the evening.
    is_late = timer.due_at is not None and turn.at > timer.due_at + LATEST
    is_working_day = turn.book.hours.is_working_day(turn.book.hours.day_of(turn.at))
    if address is not None and directory.is_there(contact) and is_working_day and not is_late:
        text, about = await _write(turn, contact)
        # Full sections are more than a message holds.
        for part in [] if text is None else split_text(text):
            await turn.notice(address, part, about=about, is_list=True)
        await digests.mark_sent(turn.tx, turn.at, contact)
    await _plan_one(turn, contact, (await digests.load_chosen(turn.tx)).get(contact))


def _time(turn: Turn, chosen: str | None) -> time | None:
    wanted = turn.book.rules.reminders.digest if chosen is None else chosen
    return None if wanted in (None, digests.OFF) else load_clock_time(wanted)


async def _plan_one(turn: Turn, contact: str, chosen: str | None) -> None:
    at = _time(turn, chosen)
    running = await timers.find_due(turn.tx, Timer(TimerKind.DIGEST, contact=contact))
    if at is None:
        if running is not None:
            await timers.stop(turn.tx, Timer(TimerKind.DIGEST, contact=contact))
        return
    due_at = turn.book.hours.next_on_working_day(turn.at, at)
    # One that fell due while the bot stood still is carried out in a moment, and plans the next.
    if running is None or (running != due_at and running > turn.at):
        await timers.start(turn.tx, due_at, Timer(TimerKind.DIGEST, contact=contact))


async def _write(turn: Turn, contact: str) -> tuple[str | None, tuple[int, ...]]:
    """Return a contact's digest, None if there is nothing to say, and the inquiries it names."""
    last = await digests.find_last(turn.tx, contact)
    sections: dict[str, list[Assignment]] = {section: [] for section in SECTIONS}
    for share in await _list_own(turn, contact):
        sections[_section(turn, share, last)].append(share)
    to_file = await filing.list_soon_gone(turn, contact)
    others = [share for section, shares in sections.items() if section != URGENT for share in shares]
    if not others and not to_file and all([await _was_just_reminded(turn, share) for share in sections[URGENT]]):
        return None, ()
    own = turn.book.own_language
    day = turn.texts.day(own, turn.book.hours.day_of(turn.at))
    parts = [turn.say(own, "digest-head", day=day, contact=turn.book.contact_name(contact))]
    for section, shares in sections.items():
        if shares:
            head = turn.say(own, section, count=len(shares))
            parts.append("\n".join([head, *await _lines(turn, shares)]))
    if to_file:
        lines = [
            turn.say(
                own,
                "digest-file-line",
                reference=one.reference,
                day=turn.texts.date(own, turn.book.hours.day_of(lifetimes.goes_at(turn, one))),
            )
            for one in to_file[:MOST_LINES]
        ]
        parts.append("\n".join([turn.say(own, TO_FILE, count=len(to_file)), *lines]))
    about = {share.inquiry_id for shares in sections.values() for share in shares} | {one.id for one in to_file}
    return "\n\n".join([*parts, turn.say(own, "digest-foot")]), tuple(sorted(about))


async def _was_just_reminded(turn: Turn, share: Assignment) -> bool:
    """Tell whether those who have a share were reminded of it moments ago: a digest with nothing else says the same."""
    entries = await journal.list_of(turn.tx, share.inquiry_id)
    return any(one.tells(share.field, Event.INQUIRY_REMINDED) and one.at > turn.at - JUST_NOW for one in entries)


async def _list_own(turn: Turn, contact: str) -> list[Assignment]:
    """Return the unanswered shares a contact has, and those they were asked to take, soonest due first.

    What they were asked to take is theirs until somebody else takes it.
    """
    asked = await card_copies.list_joined(turn.tx, contact, Joined.REMINDED)
    return [
        share
        for share in await assignments.list_open(turn.tx)
        if share.state in UNANSWERED_ASSIGNMENTS
        and (
            contact == share.present_contact or (share.id in asked and (share.holder is None or share.taker == contact))
        )
    ]


def _section(turn: Turn, share: Assignment, last: datetime | None) -> str:
    hours = turn.book.hours
    if share.is_urgent:
        return URGENT
    if promise.is_overdue(turn, share):
        return OVERDUE
    today = share.due_at is not None and hours.day_of(share.due_at) == hours.day_of(turn.at)
    if today or promise.is_due_soon(turn, share):
        return DUE
    is_new = share.state is AssignmentState.ASSIGNED and (last is None or share.since is None or share.since > last)
    return NEW if is_new else WAITING


async def _lines(turn: Turn, shares: Sequence[Assignment]) -> list[str]:
    own = turn.book.own_language
    lines = []
    for share in shares[:MOST_LINES]:
        inquiry = await inquiries.get(turn.tx, share.inquiry_id)
        field = turn.book.field_title(share.field, own)
        if share.due_at is None:
            state = turn.say(own, f"state-{share.state}")
            if share.holder is not None:
                state = turn.say(own, "list-held", state=state, holder=share.holder)
            lines.append(turn.say(own, "digest-line-urgent", reference=inquiry.reference, field=field, state=state))
        else:
            due = turn.say_moment(own, share.due_at)
            lines.append(turn.say(own, "digest-line", reference=inquiry.reference, field=field, due=due))
    if len(shares) > MOST_LINES:
        lines.append(turn.say(own, "digest-more", count=len(shares) - MOST_LINES))
    return lines
