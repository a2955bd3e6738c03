"""Words of danger in the shipped rules: seen in every language, not in figures of speech."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from bot.routing.decide import Router
from bot.routing.load import load_rules

RULES = Path(__file__).parents[2] / "routing_rules.yaml"


@cache
def router() -> Router:
    return Router(load_rules(RULES.read_text(encoding="utf-8"), RULES.name))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Mein Mann schlägt mich, ich habe Angst", id="de, violence"),
        pytest.param("ich will nicht mehr leben", id="de, suicide"),
        pytest.param("Bei uns im Haus brennt es!", id="de, fire"),
        pytest.param("Es riecht nach Gas im Treppenhaus", id="de, gas"),
        pytest.param("My husband beats me", id="en, violence"),
        pytest.param("I want to kill myself", id="en, suicide"),
        pytest.param("Mon mari me frappe", id="fr, violence"),
        pytest.param("je veux mourir", id="fr, suicide"),
        pytest.param("чоловік мене б'є", id="uk, violence"),
        pytest.param("я не хочу жити", id="uk, suicide"),
        pytest.param("муж меня бьёт", id="ru, violence"),
        pytest.param("я не хочу жить", id="ru, suicide"),
        pytest.param("زوجي يضربني", id="ar, violence"),
        pytest.param("لا أريد أن أعيش", id="ar, suicide"),
        pytest.param("kocam beni dövüyor", id="tr, violence"),
        pytest.param("artık yaşamak istemiyorum", id="tr, suicide"),
    ],
)
def test_danger_is_seen_and_named(text: str) -> None:
    decision = router().decide(text)
    assert decision.urgent
    assert decision.hits[0].field == "emergency"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Ich mache eine Schulung zum Brandschutzhelfer", id="fire protection"),
        pytest.param("Der Lärm bringt mich um den Verstand", id="noise"),
        pytest.param("Ich könnte platzen vor Wut", id="anger"),
        pytest.param("Ich brenne für das Ehrenamt", id="zeal"),
        pytest.param("Die Miete bringt mich noch um", id="rent"),
        pytest.param("Es brennt mir unter den Nägeln, wann beginnt der Kurs?", id="haste"),
        pytest.param("Wir sterben vor Neugier auf den Deutschkurs", id="curiosity"),
        pytest.param("Ich habe einen Gasherd zu verschenken", id="gas cooker"),
        pytest.param("Ich schlage vor, dass wir uns treffen", id="proposing"),
        pytest.param("Mein Sohn spielt Schlagzeug", id="drums"),
        pytest.param("This job is killing me, I look for another one", id="en, job"),
        pytest.param("I'm dying to learn German", id="en, eager"),
        pytest.param("Je meurs de faim, où est la cantine ?", id="fr, hungry"),
        pytest.param("Умираю от скуки, есть ли здесь клуб?", id="ru, bored"),
        pytest.param("Açlıktan ölüyorum, kantin nerede?", id="tr, hungry"),
    ],
)
def test_figures_of_speech_are_no_danger(text: str) -> None:
    decision = router().decide(text)
    assert not decision.urgent, [hit for hit in decision.hits if hit.field == "emergency"]
