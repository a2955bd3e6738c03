"""What lies with nobody: open shares whose card no contact has, handed over as soon as somebody can be reached.

Of very many the first go at once and the others with the next sweeps, so that nobody waits for all of them; `absence`
brings its own in the same portions.
"""

from __future__ import annotations

from bot.model import Address, Assignment
from bot.services import cards
from bot.services.case import get_case
from bot.services.people.directory import Directory, Reach, load_directory
from bot.services.shares import assigning
from bot.services.turn import Turn
from bot.store import assignments, timers, unsent
from bot.store.timers import Timer, TimerKind

LOOKED_AT_ONCE = 500  # open shares: a few milliseconds
# Shares handed over in one transaction. Each takes 3 to 5 ms; 2,000 at once held the writer for six to nine seconds
# (measured 2026-11-27). A chat takes no more than sixty new cards a minute anyway.
AT_ONCE = 100


async def deliver_waiting(
    turn: Turn, *, inquiry_id: int | None = None, joined: Address | None = None, first: int = 0
) -> set[int]:
    """Hand over the open shares whose card no contact has: never sent, given up, or in a chat that is theirs no more.

    Args:
        inquiry_id: only look at this inquiry's.
        joined: where somebody can be reached as of now, whatever could not be delivered there before.
        first: only look at shares from this one on, so that each is tried once, whatever becomes of its card.

    Returns:
        The ids of those that found somebody.
    """
    await _replace_unknown_contacts(turn, inquiry_id)
    directory = await load_directory(turn)
    found: set[int] = set()
    among = (first, assignments.EVERY[1])
    for share in await assignments.list_stranded(turn.tx, directory.addresses.values(), inquiry_id, among):
        if (reach := await _reach(turn, directory, share, joined)) is not None:
            if len(found) == AT_ONCE:
                await go_on_soon(turn, TimerKind.DELIVER, joined, first_row=share.id)
                break
            await hand_over_whole(turn, share, reach)
            found.add(share.id)
    return found


async def hand_over_whole(turn: Turn, share: Assignment, reach: Reach | None) -> None:
    """Hand over a share together with what waits to be sent under the card it lost; else that would come twice."""
    owed = []
    if share.card is None:
        copies = [place.address for place in await cards.places_of(turn, share)]
        owed = await unsent.skip_queued(turn.tx, share.id, copies, "sent anew with its card")
    await assigning.hand_over(turn, await get_case(turn, share.inquiry_id), share, reach, owed=owed)


async def on_deliver(turn: Turn, timer: Timer) -> None:
    """Hand over the next portion of what waits for somebody to be reached."""
    await deliver_waiting(turn, joined=await still_found(turn, timer), first=timer.first_row)


async def list_deliverable(turn: Turn) -> list[int]:
    """Return the inquiries for which `deliver_waiting` would do something now.

    It only reads, and in short statements: with tens of thousands of open shares everybody else would have to wait.
    """
    directory = await load_directory(turn)
    addresses, contacts = directory.addresses.values(), turn.book.rules.contacts
    found: set[int] = set()
    async for among in assignments.slices_of_open(turn.tx, LOOKED_AT_ONCE):
        orphaned = await assignments.list_orphaned(turn.tx, contacts, among=among)
        found.update(share.inquiry_id for share in orphaned)
        for share in await assignments.list_stranded(turn.tx, addresses, among=among):
            if await _reach(turn, directory, share) is not None:
                found.add(share.inquiry_id)
    return sorted(found)


async def go_on_soon(turn: Turn, kind: TimerKind, found: Address | None, first_row: int = 0) -> None:
    """Let the next sweep hand over more; where somebody was found is kept by the key of a contact reached there."""
    here = [] if found is None else (await load_directory(turn)).contacts_in_chat(found)
    await timers.start(turn.tx, turn.at, Timer(kind, contact=next(iter(here), None), first_row=first_row))


async def still_found(turn: Turn, timer: Timer) -> Address | None:
    """Return where somebody was found, unless they are gone again by now: nobody is tried again and again."""
    directory, contact = await load_directory(turn), timer.contact or ""
    return None if contact in directory.lost else directory.addresses.get(contact)


async def _reach(turn: Turn, directory: Directory, share: Assignment, joined: Address | None = None) -> Reach | None:
    """Return who can get a stranded share; in the chat of `joined` somebody is there again, whatever failed before."""
    dead = await assigning.list_dead(turn, share)
    if joined is not None:
        dead = [address for address in dead if not address.is_in_chat_of(joined)]
    return directory.reach(share.contact, without=dead)


async def _replace_unknown_contacts(turn: Turn, inquiry_id: int | None) -> None:
    """Give shares whose contact left the rules to their field's present one, for a key is no name to sign with."""
    for share in await assignments.list_orphaned(turn.tx, turn.book.rules.contacts, inquiry_id):
        await assignments.set_contact(turn.tx, share.id, turn.book.contact_of(share.field))
