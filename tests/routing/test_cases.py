"""The project's own messages, in all languages and styles, against the shipped rules.

Each row of `tests/cases/*.jsonl` names what a person at the office would call right: `labels` (fields that may lead, or
`none`), every field asked about, who writes, what they want, and the place.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.model import Outcome
from bot.routing.decide import Router
from bot.routing.evaluate import evaluate
from bot.routing.load import load_rules

ROOT = Path(__file__).parents[2]
RULES = ROOT / "routing_rules.yaml"
CASES = [
    json.loads(line)
    for file in sorted((ROOT / "tests" / "cases").glob("*.jsonl"))
    for line in file.read_text(encoding="utf-8").splitlines()
]


@cache
def router() -> Router:
    return Router(load_rules(RULES.read_text(encoding="utf-8"), RULES.name))


def test_there_are_enough_cases_and_none_twice() -> None:
    assert len(CASES) >= 200
    assert len({case["id"] for case in CASES}) == len(CASES)
    assert len({case["text"] for case in CASES}) == len(CASES)
    assert {case["lang"] for case in CASES} == {"de", "en", "fr", "uk", "ru", "ar", "tr"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']}-{case['style']}")
def test_a_message_is_never_sent_wrong_and_its_field_is_at_least_offered(case: dict[str, Any]) -> None:
    decision = router().decide(case["text"])
    why = [(hit.field, hit.keyword, hit.found) for hit in decision.hits]
    if decision.outcome is Outcome.ROUTE:
        assert decision.fields[0] in case["labels"], why
    elif "none" not in case["labels"]:
        assert set(decision.choices) & set(case["labels"]), why


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_danger_is_seen_where_there_is_danger_and_only_there(case: dict[str, Any]) -> None:
    assert router().decide(case["text"]).urgent is case.get("urgent", False)


@pytest.mark.parametrize("case", [case for case in CASES if case["place"]], ids=lambda case: case["id"])
def test_a_place_is_recognised(case: dict[str, Any]) -> None:
    assert router().decide(case["text"]).place == case["place"]


# Measured with the rules as shipped; a rule edit that lowers one of them shows here.
FIGURES = [
    ("precision", 0.97),
    ("coverage", 0.80),
    ("reach", 0.97),
    ("accuracy", 0.95),
    ("both", 0.85),
    ("audience", 0.90),
    ("direction", 0.87),
    ("place", 0.95),
]


@pytest.mark.parametrize(("name", "least"), FIGURES)
def test_the_whole_reaches_its_figures(name: str, least: float) -> None:
    share = getattr(evaluate(CASES, router()).figures, name).value
    assert share is not None
    assert share >= least


# One direction can gain at the cost of another where only the whole is looked at.
DIRECTIONS = [("offer", 0.9), ("request", 0.83), ("question", 0.9), ("other", 0.85)]


@pytest.mark.parametrize(("direction", "least"), DIRECTIONS)
def test_each_direction_is_told(direction: str, least: float) -> None:
    cases = [case for case in CASES if case.get("direction") == direction]
    told = sum(router().decide(case["text"]).direction == direction for case in cases)
    assert told >= least * len(cases), f"{told} of {len(cases)}"
