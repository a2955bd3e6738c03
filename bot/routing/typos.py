"""The words of the rules that a misspelt word may have been meant to be, found without comparing it with all of them.

A word with so many typos shares its beginning or its end with the right one, nearly always: with one typo only letters
exchanged in the very middle escape; with two, one at each end. Another first letter is another word. As with compounds,
words wait by first letter and length until a message needs them.
"""

from __future__ import annotations

SHORTEST_TYPO = 6  # letters of the rules' word; below, one letter more or less too often makes another good word
SHORTEST_TWO_TYPOS = 10  # letters; from here on two edits are forgiven

_Shelf = tuple[str, int]  # first letter, length
_Pieces = dict[str, list[str]]


def edits_forgiven(word: str) -> int:
    """Return how many typos are forgiven in a word of the rules."""
    return 0 if len(word) < SHORTEST_TYPO else 1 if len(word) < SHORTEST_TWO_TYPOS else 2


class Typos:
    """The rules' words by first letter, length, and beginning or end."""

    def __init__(self) -> None:
        self._waiting: dict[_Shelf, list[str]] = {}
        self._shelves: dict[_Shelf, _Pieces] = {}

    def enter(self, word: str) -> None:
        """Enter a word, in its bare form, that may be misspelt."""
        if len(word) >= SHORTEST_TYPO:
            self._waiting.setdefault((word[0], len(word)), []).append(word)

    def similar(self, word: str) -> list[str]:
        """Return the entered words of about this length that begin or end alike; some may come twice."""
        size = len(word)
        reach = 1 if size < SHORTEST_TWO_TYPOS - 2 else 2
        found: list[str] = []
        for length in range(max(size - reach, SHORTEST_TYPO), size + reach + 1):
            if (pieces := self._pieces((word[0], length))) is not None:
                begin, end = _pieces(word, length)
                found += pieces.get(begin, ())
                found += pieces.get(end, ())
        return found

    def _pieces(self, shelf: _Shelf) -> _Pieces | None:
        if shelf in self._waiting:
            sorted_: _Pieces = {}
            self._shelves[shelf] = sorted_
            for word in dict.fromkeys(self._waiting.pop(shelf)):
                for piece in _pieces(word, len(word)):
                    sorted_.setdefault(piece, []).append(word)
        return self._shelves.get(shelf)


def _pieces(word: str, length: int) -> tuple[str, str]:
    """Return the beginning and the end that a word so long must share, the end marked as one."""
    share = length // (2 if length < SHORTEST_TWO_TYPOS else 3)
    return word[:share], "~" + word[-share:]
