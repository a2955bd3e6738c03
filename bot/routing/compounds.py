"""The parts German compounds are made of: *Wohnungs|bewerbung*, *Deutsch|kurs*.

Words of the rules wait on a pile by their first letters and are sorted when the first message needs that pile, so that
a start costs nothing for the thousands of words nobody will write today.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.routing.pattern import Part
from bot.routing.terms import Term, Terms
from bot.routing.words import Stems

COMPOUNDING = ("de",)  # languages that write nouns together
START = 3  # letters by which words wait together; no part is shorter
SHORTEST_PART = 5  # letters; a keyword this long is a compound's part without being marked as one
SHORTEST_REST = 3  # letters of a compound besides the part that is known


@dataclass(slots=True)
class _Shelf:
    """Parts that begin alike: as the first part by form or stem, as the last part by form or stem."""

    first: dict[str, Terms] = field(default_factory=dict)
    last: dict[str, Terms] = field(default_factory=dict)
    longest: int = 0


class Compounds:
    """The rules' words by their first letters."""

    def __init__(self, stems: Stems) -> None:
        self._stems = stems
        self._waiting: dict[str, list[tuple[str, str, Part, Term]]] = {}
        self._shelves: dict[str, _Shelf] = {}

    def enter(self, form: str, stem: str, part: Part, term: Term) -> None:
        """Enter a word in its bare form; a word not marked as a part is one if it is long enough."""
        if part != "whole" or len(form) >= SHORTEST_PART:
            self._waiting.setdefault(form[:START], []).append((form, stem, part, term))

    def parts(self, form: str) -> tuple[Terms, Terms]:
        """Return what a compound's first and last part stand for, the longest known; either may be empty."""
        length = len(form)
        first: Terms = ()
        rest = SHORTEST_REST
        if (shelf := self._shelf(form[:START])) is not None:
            for end in range(min(length - SHORTEST_REST, shelf.longest), SHORTEST_REST - 1, -1):
                if found := shelf.first.get(form[:end]):
                    first, rest = found, end
                    break
        for start in range(rest, length - START + 1):
            if (shelf := self._shelf(form[start : start + START])) is not None and shelf.last:
                ending = form[start:]
                spellings = dict.fromkeys([ending, *[self._stems.stem(language)(ending) for language in COMPOUNDING]])
                if last := tuple([term for spelling in spellings for term in shelf.last.get(spelling, ())]):
                    return first, last
        return first, ()

    def _shelf(self, start: str) -> _Shelf | None:
        if start in self._waiting:
            self._shelves[start] = _sorted(self._waiting.pop(start))
        return self._shelves.get(start)


def _sorted(waiting: list[tuple[str, str, Part, Term]]) -> _Shelf:
    shelf: _Shelf = _Shelf()
    for form, stem, part, term in waiting:
        whole = full_forms(form, stem)
        if part != "last" and term.singles:  # as the first part, what is in phrases only tells nothing
            shelf.first[form] = (*shelf.first.get(form, ()), term)
            if part == "whole" and stem != form and len(stem) >= max(SHORTEST_PART, len(form) - 2):
                shelf.first[stem] = (*shelf.first.get(stem, ()), term)
        if part != "first":
            for spelling in whole:
                if part == "last" or len(spelling) >= SHORTEST_PART:
                    shelf.last[spelling] = (*shelf.last.get(spelling, ()), term)
        shelf.longest = max(shelf.longest, len(form))
    return shelf


def full_forms(form: str, stem: str) -> tuple[str, ...]:
    """Return the form, and the stem if it lost a letter at most: *fahr* for *Fahrer* would find every *Verfahren*."""
    return (form, stem) if stem != form and len(stem) >= len(form) - 1 else (form,)
