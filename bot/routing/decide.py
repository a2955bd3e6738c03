"""The decision about one text: route it, ask which field is meant, or know none.

Each keyword found brings its weight in points, lessened or raised by what its part of the sentence does; a keyword
counts once, where it counts most. A field's points become a score; the lead is clear when its score and its distance to
the next field or competing topic reach the rules' thresholds.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.model import Hit, How, Outcome, RoutingDecision
from bot.routing.index import Entry, build_index
from bot.routing.match import Lexicon
from bot.routing.reading import Finding, Reader, Reading
from bot.routing.rules import Rules
from bot.routing.writer import audience_of, direction_of, language_of, place_of

HALF = 3  # the points that make a score of 50: one keyword that decides
MOST_CHOICES = 3


def score(points: float) -> int:
    """Return points as a score, 0–100: 1 point is 25, 2 are 40, 3 are 50, 6 are 67, 12 are 80."""
    return round(100 * points / (points + HALF))


@dataclass(frozen=True, slots=True)
class _Counted:
    """A keyword at the place where it counts most."""

    finding: Finding
    points: float


class Router:
    """Decides by one set of rules; compiles them once, then keeps what it learnt of every word."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._reader = Reader(Lexicon(build_index(rules)), rules.weighing)

    def decide(self, text: str) -> RoutingDecision:
        """Return the decision about a text; any text will do, and the time it takes grows with its length only."""
        reading = self._reader.read(text)
        counted = self._count(reading)
        points = _sum(counted)
        fields = sorted((name for name in points if name in self.rules.fields), key=lambda name: -points[name])
        topics = sorted((name for name in points if name in self.rules.topics), key=lambda name: -points[name])
        urgent = any(finding.entry.kind == "urgent" for finding in reading.findings)
        outcome, runner_up, margin = self._outcome(points, fields, topics, urgent=urgent)
        return RoutingDecision(
            outcome=outcome,
            fields=(fields[0], *self._seconds(fields, reading, counted)) if outcome is Outcome.ROUTE else (),
            choices=tuple(fields[:MOST_CHOICES]),
            scores={name: score(points.get(name, 0)) for name in self.rules.fields},
            hits=_hits(reading, counted),
            runner_up=runner_up,
            margin=margin,
            audience=audience_of(reading),
            direction=direction_of(reading),
            place=place_of(reading),
            language=language_of(reading),
            urgent=urgent,
            rules_version=self.rules.rules_version,
        )

    def _count(self, reading: Reading) -> dict[Entry, _Counted]:
        weighing = self.rules.weighing
        factors = {How.COMPOUND: weighing.compound, How.FUZZY: weighing.typo}
        counted: dict[Entry, _Counted] = {}
        for finding in reading.findings:
            entry = finding.entry
            if entry.kind != "field":
                continue
            points = entry.weight * factors.get(finding.how, 1) * reading.factor(finding)
            if points > 0 and (entry not in counted or points > counted[entry].points):
                counted[entry] = _Counted(finding, points)
        return counted

    def _outcome(
        self, points: dict[str, float], fields: list[str], topics: list[str], *, urgent: bool
    ) -> tuple[Outcome, str | None, int]:
        """Return the outcome, the best that was not chosen, and the lead's distance to it."""
        thresholds = self.rules.thresholds
        best = score(points[fields[0]]) if fields else 0
        topic = score(points[topics[0]]) if topics else 0
        next_field = score(points[fields[1]]) if len(fields) > 1 else 0
        if urgent or not fields or topic >= best + thresholds.topic_margin:
            return Outcome.NONE, fields[0] if fields else None, topic - best if topics else 0
        runner_up, rival = (
            (topics[0], topic) if topic > next_field else (fields[1] if len(fields) > 1 else None, next_field)
        )
        clear = best >= thresholds.route_score and best - rival >= thresholds.route_margin
        return Outcome.ROUTE if clear else Outcome.ASK, runner_up, best - rival

    def _seconds(self, fields: list[str], reading: Reading, counted: dict[Entry, _Counted]) -> tuple[str, ...]:
        """Return fields besides the lead that lead a part of the message which wants something."""
        by_part: dict[int, dict[str, float]] = {}
        for entry, found in counted.items():
            part = reading.part_of[found.finding.places[-1]]
            if reading.parts[part].role == "concern":
                share = by_part.setdefault(part, {})
                share[entry.owner] = share.get(entry.owner, 0) + found.points
        own: dict[str, float] = {}
        for share in by_part.values():
            leader = max(share, key=lambda name: share[name])
            own[leader] = own.get(leader, 0) + share[leader]
        enough = self.rules.thresholds.second_score
        return tuple(name for name in fields[1:MOST_CHOICES] if score(own.get(name, 0)) >= enough)


def _sum(counted: dict[Entry, _Counted]) -> dict[str, float]:
    points: dict[str, float] = {}
    for entry, found in counted.items():
        points[entry.owner] = points.get(entry.owner, 0) + found.points
    return points


def _hits(reading: Reading, counted: dict[Entry, _Counted]) -> tuple[Hit, ...]:
    """Return what was counted, strongest first; a hit's score is what its field would have by it alone."""
    strongest = sorted(counted.items(), key=lambda item: (-item[1].points, item[1].finding.places))
    return tuple(
        Hit(entry.owner, entry.keyword, reading.found(found.finding), score(found.points), found.finding.how)
        for entry, found in strongest
    )
