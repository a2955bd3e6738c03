"""Absences: while a contact is away, whoever stands in gets what is new, what is open, and all that is said about it.

Everything returns on the day. What a deputy took over is untaken again for whoever comes back, and the other way round.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.conversation.days import Days
from bot.model import Address, Assignment, AssignmentState, Event
from bot.services.case import get_case
from bot.services.people.directory import Directory, Reach, load_directory
from bot.services.shares import assigning, handing, promise, stranded
from bot.services.turn import FAR_OFF, Turn
from bot.store import absences, assignments, timers
from bot.store.absences import Absence
from bot.store.timers import Timer, TimerKind


async def begin(turn: Turn, contact: str, days: Days, by: str) -> Absence:
    """Let a contact be away for some days, from now on if they begin today.

    Args:
        by: the key of the contact who says so.
    """
    zone = ZoneInfo(turn.book.rules.office.timezone)

    def midnight(day: Days, *, after: bool) -> datetime:
        local = day.last + timedelta(days=1) if after else day.first
        return datetime.combine(local, time(), zone).astimezone(UTC)

    absence = Absence(contact, max(midnight(days, after=False), turn.at), midnight(days, after=True), by)
    await absences.put(turn.tx, turn.at, absence)
    await turn.note(Event.CONTACT_AWAY, contact=contact, by=by)
    await timers.stop(turn.tx, Timer(TimerKind.AWAY, contact=contact))
    await timers.start(turn.tx, absence.until_at, Timer(TimerKind.BACK, contact=contact))
    if absence.from_at > turn.at:
        await timers.start(turn.tx, absence.from_at, Timer(TimerKind.AWAY, contact=contact))
        # It may take the place of one that holds now.
        await settle(turn)
    else:
        await _take_effect(turn, absence)
    return absence


async def end(turn: Turn, contact: str, by: str) -> bool:
    """Let a contact be there again; False if they were not away, nor going to be."""
    if not await absences.end(turn.tx, contact):
        return False
    for kind in (TimerKind.AWAY, TimerKind.BACK):
        await timers.stop(turn.tx, Timer(kind, contact=contact))
    await turn.note(Event.CONTACT_BACK, contact=contact, by=by)
    await settle(turn)
    return True


async def _take_effect(turn: Turn, absence: Absence) -> None:
    """Tell whoever stands in, and hand over what is open."""
    directory = await load_directory(turn)
    reach = directory.reach(absence.contact)
    if reach is not None and reach.contact != absence.contact:
        text = turn.say(turn.book.own_language, "absence-stand-in", **words_for(turn, absence))
        await turn.notice(reach.address, text)
    await settle(turn)


def words_for(turn: Turn, absence: Absence) -> dict[str, str]:
    """Return whose absence it is, its first and last day and both in one, as texts want them.

    The year stands with a day far off.
    """
    zone, own = ZoneInfo(turn.book.rules.office.timezone), turn.book.own_language

    def day(at: datetime) -> str:
        return turn.texts.day(own, at.astimezone(zone).date(), with_year=at - turn.at > FAR_OFF)

    first, last = day(absence.from_at), day(absence.until_at - timedelta(seconds=1))
    span = turn.say(own, "absence-day" if first == last else "absence-days", first=first, last=last)
    return {"contact": turn.book.contact_name(absence.contact), "last": last, "span": span}


@dataclass(frozen=True)
class Settled:
    """How many open shares change hands: contact → how many it had; contact → how many it is handed."""

    had: Counter[str]
    handed: Counter[str]


async def settle(turn: Turn, found: Address | None = None, *, urgent_only: bool = False) -> Settled:
    """Bring open shares to those who are to have them now, soonest due first; return how many change hands.

    What somebody else took who is not there waits to be taken again where it is.

    Of very many the first go at once, the others in portions with the next sweeps: nobody waits for all of them, and
    each portion looks for what is left.

    Args:
        found: where somebody can be reached again, whatever could not be delivered there before.
        urgent_only: leave alone what can wait for the morning.
    """
    misplaced = [one for one in await _list_misplaced(turn, found) if one[0].is_urgent or not urgent_only]
    for share, reach in misplaced[: stranded.AT_ONCE]:
        case = await get_case(turn, share.inquiry_id)
        if reach.contact == share.present_contact:
            await handing.free(turn, case, share)
            continue
        await turn.note(Event.INQUIRY_HANDED_OVER, case.inquiry.id, contact=share.contact, to=reach.contact)
        await assigning.hand_over(turn, case, await assignments.get(turn.tx, share.id), reach)
    if len(misplaced) > stranded.AT_ONCE:
        await stranded.go_on_soon(turn, TimerKind.HAND_OVER, found)
    moved = [(share.present_contact, reach.contact) for share, reach in misplaced]
    moved = [(had, has) for had, has in moved if had != has]
    return Settled(Counter(had for had, _ in moved), Counter(has for _, has in moved))


async def _list_misplaced(turn: Turn, found: Address | None) -> list[tuple[Assignment, Reach]]:
    """Return the open shares that others are to have now, and whom, soonest due first.

    And those that are where they belong, but taken by somebody who is not there.
    """
    directory = await load_directory(turn)
    # In one look: with hundreds of open shares everybody else would have to wait.
    dead_for = await assignments.list_dead(turn.tx)
    misplaced = []
    for share in await assignments.list_open(turn.tx):
        if share.card is None:
            continue  # waits for somebody to be reached, see `stranded.deliver_waiting`
        dead = dead_for.get(share.id, [])
        if found is not None:
            dead = [address for address in dead if not address.is_in_chat_of(found)]
        reach = directory.reach(share.contact, without=dead)
        if reach is not None and (reach.contact != share.present_contact or _is_left_alone(directory, share)):
            misplaced.append((share, reach))
    return misplaced


def _is_left_alone(directory: Directory, share: Assignment) -> bool:
    """Tell whether somebody else than who has a share took it and is not there, while who has it is."""
    has_taker = share.state in (AssignmentState.TAKEN, AssignmentState.ANSWERED) and share.taker is not None
    return has_taker and not directory.is_there(share.taker) and directory.is_there(share.present_contact)


async def on_hand_over(turn: Turn, timer: Timer) -> None:
    """Hand over the next portion of what is left."""
    await settle(turn, await stranded.still_found(turn, timer))


async def on_away(turn: Turn, timer: Timer) -> None:
    """An absence announced earlier begins; at night only what is urgent goes to whoever stands in, the rest waits."""
    absence = await absences.find(turn.tx, timer.contact or "")
    if absence is None:
        return
    if promise.is_night(turn, turn.at):
        await settle(turn, urgent_only=True)
        await timers.start(turn.tx, promise.morning(turn), timer)
    else:
        await _take_effect(turn, absence)


async def on_back(turn: Turn, timer: Timer) -> None:
    """Absences are over: what is still open returns, and their contacts are told how much that is; not at night.

    All that are over end with the first, for at once everything returns to everybody.
    """
    if promise.is_night(turn, turn.at):
        await timers.start(turn.tx, promise.morning(turn), timer)
        return
    back = [absence.contact for absence in await absences.list_over(turn.tx, turn.at)]
    for contact in back:
        await absences.end(turn.tx, contact)
        await turn.note(Event.CONTACT_BACK, contact=contact, by=contact)
    handed = (await settle(turn)).handed if back else Counter[str]()
    directory = await load_directory(turn)
    for contact in back:
        if contact in directory.addresses:
            text = turn.say(turn.book.own_language, "absence-over", count=handed[contact])
            await turn.notice(directory.addresses[contact], text)
