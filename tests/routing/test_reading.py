"""A whole message: phrases, parts of sentences and what they do, greeting, signature, quoted mail."""

from __future__ import annotations

import pytest

from bot.routing.index import build_index
from bot.routing.match import Lexicon
from bot.routing.reading import Reader, Reading
from tests.support.rules import make_rules

RULES = make_rules(
    fields={
        "wohnen": {
            "de": ["Zimmer", "Wohnung", "steht leer", "<raum> ... frei", "leer + stehen", "# Zimmer"],
            "not_keywords": {"de": ["im Zimmer nebenan"]},
        },
        "sprache": {"de": ["Deutschkurs", "Bad Dolmetscher"]},
        "arbeit": {"de": ["Arbeit", "arbeiten", "Bäckerei", "suche ... Mitarbeiter", "Personal"]},
    },
    groups={"raum": {"de": ["Kammer", "Zimmer", "kleine Bude"]}},
    cues={
        "offer": {"de": ["habe ... frei", "biete"]},
        "request": {"de": ["suche", "brauche"]},
        "question": {"de": ["gibt es"]},
        "background": {"de": ["ich arbeite", "ich bin", {"word": "bisher suche", "weight": 3}]},
        "turn": {"de": ["aber"]},
        "dismiss": {"de": ["kein ... sondern", "habe ich genug"]},
        "joint": {"de": ["und"]},
        "greeting": {"de": ["hallo", "sehr geehrte"]},
        "closing": {"de": ["mit freundlichen Grüßen"]},
        "quoted": {"de": ["schrieb am"]},
        "place": {"de": ["in"]},
    },
    places=[
        {"ags": "08336081", "name": "Bad Bellingen"},
        {"ags": "08336084", "name": "Steinen", "needs_context": ["Steinen"], "districts": ["Höllstein"]},
        {"ags": "08336069", "name": "Rheinfelden (Baden)", "aliases": ["Райнфельден"]},
    ],
    endings={"uk": ["і"]},
)
READER = Reader(Lexicon(build_index(RULES)), RULES.weighing)


def read(text: str) -> Reading:
    return READER.read(text)


def keywords(text: str, kind: str = "field") -> list[tuple[str, str]]:
    """Return keywords found and the person's words, phrases first."""
    reading = read(text)
    return [(f.entry.keyword, reading.found(f)) for f in reading.findings if f.entry.kind == kind]


def factor(text: str, keyword: str) -> float:
    reading = read(text)
    (found,) = {reading.factor(f) for f in reading.findings if f.entry.keyword == keyword}
    return found


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
        pytest.param("ein Dolmetscher in Bad Bellingen", [], id="a place takes its words"),
    ],
)
def test_keywords_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert keywords(text) == expected


@pytest.mark.parametrize(
    ("text", "keyword", "expected"),
    [
        pytest.param("Ich arbeite in der Bäckerei", "Bäckerei", "background", id="introducing the writer"),
        pytest.param("Ich suche eine Wohnung", "Wohnung", "concern", id="seeking"),
        pytest.param("Ich bin hier, suche eine Wohnung", "Wohnung", "concern", id="seeking after introducing"),
        pytest.param("Ich bin neu suche eine Wohnung", "Wohnung", "concern", id="both in one part"),
        pytest.param("Bisher suche ich eine Wohnung", "Wohnung", "background", id="a heavier cue for background"),
        pytest.param("Gibt es eine Wohnung", "Wohnung", "concern", id="asking in words"),
        pytest.param("Wohnung in Steinen?", "Wohnung", "concern", id="asking by a question mark"),
        pytest.param("Die Wohnung ist schön", "Wohnung", "plain", id="neither"),
        pytest.param("Ich suche für uns, meine Frau und mich, eine Wohnung", "Wohnung", "concern", id="handed on"),
        pytest.param("Ich suche nichts. Die Wohnung ist schön", "Wohnung", "plain", id="not over a sentence's end"),
        pytest.param("Ich arbeite hier und suche eine Wohnung", "Wohnung", "concern", id="after a joining word"),
        pytest.param("Ich arbeite in der Bäckerei und suche was", "Bäckerei", "background", id="before a joining word"),
    ],
)
def test_a_part_of_a_sentence_counts_by_what_it_does(text: str, keyword: str, expected: str) -> None:
    assert factor(text, keyword) == getattr(RULES.weighing, expected)


def test_what_stands_before_a_turn_is_set_back() -> None:
    assert factor("Die Wohnung ist gut, aber das Zimmer nicht", "Wohnung") == RULES.weighing.turned
    assert factor("Die Wohnung ist gut, aber das Zimmer nicht", "Zimmer") == 1


def test_what_is_not_wanted_counts_next_to_nothing() -> None:
    text = "Ich suche kein Zimmer, sondern Arbeit"
    assert factor(text, "Zimmer") < 0.2 < factor(text, "Arbeit")


@pytest.mark.parametrize(
    ("text", "keyword"),
    [
        pytest.param("Hallo Wohnung Nord,\nbiete ein Zimmer", "Wohnung", id="greeting"),
        pytest.param("Biete ein Zimmer.\nMit freundlichen Grüßen\nBäckerei Nord", "Bäckerei", id="signature"),
        pytest.param("Biete ein Zimmer.\nDas Amt schrieb am 3. Mai:\nIhre Arbeit", "Arbeit", id="older mail"),
    ],
)
def test_greeting_signature_and_older_mail_count_nothing(text: str, keyword: str) -> None:
    assert factor(text, keyword) == 0
    assert factor(text, "Zimmer") > 0


def test_a_greeting_in_one_breath_with_the_matter_counts() -> None:
    assert factor("hallo wohnung in steinen", "Wohnung") > 0


def test_a_long_text_after_a_closing_is_no_signature() -> None:
    assert factor("Mit freundlichen Grüßen an alle. " + "Das ist lang. " * 10 + "Das Zimmer ist da.", "Zimmer") > 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Kammer in Bad Bellingen", ["Bad Bellingen"], id="a name of two words"),
        pytest.param("Kammer in Steinen", ["Steinen"], id="an ordinary word after a cue"),
        pytest.param("Weg mit Steinen", [], id="an ordinary word without one"),
        pytest.param("Kammer, Höllstein", ["Höllstein"], id="a district"),
        pytest.param("у Райнфельдені", ["Райнфельдені"], id="a foreign spelling, inflected"),
        pytest.param("in Rheinfelden", ["Rheinfelden"], id="without what stands in brackets"),
    ],
)
def test_places_are_found(text: str, expected: list[str]) -> None:
    assert [found for _, found in keywords(text, "place")] == expected
