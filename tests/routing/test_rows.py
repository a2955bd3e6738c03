"""Tables of numbers, texts and words."""

from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st

from bot.routing.rows import Distinct, NameTable, Rows, Strings, WordTable

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=8)
NUMBERS = st.lists(st.integers(0, 2**32 - 1), max_size=4)


@given(st.lists(NUMBERS), st.lists(NUMBERS))
def test_rows_come_out_as_they_went_in(given_: list[list[int]], added: list[list[int]]) -> None:
    rows = Rows(given_)
    assert [rows.add(row) for row in added] == [*range(len(given_), len(given_) + len(added))]
    assert [[*rows.get(number)] for number in range(len(given_) + len(added))] == given_ + added


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_texts_come_out_as_they_went_in(texts: list[str]) -> None:
    strings = Strings()
    numbers = [strings.add(text) for text in texts]
    assert [strings.get(number) for number in numbers] == texts


def test_the_same_thing_has_one_number() -> None:
    distinct: Distinct[str] = Distinct()
    assert [distinct.number(thing) for thing in ("de", "en", "de")] == [0, 1, 0]
    assert [distinct.get(number) for number in (0, 1)] == ["de", "en"]


@given(st.dictionaries(WORDS, NUMBERS), WORDS)
def test_a_word_has_the_row_it_was_given(words: dict[str, list[int]], other: str) -> None:
    table = pickle.loads(pickle.dumps(WordTable(words)))  # as rules are kept
    for word in (*words, other):
        assert [*table.get(word)] == words.get(word, [])
        assert (word in table) == (word in words)


@given(st.sets(st.text("ab", min_size=1, max_size=4), max_size=9), st.text("abc", min_size=1, max_size=6))
def test_beginnings_are_those_that_a_comparison_finds(words: set[str], word: str) -> None:
    table = WordTable({known: [0] for known in words})
    assert table.beginnings(word) == sorted(filter(word.startswith, words), key=len)


def test_words_share_their_names() -> None:
    table = NameTable({"man": ["de", "en"], "und": ["de"]})
    assert [table.get(word) for word in ("man", "und", "et")] == [("de", "en"), ("de",), ()]
