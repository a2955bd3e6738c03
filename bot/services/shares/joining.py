"""Who joins in where a share waits: the next of a chain who can be reached, told why, and the others told who.

Who is away is passed over as long as there is somebody else, and nobody gets a second copy of a card.
"""

from __future__ import annotations

from datetime import datetime

from bot.model import Assignment, AssignmentState, Event, Joined
from bot.services import cards
from bot.services.case import Case
from bot.services.people.directory import Directory, Reach, load_directory
from bot.services.relaying import arriving
from bot.services.relaying.surge import ring
from bot.services.shares import assigning
from bot.services.turn import Turn
from bot.store import journal, messages
from bot.store.messages import INQUIRER


async def say_under(turn: Turn, case: Case, share: Assignment, place: cards.CardPlace, text: str) -> None:
    """Say something under a card; where much comes at once without a sound, unless it is urgent."""
    if share.is_urgent:
        text = turn.say(turn.book.own_language, "relayed-urgent", line=text)
    await turn.notice(
        place.address,
        text,
        quiet=not share.is_urgent and not await ring(turn, case, place, (share.id, text)),
        reply_to_delivery=place.delivery_id,
        inquiry_id=share.inquiry_id,
        assignment_id=share.id,
    )


async def let_general_join(turn: Turn, case: Case, share: Assignment, *, tell_others: bool = True) -> str | None:
    """Let the general contact join, or whoever is there in their place; return who joined.

    Of what is not urgent nobody follows once they have it and somebody joined: the last step comes twice, for nobody
    took it and for it is overdue, and whoever stands in for them has nothing to do with its field.
    """
    directory = await load_directory(turn)
    if not share.is_urgent:
        places = await cards.places_of(turn, share)
        last = directory.reach(directory.general_contact, without=await assigning.list_dead(turn, share))
        has_joined = any(place.why is Joined.REMINDED for place in places)
        if has_joined and last is not None and last.address in [place.address for place in places]:
            return None
    chain = directory.chain(directory.general_contact)
    # The last step: better with somebody who is away than with nobody else at all.
    for away in (False, True):
        joined = await let_next_join(turn, case, share, directory, chain, away=away, tell_others=tell_others)
        if joined is not None:
            return joined
    return None


async def let_next_join(
    turn: Turn,
    case: Case,
    share: Assignment,
    directory: Directory,
    chain: list[str],
    *,
    away: bool = False,
    tell_others: bool = True,
) -> str | None:
    """Let the first of a chain join who can be reached and has no card yet; return who that was.

    Args:
        away: ask those who are away, instead of passing them over.
        tell_others: tell those who had the card already.
    """
    dead = {address.chat_key for address in await assigning.list_dead(turn, share)}
    before = await cards.places_of(turn, share)
    for contact in chain:
        address = directory.addresses.get(contact)
        if address is None or contact in directory.lost or address.chat_key in dead:
            continue
        if (contact in directory.away) is not away:
            continue
        if await assigning.join(turn, case, share, Reach(contact, address), Joined.REMINDED):
            await _tell_joined(turn, case, share, contact, before if tell_others else [])
            return contact
    return None


async def _tell_joined(turn: Turn, case: Case, share: Assignment, contact: str, before: list[cards.CardPlace]) -> None:
    """Tell who joined why, and those who had the card already who joined."""
    language, since = turn.book.own_language, await say_since(turn, case, share)
    to_joined, to_others = "reminder-joined", "reminder-joined-too"
    if share.state is not AssignmentState.ASSIGNED:
        to_joined, to_others = "reminder-joined-taken", "reminder-joined-too-taken"
    *_, joined = await cards.places_of(turn, share)
    text = turn.say(language, to_joined, reference=case.reference, contact=having(turn, share), since=since)
    if share.is_urgent:
        text += "\n" + turn.say(language, "card-at-once")
    await say_under(turn, case, share, joined, text)
    name = turn.book.contact_name(contact)
    for place in before:
        text = turn.say(language, to_others, reference=case.reference, contact=name, since=since)
        await say_under(turn, case, share, place, text)
    await turn.note(Event.INQUIRY_ESCALATED, case.inquiry.id, field=share.field, contact=share.contact, to=contact)


def having(turn: Turn, share: Assignment) -> str:
    """Return what whoever has a share is called: by name if they took it, else by role."""
    return share.holder or turn.book.contact_name(share.present_contact)


async def say_since(turn: Turn, case: Case, share: Assignment) -> str:
    """Return since when a share's person waits, whoever had it meanwhile; of what somebody took, since when."""
    since = share.since or case.inquiry.opened_at
    if share.state is AssignmentState.ASSIGNED:
        since = await _waits_since(turn, share) or since
    return turn.say_moment(turn.book.own_language, since)


async def _waits_since(turn: Turn, share: Assignment) -> datetime | None:
    """Return when a share's person wrote the first word that has no answer; None if they wrote none since."""
    entries = await journal.list_of(turn.tx, share.inquiry_id)
    answers = [one.at for one in arriving.list_said(entries, share.field) if one.event == Event.INQUIRY_ANSWERED]
    reopened = [one.at for one in entries if one.event == Event.INQUIRY_REOPENED]
    after = max([*answers, *reopened], default=None)
    words = [one.sent_at for one in await messages.list_of(turn.tx, share.inquiry_id) if one.author == INQUIRER]
    return next((at for at in words if after is None or at > after), None)
