"""What a compound's first and last part stand for."""

from __future__ import annotations

import pytest

from bot.routing.building import build_index
from bot.routing.compounds import Compounds
from tests.support.rules import make_rules

KEYWORDS = ("Wohnung", "Bewerbung", "Schule", "Schulden", "Haus", "schul-", "-kurs")


def compounds(*keywords: str) -> Compounds:
    return build_index(make_rules(fields={"wohnen": {"de": [*keywords]}})).compounds


@pytest.mark.parametrize(
    ("word", "first", "last"),
    [
        pytest.param("wohnungsbewerbung", ["wohnung"], ["bewerbung"], id="both parts"),
        pytest.param("mietwohnungen", [], ["wohnung"], id="the last part, inflected"),
        pytest.param("schuldenberatung", ["schulden"], [], id="the longest first part"),
        pytest.param("schulweg", ["schule", "schul"], [], id="a marked first part, and a word by its stem"),
        pytest.param("sprachkurse", [], ["kurs"], id="a marked last part, inflected"),
        pytest.param("hausmeister", [], [], id="a short word is no part unless marked"),
        pytest.param("kursbuch", [], [], id="a marked last part is no first part"),
        pytest.param("wohnung", [], [], id="a word alone"),
        pytest.param("wohnungen", [], [], id="too little is left for another part"),
    ],
)
def test_a_compound_is_taken_apart(word: str, first: list[str], last: list[str]) -> None:
    assert [[term.written for term in part] for part in compounds(*KEYWORDS).parts(word)] == [first, last]


def test_no_part_is_shorter_than_three_letters() -> None:
    assert compounds("ab-", "-cd").parts("abwasser") == compounds("ab-", "-cd").parts("wohncd") == ((), ())


def test_a_word_that_stands_in_phrases_only_tells_nothing_as_the_first_part() -> None:
    assert compounds("Wohnung frei").parts("wohnungssuche") == ((), ())
