"""In which language the bot speaks with somebody: what their words and their app say, until they choose one.

Who writes German on a telephone set to English reads German at least as well. So words that are clearly in one of the
office's languages count before the app's, and where the two differ what matters is said in both.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.model import Address, InboundMessage, Inquiry, Person, Purpose
from bot.services import cards
from bot.services.turn import Turn
from bot.store import people

# So few are the same in many languages, or a name: "ok" is no Turkish.
FEW_WORDS = 2
_APART = "\n\n———\n\n"


def first_language(turn: Turn, message: InboundMessage) -> str:
    """Return the language to speak with somebody who has chosen none."""
    return written_in(turn, message) or turn.book.speaks(message.sender.language) or turn.book.common_language


def written_in(turn: Turn, message: InboundMessage) -> str | None:
    """Return the language of the office's that a message is clearly in; None for any other, and for commands."""
    return None if message.command is not None else turn.book.speaks(turn.decide(message.text).language)


def likely_languages(turn: Turn, app: str | None, written: Iterable[InboundMessage]) -> list[str]:
    """Return the languages of the office's that somebody is likely to read, never empty.

    Args:
        app: the language of their app, as the channel says it; where the office does not speak it, they may read any.
        written: what they wrote so far, whose languages come first.
    """
    spoken = turn.book.speaks(app)
    found = [written_in(turn, message) for message in written]
    found += usual_languages(turn) if spoken is None else [spoken]
    return list(dict.fromkeys(language for language in found if language is not None))


def usual_languages(turn: Turn) -> list[str]:
    """Return the languages the bot is most likely to be understood in."""
    return list(dict.fromkeys([turn.book.own_language, turn.book.common_language]))


def say_in(turn: Turn, languages: Iterable[str], key: str, **values: str | int) -> str:
    """Return a text in several languages, one below the other; each once."""
    return put_together(turn.say(language, key, **values) for language in dict.fromkeys(languages))


def put_together(texts: Iterable[str]) -> str:
    """Return one text in several languages as one message."""
    return _APART.join(texts)


async def tell_numbers(turn: Turn, address: Address, language: str, text: str, key: str = "emergency") -> None:
    """Tell whoever wrote a text that speaks of danger the emergency numbers.

    First in the language of the text, where there are any in it. Where the bot does not speak it, in the one it speaks
    with them, too, and in the office's own: it is the one that people around them speak.

    Args:
        language: the language the bot speaks with them.
    """
    written = turn.decide(text).language
    spoken = turn.book.speaks(written)
    numbers = say_in(turn, (language, turn.book.own_language) if spoken is None else (spoken, language), key)
    if spoken is None and (first := turn.texts.emergency_in(written)) is not None:
        numbers = put_together([first, numbers])
    await turn.notice(address, numbers, purpose=Purpose.NEEDED)


def with_numbers(turn: Turn, language: str, text: str, inquiry: Inquiry, words: str = "") -> str:
    """Return what is said about an inquiry; where it is urgent, with whom to call. `words` as in `with_line`."""
    return with_line(turn, language, text, inquiry, "danger-numbers", words) if inquiry.is_urgent else text


def with_line(turn: Turn, language: str, text: str, inquiry: Inquiry, key: str, words: str = "") -> str:
    """Return what is said about an urgent inquiry with a line more, first in each language its person writes.

    Only where the bot does not speak that, and has the line in it. The language they cried for help in stays, whatever
    they write next: an address is German in any language.

    Args:
        words: what they wrote just now, whose language comes before that of the inquiry's first words, unless it is
            too little to go by.
    """
    decision = turn.decide(words)
    written = [decision.language] if decision.urgent or len(words.split()) > FEW_WORDS else []
    written += [] if inquiry.decision is None else [inquiry.decision.language]
    unspoken = [one for one in dict.fromkeys(written) if turn.book.speaks(one) is None]
    lines = [turn.texts.emergency_in(one, key) for one in unspoken]
    return "\n".join([text, *[line for line in lines if line is not None], turn.say(language, key)])


async def speak(turn: Turn, person: Person, language: str) -> None:
    """Speak a language with somebody from now on; the cards of what they have open say so."""
    if language == person.language:
        return
    await people.set_language(turn.tx, person.id, language)
    await cards.refresh_cards_of(turn, person)
