"""A word as somebody wrote it → what the rules know of it.

Each distinct word is looked up once and kept as a record, so that a message of known words costs a dictionary read for
each. A word unknown to the rules is taken apart as a compound, then compared with the few words of the rules that share
its length and one of its ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.model import How
from bot.routing.index import (
    COMPOUNDING,
    NUMBER,
    SHORTEST_TWO_TYPOS,
    SHORTEST_TYPO,
    START,
    Entry,
    Index,
    Phrase,
    edits_forgiven,
)
from bot.routing.words import LONGEST_WORD, bare, normal, script

MOST_RECORDS = 50_000  # words kept: about 20 MB; a flood of nonsense starts afresh instead of growing
SHORTEST_REST = 3  # letters of a compound besides the part that is known
LONGEST_ENDING = 3  # letters an inflection may add to a compound's last part

IN_COMPOUNDS = ("field", "not", "audience")

_HYPHEN = re.compile("[-‐]")


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """What the rules know of one word.

    Attributes:
        sign: the first character of a parting sign; empty for words.
        terms: what a phrase may take it for.
        singles: keywords it is by itself, and how it was found to be one.
        phrases: phrases to be tried where it stands.
        languages: where it is common.
        parts: for an unknown word with hyphens, the words to read instead.
        roles: the cues it is by itself, each with its weight.
    """

    sign: str = ""
    terms: frozenset[int] = frozenset()
    singles: tuple[tuple[Entry, How], ...] = ()
    phrases: tuple[Phrase, ...] = ()
    languages: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    roles: dict[str, float] = field(default_factory=dict)


NOTHING = Record()


class Lexicon:
    """What is known of every word met so far."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._records: dict[str, Record] = {}
        self.known = self._records.get
        # Plain look-up rows, since this is what an unknown word costs: a stem and two reads for each language.
        self._tables = {
            writing: [(index.by_stem[name], stem, index.stems.beginnings(name)) for name, stem in stemmers.items()]
            for writing, stemmers in index.stemmers.items()
        }

    def learn(self, token: str) -> Record:
        """Return a new token's record and keep it."""
        if len(self._records) >= MOST_RECORDS:
            self._records.clear()
        self._records[token] = record = self._look_up(token) if token[0].isalnum() else _sign(token)
        return record

    def _look_up(self, token: str) -> Record:
        if len(token) > LONGEST_WORD:
            return NOTHING
        word = normal(token)
        form, writing = bare(word), script(word)
        if writing == "digit":
            return self._record({NUMBER: How.EXACT} | self._exact(word.strip(".,:")))
        terms = self._whole(word, form, writing)
        if common := self._index.everyday.get(form):
            return self._record(terms, common=common, word=word)
        if self._says_something(terms):
            return self._record(terms)
        first, last = self._parts(form) if writing == "latin" else ([], [])
        if not terms and not (first and last) and _HYPHEN.search(token):
            return Record(parts=tuple(_HYPHEN.split(token)))
        if first or last:
            return self._record(terms, first, last)
        return self._record(terms or self._despite_typos(word, form, writing))

    def _exact(self, form: str) -> dict[int, How]:
        return dict.fromkeys(self._index.by_form.get(form, ()), How.EXACT)

    def _whole(self, word: str, form: str, writing: str) -> dict[int, How]:
        """Return the terms of a word as it stands, whichever language it may be in."""
        terms = self._exact(form)
        for table, stem, beginnings in self._tables.get(writing, ()):
            stemmed = stem(word)
            found = table.get(stemmed, ())
            if stemmed != form and (as_written := table.get(form)):
                found = [*found, *as_written]
            for beginning in beginnings:
                if word.startswith(beginning) and len(word) >= len(beginning) + SHORTEST_REST:
                    found = [*found, *table.get(stem(word[len(beginning) :]), ())]
            for term in found:
                terms.setdefault(term, How.STEM)
        return terms

    def _says_something(self, terms: Iterable[int]) -> bool:
        singles = self._index.singles
        return any(entry.kind != "cue" for term in terms for entry in singles.get(term, ()))

    def _parts(self, form: str) -> tuple[list[int], list[int]]:
        """Return the terms of a compound's first and last part, the longest known; either may be empty."""
        index, length = self._index, len(form)
        first: list[int] = []
        rest = SHORTEST_REST
        for end in range(min(length - SHORTEST_REST, index.longest_part), SHORTEST_REST - 1, -1):
            if found := index.first_parts.get(form[:end]):
                first, rest = found, end
                break
        stems = [index.stems.stem(language) for language in COMPOUNDING]
        for start in range(max(rest, length - index.longest_part - LONGEST_ENDING), length - START + 1):
            if form[start : start + START] in index.last_starts:
                ending = form[start:]
                for spelling in (ending, *(stem(ending) for stem in stems)):
                    if last := index.last_parts.get(spelling):
                        return first, last
        return first, []

    def _despite_typos(self, word: str, form: str, writing: str) -> dict[int, How]:
        """Return the terms of the rules' word that this one, or its stem, most likely was meant to be."""
        stems = [stem(word) for _, stem, _ in self._tables.get(writing, ())]
        shortest = min(stems, key=len, default=form)
        for spelling in (form, shortest) if len(form) > len(shortest) >= SHORTEST_TYPO else (form,):
            if len(spelling) >= SHORTEST_TYPO - 1 and (candidates := self._candidates(spelling)):
                best = process.extractOne(spelling, candidates, scorer=OSA.distance, score_cutoff=2)
                if best is not None and best[1] <= edits_forgiven(best[0]):
                    return dict.fromkeys(self._index.spelled[best[0]], How.FUZZY)
        return {}

    def _candidates(self, spelling: str) -> list[str]:
        """Return the rules' words of about this length that begin or end alike, all with the same first letter."""
        similar, first, size = self._index.similar, spelling[0], len(spelling)
        found: list[str] = []
        reach = 1 if size < SHORTEST_TWO_TYPOS - 2 else 2
        for length in range(max(size - reach, SHORTEST_TYPO), size + reach + 1):
            edits = 1 if length < SHORTEST_TWO_TYPOS else 2
            share = length // (edits + 1)
            if begins_alike := similar.get((length, spelling[:share])):
                found += begins_alike
            if ends_alike := similar.get((length, "~" + spelling[-share:])):
                found += [other for other in ends_alike if other[0] == first]
        return found

    def _record(
        self,
        whole: dict[int, How],
        first: Iterable[int] = (),
        last: Iterable[int] = (),
        common: tuple[str, ...] = (),
        word: str = "",
    ) -> Record:
        """Gather what the terms mean; of a compound, phrases see the last part only.

        A common word is a keyword only in the form and the language it is common in: *nur* is no *nurse*.
        """
        index = self._index
        terms = frozenset(whole) | frozenset(last)
        if not terms and not first:
            return Record(languages=common) if common else NOTHING
        singles: dict[Entry, How] = {}
        for term, how in (*whole.items(), *((term, How.COMPOUND) for term in (*first, *last))):
            native = not common or (
                how is How.EXACT and (index.languages[term] in common or index.written[term] == word)
            )
            for entry in index.singles.get(term, ()):
                if entry.kind == "cue" or (native and (how is not How.COMPOUND or entry.kind in IN_COMPOUNDS)):
                    singles.setdefault(entry, how)
        phrases = dict.fromkeys(phrase for term in terms for phrase in index.phrases.get(term, ()))
        roles = {entry.owner: entry.weight for entry in singles if entry.kind == "cue"}
        said = tuple((entry, how) for entry, how in singles.items() if entry.kind != "cue" or entry.direction)
        return Record("", terms, said, tuple(phrases), common, (), roles)


def _sign(token: str) -> Record:
    """A parting sign's record; an empty line is two line ends."""
    return Record(sign="\n\n" if token.count("\n") > 1 else token[0])
