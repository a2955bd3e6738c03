"""The decision about one text: route it, ask which field is meant, or know none.

Each keyword found brings its weight in points, lessened or raised by what its part of the sentence does; a keyword
counts once, where it counts most. A field's points become a score; the lead is clear when its score and its distance to
the next field or competing topic reach the rules' thresholds.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from bot.model import Audience, Direction, Hit, How, Outcome, RoutingDecision
from bot.routing.building import build_index
from bot.routing.match import Lexicon
from bot.routing.reader import Reader
from bot.routing.reading import Finding, Reading
from bot.routing.rules import Rules
from bot.routing.words import script
from bot.routing.writer import audience_of, direction_of, place_of

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
        self._factors = {How.COMPOUND: rules.weighing.compound, How.FUZZY: rules.weighing.typo}

    def decide(self, text: str) -> RoutingDecision:
        """Return the decision about a text; any text will do, and the time it takes grows with its length only."""
        reading = self._reader.read(text)
        counted = self._count(reading)
        points = _sum(counted)
        fields = _ranked(points, self.rules.fields)
        thresholds, own = self.rules.thresholds, _own(reading, counted)
        apart = _seconds(fields, own, thresholds.both_score) or self._named(fields, points, reading)
        seconds = apart or _seconds(fields, own, thresholds.second_score)
        urgent = any(finding.entry.kind == "urgent" for finding in reading.findings)
        outcome, runner_up, margin = self._outcome(points, fields, apart)
        if urgent:
            outcome = Outcome.NONE
        direction = direction_of(reading, in_field=bool(fields) and outcome is not Outcome.NONE)
        return RoutingDecision(
            outcome=outcome,
            fields=(fields[0], *seconds) if outcome is Outcome.ROUTE else (),
            choices=tuple(fields[:MOST_CHOICES]),
            scores={name: score(points.get(name, 0)) for name in self.rules.fields},
            hits=_hits(reading, counted),
            runner_up=runner_up,
            margin=margin,
            audience=audience_of(reading, None if urgent else self._usual(points, direction, reading.language)),
            direction=direction,
            place=place_of(reading),
            language=reading.language,
            urgent=urgent,
            rules_version=self.rules.rules_version,
        )

    def _usual(self, points: dict[str, float], direction: Direction, language: str | None) -> Audience | None:
        """Return who usually writes so about what the message is most about; who asks in another language is new."""
        if points and direction in ("request", "question") and language not in (None, self.rules.office.languages[0]):
            return "newcomer"
        best = max(points, key=lambda name: points[name], default="")
        rule = self.rules.fields.get(best) or self.rules.topics.get(best)
        return rule.usually.get(direction) if rule is not None and direction != "other" else None

    def _named(self, fields: list[str], points: dict[str, float], reading: Reading) -> tuple[str, ...]:
        """Return the second field of a message that says it has two concerns."""
        if not any("two" in part.does for part in reading.parts):
            return ()
        return _seconds(fields, points, self.rules.thresholds.route_score)

    def _count(self, reading: Reading) -> list[_Counted]:
        """Return what counts, most telling first: of each field a word of the message once, wherever it is repeated."""
        found = [finding for finding in reading.findings if finding.entry.kind == "field"]
        raised = self._raised(found, reading)
        weighed = [_Counted(finding, self._points(finding, reading) * raised) for finding in found]
        weighed.sort(key=lambda counted: (-counted.points, counted.finding.places))
        seen: set[tuple[str, int | str]] = set()
        counts = []
        for counted in weighed:
            owner, places = counted.finding.entry.owner, counted.finding.places
            marks = {(owner, place) for place in places} | {(owner, reading.found(counted.finding).casefold())}
            if counted.points > 0 and seen.isdisjoint(marks):
                counts.append(counted)
            seen |= marks
        return counts

    def _raised(self, found: list[Finding], reading: Reading) -> float:
        """Return by how much to raise everything where only what is set back names something: then that is meant."""
        weighing = self.rules.weighing
        most = max((reading.factor(finding) for finding in found), default=0)
        least = weighing.background * weighing.turned  # below, it is what the writer does not want, or a signature
        return weighing.alone / most if least <= most < weighing.alone else 1

    def _points(self, finding: Finding, reading: Reading) -> float:
        points = finding.entry.weight * self._factors.get(finding.how, 1) * reading.factor(finding)
        if finding.how not in (How.EXACT, How.PHRASE) and _is_foreign(finding, reading):
            points *= self.rules.weighing.foreign
        return points

    def _outcome(
        self, points: dict[str, float], fields: list[str], apart: tuple[str, ...]
    ) -> tuple[Outcome, str | None, int]:
        """Return the outcome, the best that was not chosen, and the lead's distance to it; `apart` are no rivals."""
        thresholds = self.rules.thresholds
        topics = _ranked(points, self.rules.topics)
        lead = score(points[fields[0]]) if fields else 0
        topic = score(points[topics[0]]) if topics else 0
        if not fields or topic >= lead + thresholds.topic_margin:
            return Outcome.NONE, fields[0] if fields else None, topic - lead
        rivals = {name: score(points[name]) for name in (*fields[1:], *topics[:1]) if name not in apart}
        runner_up = max(rivals, key=lambda name: rivals[name], default=None)
        margin = lead - rivals[runner_up] if runner_up is not None else lead
        clear = lead >= thresholds.route_score and margin >= thresholds.route_margin
        return Outcome.ROUTE if clear else Outcome.ASK, runner_up, margin


def _ranked(points: dict[str, float], owners: Container[str]) -> list[str]:
    """Return the owners that have points, best first."""
    return sorted((name for name in points if name in owners), key=lambda name: (-points[name], name))


def _seconds(fields: list[str], own: dict[str, float], enough: int) -> tuple[str, ...]:
    """Return the field besides the lead that is asked about by itself, not merely mentioned; of several, none."""
    seconds = tuple(name for name in fields[1:] if score(own.get(name, 0)) >= enough)
    return seconds if len(seconds) == 1 else ()


def _own(reading: Reading, counted: list[_Counted]) -> dict[str, float]:
    """Return the points each field or topic has in the parts that want something, of those sentences it leads."""
    by_sentence: dict[int, dict[str, float]] = {}
    for found in counted:
        part = reading.parts[reading.part_of[found.finding.places[-1]]]
        if part.role == "concern":
            share, owner = by_sentence.setdefault(part.sentence, {}), found.finding.entry.owner
            share[owner] = share.get(owner, 0) + found.points
    own: dict[str, float] = {}
    for share in by_sentence.values():
        leader = max(share, key=lambda name: share[name])
        own[leader] = own.get(leader, 0) + share[leader]
    return own


def _is_foreign(finding: Finding, reading: Reading) -> bool:
    """Whether a keyword is of another language than the message; Cyrillic and Arabic ones are too close to tell."""
    language, word = reading.language, reading.words[finding.places[0]]
    return language is not None and finding.entry.language != language and script(word) == "latin"


def _sum(counted: list[_Counted]) -> dict[str, float]:
    points: dict[str, float] = {}
    for found in counted:
        owner = found.finding.entry.owner
        points[owner] = points.get(owner, 0) + found.points
    return points


def _hits(reading: Reading, counted: list[_Counted]) -> tuple[Hit, ...]:
    """Return words of danger, then what was counted, strongest first; a hit's score is what its field has by it alone.

    The words of danger stand under `emergency`, which is no field and has no score.
    """
    danger = [
        Hit(finding.entry.owner, finding.entry.keyword, reading.found(finding), 100, finding.how)
        for finding in reading.findings
        if finding.entry.kind == "urgent"
    ]
    return (*danger, *_counted_hits(reading, counted))


def _counted_hits(reading: Reading, counted: list[_Counted]) -> Iterator[Hit]:
    yield from (
        Hit(entry.owner, entry.keyword, reading.found(found.finding), score(found.points), found.finding.how)
        for found in counted
        for entry in (found.finding.entry,)
    )
