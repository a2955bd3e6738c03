"""All words of compiled rules and what they are words of, as numbers; made into objects when a message needs them.

Most of the rules are phrases, and a message needs few of them. What they share (what may stand at a place, a keyword)
stands here once, and is made once, as whoever counts keywords expects.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection
from functools import cache

from bot.model import Audience, Direction
from bot.routing.rows import Distinct, Rows, Strings, WordTable
from bot.routing.terms import Entry, Kind, Phrase, Term, Terms

_Meaning = tuple[Kind, str, float, Direction | None, Audience | None, str]  # all of an entry but its keyword


class Vocabulary:
    """Entries, places, phrases and terms, each named by its number: how many were added before it."""

    def __init__(self) -> None:
        self._meanings: Distinct[_Meaning] = Distinct()
        self._meaning_of = array("I")
        self._keywords = Strings()
        self._places = Rows()
        self._phrases = Rows()  # entry, anchor, the partner's place, whether ordered; then its places and their gaps
        self._languages: Distinct[str] = Distinct()
        self._language_of = array("B")
        self._written = Strings()
        self._bits = array("H")
        self._singles = Rows()
        self._filed = Rows()
        self._entry_at: dict[int, Entry] = {}
        self._place_at: dict[int, frozenset[Term]] = {}
        self._phrase_at: dict[int, Phrase] = {}
        self._term_at: dict[int, Term] = {}

    def add_entry(self, entry: Entry) -> int:
        """Add a keyword."""
        meaning = (entry.kind, entry.owner, entry.weight, entry.direction, entry.audience, entry.language)
        self._meaning_of.append(self._meanings.number(meaning))
        return self._keywords.add(entry.keyword)

    def add_place(self, terms: Collection[int]) -> int:
        """Add what may stand at a place of phrases."""
        return self._places.add(terms)

    def add_phrase(
        self, entry: int, places: Collection[int], gaps: Collection[int], ordered: bool, filed_by: tuple[int, int]
    ) -> int:
        """Add a phrase; `filed_by`: which of its places is its anchor, and which the partner."""
        return self._phrases.add((entry, *filed_by, ordered, *places, *gaps))

    def add_term(self, language: str, written: str, bit: int, singles: Collection[int], filed: Collection[int]) -> int:
        """Add a word: the number of its bit, from 1, or 0; the entries it is by itself; the phrases filed under it."""
        self._language_of.append(self._languages.number(language))
        self._bits.append(bit)
        self._singles.add(singles)
        self._filed.add(filed)
        return self._written.add(written)

    def terms(self, numbers: Collection[int]) -> Terms:
        """Return terms; their phrases stay numbers until somebody asks for them."""
        return tuple([self._term(number) for number in numbers])

    def phrases(self, numbers: Collection[int]) -> tuple[Phrase, ...]:
        """Return phrases."""
        return tuple([self._phrase(number) for number in numbers])

    def _term(self, number: int) -> Term:
        if (term := self._term_at.get(number)) is None:
            self._term_at[number] = term = Term(
                self._languages.get(self._language_of[number]),
                self._written.get(number),
                _bit(self._bits[number]),
                tuple([self._entry(entry) for entry in self._singles.get(number)]),
                filed=self._filed.get(number),
            )
        return term

    def _phrase(self, number: int) -> Phrase:
        if (phrase := self._phrase_at.get(number)) is None:
            entry, anchor, partner, ordered, *rest = self._phrases.get(number)
            count = (len(rest) + 1) // 2
            places, gaps = tuple([self._place(place) for place in rest[:count]]), tuple(rest[count:])
            phrase = Phrase(self._entry(entry), places, gaps, bool(ordered), anchor, places[partner])
            self._phrase_at[number] = phrase
        return phrase

    def _place(self, number: int) -> frozenset[Term]:
        if (place := self._place_at.get(number)) is None:
            self._place_at[number] = place = frozenset(self.terms(self._places.get(number)))
        return place

    def _entry(self, number: int) -> Entry:
        if (entry := self._entry_at.get(number)) is None:
            kind, owner, weight, direction, audience, language = self._meanings.get(self._meaning_of[number])
            keyword = self._keywords.get(number)
            self._entry_at[number] = entry = Entry(kind, owner, keyword, weight, direction, audience, language)
        return entry


class TermTable:
    """Words, each with the terms it may be, in the order of the rules."""

    def __init__(self, words: dict[str, list[int]], vocabulary: Vocabulary) -> None:
        self._words = WordTable(words)
        self._vocabulary = vocabulary

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def get(self, word: str) -> Terms:
        """Return the terms of a word, none for one that is not here."""
        numbers = self._words.get(word)
        return self._vocabulary.terms(numbers) if numbers else ()

    def beginnings(self, word: str) -> list[str]:
        """Return the words here that this one begins with, the shortest first."""
        return self._words.beginnings(word)


@cache
def _bit(number: int) -> int:
    return 1 << number >> 1  # a long number: whoever shares one shares the object
