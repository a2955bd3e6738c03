"""What contacts wrote, as their colleagues read it: whoever has a share knows what was said for the office, and noted.

Words to a person come quietly, under a line that says who wrote them. A reply goes to the person, as one to the card
does.
"""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.staff import note_words
from bot.model import GONE_ASSIGNMENTS, Assignment, Delivery, Draft, MessageKind
from bot.services.cards.places import CardPlace, places_of
from bot.services.case import Case
from bot.services.people.directory import load_directory
from bot.services.people.naming import name_in_push, name_of, under_name
from bot.services.relaying import arriving
from bot.services.relaying.carrying import carry_to_desk, draft_under
from bot.services.turn import Turn
from bot.store import assignments, journal, outbox
from bot.store.messages import StoredMessage

# Whose cards are followed no more.


async def tell(turn: Turn, case: Case, message: StoredMessage, share: Assignment) -> None:
    """Show what a contact wrote for a share to all others who have its card or a copy."""
    if share.state in GONE_ASSIGNMENTS:
        return
    directory = await load_directory(turn)
    for place in await places_of(turn, share):
        if directory.is_staff_chat(place.address) and place.address != message.address:
            await turn.send_all(await shown(turn, case, message, share, place))


async def tell_changed(turn: Turn, case: Case, message: StoredMessage) -> None:
    """Show the changed form of a contact's words to colleagues who have the earlier form, as a reply to it."""
    line = _line(turn, case, message, "answer-shown-changed")
    as_text, directory = replace(message, kind=MessageKind.TEXT), await load_directory(turn)
    for share in await assignments.list_of(turn.tx, case.inquiry.id):
        for place in [] if share.state in GONE_ASSIGNMENTS else await places_of(turn, share):
            there = await list_brought(turn, message, share, place)
            if there and directory.is_staff_chat(place.address):
                base = draft_under(replace(place, delivery_id=there[0].id), share, message)
                for draft in carry_to_desk(turn, as_text, line, base, signed=True):
                    await turn.send(replace(draft, quiet=True))


async def shown(turn: Turn, case: Case, message: StoredMessage, share: Assignment, place: CardPlace) -> list[Draft]:
    """Return the drafts that show a contact's words under a card or a copy; never as sent if they did not arrive."""
    lost = arriving.find_lost(await journal.list_of(turn.tx, case.inquiry.id), message.id)
    line = _line(turn, case, message, "answer-shown" if lost is None else "answer-shown-lost")
    first_name = case.person.first_name
    message = under_name(message, first_name, name_of(turn, first_name, case.reference))
    drafts = carry_to_desk(turn, message, line, draft_under(place, share, message), signed=True)
    return [replace(draft, quiet=True) for draft in drafts]


async def show_note(
    turn: Turn, case: Case, note: StoredMessage, share: Assignment, place: CardPlace, head: str = "note-from"
) -> None:
    """Show a note to whoever has a card or a copy, as a reply to that.

    Args:
        head: the text key of the line above it.
    """
    line = _line(turn, case, note, head)
    base = draft_under(place, share, note)
    words = replace(note, text=note_words(note.text))
    await turn.send_all(carry_to_desk(turn, words, line, base, signed=True))


async def list_brought(turn: Turn, message: StoredMessage, share: Assignment, place: CardPlace) -> list[Delivery]:
    """Return what brought a message, in whatever form, to where a share is shown, oldest first.

    What lies before the present card, or elsewhere, went to somebody else or to who has the inquiry no more.
    """
    directory = await load_directory(turn)
    here = directory.present(place.address)
    return [
        one
        for one in await outbox.list_of_message(turn.tx, message.id)
        if one.draft.assignment_id == share.id
        and one.id >= place.delivery_id
        and directory.present(one.address).is_seen_at(here)
    ]


def _line(turn: Turn, case: Case, message: StoredMessage, key: str) -> str:
    name = name_in_push(turn, case.person.first_name, case.reference)
    contact = turn.book.contact_name(message.author)
    return turn.say(turn.book.own_language, key, reference=case.reference, contact=contact, name=name)
