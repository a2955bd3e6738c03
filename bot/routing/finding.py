"""The keywords in a message whose words have been looked up: phrases first, then single words no phrase has taken."""

from __future__ import annotations

from collections.abc import Iterable

from bot.model import How
from bot.routing.pattern import GAP
from bot.routing.reading import Finding, Reading
from bot.routing.terms import NEEDS_CONTEXT, Entry, Phrase, Term


def find_keywords(reading: Reading) -> None:
    """Find phrases, then single words where no phrase has taken them."""
    taken: set[int] = set()
    banned: set[tuple[str, int]] = set()
    for finding in sorted(_phrases(reading), key=_most_telling_first):
        kind = finding.entry.kind
        if kind == "cue":
            reading.mark(finding.places[0], finding.entry.owner, finding.entry.weight)
        elif kind in ("field", "not", "place"):
            if taken.issuperset(finding.places):
                continue
            taken.update(finding.places)
        _keep(finding, reading, banned)
    for place, record in enumerate(reading.records):
        for role, weight in record.roles.items():
            reading.mark(place, role, weight)
        for entry, how in record.singles:
            if place not in taken or entry.kind in ("cue", "audience", "urgent"):
                _keep(Finding(entry, how, (place,)), reading, banned)
    if banned:
        reading.findings = [
            found
            for found in reading.findings
            if found.entry.kind != "field" or not any((found.entry.owner, place) in banned for place in found.places)
        ]


def _keep(finding: Finding, reading: Reading, banned: set[tuple[str, int]]) -> None:
    """Enter a finding; a keyword with a direction is a cue besides."""
    entry = finding.entry
    if entry.direction is not None:
        reading.mark(finding.places[-1], entry.direction, entry.weight)
    if entry.kind == "not":
        banned.update((entry.owner, place) for place in finding.places)
    elif entry.kind != "place" or entry.weight > NEEDS_CONTEXT or _follows_a_cue(finding.places[0], reading):
        reading.findings.append(finding)


def _follows_a_cue(place: int, reading: Reading) -> bool:
    return place > 0 and "place" in reading.records[place - 1].roles


def _most_telling_first(finding: Finding) -> tuple[float, int, tuple[int, ...]]:
    return -finding.entry.weight, -len(finding.places), finding.places


def _phrases(reading: Reading) -> Iterable[Finding]:
    """Yield every phrase whose words stand together as it wants them."""
    records = reading.records
    present = frozenset[Term]().union(*(record.terms for record in records if record.terms))
    seen: set[tuple[Entry, tuple[int, ...]]] = set()  # a word may satisfy two terms of one phrase
    for anchor, record in enumerate(records):
        for partner, phrases in record.rows:
            if not partner.isdisjoint(present):
                for phrase in phrases:
                    if (places := _fit(phrase, anchor, reading)) and (phrase.entry, places) not in seen:
                        seen.add((phrase.entry, places))
                        yield Finding(phrase.entry, How.PHRASE, places)


def _fit(phrase: Phrase, anchor: int, reading: Reading) -> tuple[int, ...] | None:
    """Return where a phrase's words stand around its rarest one, each the nearest that will do."""
    places = [anchor]
    for number in range(phrase.anchor + 1, len(phrase.places)):
        gap = phrase.gaps[number - 1] + 1
        reach = range(places[-1] + 1, places[-1] + gap + 1) if phrase.ordered else _around(anchor)
        if (place := _first(phrase.places[number], reach, places, reading)) is None:
            return None
        places.append(place)
    for number in range(phrase.anchor - 1, -1, -1):
        gap = phrase.gaps[number] + 1
        reach = range(places[0] - 1, places[0] - gap - 1, -1) if phrase.ordered else _around(anchor)
        if (place := _first(phrase.places[number], reach, places, reading)) is None:
            return None
        places.insert(0, place)
    return tuple(places if phrase.ordered else sorted(places))


def _around(anchor: int) -> list[int]:
    return [place for distance in range(1, GAP + 2) for place in (anchor - distance, anchor + distance)]


def _first(terms: frozenset[Term], reach: Iterable[int], used: list[int], reading: Reading) -> int | None:
    """Return the first place within reach, in the same sentence, where one of the terms stands."""
    records, part_of, parts = reading.records, reading.part_of, reading.parts
    sentence = parts[part_of[used[0]]].sentence
    for place in reach:
        if (
            0 <= place < len(records)
            and not terms.isdisjoint(records[place].terms)
            and place not in used
            and parts[part_of[place]].sentence == sentence
        ):
            return place
    return None
