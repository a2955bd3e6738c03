"""Invitations: how a contact's chat, group or topic becomes the place where its cards arrive.

The token is shown once, to whoever runs `python -m bot invite`; the store keeps its hash for a day.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.model import OPEN_ASSIGNMENTS, Address, Assignment, DeliveryKind, Draft, Event, InboundMessage
from bot.services.case import get_case
from bot.services.people import menus, roll_call
from bot.services.people.directory import load_directory
from bot.services.shares import assigning, stranded
from bot.services.turn import Turn
from bot.store import assignments, contacts, strange_groups
from bot.store.database import Tx

# Long enough to send by mail and be opened the next morning, short enough for a lost mail not to matter.
VALID = timedelta(hours=24)
# Telegram allows 64 characters of A-Z a-z 0-9 _ - in a start parameter; 24 bytes make 32 of them.
TOKEN_BYTES = 24
# Opening a bad link a few times is impatience, more is guessing: then a chat's links are not even looked up.
GUESSES, GUESSES_WITHIN = 5, timedelta(hours=1)
# A start parameter shorter than this is no invitation but what a link on a poster may carry.
SHORTEST_TOKEN = 16

# From how many of the latest cards in a chat that was left the buttons are taken: a chat takes one change a second.
OLD_CARDS = 100

log = logging.getLogger(__name__)


async def add_invitation(tx: Tx, at: datetime, contact: str) -> str:
    """Make an invitation for a contact and return its token, which is nowhere else to be had."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    await contacts.add_invitation(tx, at, contact, token, at + VALID)
    return token


def is_invitation(message: InboundMessage) -> bool:
    """Tell whether a message is the opening of an invitation link (`/start TOKEN`)."""
    return message.command == "start" and len(message.argument) >= SHORTEST_TOKEN


async def join(turn: Turn, message: InboundMessage) -> bool:
    """Make this chat a contact's, if the token is good; False if it is not, and nothing was changed.

    A contact that had another chat moves here with all open inquiries, and what waits for somebody to be reached is
    handed over: the first hundred at once, the rest with the next sweeps (`stranded.AT_ONCE`).
    """
    if turn.windows.invitations.room_at(message.address.chat_key, turn.at, GUESSES, GUESSES_WITHIN) > turn.at:
        return False
    contact = await contacts.use_invitation(turn.tx, turn.at, message.argument)
    if contact is None or contact not in turn.book.rules.contacts:
        return False
    former = (await contacts.load_joined(turn.tx)).get(contact)
    reached_at = (await load_directory(turn)).addresses.get(contact)
    await contacts.set_joined(turn.tx, turn.at, contact, message.address)
    if message.address.is_group:
        await strange_groups.add_office_group(turn.tx, message.address.whole_chat)
    await turn.note(Event.CONTACT_JOINED, contact=contact)
    log.info("contact '%s' joined by invitation", contact)
    await _welcome(turn, contact, message.address)
    for address in (former, message.address):
        if address is not None:
            await menus.offer(turn, address)
    # Only from a chat where the contact was reached until now do they move.
    left = None if former is None or former != reached_at or former.is_in_chat_of(message.address) else former
    shown = [] if left is None else await assignments.list_shown_in(turn.tx, left, OLD_CARDS)
    await roll_call.mark_reachable(turn, message.address)
    await stranded.deliver_waiting(turn, joined=message.address)
    if left is not None:
        await _bring_along(turn, contact, shown)
        await _take_leave(turn, contact, left, shown)
    return True


async def _bring_along(turn: Turn, contact: str, shown: Sequence[tuple[Assignment, int]]) -> None:
    """Hand over what a contact had in a chat that is a colleague's still: nobody is missing there, so it would stay."""
    for share, delivery_id in shown:
        present = await assignments.get(turn.tx, share.id)
        if (present.contact, present.card) == (contact, delivery_id) and present.state in OPEN_ASSIGNMENTS:
            # Whatever failed there before: they are there now.
            reach = (await load_directory(turn)).reach(contact)
            await assigning.hand_over(turn, await get_case(turn, share.inquiry_id), present, reach)


async def _welcome(turn: Turn, contact: str, address: Address) -> None:
    """Tell whoever joined where inquiries arrive: an address in the rules wins, and administrators may change that."""
    own, name, directory = turn.book.own_language, turn.book.contact_name(contact), await load_directory(turn)
    if directory.addresses[contact] == address:
        await turn.notice(address, turn.say(own, "joined", contact=name))
        return
    await turn.notice(address, turn.say(own, "joined-elsewhere", contact=name))
    for place in directory.administrators():
        await turn.notice(place, turn.say(own, "admin-joined-elsewhere", contact=name, key=contact))


async def _take_leave(turn: Turn, contact: str, former: Address, shown: Sequence[tuple[Assignment, int]]) -> None:
    """Tell a contact's former chat that it is theirs no more, and the administrators that they moved.

    Whoever sits in the former chat may have left the office: no word of anybody goes there any more. Where nobody of
    the office is reached in it, the buttons come off what stands there. Nothing of all that is kept, for where it fails
    nobody has to look after it.
    """
    own, name = turn.book.own_language, turn.book.contact_name(contact)
    directory = await load_directory(turn)
    key = "left-chat" if directory.is_left(former) else "left-shared-chat"
    await turn.send(Draft(former, text=turn.say(own, key, contact=name), forget=True))
    here = directory.addresses[contact]
    for place in directory.administrators():
        if not (place.is_in_chat_of(here) or place.is_in_chat_of(former)):
            await turn.notice(place, turn.say(own, "admin-moved", contact=name))
    for share, delivery_id in shown if directory.is_left(former) else ():
        await turn.send(
            Draft(
                former,
                DeliveryKind.EDIT_BUTTONS,
                buttons=(),
                edits=delivery_id,
                inquiry_id=share.inquiry_id,
                assignment_id=share.id,
                forget=True,
            )
        )


async def refuse(turn: Turn, message: InboundMessage) -> None:
    """Tell whoever opened a link that is used, expired, cut or made up; whoever goes on guessing, that it is enough."""
    chat = message.address.chat_key
    if turn.windows.invitations.admit(chat, message.message, turn.at, GUESSES, GUESSES_WITHIN):
        await turn.note(Event.INVITATION_REFUSED)
        await turn.notice(message.address, turn.say(turn.book.own_language, "invitation-bad"))
    elif turn.windows.refused.admit((*chat, "links"), message.message, turn.at, 1, GUESSES_WITHIN):
        log.warning("somebody opened %d invitations that are none within an hour; no more are looked up", GUESSES)
        await turn.note(Event.INVITATION_GUESSED)
        await turn.notice(message.address, turn.say(turn.book.own_language, "invitation-many"))
