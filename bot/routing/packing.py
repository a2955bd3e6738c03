"""The words and phrases of compiled rules as numbers: how they are kept, quick to read and a fifth the size.

Most of the rules are phrases, and a message needs few of them: they stay packed until one does. What is packed stands
in a few blocks of memory; what phrases share (what may stand at a place, a keyword) stands there once, by its number.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from bot.model import Audience, Direction
from bot.routing.terms import Entry, Kind, Phrase, Term

_Meaning = tuple[Kind, str, float, Direction | None, Audience | None, str]  # all of an entry but its keyword


class _Rows:
    """Rows of numbers, end to end."""

    def __init__(self) -> None:
        self._numbers = array("I")
        self._ends = array("I", [0])

    def add(self, row: Iterable[int]) -> int:
        """Add a row; return its number."""
        self._numbers.extend(row)
        self._ends.append(len(self._numbers))
        return len(self._ends) - 2

    def get(self, number: int) -> array[int]:
        """Return a row."""
        return self._numbers[self._ends[number] : self._ends[number + 1]]


class PackedTerms:
    """Terms, without what they are words of."""

    def __init__(self, terms: list[Term]) -> None:
        self._languages = [term.language for term in terms]
        self._written = [term.written for term in terms]
        self._bits = array("H", [term.bit.bit_length() for term in terms])

    def unpack(self) -> list[Term]:
        """Return them in their order."""
        bits = [
            1 << place >> 1 for place in range(max(self._bits) + 1)
        ]  # long numbers: who shares one shares the object
        return list(map(Term, self._languages, self._written, [bits[place] for place in self._bits]))


class Packed:
    """What terms are words of. Terms are named by their place among all terms.

    Attributes:
        meanings, keywords: what entries are made of; the keywords end to end, in UTF-8.
        entries: for each its meaning, and where its keyword starts and ends.
        places: the terms that may stand there.
        phrases: entry, anchor, the partner's place, whether ordered; then its places and the gaps between them.
        singles: a term, then the entries it is a word of by itself.
        filed: the terms that phrases are filed under; at the same place in `lists` the numbers of the phrases.
    """

    def __init__(self) -> None:
        self.meanings: list[_Meaning] = []
        self.keywords = b""
        self.entries = _Rows()
        self.places = _Rows()
        self.phrases = _Rows()
        self.singles: list[array[int]] = []
        self.filed = array("I")
        self.lists: list[bytes] = []


def pack(terms: list[Term]) -> Packed:
    """Pack what all the terms are words of."""
    return _Packer(terms).packed


class _Packer:
    def __init__(self, terms: list[Term]) -> None:
        self.packed = packed = Packed()
        self._terms = {term: number for number, term in enumerate(terms)}
        self._meanings: dict[_Meaning, int] = {}
        self._entries: dict[Entry, int] = {}
        self._places: dict[frozenset[Term], int] = {}
        self._phrases: dict[Phrase, int] = {}
        self._keywords = bytearray()
        lists: dict[bytes, bytes] = {}  # whoever may stand at the same place is often filed with the same phrases
        for number, term in enumerate(terms):
            if term.singles:
                packed.singles.append(array("I", [number, *map(self._entry, term.singles)]))
            if term.phrases:
                numbers = array("I", map(self._phrase, term.phrases)).tobytes()
                packed.filed.append(number)
                packed.lists.append(lists.setdefault(numbers, numbers))
        packed.meanings = [*self._meanings]
        packed.keywords = bytes(self._keywords)

    def _phrase(self, phrase: Phrase) -> int:
        if phrase not in self._phrases:
            places = [self._place(place) for place in phrase.places]
            partner = phrase.places.index(phrase.partner)
            row = (self._entry(phrase.entry), phrase.anchor, partner, phrase.ordered, *places, *phrase.gaps)
            self._phrases[phrase] = self.packed.phrases.add(row)
        return self._phrases[phrase]

    def _place(self, terms: frozenset[Term]) -> int:
        if terms not in self._places:
            self._places[terms] = self.packed.places.add(sorted([self._terms[term] for term in terms]))
        return self._places[terms]

    def _entry(self, entry: Entry) -> int:
        if entry not in self._entries:
            meaning = (entry.kind, entry.owner, entry.weight, entry.direction, entry.audience, entry.language)
            number = self._meanings.setdefault(meaning, len(self._meanings))
            start = len(self._keywords)
            self._keywords += entry.keyword.encode()
            self._entries[entry] = self.packed.entries.add((number, start, len(self._keywords)))
        return self._entries[entry]


class Unpacker:
    """Makes keywords and phrases of what was packed: each once, as whoever counts keywords expects."""

    def __init__(self, packed: Packed, terms: list[Term]) -> None:
        """Give the terms their single words, and their phrases as numbers."""
        self._packed = packed
        self._terms = terms
        self._entries: dict[int, Entry] = {}
        self._places: dict[int, frozenset[Term]] = {}
        self._phrases: dict[int, Phrase] = {}
        entry = self._entry
        for number, *singles in packed.singles:
            terms[number].singles = tuple([entry(single) for single in singles])
        for number, numbers in zip(packed.filed, packed.lists, strict=True):
            terms[number].packed = numbers
        del packed.singles, packed.filed, packed.lists

    def unpack(self, numbers: bytes) -> tuple[Phrase, ...]:
        """Return the phrases of one word."""
        return tuple([self._phrase(number) for number in memoryview(numbers).cast("I")])

    def _phrase(self, number: int) -> Phrase:
        if (phrase := self._phrases.get(number)) is None:
            entry, anchor, partner, ordered, *rest = self._packed.phrases.get(number)
            count = (len(rest) + 1) // 2
            places = tuple([self._place(place) for place in rest[:count]])
            self._phrases[number] = phrase = Phrase(
                self._entry(entry), places, tuple(rest[count:]), bool(ordered), anchor, places[partner]
            )
        return phrase

    def _place(self, number: int) -> frozenset[Term]:
        if (place := self._places.get(number)) is None:
            terms = self._terms
            self._places[number] = place = frozenset([terms[term] for term in self._packed.places.get(number)])
        return place

    def _entry(self, number: int) -> Entry:
        if (entry := self._entries.get(number)) is None:
            meaning, start, end = self._packed.entries.get(number)
            kind, owner, weight, direction, audience, language = self._packed.meanings[meaning]
            keyword = self._packed.keywords[start:end].decode()
            self._entries[number] = entry = Entry(kind, owner, keyword, weight, direction, audience, language)
        return entry
