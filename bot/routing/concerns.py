"""Whether a message has a second concern, and which field that is of."""

from __future__ import annotations

from itertools import pairwise

from bot.routing.reading import Finding, Reading

Counted = tuple[float, Finding, str]  # a keyword where it counts most: its points, itself, the person's own words


def sum_points(counted: list[Counted]) -> dict[str, float]:
    """Return the points of each field and topic."""
    points: dict[str, float] = {}
    for more, finding, _ in counted:
        owner = finding[0].owner
        points[owner] = points.get(owner, 0) + more
    return _even(points)


def own_points(reading: Reading, counted: list[Counted]) -> dict[str, float]:
    """Return the points each field or topic has in the parts that want something, of those clauses it leads."""
    by_clause: dict[int, dict[str, float]] = {}
    for points, finding, _ in counted:
        part = finding[3]
        if part.role == "concern":
            share, owner = by_clause.setdefault(part.clause, {}), finding[0].owner
            share[owner] = share.get(owner, 0) + points
    own: dict[str, float] = {}
    for share in by_clause.values():
        leader = max(share, key=share.__getitem__)
        own[leader] = own.get(leader, 0) + share[leader]
    return _even(own)


def seconds_along(fields: list[str], points: dict[str, float], enough: float) -> tuple[str, ...]:
    """Return the field besides the lead that has enough points; of several, none."""
    seconds = tuple([name for name in fields[1:] if name in points and points[name] >= enough])
    return seconds if len(seconds) == 1 else ()


def further(reading: Reading, counted: list[Counted], fields: list[str], enough: float) -> tuple[str, ...]:
    """Return the second field of a message that turns to a further matter: "Und wer hilft bei den Hausaufgaben?"."""
    turn = next(
        (
            part.sentence
            for before, part in pairwise(reading.parts)
            if part.sentence != before.sentence and "further" in part.does
        ),
        None,
    )
    if turn is None:
        return ()
    earlier: dict[str, float] = {}
    later: dict[str, float] = {}
    for points, finding, _ in counted:
        owner, part = finding[0].owner, finding[3]
        if part.role != "background" and owner in fields:
            share = later if part.sentence >= turn else earlier
            share[owner] = share.get(owner, 0) + points
    first, second = _leader(_even(earlier), enough), _leader(_even(later), enough)
    if first is None or second is None or first == second or fields[0] not in (first, second):
        return ()
    return (second if fields[0] == first else first,)


def _leader(points: dict[str, float], enough: float) -> str | None:
    """Return who has most, if that is enough and nobody else has as much."""
    best, *others = sorted(points.values(), reverse=True) or [0.0]
    if best < enough or best in others:
        return None
    return max(points, key=points.__getitem__)


def _even(points: dict[str, float]) -> dict[str, float]:
    """Return sums without the noise of floats: 2 x 1.5 x 0.7 are 2.1 points, and two points ahead are two."""
    return {owner: round(sum_, 6) for owner, sum_ in points.items()}
