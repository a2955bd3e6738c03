"""The words of the rules that a misspelt word may have been meant to be, found without comparing it with all of them.

A word with so many typos shares its beginning or its end with the right one, nearly always: with one typo only letters
exchanged in the very middle escape; with two, one at each end. Another first letter is another word.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.routing.rows import Strings, WordTable

SHORTEST_TYPO = 6  # letters of the rules' word; below, one letter more or less too often makes another good word
SHORTEST_TWO_TYPOS = 10  # letters; from here on two edits are forgiven


def edits_forgiven(word: str) -> int:
    """Return how many typos are forgiven in a word of the rules."""
    return 0 if len(word) < SHORTEST_TYPO else 1 if len(word) < SHORTEST_TWO_TYPOS else 2


class Typos:
    """The rules' words, in their bare form, by first letter, length, and beginning or end."""

    def __init__(self, words: Iterable[str]) -> None:
        pieces: dict[str, list[int]] = {}
        self._words = Strings()
        for word in dict.fromkeys(words):
            if len(word) >= SHORTEST_TYPO:
                number = self._words.add(word)
                for piece in _pieces(word, len(word)):
                    pieces.setdefault(piece, []).append(number)
        self._by_piece = WordTable(pieces)
        self._looked_up: dict[str, list[str]] = {}

    def similar(self, word: str) -> list[str]:
        """Return the words of about this length that begin or end alike; some may come twice."""
        size = len(word)
        reach = 1 if size < SHORTEST_TWO_TYPOS - 2 else 2
        found: list[str] = []
        for length in range(max(size - reach, SHORTEST_TYPO), size + reach + 1):
            for piece in _pieces(word, length):
                found += self._with(piece)
        return found

    def _with(self, piece: str) -> list[str]:
        if (words := self._looked_up.get(piece)) is None:
            if not (numbers := self._by_piece.get(piece)):
                return []
            self._looked_up[piece] = words = [self._words.get(number) for number in numbers]
        return words


def _pieces(word: str, length: int) -> tuple[str, str]:
    """Return what a word so long must share with this one: length, and beginning, or first letter and end."""
    share = length // (2 if length < SHORTEST_TWO_TYPOS else 3)
    return f"{length}:{word[:share]}", f"{length}:{word[0]}~{word[-share:]}"
