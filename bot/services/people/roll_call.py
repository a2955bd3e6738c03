"""Who can be reached: asked of every contact once a day, noticed at the first message that fails, told to admins.

A contact that cannot be reached is passed over until something comes from its chat again.
"""

from __future__ import annotations

import logging
from datetime import time

from bot.model import Address, DeliveryKind, Draft, Event
from bot.services.people import absence
from bot.services.people.directory import load_directory
from bot.services.turn import Turn
from bot.store import timers, unreachable
from bot.store.timers import Timer, TimerKind

# Before the office opens, so that a deputy has the morning.
DAILY_AT = time(7, 30)

log = logging.getLogger(__name__)


async def plan(turn: Turn) -> None:
    """See that the roll is called daily; done once, it goes on by itself."""
    if await timers.find_due(turn.tx, Timer(TimerKind.ROLL_CALL)) is None:
        await timers.start(turn.tx, turn.book.hours.next_on_any_day(turn.at, DAILY_AT), Timer(TimerKind.ROLL_CALL))


async def on_time(turn: Turn, timer: Timer) -> None:
    """Ask every contact's chat whether it is still there, without anybody noticing."""
    await timers.start(turn.tx, turn.book.hours.next_on_any_day(turn.at, DAILY_AT), Timer(TimerKind.ROLL_CALL))
    directory = await load_directory(turn)
    for address in dict.fromkeys(directory.addresses.values()):
        await turn.send(Draft(address, DeliveryKind.PROBE))


async def mark_unreachable(turn: Turn, address: Address) -> None:
    """Pass over the contacts of a chat from now on, hand over what they have, and tell the administrators once."""
    directory = await load_directory(turn)
    lost = [key for key in directory.contacts_in_chat(address) if await unreachable.mark(turn.tx, turn.at, key)]
    if not lost:
        return
    settled = await absence.settle(turn)
    directory = await load_directory(turn)
    for contact in lost:
        log.error("contact '%s' cannot be reached. Invite them again: python -m bot invite %s", contact, contact)
        await turn.note(Event.CONTACT_LOST, contact=contact)
        reach = directory.reach(contact)
        stands_in = None if reach is None else turn.book.contact_name(reach.contact)
        name, count = turn.book.contact_name(contact), settled.had[contact]
        own = turn.book.own_language
        text = (
            turn.say(own, "admin-lost-nobody", contact=name, key=contact)
            if stands_in is None
            else turn.say(own, "admin-lost", contact=name, deputy=stands_in, key=contact, count=count)
        )
        for place in directory.administrators():
            await turn.notice(place, text)


async def mark_reachable(turn: Turn, address: Address) -> None:
    """Count on the contacts of a chat again, because something came from there; what is theirs returns."""
    directory = await load_directory(turn)
    found = [key for key in directory.contacts_in_chat(address) if await unreachable.clear(turn.tx, key)]
    if found:
        for contact in found:
            await turn.note(Event.CONTACT_FOUND, contact=contact)
        await absence.settle(turn, address)
