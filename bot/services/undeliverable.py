"""What the rest of the bot makes of a message that could not be sent, or was after all, as that is recorded.

A contact whose chat is gone must not hold an inquiry: it is handed over to whoever stands in, with everything the
person wrote. What a contact answered and nobody got answers nothing (`bot.services.relaying.arriving`). The parked row
stays for the operator to see.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta

from bot.errors import SendError, SendFailure
from bot.model import (
    OPEN_ASSIGNMENTS,
    Address,
    AssignmentState,
    Delivery,
    DeliveryState,
    Document,
    Draft,
    Event,
    Purpose,
)
from bot.services import cards
from bot.services.case import find_share, get_case, set_share_state, wait_again
from bot.services.delivery.settling import Hooks
from bot.services.dialogue import Dialogue
from bot.services.people import leaving, roll_call
from bot.services.people.directory import follow_group, load_directory
from bot.services.people.naming import name_in_push
from bot.services.records import papers
from bot.services.relaying import arriving
from bot.services.shares import assigning, reminders, stranded
from bot.services.turn import Turn
from bot.store import assignments, contacts, given_up, journal, messages, outbox
from bot.store.database import Tx

CLOSED = (Event.INQUIRY_CLOSED, Event.INQUIRY_PART_CLOSED)

log = logging.getLogger(__name__)


def make_hooks(dialogue: Dialogue) -> Hooks:
    """Return what the outbox sender calls when something could not go the usual way."""

    async def parked(tx: Tx, delivery: Delivery, error: SendError) -> None:
        await on_parked(dialogue, tx, delivery, error)

    async def migrated(tx: Tx, old: Address, new: Address) -> None:
        await follow_group(dialogue.turn(tx), old, new)

    async def topic_gone(tx: Tx, delivery: Delivery) -> None:
        await on_topic_gone(dialogue, tx, delivery.address)

    async def topic_closed(tx: Tx, delivery: Delivery) -> None:
        await on_topic_closed(dialogue, tx, delivery)

    async def write(tx: Tx, delivery: Delivery) -> Document | None:
        return await papers.write(dialogue.turn(tx), delivery)

    async def arrived(tx: Tx, delivery: Delivery) -> None:
        await on_arrived(dialogue, tx, delivery)

    async def instead(tx: Tx, delivery: Delivery, error: SendError) -> Draft | None:
        return await _instead(dialogue, tx, delivery, error)

    return Hooks(parked, migrated, topic_gone, write, arrived, instead, topic_closed)


async def _instead(dialogue: Dialogue, tx: Tx, delivery: Delivery, error: SendError) -> Draft | None:
    """Return what is said of a delivery that was given up; a contact is told where the person blocked the bot."""
    draft, told = delivery.draft, delivery.draft.otherwise
    to_contact = told is not None and told.assignment_id is not None and draft.assignment_id is None
    if told is None or not to_contact or error.failure is not SendFailure.UNREACHABLE or draft.inquiry_id is None:
        return told
    turn = dialogue.turn(tx)
    case = await get_case(turn, draft.inquiry_id)
    name = name_in_push(turn, case.person.first_name, case.reference)
    text = turn.say(turn.book.own_language, "answer-not-sent-blocked", name=name, reference=case.reference)
    return replace(told, text=text)


async def on_parked(dialogue: Dialogue, tx: Tx, delivery: Delivery, error: SendError) -> None:
    """Note it, and hand the inquiry to whoever stands in where its contact cannot be reached."""
    turn = dialogue.turn(tx)
    draft = delivery.draft
    said = arriving.said_by(draft)
    more = {} if said is None else {"message": said}
    await turn.note(Event.DELIVERY_PARKED, draft.inquiry_id, delivery=delivery.id, failure=error.failure, **more)
    if said is not None:
        await _wait_again(turn, said, draft.inquiry_id or 0)
    if error.failure is SendFailure.UNREACHABLE:
        await roll_call.mark_unreachable(turn, delivery.address)
        await leaving.on_reach(turn, delivery.address, reachable=False)
        if await _is_notice_outside(turn, delivery):
            # Nothing an operator could do: it would fail again, and be old when they are back.
            await given_up.drop(tx, delivery.id)
    if draft.assignment_id is None or error.failure is not SendFailure.UNREACHABLE:
        return
    share = await assignments.get(tx, draft.assignment_id)
    if share.state not in OPEN_ASSIGNMENTS or share.card is None:
        return
    card = await cards.address_of(turn, share)
    if not (card.is_in_chat_of(delivery.address) or card.is_in_chat_of(draft.address)):
        return  # handed over already, when an earlier message failed
    case = await get_case(turn, share.inquiry_id)
    dead = [delivery.address, draft.address, *await assigning.list_dead(turn, share)]
    reach = (await load_directory(turn)).reach(share.contact, without=dead)
    if reach is None:
        log.error("%s: '%s' cannot be reached, and nobody stands in", case.reference, share.contact)
        return
    log.error("%s: '%s' cannot be reached, '%s' stands in", case.reference, share.contact, reach.contact)
    await turn.note(Event.INQUIRY_HANDED_OVER, case.inquiry.id, contact=share.contact, to=reach.contact)
    await assigning.hand_over(turn, case, share, reach)


async def on_topic_gone(dialogue: Dialogue, tx: Tx, address: Address) -> None:
    """Send what was deleted with a topic anew, into the group itself, and tell the administrators once.

    All at once, for once: what waits to be sent under a card must not go before that is there again.
    """
    turn = dialogue.turn(tx)
    here = (await load_directory(turn)).contacts_at(address)
    had_joined = await contacts.leave_topic(tx, address)
    await turn.note(Event.CONTACT_TOPIC_GONE)
    log.warning("a contact's topic was deleted; its cards go to the group's general topic now")
    lost = await assignments.list_with_card_in(tx, address)
    for share in lost:
        await assignments.forget_card(tx, share.card or 0)
        # Whatever failed in the topic before, the group itself is there.
        reach = (await load_directory(turn)).reach(share.contact)
        await stranded.hand_over_whole(turn, replace(share, card=None), reach)
    if had_joined or lost:
        await _tell_of_topic(turn, here, "admin-topic-gone", count=len(lost))


async def on_topic_closed(dialogue: Dialogue, tx: Tx, delivery: Delivery) -> None:
    """Tell the administrators, once a day, that a contact's topic is closed; it is tried again with each message."""
    turn = dialogue.turn(tx)
    here = (await load_directory(turn)).contacts_at(delivery.address)
    if not here:
        return
    if not turn.windows.alarms.admit(delivery.address, delivery.id, turn.at, 1, timedelta(days=1)):
        return
    await turn.note(Event.CONTACT_TOPIC_CLOSED)
    await _tell_of_topic(turn, here, "admin-topic-closed")


async def _tell_of_topic(turn: Turn, here: list[str], key: str, **values: int) -> None:
    own = turn.book.own_language
    name = turn.texts.together(own, [turn.book.contact_name(one) for one in here])
    for place in (await load_directory(turn)).administrators():
        await turn.notice(place, turn.say(own, key, contact=name, **values))


async def _is_notice_outside(turn: Turn, delivery: Delivery) -> bool:
    """Tell whether a delivery is the bot's own word to a person, or to a chat that is a contact's no more."""
    if delivery.draft.purpose is Purpose.RELAY or delivery.draft.assignment_id is not None:
        return False
    return not (await load_directory(turn)).is_staff_chat(delivery.address)


async def on_arrived(dialogue: Dialogue, tx: Tx, delivery: Delivery) -> None:
    """Let a contact's words that were given up, and were sent after all, count from now on: the operator let them go.

    They answer nothing where their person has written since, and no more than before while a part of them is missing.
    """
    message, inquiry_id = arriving.said_by(delivery.draft), delivery.draft.inquiry_id or 0
    if message is None:
        return
    turn = dialogue.turn(tx)
    entries = await journal.list_of(tx, inquiry_id)
    if arriving.has_left(entries):
        await leaving.on_reach(turn, delivery.address, reachable=True)
    said = arriving.find_lost(entries, message)
    if said is None or await _is_part_missing(tx, message):
        return
    await turn.note(Event(said.event), inquiry_id, **said.data)
    share = await find_share(turn, inquiry_id, str(said.data.get("field")))
    if share is None:
        return
    last = await messages.find_last_from_inquirer(tx, inquiry_id)
    asked_since = last is not None and last.id > message
    if said.event == Event.INQUIRY_ANSWERED and share.state is AssignmentState.TAKEN and not asked_since:
        await set_share_state(turn, share, AssignmentState.ANSWERED)
    if share.card is not None:
        await cards.refresh_card(turn, await get_case(turn, inquiry_id), await assignments.get(tx, share.id))


async def _is_part_missing(tx: Tx, message: int) -> bool:
    parts = [one for one in await outbox.list_of_message(tx, message) if arriving.said_by(one.draft) is not None]
    return any(one.state is DeliveryState.PARKED for one in parts)


async def _wait_again(turn: Turn, message: int, inquiry_id: int) -> None:
    """Let a share wait for its answer again where the one it had was given up, and show that on its card."""
    entries = await journal.list_of(turn.tx, inquiry_id)
    said = next((one for one in entries if one.event in arriving.SAID and one.data.get("message") == message), None)
    if said is None:
        return
    field = str(said.data.get("field"))
    share = await find_share(turn, inquiry_id, field)
    if share is None:
        return
    answers = [one for one in arriving.list_said(entries, field) if one.event == Event.INQUIRY_ANSWERED]
    lately = [one for one in answers if share.since is None or one.at >= share.since]
    # Where the person wrote meanwhile, it waits already; but what kept its promise never arrived.
    if not answers and not any(one.tells(field, *CLOSED) for one in entries):
        await assignments.judge_anew(turn.tx, share.id)
    if share.state is AssignmentState.ANSWERED and not lately:
        await reminders.go_on_waiting(turn, await wait_again(turn, share))
    if share.card is not None:
        await cards.refresh_card(turn, await get_case(turn, inquiry_id), await assignments.get(turn.tx, share.id))
