"""Which of somebody's inquiries a message belongs to: they are asked, and what they write meanwhile waits with it.

Whoever chooses nothing is understood as well as can be: nothing is held for good.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from bot.conversation.inquirer import ended_since
from bot.model import GENERAL, InboundMessage, Inquiry, Outcome, Person, Prompt
from bot.routing.durations import load_duration
from bot.services.inquirers import intake, questions, situation
from bot.services.inquirers.offering import Offer, rows
from bot.services.people.naming import topics_of
from bot.services.turn import Turn
from bot.store import assignments, held, inquiries, outbox, people, timers
from bot.store.held import HeldFor
from bot.store.timers import Timer, TimerKind


async def hold(turn: Turn, person: Person, message: InboundMessage) -> None:
    """Hold a message, and ask where it belongs; of an album once."""
    waiting = await held.list_of(turn.tx, person.id, HeldFor.WHICH)
    timeout = load_duration(turn.book.rules.dialogue.ask_timeout)
    due_at = turn.book.hours.due_at(turn.at, timeout)
    expires_at = turn.at + load_duration(turn.book.rules.dialogue.hold).elapsed()
    await held.add(turn.tx, turn.at, person.id, HeldFor.WHICH, message, max(expires_at, due_at + timedelta(days=1)))
    if await timers.find_due(turn.tx, Timer(TimerKind.WHICH, person_id=person.id)) is None:
        # Not anew with each further message: else what was held first could wait until it expires.
        await timers.start(turn.tx, due_at, Timer(TimerKind.WHICH, person_id=person.id))
    if message.album is not None and any(one.message.album == message.album for one in waiting):
        return
    await _ask(turn, person, message, again=bool(waiting))


async def release(turn: Turn, person: Person, inquiry_id: int | None) -> int | None:
    """Put the held messages where the person says: an inquiry, or a new one. Return which it was.

    None if nothing was held any more.
    """
    await timers.stop(turn.tx, Timer(TimerKind.WHICH, person_id=person.id))
    waiting = await held.take(turn.tx, person.id, HeldFor.WHICH)
    if waiting:
        await _put_away(turn, person)
    for one in waiting:
        if inquiry_id is None:
            inquiry_id = (await intake.open_inquiry(turn, person, one.message)).inquiry.id
        else:
            await intake.follow_up(turn, inquiry_id, one.message)
    return inquiry_id if waiting else None


async def on_time(turn: Turn, timer: Timer) -> None:
    """Put held messages where they seem to belong; what is clearly about something else opens an inquiry."""
    person = await people.get(turn.tx, timer.person_id or 0)
    target = await _guess(turn, person)
    placed = await release(turn, person, None if target is None else target.id)
    if placed is None:
        return
    key = "which-too-long-new" if target is None else "which-too-long"
    inquiry = await inquiries.get(turn.tx, placed)
    await turn.notice(
        person.address, turn.say(person.language, key, reference=inquiry.reference), inquiry_id=inquiry.id
    )


async def _guess(turn: Turn, person: Person) -> Inquiry | None:
    """Return the open inquiry the held messages seem to belong to, None for one of their own.

    Words that clearly name a field are never put before the contact of another, nor words that may be about what ended
    after the open one was last spoken of.
    """
    open_ones = await inquiries.list_open_of(turn.tx, person.id)
    waiting = await held.list_of(turn.tx, person.id, HeldFor.WHICH)
    decision = turn.decide("\n".join(one.message.text for one in waiting))
    if decision.outcome is not Outcome.ROUTE:
        ended = await situation.ended_lately(turn, person)
        if not open_ones or ended_since(ended, await situation.matter_of(turn, open_ones[0])):
            return None
        return open_ones[0]
    for inquiry in open_ones:
        if any(share.field in decision.fields for share in await assignments.list_open_of(turn.tx, inquiry.id)):
            return inquiry
    return None


async def _ask(turn: Turn, person: Person, message: InboundMessage, *, again: bool) -> None:
    offered = await choices(turn, person)
    about = (
        *(inquiry.id for inquiry in offered.inquiries),
        *(ended.inquiry_id for ended in await situation.ended_lately(turn, person)),
    )
    # What was held before goes the same way, so it is asked about here, too, and no longer above.
    more = again and await _put_away(turn, person)
    text = turn.say(person.language, "which-more" if more else "which", count=len(about))
    buttons = await rows(turn, person, offered)
    await turn.notice(
        person.address, text, reply_to=message.message, buttons=buttons, about=about, prompt=Prompt.INQUIRY
    )


async def choices(turn: Turn, person: Person) -> Offer:
    """Return where a message may belong: to what is open, to what ended lately, or to neither."""
    ended = [await inquiries.get(turn.tx, one.inquiry_id) for one in await situation.ended_lately(turn, person)]
    below = [
        await turn.button(person.address, await _label(turn, person, "btn-which-ended", one), "which", one.id)
        for one in ended
    ]
    below.append(await turn.button(person.address, turn.say(person.language, "btn-which-new"), "which_new"))
    open_ones = await inquiries.list_open_of(turn.tx, person.id)
    label = partial(_label, turn, person, "btn-which-one")
    return Offer("which", open_ones, label, tuple((button,) for button in below))


async def _label(turn: Turn, person: Person, key: str, inquiry: Inquiry) -> str:
    field = await topics_of(turn, person.language, inquiry.id)
    field = field or turn.book.field_title(GENERAL, person.language)
    return turn.say(person.language, key, reference=inquiry.reference, field=field)


async def _put_away(turn: Turn, person: Person) -> bool:
    """Take away the buttons of the question asked last; True if its person may have seen them."""
    asked = await outbox.find_last_prompt(turn.tx, person.address, Prompt.INQUIRY)
    return asked is not None and await questions.put_away(turn, asked)
