"""What becomes of a message that was changed after it was sent: its readers get the new form, as a reply to the old.

Words of danger that come only with a change go the way new ones go: at once, and to the general contact. A change of
place or writer shows on the card; one of topic moves nothing, for whoever has the inquiry may be at work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.conversation.staff import is_note, is_order
from bot.model import OPEN_STATES, Assignment, AssignmentState, Draft, Event, InboundMessage, InquiryState, MessageKind
from bot.services import cards
from bot.services.case import Case, get_case, wait_again
from bot.services.desk import answering, notes, which
from bot.services.inquirers import correcting, inquirer, intake, sparing
from bot.services.people import speaking
from bot.services.people.directory import load_directory
from bot.services.people.naming import who_has
from bot.services.relaying import addressing, answers, colleagues, relay
from bot.services.shares import filing, promise, stranded
from bot.services.turn import Turn
from bot.store import assignments, deletions, held, inquiries, messages, outbox, people
from bot.store.held import HeldFor
from bot.store.messages import INQUIRER, StoredMessage

# Within this a greeting or a slip is changed into what was meant.
SHORTLY = timedelta(hours=1)


async def on_edit(turn: Turn, message: InboundMessage) -> None:
    """Handle the edited form of a message; one that says the same as before changes nothing."""
    stored = await messages.find(turn.tx, message.address, message.message)
    if stored is None:
        if not await _replace_held(turn, message):
            await _take_as_new(turn, message)
        return
    if stored.text == message.text:
        return  # a moving live location, a preview that was added
    if stored.author != INQUIRER and not (await load_directory(turn)).is_staff_chat(message.address):
        await _refuse(turn, message, stored.inquiry_id, "answer-refused")
        return
    if stored.author != INQUIRER and not stored.internal and (is_note(message.text) or is_order(message.text)):
        # The earlier form has left the office; what was hardly meant to follow it does not.
        await _refuse(turn, message, stored.inquiry_id, "edit-not-relayed")
        return
    if stored.author == INQUIRER and await _brings_danger(turn, stored, message):
        await _on_danger(turn, stored, message)
        return
    await messages.set_text(turn.tx, turn.at, stored.id, message.text)
    otherwise = await _read_again(turn, stored, message.text) if stored.author == INQUIRER else []
    more = {"changed": otherwise} if otherwise else {}
    await turn.note(Event.INQUIRY_EDITED, stored.inquiry_id, author=stored.author, **more)
    changed = replace(stored, text=message.text, address=message.address)
    if stored.author == INQUIRER:
        woken = await _wake(turn, message, stored)
        await _from_inquirer(turn, changed, redraw=bool(otherwise), woken=woken)
    elif stored.internal:
        await notes.pass_on_change(turn, changed)
    else:
        await _from_contact(turn, message, changed)
    await filing.show_due_again(turn, await get_case(turn, stored.inquiry_id))


async def _refuse(turn: Turn, message: InboundMessage, inquiry_id: int, reason: str) -> None:
    """Pass a change on to nobody: a former contact's, who speaks for the office no more, or a word among colleagues."""
    await turn.note(Event.ANSWER_REFUSED, inquiry_id, reason=reason)
    text = turn.say(turn.book.own_language, reason)
    await turn.notice(message.address, text, reply_to=message.message)


async def _take_as_new(turn: Turn, message: InboundMessage) -> None:
    """Take a person's changed words for new ones where the earlier form was kept nowhere: a greeting, a slip, thanks.

    Not what only is polite: it was answered already. Nor, without danger in it, what may have been kept and deleted
    since: what was written long ago, or before anything was deleted by anybody.
    """
    if message.kind is not MessageKind.TEXT or turn.book.courtesies.is_all(message.text):
        return
    written_at = message.written_at or message.sent_at
    deleted = turn.at - written_at > SHORTLY or await deletions.is_any_since(turn.tx, written_at)
    if deleted and not _is_urgent(turn, message.text):
        return
    is_desk = message.address.is_group or (await load_directory(turn)).is_staff_chat(message.address)
    if not is_desk and await people.find_by_address(turn.tx, message.address.whole_chat) is not None:
        await inquirer.on_message(turn, replace(message, edited=False))


async def _replace_held(turn: Turn, message: InboundMessage) -> bool:
    """Put the new form where the earlier one is held; False if it is held nowhere."""
    message = replace(message, edited=False)
    if await which.replace_held(turn, message):
        return True
    person = await people.find_by_address(turn.tx, message.address.whole_chat)
    if person is None:
        return False
    for reason in HeldFor:
        for one in await held.list_of(turn.tx, person.id, reason):
            if one.message.message != message.message:
                continue
            if _is_urgent(turn, message.text):
                # Danger waits for nothing: neither for the notice nor for a choice.
                await held.remove(turn.tx, one.id)
                await inquirer.place(turn, person, message)
                return True
            await held.replace(turn.tx, one.id, message)
            if reason is HeldFor.SPARING:
                await sparing.ask_anew(turn, person, message)
            return True
    return False


def _is_urgent(turn: Turn, text: str) -> bool:
    return turn.decide(text).urgent


async def _brings_danger(turn: Turn, stored: StoredMessage, message: InboundMessage) -> bool:
    """Tell whether a change brings words of danger that have not gone to the general contact yet."""
    if not _is_urgent(turn, message.text):
        return False
    inquiry = await inquiries.get(turn.tx, stored.inquiry_id)
    if not inquiry.is_urgent:
        return True
    return inquiry.state not in OPEN_STATES and not _is_urgent(turn, stored.text)


async def _on_danger(turn: Turn, stored: StoredMessage, message: InboundMessage) -> None:
    """Open an urgent inquiry for the new form of a message; the earlier form stays where it was read.

    The message is the urgent inquiry's from now on: a further change goes there, and opens no other.
    """
    case = await get_case(turn, stored.inquiry_id)
    if case.inquiry.state is InquiryState.ASKED:
        # Nobody has it yet: it becomes the urgent inquiry itself.
        await speaking.tell_numbers(turn, case.person.address, case.person.language, message.text)
        await messages.set_text(turn.tx, turn.at, stored.id, message.text)
        await turn.note(Event.INQUIRY_EDITED, stored.inquiry_id, author=stored.author)
        await intake.rethink(turn, case)
        return
    await messages.give_up_number(turn.tx, stored)
    await inquirer.on_danger(turn, case.person, replace(message, edited=False), earlier=stored.inquiry_id)


async def _read_again(turn: Turn, stored: StoredMessage, text: str) -> list[str]:
    """Take over what the new form says of place, writer and wish; return which of these it says otherwise.

    Only the inquiry's first message may: what came later is about it, and may name another place or wish besides.
    While the topic is asked for, everything is thought over anyway; what is finished stays as it was.
    """
    inquiry = await inquiries.get(turn.tx, stored.inquiry_id)
    known = inquiry.decision
    if known is None or inquiry.state not in OPEN_STATES or inquiry.state is InquiryState.ASKED:
        return []
    written = await messages.list_of(turn.tx, inquiry.id)
    if stored.id != next(one.id for one in written if one.author == INQUIRER):
        return []
    now = turn.decide(text)
    changed = correcting.follow_change(known, turn.decide(stored.text), now)
    if changed:
        await inquiries.set_decision(turn.tx, inquiry.id, replace(known, **changed))  # type: ignore[arg-type]
    return sorted(changed)


async def _wake(turn: Turn, message: InboundMessage, stored: StoredMessage) -> list[Assignment]:
    """Let those wait again whose thanks became more than that, as new words would; return their shares, maybe none."""
    courtesies = turn.book.courtesies
    if stored.kind is not MessageKind.TEXT or not courtesies.is_all(stored.text) or courtesies.is_all(message.text):
        return []
    part = await addressing.find_part(turn, stored.inquiry_id, message)
    shares = await assignments.list_open_of(turn.tx, stored.inquiry_id)
    answered = [one for one in shares if one.state is AssignmentState.ANSWERED and part in (None, one)]
    if not answered:
        return []
    await inquiries.touch(turn.tx, turn.at, stored.inquiry_id)
    for share in answered:
        await promise.renew(turn, await wait_again(turn, share))
    case = await get_case(turn, stored.inquiry_id)
    woken = [await assignments.get(turn.tx, share.id) for share in answered]
    for share in woken:
        if share.card is not None:
            await cards.refresh_card(turn, case, share)
    return woken


async def _from_inquirer(turn: Turn, changed: StoredMessage, *, redraw: bool, woken: Sequence[Assignment]) -> None:
    """Bring a person's changed words to whoever has the earlier form; they hear of it where somebody was woken."""
    case = await get_case(turn, changed.inquiry_id)
    if case.inquiry.state is InquiryState.ASKED:
        await intake.rethink(turn, case)
        return
    await stranded.deliver_waiting(turn, inquiry_id=changed.inquiry_id)
    shares = await assignments.list_open_of(turn.tx, changed.inquiry_id)
    for share in shares if redraw else []:
        if share.card is not None:
            await cards.refresh_card(turn, case, share)
    # Whoever finished a part read the earlier form, and their card would show the new one as if it had always said so.
    # Of a field asked in again the later share stands for both.
    latest = {share.field: share for share in await assignments.list_of(turn.tx, changed.inquiry_id)}
    finished = [share for share in latest.values() if share.state is AssignmentState.CLOSED]
    if shares or case.inquiry.state is InquiryState.WITHDRAWN:
        then, otherwise = (_told_whom(turn, case, changed, key, woken) for key in ("passed-on", "not-passed-on"))
        await relay.pass_on_edit(turn, case, changed, [*shares, *finished], then=then, otherwise=otherwise)
        if not shares:
            await turn.send(_told(turn, case, changed, "withdrawn"))
        return
    closed, passed_on = (_told(turn, case, changed, key) for key in ("closed", "closed-change-passed-on"))
    if not await relay.pass_on_edit(turn, case, changed, finished, then=passed_on, otherwise=closed):
        await turn.send(closed)


def _told(turn: Turn, case: Case, changed: StoredMessage, key: str) -> Draft:
    """Return what the inquirer is told about a change to what has ended."""
    text = turn.say(case.person.language, key, reference=case.reference)
    return Draft(case.person.address, text=text, reply_to=changed.message, inquiry_id=case.inquiry.id)


def _told_whom(turn: Turn, case: Case, changed: StoredMessage, key: str, woken: Sequence[Assignment]) -> Draft | None:
    """Return what the inquirer is told about a change somebody has to answer; None if nobody has."""
    if not woken:
        return None
    language = case.person.language
    contacts = turn.texts.together(language, list(dict.fromkeys(who_has(turn, language, share) for share in woken)))
    text = turn.say(language, key, reference=case.reference, contact=contacts)
    if key == "passed-on":
        text = promise.with_date_of(turn, language, text, case.inquiry, *woken)
    part = woken[0].field if len(woken) == 1 else None
    return Draft(case.person.address, text=text, reply_to=changed.message, inquiry_id=case.inquiry.id, part=part)


async def _from_contact(turn: Turn, message: InboundMessage, changed: StoredMessage) -> None:
    case = await get_case(turn, changed.inquiry_id)
    if case.inquiry.state is InquiryState.WITHDRAWN:
        await turn.note(Event.ANSWER_REFUSED, case.inquiry.id, reason="answer-withdrawn")
        text = turn.say(turn.book.own_language, "answer-withdrawn", reference=case.reference)
        await turn.notice(message.address, text, reply_to=message.message, about=(case.inquiry.id,))
        return
    brought = await outbox.list_of_message(turn.tx, changed.id)
    sent = [one for one in brought if one.draft.assignment_id is None]  # to the person, not to colleagues
    if not sent:
        return
    every = await assignments.list_of(turn.tx, changed.inquiry_id)
    shares = [share for share in every if changed.author in (share.contact, share.seat)] or every
    if not shares:
        return
    if not await answering.answer_anew(turn, case, shares[-1], message, changed):
        await answers.bring_changed(turn, case, changed, shares[-1], sent[0])
    await colleagues.tell_changed(turn, case, changed)
