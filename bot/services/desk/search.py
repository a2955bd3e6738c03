"""`/suche`: inquiries found by words, a name or a reference, as a list.

Contacts find their own, administrators all; the journal keeps what these were shown of others', and never for what
words they looked.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import Address, Event, InboundMessage, Rows
from bot.services.cards import in_pairs
from bot.services.case import Case
from bot.services.desk import lists, topicless
from bot.services.desk.replying import reply
from bot.services.people.directory import Directory
from bot.services.people.naming import name_of
from bot.services.turn import Turn
from bot.store import desks
from bot.store.database import Database
from bot.store.desks import OnDesk, Readable

SHORTEST_WORD = 2


async def on_search(turn: Turn, message: InboundMessage, directory: Directory) -> None:
    """Find inquiries by words, a name or a reference: one's own; for administrators all, which the journal keeps."""
    words = message.argument.split()
    if max(map(len, words), default=0) < SHORTEST_WORD:
        await reply(turn, message, "search-how")
        return
    here, own = directory.contacts_nearest(message.address), turn.book.own_language
    admin = directory.administrator_at(message.address)
    whose = here if admin is None else None
    readable = Readable(turn.book.shows_names, turn.book.sensitive.cover)

    async def search(database: Database) -> list[int]:
        async with database.reading() as tx:
            return await desks.search(tx, words, whose, lists.PAGE + 1, readable)

    found = await desks.load_found(turn.tx, turn.beforehand(search), whose)
    waiting = [] if admin is None else await topicless.find(turn, words)
    count = len(found) + len(waiting)
    waiting, found = waiting[: lists.PAGE], found[: max(lists.PAGE - len(waiting), 0)]
    if admin is not None:
        await _note_foreign(turn, here, admin, found, waiting)
    if not count:
        await reply(turn, message, "search-none")
        return
    sheet = lists.Sheet(turn.say(own, "search-head", count=min(count, lists.PAGE)))
    buttons = await _write_waiting(turn, sheet, message.address, waiting)
    buttons += await lists.write(turn, sheet, message.address, found)
    if count > lists.PAGE:
        sheet.text += "\n\n" + turn.say(own, "search-more")
    await lists.send(turn, message, sheet, buttons)


async def _write_waiting(turn: Turn, sheet: lists.Sheet, address: Address, waiting: Sequence[Case]) -> Rows:
    """Write the lines of inquiries that wait for their topic, and return the buttons that show them."""
    own, buttons = turn.book.own_language, []
    for case in waiting:
        name = name_of(turn, case.person.first_name, case.reference)
        line = turn.say(own, "list-line-asked", reference=case.reference, name=name)
        sheet.add(case.inquiry.id, f"{line}\n{turn.say(own, 'list-asked')}", case.reference)
        label = turn.say(own, "btn-goto", reference=case.reference)
        buttons.append(await turn.button(address, label, "show_topicless", case.inquiry.id))
    return in_pairs(buttons)


async def _note_foreign(
    turn: Turn, here: Sequence[str], by: str, shown: Sequence[OnDesk], waiting: Sequence[Case]
) -> None:
    """Write down whose inquiries an administrator looked at that are not on their own desk; never for what words."""
    found = [*(one.share.inquiry_id for one in shown), *(case.inquiry.id for case in waiting)]
    theirs = await desks.which_of(turn.tx, found, here)
    for inquiry_id in found:
        if inquiry_id not in theirs:
            await turn.note(Event.INQUIRY_LOOKED_UP, inquiry_id, by=by)
