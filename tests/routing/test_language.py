"""The language of a message, as whoever answers it is told."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from bot.routing.decide import Router
from bot.routing.load import load_rules
from tests.support.rules import make_rules

ROOT = Path(__file__).parents[2]
RULES = ROOT / "routing_rules.yaml"


@cache
def router() -> Router:
    return Router(load_rules(RULES.read_text(encoding="utf-8"), RULES.name))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("Hilfe, mein Mann schlägt mich!", "de", id="common words"),
        pytest.param("زوجي يضربني، ساعدوني", "ar", id="no common word, but a keyword"),
        pytest.param("Wohnung", "de", id="a bare keyword"),
        pytest.param("Kızım anaokuluna gitmek istemiyor, ağlıyor.", "tr", id="inflected keywords"),
        pytest.param("Was ist Schwarzarbeit?", "de", id="a word that is common elsewhere"),
        pytest.param("I ha no e Huffe Spielsache vo de Enkel, wo cha mer die abgäh?", "de", id="dialect"),
        pytest.param("room in Lörrach", "en", id="a word of two languages and one of one"),
        pytest.param("Kindergarten", None, id="a word of two languages"),
        pytest.param("صباح الخير", "ar", id="a script of one language"),
        pytest.param("Здраво", None, id="a script of two languages"),
        pytest.param("کمک، شوهرم مرا می زند", None, id="Persian letters"),
        pytest.param("من و شوهرم در لوراخ زندگی می کنیم و دنبال کار هستیم", None, id="Persian, with words of Arabic"),
        pytest.param("Szukam mieszkania w Lörrach dla rodziny z dwójką dzieci", None, id="Polish"),
        pytest.param("Busco piso en Lörrach para mi familia", None, id="Spanish"),
        pytest.param("brzlfz", None, id="no word"),
        pytest.param("15.4. 2027", None, id="numbers"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_the_language_of_a_message_is_told(text: str, language: str | None) -> None:
    assert router().decide(text).language == language


def test_a_language_counts_only_where_a_third_of_the_words_are_of_it() -> None:
    few = Router(make_rules(fields={"wohnen": {"de": ["Wohnung"], "fr": ["maison"]}}))
    assert few.decide("Wohnung xyx xyx").language == "de"
    assert few.decide("Wohnung xyx xyx xyx").language is None
    assert few.decide("Wohnung maison").language is None


def test_the_language_told_does_not_decide_how_much_a_keyword_counts() -> None:
    """Foreign inflections count little beside common words of another language, and beside nothing else."""
    rules = make_rules(
        fields={"bildung": {"fr": ["rentrée"]}, "arbeit": {"de": ["Arbeit", "Stelle", "Beruf"]}},
        everyday={"de": ["ich"]},
    )
    among_keywords = Router(rules).decide("rentre Arbeit Stelle Beruf")
    assert among_keywords.language == "de"
    assert among_keywords.scores["bildung"] == Router(rules).decide("rentre").scores["bildung"]


def test_nearly_every_case_is_told_right_and_hardly_one_wrong() -> None:
    paths = sorted((ROOT / "tests" / "cases").glob("*.jsonl"))
    cases = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    told = [(case["lang"], router().decide(case["text"]).language) for case in cases]
    assert sum(language == said for language, said in told) >= 0.98 * len(cases)
    assert sum(said not in (language, None) for language, said in told) <= 0.005 * len(cases)
