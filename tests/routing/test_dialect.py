"""Dialect spellings, by a few changes and by the shipped rules."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from bot.routing.decide import Router
from bot.routing.dialect import Dialect
from bot.routing.load import load_rules
from tests.support.rules import make_rules

RULES = Path(__file__).parents[2] / "routing_rules.yaml"
CHANGES = {"ch-": "k-", "us-": "aus-", "uu": "au", "-ig": "-ung", "-li": "-"}


@cache
def router() -> Router:
    return Router(load_rules(RULES.read_text(encoding="utf-8"), RULES.name))


@pytest.mark.parametrize(
    ("word", "spellings"),
    [
        pytest.param("chind", ["kind"], id="at the beginning"),
        pytest.param("heizig", ["heizung"], id="at the end"),
        pytest.param("huus", ["haus"], id="in between"),
        pytest.param("usbildig", ["ausbildung", "ausbildig", "usbildung"], id="all changes, then each alone"),
        pytest.param("zimmerli", ["zimmer"], id="an ending that is dropped"),
        pytest.param("mach", [], id="not where it does not stand"),
        pytest.param("uu", [], id="too short"),
        pytest.param("", [], id="empty"),
    ],
)
def test_a_word_is_spelt_as_in_the_standard_language(word: str, spellings: list[str]) -> None:
    assert list(Dialect(CHANGES).spellings(word)) == spellings


def test_a_dialect_without_changes_spells_nothing() -> None:
    assert list(Dialect({}).spellings("huus")) == []


@pytest.mark.parametrize(
    ("word", "field"),
    [
        pytest.param("Usbildig", "arbeit", id="ending and beginning"),
        pytest.param("Heizig", "wohnen", id="ending"),
        pytest.param("Feriewohnig", "wohnen", id="compound"),
        pytest.param("Chlavier", "gesellschaft", id="beginning"),
        pytest.param("Fescht", "gesellschaft", id="sound"),
        pytest.param("Prüefig", "sprache", id="ending and umlaut"),
    ],
)
def test_the_shipped_rules_know_a_word_by_its_dialect_spelling(word: str, field: str) -> None:
    assert field in {hit.field for hit in router().decide(word).hits}


def test_a_word_of_another_language_is_known_though_it_looks_like_dialect() -> None:
    changes = {"de": {"ou": "au"}}
    rules = make_rules(fields={"sprache": {"de": ["Tauche"], "fr": ["me touche"]}}, dialect=changes)
    hits = Router(rules).decide("Il me touche").hits
    assert [hit.found for hit in hits] == ["me touche"]


@pytest.mark.parametrize("word", ["wenig", "richtig", "fertig", "Chance", "ruhig", "Königin"])
def test_ordinary_words_that_look_like_dialect_stay_what_they_are(word: str) -> None:
    assert router().decide(word).hits == ()
