"""The privacy notice: shown before anything is taken in, with what the person wrote held until they go on.

The notice informs, it does not ask for consent: the office acts in its public task. So going on is one tap, the first.
"""

from __future__ import annotations

from dataclasses import replace

from bot.model import Button, DeliveryState, Event, InboundMessage, Person, Prompt, Rows
from bot.routing.durations import load_duration
from bot.services.delivery.split import split_text, utf16_length
from bot.services.inquirers import questions
from bot.services.people import speaking
from bot.services.rules.notice_text import full_notice, short_notice, whole_notice
from bot.services.turn import Turn
from bot.store import held, notices, outbox, people
from bot.store.held import HeldFor, HeldMessage

# Of so many messages the button to go on is taken away afterwards.
MOST_PUT_AWAY = 5


async def accept(turn: Turn, person: Person, language: str) -> tuple[Person, list[HeldMessage]]:
    """Record that the person went on, in this language; return them as they are now and what was held for them."""
    if person.noticed_at is None:
        version = await _remember(turn)
        await people.mark_noticed(turn.tx, turn.at, person.id, version)
        await turn.note(Event.NOTICE_ACCEPTED, version=version)
    await speaking.speak(turn, person, language)
    return await people.get(turn.tx, person.id), await held.take(turn.tx, person.id, HeldFor.NOTICE)


async def show_notice(turn: Turn, person: Person, message: InboundMessage) -> None:
    """Send the privacy notice in each language its reader is likely to know, with a button to go on in each.

    Args:
        message: what they wrote just now, a command too.
    """
    waiting = [one.message for one in await held.list_of(turn.tx, person.id, HeldFor.NOTICE)]
    languages = speaking.likely_languages(turn, message.sender.language, [*waiting, message])
    texts = []
    for language in languages:
        text = short_notice(turn.texts, turn.book.rules, language)
        texts.append(text + _held_line(turn, language, languages) if waiting else text)
    more = [await _privacy_button(turn, person, language) for language in languages]
    rows = (*await _go_on_rows(turn, person, languages), *((button,) for button in more))
    await turn.notice(person.address, speaking.put_together(texts), buttons=rows, prompt=Prompt.GO_ON)


async def stands_open(turn: Turn, person: Person, *, waited: bool) -> bool:
    """Tell whether a notice stands in somebody's chat, or is on its way there, that they have not gone on from.

    Args:
        waited: what was held for it has gone where it belongs; so those that stand there say so no longer.
    """
    shown = await outbox.list_prompts(turn.tx, person.address, Prompt.GO_ON, MOST_PUT_AWAY)
    there = [one for one in shown if one.state in (DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.SENT)]
    if not waited:
        return bool(there)
    stand = [await questions.change(turn, one, without_offer(turn, one.draft.text or "")) for one in there]
    return any(stand)


def without_offer(turn: Turn, text: str) -> str:
    """Return a notice's text without what it says of a message that waits: its writer went on."""
    for language in turn.book.rules.office.languages:
        for shown in ([language], []):
            text = text.replace(_held_line(turn, language, shown), "")
            text = text.replace(_still_waiting(turn, language, shown), turn.say(language, "notice-kept"))
    return text


async def hold(turn: Turn, person: Person, message: InboundMessage) -> None:
    """Hold a message until its writer went on; show the notice with the first, only the buttons with further ones."""
    waiting = [one.message for one in await held.list_of(turn.tx, person.id, HeldFor.NOTICE)]
    expires_at = turn.at + load_duration(turn.book.rules.dialogue.hold).elapsed()
    await held.add(turn.tx, turn.at, person.id, HeldFor.NOTICE, message, expires_at)
    written = [language for one in (*waiting, message) if (language := speaking.written_in(turn, one)) is not None]
    if written:
        # Maybe they began with a command, or with a word that could be of any language.
        await speaking.speak(turn, person, written[0])
        person = replace(person, language=written[0])
    if not waiting:
        await show_notice(turn, person, message)
    elif message.album is None or all(one.album != message.album for one in waiting):
        languages = speaking.likely_languages(turn, message.sender.language, [*waiting, message])
        text = speaking.put_together(_still_waiting(turn, language, languages) for language in languages)
        rows = await _go_on_rows(turn, person, languages)
        await turn.notice(person.address, text, buttons=rows, prompt=Prompt.GO_ON)


async def put_away(turn: Turn, person: Person) -> None:
    """Take away the buttons to go on that are left, with what is said of them: their person went on."""
    for one in await outbox.list_prompts(turn.tx, person.address, Prompt.GO_ON, MOST_PUT_AWAY):
        await questions.put_away(turn, one, without_offer(turn, one.draft.text or ""))


async def tell_changed(turn: Turn, person: Person) -> None:
    """Show the notice again to whoever went on from one that said something else.

    Their message is not held for it: they were told before they wrote at all, and need not agree to anything.
    """
    if person.noticed_at is None or person.notice_version == turn.book.notice_version:
        return
    language = person.language
    version = await _remember(turn)
    await people.mark_told(turn.tx, person.id, version)
    await turn.note(Event.NOTICE_CHANGED, version=version)
    more = await _privacy_button(turn, person, language)
    text = turn.say(language, "notice-changed") + "\n\n" + short_notice(turn.texts, turn.book.rules, language)
    await turn.notice(person.address, text, buttons=((more,),))


async def show_privacy(turn: Turn, person: Person, language: str) -> None:
    """Send the notice in full in one language; who has not gone on yet may do so, or read it in another."""
    rules = turn.book.rules
    title = turn.say(language, "art13-title")
    # A mark in front of each question lets the eye find it; only a message's beginning can be set in bold.
    text = "\n\n".join([title, *(f"▸ {one.title}\n{one.text}" for one in full_notice(turn.texts, rules, language))])
    if rules.office.privacy_url is not None:
        text += "\n\n" + turn.say(language, "privacy-link", url=rules.office.privacy_url)
    parts = split_text(text)
    for part in parts[:-1]:
        await turn.notice(person.address, part, heading=utf16_length(title) if part is parts[0] else 0)
    heading = utf16_length(title) if len(parts) == 1 else 0
    if person.noticed_at is not None:
        await turn.notice(person.address, parts[-1], heading=heading)
        return
    rows = await _go_on_rows(turn, person, [language])
    others = [await _privacy_button(turn, person, one) for one in speaking.usual_languages(turn) if one != language]
    rows = (*rows, *((button,) for button in others))
    await turn.notice(person.address, parts[-1], heading=heading, buttons=rows, prompt=Prompt.GO_ON)


async def _remember(turn: Turn) -> str:
    """Keep what the present notice says, and return its version."""
    await notices.remember(turn.tx, turn.at, turn.book.notice_version, whole_notice(turn.texts, turn.book.rules))
    return turn.book.notice_version


def _held_line(turn: Turn, language: str, shown: list[str]) -> str:
    """Return the end of a notice that says what becomes of the message that waits."""
    button = _go_on_label(turn, language, shown)
    return "\n\n" + turn.say(language, "notice-held", button=button, hold=_hold(turn, language))


def _still_waiting(turn: Turn, language: str, shown: list[str]) -> str:
    """Return what is said of a further message that waits."""
    return turn.say(language, "notice-still-waiting", button=_go_on_label(turn, language, shown))


def _hold(turn: Turn, language: str) -> str:
    """Return how long a message waits for its writer to go on, in words."""
    return turn.texts.span(language, load_duration(turn.book.rules.dialogue.hold).elapsed())


def _go_on_label(turn: Turn, language: str, shown: list[str]) -> str:
    """Return what the button says: just *go on* where all above it is in its language, else which one it means."""
    if shown == [language]:
        return turn.say(language, "btn-go-on")
    return turn.say(language, "btn-go-on-in", language=language)


async def _go_on_rows(turn: Turn, person: Person, shown: list[str]) -> Rows:
    """Return a button to go on in each language shown, and in each that somebody may know better."""
    rows = []
    for language in dict.fromkeys([*shown, person.language, *speaking.usual_languages(turn)]):
        label = _go_on_label(turn, language, shown)
        named: dict[str, str | int] = {} if shown == [language] else {"named": language}
        rows.append((await turn.button(person.address, label, "go_on", None, language=language, **named),))
    return tuple(rows)


async def _privacy_button(turn: Turn, person: Person, language: str) -> Button:
    return await turn.button(person.address, turn.say(language, "btn-privacy"), "privacy", language=language)
