"""Texts longer than fits: an app cuts what somebody writes into messages, the bot what it adds a card's lines to."""

import re

from tests.support.driver import Driven
from tests.support.office import Office, plain, reference_of

SENTENCE = re.compile(r"Satz (\d+) 🏡 endet mit Größe\.")
# What the bot puts above names the reference and ends with an empty line.
HEAD = re.compile(r"\A[^\n]*\d{4}-\d{4}(.|\n)*?\n\n")
LIMIT = 4_096  # of Telegram, in UTF-16 units
PIECE = 3_700  # characters: with an emoji each thirty about as many units as an app sends at once


def pieces_of_long_text(begin: str, length: int = 9_000) -> list[str]:
    """Return numbered sentences with an emoji, which counts double, cut as an app cuts them: anywhere."""
    text, number = begin, 0
    while len(text) < length:
        number += 1
        text += ("\n\n" if number % 7 == 0 else " ") + f"Satz {number} 🏡 endet mit Größe."
    return [text[start : start + PIECE] for start in range(0, len(text), PIECE)]


def numbers_in(text: str) -> list[int]:
    return [int(number) for number in SENTENCE.findall(text)]


def bodies_of(reader: Driven) -> list[str]:
    """Return what somebody has got and not seen, each without the lines the bot put above it."""
    texts = [plain(message) for message in reader.unseen(edits=False) if "✓" not in message.text]
    assert all(len(text.encode("utf-16-le")) <= 2 * LIMIT for text in texts)
    return [HEAD.sub("", text) for text in texts]


def rejoined(bodies: list[str]) -> str:
    """Put the parts together again; the white space at a cut is all that may be gone, and does not count."""
    return "".join("".join(bodies).split())


async def test_nine_thousand_characters_are_one_inquiry_and_reach_the_contact_complete_and_in_order(
    office: Office,
) -> None:
    person = office.person("Ausführlich")
    pieces = pieces_of_long_text("Ich suche ein Zimmer.")
    for piece in pieces:
        person.writes(piece)
    await person.presses("Weiter")
    await person.sees("ist angekommen")
    await office.settles()
    assert rejoined(bodies_of(office.wohnen)) == rejoined(pieces)
    assert len(office.wohnen.unseen(edits=False)) > len(pieces), "a card has room for less than an app sends"
    assert sum("ist angekommen" in message.text for message in person.received) == 1
    office.wohnen.replies(office.wohnen.received[-1], "Alles gelesen.")
    await person.sees("Alles gelesen.")


async def test_a_card_of_a_long_text_is_redrawn_without_losing_any_of_it(office: Office) -> None:
    person = await office.known("Redselig")
    (words,) = pieces_of_long_text("Ich suche ein Zimmer.", PIECE - 50)
    person.writes(words)
    reference = reference_of(await person.sees("ist angekommen"))
    await office.settles()
    card, rest = office.wohnen.unseen(edits=False)
    assert plain(rest).startswith(f"Fortsetzung {reference}:")
    before = numbers_in(card.text)
    await office.wohnen.presses("Übernehmen", on=card)
    await office.wohnen.sees("Stand: in Bearbeitung")
    assert numbers_in(card.text) == before
    assert numbers_in(card.text + rest.text) == numbers_in(words)


async def test_a_long_answer_and_a_long_follow_up_arrive_complete_and_in_order(office: Office) -> None:
    person = await office.known("Ausdauernd")
    card = await office.wohnen.sees(await office.takes_in(person, "Ich suche ein Zimmer."))
    pieces = pieces_of_long_text("Hier steht alles.")
    for piece in pieces:
        office.wohnen.replies(card, piece)
    await office.settles()
    assert rejoined(bodies_of(person)) == rejoined(pieces)
    assert sum("✓" in message.text for message in office.wohnen.unseen()) == len(pieces)
    person.has_seen_all()
    office.wohnen.has_seen_all()

    for piece in pieces:
        person.replies(person.received[-1], piece)
    await office.settles()
    assert rejoined(bodies_of(office.wohnen)) == rejoined(pieces)


async def test_a_long_edit_arrives_complete(office: Office) -> None:
    person = await office.known("Verbesserer")
    message = person.writes("Ich suche ein Zimmer.")
    await office.wohnen.sees(reference_of(await person.sees("ist angekommen")))
    (words,) = pieces_of_long_text("Ich suche doch lieber ein Zimmer.", PIECE - 50)
    person.edits(message, words)
    await office.wohnen.sees("hat die Nachricht geändert")
    await office.settles()
    assert numbers_in("".join(message.text for message in office.wohnen.received[-2:])) == numbers_in(words)
