"""What the rules are compiled into: look-up structures, so that a message costs the same however many rules there are.

Every distinct word of the rules is a *term*. A message's word is looked up to the terms it satisfies; a phrase is a row
of sets of terms, filed under its rarest word. `bot.routing.building` makes the index.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.routing.compounds import Compounds
from bot.routing.dialect import Dialect
from bot.routing.probes import Probes
from bot.routing.rows import NameTable
from bot.routing.terms import Term, Terms
from bot.routing.typos import Typos
from bot.routing.vocabulary import TermTable, Vocabulary
from bot.routing.words import Stems

NUMBER = 0  # the term that every number in digits is


@dataclass
class Index:
    """Everything the matcher looks up; terms in the order of the rules, so that every run decides alike.

    Attributes:
        languages: script → the languages its words may be in.
        by_form: bare form → terms.
        by_stem: language → form or stem → terms.
        compounds: the parts German compounds are made of.
        typos: the words of the rules that somebody may have meant.
        dialects: what dialect spellings may mean.
        everyday: bare form → the languages it is common in.
        hints: bare form → the hints it is a word of.
        lookalikes: normal form → the rules' words that it is none of, in their normal form.
    """

    stems: Stems
    vocabulary: Vocabulary
    languages: dict[str, list[str]]
    by_form: TermTable
    by_stem: dict[str, TermTable]
    compounds: Compounds
    typos: Typos
    dialects: list[Dialect]
    everyday: NameTable
    hints: NameTable
    lookalikes: NameTable
    _probes: dict[Terms, Probes] = field(default_factory=dict)

    @property
    def number(self) -> Term:
        """What every number in digits is."""
        return self.vocabulary.terms([NUMBER])[0]

    def probes(self, terms: Terms) -> Probes:
        """Return the phrases filed under the terms of one word; made ready when a message first needs them."""
        if (probes := self._probes.get(terms)) is None:
            for term in terms:
                if term.filed:
                    term.phrases, term.filed = self.vocabulary.phrases(term.filed), ()
            self._probes[terms] = probes = Probes(terms)
        return probes
