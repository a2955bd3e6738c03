"""What a card tells of what has happened to its share: who gave it, whether it was open before, what did not arrive."""

from __future__ import annotations

from collections.abc import Iterator

from bot.errors import SendFailure
from bot.model import OPEN_ASSIGNMENTS, UNANSWERED_ASSIGNMENTS, Assignment, Event, JournalEntry, Reason
from bot.services.relaying import arriving
from bot.services.turn import Turn
from bot.store import journal


async def moved_to(turn: Turn, share: Assignment) -> str | None:
    """Return the name of who got a share that was given to another field; None if nothing is known of it."""
    entry = await _last_of(turn, share, Event.INQUIRY_MOVED, "from")
    if entry is None:
        return None
    return turn.book.contact_name(turn.book.contact_of(turn.book.known(str(entry.data.get("to")))))


async def handed_by(turn: Turn, share: Assignment) -> str | None:
    """Return the name of who gave a share to its contact; None if that is not known."""
    return await _name_of_giver(turn, share, Event.INQUIRY_HANDED)


async def giver_lines(turn: Turn, share: Assignment) -> list[str]:
    """Say which colleague gave the share to its contact, or asked for it besides."""
    giver, key = None, ""
    if share.reason is Reason.HANDED:
        giver, key = await handed_by(turn, share), "card-handed-from"
    elif share.reason is Reason.ADDED:
        giver, key = await _name_of_giver(turn, share, Event.INQUIRY_ADDED), "card-added-by"
    return [] if giver is None else [turn.say(turn.book.own_language, key, contact=giver)]


async def _name_of_giver(turn: Turn, share: Assignment, event: Event) -> str | None:
    entry = await _last_of(turn, share, event, "field")
    return None if entry is None else turn.book.contact_name(str(entry.data.get("by")))


async def _last_of(turn: Turn, share: Assignment, event: Event, key: str) -> JournalEntry | None:
    """Return the last such entry that names the share's field under a key."""
    entries = reversed(await journal.list_of(turn.tx, share.inquiry_id))
    return next((entry for entry in entries if entry.event == event and entry.data.get(key) == share.field), None)


async def past_lines(turn: Turn, share: Assignment) -> list[str]:
    """Say that a share that waits was finished before, that what was said last was not sent, or would not be now.

    Not to be asked of a share that is only just assigned, which has no past.
    """
    own, lines = turn.book.own_language, []
    entries = await journal.list_of(turn.tx, share.inquiry_id)
    reopened = next(_reopenings(entries, share), None)
    if reopened is not None and share.state in UNANSWERED_ASSIGNMENTS:
        lines.append(turn.say(own, "card-reopened", at=turn.say_moment(own, reopened.at)))
    failure = _how_last_word_was_lost(entries, share)
    if failure == SendFailure.UNREACHABLE:
        lines.append(turn.say(own, "card-not-sent-blocked"))
        return lines
    if failure is not None:
        lines.append(turn.say(own, "card-not-sent"))
    if share.state in OPEN_ASSIGNMENTS and arriving.has_left(entries):
        lines.append(turn.say(own, "card-person-left"))
    return lines


def _reopenings(entries: list[JournalEntry], share: Assignment) -> Iterator[JournalEntry]:
    """Yield when a share was opened again, the last time first; one its field was given later was never closed."""
    for entry in reversed(entries):
        if share.field in (entry.data.get("to"), entry.data.get("field")) and entry.event in (
            Event.INQUIRY_MOVED,
            Event.INQUIRY_ADDED,
        ):
            return
        if entry.event == Event.INQUIRY_REOPENED and entry.data.get("field") in (None, share.field):
            yield entry


def _how_last_word_was_lost(entries: list[JournalEntry], share: Assignment) -> str | None:
    """Return why the last that a contact wrote to the person was given up; None if it was not, or was sent since."""
    written = [int(str(one.data["message"])) for one in arriving.list_said(entries, share.field, arrived=False)]
    return arriving.find_failure(entries, max(written)) if written else None
