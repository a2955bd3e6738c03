"""What words of the rules are words of, made when somebody asks."""

from __future__ import annotations

import pytest

from bot.routing.building import build_index
from bot.routing.index import Index
from bot.routing.pattern import GAP, NEAR
from bot.routing.terms import Phrase
from tests.support.rules import make_rules

KEYWORDS = ["Zimmer", "Zimmer ... leer", "Haus + Garten", "(alte|neue) Wohnung ... frei", "ab #"]


@pytest.fixture
def index() -> Index:
    return build_index(make_rules(fields={"wohnen": {"de": KEYWORDS, "uk": ["Ключ"]}, "arbeit": {"de": ["Stelle"]}}))


def phrases_of(word: str, index: Index) -> tuple[Phrase, ...]:
    return tuple(phrase for term in index.by_form.get(word) for phrase in index.vocabulary.phrases(term.filed))


def said(phrase: Phrase) -> list[str]:
    return ["|".join(sorted(term.written for term in place)) for place in phrase.places]


@pytest.mark.parametrize(
    ("word", "language", "entries"),
    [
        pytest.param("zimmer", "de", [("field", "wohnen", "Zimmer", "de")], id="a keyword"),
        pytest.param("ключ", "uk", [("field", "wohnen", "Ключ", "uk")], id="in another script"),
        pytest.param("stelle", "de", [("field", "arbeit", "Stelle", "de")], id="of another field"),
        pytest.param("garten", "de", [], id="in phrases only"),
    ],
)
def test_a_word_knows_what_it_is_by_itself(word: str, language: str, entries: list[object], index: Index) -> None:
    [term] = index.by_form.get(word)
    assert (term.language, term.written) == (language, word)
    assert [(one.kind, one.owner, one.keyword, one.language) for one in term.singles] == entries


@pytest.mark.parametrize(
    ("word", "keyword", "words", "gaps", "ordered"),
    [
        pytest.param("zimmer", "Zimmer ... leer", ["zimmer", "leer"], (GAP,), True, id="far apart"),
        pytest.param("haus", "Haus + Garten", ["haus", "garten"], (GAP,), False, id="in any order"),
        pytest.param("alte", KEYWORDS[3], ["alte|neue", "wohnung", "frei"], (NEAR, GAP), True, id="alternatives"),
        pytest.param("neue", KEYWORDS[3], ["alte|neue", "wohnung", "frei"], (NEAR, GAP), True, id="the other one"),
        pytest.param("ab", "ab #", ["ab", "#"], (NEAR,), True, id="a number"),
    ],
)
def test_a_phrase_keeps_its_words_gaps_and_order(
    word: str, keyword: str, words: list[str], gaps: tuple[int, ...], ordered: bool, index: Index
) -> None:
    [phrase] = phrases_of(word, index)
    assert (phrase.entry.keyword, said(phrase), phrase.gaps, phrase.ordered) == (keyword, words, gaps, ordered)


def test_a_phrase_knows_its_rarest_words() -> None:
    keywords = ["das Bad ist kalt", "das Bad ist neu", "das Dach ist kalt"]
    index = build_index(make_rules(fields={"wohnen": {"de": keywords}}))
    [phrase] = phrases_of("dach", index)
    assert said(phrase)[phrase.anchor] == "dach"
    assert [term.written for term in phrase.partner] == ["kalt"]


def test_each_word_keyword_place_and_phrase_is_made_once(index: Index) -> None:
    assert index.by_form.get("zimmer")[0] is index.by_form.get("zimmer")[0]
    assert phrases_of("alte", index)[0] is phrases_of("neue", index)[0]
    lent, left = build_two(["(lange leer|kurz verliehen) gestanden"], "lange", "kurz")
    assert lent.entry is left.entry
    assert lent.places[-1] is left.places[-1]


def build_two(keywords: list[str], *words: str) -> list[Phrase]:
    index = build_index(make_rules(fields={"wohnen": {"de": keywords}}))
    return [phrase for word in words for phrase in phrases_of(word, index)]


def test_nothing_is_made_before_it_is_needed(index: Index) -> None:
    index.by_form.get("haus")
    vocabulary = index.vocabulary
    assert [term.written for term in vocabulary._term_at.values()] == ["haus"]
    assert not vocabulary._phrase_at
