"""Words and phrases as numbers, and made of them again."""

from __future__ import annotations

import pytest

from bot.routing.building import build_index
from bot.routing.packing import PackedTerms, Unpacker, pack
from bot.routing.terms import Phrase, Term
from tests.support.rules import make_rules

KEYWORDS = ["Zimmer", "(steht|stehen) ... leer", "Haus + Garten", "(die alte|eine kleine) Wohnung ... frei", "ab #"]
RULES = make_rules(fields={"wohnen": {"de": KEYWORDS, "uk": ["кімната вільна", "Ключ"]}, "arbeit": {"de": ["Stelle"]}})


@pytest.fixture
def terms() -> list[Term]:
    return build_index(RULES).terms


def unpacked(terms: list[Term]) -> tuple[list[Term], Unpacker]:
    again = PackedTerms(terms).unpack()
    return again, Unpacker(pack(terms), again)


def shown(phrase: Phrase) -> tuple[object, ...]:
    """Tell a phrase by its words, for what was unpacked has words of its own."""
    entry, places = phrase.entry, (*phrase.places, phrase.partner)
    meaning = (entry.kind, entry.owner, entry.keyword, entry.weight, entry.direction, entry.audience, entry.language)
    return meaning, [{term.written for term in place} for place in places], phrase.gaps, phrase.ordered, phrase.anchor


def test_what_was_packed_comes_out_the_same(terms: list[Term]) -> None:
    again, unpacker = unpacked(terms)
    assert any(term.phrases for term in terms)
    for before, after in zip(terms, again, strict=True):
        assert (after.language, after.written, after.bit) == (before.language, before.written, before.bit)
        assert [one.keyword for one in after.singles] == [one.keyword for one in before.singles]
        assert [*map(shown, unpacker.unpack(after.packed))] == [*map(shown, before.phrases)]


def test_each_keyword_place_and_phrase_is_made_once(terms: list[Term]) -> None:
    again, unpacker = unpacked(terms)
    steht, stehen = (unpacker.unpack(term.packed) for term in again if term.written in ("steht", "stehen"))
    assert steht[0] is stehen[0]
    flats = [phrase for term in again for phrase in unpacker.unpack(term.packed) if "Wohnung" in phrase.entry.keyword]
    assert len({id(phrase.entry) for phrase in flats}) == 1
    assert len({id(place) for phrase in flats for place in phrase.places if len(place) == 1}) == 6


def test_no_phrase_is_made_before_it_is_needed(terms: list[Term]) -> None:
    again, unpacker = unpacked(terms)
    assert not any(term.phrases for term in again)
    assert not unpacker._phrases
