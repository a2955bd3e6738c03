"""The figures: each counted as its description says."""

from __future__ import annotations

from typing import Any

import pytest

from bot.routing.decide import Router
from bot.routing.evaluate import evaluate
from tests.support.rules import make_rules

ROUTER = Router(
    make_rules(
        fields={"wohnen": {"de": ["Wohnung", "Haus"]}, "arbeit": {"de": ["Stelle", {"word": "Job", "weight": 1}]}},
        topics={"gesundheit": {"de": ["Arzt"]}},
        emergency={"de": ["es brennt"]},
    )
)


def figures(*rows: tuple[str, list[str]], **more: Any) -> dict[str, float | None]:
    cases = [{"id": str(n), "text": text, "labels": labels} | more for n, (text, labels) in enumerate(rows)]
    return evaluate(cases, ROUTER).figures.as_row()


@pytest.mark.parametrize(
    ("row", "name", "expected"),
    [
        pytest.param(("Wohnung", ["wohnen"]), "precision", 1, id="routed right"),
        pytest.param(("Wohnung", ["arbeit"]), "precision", 0, id="routed wrong"),
        pytest.param(("Job", ["arbeit"]), "precision", None, id="asked, so nothing was routed"),
        pytest.param(("Job", ["arbeit"]), "coverage", 0, id="asked is not covered"),
        pytest.param(("Job", ["arbeit"]), "reach", 1, id="asked with the right field is reached"),
        pytest.param(("Job", ["wohnen"]), "reach", 0, id="asked without it is not"),
        pytest.param(("Wohnung", ["arbeit"]), "reach", 0, id="routed wrong is not reached"),
        pytest.param(("Wohnung", ["none"]), "false", 1, id="no field, routed"),
        pytest.param(("Job", ["none"]), "false", 0, id="no field, asked"),
        pytest.param(("Wohnung", ["none", "wohnen"]), "false", None, id="arguable, so not counted as false"),
        pytest.param(("Job", ["arbeit"]), "accuracy", 1, id="the first choice is the best guess"),
        pytest.param(("Arzt", ["none"]), "accuracy", 1, id="none is a guess too"),
        pytest.param(("Arzt", ["wohnen"]), "accuracy", 0, id="but not always right"),
    ],
)
def test_a_row_counts(row: tuple[str, list[str]], name: str, expected: float | None) -> None:
    assert figures(row)[name] == expected


def test_both_fields_must_be_found() -> None:
    assert figures(("Wohnung", ["wohnen"]), all_fields=["wohnen", "arbeit"])["both"] == 0
    assert figures(("Wohnung oder Stelle", ["wohnen"]), all_fields=["wohnen", "arbeit"])["both"] == 1


def test_what_goes_along_is_measured_where_it_is_labelled() -> None:
    labelled = figures(("Wohnung?", ["wohnen"]), audience="business", direction="question", place=None)
    assert (labelled["audience"], labelled["direction"], labelled["place"]) == (0, 1, 1)
    assert figures(("Wohnung?", ["wohnen"]))["audience"] is None


def test_danger_and_false_alarms_are_counted_apart_and_both_explained() -> None:
    rows = [
        {"id": "seen", "text": "es brennt", "labels": ["none"], "urgent": True},
        {"id": "unseen", "text": "Rauch", "labels": ["none"], "urgent": True},
        {"id": "alarm", "text": "es brennt nie", "labels": ["none"]},
        {"id": "none", "text": "Arzt", "labels": ["none"]},
    ]
    evaluation = evaluate(rows, ROUTER)
    assert (evaluation.figures.danger.value, evaluation.figures.alarm.value) == (0.5, 0.5)
    assert [case.row["id"] for case in evaluation.misses] == ["unseen", "alarm"]


def test_rows_that_mean_nothing_alone_are_left_out() -> None:
    assert figures(("Wohnung", ["arbeit"]), standalone=False)["accuracy"] is None


def test_groups_confusion_and_misses_are_kept() -> None:
    rows = [
        {"id": "1", "text": "Wohnung", "labels": ["wohnen"], "lang": "de"},
        {"id": "2", "text": "Haus", "labels": ["arbeit"], "lang": "en"},
    ]
    evaluation = evaluate(rows, ROUTER, ("lang",))
    assert evaluation.by["lang"]["de"].accuracy.value == 1
    assert evaluation.by["lang"]["en"].accuracy.value == 0
    assert evaluation.confusion == {("wohnen", "wohnen"): 1, ("arbeit", "wohnen"): 1}
    assert [case.row["id"] for case in evaluation.misses] == ["2"]
