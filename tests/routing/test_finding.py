"""Keywords in a whole message: phrases, gaps, groups, words taken, places."""

from __future__ import annotations

import pytest

from bot.routing.building import build_index
from bot.routing.match import Lexicon
from bot.routing.reader import Reader
from tests.support.rules import make_rules

RULES = make_rules(
    fields={
        "wohnen": {
            "de": ["Zimmer", "Wohnung", "steht leer", "<raum> ... frei", "leer + stehen", "# Zimmer"],
            "not_keywords": {"de": ["im Zimmer nebenan", "Zimmer für Kurse"]},
        },
        "sprache": {
            "de": ["Bad Dolmetscher", "Kurse", "=Heim", "=sag", "Hocker"],
            "en": ["=Heim"],
            "not_keywords": {"de": ["=Hockern"]},
        },
    },
    emergency={"de": ["Hilfe", "Mann schlägt", "Mann schlägt um sich", "es brennt"]},
    cries={"de": ["Feuer"]},
    not_emergency={"de": ["schlägt vor dass", "Hilfeplan", "sich mit dem Hammer", "Feuer ... Flamme"]},
    groups={"raum": {"de": ["Kammer", "Zimmer", "kleine Bude"]}},
    cues={"place": {"de": ["in"]}},
    places=[
        {"ags": "08336081", "name": "Bad Bellingen"},
        {"ags": "08336084", "name": "Steinen", "needs_context": ["Steinen"], "districts": ["Höllstein"]},
        {"ags": "08336069", "name": "Rheinfelden (Baden)", "aliases": ["Райнфельден"]},
    ],
    endings={"uk": ["і"]},
)
READER = Reader(Lexicon(build_index(RULES)), RULES.weighing)


def keywords(text: str, *kinds: str) -> list[tuple[str, str]]:
    """Return keywords found and the person's words, phrases first."""
    reading = READER.read(text)
    return [
        (entry.keyword, reading.found(at))
        for entry, _, at, _ in reading.findings()
        if entry.kind in (kinds or ("field",))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Das Haus steht leer", [("steht leer", "steht leer")], id="words side by side"),
        pytest.param("Es steht noch leer", [("steht leer", "steht … leer")], id="one little word between"),
        pytest.param(
            "Eine Kammer mit Dusche wird bald frei", [("<raum> ... frei", "Kammer … frei")], id="a gap and a group"
        ),
        pytest.param(
            "Die kleine Bude ist frei", [("<raum> ... frei", "kleine Bude … frei")], id="a group's entry of two words"
        ),
        pytest.param("ab Mai frei ist die Kammer", [], id="a gap keeps the order"),
        pytest.param("weil leer seit Mai stehend", [("leer + stehen", "leer … stehend")], id="a plus does not"),
        pytest.param("Da ist eine Kammer. Und ich habe frei", [], id="a phrase ends with its sentence"),
        pytest.param("Kammer a b c d e f g frei", [], id="a gap has its limit"),
        pytest.param("Küche-Bad-Zimmer", [("Zimmer", "Zimmer")], id="the last part of an unknown word with hyphens"),
        pytest.param("3 Zimmer", [("# Zimmer", "3 Zimmer")], id="a number"),
        pytest.param("drei Zimmer", [("Zimmer", "Zimmer")], id="a phrase takes its words, else they count singly"),
        pytest.param("er ist im Zimmer nebenan", [], id="not_keywords take keywords away"),
        pytest.param("ein Zimmer für Kurse", [("Kurse", "Kurse")], id="but not from other fields"),
        pytest.param("ein Dolmetscher in Bad Bellingen", [], id="a place takes its words"),
        pytest.param("ich wohne im heim, in Lörrach", [("=Heim", "heim")] * 2, id="a noun in small letters"),
        pytest.param(
            "Nach der Schule gehe ich mit den Kindern über die Brücke heim",
            [("=Heim", "heim")],  # the English one
            id="exactly a noun, which has a capital among others",
        ),
        pytest.param(
            "Nach der Schule gehe ich mit den Kindern über die Brücke ins Heim",
            [("=Heim", "Heim")] * 2,
            id="it has one",
        ),
        pytest.param("Im Sommer sitzt der Mann mit dem Bruder auf hockern", [], id="what rules out, does"),
        pytest.param("Ich sag den Kindern und der Frau und dem Mann", [("=sag", "sag")], id="exactly what is no noun"),
        pytest.param("die Kinder und der Mann, unsere wohnung", [("Wohnung", "wohnung")], id="any other form"),
    ],
)
def test_keywords_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert keywords(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Mein Mann schlägt mich", ["Mann schlägt"], id="danger"),
        pytest.param("Mein Mann schlägt vor, dass wir umziehen", [], id="a phrase that only sounds like it"),
        pytest.param(
            "Der Mann schlägt um sich mit dem Hammer",
            ["Mann schlägt", "Mann schlägt um sich"],
            id="it covers too little",
        ),
        pytest.param("Feuer heute Nacht wieder und wieder, Flamme", ["Feuer"], id="its words stand far apart"),
        pytest.param("Ihr Hilfeplan", [], id="a single word that does"),
        pytest.param("Feuer", ["Feuer"], id="a cry"),
        pytest.param("Feuer und Flamme für Deutsch", [], id="a cry's word in what only sounds like danger"),
        pytest.param("Er schlägt vor, dass wir gehen. Hilfe, es brennt", ["Hilfe", "es brennt"], id="beside danger"),
    ],
)
def test_words_of_danger_are_found_but_not_in_what_is_none(text: str, expected: list[str]) -> None:
    assert sorted(found for _, found in keywords(text, "urgent", "cry")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Kammer in Bad Bellingen", ["Bad Bellingen"], id="a name of two words"),
        pytest.param("Kammer in Steinen", ["Steinen"], id="an ordinary word after a cue"),
        pytest.param("Wo ist das in. Steinen", ["Steinen"], id="an ordinary word after a cue, a dot too early"),
        pytest.param("Weg mit Steinen", [], id="an ordinary word without one"),
        pytest.param("Kammer, Höllstein", ["Höllstein"], id="a district"),
        pytest.param("у Райнфельдені", ["Райнфельдені"], id="a foreign spelling, inflected"),
        pytest.param("in Rheinfelden", ["Rheinfelden"], id="without what stands in brackets"),
    ],
)
def test_places_are_found(text: str, expected: list[str]) -> None:
    assert [found for _, found in keywords(text, "place")] == expected


def test_of_phrases_as_heavy_and_long_the_one_closer_together_takes_the_words() -> None:
    rules = make_rules(fields={"arbeit": {"de": ["sucht ... Köche", "(sucht|suchen) Köche"]}})
    reading = Reader(Lexicon(build_index(rules)), rules.weighing).read("Unser Haus sucht Köche")
    assert [entry.keyword for entry, _, _, _ in reading.findings()] == ["(sucht|suchen) Köche"]
