"""`/offen`: inquiries as a list, each line leading to its card; `search` writes such lists, too.

In a supergroup the reference is a link to the card. Elsewhere Telegram has no links to messages; there a button answers
the card, and a tap on that answer's quotation leads to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.model import (
    UNANSWERED_ASSIGNMENTS,
    Address,
    Assignment,
    AssignmentState,
    Button,
    DeliveryKind,
    Draft,
    Event,
    InboundMessage,
    Joined,
    Link,
    Rows,
)
from bot.services.cards import in_pairs, place_in_chat
from bot.services.case import Case, get_case
from bot.services.delivery.split import utf16_length
from bot.services.people.block_words import blocked_lines
from bot.services.people.directory import Directory, Reach
from bot.services.people.naming import name_of
from bot.services.pressing import STALE, Answered, Hand, Said
from bot.services.relaying import arriving
from bot.services.shares import assigning, promise
from bot.services.turn import Turn
from bot.store import desks, journal, outbox
from bot.store.desks import OnDesk

PAGE = 10
# What a supergroup's number begins with is no part of its links (Bot API, `Chat.id`; https://core.telegram.org/api/links).
SUPERGROUPS_END = -1_000_000_000_000


@dataclass
class Sheet:
    """A message being written: text with links, and which inquiries it names."""

    text: str
    links: list[Link] = field(default_factory=list)
    about: list[int] = field(default_factory=list)

    def add(self, inquiry_id: int, line: str, reference: str, url: str | None = None) -> None:
        """Add an inquiry's line; its reference becomes a link if there is somewhere to lead."""
        if url is not None:
            start = utf16_length(f"{self.text}\n\n{line[: line.index(reference)]}")
            self.links.append(Link(start, len(reference), url))
        self.text += f"\n\n{line}"
        self.about.append(inquiry_id)


# ------------------------------------------------------------ what waits


async def on_open(turn: Turn, message: InboundMessage, directory: Directory) -> None:
    """List what waits for the contacts reached here, also as somebody's deputy."""
    sheet, buttons = await _open_page(turn, message.address, directory.contacts_nearest(message.address), 0)
    await send(turn, message, sheet, buttons)


async def on_page(hand: Hand) -> Answered:
    """Turn to another page, in place."""
    turn, address = hand.turn, hand.press.address
    shown = await outbox.find_sent(turn.tx, address, hand.press.message)
    if shown is None:
        return STALE
    here = hand.directory.contacts_nearest(address)
    sheet, buttons = await _open_page(turn, address, here, int(hand.button.data["page"]))
    await turn.send(
        Draft(
            address,
            DeliveryKind.EDIT,
            text=sheet.text,
            links=tuple(sheet.links),
            buttons=buttons,
            edits=shown.id,
            about=tuple(sheet.about),
            is_list=True,
        )
    )
    return None


async def _open_page(turn: Turn, address: Address, here: Sequence[str], page: int) -> tuple[Sheet, Rows]:
    own = turn.book.own_language
    waiting = sorted(await desks.list_on(turn.tx, here, [Joined.REMINDED]), key=_urgency)
    if not waiting:
        return Sheet(turn.say(own, "open-none")), ()
    page = min(page, (len(waiting) - 1) // PAGE)
    overdue = sum(promise.is_overdue(turn, one.share) for one in waiting)
    sheet = Sheet(turn.say(own, "open-head", count=len(waiting), overdue=overdue))
    buttons = await write(turn, sheet, address, waiting[page * PAGE : (page + 1) * PAGE])
    turns = [
        await turn.button(address, turn.say(own, key), "open_page", page=number)
        for key, number in (("btn-page-before", page - 1), ("btn-page-after", page + 1))
        if 0 <= number * PAGE < len(waiting)
    ]
    return sheet, (*buttons, tuple(turns)) if turns else buttons


def _urgency(one: OnDesk) -> tuple[bool, float, int]:
    """Order by urgent first, then by what is due first; what was answered waits for its person, not for the contact."""
    due = one.share.due_at
    answered = one.share.state not in UNANSWERED_ASSIGNMENTS
    return answered, 0.0 if due is None else due.timestamp(), one.share.id


# ------------------------------------------------------------ writing a list


async def write(turn: Turn, sheet: Sheet, address: Address, listed: Sequence[OnDesk]) -> Rows:
    """Write the lines, and return the buttons that lead to cards where links cannot."""
    buttons: dict[str, Button] = {}
    for one in listed:
        message = await _card_message(turn, one.share, address)
        linked = address.chat < SUPERGROUPS_END
        url = f"https://t.me/c/{SUPERGROUPS_END - address.chat}/{message}" if linked and message is not None else None
        sheet.add(one.share.inquiry_id, await _line(turn, one), one.reference, url)
        if url is None:
            own = turn.book.own_language
            label = turn.say(own, "btn-goto", reference=one.reference)
            if label in buttons:
                title = turn.book.field_title(one.share.field, own)
                label = turn.say(own, "btn-goto-field", reference=one.reference, field=title)
            buttons[label] = await turn.button(address, label, "goto", one.share.inquiry_id, share=one.share.id)
    return in_pairs(list(buttons.values()))


async def send(turn: Turn, message: InboundMessage, sheet: Sheet, buttons: Rows) -> None:
    """Answer an order with a list."""
    await turn.notice(
        message.address,
        sheet.text,
        links=tuple(sheet.links),
        buttons=buttons or None,
        reply_to=message.message,
        about=tuple(sheet.about),
        is_list=True,
    )


async def _marks(turn: Turn, inquiry_id: int) -> list[str]:
    """Say in short what keeps an open inquiry's person from answering, or from getting an answer."""
    case = await get_case(turn, inquiry_id)
    marks = await blocked_lines(turn, case.person.address, "list-blocked")
    if arriving.has_left(await journal.list_of(turn.tx, inquiry_id)):
        marks.append(turn.say(turn.book.own_language, "list-person-left"))
    return marks


async def _card_message(turn: Turn, share: Assignment, address: Address) -> int | None:
    """Return the number a share's card has in a chat; None where it is not there, or not sent yet."""
    place = await place_in_chat(turn, share, address)
    return None if place is None else (await outbox.get(turn.tx, place.delivery_id)).message


async def _line(turn: Turn, one: OnDesk) -> str:
    own, share = turn.book.own_language, one.share
    title = turn.book.field_title(share.field, own)
    head = turn.say(own, "list-line", reference=one.reference, field=title, name=name_of(turn, one.name, one.reference))
    if share.is_urgent:
        head = turn.say(own, "relayed-urgent", line=head)
    state = turn.say(own, f"state-{share.state}")
    if share.holder is not None and share.state in UNANSWERED_ASSIGNMENTS:
        state = turn.say(own, "list-held", state=state, holder=share.holder)
    parts = [state]
    if one.closed_at is not None:
        parts = [turn.say(own, "list-ended", state=state, at=turn.say_moment(own, one.closed_at))]
    elif share.due_at is None and share.state is AssignmentState.ASSIGNED:
        parts.append(turn.say(own, "card-at-once"))
    elif share.due_at is not None and share.state in UNANSWERED_ASSIGNMENTS:
        key = "list-overdue" if promise.is_overdue(turn, share) else "list-due"
        parts.append(turn.say(own, key, due=turn.say_moment(own, share.due_at)))
    if one.closed_at is None:
        parts += await _marks(turn, share.inquiry_id)
    return head + "\n" + " · ".join(parts)


# ------------------------------------------------------------ the way to a card


async def on_goto(hand: Hand, case: Case, share: Assignment) -> Answered:
    """Lead to a card by answering it; an administrator who has none gets a copy."""
    turn, address = hand.turn, hand.press.address
    if await lead_to_card(turn, case, share, address):
        return None
    by = hand.directory.administrator_at(address)
    if by is None:
        return Said("press-card-elsewhere", {"contact": turn.book.contact_name(share.present_contact)})
    await turn.note(Event.INQUIRY_LOOKED_UP, case.inquiry.id, by=by)
    await assigning.join(turn, case, share, Reach(by, address), Joined.LOOKED_UP)
    return None


async def lead_to_card(turn: Turn, case: Case, share: Assignment, address: Address) -> bool:
    """Lead to a card or copy that is in this chat, by answering it; False if none is."""
    place = await place_in_chat(turn, share, address)
    if place is None:
        return False
    text = turn.say(turn.book.own_language, "card-is-here", reference=case.reference)
    await turn.notice(
        address, text, reply_to_delivery=place.delivery_id, inquiry_id=case.inquiry.id, assignment_id=share.id
    )
    return True
