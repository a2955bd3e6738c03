"""The parts German compounds are made of: *Wohnungs|bewerbung*, *Deutsch|kurs*."""

from __future__ import annotations

from bot.routing.pattern import Part
from bot.routing.terms import Terms
from bot.routing.vocabulary import TermTable
from bot.routing.words import Stems

COMPOUNDING = ("de",)  # languages that write nouns together
START = 3  # letters; no part is shorter
SHORTEST_PART = 5  # letters; a keyword this long is a compound's part without being marked as one
SHORTEST_REST = 3  # letters of a compound besides the part that is known


class Compounds:
    """The rules' words that may be the first or the last part of a compound, by form or stem."""

    def __init__(self, stems: Stems, first: TermTable, last: TermTable, starts: frozenset[str]) -> None:
        """Say which words may come first and last; `starts`: the first letters of the last ones (`START`)."""
        self._stems = stems
        self._first = first
        self._last = last
        self._starts = starts

    def parts(self, form: str) -> tuple[Terms, Terms]:
        """Return what a compound's first and last part stand for, the longest known; either may be empty."""
        length = len(form)
        beginnings = [begin for begin in self._first.beginnings(form) if len(begin) <= length - SHORTEST_REST]
        first = self._first.get(beginnings[-1]) if beginnings else ()
        for start in range(len(beginnings[-1]) if beginnings else SHORTEST_REST, length - START + 1):
            if form[start : start + START] in self._starts:
                ending = form[start:]
                spellings = dict.fromkeys([ending, *[self._stems.stem(language)(ending) for language in COMPOUNDING]])
                if last := tuple([term for spelling in spellings for term in self._last.get(spelling)]):
                    return first, last
        return first, ()


def first_parts(form: str, stem: str, part: Part) -> tuple[str, ...]:
    """Return how a word begins compounds; one not marked as a part is one if it is long enough."""
    if part == "last" or not _is_part(form, part):
        return ()
    if part == "whole" and stem != form and len(stem) >= max(SHORTEST_PART, len(form) - 2):
        return form, stem
    return (form,)


def last_parts(form: str, stem: str, part: Part) -> tuple[str, ...]:
    """Return how a word ends compounds; one not marked as a part is one if it is long enough."""
    if part == "first" or not _is_part(form, part):
        return ()
    return tuple([spelling for spelling in full_forms(form, stem) if part == "last" or len(spelling) >= SHORTEST_PART])


def _is_part(form: str, part: Part) -> bool:
    return len(form) >= (SHORTEST_PART if part == "whole" else START)


def full_forms(form: str, stem: str) -> tuple[str, ...]:
    """Return the form, and the stem if it lost a letter at most: *fahr* for *Fahrer* would find every *Verfahren*."""
    return (form, stem) if stem != form and len(stem) >= len(form) - 1 else (form,)
