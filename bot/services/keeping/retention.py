"""Retention that runs: what has served its purpose is closed, counted and deleted, every night and at every start.

The lengths stand in the rules (`privacy.retention`); with other ones it runs at once. Why each deletion happens
stands where it happens.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.model import (
    GENERAL,
    OPEN_STATES,
    Address,
    Assignment,
    Delivery,
    Draft,
    Event,
    JournalEntry,
)
from bot.services import cards
from bot.services.case import Case, get_case
from bot.services.keeping import silence
from bot.services.keeping.expiring import LOOSE_PORTION, drop_expired
from bot.services.keeping.taking_back import empty_desks
from bot.services.lifetimes import length
from bot.services.people import former_contacts, speaking
from bot.services.people.directory import load_directory
from bot.services.relaying import arriving
from bot.services.turn import Turn
from bot.store import (
    assignments,
    deletions,
    erasing,
    feedback,
    inquiries,
    journal,
    outbox,
    people,
    skeletons,
    timers,
)
from bot.store.skeletons import Skeleton
from bot.store.timers import Timer, TimerKind

# At night: deleting much takes its time, and nobody waits then.
NIGHTLY_AT = time(3, 15)
# What is told of rings at its person's, who may live with somebody they fear, so that waits for the day.
DAY_FROM, DAY_UNTIL = time(9), time(18)
# Telegram lets a bot delete its messages for 48 hours (Bot API, deleteMessage); till then it must know them.
KEEP_SENT = timedelta(hours=48)
# One night's work goes in portions, so that messages of people in trouble are not kept waiting.
PORTION = 200
# Words are taken off cards as fast as Telegram lets a chat be written to (18 messages a minute in a group), and a new
# card must not wait for long behind that: so many messages, then a pause.
EMPTIED_AT_ONCE = 60
EMPTYING_TAKES = timedelta(minutes=5)

_LOOSE = (
    *("parked", "parked deliveries", "notices", "journal", "buttons", "invitations", "blocks"),
    *("deletions", "unnoticed", "updates"),
)
# All there is to count, in the order of work; `python -m bot purge` has a line for each.
CLASSES = ("silent", "content", "longest", "people", "held", "held at desks", *_LOOSE)

log = logging.getLogger(__name__)


@dataclass
class Purge:
    """What a run found or did: class of data (`CLASSES`) → how much, in the words of the rules.

    Attributes:
        emptied: how many messages in contacts' chats lose their words.
    """

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CLASSES, 0))
    emptied: int = 0

    @property
    def empties_enough(self) -> bool:
        """Whether contacts' chats have enough to do for now."""
        return self.emptied >= EMPTIED_AT_ONCE

    def add(self, name: str, count: int = 1) -> None:
        """Count something."""
        self.counts[name] += count

    @property
    def more(self) -> bool:
        """Whether a whole portion of a class was done, so that there may be more of it."""
        full = (count >= (LOOSE_PORTION if name in _LOOSE else PORTION) for name, count in self.counts.items())
        return self.empties_enough or any(full)


async def plan(turn: Turn) -> None:
    """See that retention runs every night; at a start and with changed rules it runs at once, for what was missed."""
    await timers.start(turn.tx, turn.at, Timer(TimerKind.RETENTION))


async def on_time(turn: Turn, timer: Timer) -> None:
    """Do a portion; go on soon while there is more, else the next night, or in the morning with what is silent."""
    hours = turn.book.hours
    night, morning, evening = (hours.next_on_any_day(turn.at, at) for at in (NIGHTLY_AT, DAY_FROM, DAY_UNTIL))
    by_day = evening < morning
    # Nobody could do anything about it while the office is closed; what must go does not wait for that.
    purge = await delete_due(turn, by_day=by_day, closes=by_day and hours.is_working_day(hours.day_of(turn.at)))
    await former_contacts.look(turn)
    soon = turn.at + EMPTYING_TAKES if purge.empties_enough else turn.at
    await timers.start(turn.tx, soon if purge.more else min(night, morning), Timer(TimerKind.RETENTION))
    done = {name: count for name, count in purge.counts.items() if count}
    if done:
        log.info("retention: %s", ", ".join(f"{name} {count}" for name, count in sorted(done.items())))
        await turn.note(Event.RETENTION_RAN, **done)
        turn.tx.scrub_after()


async def run(turn: Turn) -> Purge:
    """Do at once, while the bot stands still, what its sweeper does by and by; return what was done."""
    purge = await delete_due(turn)
    for name, count in (await drop_expired(turn, turn.at)).items():
        purge.add(name, count)
    return purge


async def delete_due(turn: Turn, *, by_day: bool = True, closes: bool = True) -> Purge:
    """Close what is silent and delete what is due, at most a portion of each; return what was done.

    Args:
        by_day: also delete what people are told of; `closes`: also close what is silent.
    """
    purge, rule = Purge(), turn.book.rules.privacy.retention
    # Whoever has nothing more to say need not be waited for; until the content goes, a word opens it again.
    before = turn.at - length(rule.silent)
    for inquiry_id in await erasing.list_silent_since(turn.tx, before, turn.at, PORTION) if closes else []:
        await silence.close(turn, await get_case(turn, inquiry_id))
        purge.add("silent")
    # The purpose has ended with the inquiry; the time until then is for questions and complaints that come after.
    for inquiry_id in await erasing.list_closed_before(turn.tx, turn.at - length(rule.content), PORTION):
        if purge.empties_enough:
            break
        purge.emptied += await erase(turn, inquiry_id)
        purge.add("content")
    # However long an inquiry goes on, a year's words are a side file, which the office must not keep here. What is open
    # then ends without anybody having ended it, so both sides are told, by day.
    a_year_ago = turn.at - length(rule.longest)
    for inquiry_id in await erasing.list_opened_before(turn.tx, a_year_ago, PORTION, open_too=by_day):
        if purge.empties_enough:
            break
        await _tell_expired(turn, await get_case(turn, inquiry_id))
        purge.emptied += await erase(turn, inquiry_id, outcome="expired")
        purge.add("longest")
    # Without an inquiry there is no purpose in knowing somebody.
    for person_id in await erasing.list_people_done_with(turn.tx, turn.at - length(rule.content), PORTION):
        await erasing.erase_person(turn.tx, person_id)
        purge.add("people")
    loose = await erasing.erase_loose(
        turn.tx,
        # Nobody looked after it for so long that nobody will, and it holds words of people.
        parked=turn.at - length(rule.parked),
        sent=turn.at - KEEP_SENT,
        longest=turn.at - length(rule.longest),
        at=turn.at,
        most=LOOSE_PORTION,
    )
    for name, count in loose.items():
        purge.add(name, count)
    # A backup that still holds what such a hash stands for is so old that all of it goes by the year's limit.
    purge.add("deletions", await deletions.forget_before(turn.tx, turn.at - length(rule.longest), LOOSE_PORTION))
    return purge


async def erase(turn: Turn, inquiry_id: int, outcome: str | None = None) -> int:
    """Count an inquiry and delete it; its person too, where this was all that was known of them.

    Contacts would go on reading its words on their cards, so these go too; in their own chat the person may keep what
    was said to them.

    Args:
        outcome: how it ended, where that is not what its state says.

    Returns:
        How many messages in contacts' chats lose their words.
    """
    inquiry = await inquiries.get(turn.tx, inquiry_id)
    blank = turn.say(turn.book.own_language, "expired-card", reference=inquiry.reference)
    person = await people.get(turn.tx, inquiry.person_id)
    emptied = await empty_desks(turn, inquiry_id, person.address, blank)
    await write_skeleton(turn, inquiry_id, outcome)
    await erasing.erase_inquiry(turn.tx, inquiry_id)
    # Who has just written again was promised that it goes on; they are looked at again the next night.
    if not await people.has_concerns(turn.tx, inquiry.person_id):
        await erasing.erase_person(turn.tx, inquiry.person_id)
    return emptied


async def write_skeleton(turn: Turn, inquiry_id: int, outcome: str | None = None) -> None:
    """Keep of an inquiry what may be counted."""
    await skeletons.add(turn.tx, await _skeleton(turn, await get_case(turn, inquiry_id), outcome))


async def _tell_expired(turn: Turn, case: Case) -> None:
    """Tell an open inquiry's person, and all who have it, that it is deleted; of one that is closed they were told."""
    if case.inquiry.state not in OPEN_STATES:
        return
    person, own = case.person, turn.book.own_language
    longest = length(turn.book.rules.privacy.retention.longest)
    span = turn.texts.span(person.language, longest)
    text = turn.say(person.language, "expired", reference=case.reference, longest=span)
    text = speaking.with_numbers(turn, person.language, text, case.inquiry)
    # Said as belonging to no inquiry, or it would go with this one.
    await turn.send(Draft(person.address, text=text, forget=True))
    directory = await load_directory(turn)
    having: dict[Address, Delivery] = {}
    for share in await assignments.list_open_of(turn.tx, case.inquiry.id):
        for place in await cards.places_of(turn, share):
            having.setdefault(place.address, await outbox.get(turn.tx, place.delivery_id))
    text = turn.say(own, "expired-contact", reference=case.reference, longest=turn.texts.span(own, longest))
    for address, card in having.items():
        if directory.is_staff_chat(address):
            await turn.send(Draft(address, text=text, reply_to=card.message, forget=True))


async def _skeleton(turn: Turn, case: Case, outcome: str | None) -> Skeleton:
    inquiry, decision = case.inquiry, case.inquiry.decision
    shares = await assignments.list_of(turn.tx, inquiry.id)
    lead = next((share for share in reversed(shares) if share.lead), None)
    entries = await journal.list_of(turn.tx, inquiry.id)
    answer = arriving.find_first_answer(entries)
    zone = ZoneInfo(turn.book.rules.office.timezone)
    ended = "open" if inquiry.closed_at is None else str(inquiry.state)
    helped = await feedback.find(turn.tx, inquiry.id)
    return Skeleton(
        month=f"{inquiry.opened_at.astimezone(zone):%Y-%m}",
        field=GENERAL if lead is None else lead.field,
        region=None if decision is None else _region(turn, decision.place),
        audience="unknown" if decision is None else decision.audience,
        direction="other" if decision is None else decision.direction,
        outcome=outcome or ended,
        hours_to_answer=_hours(inquiry.opened_at, None if answer is None else answer.at),
        hours_to_close=_hours(inquiry.opened_at, inquiry.closed_at),
        in_time=None if answer is None else _in_time(shares, answer),
        helped=helped,
    )


def _in_time(shares: list[Assignment], answer: JournalEntry) -> bool | None:
    """Tell whether the share that was answered kept its first promise; where it has been judged twice, the first time.

    A field may have had the inquiry several times, and each share is a promise of its own.
    """
    answered = (share for share in shares if share.field == answer.data.get("field"))
    return next((share.in_time for share in answered if share.in_time is not None), None)


def _region(turn: Turn, place: str | None) -> str | None:
    return next((known.region for known in turn.book.rules.places if known.name == place), None)


def _hours(start: datetime, end: datetime | None) -> float | None:
    return None if end is None else round((end - start).total_seconds() / 3600, 1)
