"""Labelled messages → weights for the rules' keywords: what tells its field gains, what misleads loses.

A keyword's weight is a clerk's guess. Where labelled messages are at hand, the guess is corrected by them: the chance
that a message is its field's is taken to grow with the field's lead in points (a softmax over all fields and topics),
and the weights are moved, all together, to where the labels become likeliest. What pulls them back to the guess (a
penalty on the logarithm of the change) keeps a keyword nearly as it was unless many messages agree; one met in fewer
than `LEAST_MESSAGES` stays as it is. What counts in a message is taken as it is with the clerk's weights. Weigh once:
the weights that come out are the guess of the next time, and the same messages would move them further. The climb is
Adam's (Kingma and Ba, 2015).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Any

from bot.routing.decide import Router
from bot.routing.evaluate import NONE

LEAST_MESSAGES = 3  # a keyword met in fewer keeps its weight
HEAVIEST = 3.0  # the most a keyword may weigh

# How sure a lead of one point makes, and what no field and a topic have to begin with: with these a lead at which the
# rules route without asking is right nine times of ten.
_PER_POINT = 0.8
_NOTHING = -0.5
_TOPIC = -1.0

_PULL_BACK = 3.0
_ROUNDS = 120
_PACE = 0.06
_KEEP, _KEEP_SQUARES = 0.9, 0.99


@dataclass(frozen=True)
class Weighed:
    """A keyword that the messages want to weigh otherwise.

    Attributes:
        owner: the key of its field or topic; `language`: the list it stands in.
        messages: in how many it was found.
    """

    owner: str
    language: str
    keyword: str
    before: float
    after: float
    messages: int


@dataclass(slots=True)
class _Side:
    """A field or topic that something in a message speaks for.

    Attributes:
        begins: what it has without any keyword.
        right: the label allows it; `wanted`: its share of the truth where the message is about two fields.
        keywords: the numbers of the keywords found, each with its points.
    """

    begins: float
    right: bool
    wanted: float | None
    keywords: list[tuple[int, float]]


@dataclass(slots=True)
class _Message:
    """What speaks for what in a message, and what the rest begins with, right and wrong."""

    sides: list[_Side]
    right: float
    wrong: float


class Fit:
    """The weights on their way up; `rounds` of `climb`, then `changes`.

    Args of the constructor:
        rows: as `evaluate` takes them: `text`, `labels`, and `all_fields` where a message is about two.
    """

    rounds = _ROUNDS

    def __init__(self, router: Router, rows: Iterable[Mapping[str, Any]]) -> None:
        self._numbers: dict[tuple[str, str, str], int] = {}
        self._before: list[float] = []
        self._met: list[int] = []
        self._fields, self._topics = frozenset(router.rules.fields), frozenset(router.rules.topics)
        self._messages = [self._message(router, row) for row in rows if row.get("standalone", True)]
        size = len(self._before)
        self._most = [log(HEAVIEST / weight) for weight in self._before]
        self._logs, self._mean, self._squares = [0.0] * size, [0.0] * size, [0.0] * size

    def climb(self, number: int) -> None:
        """Take the step of a round, counted from 0; the steps become shorter towards the last."""
        factors = [exp(change) for change in self._logs]
        slopes = [_PULL_BACK * change for change in self._logs]
        for message in self._messages:
            _add_slopes(message, factors, slopes)
        pace = _PACE * (1 - number / _ROUNDS)
        even, even_squares = 1 - _KEEP ** (number + 1), 1 - _KEEP_SQUARES ** (number + 1)
        for place, slope in enumerate(slopes):
            if self._met[place] < LEAST_MESSAGES:
                continue
            self._mean[place] += (1 - _KEEP) * (slope - self._mean[place])
            self._squares[place] += (1 - _KEEP_SQUARES) * (slope * slope - self._squares[place])
            step = self._mean[place] / even / (sqrt(self._squares[place] / even_squares) + 0.01)
            self._logs[place] = min(self._logs[place] - pace * step, self._most[place])

    def changes(self) -> list[Weighed]:
        """Return what came out another weight, in halves and below one in quarters."""
        found = []
        for (owner, language, keyword), place in self._numbers.items():
            before = self._before[place]
            after = _rounded(before * exp(self._logs[place]))
            if abs(after - before) >= (0.5 if after >= 1 else 0.25):
                found.append(Weighed(owner, language, keyword, before, after, self._met[place]))
        return found

    def _message(self, router: Router, row: Mapping[str, Any]) -> _Message:
        labels = set(row["labels"])
        right = labels | (self._topics if NONE in labels else frozenset())
        two = self._fields.intersection(row.get("all_fields") or ())
        wanted = 1 / len(two) if len(two) > 1 else None
        begins = {NONE: _NOTHING, **dict.fromkeys(self._fields, 0.0), **dict.fromkeys(self._topics, _TOPIC)}
        found: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for entry, points in router.weigh(row["text"]):
            number = self._number((entry.owner, entry.language, entry.keyword), entry.weight)
            self._met[number] += 1
            found[entry.owner].append((number, points))
        sides = []
        for owner, keywords in found.items():
            share = None if wanted is None else wanted if owner in two else 0.0
            sides.append(_Side(begins.pop(owner), owner in right, share, keywords))
        rest_right = sum(exp(points) for owner, points in begins.items() if owner in right)
        return _Message(sides, rest_right, sum(map(exp, begins.values())) - rest_right)

    def _number(self, key: tuple[str, str, str], weight: float) -> int:
        if key not in self._numbers:
            self._numbers[key] = len(self._before)
            self._before.append(weight)
            self._met.append(0)
        return self._numbers[key]


def _add_slopes(message: _Message, factors: list[float], slopes: list[float]) -> None:
    """Add by how much a message's labels become less likely with each of its keywords' weights."""
    heights = [
        side.begins + _PER_POINT * sum([points * factors[number] for number, points in side.keywords])
        for side in message.sides
    ]
    highest = max(heights, default=0.0)
    rest = exp(-highest)
    shares = [exp(height - highest) for height in heights]
    right = sum([share for share, side in zip(shares, message.sides, strict=True) if side.right]) + message.right * rest
    whole = sum(shares) + (message.right + message.wrong) * rest
    for share, side in zip(shares, message.sides, strict=True):
        truth = side.wanted
        if truth is None:
            truth = share / right if side.right and right else 0.0
        slope = _PER_POINT * (share / whole - truth)
        for number, points in side.keywords:
            slopes[number] += slope * points * factors[number]


def _rounded(weight: float) -> float:
    """Return a weight a clerk would write: in halves, below three quarters in quarters, never nothing."""
    return round(weight * 2) / 2 if weight >= 0.75 else max(0.25, round(weight * 4) / 4)
