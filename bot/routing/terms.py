"""What the rules are made of once compiled: keywords, their words, and phrases of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from bot.model import Audience, Direction

BITS = 1440  # bits shared by the words of phrases: few enough to be fast, enough to tell a sentence's words apart
OWN_BITS = 1100  # of them for one word each, those that are in most phrases
NEEDS_CONTEXT = 0.5  # the weight of a place's name that is an ordinary word too

Kind = Literal["field", "not", "cue", "audience", "urgent", "cry", "place"]
DANGER: tuple[Kind, ...] = ("urgent", "cry")

# What follows is made ten thousand times at every start. So the classes are not frozen, which would triple the time it
# takes; once built, nobody changes them.


@dataclass(slots=True, eq=False)
class Entry:
    """One keyword of the rules and what finding it means.

    Attributes:
        kind: what it is a keyword of; `field` for competing topics too, `not` for a field's `not_keywords`, and for
            what is no danger.
        owner: the key of the field, topic, cue or audience; a place's name; `EMERGENCY` for words of danger.
        language: the language of the rules it stands under.
    """

    kind: Kind
    owner: str
    keyword: str
    weight: float
    direction: Direction | None = None
    audience: Audience | None = None
    language: str = ""


@dataclass(slots=True, eq=False)
class Term:
    """One word of the rules.

    Attributes:
        language: the language of the rules it belongs to.
        written: its normal form.
        bit: one of `BITS`, for words of phrases.
        singles: keywords that consist of this one word.
        filed: the numbers of the phrases filed under it; `phrases`: the same once a message needs them.
    """

    language: str
    written: str = ""
    bit: int = 0
    singles: tuple[Entry, ...] = ()
    filed: Collection[int] = ()
    phrases: tuple[Phrase, ...] = ()


Terms = tuple[Term, ...]


@dataclass(slots=True, eq=False)
class Phrase:
    """A sequence of words, each given as the terms that may stand there.

    Attributes:
        anchor: the place it is filed under, the one with the rarest word.
        partner: the terms of the next rarest place; without any of them in the message there is nothing to look for.
    """

    entry: Entry
    places: tuple[frozenset[Term], ...]
    gaps: tuple[int, ...]
    ordered: bool
    anchor: int
    partner: frozenset[Term]
