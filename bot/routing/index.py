"""Rules → look-up structures, once at load, so that a message costs the same however many rules there are.

Every distinct word form of the rules is a *term*, a number. A message's word is looked up to the terms it satisfies; a
phrase is a row of sets of terms, filed under its rarest word.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.model import Audience, Direction
from bot.routing.pattern import Atom, Sequence, parse_pattern
from bot.routing.rules import FieldRule, Place, Rules, TopicRule, Words
from bot.routing.words import Stem, Stems, bare, normal, script, tokens

NUMBER = 0  # the term of every number
COMPOUNDING = ("de",)  # languages that write nouns together
START = 3  # letters of a last part by which its place in a compound is guessed before stemming
SHORTEST_PART = 5  # letters; a keyword this long is a compound's part without being marked as one
SHORTEST_TYPO = 6  # letters of the rules' word; below, one letter more or less too often makes another good word
SHORTEST_TWO_TYPOS = 10  # letters; from here on two edits are forgiven
WRITTEN_SO = {"cyrillic": ("uk", "ru"), "arabic": ("ar",)}  # languages in which a place's foreign spelling may stand
NEEDS_CONTEXT = 0.5  # the weight of a place's name that is an ordinary word too

_IN_BRACKETS = re.compile(r"\s*\(.*?\)")

Kind = Literal["field", "not", "cue", "audience", "urgent", "place"]


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One keyword of the rules and what finding it means.

    Attributes:
        kind: what it is a keyword of; `field` for competing topics too, `not` for a field's `not_keywords`.
        owner: the key of the field, topic, cue or audience; a place's name.
        language: the language of the rules it stands under.
    """

    kind: Kind
    owner: str
    keyword: str
    weight: float
    direction: Direction | None = None
    audience: Audience | None = None
    language: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """A sequence of words, each given as the terms that may stand there.

    Attributes:
        anchor: the place it is filed under, the one with the rarest words.
        partner: the terms of the next rarest place; without any of them in the message there is nothing to look for.
    """

    entry: Entry
    places: tuple[frozenset[int], ...]
    gaps: tuple[int, ...]
    ordered: bool
    anchor: int
    partner: frozenset[int]


class Index:
    """Everything the matcher looks up; terms in the order of the rules, so that every run decides alike.

    Attributes:
        stemmers: script → the languages its words may be in, each with its stemmer.
        by_stem: language → stem → terms.
        by_form: bare form → terms.
        first_parts: bare form or stem → terms, as the first part of a compound.
        last_parts: stem → terms, as the last part; `last_starts` holds the beginnings worth stemming.
        similar: (length, piece) → the words of the rules that a typo may have come from; `spelled`: word → terms.
        singles: term → keywords that consist of this one word.
        phrases: term → phrases filed under it.
        everyday: bare form → the languages it is common in.
        languages: term → the language of the rules it belongs to; `written`: term → its normal form.
    """

    def __init__(self, stems: Stems) -> None:
        self.stems = stems
        self.stemmers: dict[str, dict[str, Stem]] = defaultdict(dict)
        self.by_stem: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self.by_form: dict[str, list[int]] = defaultdict(list)
        self.first_parts: dict[str, list[int]] = defaultdict(list)
        self.last_parts: dict[str, list[int]] = defaultdict(list)
        self.last_starts: set[str] = set()
        self.similar: dict[tuple[int, str], list[str]] = defaultdict(list)
        self.spelled: dict[str, list[int]] = defaultdict(list)
        self.singles: dict[int, list[Entry]] = defaultdict(list)
        self.phrases: dict[int, list[Phrase]] = defaultdict(list)
        self.everyday: dict[str, tuple[str, ...]] = {}
        self.languages: dict[int, str] = {}
        self.written: dict[int, str] = {}
        self.longest_part = 0


def build_index(rules: Rules) -> Index:
    """Compile rules.

    Raises:
        PatternError: a keyword's signs make no sense; the loader reports these beforehand.
    """
    return _Builder(rules).build()


def pieces(word: str, edits: int) -> tuple[str, str]:
    """Return a word's beginning and end; a word so many typos away shares one of the two, nearly always.

    With one typo only letters exchanged in the very middle escape; with two, one at each end.
    """
    size = len(word) // (edits + 1)
    return word[:size], "~" + word[-size:]


def edits_forgiven(word: str) -> int:
    """Return how many typos are forgiven in a word of the rules."""
    return 0 if len(word) < SHORTEST_TYPO else 1 if len(word) < SHORTEST_TWO_TYPOS else 2


class _Builder:
    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._index = Index(Stems(rules.endings, rules.beginnings))
        self._terms: dict[tuple[str, str, bool, str], int] = {}
        self._scripts: dict[str, set[str]] = {"": set()}

    def build(self) -> Index:
        phrases: list[tuple[Entry, Sequence, list[frozenset[int]]]] = []
        entries = list(_entries(self._rules))
        self._scripts |= _scripts(entries)
        for language, scripts in self._scripts.items():
            for writing in scripts:
                self._index.stemmers[writing][language] = self._index.stems.stem(language)
        groups = {language: self._groups(language) for language in self._scripts}
        for entry, language in entries:
            for sequence in parse_pattern(entry.keyword, groups[language]):
                places = [frozenset(self._term(atom, language) for atom in atoms) for atoms in sequence.choices]
                if len(places) == 1:
                    for term in places[0]:
                        self._index.singles[term].append(entry)
                else:
                    phrases.append((entry, sequence, places))
        self._file_phrases(phrases)
        self._index.first_parts = {
            form: telling
            for form, terms in self._index.first_parts.items()
            if (telling := [term for term in terms if term in self._index.singles])
        }
        for language, words in self._rules.everyday.items():
            for word in words:
                form = bare(normal(word))
                self._index.everyday[form] = (*self._index.everyday.get(form, ()), language)
        return self._index

    def _groups(self, language: str) -> dict[str, tuple[str, ...]]:
        groups = self._rules.groups
        return {name: tuple(keyword.word for keyword in words.get(language, ())) for name, words in groups.items()}

    def _file_phrases(self, phrases: list[tuple[Entry, Sequence, list[frozenset[int]]]]) -> None:
        uses = Counter(term for _, _, places in phrases for place in places for term in place)
        for entry, sequence, places in phrases:
            rarity = [sum(uses[term] for term in terms) for terms in places]
            anchor, partner = sorted(range(len(places)), key=lambda place: rarity[place])[:2]
            phrase = Phrase(entry, tuple(places), sequence.gaps, sequence.ordered, anchor, places[partner])
            for term in places[anchor]:
                self._index.phrases[term].append(phrase)

    def _term(self, atom: Atom, language: str) -> int:
        """Return the number of a word, entering it where messages' words are looked up when it is new."""
        if atom.text == "#":
            return NUMBER
        key = (language, atom.text, atom.exact, atom.part)
        if (term := self._terms.get(key)) is None:
            self._terms[key] = term = len(self._terms) + 1
            self._index.languages[term] = language
            self._enter(term, normal(atom.text), atom, language)
        return term

    def _enter(self, term: int, word: str, atom: Atom, language: str) -> None:
        index, form, stem = self._index, bare(word), self._index.stems.stem(language)
        index.written[term] = word
        index.longest_part = max(index.longest_part, len(form))
        if atom.part == "first":
            index.first_parts[form].append(term)
        elif atom.part == "last":
            self._enter_last_part(term, form, _full_forms(form, bare(stem(word))))
        else:
            index.by_form[form].append(term)
            if not atom.exact and script(word) in self._scripts[language]:
                self._enter_inflected(term, form, stem(word), language)

    def _enter_inflected(self, term: int, form: str, stem: str, language: str) -> None:
        index = self._index
        table = index.by_stem[language]
        for spelling in dict.fromkeys((form, stem, bare(stem))):
            table[spelling].append(term)
        stem = bare(stem)
        whole = [spelling for spelling in _full_forms(form, stem) if len(spelling) >= SHORTEST_PART]
        for spelling in whole:
            if edits := edits_forgiven(spelling):
                if spelling not in index.spelled:
                    for piece in pieces(spelling, edits):
                        index.similar[len(spelling), piece].append(spelling)
                index.spelled[spelling].append(term)
        if language in COMPOUNDING and len(form) >= SHORTEST_PART:
            index.first_parts[form].append(term)
            if stem != form and len(stem) >= max(SHORTEST_PART, len(form) - 2):
                index.first_parts[stem].append(term)
            self._enter_last_part(term, form, whole)

    def _enter_last_part(self, term: int, form: str, spellings: list[str]) -> None:
        for spelling in spellings:
            self._index.last_parts[spelling].append(term)
        self._index.last_starts.add(form[:START])


def _full_forms(form: str, stem: str) -> list[str]:
    """Return the form, and the stem if it lost a letter at most: *fahr* for *Fahrer* would find every *Verfahren*."""
    return [form, stem] if stem != form and len(stem) >= len(form) - 1 else [form]


def _scripts(entries: list[tuple[Entry, str]]) -> dict[str, set[str]]:
    """Return the script most keywords of each language are written in; a few in another one match by form only."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for entry, language in entries:
        counts[language][script(entry.keyword.lstrip("(=-<# "))] += 1
    return {language: {writing.most_common(1)[0][0]} for language, writing in counts.items() if language}


def _entries(rules: Rules) -> Iterator[tuple[Entry, str]]:
    """Yield every keyword of the rules with its language."""
    owners: Mapping[str, FieldRule | TopicRule] = {**rules.fields, **rules.topics}
    for owner, rule in owners.items():
        yield from _of("field", owner, rule.keywords)
        yield from _of("not", owner, rule.not_keywords)
    for owner, words in rules.cues.items():
        yield from _of("cue", owner, words)
    for owner, words in rules.audiences.items():
        yield from _of("audience", owner, words)
    yield from _of("urgent", "emergency", rules.emergency)
    for place in rules.places:
        yield from _of_place(place)


def _of(kind: Kind, owner: str, words: Words) -> Iterator[tuple[Entry, str]]:
    for language, keywords in words.items():
        for rule in keywords:
            yield Entry(kind, owner, rule.word, rule.weight, rule.direction, rule.audience, language), language


def _of_place(place: Place) -> Iterator[tuple[Entry, str]]:
    short = _IN_BRACKETS.sub("", place.name)
    for name in dict.fromkeys((place.name, short, *place.aliases, *place.districts, *place.needs_context)):
        written = [word for word in tokens(name) if word[0].isalnum()]
        weight = NEEDS_CONTEXT if name in place.needs_context else 1
        for language in WRITTEN_SO.get(script(name), ("",)):
            mark = "" if language else "="  # German names keep their form, others are inflected: у Райнфельдені
            keyword = " ".join(mark + word for word in written)
            yield Entry("place", place.name, keyword, weight, language=language), language
