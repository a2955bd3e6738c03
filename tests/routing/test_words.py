"""Letters, signs, stems: what meets and what stays apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.routing.words import Stems, bare, chunk_tokens, chunks, clean, normal, script, tokens

STEMS = Stems(
    endings={"uk": ("ами", "ою", "и", "у", "а", "і")},
    beginnings={"ar": ("ال", "و", "ب")},
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Zimmer frei!", ["Zimmer", "frei", "!"], id="a sign ends a sentence"),
        pytest.param("3-Zimmer-Wohnung", ["3", "Zimmer-Wohnung"], id="a number stands apart from its word"),
        pytest.param("40std", ["40", "std"], id="also without a space"),
        pytest.param("B1-Kurs", ["B1-Kurs"], id="a word keeps its hyphens"),
        pytest.param("z'Ötlinge", ["z", "Ötlinge"], id="an apostrophe parts Latin words"),
        pytest.param("сім'я", ["сімя"], id="but no Ukrainian ones"),
        pytest.param("am 1. April", ["am", "1.", "April"], id="the dot of a date ends no sentence"),
        pytest.param("1.290 Euro.", ["1.290", "Euro", "."], id="nor does one inside a number"),
        pytest.param("frei.\n\nGruß\nM", ["frei", ".", "\n\n", "Gruß", "\n", "M"], id="line ends and empty lines"),
        pytest.param("neu\n> alt\n", ["neu", "\n\n"], id="quoted lines are gone"),
        pytest.param("Woh\u00adnung \u202eda\u200b", ["Wohnung", "da"], id="unseen signs are gone"),
        pytest.param("\ud800Kurs", ["Kurs"], id="half a surrogate pair is gone"),
        pytest.param("ﬁnden Ｋｕｒｓ", ["finden", "Kurs"], id="letters in one form"),
        pytest.param("شَقّة؟", ["شقة", "؟"], id="Arabic vowel signs are gone, its question mark ends a sentence"),
        pytest.param("👍👍", [], id="pictures are no words"),
    ],
)
def test_a_text_is_cut_into_words_and_signs(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    "spellings",
    [
        pytest.param(["Möbel", "Moebel", "Mobel", "MÖBEL"], id="three ways to write an umlaut"),
        pytest.param(["Straße", "Strasse", "STRASSE"], id="sharp s"),
        pytest.param(["Deutsch-Kurs", "Deutschkurs", "deutschkurs"], id="hyphens"),
        pytest.param(["été", "ete", "ÉTÉ"], id="French accents"),
        pytest.param(["iş", "is", "İŞ"], id="Turkish letters"),
        pytest.param(["إيجار", "ايجار", "أيجار"], id="Arabic alifs"),
    ],
)
def test_spellings_of_one_word_meet(spellings: list[str]) -> None:
    assert len({bare(normal(spelling)) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("neue", "neu", id="ue after a vowel is no umlaut"),
        pytest.param("квартира", "квартіра", id="Cyrillic vowels differ"),
        pytest.param("їж", "иж", id="and keep their marks"),
    ],
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert bare(normal(one)) != bare(normal(other))


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        pytest.param("de", ["Wohnung", "Wohnungen"], id="German"),
        pytest.param("de", ["Flüchtling", "Fluechtlinge", "Fluchtlings"], id="German with umlauts in three spellings"),
        pytest.param("en", ["course", "courses"], id="English"),
        pytest.param("fr", ["logement", "logements"], id="French"),
        pytest.param("ru", ["квартира", "квартиру", "квартирой"], id="Russian"),
        pytest.param("uk", ["квартира", "квартиру", "квартирою", "квартирами"], id="Ukrainian, by the rules' endings"),
        pytest.param("ar", ["شقه", "الشقه", "للشقه"], id="Arabic"),
    ],
)
def test_inflections_share_a_stem(language: str, forms: list[str]) -> None:
    stem = STEMS.stem(language)
    assert len({stem(normal(form)) for form in forms}) == 1


def test_a_language_nobody_knows_keeps_its_words() -> None:
    assert STEMS.stem("xx")("wohnungen") == "wohnungen"


def test_an_ending_never_eats_the_whole_word() -> None:
    assert STEMS.stem("uk")("она") == "она"


@pytest.mark.parametrize(
    ("word", "expected"),
    [("Haus", "latin"), ("Öl", "latin"), ("дім", "cyrillic"), ("بيت", "arabic"), ("3", "digit"), ("家", "other")],
)
def test_the_first_letter_tells_the_script(word: str, expected: str) -> None:
    assert script(word) == expected


@given(st.text(alphabet=st.characters()))
def test_any_text_is_survived(text: str) -> None:
    for token in tokens(text):
        assert token
        bare(normal(token))
    clean(text).encode()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Zimmer frei, ab sofort! Wer?", id="signs"),
        pytest.param("am 1. April", id="the dot of a date"),
        pytest.param("der 2. 3. und 4.  Stock. Im Jahr 2024. Ende 1.", id="dots of dates and of sentences"),
        pytest.param("Haus - Garten -Hof- A-Z", id="a dash between words"),
        pytest.param("eins\nzwei\n\ndrei\n \n vier\r\n- fünf", id="lines"),
        pytest.param("ja\n> nein - doch\n>nie\ngut > böse", id="quoted lines"),
        pytest.param("Woh\u00adnung\u00a0in\u200b Lör\u202erach ½ ﬁx", id="unseen signs and other spellings"),
        pytest.param("сім'я і п`ять 'слів'", id="apostrophes"),
        pytest.param("  zwei  Leerzeichen  ", id="blanks"),
    ],
)
def test_chunks_hold_the_same_tokens_as_the_text(text: str) -> None:
    found = [token for chunk in chunks(text) for token in chunk_tokens(chunk)]
    assert [_sign(token) for token in found] == [_sign(token) for token in tokens(text)]


def _sign(token: str) -> str:
    """Return a token, lines without the blanks in and after them."""
    return "\n" * min(token.count("\n"), 2) or token
