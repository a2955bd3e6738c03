"""`/loeschen`: a person deletes one inquiry, or everything once asked again, after reading what goes and stays.

Contacts with an open inquiry are told. The bot takes its messages back from chats where Telegram still lets it, and
blanks what it may only change. What remains in the store is a skeleton for counting and a hash for restored backups.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.model import (
    OPEN_STATES,
    Address,
    DeliveryKind,
    Draft,
    Inquiry,
    Person,
    Prompt,
    Purpose,
)
from bot.services import cards
from bot.services.inquirers import questions
from bot.services.inquirers.offering import Offer, find_named, rows, with_unknown
from bot.services.keeping.retention import write_skeleton
from bot.services.keeping.taking_back import take_back
from bot.services.people.directory import load_directory
from bot.services.people.naming import topics_of
from bot.services.turn import Turn
from bot.store import assignments, blocks, buttons, deletions, erasing, inbox, inquiries, outbox, timers, unsent
from bot.store.timers import Timer, TimerKind

# Nobody scrolls further up to delete something.
MOST_PUT_AWAY = 6
# Time for the last words to leave before the write-ahead log is emptied of all that was deleted.
SCRUB_AFTER = timedelta(seconds=5)


async def offer(turn: Turn, person: Person, argument: str = "") -> None:
    """Say what deleting means, and offer each inquiry, everything, or nothing; the one that is named, or nothing."""
    offered, text = await choices(turn, person), turn.say(person.language, "delete-explained")
    named = find_named(offered.inquiries, argument)
    if named is None:
        text = with_unknown(turn, person, argument, text)
    else:
        offered = replace(offered, inquiries=[named], below=offered.below[-1:])
    about = tuple(inquiry.id for inquiry in offered.inquiries)
    buttons = await rows(turn, person, offered)
    await turn.notice(person.address, text, buttons=buttons, about=about, prompt=Prompt.DELETE, purpose=Purpose.NOTICE)


async def choices(turn: Turn, person: Person) -> Offer:
    """Return what may be deleted: each inquiry, everything, or nothing."""
    language = person.language
    every = await turn.button(person.address, turn.say(language, "btn-delete-all"), "delete_all")
    keep = await turn.button(person.address, turn.say(language, "btn-delete-keep"), "delete_keep")
    known = await inquiries.list_of_person(turn.tx, person.id)
    return Offer("delete_one", known, partial(_label, turn, language), ((every,), (keep,)))


async def ask_again(turn: Turn, person: Person) -> None:
    """Ask once more, shortly, before everything is deleted: it cannot be undone, and a thumb slips."""
    sure = await turn.button(person.address, turn.say(person.language, "btn-delete-sure"), "delete_sure")
    keep = await turn.button(person.address, turn.say(person.language, "btn-delete-keep"), "delete_keep")
    text = turn.say(person.language, "delete-sure")
    # The first question has no buttons any more: where this one were lost, they would believe all to be deleted.
    await turn.notice(person.address, text, buttons=((sure,), (keep,)), prompt=Prompt.DELETE)


async def keep(turn: Turn, person: Person) -> None:
    """Delete nothing, and end every question about it: a copy that came twice must not delete what was to stay."""
    await buttons.drop(turn.tx, person.address, "delete_sure")
    for asked in await outbox.list_prompts(turn.tx, person.address, Prompt.DELETE, MOST_PUT_AWAY):
        await questions.put_away(turn, asked)
    await turn.notice(person.address, turn.say(person.language, "delete-kept"))


async def _label(turn: Turn, language: str, inquiry: Inquiry) -> str:
    """Name an inquiry by its number and its topics, for nobody knows their numbers; by the number alone without any."""
    field = await topics_of(turn, language, inquiry.id)
    if not field:
        return turn.say(language, "btn-delete-one", reference=inquiry.reference)
    return turn.say(language, "btn-delete-one-field", reference=inquiry.reference, field=field)


async def delete_one(turn: Turn, person: Person, inquiry_id: int) -> None:
    """Delete one inquiry with everything said in it."""
    inquiry = await inquiries.get(turn.tx, inquiry_id)
    text = turn.say(person.language, "delete-done-one", reference=inquiry.reference)
    # Before the messages are taken back: each takes a second in its chat, and nobody should wait for the last.
    await turn.send(Draft(person.address, text=text, forget=True))
    await _take_back(turn, person, inquiry_id)
    await deletions.note_inquiry(turn.tx, turn.at, inquiry_id)
    await write_skeleton(turn, inquiry_id, outcome="deleted")
    await erasing.erase_inquiry(turn.tx, inquiry_id)
    await _scrub_soon(turn)


async def delete_all(turn: Turn, person: Person) -> None:
    """Delete everything known of a person."""
    text = turn.say(person.language, "delete-done-all")
    block = await blocks.find(turn.tx, turn.at, person.address)
    if block is not None:
        # It stays, by a hash alone: else whoever is blocked could lift it so.
        until = turn.say_moment(person.language, block.until_at)
        text += "\n" + turn.say(person.language, "delete-block-stays", until=until)
    await turn.send(Draft(person.address, text=text, forget=True))
    for inquiry in await inquiries.list_of_person(turn.tx, person.id):
        await _take_back(turn, person, inquiry.id)
        await write_skeleton(turn, inquiry.id, outcome="deleted")
    for delivery in await outbox.list_loose_of(turn.tx, person.address):
        await take_back(turn, delivery)
    await deletions.note_person(turn.tx, turn.at, person.id)
    # Their text goes out of rows that are gone by then.
    await erasing.erase_person(turn.tx, person.id)
    await inbox.forget_lane(turn.tx, person.address.channel, str(person.address.chat))
    await _scrub_soon(turn)


async def _take_back(turn: Turn, person: Person, inquiry_id: int) -> None:
    """Remove an inquiry's messages from chats as far as Telegram allows, and tell all who still had it open."""
    inquiry = await inquiries.get(turn.tx, inquiry_id)
    own, reference = turn.book.own_language, inquiry.reference
    desks: dict[Address, None] = {}
    for share in await assignments.list_open_of(turn.tx, inquiry_id) if inquiry.state in OPEN_STATES else []:
        desks |= dict.fromkeys(place.address for place in await cards.places_of(turn, share))
    await _take_back_naming(turn, person, inquiry_id)
    for delivery in reversed(await outbox.list_of_inquiry(turn.tx, inquiry_id)):
        theirs = delivery.address.is_in_chat_of(person.address)
        await take_back(turn, delivery, None if theirs else turn.say(own, "deleted-card", reference=reference))
    directory = await load_directory(turn)
    for address in desks:
        if directory.is_staff_chat(address):
            key = "deleted-contact-urgent" if inquiry.is_urgent else "deleted-contact"
            text = turn.say(own, key, reference=reference)
            await turn.send(Draft(address, text=text, forget=True))


async def _take_back_naming(turn: Turn, person: Person, inquiry_id: int) -> None:
    """Take back what names an inquiry: lists and notices for colleagues, and what the person was offered."""
    seen: set[tuple[int, int]] = set()
    for delivery in reversed(await outbox.list_about(turn.tx, inquiry_id)):
        message = delivery.message or delivery.edited_message
        if message is None or (delivery.address.chat, message) in seen:
            continue
        seen.add((delivery.address.chat, message))
        if delivery.address.is_in_chat_of(person.address):
            await take_back(turn, replace(delivery, message=message))
        else:
            text = turn.say(turn.book.own_language, "deleted-list" if delivery.draft.is_list else "deleted-notice")
            outdated = Draft(delivery.address, DeliveryKind.EDIT, text=text, message=message, buttons=(), forget=True)
            await turn.send(outdated)


async def _scrub_soon(turn: Turn) -> None:
    await timers.start(turn.tx, turn.at + SCRUB_AFTER, Timer(TimerKind.SCRUB))


async def on_scrub(turn: Turn, timer: Timer) -> None:
    """Empty the write-ahead log after this; again a little later while last words are still on their way."""
    turn.tx.scrub_after()
    if await unsent.has_forgettable(turn.tx):
        await timers.start(turn.tx, turn.at + SCRUB_AFTER, Timer(TimerKind.SCRUB))
