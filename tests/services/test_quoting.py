"""Words as the person wrote them, apostrophes included."""

import pytest

from bot.services.quoting import quote
from tests.support.builders import make_decision, make_hit
from tests.support.rulebook import make_book
from tests.support.stage import raise_stage, said

WORDS = [
    # label, the text, what routing found, as it was written
    ("French", "Je cherche un cours d'allemand, merci", "cours d allemand", "cours d'allemand"),
    ("a typographic one", "un cours d’allemand", "cours d allemand", "cours d’allemand"),
    ("within a Cyrillic word", "мій чоловік мене б'є", "чоловік мене бє", "чоловік мене б'є"),
    ("with a gap", "l'école de mon fils n'ouvre pas", "école … n ouvre", "école … n'ouvre"),
    ("none", "It's a flat", "flat", "flat"),
    ("none at all", "eine Wohnung", "Wohnung", "Wohnung"),
    ("not as it stands in the text", "d'allemand", "cours allemand", "cours allemand"),
]


@pytest.mark.parametrize(("label", "text", "found", "written"), WORDS, ids=[row[0] for row in WORDS])
def test_found_words_keep_their_apostrophes(label: str, text: str, found: str, written: str) -> None:
    [hit] = quote(make_decision("sprache", hits=(make_hit("sprache", found),)), text).hits

    assert hit.found == written


async def test_receipt_and_card_say_them_so_and_once() -> None:
    book = make_book({"fields": {"sprache": {"keywords": {"fr": ["cours d'allemand", "allemand"]}}}})
    async with raise_stage(book) as stage:
        maria, sprache = await stage.inquirer("Maria"), stage.contact("sprache-kontakt")

        await maria.writes("Je cherche un cours d'allemand")

        assert said("receipt-why", words="„cours d'allemand“") in maria.last.text
        assert said("card-why", words="„cours d'allemand“") in sprache.card().text
