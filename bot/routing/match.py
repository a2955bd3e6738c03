"""A word as somebody wrote it → what the rules know of it.

Each distinct word is looked up once and kept as a record, so that a message of known words costs a dictionary read for
each. A word unknown to the rules is taken apart as a compound, then compared with the few words of the rules that share
its length and one of its ends.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.model import How
from bot.routing.compounds import SHORTEST_REST
from bot.routing.index import Index
from bot.routing.probes import Probes
from bot.routing.terms import Entry, Term, Terms
from bot.routing.typos import SHORTEST_TYPO, edits_forgiven
from bot.routing.words import LONGEST_WORD, bare, chunk_tokens, chunks, normal, script

MOST_RECORDS = 50_000  # words kept: about 20 MB; a flood of nonsense starts afresh instead of growing

IN_COMPOUNDS = ("field", "not", "audience")

CAPITALS = ("de",)  # languages that write nouns with a capital

LONGEST_CHUNK = 60  # characters; longer ones are hardly met again

Sign = Literal["", "part", "end", "asked"]

_SENTENCE_SIGNS = frozenset(".!?…؟。")
_HYPHEN = re.compile("[-‐]")


@dataclass(slots=True, eq=False)
class Record:
    """What the rules know of one word. Made once for each word and never changed, yet not frozen: that costs time.

    Attributes:
        token: the word as written.
        sign: what a parting sign does; empty for words.
        terms: what a phrase may take it for.
        singles: keywords it is by itself, and how it was found to be one.
        small: the same where nouns have capitals: *heim* is no `=Heim` then; None where that makes no difference.
        probes: phrases to be tried where it stands.
        languages: where it is common; `known_in`: where the rules know it at all.
        parts: for an unknown word with hyphens, the words to read instead.
        roles: the cues it is by itself, each with its weight.
        joint: it begins a new part.
        bits: the bits of its terms; `wants`: the bits without which none of its phrases can be there.
        loud: it is a cue or a keyword by itself.
        hints: the hints it is a word of.
    """

    token: str = ""
    sign: Sign = ""
    terms: frozenset[Term] = frozenset()
    singles: tuple[tuple[Entry, How], ...] = ()
    small: tuple[tuple[Entry, How], ...] | None = None
    probes: Probes | None = None
    languages: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    roles: tuple[tuple[str, float], ...] = ()
    joint: bool = False
    loud: bool = False
    bits: int = 0
    wants: int = 0
    known_in: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


class _Chunks(dict[str, tuple[Record, ...]]):
    """Chunk of a text → the records of its words and signs; looked up by whoever knows how, when first met."""

    def __init__(self, look_up: Callable[[str], tuple[Record, ...]]) -> None:
        super().__init__()
        self._look_up = look_up

    def __missing__(self, chunk: str) -> tuple[Record, ...]:
        found = self._look_up(chunk)
        if len(chunk) <= LONGEST_CHUNK:
            if len(self) >= MOST_RECORDS:
                self.clear()
            self[chunk] = found
        return found


class Lexicon:
    """What is known of every word met so far."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._records: dict[str, Record] = {}
        self._chunks = _Chunks(self._take_apart)
        self.known = self._records.get
        stems = index.stems
        # Plain look-up rows, since this is what an unknown word costs: a stem and two reads for each language.
        self._tables = {
            writing: [(index.by_stem[name], stems.stem(name), stems.beginnings(name)) for name in names]
            for writing, names in index.languages.items()
        }

    def read(self, text: str) -> Iterator[Record]:
        """Yield the records of a text's words and signs, in order."""
        return chain.from_iterable(map(self._chunks.__getitem__, chunks(text)))

    def learn(self, token: str) -> Record:
        """Return a new token's record and keep it."""
        if len(self._records) >= MOST_RECORDS:
            self._records.clear()
        self._records[token] = record = self._look_up(token) if token[0].isalnum() else _sign(token)
        record.token = token
        record.loud = bool(record.roles or record.singles)
        if record.singles and token[0].islower():
            record.small = _without_nouns(record.singles)
        record.hints = self._index.hints.get(bare(normal(token)))
        return record

    def _take_apart(self, chunk: str) -> tuple[Record, ...]:
        records: list[Record] = []
        for token in chunk_tokens(chunk):
            record = self.known(token) or self.learn(token)
            records += [self.known(part) or self.learn(part) for part in record.parts] if record.parts else [record]
        return tuple(records)

    def _look_up(self, token: str) -> Record:
        if len(token) > LONGEST_WORD:
            return Record()
        word, index = normal(token), self._index
        form, writing = bare(word), script(word)
        terms = dict.fromkeys(index.by_form.get(word.strip(".,:") if writing == "digit" else form), How.EXACT)
        if writing == "digit":
            return self._record({index.number: How.EXACT} | terms)
        stems = self._stems(word, form, writing, terms)
        other = index.lookalikes.get(word)
        if other:
            terms = {term: how for term, how in terms.items() if term.written == word or term.written not in other}
        if common := index.everyday.get(form):
            return self._common(terms, common, word)
        first, last = self._parts(form, other) if writing == "latin" else ((), ())
        if any(entry.kind != "cue" for term in terms for entry in term.singles):
            # To phrases a Gästezimmer is a Zimmer as well.
            return self._gather(tuple(dict.fromkeys((*terms, *last))), self._singles(terms))
        if not terms and not (first and last) and _HYPHEN.search(token):
            return Record(parts=tuple(_HYPHEN.split(token)))
        if first or last:
            return self._record(terms, first, last)
        if other and not terms:  # a common word of its own, in no dialect and without a typo
            return Record()
        return self._in_dialect(word, writing, terms) or self._record(
            terms or self._despite_typos(form, stems, writing)
        )

    def _parts(self, form: str, other: tuple[str, ...]) -> tuple[Terms, Terms]:
        """Return what a compound's first and last part stand for, without what it only looks like."""
        first, last = self._index.compounds.parts(form)
        if other:
            first = tuple([term for term in first if term.written not in other])
            last = tuple([term for term in last if term.written not in other])
        return first, last

    def _in_dialect(self, word: str, writing: str, written: dict[Term, How]) -> Record | None:
        """Return the record of the standard word that one in dialect stands for, None without one.

        What the rules have in that very form, in another language perhaps, is kept: *touche* is French, and *tauche*.
        """
        if writing != "latin":
            return None
        index = self._index
        for spelling in chain.from_iterable([dialect.spellings(word) for dialect in index.dialects]):
            form = bare(spelling)
            terms = dict.fromkeys(index.by_form.get(form), How.STEM)
            self._stems(spelling, form, writing, terms)
            first, last = ((), ()) if terms else index.compounds.parts(form)
            if terms or first or last:
                exact = {term: how for term, how in written.items() if how is How.EXACT}
                return self._record(terms | exact, first, last)
        return None

    def _stems(self, word: str, form: str, writing: str, terms: dict[Term, How]) -> list[str]:
        """Add the terms a word is an inflection of, whichever language it may be in; return its stems."""
        stems = []
        for table, stem, beginnings in self._tables.get(writing, ()):
            stemmed = stem(word)
            stems.append(stemmed)
            found = table.get(stemmed)
            if stemmed != form and (as_written := table.get(form)):
                found += as_written
            for beginning in beginnings:
                if word.startswith(beginning) and len(word) >= len(beginning) + SHORTEST_REST:
                    found += table.get(stem(word[len(beginning) :]))
            for term in found:
                terms.setdefault(term, How.STEM)
        return stems

    def _despite_typos(self, form: str, stems: list[str], writing: str) -> dict[Term, How]:
        """Return the terms of the rules' word that this one, or its stem, most likely was meant to be."""
        if writing == "arabic":  # no short vowels, roots of three letters: one letter more or less is another word
            return {}
        shortest = min(stems, key=len, default=form)
        for spelling in (form, shortest) if len(form) > len(shortest) >= SHORTEST_TYPO else (form,):
            if len(spelling) >= SHORTEST_TYPO - 1 and (similar := self._index.typos.similar(spelling)):
                best = process.extractOne(spelling, similar, scorer=OSA.distance, score_cutoff=2)
                if best is not None and best[1] <= edits_forgiven(best[0]):
                    meant = [term for table, _, _ in self._tables[writing] for term in table.get(best[0])]
                    return dict.fromkeys(meant, How.FUZZY)
        return {}

    def _record(self, whole: dict[Term, How], first: Terms = (), last: Terms = ()) -> Record:
        """Gather what the terms mean; of a compound, phrases see the last part only."""
        singles = self._singles(whole)
        for term in (*first, *last):
            for entry in term.singles:
                if entry.kind in IN_COMPOUNDS:
                    singles.setdefault(entry, How.COMPOUND)
        return self._gather((*whole, *last), singles)

    @staticmethod
    def _singles(whole: dict[Term, How]) -> dict[Entry, How]:
        return {entry: how for term, how in whole.items() for entry in term.singles}

    def _common(self, whole: dict[Term, How], languages: tuple[str, ...], word: str) -> Record:
        """Gather what a common word means: a keyword only in a form as common there: *nur* is no *nurse*."""
        singles = {}
        for term, how in whole.items():
            native = how is How.EXACT and (term.language in languages or term.written == word)
            singles.update({entry: how for entry in term.singles if native or entry.kind == "cue"})
        return self._gather(tuple(whole), singles, languages)

    def _gather(self, terms: Terms, singles: dict[Entry, How], languages: tuple[str, ...] = ()) -> Record:
        if not terms and not singles:
            return Record(languages=languages, known_in=languages)
        roles = {entry.owner: entry.weight for entry in singles if entry.kind == "cue"}
        said = [(entry, how) for entry, how in singles.items() if entry.kind != "cue" or entry.direction]
        record = Record(
            terms=frozenset(terms),
            singles=tuple(said),
            languages=languages,
            roles=tuple(roles.items()),
            joint="joint" in roles,
        )
        record.known_in = tuple(sorted({*languages, *[term.language for term in terms if term.language]}))
        for term in record.terms:
            record.bits |= term.bit
        filed = tuple([term for term in terms if term.filed or term.phrases])
        if filed:
            record.probes = probes = self._index.probes(filed)
            record.wants = probes.wants
        return record


def _without_nouns(singles: tuple[tuple[Entry, How], ...]) -> tuple[tuple[Entry, How], ...] | None:
    """Return what is left without nouns of which the rules want exactly one form; None if there are none."""
    left = tuple([single for single in singles if not _is_exact_noun(single[0])])
    return left if len(left) < len(singles) else None


def _is_exact_noun(entry: Entry) -> bool:
    if entry.language not in CAPITALS or entry.kind not in ("field", "audience"):
        return False  # what rules a field out does so in small letters, too
    return entry.keyword[0] == "=" and entry.keyword[1].isupper()


def _sign(token: str) -> Record:
    """A parting sign's record; an empty line ends a sentence, too."""
    if token.count("\n") > 1 or token[0] in _SENTENCE_SIGNS:
        return Record(sign="asked" if "?" in token or "؟" in token else "end")
    return Record(sign="part")
