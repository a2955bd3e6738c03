"""Who writes, what they want and where: all signs together tell."""

from __future__ import annotations

import pytest

from bot.routing.building import build_index
from bot.routing.match import Lexicon
from bot.routing.reader import Reader
from bot.routing.writer import audience_of, direction_of, place_of
from tests.support.rules import make_rules

RULES = make_rules(
    fields={
        "arbeit": {
            "de": [
                "Stelle",
                {"word": "suchen ... Gesellen", "direction": "offer", "audience": "business"},
            ]
        }
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Wo ist das, suche Stelle", "request", id="a request outweighs its question"),
        pytest.param("Wo ist das", "question", id="a question"),
        pytest.param("Wo gibt es das?", "question", id="a weak cue for a request does not outweigh a question"),
        pytest.param("Wir suchen zwei Gesellen", "offer", id="a keyword that says what is wanted outweighs cues"),
        pytest.param("Stelle da?", "question", id="a question mark alone"),
        pytest.param("Stelle", "other", id="nothing"),
        pytest.param("Gibt es das", "other", id="a weak cue, about no field"),
    ],
)
def test_signs_tell_what_is_wanted(text: str, expected: str) -> None:
    assert direction_of(READER.read(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Die Stelle ist weg", "request", id="a need without any sign"),
        pytest.param("Die Stelle ist im Lager und in der Küche und geht bis Mai", "request", id="told at length"),
        pytest.param("Stelle im Lager\n\nMit freundlichen Grüßen\nFatima Al Hassan", "request", id="signed"),
        pytest.param("Ehrenamtlich im Lager", "offer", id="what a volunteer tells without any sign"),
        pytest.param("Ehrenamtlich im Lager?", "question", id="what a volunteer asks"),
        pytest.param("Gibt es das", "request", id="a weak cue"),
        pytest.param("Biete Stelle", "offer", id="a sign"),
        pytest.param("Biete Stelle, wo melde ich das?", "offer", id="an offer outweighs its question"),
        pytest.param("Verdiene tausend Euro, biete Stelle", "other", id="an advertisement"),
    ],
)
def test_who_writes_about_a_field_wants_something_of_it(text: str, expected: str) -> None:
    assert direction_of(READER.read(text), in_field=True) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("ehrenamtlich im Verein", "organisation", id="the heavier word"),
        pytest.param("Wir suchen zwei Gesellen", "business", id="a keyword that says who writes"),
        pytest.param("Stelle", "citizen", id="the usual one"),
        pytest.param("Stelle für Flüchtling", "citizen", id="the usual one outweighs a hint"),
        pytest.param("ehrenamtlich", "volunteer", id="what is said outweighs the usual one"),
    ],
)
def test_the_heaviest_words_tell_who_writes(text: str, expected: str) -> None:
    assert audience_of(READER.read(text), "citizen") == expected


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
