"""What was found → who seems to write, what they want and where. Never decides about a field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from bot.model import Audience, Direction
from bot.routing.reading import Reading


@dataclass(frozen=True, slots=True)
class Lean:
    """What speaks for a direction, in points.

    Attributes:
        begins: what it has without any sign.
        sign: for each point of its strongest sign; for `other`, of the strongest of all.
        asked: there is a question mark.
        giver: a business, a club or a volunteer writes.
        elsewhere: the message belongs to no field.
    """

    begins: float = 0
    sign: float = 0
    asked: float = 0
    giver: float = 0
    elsewhere: float = 0


# Without any sign, who writes about a field describes a need ("The heating is cold"), but who speaks for a business or
# a club, or as a volunteer, describes what they have to give. Taken from 3,500 labelled messages, plain ones twice, by
# a softmax over these signs (2026-11-28). Before, the strongest single sign told: of five authors' messages, each
# author left out in turn, .62 rightly, now .65; of 200 by a sixth .62, now .66; of 443 plain ones .81, now .85.
LEANS = {
    "offer": Lean(begins=-0.25, sign=1.0, asked=-0.6, giver=0.95, elsewhere=-1.8),
    "request": Lean(sign=0.7, elsewhere=-0.8),
    "question": Lean(begins=-2.85, sign=1.05, asked=1.45, giver=-0.7),
    "other": Lean(begins=-1.75, sign=-0.5, elsewhere=3.0),
}
KEYWORD = 2.0  # a keyword that says what is wanted knows better than a cue
STRONGEST = 4.5  # points of a sign; more of them say no more
GIVERS = frozenset({"volunteer", "business", "organisation"})
USUAL = 1.5  # who usually writes so outweighs a word that merely hints (1), not one that says it (2)


def direction_of(reading: Reading, *, in_field: bool = False) -> Direction:
    """Return what is wanted: what the parts do and the keywords say, who writes, whether anything is asked.

    Advertising is always `other`.
    """
    if reading.does("advert"):
        return "other"
    signs = _signs(reading)
    asked, giver = bool(reading.asked), audience_of(reading, None) in GIVERS
    strongest = max(signs.values(), default=0.0)
    points = {
        direction: lean.begins
        + lean.sign * (strongest if direction == "other" else signs.get(direction, 0))
        + lean.asked * asked
        + lean.giver * giver
        + lean.elsewhere * (not in_field)
        for direction, lean in LEANS.items()
    }
    return cast(Direction, max(points, key=points.__getitem__))


def _signs(reading: Reading) -> dict[str, float]:
    """Return the strongest sign of each direction that shows any."""
    shown = [(does, weight * part.factor) for part in reading.parts for does, weight in part.does.items()]
    for finding in reading.findings():
        entry = finding[0]
        if entry.direction is not None:
            shown.append((entry.direction, KEYWORD * entry.weight * reading.factor(finding)))
    signs: dict[str, float] = {}
    for direction, strength in shown:
        if direction in LEANS and strength > signs.get(direction, 0):
            signs[direction] = min(strength, STRONGEST)
    return signs


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
