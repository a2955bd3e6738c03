"""When much comes at once, a contact's phone does not ring for all of it: the rest arrives without a sound.

Every card and every word still arrives by itself, in its order, so that each can be answered; only ringing is bundled.
A contact is rung for the first messages within a time, then one line sums up how many came without a sound. What one
person adds to an inquiry within moments does not ring again where it rang just now; a group's other topics are other
places. An urgent card always rings, and so do further words of danger.
"""

from __future__ import annotations

from collections.abc import Hashable

from bot.routing.durations import load_duration
from bot.services.cards.places import CardPlace
from bot.services.case import Case
from bot.services.people.directory import load_directory
from bot.services.turn import Turn
from bot.store import outbox, timers
from bot.store.timers import Timer, TimerKind


async def ring(turn: Turn, case: Case, place: CardPlace, what: Hashable, *, danger: bool = False) -> bool:
    """Let an inquirer's message ring at a contact's; False if too much rang there, and see to the summing up then.

    Args:
        place: where it goes; of a card not sent yet the address and whose it is are enough.
        what: names what arrives, the same when it is tried again: a message, or one form of it.
        danger: its words speak of danger, and it rings even if something just rang; a flood of them does not.
    """
    limits = turn.book.rules.limits
    chat = place.address.chat_key
    soon = load_duration(limits.follow_up).elapsed()
    within = load_duration(limits.rings_within).elapsed()
    one_inquirys = (*chat, place.address.topic, case.inquiry.id)
    if not turn.windows.follow_ups.admit(one_inquirys, what, turn.at, 1, soon):
        return danger and turn.windows.rings.admit(one_inquirys, what, turn.at, limits.rings, within)
    if case.inquiry.is_urgent:
        return True
    if turn.windows.rings.admit(chat, what, turn.at, limits.rings, within):
        return True
    # One timer a place, for one line: several contacts may be reached there.
    here = [key for key, address in (await load_directory(turn)).addresses.items() if address == place.address]
    contact = here[0] if here else place.contact
    if await timers.find_due(turn.tx, Timer(TimerKind.SURGE, contact=contact)) is None:
        first = await outbox.last_id(turn.tx) + 1
        await timers.start(turn.tx, turn.at + within, Timer(TimerKind.SURGE, contact=contact, first_row=first))
    return False


async def on_time(turn: Turn, timer: Timer) -> None:
    """Say how much arrived without a sound in a contact's chat or topic; a group's other topics have their own line."""
    address = (await load_directory(turn)).addresses.get(timer.contact or "")
    if address is None:
        return
    count = await outbox.count_quiet(turn.tx, address, since=timer.first_row)
    if count:
        await turn.notice(address, turn.say(turn.book.own_language, "surge", count=count))
