"""What a compound's first and last part stand for."""

from __future__ import annotations

import pytest

from bot.routing.compounds import Compounds
from bot.routing.pattern import Part
from bot.routing.terms import Entry, Term
from bot.routing.words import Stems

WORDS: list[tuple[str, str, Part]] = [
    ("wohnung", "wohnung", "whole"),
    ("bewerbung", "bewerb", "whole"),
    ("schule", "schul", "whole"),
    ("schulden", "schuld", "whole"),
    ("haus", "haus", "whole"),
    ("schul", "schul", "first"),
    ("kurs", "kurs", "last"),
]


def compounds(*, singles: bool = True) -> Compounds:
    built = Compounds(Stems({}, {}))
    for form, stem, part in WORDS:
        entry = Entry("field", "wohnen", form, 2)
        built.enter(form, stem, part, Term("de", form, singles=(entry,) if singles else ()))
    return built


@pytest.mark.parametrize(
    ("word", "first", "last"),
    [
        pytest.param("wohnungsbewerbung", ["wohnung"], ["bewerbung"], id="both parts"),
        pytest.param("mietwohnungen", [], ["wohnung"], id="the last part, inflected"),
        pytest.param("schuldenberatung", ["schulden"], [], id="the longest first part"),
        pytest.param("sprachkurse", [], ["kurs"], id="a marked last part, inflected"),
        pytest.param("hausmeister", [], [], id="a short word is no part unless marked"),
        pytest.param("kursbuch", [], [], id="a marked last part is no first part"),
        pytest.param("wohnung", [], [], id="a word alone"),
    ],
)
def test_a_compound_is_taken_apart(word: str, first: list[str], last: list[str]) -> None:
    found = compounds()
    for _ in range(2):  # also once sorted
        assert [[term.written for term in part] for part in found.parts(word)] == [first, last]


def test_a_word_that_stands_in_phrases_only_tells_nothing_as_the_first_part() -> None:
    assert compounds(singles=False).parts("wohnungssuche") == ((), ())
