"""Large tables in little memory: rows of numbers, many texts, and words with a row of numbers each.

All are filled once, when rules are compiled, and only read afterwards. A dictionary of the same words, with a tuple for
each, takes twenty times the memory and is a hundred times slower to read from a file.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Hashable, Iterable, Mapping
from importlib.metadata import version
from itertools import accumulate, chain
from typing import Generic, TypeVar

from marisa_trie import Trie

T = TypeVar("T", bound=Hashable)

_NOTHING = array("I")


class Rows:
    """Rows of numbers, end to end."""

    def __init__(self, rows: Collection[Collection[int]] = ()) -> None:
        self._numbers = array("I", chain.from_iterable(rows))
        self._ends = array("I", accumulate(map(len, rows), initial=0))

    def add(self, row: Collection[int]) -> int:
        """Add a row; return its number."""
        self._numbers.extend(row)
        self._ends.append(len(self._numbers))
        return len(self._ends) - 2

    def get(self, number: int) -> array[int]:
        """Return a row."""
        return self._numbers[self._ends[number] : self._ends[number + 1]]


class Strings:
    """Texts, end to end."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("I", [0])

    def add(self, text: str) -> int:
        """Add a text; return its number."""
        self._bytes += text.encode()
        self._ends.append(len(self._bytes))
        return len(self._ends) - 2

    def get(self, number: int) -> str:
        """Return a text."""
        return self._bytes[self._ends[number] : self._ends[number + 1]].decode()


class Distinct(Generic[T]):
    """A few different things, each by a number."""

    def __init__(self) -> None:
        self._things: list[T] = []
        self._numbers: dict[T, int] = {}

    def number(self, thing: T) -> int:
        """Return a thing's number; a new one gets the next."""
        if (number := self._numbers.get(thing)) is None:
            self._numbers[thing] = number = len(self._things)
            self._things.append(thing)
        return number

    def get(self, number: int) -> T:
        """Return a thing."""
        return self._things[number]


class WordTable:
    """Words, each with a row of numbers in the order they were given."""

    def __init__(self, rows: Mapping[str, Collection[int]]) -> None:
        self._words = Trie(rows)
        ordered: list[Collection[int]] = [()] * len(rows)  # as the trie numbers the words
        for word, row in rows.items():
            ordered[self._words[word]] = row
        self._rows = Rows(ordered)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def get(self, word: str) -> array[int]:
        """Return a word's row, an empty one for a word that is not here."""
        number = self._words.get(word)
        return _NOTHING if number is None else self._rows.get(number)

    def beginnings(self, word: str) -> list[str]:
        """Return the words here that this one begins with, the shortest first."""
        found: list[str] = self._words.prefixes(word)
        return found


def tries_version() -> str:
    """Return the version of the library that tries are made by; another one may write them in another form."""
    return version("marisa-trie")


class NameTable:
    """Words, each with a few names that others have too."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        self._names: Distinct[str] = Distinct()
        self._words = WordTable({word: [self._names.number(name) for name in its] for word, its in names.items()})

    def get(self, word: str) -> tuple[str, ...]:
        """Return a word's names, none for a word that is not here."""
        return tuple([self._names.get(number) for number in self._words.get(word)])
