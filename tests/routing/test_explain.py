"""A decision in a clerk's words, and as a row."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.routing.decide import Router
from bot.routing.explain import decision_row, explain
from bot.texts import load_texts
from tests.support.rules import make_rules

RULES = make_rules(
    fields={"wohnen": {"de": ["Wohnung"]}, "arbeit": {"de": [{"word": "Job", "weight": 1}]}},
    topics={"gesundheit": {"de": [{"word": "Arzt", "weight": 3}]}},
    emergency={"de": ["es brennt"]},
)
ROUTER = Router(RULES)
ALL = "Wohnen, Sprache, Gesellschaft, Bildung, Arbeit"


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        pytest.param(
            "Wohnung und Job",
            "de",
            ["Zuordnung: Wohnen.", "„Wohnung“", "Am nächsten dran: Arbeit, Abstand 1,0 Punkte."],
            id="routed",
        ),
        pytest.param("Wonung", "de", ["trotz Tippfehler"], id="how it was found"),
        pytest.param("Job", "de", ["Nicht eindeutig: nachfragen.", "Zur Auswahl: Arbeit, Wohnen, "], id="asked"),
        pytest.param("Job", "en", ["Not clear: ask.", "To choose from: Arbeit, Wohnen, "], id="asked in English"),
        pytest.param("Arzt", "de", ["allgemeine Ansprechperson", "Gesundheit"], id="a competing topic"),
        pytest.param("Hm", "de", ["Kein Stichwort gefunden."], id="nothing found"),
        pytest.param("Hm", "de", ["Kein Handlungsfeld erkannt: nachfragen.", f"Auswahl: {ALL}. Sonst: "], id="none"),
        pytest.param("Hm", "en", ["No field recognised: ask.", f"To choose from: {ALL}. Else: "], id="none in English"),
        pytest.param("Wohnung?", "de", ["Erkannt: neu zugewandert, hat eine Frage, de."], id="what goes along"),
        pytest.param("es brennt", "de", ["DRINGEND", "Sofort an die allgemeine Ansprechperson."], id="danger"),
        pytest.param("es brennt! es brennt", "de", ["Gefahr: es brennt\n"], id="danger said twice, once told"),
        pytest.param("es brennt", "en", ["URGENT", "To the general contact at once."], id="danger in English"),
        pytest.param("Wohnung", "en", ["Goes to: Wohnen."], id="in English"),
        pytest.param("Wohnung und Job", "en", ["Next best: Arbeit, 1.0 points behind."], id="a distance in English"),
        pytest.param("Wohnung", "xx", ["Zuordnung: Wohnen."], id="in a language without words"),
    ],
)
def test_a_decision_explains_itself(text: str, language: str, expected: list[str]) -> None:
    office = RULES.office.model_copy(update={"languages": (language,)})
    said = explain(ROUTER.decide(text), RULES.model_copy(update={"office": office}))
    assert [part for part in expected if part not in said] == []


SAID_ON_CARDS = [
    *(("audience", name) for name in ("citizen", "volunteer", "business", "newcomer", "organisation")),
    *(("direction", name) for name in ("offer", "request", "question")),
]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(("kind", "name"), SAID_ON_CARDS)
def test_who_writes_and_what_they_want_is_said_as_on_cards(language: str, kind: str, name: str) -> None:
    office = RULES.office.model_copy(update={"languages": (language,)})
    decision = replace(ROUTER.decide("Hm"), **{kind: name})
    said = explain(decision, RULES.model_copy(update={"office": office}))
    assert f": {load_texts().say(language, f'{kind}-{name}')}, de." in said


def test_where_there_is_danger_nobody_is_asked() -> None:
    assert "Auswahl" not in explain(ROUTER.decide("Wohnung, es brennt"), RULES)


def test_a_row_is_plain_json_in_the_agreed_shape() -> None:
    row = decision_row("a1", ROUTER.decide("Wohnung und Job"))
    assert json.loads(json.dumps(row)) == row
    assert list(row)[:9] == [
        "id",
        "outcome",
        "fields",
        "choices",
        "scores",
        "audience",
        "direction",
        "place",
        "why",
    ]
    assert row["why"][0] == {"field": "wohnen", "keyword": "Wohnung", "found": "Wohnung", "score": 40, "how": "exact"}
