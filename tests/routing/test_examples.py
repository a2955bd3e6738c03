"""Examples that land elsewhere than they stand, and what is said about each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.model import Hit, How, Outcome, RoutingDecision
from bot.routing.examples import check_examples
from bot.routing.load import load_rules, load_source
from bot.routing.rules import Rules
from tests.routing.test_load import BASE


class FixedRouter:
    """Decides whatever it is told to."""

    def __init__(self, rules: Rules, decision: RoutingDecision) -> None:
        self.rules = rules
        self._decision = decision

    def decide(self, text: str) -> RoutingDecision:
        return self._decision


STELLE = Hit("arbeit", "Stelle", "Stelle", 40, How.EXACT)
ROUTED = RoutingDecision(Outcome.ROUTE, fields=("arbeit",), hits=(STELLE, replace(STELLE, keyword="Arbeit"), STELLE))
LONG = "Bei uns steht seit vielen Jahren eine Einliegerwohnung im Dachgeschoss leer"

EXAMPLES = [
    ("the right field leads", "fields", RoutingDecision(Outcome.ROUTE, fields=("wohnen", "arbeit")), None),
    ("another field", "fields", ROUTED, "is routed to arbeit, because of Stelle (arbeit), Arbeit (arbeit)."),
    (
        "the right field comes second",
        "fields",
        replace(ROUTED, fields=("arbeit", "wohnen")),
        "is routed to arbeit, because of Stelle (arbeit), Arbeit (arbeit).",
    ),
    (
        "unsure",
        "fields",
        RoutingDecision(Outcome.ASK, choices=("arbeit", "wohnen"), hits=(STELLE,)),
        "is not clear: asks which of arbeit, wohnen, because of Stelle (arbeit).",
    ),
    ("urgent", "fields", RoutingDecision(Outcome.NONE, urgent=True), "is taken for an emergency."),
    ("nothing known", "fields", RoutingDecision(Outcome.NONE), "belongs to no field: no keyword was found."),
    (
        "a topic's example is routed",
        "topics",
        ROUTED,
        "is routed to arbeit, because of Stelle (arbeit), Arbeit (arbeit).",
    ),
    ("a topic's example is asked about", "topics", RoutingDecision(Outcome.ASK, choices=("arbeit",)), None),
    ("a topic's example is no field's", "topics", RoutingDecision(Outcome.NONE), None),
]


@pytest.mark.parametrize(("kind", "decision", "said"), [row[1:] for row in EXAMPLES], ids=[row[0] for row in EXAMPLES])
def test_an_example_that_lands_elsewhere_is_told(kind: str, decision: RoutingDecision, said: str | None) -> None:
    text = BASE.replace("Bei uns steht die Einliegerwohnung leer", LONG)
    if kind == "topics":
        examples = f'    examples: {{de: ["{LONG}"]}}\n'
        text = text.replace(f'\n    examples: {{de: ["{LONG}"]}}', "").replace("[Arzt]}\n", "[Arzt]}\n" + examples)
    read = load_source(text, "r.yaml")
    told = [str(fault) for fault in check_examples(FixedRouter(read.rules, decision), read)]
    where = {"fields": "r.yaml:28 fields.wohnen.examples.de", "topics": "r.yaml:36 topics.gesundheit.examples.de"}[kind]
    group = {"fields": "field 'wohnen'", "topics": "topic 'gesundheit'"}[kind]
    quoted = "Bei uns steht seit vielen Jahren eine Einliegerwohnung im D…"
    mend = f"Add words to the {group}, take the misleading ones away, or change the example."
    assert told == ([f"{where}: the example '{quoted}' {said} {mend}"] if said else [])


def test_without_the_source_an_example_is_told_by_its_path() -> None:
    rules = load_rules(BASE, "r.yaml")
    (fault,) = check_examples(FixedRouter(rules, RoutingDecision(Outcome.NONE)))
    assert fault.where == "fields.wohnen.examples.de"
