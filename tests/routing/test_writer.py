"""Who writes, what they want and where: all signs together tell."""

from __future__ import annotations

import pytest

from bot.routing.building import build_index
from bot.routing.match import Lexicon
from bot.routing.reader import Reader
from bot.routing.writer import AUDIENCES, DIRECTIONS, SIGNS, Writer, place_of
from tests.support.rules import make_rules

RULES = make_rules(
    fields={
        "arbeit": {
            "de": [
                "Stelle",
                {"word": "suchen ... Gesellen", "direction": "offer", "audience": "business"},
            ],
            "says": {"business": 2.5},
        }
    },
    hints={
        "mein": {"words": {"de": ["mein", "meine"]}, "says": {"newcomer": 3.0}},
        "bitte": {"words": {"de": ["bitte"], "en": ["please"]}, "says": {"request": 2.0, "offer": -1.0}},
    },
    cues={
        "offer": {"de": ["biete"]},
        "request": {"de": ["suche", {"word": "gibt es", "weight": 1}]},
        "question": {"de": ["wo"]},
        "background": {"de": ["ich bin"]},
        "advert": {"de": ["Verdiene ... Euro"]},
    },
    audiences={
        "newcomer": {"de": [{"word": "Flüchtling", "weight": 1}]},
        "volunteer": {"de": ["ehrenamtlich"]},
        "organisation": {"de": [{"word": "Verein", "weight": 3}]},
    },
    places=[
        {"ags": "08336091", "name": "Weil am Rhein", "aliases": ["Weil"]},
        {"ags": "08336050", "name": "Lörrach", "districts": ["Stetten"]},
    ],
)
READER = Reader(Lexicon(build_index(RULES)), RULES.weighing)
WRITER = Writer(RULES)


def told(text: str, about: str | None = None, language: str | None = "de") -> tuple[str, str]:
    return WRITER.tell(READER.read(text), language, about, in_field=about is not None)


@pytest.mark.parametrize(
    ("text", "about", "expected"),
    [
        pytest.param("Wo ist das, suche Stelle", "arbeit", "request", id="a request outweighs its question"),
        pytest.param("Wo ist das?", None, "question", id="a question"),
        pytest.param("Wir suchen ab Mai zwei Gesellen", "arbeit", "offer", id="a keyword that says what is wanted"),
        pytest.param("Stelle da?", "arbeit", "question", id="a question mark alone"),
        pytest.param("Guten Tag zusammen", None, "other", id="nothing, about no field"),
        pytest.param("Suche Stelle", "arbeit", "request", id="a request"),
        pytest.param("Biete Stelle", "arbeit", "offer", id="an offer"),
        pytest.param("Biete Stelle, wo melde ich das", "arbeit", "offer", id="an offer outweighs its question"),
        pytest.param("Verdiene tausend Euro, biete Stelle", "arbeit", "other", id="an advertisement"),
        pytest.param("Stelle bitte", "arbeit", "request", id="a hint alone"),
    ],
)
def test_all_signs_together_tell_what_is_wanted(text: str, about: str | None, expected: str) -> None:
    assert told(text, about)[0] == expected


@pytest.mark.parametrize(
    ("text", "about", "expected"),
    [
        pytest.param("ehrenamtlich im Verein", "kurs", "organisation", id="the heavier word"),
        pytest.param("Wir suchen ab Mai zwei Gesellen", "arbeit", "business", id="a keyword that says who writes"),
        pytest.param("Die Stelle ist ab Mai im Ort", "arbeit", "business", id="what the field says"),
        pytest.param("Mein Sohn, meine Stelle", "arbeit", "newcomer", id="hints outweigh what the field says"),
        pytest.param("MÉINE Stelle", "arbeit", "newcomer", id="a hint with another accent, in capitals"),
        pytest.param("Guten Tag", None, "unknown", id="nothing"),
    ],
)
def test_all_signs_together_tell_who_writes(text: str, about: str | None, expected: str) -> None:
    assert told(text, about)[1] == expected


def test_who_writes_in_a_foreign_language_is_rather_new() -> None:
    assert told("Guten Tag alle miteinander im Ort")[1] == "unknown"
    assert told("Guten Tag alle miteinander im Ort", "kurs", language="uk")[1] == "newcomer"


def test_a_hint_counts_once_however_often_its_words_are_said() -> None:
    assert told("bitte bitte bitte Stelle", "arbeit") == told("bitte Stelle", "arbeit")


def test_every_sign_says_something_of_every_leaning() -> None:
    assert {len(row) for row in SIGNS.values()} == {len(DIRECTIONS) + len(AUDIENCES)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("von Lörrach nach Weil am Rhein", "Weil am Rhein"),
        ("von Lörrach nach Weil", "Lörrach"),
        ("in Stetten", "Lörrach"),
        ("daheim", None),
    ],
)
def test_a_longer_name_then_the_first_one_tells_where(text: str, expected: str | None) -> None:
    assert place_of(READER.read(text)) == expected
