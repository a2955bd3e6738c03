"""What the rules are compiled into: look-up structures, so that a message costs the same however many rules there are.

Every distinct word of the rules is a *term*. A message's word is looked up to the terms it satisfies; a phrase is a row
of sets of terms, filed under its rarest word. `bot.routing.building` fills the index.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from bot.routing.compounds import Compounds
from bot.routing.dialect import Dialect
from bot.routing.probes import Probes
from bot.routing.terms import BITS, Phrase, Term, Terms
from bot.routing.typos import Typos
from bot.routing.words import Stems


class Index:
    """Everything the matcher looks up; terms in the order of the rules, so that every run decides alike.

    Attributes:
        languages: script → the languages its words may be in.
        by_stem: language → form or stem → terms.
        by_form: bare form → terms.
        compounds: the parts German compounds are made of.
        typos: the words of the rules that somebody may have meant.
        dialects: what dialect spellings may mean.
        everyday: bare form → the languages it is common in.
        lookalikes: normal form → the rules' words that it is none of, in their normal form.
        terms: every word of the rules.
        number: what every number in digits is.
        unpack: makes phrases out of those that were kept, where any were.
    """

    def __init__(self, stems: Stems) -> None:
        self.stems = stems
        self.languages: dict[str, list[str]] = {}
        self.by_stem: dict[str, dict[str, Terms]] = defaultdict(dict)
        self.by_form: dict[str, Terms] = {}
        self.compounds = Compounds(stems)
        self.typos = Typos()
        self.dialects: list[Dialect] = []
        self.everyday: dict[str, tuple[str, ...]] = {}
        self.lookalikes: dict[str, frozenset[str]] = {}
        self.number = Term("", "#", 1 << BITS)
        self.terms = [self.number]
        self.unpack: Callable[[bytes], tuple[Phrase, ...]] | None = None
        self._probes: dict[Terms, Probes] = {}

    def probes(self, terms: Terms) -> Probes:
        """Return the phrases filed under the terms of one word; made ready when a message first needs them."""
        if (probes := self._probes.get(terms)) is None:
            for term in terms:
                if term.packed and self.unpack is not None:
                    term.phrases, term.packed = self.unpack(term.packed), b""
            self._probes[terms] = probes = Probes(terms)
        return probes
