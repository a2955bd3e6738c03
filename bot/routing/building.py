"""Rules → index, once at every load: ten thousand keywords in a tenth of a second, so the inner loops are plain."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import chain

from bot.model import EMERGENCY
from bot.routing.compounds import COMPOUNDING, START, Compounds, first_parts, full_forms, last_parts
from bot.routing.dialect import Dialect
from bot.routing.gc_pause import gc_paused
from bot.routing.index import NUMBER, Index
from bot.routing.pattern import Atom, Choices, Sequence, parse_pattern
from bot.routing.rows import NameTable
from bot.routing.rules import FieldRule, Place, Rules, TopicRule, Words
from bot.routing.terms import BITS, NEEDS_CONTEXT, OWN_BITS, Entry, Kind
from bot.routing.typos import Typos
from bot.routing.vocabulary import TermTable, Vocabulary
from bot.routing.words import Stems, bare, clean, normal, script, tokens

WRITTEN_SO = {"cyrillic": ("uk", "ru"), "arabic": ("ar",)}  # languages in which a place's foreign spelling may stand

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_IN_BRACKETS = re.compile(r"\s*\(.*?\)")
_NUMBER = Atom("#")

_Numbers = dict[str, list[int]]  # word → terms
_Phrase = tuple[int, Sequence, list[tuple[int, tuple[int, ...]]]]  # entry; its words; its places: number and terms


@dataclass(slots=True)
class _Word:
    """A term while it is gathered; `uses`: how many places in phrases it may stand at."""

    language: str
    written: str = ""
    uses: int = 0
    bit: int = 0
    singles: list[int] = field(default_factory=list)
    filed: list[int] = field(default_factory=list)


def build_index(rules: Rules) -> Index:
    """Compile rules.

    Raises:
        PatternError: a keyword's signs make no sense; the loader reports these beforehand.
    """
    with gc_paused():
        return _Builder(rules).build()


class _Builder:
    """Counts, then files; whatever it gathers is named by its number in the vocabulary."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._stems = Stems(rules.endings, rules.beginnings)
        self._vocabulary = Vocabulary()
        self._words: list[_Word] = [_Word("", "#")]
        self._terms: dict[str, dict[Atom, int]] = defaultdict(dict)
        self._places: dict[str, dict[Choices, tuple[int, tuple[int, ...]]]] = defaultdict(dict)
        self._languages: dict[str, list[str]] = {}
        self._by_form: _Numbers = defaultdict(list)
        self._by_stem: dict[str, _Numbers] = {}
        self._first: _Numbers = defaultdict(list)
        self._last: _Numbers = defaultdict(list)
        self._full_forms: list[str] = []
        self._inflections: dict[str, list[_Word]] = defaultdict(list)

    def build(self) -> Index:
        phrases: list[tuple[int, str, Sequence]] = []
        groups: dict[str, dict[str, tuple[str, ...]]] = {}
        for entry in _entries(self._rules):
            language, number = entry.language, self._vocabulary.add_entry(entry)
            if entry.keyword.isalpha():  # as most are; the detour over a sequence would cost as much as all the rest
                self._words[self._term(language, Atom(entry.keyword))].singles.append(number)
                continue
            if language not in groups:
                groups[language] = self._groups(language)
            for sequence in parse_pattern(entry.keyword, groups[language]):
                if len(sequence.choices) > 1:
                    phrases.append((number, language, sequence))
                    continue
                for atom in sequence.choices[0]:
                    self._words[self._term(language, atom)].singles.append(number)
        self._file([(entry, sequence, self._stands(language, sequence)) for entry, language, sequence in phrases])
        for language, terms in self._terms.items():
            self._enter(language, terms)
        self._give_bits()
        for word in self._words:
            self._vocabulary.add_term(word.language, word.written, word.bit, word.singles, word.filed)
        return self._index()

    def _index(self) -> Index:
        table = partial(TermTable, vocabulary=self._vocabulary)
        starts = frozenset([word[:START] for word in self._last])
        return Index(
            stems=self._stems,
            vocabulary=self._vocabulary,
            languages=self._languages,
            by_form=table(self._by_form),
            by_stem={language: table(words) for language, words in self._by_stem.items()},
            compounds=Compounds(self._stems, table(self._first), table(self._last), starts),
            typos=Typos(self._full_forms),
            dialects=[Dialect(changes) for changes in self._rules.dialect.values()],
            everyday=NameTable(_by_form({code: (words,) for code, words in self._rules.everyday.items()})),
            hints=NameTable(_by_form({name: hint.words.values() for name, hint in self._rules.hints.items()})),
            lookalikes=NameTable(self._lookalikes()),
        )

    def _lookalikes(self) -> dict[str, dict[str, None]]:
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for others in self._rules.lookalikes.values():
            for word, named in others.items():
                # "kuchen" is no "Küche", but "Küchen" are; whoever has no umlauts writes "hoert" for "hört".
                form, others_forms = normal(clean(word)), [normal(clean(other)) for other in named]
                for spelling in {form, _without_umlauts(form)}:
                    found[spelling].update(dict.fromkeys(others_forms))
        return found

    def _groups(self, language: str) -> dict[str, tuple[str, ...]]:
        groups = self._rules.groups
        return {name: tuple(keyword.word for keyword in words.get(language, ())) for name, words in groups.items()}

    def _term(self, language: str, atom: Atom) -> int:
        if atom == _NUMBER:
            return NUMBER
        terms = self._terms[language]
        if (number := terms.get(atom)) is None:
            terms[atom] = number = len(self._words)
            self._words.append(_Word(language))
        return number

    def _stands(self, language: str, sequence: Sequence) -> list[tuple[int, tuple[int, ...]]]:
        """Return what may stand at each place of a phrase, with the place's number; and count it."""
        places, found = self._places[language], []
        for atoms in sequence.choices:
            if (place := places.get(atoms)) is None:
                terms = tuple(dict.fromkeys([self._term(language, atom) for atom in atoms]))
                places[atoms] = place = (self._vocabulary.add_place(terms), terms)
            for term in place[1]:
                self._words[term].uses += 1
            found.append(place)
        return found

    def _file(self, phrases: list[_Phrase]) -> None:
        """File each phrase under the place whose most frequent word is the rarest, now that all are counted.

        The others that may stand there lead to it too; but `distinct` keeps one of many such variants only.
        """
        for entry, sequence, places in phrases:
            rarity = [max([self._words[term].uses for term in terms]) for _, terms in places]
            anchor, partner = sorted(range(len(places)), key=rarity.__getitem__)[:2]
            numbers = [number for number, _ in places]
            phrase = self._vocabulary.add_phrase(entry, numbers, sequence.gaps, sequence.ordered, (anchor, partner))
            for term in places[anchor][1]:
                self._words[term].filed.append(phrase)

    def _enter(self, language: str, terms: dict[Atom, int]) -> None:
        """Enter a language's words where messages' words are looked up.

        A few words in another script than the language's are found in their very form only.
        """
        stem = self._stems.stem(language)
        words = [normal(atom.text) for atom in terms]
        scripts = [script(word) for word in words]
        usual, _ = Counter(scripts).most_common(1)[0]
        if language:
            self._languages.setdefault(usual, []).append(language)
        by_form, by_stem = self._by_form, self._by_stem.setdefault(language, defaultdict(list))
        for (atom, number), written, writing in zip(terms.items(), words, scripts, strict=True):
            form, stemmed = bare(written), stem(written)
            bare_stem = bare(stemmed)
            word = self._words[number]
            word.written = written
            if word.uses:
                self._inflections[bare_stem].append(word)
            if atom.part == "whole":
                by_form[form].append(number)
                if atom.exact or writing != usual:
                    continue
                for spelling in {form, stemmed, bare_stem}:
                    by_stem[spelling].append(number)
                self._full_forms += full_forms(form, bare_stem)
            if language in COMPOUNDING:
                # As the first part, what is in phrases only tells nothing.
                for spelling in first_parts(form, bare_stem, atom.part) if word.singles else ():
                    self._first[spelling].append(number)
                for spelling in last_parts(form, bare_stem, atom.part):
                    self._last[spelling].append(number)

    def _give_bits(self) -> None:
        """Give the words of phrases their bits: inflections share one, and so do words that are in few phrases."""
        inflections = sorted(self._inflections.values(), key=lambda words: -sum([word.uses for word in words]))
        self._words[NUMBER].bit = BITS + 1
        for number, words in enumerate(inflections):
            bit = number if number < OWN_BITS else OWN_BITS + number % (BITS - OWN_BITS)
            for word in words:
                word.bit = bit + 1


def _by_form(named: Mapping[str, Iterable[Iterable[str]]]) -> dict[str, dict[str, None]]:
    """Return for each word, in its bare form, the names it stands under."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for name, lists in named.items():
        for word in chain.from_iterable(lists):
            found[bare(normal(word))][name] = None
    return found


def _without_umlauts(word: str) -> str:
    return word.translate(_UMLAUTS)


def _entries(rules: Rules) -> Iterator[Entry]:
    """Yield every keyword of the rules."""
    owners: Mapping[str, FieldRule | TopicRule] = {**rules.fields, **rules.topics}
    for owner, rule in owners.items():
        yield from _of("field", owner, rule.keywords)
        yield from _of("not", owner, rule.not_keywords)
    for owner, words in rules.cues.items():
        yield from _of("cue", owner, words)
    for owner, words in rules.audiences.items():
        yield from _of("audience", owner, words)
    yield from _of("urgent", EMERGENCY, rules.emergency)
    yield from _of("cry", EMERGENCY, rules.cries)
    yield from _of("not", EMERGENCY, rules.not_emergency)
    for place in rules.places:
        yield from _of_place(place)


def _of(kind: Kind, owner: str, words: Words) -> Iterator[Entry]:
    for language, keywords in words.items():
        for rule in keywords:
            yield Entry(kind, owner, rule.word, rule.weight, rule.direction, rule.audience, language)


def _of_place(place: Place) -> Iterator[Entry]:
    short = _IN_BRACKETS.sub("", place.name)
    for name in dict.fromkeys((place.name, short, *place.aliases, *place.districts, *place.needs_context)):
        written = [word for word in tokens(name) if word[0].isalnum()]
        weight = NEEDS_CONTEXT if name in place.needs_context else 1
        for language in WRITTEN_SO.get(script(name), ("",)):
            mark = "" if language else "="  # German names keep their form, others are inflected: у Райнфельдені
            keyword = " ".join(mark + word for word in written)
            yield Entry("place", place.name, keyword, weight, language=language)
