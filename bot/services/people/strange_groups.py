"""Unknown groups: whoever adds the bot to a group of theirs shall not have it listen there.

A group no contact uses is left an hour after the bot first saw it; while an invitation could still be opened there, not
before that has been used or has run out. A group that was a contact's once is never left: a slip in the rules must not
cost the office its group.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from bot.model import Address, DeliveryKind, Draft, Event
from bot.services.people.directory import load_directory
from bot.services.people.invitations import VALID
from bot.services.turn import Turn
from bot.store import contacts, strange_groups

# Whoever adds the bot by an invitation's link is a contact's group at once; this is for those who do it by hand.
GRACE = timedelta(hours=1)

log = logging.getLogger(__name__)


async def on_reach(turn: Turn, address: Address, *, reachable: bool) -> None:
    """Remember a group the bot was added to; forget one it was removed from."""
    if not address.is_group:
        return
    if reachable:
        await note(turn, address)
    else:
        await strange_groups.remove(turn.tx, address)


async def note(turn: Turn, address: Address) -> None:
    """Remember a group that is no contact's: the bot may have been added while it was away for long."""
    if not (await load_directory(turn)).is_staff_chat(address):
        await strange_groups.add(turn.tx, turn.at, address.whole_chat)


async def plan(turn: Turn) -> None:
    """Remember the groups that are contacts' by the rules as they are now."""
    for address in (await load_directory(turn)).addresses.values():
        if address.is_group:
            await strange_groups.add_office_group(turn.tx, address.whole_chat)


async def leave(turn: Turn) -> None:
    """Leave the groups whose time is up, with a word why."""
    due = await strange_groups.list_seen_before(turn.tx, turn.at - GRACE)
    if not due:
        return
    directory = await load_directory(turn)
    pending = await contacts.has_open_invitation(turn.tx, turn.at)
    for address, seen_at in due:
        if directory.is_staff_chat(address) or await strange_groups.is_office_group(turn.tx, address):
            await strange_groups.remove(turn.tx, address)
        elif not pending or seen_at <= turn.at - VALID:
            await strange_groups.remove(turn.tx, address)
            await turn.note(Event.GROUP_LEFT)
            log.info("left a group no contact uses")
            # Nothing of either is kept: where they fail, nobody has to look after it.
            await turn.send(Draft(address, text=turn.say(turn.book.own_language, "group-left"), forget=True))
            await turn.send(Draft(address, DeliveryKind.LEAVE, forget=True))
