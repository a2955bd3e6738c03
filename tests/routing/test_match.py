"""One word of a message: which keywords it is, and how."""

from __future__ import annotations

import pytest

from bot.routing.building import build_index
from bot.routing.match import LONGEST_CHUNK, Lexicon
from tests.support.rules import make_rules

RULES = make_rules(
    fields={
        "wohnen": {"de": ["Wohnung", "Zimmer", "vermieten", "Hausaufgabenraum"], "not_keywords": {"de": ["Wohngeld"]}},
        "sprache": {"de": ["Sprache", "Deutsch", "-kurs", "Dolmetscher"], "uk": ["курс"]},
        "bildung": {"de": ["Schule", "Hausaufgaben", "schul-"], "en": ["nursery"]},
        "arbeit": {
            "de": ["Hort", "Küche", "Bewerbung", "Arbeit", "=Stelle", "Fahrer", "Bäckerei"],
            "en": ["nurse"],
            "ar": ["عمل"],
        },
    },
    topics={"geld": {"de": ["Schulden", "Wohngeld"]}},
    everyday={"de": ["Zusammenarbeit", "nur", "Wohnzimmerschrank"], "en": ["only"]},
    lookalikes={
        "de": {
            "Hauswohnung": ["Wohnung"],
            "Bewerbing": ["Bewerbung"],
            "hört": ["Hort"],
            "kuchen": ["Küche"],
            "arbeite": ["Arbeit"],
        }
    },
    beginnings={"ar": ["و", "وال"]},
)


def found(word: str) -> set[tuple[str, str]]:
    """Return the owners a word is found for, with how."""
    record = Lexicon(build_index(RULES)).learn(word)
    return {(entry.owner, how.value) for entry, how in record.singles if entry.kind == "field"}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        pytest.param("Wohnung", {("wohnen", "exact")}, id="as written"),
        pytest.param("WOHNUNGEN", {("wohnen", "stem")}, id="inflected"),
        pytest.param("Baeckerei", {("arbeit", "exact")}, id="umlaut in two letters"),
        pytest.param("Einliegerwohnung", {("wohnen", "compound")}, id="last part of a compound"),
        pytest.param("Wohnungssuche", {("wohnen", "compound")}, id="first part of a compound"),
        pytest.param("Wohnungsbewerbung", {("wohnen", "compound"), ("arbeit", "compound")}, id="both parts"),
        pytest.param("Deutschkurse", {("sprache", "compound")}, id="a marked last part, inflected"),
        pytest.param("Schulbuch", {("bildung", "compound")}, id="a marked first part"),
        pytest.param("Kurs", set(), id="a marked part is no word by itself"),
        pytest.param("Schuldnerberatung", {("geld", "compound")}, id="the longer part wins"),
        pytest.param("Verfahren", set(), id="a part must end as its keyword does"),
        pytest.param("Zusammenarbeit", set(), id="an everyday word is not taken apart"),
        pytest.param("wonung", {("wohnen", "fuzzy")}, id="a letter missing"),
        pytest.param("zimer", {("wohnen", "fuzzy")}, id="in a word of six letters"),
        pytest.param("Whonung", {("wohnen", "fuzzy")}, id="letters exchanged"),
        pytest.param("hausaufgbaen", {("bildung", "fuzzy")}, id="two typos in a long word"),
        pytest.param("Bohnung", set(), id="another first letter is another word"),
        pytest.param("Arbiter", set(), id="a short word of the rules forgives no two typos"),
        pytest.param("Stelle", {("arbeit", "exact")}, id="an exact keyword in its form"),
        pytest.param("stellen", set(), id="an exact keyword in no other"),
        pytest.param("nur", set(), id="an everyday word is no foreign stem"),
        pytest.param("arbeite", set(), id="a lookalike is no inflection"),
        pytest.param("arbeiten", {("arbeit", "stem")}, id="other inflections are"),
        pytest.param("Hauswohnung", set(), id="a lookalike is no compound"),
        pytest.param("hört", set(), id="a lookalike but for its umlaut"),
        pytest.param("HOERT", set(), id="a lookalike but for its umlaut in two letters"),
        pytest.param("Hort", {("arbeit", "exact")}, id="the very form of the rules is no lookalike"),
        pytest.param("Kuchen", set(), id="a lookalike of another word's umlaut"),
        pytest.param("Küchen", {("arbeit", "stem")}, id="an inflection spelled like a lookalike but for its umlaut"),
        pytest.param("Bewerbing", set(), id="a lookalike is no typo"),
        pytest.param("курси", set(), id="no ending, no match: Ukrainian needs the rules' endings"),
        pytest.param("والعمل", {("arbeit", "stem")}, id="Arabic little words in front"),
        pytest.param("a" * 5000, set(), id="a keyboard slept on"),
    ],
)
def test_a_word_is_recognised(word: str, expected: set[tuple[str, str]]) -> None:
    assert found(word) == expected


def test_phrases_take_a_known_compound_for_its_head() -> None:
    rules = make_rules(
        fields={
            "wohnen": {"de": ["Gästezimmer", {"word": "Zimmer ... frei", "weight": 3}]},
            "bildung": {"de": ["Zimmer"]},
        }
    )
    record = Lexicon(build_index(rules)).learn("Gästezimmer")
    assert record.probes is not None
    assert [entry.owner for entry, _ in record.singles] == ["wohnen"]


def test_a_hyphened_word_unknown_as_a_whole_is_read_in_parts() -> None:
    assert Lexicon(build_index(RULES)).learn("Zimmer-Küche-Bad").parts == ("Zimmer", "Küche", "Bad")


def test_a_hyphened_word_known_as_a_whole_stays_one() -> None:
    assert found("Deutsch-Kurs") == {("sprache", "compound")}


def test_words_are_remembered_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.routing.match.MOST_RECORDS", 10)
    lexicon = Lexicon(build_index(RULES))
    for number in range(35):
        lexicon.learn(f"wort{number}")
    assert sum(lexicon.known(f"wort{number}") is not None for number in range(35)) <= 10


def test_chunks_are_remembered_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.routing.match.MOST_RECORDS", 10)
    lexicon = Lexicon(build_index(RULES))
    assert [record.token for record in lexicon.read("Zimmer, bitte! " + "x" * 100)][:3] == ["Zimmer", ",", "bitte"]
    for number in range(35):
        assert len(list(lexicon.read(f"wort{number}"))) == 1
    assert len(lexicon._chunks) <= 10
    assert all(len(chunk) <= LONGEST_CHUNK for chunk in lexicon._chunks)
