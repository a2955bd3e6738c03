"""Sparing with data: who tells what an office need not know is asked once whether it goes on, before anybody reads it.

They may write anew, and then the first form is gone for good, or let it go on: covered on the card, and shown to a
contact who asks for it. Whoever chooses nothing loses nothing, it goes on by itself. What they write meanwhile waits
behind it, so that the order stays. Words of danger never come here.
"""

from __future__ import annotations

from datetime import timedelta

from bot.model import InboundMessage, Person, Purpose
from bot.routing.durations import load_duration
from bot.services.turn import Turn
from bot.store import held, timers
from bot.store.held import HeldFor, HeldMessage
from bot.store.timers import Timer, TimerKind


async def hold(turn: Turn, person: Person, message: InboundMessage) -> bool:
    """Hold a message that tells too much, or comes behind one that does; False if there is no need.

    Nor is there before the notice: then it is held anyway, and comes here when the person goes on.
    """
    if person.noticed_at is None:
        return False
    kinds = _kinds(turn, message)
    waiting = await held.list_of(turn.tx, person.id, HeldFor.SPARING)
    if not kinds and not waiting:
        return False
    due_at = turn.book.hours.due_at(turn.at, load_duration(turn.book.rules.dialogue.ask_timeout))
    await held.add(turn.tx, turn.at, person.id, HeldFor.SPARING, message, due_at + timedelta(days=1))
    if not waiting:
        # Not anew with each further message: else what was held first could wait until it expires.
        await timers.start(turn.tx, due_at, Timer(TimerKind.SPARING, person_id=person.id))
    if kinds:
        await _ask(turn, person, message, kinds)
    return True


async def ask_anew(turn: Turn, person: Person, message: InboundMessage) -> None:
    """Ask about a held message that was changed, if it tells too much now."""
    if kinds := _kinds(turn, message):
        await _ask(turn, person, message, kinds)


async def take(turn: Turn, person: Person) -> list[HeldMessage]:
    """Return what was held, in order; it is held no longer."""
    await timers.stop(turn.tx, Timer(TimerKind.SPARING, person_id=person.id))
    return await held.take(turn.tx, person.id, HeldFor.SPARING)


def _kinds(turn: Turn, message: InboundMessage) -> list[str]:
    """Return what a message tells that need not be told, each kind once."""
    return list(dict.fromkeys(passage.kind for passage in turn.book.sensitive.find(message.text)))


async def _ask(turn: Turn, person: Person, message: InboundMessage, kinds: list[str]) -> None:
    language = person.language
    what = turn.texts.together(language, [turn.say(language, f"sensitive-{kind}") for kind in kinds])
    timeout = load_duration(turn.book.rules.dialogue.ask_timeout)
    if timeout.is_in_office_hours:
        # Who asks for help need not know when the office is open, so they are told the moment.
        due_at = await timers.find_due(turn.tx, Timer(TimerKind.SPARING, person_id=person.id)) or turn.at
        text = turn.say(language, "sparing-ask-until", what=what, due=turn.say_moment(language, due_at))
    else:
        wait = turn.texts.span(language, timeout.elapsed())
        text = turn.say(language, "sparing-ask", what=what, wait=wait)
    anew = await turn.button(person.address, turn.say(language, "btn-sparing-rewrite"), "sparing_rewrite")
    on = await turn.button(person.address, turn.say(language, "btn-sparing-on"), "sparing_on")
    buttons = ((anew,), (on,))
    await turn.notice(person.address, text, reply_to=message.message, buttons=buttons, purpose=Purpose.NEEDED)
