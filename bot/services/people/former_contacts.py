"""What is kept of contacts the rules no longer name: it has an end, too.

Where a contact is reached, their absence, their snippets and the time of their digest serve to bring them inquiries.
The rules say for whom; but a slip in them must not cost a contact all this, so it is kept for a while. A contact that
is named again within that time has everything as before.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from bot.model import Event
from bot.services.people import menus
from bot.services.turn import Turn
from bot.store import contacts, timers
from bot.store.timers import Timer, TimerKind

# Long enough for an office to notice that somebody gets nothing any more.
KEEP = timedelta(days=30)

log = logging.getLogger(__name__)


async def look(turn: Turn) -> None:
    """Let the time run for whoever the rules no longer name, and forget numbers of groups that lead nowhere."""
    named = turn.book.rules.contacts
    for contact in await contacts.list_kept(turn.tx):
        timer = Timer(TimerKind.FORGET_CONTACT, contact=contact)
        running = await timers.find_due(turn.tx, timer)
        if contact in named and running is not None:
            await timers.stop(turn.tx, timer)
        elif contact not in named and running is None:
            log.warning("the rules no longer name contact '%s'; what is kept of it goes in %d days", contact, KEEP.days)
            await timers.start(turn.tx, turn.at + KEEP, timer)
    chats = [one.telegram.chat for one in named.values() if one.telegram is not None]
    await contacts.drop_moved_groups(turn.tx, chats)


async def on_time(turn: Turn, timer: Timer) -> None:
    """Forget a contact, unless the rules name it again."""
    contact = timer.contact or ""
    if contact in turn.book.rules.contacts:
        return
    former = (await contacts.load_joined(turn.tx)).get(contact)
    await contacts.forget(turn.tx, contact)
    await turn.note(Event.CONTACT_FORGOTTEN, contact=contact)
    log.info("contact '%s' is forgotten: the rules have not named it for %d days", contact, KEEP.days)
    if former is not None:
        await menus.offer(turn, former)
