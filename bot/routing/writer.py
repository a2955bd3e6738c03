"""What was found → who seems to write, what they want and where. Never decides about a field."""

from __future__ import annotations

from typing import cast

from bot.model import Audience, Direction
from bot.routing.reading import CONCERN, Reading

# An offer often ends in a question ("Where can I bring it?"), a request nearly always does; so each outweighs the next.
SAYS = {"offer": 2.5, "request": 2.0, "question": 1.4}
KEYWORD = 2.0  # a keyword that says what is wanted knows better than a cue
USUAL = 1.5  # who usually writes so outweighs a word that merely hints (1), not one that says it (2)


def direction_of(reading: Reading, *, in_field: bool = False) -> Direction:
    """Return what is wanted, by the strongest sign: a keyword's own direction, then what the parts do.

    Without any sign, who writes about a field describes a need ("The heating is cold"), and all else is `other`; so is
    advertising.
    """
    if any("advert" in part.does for part in reading.parts):
        return "other"
    points: dict[str, float] = {}
    for finding in reading.findings:
        if finding.entry.direction is not None:
            _raise(points, finding.entry.direction, KEYWORD * finding.entry.weight * reading.factor(finding))
    for part in reading.parts:
        for does in CONCERN.intersection(part.does):
            _raise(points, does, part.does[does] * part.factor)
    most = _most({name: best * SAYS[name] for name, best in points.items()})
    return cast(Direction, most) if most is not None else "request" if in_field else "other"


def audience_of(reading: Reading, usual: Audience | None) -> Audience:
    """Return who seems to write: what the keywords found and custom say most, else `unknown`."""
    points: dict[str, float] = {} if usual is None else {usual: USUAL}
    for finding in reading.findings:
        entry = finding.entry
        if entry.kind == "audience":
            _add(points, entry.owner, entry.weight)
        if entry.audience is not None:
            _add(points, entry.audience, entry.weight)
    return cast(Audience, _most(points) or "unknown")


def place_of(reading: Reading) -> str | None:
    """Return the municipality named first, rather by a name of several words than by one."""
    places = [finding for finding in reading.findings if finding.entry.kind == "place"]
    if not places:
        return None
    return min(places, key=lambda finding: (-len(finding.places), finding.places)).entry.owner


def _raise(points: dict[str, float], name: str, to: float) -> None:
    points[name] = max(points.get(name, 0), to)


def _add(points: dict[str, float], name: str, more: float) -> None:
    points[name] = points.get(name, 0) + more


def _most(points: dict[str, float]) -> str | None:
    best = max(points, key=lambda name: (points[name], name), default=None)
    return best if best is not None and points[best] > 0 else None
