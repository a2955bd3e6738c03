"""What the rules are compiled into: look-up structures, so that a message costs the same however many rules there are.

Every distinct word of the rules is a *term*. A message's word is looked up to the terms it satisfies; a phrase is a row
of sets of terms, filed under its rarest word. `bot.routing.building` fills the index.
"""

from __future__ import annotations

from collections import defaultdict

from bot.routing.compounds import Compounds
from bot.routing.dialect import Dialect
from bot.routing.probes import Probes
from bot.routing.terms import BITS, Term, Terms
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
        number: what every number in digits is.
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
        self.number = Term("", "#", bit=1 << BITS)
        self._probes: dict[Terms, Probes] = {}

    def probes(self, terms: Terms) -> Probes:
        """Return the phrases filed under the terms of one word; made ready when a message first needs them."""
        if (probes := self._probes.get(terms)) is None:
            self._probes[terms] = probes = Probes(terms)
        return probes
