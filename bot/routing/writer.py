"""What was found → who seems to write, what they want and where. Never decides about a field."""

from __future__ import annotations

from typing import cast

from bot.model import Audience, Direction
from bot.routing.reading import Reading

# An offer often ends in a question ("Where can I bring it?"), a request nearly always does; so each outweighs the next.
SAYS = {"offer": 2.5, "request": 2.0, "question": 1.4}
KEYWORD = 2.0  # a keyword that says what is wanted knows better than a cue
GIVERS = frozenset({"volunteer", "business", "organisation"})
USUAL = 1.5  # who usually writes so outweighs a word that merely hints (1), not one that says it (2)


def direction_of(reading: Reading, *, in_field: bool = False) -> Direction:
    """Return what is wanted, by the strongest sign: a keyword's own direction, then what the parts do.

    Without any sign, who writes about a field describes a need ("The heating is cold"), but who speaks for a business,
    a club or as a volunteer describes what they have to give; all else is `other`, and so is advertising.
    """
    most = (0.0, "")
    for part in reading.parts:
        for does, weight in part.does.items():
            if does in SAYS:
                most = max(most, (SAYS[does] * weight * part.factor, does))
            elif does == "advert":
                return "other"
    for finding in reading.findings():
        entry = finding[0]
        if entry.direction is not None:
            strength = SAYS[entry.direction] * KEYWORD * entry.weight * reading.factor(finding)
            most = max(most, (strength, entry.direction))
    if most[0] or not in_field:
        return cast(Direction, most[1] or "other")
    return "offer" if audience_of(reading, None) in GIVERS else "request"


def audience_of(reading: Reading, usual: Audience | None) -> Audience:
    """Return who seems to write: what the keywords found and custom say most, else `unknown`."""
    points: dict[str, float] = {} if usual is None else {usual: USUAL}
    for entry, _, _, _ in reading.findings():
        if entry.kind == "audience":
            points[entry.owner] = points.get(entry.owner, 0) + entry.weight
        if entry.audience is not None:
            points[entry.audience] = points.get(entry.audience, 0) + entry.weight
    if len(points) < 2:
        return cast(Audience, next(iter(points), "unknown"))
    return cast(Audience, max(points, key=lambda name: (points[name], name)))


def place_of(reading: Reading) -> str | None:
    """Return the municipality named first, rather by a name of several words than by one."""
    places = [(-len(places), places, entry.owner) for entry, _, places, _ in reading.others if entry.kind == "place"]
    return min(places)[2] if places else None
