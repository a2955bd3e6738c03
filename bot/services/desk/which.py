"""What a contact writes without replying: held until they say which inquiry it is meant for, or that it is for nobody.

A question covers what was written in one go, and shows it; what is written later has a question of its own. So one tap
never sends anything its question did not show. In groups colleagues talk among themselves, and nothing is held.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.conversation.staff import Answer, Desk, Refuse, TakeNote, decide_staff_message, is_note
from bot.model import Assignment, Delivery, DeliveryKind, Draft, Event, InboundMessage, Prompt, Purpose, Rows
from bot.services.case import Case, get_case
from bot.services.desk import notes
from bot.services.desk.answering import answer
from bot.services.desk.in_one_go import are_notes, each_in_one_go, word_question, written_in_one_go
from bot.services.people.directory import Directory, load_directory
from bot.services.people.naming import name_of
from bot.services.pressing import STALE, Answered, Hand
from bot.services.turn import Turn
from bot.store import assignments, desk_held, desks, outbox
from bot.store.desk_held import DeskHeld
from bot.store.desks import OnDesk

MOST_OFFERED = 6
HOLD = timedelta(hours=24)
# Questions looked through for those that show a message.
MOST_QUESTIONS = 20


async def list_offered(turn: Turn, message: InboundMessage, directory: Directory) -> list[OnDesk]:
    """Return the open shares a contact's message could be meant for, last spoken of first."""
    return await desks.list_on(turn.tx, directory.contacts_in_chat(message.address))


async def hold(turn: Turn, message: InboundMessage, offered: list[OnDesk]) -> None:
    """Hold a message and ask for whom it is; of an album, and of what was written in one go, in one question."""
    before = await desk_held.list_at(turn.tx, message.address)
    await desk_held.add(turn.tx, turn.at, message, turn.at + HOLD)
    if message.album is not None and any(one.message.album == message.album for one in before):
        return
    waiting = written_in_one_go([one.message for one in before], message)
    asked = await outbox.find_last_prompt(turn.tx, message.address, Prompt.DESK_INQUIRY)
    if len(waiting) > 1 and asked is not None:
        await _put(turn, asked, turn.say(turn.book.own_language, "desk-which-below"))
    await turn.notice(
        message.address,
        word_question(turn, waiting, many=len(offered) > MOST_OFFERED),
        reply_to=message.message,
        buttons=await _buttons(turn, offered, waiting),
        prompt=Prompt.DESK_INQUIRY,
        about=tuple(one.share.inquiry_id for one in offered[:MOST_OFFERED]),
    )


async def on_chosen(hand: Hand, case: Case, share: Assignment) -> Answered:
    """Bring what is held to the inquirer the contact named, as answers or notes."""
    turn, address = hand.turn, hand.press.address
    waiting = await _take(hand)
    if not waiting:
        return STALE
    as_notes = {one.message.album for one in waiting if is_note(one.message.text)} - {None}
    kept: list[InboundMessage] = []
    for one in waiting:
        case, share = await get_case(turn, case.inquiry.id), await assignments.get(turn.tx, share.id)
        desk = Desk(True, case.inquiry.state, in_group=False, about_note=one.message.album in as_notes)
        match decide_staff_message(desk, one.message):
            case Answer():
                await answer(turn, case, share, one.message, hand.directory)
                kept.append(one.message)
            case TakeNote():
                await notes.take(turn, case, share, one.message, hand.directory)
                kept.append(one.message)
            case Refuse(reason):
                await turn.note(Event.ANSWER_REFUSED, case.inquiry.id, reason=reason)
                text, about = turn.say(turn.book.own_language, reason, reference=case.reference), (case.inquiry.id,)
                # Missed, it would leave the contact thinking that it went on its way.
                needed = Purpose.NEEDED
                await turn.notice(address, text, reply_to=one.message.message, about=about, purpose=needed)
    if not kept:
        await _close_pressed(hand, turn.say(turn.book.own_language, "desk-which-dropped"))
        return None
    chosen = turn.say(
        turn.book.own_language,
        "desk-which-noted" if are_notes(kept) else "desk-which-chosen",
        reference=case.reference,
        name=name_of(turn, case.person.first_name, case.reference),
    )
    await _close_pressed(hand, chosen, about=(case.inquiry.id,))
    return None


async def on_nobody(hand: Hand) -> Answered:
    """Forget what is held, because it was for nobody."""
    if not await _take(hand):
        return STALE
    await _close_pressed(hand, hand.turn.say(hand.turn.book.own_language, "desk-which-dropped"))
    return None


async def drop_expired(turn: Turn, heard_until: datetime) -> int:
    """Forget what had been held too long by then and tell its writers, once a question; return how many went."""
    chats: dict[tuple[str, int], list[InboundMessage]] = {}
    for one in await desk_held.take_expired(turn.tx, heard_until):
        chats.setdefault(one.message.address.chat_key, []).append(one.message)
    directory = await load_directory(turn) if chats else None
    for expired in chats.values():
        if directory is None or not directory.is_staff_chat(expired[0].address):
            continue
        await _close_asked(turn, expired)
        for together in each_in_one_go(expired):
            text = turn.say(turn.book.own_language, "desk-which-expired", count=len(together))
            first = together[0]
            await turn.notice(first.address, text, reply_to=first.message, purpose=Purpose.NEEDED)
    return sum(map(len, chats.values()))


async def replace_held(turn: Turn, message: InboundMessage) -> bool:
    """Put the edited form of a held message in its place; False if it is not held."""
    held = [one for one in await desk_held.list_at(turn.tx, message.address) if one.message.message == message.message]
    for one in held:
        await desk_held.replace(turn.tx, one.id, message)
        await _quote_anew(turn, message)
    return bool(held)


async def _quote_anew(turn: Turn, message: InboundMessage) -> None:
    """Let the question about a message quote its changed form; the latest that shows it is the one that stands."""
    held = [one.message for one in await desk_held.list_at(turn.tx, message.address)]
    numbers = [one.message for one in held]
    for asked in await outbox.list_prompts(turn.tx, message.address, Prompt.DESK_INQUIRY, MOST_QUESTIONS):
        if asked.draft.reply_to not in numbers:
            continue
        last = numbers.index(asked.draft.reply_to)
        waiting = written_in_one_go(held[:last], held[last])
        if message in waiting:
            many = turn.say(turn.book.own_language, "desk-which-many") in (asked.draft.text or "")
            text, about = word_question(turn, waiting, many=many), asked.draft.about
            await _put(turn, asked, text, about, asked.draft.buttons or ())
            return


async def _buttons(turn: Turn, offered: list[OnDesk], waiting: list[InboundMessage]) -> Rows:
    own, address = turn.book.own_language, waiting[-1].address
    span = {"since": waiting[0].message, "up_to": waiting[-1].message}
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
            **span,
        )
        for one in offered[:MOST_OFFERED]
    ]
    rows.append(await turn.button(address, turn.say(own, "btn-desk-nobody"), "desk_nobody", **span))
    return tuple((button,) for button in rows)


async def _take(hand: Hand) -> list[DeskHeld]:
    """Return what the question shows whose button was pressed, and hold it no longer."""
    data = hand.button.data
    return await desk_held.take(hand.turn.tx, hand.press.address, int(data.get("since", 0)), int(data["up_to"]))


async def still_holds(hand: Hand) -> bool:
    """Tell whether anything is held of what the question shows whose button was pressed."""
    data = hand.button.data
    shown = range(int(data.get("since", 0)), int(data["up_to"]) + 1)
    return any(one.message.message in shown for one in await desk_held.list_at(hand.turn.tx, hand.press.address))


async def _close_asked(turn: Turn, expired: list[InboundMessage]) -> None:
    """Close the questions whose last words have expired: a tap on them would send nothing."""
    numbers = {message.message for message in expired}
    for asked in await outbox.list_prompts(turn.tx, expired[0].address, Prompt.DESK_INQUIRY, MOST_QUESTIONS):
        if asked.draft.reply_to in numbers:
            await _put(turn, asked, turn.say(turn.book.own_language, "desk-which-dropped"))


async def _close_pressed(hand: Hand, text: str, about: tuple[int, ...] = ()) -> None:
    """Put what became of it in the place of the question pressed; where it arrived twice, in both.

    Nobody knew that the other one arrived, so it is told by the button, and no name is left where none is found again.
    """
    turn, press = hand.turn, hand.press
    asked = await outbox.find_sent(turn.tx, press.address, press.message)
    if asked is None:
        twice = turn.say(turn.book.own_language, "desk-which-twice")
        edit = Draft(press.address, DeliveryKind.EDIT, text=twice, message=press.message, buttons=(), forget=True)
        await turn.send(edit)
        asked = await _find_by_button(hand)
    if asked is not None and asked.draft.prompt is Prompt.DESK_INQUIRY:
        await _put(turn, asked, text, about)


async def _find_by_button(hand: Hand) -> Delivery | None:
    """Return the question that has the button pressed, or None."""
    for asked in await outbox.list_prompts(hand.turn.tx, hand.press.address, Prompt.DESK_INQUIRY, MOST_QUESTIONS):
        if any(button.token == hand.button.token for row in asked.draft.buttons or () for button in row):
            return asked
    return None


async def _put(turn: Turn, asked: Delivery, text: str, about: tuple[int, ...] = (), buttons: Rows = ()) -> None:
    """Put other words in the place of a question, and other buttons or none."""
    await turn.send(Draft(asked.address, DeliveryKind.EDIT, text=text, buttons=buttons, edits=asked.id, about=about))
