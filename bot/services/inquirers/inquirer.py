"""The inquirer's side: messages and commands written in a private chat by somebody who is not a contact."""

from __future__ import annotations

from datetime import timedelta

from bot.conversation.inquirer import (
    Acknowledge,
    AskForWords,
    AskWhich,
    CannotRelay,
    Follow,
    HoldForNotice,
    OpenNew,
    decide_message,
)
from bot.model import Event, InboundMessage, MessageKind, Person
from bot.services.case import get_case
from bot.services.inquirers import (
    correcting,
    deletion,
    intake,
    notice,
    own_data,
    situation,
    sparing,
    status,
    which_inquiry,
)
from bot.services.people import speaking
from bot.services.people.command_names import BY_PEOPLE
from bot.services.people.naming import who_has
from bot.services.relaying import thanks
from bot.services.turn import Turn
from bot.store import assignments, held, inquiries, people
from bot.store.held import HeldFor

# So long somebody in danger who writes on has all the numbers in sight.
NUMBERS_AGAIN_AFTER = timedelta(hours=1)


async def on_message(turn: Turn, message: InboundMessage) -> None:
    """Handle a new message or command from outside."""
    person = await get_or_add_person(turn, message)
    await notice.tell_changed(turn, person)
    if message.command is not None:
        await _on_command(turn, person, message)
    else:
        await place(turn, person, message)


async def get_or_add_person(turn: Turn, message: InboundMessage) -> Person:
    """Return who writes; somebody new is greeted in the language they write in or their app's, if the office's own.

    Whoever goes by another name now is called so from now on (Art. 16 GDPR), also on a card when it is redrawn.
    """
    address, name = message.address.whole_chat, message.sender.first_name
    person = await people.find_by_address(turn.tx, address)
    if person is not None:
        return person if person.first_name == name else await people.rename(turn.tx, person, name)
    return await people.add(turn.tx, turn.at, address, name, speaking.first_language(turn, message))


async def place(turn: Turn, person: Person, message: InboundMessage, *, asked: bool = False) -> None:
    """Find out which inquiry a message belongs to, and act on it.

    Args:
        asked: the person was asked whether it is to go on as it is.
    """
    decision = turn.decide(message.text)
    if decision.urgent:
        earlier = await situation.find_replied_to(turn, person, message)
        await on_danger(turn, person, message, earlier=earlier)
        return
    if await correcting.take_reply(turn, person, message) or (not asked and await sparing.hold(turn, person, message)):
        return
    present = await situation.gather(turn, person, message)
    match decide_message(present, message, decision, courtesy=thanks.is_courtesy(turn, message)):
        case HoldForNotice():
            await notice.hold(turn, person, message)
        case CannotRelay():
            await _say(turn, person, "cannot-relay", reply_to=message.message)
        case AskForWords():
            await _say(turn, person, "ask-for-words")
        case OpenNew(follows):
            await intake.open_inquiry(turn, person, message, follows=follows)
        case Follow(inquiry_id):
            await intake.follow_up(turn, inquiry_id, message)
        case Acknowledge(inquiry_id):
            await thanks.acknowledge(turn, inquiry_id, message)
        case AskWhich():
            await which_inquiry.hold(turn, person, message)


async def on_danger(turn: Turn, person: Person, message: InboundMessage, *, earlier: int | None) -> None:
    """Tell the numbers that help at once, and bring the message to the general contact without another question.

    Where an urgent inquiry of theirs is open, it goes to whoever has that, and the numbers come in short with it. Even
    before the privacy notice was read: life and limb come first (Art. 6(1)(d) GDPR); the notice follows. What waits for
    that goes along.

    Args:
        earlier: the inquiry of theirs in which they wrote it; its contacts are told.
    """
    urgent = await situation.find_urgent(turn, person, earlier)
    what = (message.message, message.text)
    out_of_sight = turn.windows.numbers.admit(person.address.chat_key, what, turn.at, 1, NUMBERS_AGAIN_AFTER)
    if urgent is None or out_of_sight:
        await speaking.tell_numbers(turn, person.address, person.language, message.text)
    waiting = [one.message for one in await held.take(turn.tx, person.id, HeldFor.NOTICE)]
    more = [one for one in waiting if one.kind is not MessageKind.UNSUPPORTED]
    if urgent is None:
        urgent = (await intake.open_inquiry(turn, person, message, follows=earlier, more=more)).inquiry.id
    else:
        for one in (message, *more):
            await intake.follow_up(turn, urgent, one)
    for one in waiting:
        if one not in more:
            await _say(turn, person, "cannot-relay", reply_to=one.message)
    if earlier is not None and earlier != urgent:
        await intake.tell_of_danger(turn, earlier, await get_case(turn, urgent))
    if person.noticed_at is None and not await notice.stands_open(turn, person, waited=bool(waiting)):
        await notice.show_notice(turn, person, message)


async def accept_notice(turn: Turn, person: Person, language: str, *, named: bool) -> None:
    """Go on from the notice, and handle what was held meanwhile.

    A button left from before changes nothing any more, unless it names a language: then that is what is wanted.

    Args:
        named: the button says which language it means.
    """
    if person.noticed_at is not None:
        if named and person.language != language:
            await set_language(turn, person, language)
        return
    person, waiting = await notice.accept(turn, person, language)
    for one in waiting:
        await place(turn, person, one.message)
    if not waiting:
        await _welcome(turn, person)
    # After what the person waits for: each change takes its second in their chat.
    await notice.put_away(turn, person)


async def _welcome(turn: Turn, person: Person) -> None:
    """Invite to write; to whoever spoke of danger before the notice, say who has it."""
    for inquiry in await inquiries.list_open_of(turn.tx, person.id):
        for share in await assignments.list_open_of(turn.tx, inquiry.id):
            contact = who_has(turn, person.language, share)
            text = turn.say(person.language, "welcome-urgent", reference=inquiry.reference, contact=contact)
            await turn.notice(person.address, text, about=(inquiry.id,))
            return
    await _say(turn, person, "welcome")


async def release_sparing(turn: Turn, person: Person) -> bool:
    """Let what somebody was asked about go on as it is; False if nothing was held any more."""
    waiting = await sparing.take(turn, person)
    for one in waiting:
        await place(turn, person, one.message, asked=True)
    return bool(waiting)


async def drop_sparing(turn: Turn, person: Person) -> bool:
    """Forget what told too much, and let go on what came behind it; False if nothing was held any more."""
    waiting = await sparing.take(turn, person)
    if waiting:
        await turn.note(Event.SPARING_REWRITTEN)
        await _say(turn, person, "sparing-rewrite")
    told = [one.message for one in waiting if turn.book.sensitive.find(one.message.text)]
    # Pictures sent together stand under one caption, and may show what it tells.
    albums = {message.album for message in told} - {None}
    for one in waiting:
        if one.message not in told and one.message.album not in albums:
            await place(turn, person, one.message)
    return bool(waiting)


async def ask_language(turn: Turn, person: Person) -> None:
    """Offer the languages the bot speaks."""
    offered = [
        await turn.button(person.address, turn.say(language, "language-name"), "language", language=language)
        for language in turn.book.rules.office.languages
    ]
    await turn.notice(person.address, turn.say(person.language, "language-ask"), buttons=(tuple(offered),))


async def set_language(turn: Turn, person: Person, language: str) -> None:
    """Speak another language from now on, and say so in it."""
    await speaking.speak(turn, person, language)
    await turn.notice(person.address, turn.say(language, "language-set"))


async def _on_command(turn: Turn, person: Person, message: InboundMessage) -> None:
    duty = BY_PEOPLE.get(message.command or "")
    match duty:
        case "help":
            titles = [turn.book.field_title(field, person.language) for field in turn.book.rules.fields]
            fields = turn.texts.together(person.language, titles)
            await _say(turn, person, "help", fields=fields)
        case "privacy":
            await notice.show_privacy(turn, person, person.language)
        case "delete":
            await deletion.offer(turn, person, message.argument)
        case "own_data":
            await own_data.show(turn, person)
        case "change":
            await correcting.offer(turn, person, message.argument)
        case "language":
            await ask_language(turn, person)
        case "status" if person.noticed_at is not None or await inquiries.list_open_of(turn.tx, person.id):
            # Who cried for help before they read the notice has an inquiry, and wants to know how it stands.
            await status.show_status(turn, person)
        case "start" | "status" if person.noticed_at is None:
            await notice.show_notice(turn, person, message)
        case "start":
            await _say(turn, person, "welcome-back", name=person.first_name)
        case _:
            await _say(turn, person, "unknown-command")


async def _say(turn: Turn, person: Person, key: str, *, reply_to: int | None = None, **values: str) -> None:
    await turn.notice(person.address, turn.say(person.language, key, **values), reply_to=reply_to)
