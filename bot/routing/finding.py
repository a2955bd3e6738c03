"""The keywords in a message whose words have been looked up: phrases first, then single words no phrase has taken."""

from __future__ import annotations

from operator import sub

from bot.model import EMERGENCY, How
from bot.routing.match import Record
from bot.routing.probes import Probe, Rank, Step
from bot.routing.reading import WALL, Finding, Reading
from bot.routing.terms import DANGER, NEEDS_CONTEXT, Entry

_ALWAYS = frozenset({"cue", "audience", *DANGER})  # count even where a phrase has taken the word

# From word to word of what only sounds like danger: over more than two others it may reach into another matter.
NEAR = 3

_PHRASE = How.PHRASE

_Fit = tuple[Rank, tuple[int, ...], int, int, Entry]  # its rank, its places, its anchor's place, its number


def find_keywords(reading: Reading) -> None:
    """Find phrases, then single words where no phrase has taken them."""
    banned: set[tuple[str, int]] = set()
    taken = _keep_phrases(reading, banned)
    capitals: bool | None = None
    for place, part, record in reading.said:
        free = place not in taken
        singles = record.singles
        if record.small is not None:
            capitals = reading.has_capitals() if capitals is None else capitals
            singles = record.small if capitals else singles
        for entry, how in singles:
            if free or entry.kind in _ALWAYS:
                _keep(reading, (entry, how, (place,), part), banned)
    if banned:
        reading.fields = [found for found in reading.fields if not _covered(found, banned)]
        # What only sounds like danger has to cover half of what is called danger: more than a word by chance.
        reading.others = [
            found
            for found in reading.others
            if found[0].kind not in DANGER or 2 * _covered(found, banned) < len(found[2])
        ]


def _covered(finding: Finding, banned: set[tuple[str, int]]) -> int:
    """Return how many of its words are banned for its owner."""
    owner = finding[0].owner
    return sum([(owner, place) in banned for place in finding[2]])


def _keep_phrases(reading: Reading, banned: set[tuple[str, int]]) -> set[int]:
    """Enter the phrases, the most telling first; return the places they take from single words and other phrases."""
    taken: set[int] = set()
    seen: set[tuple[Entry, tuple[int, ...]]] = set()  # a word may satisfy two terms of one phrase
    for _, places, _, _, entry in sorted(_phrases(reading)):
        if entry.kind == "not":  # it silences its own field only; for the others its words mean what they mean
            pass
        elif entry.kind not in _ALWAYS:
            if taken.issuperset(places):
                continue
            taken.update(places)
        elif entry.kind == "cue":
            reading.part_at(places[0]).mark(entry.owner, entry.weight)
            if entry.direction is None:
                continue
        elif (entry, places) in seen:
            continue
        else:
            seen.add((entry, places))
        _keep(reading, (entry, _PHRASE, places, reading.part_at(places[-1])), banned)
    return taken


def _keep(reading: Reading, finding: Finding, banned: set[tuple[str, int]]) -> None:
    """Enter a finding; a keyword with a direction is a cue besides."""
    entry, _, places, part = finding
    if entry.direction is not None:
        part.mark(entry.direction, entry.weight)
    if entry.kind == "field":
        reading.fields.append(finding)
    elif entry.kind == "not":
        if entry.owner == EMERGENCY and max(map(sub, places[1:], places), default=0) > NEAR:
            return
        banned.update((entry.owner, place) for place in places)
    elif entry.kind != "place" or entry.weight > NEEDS_CONTEXT or _follows_a_cue(places[0], reading):
        reading.others.append(finding)


def _follows_a_cue(place: int, reading: Reading) -> bool:
    before = place - 1
    if place and reading.records[before] is WALL[0]:
        before -= len(WALL)
    return before >= 0 and any(role == "place" for role, _ in reading.records[before].roles)


def _phrases(reading: Reading) -> list[_Fit]:
    """Return every phrase whose words stand together as it wants them; some may come twice."""
    found: list[_Fit] = []
    records = reading.records
    for start, end in reading.sentences:
        sentence = records[start:end]
        present = 0
        for record in sentence:
            present |= record.bits
        for anchor, record in enumerate(sentence, start):
            if record.wants & present and record.probes is not None:
                found += [
                    (probe.rank, places, anchor, probe.number, probe.entry)
                    for probe in record.probes.beside(present)
                    if (places := _fit(probe, anchor, records))
                ]
    return found


def _fit(probe: Probe, anchor: int, records: list[Record]) -> tuple[int, ...] | None:
    """Return where a phrase's words stand around its rarest one, each the nearest that will do."""
    if probe.step is not None:
        step = probe.step
        bits = step.bits
        for offset in step.reach:
            record = records[anchor + offset]
            if record.bits & bits and not step.terms.isdisjoint(record.terms):
                return (anchor, anchor + offset) if offset > 0 else (anchor + offset, anchor)
        return None
    places: tuple[int, ...] = (anchor,)
    for step in probe.after:
        if not (at := _next(step, places[-1], places, records)):
            return None
        places = (*places, places[-1] + at)
    for step in probe.before:
        if not (at := _next(step, places[0], places, records)):
            return None
        places = (places[0] + at, *places)
    for step in probe.around:
        if not (at := _next(step, anchor, places, records)):
            return None
        places = tuple(sorted((*places, anchor + at)))
    return places


def _next(step: Step, at: int, used: tuple[int, ...], records: list[Record]) -> int:
    """Return how far from here the nearest word is that will do, 0 if there is none."""
    bits = step.bits
    for offset in step.reach:
        record = records[at + offset]
        if record.bits & bits and not step.terms.isdisjoint(record.terms) and at + offset not in used:
            return offset
    return 0
