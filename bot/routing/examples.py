"""The rules' own examples: each must land where it stands.

Needs no YAML, so that whoever starts with compiled rules can check them without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from bot.errors import Fault
from bot.model import Outcome, RoutingDecision
from bot.routing.report import Path, Report
from bot.routing.rules import Rules

if TYPE_CHECKING:
    from bot.routing.load import RulesSource

_QUOTED_LETTERS = 60  # of an example, enough to find it by
_REASONS = 3


class Decides(Protocol):
    """What `check_examples` needs of a `bot.routing.decide.Router`."""

    @property
    def rules(self) -> Rules:
        """The rules it decides by."""

    def decide(self, text: str) -> RoutingDecision:
        """Decide about one text."""


def check_examples(router: Decides, read: RulesSource | None = None) -> list[Fault]:
    """Return a fault for every example that lands elsewhere than under the field or topic it stands for.

    A field's example must be routed with that field in the lead; a topic's must not be routed to any field. Without
    `read`, as `load_source` returned it, the faults name no line.
    """
    report = Report(read.source, read.lines) if read else Report("")
    for kind, key, language, place, example in _examples(router.rules):
        decision = router.decide(example)
        if kind == "topics" and decision.outcome is not Outcome.ROUTE:
            continue
        if kind == "fields" and decision.outcome is Outcome.ROUTE and decision.fields[0] == key:
            continue
        path: Path = (kind, key, "examples", language, place)
        quoted = example if len(example) <= _QUOTED_LETTERS else f"{example[: _QUOTED_LETTERS - 1].rstrip()}…"
        mend = f"Add words to the {kind[:-1]} '{key}', take the misleading ones away, or change the example."
        report.add(path, f"the example '{quoted}' {_went(decision)}.", mend)
    return report.faults


def _went(decision: RoutingDecision) -> str:
    """Say where a text went and because of which words, in half a sentence."""
    if decision.urgent:
        return "is taken for an emergency"
    match decision.outcome:
        case Outcome.ROUTE:
            went, because_of = f"is routed to {decision.fields[0]}", set(decision.fields)
        case Outcome.ASK:
            went, because_of = f"is not clear: asks which of {', '.join(decision.choices)}", set(decision.choices)
        case _:
            went, because_of = "belongs to no field", {hit.field for hit in decision.hits}
    reasons = dict.fromkeys(f"{hit.keyword} ({hit.field})" for hit in decision.hits if hit.field in because_of)
    return f"{went}, because of {', '.join(list(reasons)[:_REASONS])}" if reasons else f"{went}: no keyword was found"


def _examples(rules: Rules) -> Iterator[tuple[str, str, str, int, str]]:
    for kind, groups in (("fields", rules.fields), ("topics", rules.topics)):
        for key, group in groups.items():
            for language, examples in group.examples.items():
                for place, example in enumerate(examples):
                    yield kind, key, language, place, example
