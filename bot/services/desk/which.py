"""What a contact writes without replying: held until they say which inquiry it is meant for, or that it is for nobody.

A question covers what was held when it was asked; what is written later is asked about anew. So one tap never sends
anything its question did not show. In groups colleagues talk among themselves, and nothing is held.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.conversation.staff import Answer, Desk, Refuse, TakeNote, decide_staff_message, is_note
from bot.model import Address, Assignment, DeliveryKind, Draft, InboundMessage, Prompt, Purpose, Rows
from bot.services.case import Case, get_case
from bot.services.desk import notes
from bot.services.desk.answering import answer
from bot.services.directory import Directory, load_directory
from bot.services.naming import name_of
from bot.services.pressing import STALE, Answered, Hand
from bot.services.turn import Turn
from bot.store import assignments, desk_held, desks, outbox
from bot.store.desk_held import DeskHeld
from bot.store.desks import OnDesk

MOST_OFFERED = 6
HOLD = timedelta(hours=24)
# Enough to know one's own words again.
BEGINNING = 60


async def list_offered(turn: Turn, message: InboundMessage, directory: Directory) -> list[OnDesk]:
    """Return the open shares a contact's message could be meant for, last spoken of first."""
    return await desks.list_on(turn.tx, directory.contacts_in_chat(message.address))


async def hold(turn: Turn, message: InboundMessage, offered: list[OnDesk]) -> None:
    """Hold a message and ask for which inquiry it is; of an album, and of what is held already, in one question."""
    before = await desk_held.list_at(turn.tx, message.address)
    await desk_held.add(turn.tx, turn.at, message, turn.at + HOLD)
    if message.album is not None and any(one.message.album == message.album for one in before):
        return
    if before:
        await _close_question(turn, message.address, turn.say(turn.book.own_language, "desk-which-below"))
    waiting = [*(one.message for one in before), message]
    await turn.notice(
        message.address,
        _question(turn, waiting, many=len(offered) > MOST_OFFERED),
        reply_to=message.message,
        buttons=await _buttons(turn, message.address, offered, message.message),
        prompt=Prompt.DESK_INQUIRY,
        about=tuple(one.share.inquiry_id for one in offered[:MOST_OFFERED]),
    )


async def on_chosen(hand: Hand, case: Case, share: Assignment) -> Answered:
    """Bring what is held to the inquirer the contact named, as answers or notes."""
    turn, address = hand.turn, hand.press.address
    waiting = await desk_held.take(turn.tx, address, int(hand.button.data["up_to"]))
    if not waiting:
        return STALE
    chosen = turn.say(
        turn.book.own_language,
        "desk-which-chosen",
        reference=case.reference,
        name=name_of(turn, case.person.first_name, case.reference),
    )
    await _close_if_settled(turn, address, chosen, about=(case.inquiry.id,))
    as_notes = {one.message.album for one in waiting if is_note(one.message.text)} - {None}
    for one in waiting:
        case, share = await get_case(turn, case.inquiry.id), await assignments.get(turn.tx, share.id)
        desk = Desk(True, case.inquiry.state, in_group=False, about_note=one.message.album in as_notes)
        match decide_staff_message(desk, one.message):
            case Answer():
                await answer(turn, case, share, one.message, hand.directory)
            case TakeNote():
                await notes.take(turn, case, share, one.message, hand.directory)
            case Refuse(reason):
                await turn.note("answer.refused", case.inquiry.id, reason=reason)
                text = turn.say(turn.book.own_language, reason, reference=case.reference)
                await turn.notice(address, text, reply_to=one.message.message, about=(case.inquiry.id,))
    return None


async def on_nobody(hand: Hand) -> Answered:
    """Forget what is held, because it was for nobody."""
    turn, address = hand.turn, hand.press.address
    if not await desk_held.take(turn.tx, address, int(hand.button.data["up_to"])):
        return STALE
    await _close_if_settled(turn, address, turn.say(turn.book.own_language, "desk-which-dropped"))
    return None


async def drop_expired(turn: Turn, heard_until: datetime) -> int:
    """Forget what had been held too long by then and tell its writers, once a chat; return how many were told."""
    chats: dict[tuple[str, int], DeskHeld] = {}
    for one in await desk_held.take_expired(turn.tx, heard_until):
        chats.setdefault(one.message.address.chat_key, one)
    directory = await load_directory(turn) if chats else None
    for one in chats.values():
        if directory is not None and directory.is_staff_chat(one.message.address):
            text = turn.say(turn.book.own_language, "desk-which-expired")
            await turn.notice(one.message.address, text, reply_to=one.message.message, purpose=Purpose.NEEDED)
    return len(chats)


async def replace_held(turn: Turn, message: InboundMessage) -> bool:
    """Put the edited form of a held message in its place; False if it is not held."""
    held = [one for one in await desk_held.list_at(turn.tx, message.address) if one.message.message == message.message]
    for one in held:
        await desk_held.replace(turn.tx, one.id, message)
    return bool(held)


def _question(turn: Turn, waiting: list[InboundMessage], *, many: bool) -> str:
    own = turn.book.own_language
    lines = [turn.say(own, "desk-which", count=len(waiting))]
    if len(waiting) > 1:
        lines += [f"• {_beginning(turn, message)}" for message in waiting]
    if many:
        lines.append(turn.say(own, "desk-which-many"))
    return "\n".join(lines)


def _beginning(turn: Turn, message: InboundMessage) -> str:
    line = " ".join(message.text.split())
    if not line:
        return turn.say(turn.book.own_language, "desk-which-media")
    return line if len(line) <= BEGINNING else line[: BEGINNING - 1] + "…"


async def _buttons(turn: Turn, address: Address, offered: list[OnDesk], up_to: int) -> Rows:
    own = turn.book.own_language
    rows = [
        await turn.button(
            address,
            turn.say(
                own,
                "btn-desk-which",
                reference=one.reference,
                name=name_of(turn, one.name, one.reference),
                field=turn.book.field_title(one.share.field, own),
            ),
            "desk_which",
            one.share.inquiry_id,
            share=one.share.id,
            up_to=up_to,
        )
        for one in offered[:MOST_OFFERED]
    ]
    rows.append(await turn.button(address, turn.say(own, "btn-desk-nobody"), "desk_nobody", up_to=up_to))
    return tuple((button,) for button in rows)


async def _close_question(turn: Turn, address: Address, text: str, about: tuple[int, ...] = ()) -> None:
    """Put a word in the place of the last question and its buttons."""
    asked = await outbox.find_last_prompt(turn.tx, address, Prompt.DESK_INQUIRY)
    if asked is not None:
        await turn.send(Draft(address, DeliveryKind.EDIT, text=text, buttons=(), edits=asked.id, about=about))


async def _close_if_settled(turn: Turn, address: Address, text: str, about: tuple[int, ...] = ()) -> None:
    """Close the last question, unless a press on an earlier one has left some of what it asks about."""
    if not await desk_held.list_at(turn.tx, address):
        await _close_question(turn, address, text, about)
