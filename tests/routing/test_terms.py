"""Phrases of one word, sorted for messages."""

from __future__ import annotations

from bot.routing.terms import Entry, Phrase, Term, rows_of

FREE, ROOM, FLAT = Term("de", "frei"), Term("de", "zimmer"), Term("de", "wohnung")


def phrase(others: frozenset[Term], weight: float = 2, owner: str = "wohnen") -> Phrase:
    entry = Entry("field", owner, "", weight)
    return Phrase(entry, (others, frozenset({FREE})), (1,), True, 1, others)


def filed(*phrases: Phrase) -> Term:
    return Term("de", "frei", phrases=phrases)


def test_phrases_are_sorted_by_what_else_must_be_there() -> None:
    room, flat, other = phrase(frozenset({ROOM})), phrase(frozenset({FLAT})), phrase(frozenset({ROOM}), owner="arbeit")
    assert dict(rows_of(filed(room, flat, other))) == {frozenset({ROOM}): (room, other), frozenset({FLAT}): (flat,)}


def test_of_variants_the_heaviest_is_enough() -> None:
    light, heavy = phrase(frozenset({ROOM}), 1), phrase(frozenset({ROOM}), 3)
    assert rows_of(filed(light, heavy)) == ((frozenset({ROOM}), (heavy,)),)
