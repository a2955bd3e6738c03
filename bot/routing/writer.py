"""What was found → who seems to write, what they want and where. Never decides about a field."""

from __future__ import annotations

from typing import cast

from bot.model import Audience, Direction
from bot.routing.reading import Reading

DIRECTIONS = ("offer", "request", "question")


def audience_of(reading: Reading) -> Audience:
    """Return who seems to write: what the keywords found say most, `unknown` where they say nothing."""
    points: dict[str, float] = {}
    for finding in reading.findings:
        entry = finding.entry
        if entry.kind == "audience":
            _add(points, entry.owner, entry.weight)
        if entry.audience is not None:
            _add(points, entry.audience, entry.weight)
    return cast(Audience, _most(points) or "unknown")


def direction_of(reading: Reading) -> Direction:
    """Return what is wanted: what most parts do, `other` where none does anything."""
    points: dict[str, float] = {}
    for part in reading.parts:
        for does in part.does:
            if does in DIRECTIONS:
                _add(points, does, part.factor)
    for finding in reading.findings:
        if finding.entry.direction is not None:
            _add(points, finding.entry.direction, finding.entry.weight * reading.factor(finding))
    return cast(Direction, _most(points) or "other")


def place_of(reading: Reading) -> str | None:
    """Return the municipality named first, rather by a name of several words than by one."""
    places = [finding for finding in reading.findings if finding.entry.kind == "place"]
    if not places:
        return None
    return min(places, key=lambda finding: (-len(finding.places), finding.places)).entry.owner


def _add(points: dict[str, float], name: str, more: float) -> None:
    points[name] = points.get(name, 0) + more


def _most(points: dict[str, float]) -> str | None:
    best = max(points, key=lambda name: points[name], default=None)
    return best if best is not None and points[best] > 0 else None
