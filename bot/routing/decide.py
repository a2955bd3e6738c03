"""The decision about one text: route it, ask which field is meant, or know none.

Each keyword found brings its weight in points, lessened or raised by what its part of the sentence does; a keyword
counts once, where it counts most. The lead is clear when its points, and by how many it is ahead of the next field or
competing topic, reach the rules' thresholds. Distances are taken between points, not between scores: twelve points for
one field and eight for another are clearer than two and one.
"""

from __future__ import annotations

from collections.abc import Container
from operator import itemgetter

from bot.model import Direction, Hit, How, Outcome, RoutingDecision
from bot.routing.building import build_index
from bot.routing.concerns import Counted, further, own_points, seconds_along, sum_points
from bot.routing.index import Index
from bot.routing.language import language_of
from bot.routing.match import Lexicon
from bot.routing.reader import Reader
from bot.routing.reading import Finding, Reading
from bot.routing.rules import Rules
from bot.routing.terms import DANGER, Entry
from bot.routing.words import script
from bot.routing.writer import Writer, named_most, place_of

HALF = 3  # the points that make a score of 50: one keyword that decides
MOST_CHOICES = 3

_BY_POINTS = itemgetter(0, 1)
_EXACT, _PHRASE, _COMPOUND, _FUZZY = How.EXACT, How.PHRASE, How.COMPOUND, How.FUZZY


def score(points: float) -> int:
    """Return points as a score, 0–100: 1 point is 25, 2 are 40, 3 are 50, 6 are 67, 12 are 80."""
    return round(100 * points / (points + HALF))


class Router:
    """Decides by one set of rules; compiles them once, then keeps what it learnt of every word.

    Args of the constructor:
        index: what the rules were compiled into before (`bot.services.rules.kept_rules`).
    """

    def __init__(self, rules: Rules, index: Index | None = None) -> None:
        self.rules = rules
        index = build_index(rules) if index is None else index
        self._reader = Reader(Lexicon(index), rules.weighing)
        self._languages = index.languages
        self._writer = Writer(rules)
        self._no_scores = dict.fromkeys(rules.fields, 0)

    def decide(self, text: str) -> RoutingDecision:
        """Return the decision about a text; any text will do, and the time it takes grows with its length only."""
        rules, reading = self.rules, self._reader.read(text)
        thresholds = rules.thresholds
        counted = self._count(reading)
        points = sum_points(counted)
        fields = _ranked(points, rules.fields)
        apart: tuple[str, ...] = ()
        seconds: tuple[str, ...] = ()
        own: dict[str, float] = {}
        if len(fields) > 1:
            own = own_points(reading, counted)
            apart = (
                seconds_along(fields, own, thresholds.both_points)
                or (seconds_along(fields, points, thresholds.route_points) if reading.does("two") else ())
                or further(reading, counted, fields, thresholds.further_points)
            )
            seconds = apart or seconds_along(fields, own, thresholds.second_points)
        outcome, runner_up, margin = self._outcome(points, fields, _ranked(points, rules.topics), apart)
        danger = self._danger(reading)
        if danger or reading.does("advert"):
            outcome = Outcome.NONE
        language = language_of(reading, self._languages)
        direction: Direction = "request"  # whoever writes of danger wants help, however they put it
        if danger:
            audience = named_most(reading)
        else:
            about = max(points, key=points.__getitem__, default=None)
            in_field = bool(fields) and outcome is not Outcome.NONE
            direction, audience = self._writer.tell(reading, language, about, in_field=in_field)
        return RoutingDecision(
            outcome,
            (fields[0], *seconds) if outcome is Outcome.ROUTE else (),
            _choices(fields, own),
            self._no_scores | {name: score(points[name]) for name in fields},
            _hits(reading, counted, danger),
            runner_up,
            margin,
            audience,
            direction,
            place_of(reading),
            language,
            bool(danger),
            rules.rules_version,
        )

    def weigh(self, text: str) -> list[tuple[Entry, float]]:
        """Return the keywords that count in a text, each with the points it brings its field or topic."""
        return [(finding[0], points) for points, finding, _ in self._count(self._reader.read(text))]

    def _danger(self, reading: Reading) -> list[Finding]:
        """Return the words of danger; a cry is one only where hardly more is said, and nobody cries by asking."""
        found = [finding for finding in reading.others if finding[0].kind in DANGER]
        if not found:
            return found
        is_short = reading.words() <= self.rules.thresholds.cry_words
        return [
            finding
            for finding in found
            if finding[0].kind == "urgent" or (is_short and finding[3].sentence not in reading.asked)
        ]

    def _count(self, reading: Reading) -> list[Counted]:
        """Return what counts, most telling first: of each field a word of the message once, wherever it is repeated."""
        fields = reading.fields
        if not fields:
            return []
        factors = [reading.factor(finding) for finding in fields]
        raised = self._raised(max(factors))
        weighed = [
            (-self._points(finding, factor, reading) * raised, finding[2], finding)
            for finding, factor in zip(fields, factors, strict=True)
        ]
        if len(weighed) > 1:
            weighed.sort(key=_BY_POINTS)
        seen: dict[str, set[int | str]] = {}
        counts = []
        for minus, places, finding in weighed:
            found, owner = reading.found(places), finding[0].owner
            marks: set[int | str] = {*places, found.casefold()}
            before = seen.setdefault(owner, marks)
            if minus and (before is marks or before.isdisjoint(marks)):
                counts.append((-minus, finding, found))
            before |= marks
        return counts

    def _raised(self, most: float) -> float:
        """Return by how much to raise everything where only what is set back names something: then that is meant."""
        weighing = self.rules.weighing
        least = weighing.background * weighing.turned  # below, it is what the writer does not want, or a signature
        return weighing.alone / most if least <= most < weighing.alone else 1

    def _points(self, finding: Finding, factor: float, reading: Reading) -> float:
        entry, how, _, _ = finding
        points = entry.weight * factor
        if how is _EXACT or how is _PHRASE:
            return points
        if how is _COMPOUND:
            points *= self.rules.weighing.compound
        elif how is _FUZZY:
            points *= self.rules.weighing.typo
        language = reading.language
        if language is not None and entry.language != language and _is_latin(finding, reading):
            points *= self.rules.weighing.foreign
        return points

    def _outcome(
        self, points: dict[str, float], fields: list[str], topics: list[str], apart: tuple[str, ...]
    ) -> tuple[Outcome, str | None, float]:
        """Return the outcome, the best that was not chosen, and how far apart they are; `apart` are no rivals."""
        thresholds = self.rules.thresholds
        lead = points[fields[0]] if fields else 0.0
        topic = points[topics[0]] if topics else 0.0
        ahead = round(topic - lead, 6)
        if not fields or ahead >= thresholds.topic_lead:
            return Outcome.NONE, fields[0] if fields else None, ahead
        runner_up, margin = None, lead
        for name in (*fields[1:], *topics[:1]):
            if name not in apart and (runner_up is None or lead - points[name] < margin):
                runner_up, margin = name, lead - points[name]
        margin = round(margin, 6)
        clear = lead >= thresholds.route_points and margin >= thresholds.route_lead
        return Outcome.ROUTE if clear else Outcome.ASK, runner_up, margin


def _ranked(points: dict[str, float], owners: Container[str]) -> list[str]:
    """Return the owners that have points, best first.

    Of two alike the one with the strongest single word leads, and of words alike the one said first.
    """
    ranked = [name for name in points if name in owners]
    if len(ranked) > 1:
        ranked.sort(key=lambda name: -points[name])
    return ranked


def _choices(fields: list[str], own: dict[str, float]) -> tuple[str, ...]:
    """Return the fields to offer, best first; where they are too many, those asked about before those mentioned."""
    if len(fields) > MOST_CHOICES:
        fields = sorted(fields, key=lambda name: name != fields[0] and name not in own)
    return tuple(fields[:MOST_CHOICES])


def _is_latin(finding: Finding, reading: Reading) -> bool:
    """Whether a language may be told by the script; Cyrillic and Arabic ones are too close to tell."""
    return script(reading.records[finding[2][0]].token) == "latin"


def _hits(reading: Reading, counted: list[Counted], danger: list[Finding]) -> tuple[Hit, ...]:
    """Return words of danger, then what was counted, strongest first; a hit's score is what its field has by it alone.

    The words of danger stand under `emergency`, which is no field and has no score.
    """
    said = [Hit(entry.owner, entry.keyword, reading.found(places), 100, how) for entry, how, places, _ in danger]
    return (
        *said,
        *[Hit(entry.owner, entry.keyword, found, score(points), how) for points, (entry, how, _, _), found in counted],
    )
