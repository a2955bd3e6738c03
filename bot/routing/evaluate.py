"""Labelled messages → figures that say how well routing does, and each miss with its reasons.

A row has `id`, `text` and `labels` (the fields that may lead, or `none`); where it has `lang`, `style`, `all_fields`,
`audience`, `direction`, `place` and `urgent`, these are measured too. Rows with `standalone: false` are left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.model import Outcome, RoutingDecision
from bot.routing.decide import Router

NONE = "none"
ABOUT = ("audience", "direction", "place")


@dataclass(frozen=True)
class Case:
    """One labelled message and what routing made of it."""

    row: Mapping[str, Any]
    decision: RoutingDecision

    @property
    def best_guess(self) -> str:
        """The lead where routed, the first choice where asked, else `none`."""
        if self.decision.outcome is Outcome.ROUTE:
            return self.decision.fields[0]
        return self.decision.choices[0] if self.decision.outcome is Outcome.ASK else NONE

    @property
    def right(self) -> bool:
        """Whether the best guess is a right one."""
        return self.best_guess in self.row["labels"]

    @property
    def in_danger(self) -> bool:
        """Whether the message speaks of danger."""
        return bool(self.row.get("urgent"))

    @property
    def in_field(self) -> bool:
        """Whether the message belongs to a field whatever may be argued."""
        return NONE not in self.row["labels"]

    @property
    def reached(self) -> bool:
        """Whether it was routed right, or asked with a right field among the choices."""
        offered = self.decision.fields[:1] if self.decision.outcome is Outcome.ROUTE else self.decision.choices
        return self.decision.outcome is not Outcome.NONE and any(name in self.row["labels"] for name in offered)


@dataclass
class Share:
    """How many of how many; no share of nothing."""

    hits: int = 0
    of: int = 0

    def add(self, hit: bool) -> None:
        """Count one more."""
        self.hits += hit
        self.of += 1

    @property
    def value(self) -> float | None:
        """The share, 0–1."""
        return self.hits / self.of if self.of else None


@dataclass
class Figures:
    """What `evaluate` measures, each as a share.

    Attributes:
        precision: of what was routed without asking, how much went to a right field.
        coverage: of the messages of a field, how many were routed without asking.
        reach: of the messages of a field, how many were routed right, or asked with a right field among the choices.
        false: of the messages of no field, how many were routed to one.
        accuracy: how often the best guess over the fields and `none` was right.
        both: of the messages of two fields, how many had both in the decision, or both among the choices when asked.
        extra: of the messages of one field routed right, how many were sent to a second one needlessly.
        danger: of the messages of danger (`urgent`), how many were taken for it.
        alarm: of all others, how many were taken for danger.
    """

    precision: Share = field(default_factory=Share)
    coverage: Share = field(default_factory=Share)
    reach: Share = field(default_factory=Share)
    false: Share = field(default_factory=Share)
    accuracy: Share = field(default_factory=Share)
    both: Share = field(default_factory=Share)
    extra: Share = field(default_factory=Share)
    audience: Share = field(default_factory=Share)
    direction: Share = field(default_factory=Share)
    place: Share = field(default_factory=Share)
    danger: Share = field(default_factory=Share)
    alarm: Share = field(default_factory=Share)

    def add(self, case: Case) -> None:
        """Count one case."""
        routed = case.decision.outcome is Outcome.ROUTE
        self.accuracy.add(case.right)
        if routed:
            self.precision.add(case.decision.fields[0] in case.row["labels"])
        if case.in_field:
            self.coverage.add(routed)
            self.reach.add(case.reached)
        elif case.row["labels"] == [NONE]:
            self.false.add(routed)
        self._add_fields(case, routed=routed)
        (self.danger if case.in_danger else self.alarm).add(case.decision.urgent)
        for name in ABOUT:
            if name in case.row:
                getattr(self, name).add(getattr(case.decision, name) == case.row[name])

    def _add_fields(self, case: Case, *, routed: bool) -> None:
        wanted = set(case.row.get("all_fields") or ()) - {NONE}
        found = case.decision.fields if routed else case.decision.choices
        if len(wanted) > 1:
            self.both.add(wanted <= set(found) and case.decision.outcome is not Outcome.NONE)
        elif len(wanted) == 1 and routed and case.right:
            self.extra.add(len(set(found) - set(case.row["labels"])) > 0)

    def as_row(self) -> dict[str, float | None]:
        """Return the shares by name, rounded to three places."""
        return {name: None if (v := share.value) is None else round(v, 3) for name, share in vars(self).items()}


@dataclass
class Evaluation:
    """All figures over a set of rows.

    Attributes:
        by: a grouping (`lang`, `style` …) → its value → figures.
        confusion: (a row's first label, the best guess) → how often.
        misses: the cases whose best guess was wrong, or whose danger was not seen, or was none.
    """

    figures: Figures = field(default_factory=Figures)
    by: dict[str, dict[str, Figures]] = field(default_factory=dict)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    misses: list[Case] = field(default_factory=list)

    def add(self, case: Case, groupings: Iterable[str]) -> None:
        """Count one case everywhere it belongs."""
        self.figures.add(case)
        for grouping in groupings:
            value = str(case.row.get(grouping, "–"))
            self.by.setdefault(grouping, defaultdict(Figures))[value].add(case)
        guess = case.best_guess
        self.confusion[guess if case.right else case.row["labels"][0], guess] += 1
        if not case.right or case.decision.urgent is not case.in_danger:
            self.misses.append(case)


def evaluate(rows: Iterable[Mapping[str, Any]], router: Router, groupings: Iterable[str] = ("lang",)) -> Evaluation:
    """Return the figures over labelled rows; wrap the rows to show progress."""
    evaluation, groupings = Evaluation(), tuple(groupings)
    for case in decide_all(rows, router):
        evaluation.add(case, groupings)
    return evaluation


def decide_all(rows: Iterable[Mapping[str, Any]], router: Router) -> Iterator[Case]:
    """Yield each row with its decision, leaving out rows that mean nothing by themselves."""
    for row in rows:
        if row.get("standalone", True):
            yield Case(row, router.decide(row["text"]))
