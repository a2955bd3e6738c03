"""Rules → index, once at every load: ten thousand keywords in a tenth of a second, so the inner loops are plain."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from sys import intern

from bot.routing.collecting import uncollected
from bot.routing.compounds import COMPOUNDING, full_forms
from bot.routing.dialect import Dialect
from bot.routing.index import Index
from bot.routing.pattern import Atom, Choices, Sequence, parse_pattern
from bot.routing.rules import FieldRule, Place, Rules, TopicRule, Words
from bot.routing.terms import BITS, NEEDS_CONTEXT, OWN_BITS, Entry, Kind, Phrase, Term
from bot.routing.words import Stems, bare, clean, normal, script, tokens

WRITTEN_SO = {"cyrillic": ("uk", "ru"), "arabic": ("ar",)}  # languages in which a place's foreign spelling may stand

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_IN_BRACKETS = re.compile(r"\s*\(.*?\)")
_NUMBER = Atom("#")


def build_index(rules: Rules) -> Index:
    """Compile rules.

    Raises:
        PatternError: a keyword's signs make no sense; the loader reports these beforehand.
    """
    with uncollected():
        return _Builder(rules).build()


class _Builder:
    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._index = Index(Stems(rules.endings, rules.beginnings))
        self._inflections: dict[str, list[Term]] = defaultdict(list)
        self._terms: dict[str, dict[Atom, Term]] = defaultdict(dict)
        self._places: dict[str, dict[Choices, frozenset[Term]]] = defaultdict(dict)
        self._uses: Counter[Term] = Counter()  # how many places in phrases a word may stand at

    def build(self) -> Index:
        phrases: list[tuple[Entry, Sequence]] = []
        groups: dict[str, dict[str, tuple[str, ...]]] = {}
        for entry in _entries(self._rules):
            if entry.keyword.isalpha():  # as most are; the detour over a sequence would cost as much as all the rest
                self._term(entry.language, Atom(entry.keyword)).singles += (entry,)
                continue
            if entry.language not in groups:
                groups[entry.language] = self._groups(entry.language)
            for sequence in parse_pattern(entry.keyword, groups[entry.language]):
                if len(sequence.choices) > 1:
                    phrases.append((entry, sequence))
                    continue
                for atom in sequence.choices[0]:
                    self._term(entry.language, atom).singles += (entry,)
        self._file([(entry, sequence, self._stands(entry, sequence)) for entry, sequence in phrases])
        for language, terms in self._terms.items():
            self._enter(language, terms)
            self._index.terms += terms.values()
        self._give_bits()
        self._index.dialects = [Dialect(changes) for changes in self._rules.dialect.values()]
        self._enter_common_words()
        return self._index

    def _enter_common_words(self) -> None:
        everyday, lookalikes = self._index.everyday, self._index.lookalikes
        for language, words in self._rules.everyday.items():
            for word in words:
                form = bare(normal(word))
                everyday[form] = (*everyday.get(form, ()), language)
        for others in self._rules.lookalikes.values():
            for word, named in others.items():
                # "kuchen" is no "Küche", but "Küchen" are; whoever has no umlauts writes "hoert" for "hört".
                form, others_forms = normal(clean(word)), [normal(clean(other)) for other in named]
                for spelling in {form, _without_umlauts(form)}:
                    lookalikes[spelling] = lookalikes.get(spelling, frozenset()).union(others_forms)

    def _groups(self, language: str) -> dict[str, tuple[str, ...]]:
        groups = self._rules.groups
        return {name: tuple(keyword.word for keyword in words.get(language, ())) for name, words in groups.items()}

    def _term(self, language: str, atom: Atom) -> Term:
        if atom == _NUMBER:
            return self._index.number
        terms = self._terms[language]
        if (term := terms.get(atom)) is None:
            terms[atom] = term = Term(language)
        return term

    def _stands(self, entry: Entry, sequence: Sequence) -> tuple[frozenset[Term], ...]:
        """Return what may stand at each place of a phrase, and count it."""
        places, found = self._places[entry.language], []
        for atoms in sequence.choices:
            if (place := places.get(atoms)) is None:
                places[atoms] = place = frozenset([self._term(entry.language, atom) for atom in atoms])
            self._uses.update(place)
            found.append(place)
        return tuple(found)

    def _file(self, phrases: list[tuple[Entry, Sequence, tuple[frozenset[Term], ...]]]) -> None:
        """File each phrase under the place whose most frequent word is the rarest, now that all are counted.

        The others that may stand there lead to it too; but `rows_of` keeps one of many such variants only.
        """
        uses = self._uses
        for entry, sequence, places in phrases:
            rarity = [max([uses[term] for term in place]) for place in places]
            anchor, partner = sorted(range(len(places)), key=rarity.__getitem__)[:2]
            phrase = Phrase(entry, places, sequence.gaps, sequence.ordered, anchor, places[partner])
            for term in places[anchor]:
                term.phrases += (phrase,)

    def _enter(self, language: str, terms: dict[Atom, Term]) -> None:
        """Enter a language's words where messages' words are looked up.

        A few words in another script than the language's are found in their very form only.
        """
        index, stem = self._index, self._index.stems.stem(language)
        # Word, form and stem are mostly the same: one object for all of them halves what they take.
        words = [intern(normal(atom.text)) for atom in terms]
        scripts = [script(word) for word in words]
        usual, _ = Counter(scripts).most_common(1)[0]
        if language:
            index.languages.setdefault(usual, []).append(language)
        by_form, by_stem = index.by_form, index.by_stem[language]
        for (atom, term), word, writing in zip(terms.items(), words, scripts, strict=True):
            form, stemmed = intern(bare(word)), intern(stem(word))
            bare_stem = intern(bare(stemmed))
            term.written, alone = word, (term,)
            if term in self._uses:
                self._inflections[bare_stem].append(term)
            if atom.part == "whole":
                by_form[form] = (*by_form[form], term) if form in by_form else alone
                if atom.exact or writing != usual:
                    continue
            if atom.part == "whole":
                for spelling in {form, stemmed, bare_stem}:
                    by_stem[spelling] = (*by_stem[spelling], term) if spelling in by_stem else alone
                for spelling in full_forms(form, bare_stem):
                    index.typos.enter(spelling)
            if language in COMPOUNDING:
                index.compounds.enter(form, bare_stem, atom.part, term)

    def _give_bits(self) -> None:
        """Give the words of phrases their bits: inflections share one, and so do words that are in few phrases."""
        uses = self._uses
        inflections = sorted(self._inflections.values(), key=lambda terms: -sum([uses[term] for term in terms]))
        bits = [1 << number for number in range(BITS)]  # long numbers: whoever shares one shares the object
        for number, terms in enumerate(inflections):
            bit = bits[number if number < OWN_BITS else OWN_BITS + number % (BITS - OWN_BITS)]
            for term in terms:
                term.bit = bit


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
    yield from _of("urgent", "emergency", rules.emergency)
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
