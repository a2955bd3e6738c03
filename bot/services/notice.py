"""The privacy notice: shown before anything is taken in, with what the person wrote held until they go on.

The notice informs, it does not ask for consent: the office acts in its public task. So going on is one tap, the first.
"""

from __future__ import annotations

from bot.model import Button, InboundMessage, Person
from bot.routing.durations import load_duration
from bot.services.notice_text import full_notice, short_notice, whole_notice
from bot.services.split import split_text, utf16_length
from bot.services.turn import Turn
from bot.store import held, notices, people
from bot.store.held import HeldFor, HeldMessage


async def accept(turn: Turn, person: Person, language: str) -> tuple[Person, list[HeldMessage]]:
    """Record that the person went on, in this language; return them as they are now and what was held for them."""
    if person.noticed_at is None:
        version = await _remember(turn)
        await people.mark_noticed(turn.tx, turn.at, person.id, version)
        await turn.note("notice.accepted", version=version)
    await people.set_language(turn.tx, person.id, language)
    return await people.get(turn.tx, person.id), await held.take(turn.tx, person.id, HeldFor.NOTICE)


async def show_notice(turn: Turn, person: Person, *, spoken: bool) -> None:
    """Send the privacy notice, with a button to go on in each language; the first is the person's own.

    Args:
        spoken: whether the office speaks the language of the person's app; if not, the notice comes in both languages
            the bot is most likely to be understood in.
    """
    usual = [turn.book.own_language, turn.book.common_language]
    languages = list(dict.fromkeys([person.language, *usual] if spoken else usual))
    own = languages[0] if spoken else None
    waiting = bool(await held.list_of(turn.tx, person.id, HeldFor.NOTICE))
    texts = []
    for language in languages[:1] if spoken else languages:
        text = short_notice(turn.texts, turn.book.rules, language)
        if waiting:
            text += _held_line(turn, language, own)
        texts.append(text)
    rows = [(await _go_on_button(turn, person, language, own),) for language in languages]
    more = await turn.button(person.address, turn.say(person.language, "btn-privacy"), "privacy")
    await turn.notice(person.address, "\n\n———\n\n".join(texts), buttons=(*rows, (more,)))


def without_offer(turn: Turn, text: str) -> str:
    """Return a notice's text without what it says of a message that waits: its writer went on."""
    for language in turn.book.rules.office.languages:
        for own in (language, None):
            text = text.replace(_held_line(turn, language, own), "")
    return text


async def hold(turn: Turn, person: Person, message: InboundMessage) -> None:
    """Hold a message until its writer went on; show the notice with the first, only the button with further ones."""
    waiting = await held.list_of(turn.tx, person.id, HeldFor.NOTICE)
    expires_at = turn.at + load_duration(turn.book.rules.dialogue.hold).elapsed()
    await held.add(turn.tx, turn.at, person.id, HeldFor.NOTICE, message, expires_at)
    if not waiting:
        spoken = turn.book.speaks(message.sender.language) is not None
        await show_notice(turn, person, spoken=spoken)
    elif message.album is None or all(one.message.album != message.album for one in waiting):
        button = await _go_on_button(turn, person, person.language, person.language)
        text = turn.say(person.language, "notice-still-waiting", button=button.label)
        await turn.notice(person.address, text, buttons=((button,),))


async def tell_changed(turn: Turn, person: Person) -> None:
    """Show the notice again to whoever went on from one that said something else.

    Their message is not held for it: they were told before they wrote at all, and need not agree to anything.
    """
    if person.noticed_at is None or person.notice_version == turn.book.notice_version:
        return
    language = person.language
    version = await _remember(turn)
    await people.mark_told(turn.tx, person.id, version)
    await turn.note("notice.changed", version=version)
    more = await turn.button(person.address, turn.say(language, "btn-privacy"), "privacy")
    text = turn.say(language, "notice-changed") + "\n\n" + short_notice(turn.texts, turn.book.rules, language)
    await turn.notice(person.address, text, buttons=((more,),))


async def show_privacy(turn: Turn, person: Person) -> None:
    """Send the notice in full."""
    rules, language = turn.book.rules, person.language
    title = turn.say(language, "art13-title")
    # A mark in front of each question lets the eye find it; only a message's beginning can be set in bold.
    text = "\n\n".join([title, *(f"▸ {one.title}\n{one.text}" for one in full_notice(turn.texts, rules, language))])
    if rules.office.privacy_url is not None:
        text += "\n\n" + turn.say(language, "privacy-link", url=rules.office.privacy_url)
    buttons = None if person.noticed_at is not None else ((await _go_on_button(turn, person, language, language),),)
    parts = split_text(text)
    for number, part in enumerate(parts, start=1):
        heading = utf16_length(title) if number == 1 else 0
        below = buttons if number == len(parts) else None
        await turn.notice(person.address, part, heading=heading, buttons=below)


async def _remember(turn: Turn) -> str:
    """Keep what the present notice says, and return its version."""
    await notices.remember(turn.tx, turn.at, turn.book.notice_version, whole_notice(turn.texts, turn.book.rules))
    return turn.book.notice_version


def _held_line(turn: Turn, language: str, own: str | None) -> str:
    """Return the end of a notice that says what becomes of the message that waits."""
    button = _go_on_label(turn, language, own)
    return "\n\n" + turn.say(language, "notice-held", button=button, hold=_hold(turn, language))


def _hold(turn: Turn, language: str) -> str:
    """Return how long a message waits for its writer to go on, in words."""
    return turn.texts.span(language, load_duration(turn.book.rules.dialogue.hold).elapsed())


def _go_on_label(turn: Turn, language: str, own: str | None) -> str:
    """Return what the button says: just *go on* in the person's own language, the language's name in any other."""
    return turn.say(language, "btn-go-on") if language == own else turn.say(language, "btn-go-on-in", language=language)


async def _go_on_button(turn: Turn, person: Person, language: str, own: str | None) -> Button:
    return await turn.button(person.address, _go_on_label(turn, language, own), "go_on", language=language)
