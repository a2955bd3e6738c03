"""The gate: who is blocked stays outside, and of what one person writes at once only so much comes in at a time.

Somebody who pours out their heart in twenty short messages is let in; of sixty in a row the later ones wait until there
is room again, in their order, and come in by themselves. Nothing is dropped silently: the person is told once a spell
that messages wait, and once if so many wait that no more are held. Words of danger pass at any time.

A blocked person is told once, with other ways to reach the office. Their commands are answered all the same, for these
reach no contact, and their data stays theirs: they look at it, correct it and delete it. What they correct shows on the
card, which rings nowhere, and it can only be what we know: a place, or who writes.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.model import Address, ButtonPress, Event, InboundMessage, Person
from bot.routing.durations import load_duration
from bot.services import edits
from bot.services.inquirers import correcting, inquirer
from bot.services.people import leaving, speaking
from bot.services.people.block_words import block_words
from bot.services.pressing import Said
from bot.services.turn import Turn
from bot.store import blocks, held, people, timers
from bot.store.blocks import Block, Standing
from bot.store.held import HeldFor, HeldMessage
from bot.store.timers import Timer, TimerKind

# What waits comes in as soon as there is room; this only ends what a fault would keep for ever.
HELD_AT_MOST = timedelta(days=1)
# What somebody blocked may still press: what concerns their data and reaches nobody.
STILL_PRESSED = frozenset(
    {
        *("page", "privacy", "language", "delete_all", "delete_sure", "delete_one", "delete_keep", "sparing_rewrite"),
        *("change_one", "change_place", "change_no_place", "change_keep", "change_who", "change_set_who"),
    }
)


async def on_message(turn: Turn, message: InboundMessage) -> None:
    """Let a new message or command in, hold it, or turn it away."""
    if message.command is not None:
        if _admit_order(turn, message.address, message.message):
            await inquirer.on_message(turn, message)
        elif _admit_refusal(turn, message, "orders"):
            await _say(turn, message, "room-no-orders", time=_orders_again(turn, message.address))
        return
    standing = await blocks.look(turn.tx, turn.at, message.address.whole_chat)
    if standing.missed:
        await leaving.on_reach(turn, message.address.whole_chat, reachable=True)
    if standing.block is not None:
        if not await _correct(turn, message):
            await _turn_away(turn, message, standing.block)
        return
    has_room = _admit(turn, message, standing)
    if (has_room and not standing.waiting) or _is_urgent(turn, message):
        await inquirer.on_message(turn, message)
    else:
        await _hold(turn, message, standing)


async def on_edit(turn: Turn, message: InboundMessage) -> None:
    """Let the edited form of a message in, hold it, or turn it away; what waits is replaced where it waits."""
    standing = await blocks.look(turn.tx, turn.at, message.address.whole_chat)
    if standing.block is not None:
        await _turn_away(turn, message, standing.block)
        return
    waiting = await _find_waiting(turn, message) if standing.waiting else None
    if waiting is not None and _is_urgent(turn, message):
        await held.remove(turn.tx, waiting.id)
        await _take_in(turn, replace(message, edited=waiting.message.edited))
        return
    if waiting is not None:
        await held.replace(turn.tx, waiting.id, replace(message, edited=waiting.message.edited))
        return
    has_room = _admit(turn, message, Standing())
    if (has_room and not standing.waiting) or _is_urgent(turn, message):
        await edits.on_edit(turn, message)
    elif await people.find_by_address(turn.tx, message.address.whole_chat) is not None:
        await _hold(turn, message, standing)


async def refusal(turn: Turn, person: Person, action: str) -> Said | None:
    """Return why somebody's press is not carried out: they are blocked; None if it is."""
    if action in STILL_PRESSED:
        return None
    block = await blocks.find(turn.tx, turn.at, person.address)
    return None if block is None else Said("press-blocked", {"until": turn.say_moment(person.language, block.until_at)})


def admit_press(turn: Turn, press: ButtonPress) -> Said | None:
    """Count a press, whatever its button is; return what to say if there were too many."""
    if _admit_order(turn, press.address, press.query):
        return None
    return Said("press-too-many", {"time": _orders_again(turn, press.address)})


async def on_room(turn: Turn, timer: Timer) -> None:
    """Take in what waited, in its order, as far as there is room now."""
    person = await people.get(turn.tx, timer.person_id or 0)
    for one in await held.list_of(turn.tx, person.id, HeldFor.ROOM):
        # What waited under a former name does not bring that back.
        message = replace(one.message, sender=replace(one.message.sender, first_name=person.first_name))
        standing = await blocks.look(turn.tx, turn.at, person.address)
        if standing.block is not None:
            await held.remove(turn.tx, one.id)
            await _turn_away(turn, message, standing.block)
            continue
        if not _admit(turn, message, standing):
            room_at = _room_at(turn, person.address, standing)
            await timers.start(turn.tx, room_at, Timer(TimerKind.ROOM, person_id=person.id))
            return
        await held.remove(turn.tx, one.id)
        await _take_in(turn, message)


async def _take_in(turn: Turn, message: InboundMessage) -> None:
    await (edits.on_edit if message.edited else inquirer.on_message)(turn, message)


async def _hold(turn: Turn, message: InboundMessage, standing: Standing) -> None:
    """Let a message wait, and say so with the first one; where too many wait, say that it is not held."""
    waiting, room_at = standing.waiting, _room_at(turn, message.address, standing)
    if waiting >= turn.book.rules.limits.waiting:
        if _admit_refusal(turn, message, "messages"):
            await _say(turn, message, "room-none", count=waiting, time=_clock_time(turn, room_at))
        return
    person = await inquirer.get_or_add_person(turn, message)
    # Who never went on from the notice was promised that it is deleted after the time told there.
    most = load_duration(turn.book.rules.dialogue.hold).elapsed() if person.noticed_at is None else HELD_AT_MOST
    await held.add(turn.tx, turn.at, person.id, HeldFor.ROOM, message, turn.at + most)
    if not waiting:
        await timers.start(turn.tx, room_at, Timer(TimerKind.ROOM, person_id=person.id))
        await turn.note(Event.MESSAGES_HELD)
        if _is_answer_due(turn, standing):
            await _say(turn, message, "room-first")
        else:
            await _say(turn, message, "room-wait", time=_clock_time(turn, room_at))


async def _correct(turn: Turn, message: InboundMessage) -> bool:
    """Take what somebody blocked answers when asked for the right place; False if it is no such answer, or too many."""
    person = await people.find_by_address(turn.tx, message.address.whole_chat)
    if person is None or _is_urgent(turn, message) or not await correcting.is_reply(turn, person, message):
        return False
    if not _admit_order(turn, message.address, message.message):
        return False
    return await correcting.take_reply(turn, person, message)


async def _turn_away(turn: Turn, message: InboundMessage, block: Block) -> None:
    """Tell the numbers that help to somebody blocked who speaks of danger; else, once, that they are blocked."""
    if _is_urgent(turn, message):
        language = await _language(turn, message)
        await speaking.tell_numbers(turn, message.address.whole_chat, language, message.text, "emergency-blocked")
    if block.told:
        return
    # Read again: of several that waited only the first is told.
    present = await blocks.find(turn.tx, turn.at, message.address.whole_chat)
    if present is not None and not present.told:
        await blocks.mark_told(turn.tx, turn.at, block)
        language = await _language(turn, message)
        await turn.notice(message.address.whole_chat, block_words(turn, language, block.until_at))


def _is_answer_due(turn: Turn, standing: Standing) -> bool:
    """Tell whether so much waits for the person's tap that it should not all come in at once."""
    return standing.unanswered >= turn.book.rules.limits.messages


def _admit(turn: Turn, message: InboundMessage, standing: Standing) -> bool:
    """Count a message, an album as one; False if there is no room for it.

    There is none either while enough of the person's messages wait for a tap of theirs.
    """
    if _is_answer_due(turn, standing):
        return False
    what = message.album or (message.message, message.sent_at if message.edited else None)
    most, within = _limits(turn)
    return turn.windows.messages.admit(message.address.chat_key, what, turn.at, most, within)


def _room_at(turn: Turn, address: Address, standing: Standing) -> datetime:
    """Return when there is room for a message; while a tap of theirs is due, when that is looked at again."""
    most, within = _limits(turn)
    if _is_answer_due(turn, standing):
        return turn.at + within
    return turn.windows.messages.room_at(address.chat_key, turn.at, most, within)


def _admit_order(turn: Turn, address: Address, what: int | str) -> bool:
    """Count a command or press; False if there were too many."""
    return turn.windows.orders.admit(address.chat_key, what, turn.at, *_limits(turn))


def _orders_again(turn: Turn, address: Address) -> str:
    """Return the time of day from which on somebody's commands and presses are taken again."""
    return _clock_time(turn, turn.windows.orders.room_at(address.chat_key, turn.at, *_limits(turn)))


def _admit_refusal(turn: Turn, message: InboundMessage, what: str) -> bool:
    """Count that something is not taken of somebody; False if they were told so within the window's time."""
    _, within = _limits(turn)
    return turn.windows.refused.admit((*message.address.chat_key, what), message.message, turn.at, 1, within)


def _limits(turn: Turn) -> tuple[int, timedelta]:
    """Return how much of one person's comes in at a time, and how long that time is."""
    limits = turn.book.rules.limits
    return limits.messages, load_duration(limits.within).elapsed()


def _is_urgent(turn: Turn, message: InboundMessage) -> bool:
    return turn.decide(message.text).urgent


async def _find_waiting(turn: Turn, message: InboundMessage) -> HeldMessage | None:
    person = await people.find_by_address(turn.tx, message.address.whole_chat)
    waiting = [] if person is None else await held.list_of(turn.tx, person.id, HeldFor.ROOM)
    return next((one for one in waiting if one.message.message == message.message), None)


async def _language(turn: Turn, message: InboundMessage) -> str:
    person = await people.find_by_address(turn.tx, message.address.whole_chat)
    return speaking.first_language(turn, message) if person is None else person.language


def _clock_time(turn: Turn, at: datetime) -> str:
    """Return a time of today; a second early would be too early, so it is the next minute."""
    return turn.texts.time(at + timedelta(seconds=59), turn.book.rules.office.timezone)


async def _say(turn: Turn, message: InboundMessage, key: str, **values: str | int) -> None:
    await turn.notice(message.address.whole_chat, turn.say(await _language(turn, message), key, **values))
