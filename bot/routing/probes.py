"""Phrases made ready to be looked for in messages.

A phrase is tried where its rarest word stands. Most are not: their next rarest word is nowhere near. To know so without
touching them, words of phrases carry a bit, one of `BITS`; what a word's phrases want and what a sentence has
are two whole numbers, and one `&` tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bot.routing.pattern import GAP
from bot.routing.terms import Phrase, Term, Terms

Rank = tuple[float, int, int]


@dataclass(slots=True, eq=False)
class Step:
    """One further word of a phrase.

    Attributes:
        terms: what may stand there.
        bits: the bits of these terms.
        reach: how far from the word before it may stand, the nearest first.
    """

    terms: frozenset[Term]
    bits: int
    reach: tuple[int, ...]


class Probe:
    """A phrase as it is looked for around its rarest word.

    Attributes:
        number: its place in the order of the rules, among those of the same word.
        rank: the heavier, longer and closer together, the earlier it may take its words.
        after: from the rarest word on, a step to each further one; before: the same backwards.
        around: where any order will do, the steps from the rarest word.
        step: the only one, if there is but one.
        needs: of several steps, the bits of each; without one of any of them there is nothing to look for.
    """

    __slots__ = ("after", "around", "before", "entry", "needs", "number", "rank", "step")

    def __init__(self, phrase: Phrase, number: int) -> None:
        anchor, places, gaps = phrase.anchor, phrase.places, phrase.gaps
        self.entry = phrase.entry
        self.number = number
        self.rank = (-phrase.entry.weight, -len(places), sum(gaps))
        self.after: list[Step] = []
        self.before: list[Step] = []
        self.around: list[Step] = []
        if phrase.ordered:
            self.after = [_step(places[at + 1], _forward(gaps[at])) for at in range(anchor, len(gaps))]
            self.before = [_step(places[at], _backward(gaps[at])) for at in range(anchor - 1, -1, -1)]
        else:
            self.around = [_step(place, _AROUND) for place in (*places[anchor + 1 :], *reversed(places[:anchor]))]
        steps = self.after + self.before + self.around
        self.step = steps[0] if len(steps) == 1 else None
        self.needs = () if self.step else tuple([step.bits for step in steps if step.terms != phrase.partner])


def _step(terms: frozenset[Term], reach: tuple[int, ...]) -> Step:
    bits = 0
    for term in terms:
        bits |= term.bit
    return Step(terms, bits, reach)


@cache
def _forward(gap: int) -> tuple[int, ...]:
    return tuple(range(1, gap + 2))


@cache
def _backward(gap: int) -> tuple[int, ...]:
    return tuple(range(-1, -gap - 2, -1))


_AROUND = tuple([place for distance in range(1, GAP + 2) for place in (-distance, distance)])


class Probes:
    """The phrases filed under the terms of one word, by what else has to be there.

    Attributes:
        wants: without any of these bits near, there is nothing to look for.
    """

    __slots__ = ("_by_bit", "wants")

    def __init__(self, terms: Terms) -> None:
        self._by_bit: dict[int, list[Probe]] = {}  # bit, as its place in the whole number
        self.wants = number = 0
        for term in terms:
            for phrase in distinct(term.phrases):
                probe = Probe(phrase, number)
                number += 1
                for bit in {partner.bit for partner in phrase.partner}:
                    self._by_bit.setdefault(bit.bit_length(), []).append(probe)
                    self.wants |= bit

    def beside(self, present: int) -> list[Probe]:
        """Return what is worth trying where these bits are; some twice."""
        common = self.wants & present
        found: list[Probe] = []
        while common:
            place = common.bit_length()
            for probe in self._by_bit[place]:
                for need in probe.needs:
                    if not need & present:
                        break
                else:
                    found.append(probe)
            common ^= 1 << (place - 1)
        return found


def distinct(phrases: tuple[Phrase, ...]) -> list[Phrase]:
    """Return the phrases filed under a term by their weight.

    Of those that differ only in what else might have stood in this term's place, the heaviest is enough. So a hundred
    variants of one phrase cost a message no more than one.
    """
    if len(phrases) < 2:
        return list(phrases)
    found: dict[object, Phrase] = {}
    for phrase in sorted(phrases, key=lambda phrase: -phrase.entry.weight):
        entry, others = phrase.entry, (phrase.places[: phrase.anchor], phrase.places[phrase.anchor + 1 :])
        means = (entry.kind, entry.owner, entry.direction, entry.audience, entry.language)
        found.setdefault((means, others, phrase.gaps, phrase.ordered), phrase)
    return list(found.values())
