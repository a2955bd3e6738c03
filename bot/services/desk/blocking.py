"""`/sperren` and `/entsperren`: an administrator keeps somebody from writing, for a time, by an inquiry of theirs.

Every block has an end, no later than the longest retention: nobody is shut out of an office for good by a tap. It is
written into the inquiry's journal by whom and until when. The person is told when they write next, or at once if the
block dropped something of theirs that was waiting.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from bot.errors import NotFoundError
from bot.model import Assignment, Event, InboundMessage, Person
from bot.routing.durations import load_duration
from bot.services import cards
from bot.services.cards.buttons import card_rows
from bot.services.case import Case, get_case
from bot.services.desk.replying import reply
from bot.services.people.block_words import block_words
from bot.services.people.directory import Directory
from bot.services.pressing import Answered, Hand, Said
from bot.services.turn import Turn
from bot.store import blocks, held, inquiries
from bot.store.blocks import Block

_UNITS = {
    timedelta(hours=1): ("h", "std", "stunde", "stunden", "hour", "hours"),
    timedelta(days=1): ("", "d", "t", "tag", "tage", "tagen", "day", "days"),
    timedelta(weeks=1): ("w", "woche", "wochen", "week", "weeks"),
}
_LENGTH = re.compile(r"([0-9]{1,4})\s*([a-z]*)\.?")


async def on_block(turn: Turn, message: InboundMessage, directory: Directory) -> None:
    """`/sperren 2026-0042 7 Tage`; without a reference, who is blocked."""
    by = directory.administrator_at(message.address)
    if by is None:
        await reply(turn, message, "admin-not-allowed")
        return
    reference, _, length = message.argument.strip().partition(" ")
    if not reference:
        await _list(turn, message)
        return
    span = _default(turn) if not length.strip() else read_length(length)
    if span is None:
        await reply(turn, message, "block-how")
        return
    try:
        inquiry = await inquiries.get_by_reference(turn.tx, reference)
    except NotFoundError:
        await reply(turn, message, "block-unknown", name=reference[:20])
        return
    case = await get_case(turn, inquiry.id)
    until_at = await block(turn, case, directory, by, span)
    if until_at is None:
        await reply(turn, message, "block-staff")
    else:
        await reply(turn, message, "block-done", reference=case.reference, until=_moment(turn, until_at))


async def on_unblock(turn: Turn, message: InboundMessage, directory: Directory) -> None:
    """`/entsperren 2026-0042`, by any inquiry of the person, or by the code the list shows."""
    by = directory.administrator_at(message.address)
    if by is None:
        await reply(turn, message, "admin-not-allowed")
        return
    name = message.argument.strip()
    if not name:
        await _list(turn, message)
        return
    found = await _find(turn, name)
    if found is None:
        await reply(turn, message, "block-none-such", name=name[:20])
        return
    known, person, inquiry_id = found
    await blocks.lift(turn.tx, known)
    await turn.note(Event.PERSON_UNBLOCKED, inquiry_id, by=by)
    if person is not None:
        await cards.refresh_cards_of(turn, person)
    if known.told and person is not None:
        await turn.notice(person.address, turn.say(person.language, "unblocked"))
    await reply(turn, message, "unblock-done", name=known.name)


async def block(turn: Turn, case: Case, directory: Directory, by: str, span: timedelta) -> datetime | None:
    """Block an inquiry's person and return until when; None, and nothing is done, if they are a contact."""
    person = case.person
    if directory.is_staff_chat(person.address):
        return None
    longest = load_duration(turn.book.rules.privacy.retention.longest).elapsed()
    until_at = turn.at + min(span, longest)
    await blocks.put(turn.tx, turn.at, person.address, reference=case.reference, by=by, until_at=until_at)
    await turn.note(Event.PERSON_BLOCKED, case.inquiry.id, by=by, until=until_at.isoformat(timespec="minutes"))
    await cards.refresh_cards_of(turn, person)
    # Waiting for the notice, for a choice or for room, it would come in behind the block.
    if await held.take_all(turn.tx, person.id):
        await turn.notice(person.address, block_words(turn, person.language, until_at, dropped=True))
        known = await blocks.find(turn.tx, turn.at, person.address)
        if known is not None:
            await blocks.mark_told(turn.tx, turn.at, known)
    return until_at


async def on_card(hand: Hand, case: Case, share: Assignment) -> Answered:
    """Block from the card, for as long as the button says."""
    turn, by = hand.turn, hand.directory.administrator_at(hand.press.address)
    if by is None:
        return Said("press-not-allowed-admin")
    place = await cards.show_menu(turn, share, hand.press, card_rows)
    until_at = await block(turn, case, hand.directory, by, timedelta(days=int(hand.button.data["days"])))
    if until_at is None:
        return Said("block-staff")
    text = turn.say(turn.book.own_language, "block-done", reference=case.reference, until=_moment(turn, until_at))
    under = share.card if place is None else place.delivery_id
    await turn.notice(hand.press.address, text, reply_to_delivery=under)
    return None


def read_length(text: str) -> timedelta | None:
    """Read how long, as a person writes it: `7 Tage`, `1 Woche`, `24h`, `30`; None if it cannot be read."""
    found = _LENGTH.fullmatch(text.strip().casefold())
    if found is None or not int(found[1]):
        return None
    return next((int(found[1]) * unit for unit, words in _UNITS.items() if found[2] in words), None)


async def _list(turn: Turn, message: InboundMessage) -> None:
    own, lines = turn.book.own_language, []
    for one in await blocks.list_all(turn.tx, turn.at):
        by = turn.book.contact_name(one.set_by)
        lines.append(turn.say(own, "block-line", name=one.name, until=_moment(turn, one.until_at), contact=by))
    head = turn.say(own, "block-list" if lines else "block-list-none")
    await turn.notice(
        message.address, "\n".join([head, *lines, "", turn.say(own, "block-how")]), reply_to=message.message
    )


async def _find(turn: Turn, name: str) -> tuple[Block, Person | None, int | None] | None:
    """Return the block an administrator names, with its person and inquiry where these are known still."""
    try:
        case = await get_case(turn, (await inquiries.get_by_reference(turn.tx, name)).id)
    except NotFoundError:
        named = [one for one in await blocks.list_all(turn.tx, turn.at) if name.casefold() == one.name.casefold()]
        return (named[0], None, None) if len(named) == 1 else None
    known = await blocks.find(turn.tx, turn.at, case.person.address)
    return None if known is None else (known, case.person, case.inquiry.id)


def _default(turn: Turn) -> timedelta:
    return load_duration(turn.book.rules.limits.block).elapsed()


def _moment(turn: Turn, at: datetime) -> str:
    return turn.say_moment(turn.book.own_language, at)
