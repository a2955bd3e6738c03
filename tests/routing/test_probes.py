"""Phrases of one word, made ready for messages."""

from __future__ import annotations

from bot.routing.probes import Probes
from bot.routing.terms import Entry, Phrase, Term

FREE, ROOM, FLAT = Term("de", "frei"), Term("de", "zimmer", bit=1), Term("de", "wohnung", bit=2)


def phrase(other: Term, weight: float = 2, owner: str = "wohnen") -> Phrase:
    entry, others = Entry("field", owner, "", weight), frozenset({other})
    return Phrase(entry, (others, frozenset({FREE})), (1,), True, 1, others)


def tried(present: int, *phrases: Phrase) -> list[Entry]:
    """Return what is tried where a word with these phrases stands in one sentence with another."""
    return [probe.entry for probe in Probes((Term("de", "frei", phrases=phrases),)).beside(present)]


def test_phrases_are_tried_where_what_else_must_be_there_is() -> None:
    room, flat, other = phrase(ROOM), phrase(FLAT), phrase(ROOM, owner="arbeit")
    assert tried(ROOM.bit, room, flat, other) == [room.entry, other.entry]
    assert tried(FLAT.bit, room, flat, other) == [flat.entry]
    assert tried(4, room, flat, other) == []


def test_of_variants_the_heaviest_is_enough() -> None:
    light, heavy = phrase(ROOM, 1), phrase(ROOM, 3)
    assert tried(ROOM.bit, light, heavy) == [heavy.entry]
