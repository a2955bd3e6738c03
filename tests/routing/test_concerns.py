"""`bot.routing.concerns`: whether a message has a second concern."""

from __future__ import annotations

import pytest

from bot.routing.decide import Router
from tests.support.rules import make_rules

RULES = make_rules(
    fields={
        "wohnen": {"de": ["Wohnung", "Zimmer"]},
        "sprache": {"de": ["Deutschkurs"]},
        "arbeit": {"de": ["Arbeit", "Stelle"]},
    },
    cues={
        "request": {"de": ["suche"]},
        "background": {"de": ["ich arbeite"]},
        "joint": {"de": ["und"]},
        "further": {"de": ["=und", "=außerdem"]},
        "two": {"de": ["zwei Fragen"]},
    },
)
ROUTER = Router(RULES)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        pytest.param("Ich suche ein Zimmer. Und wo ist ein Deutschkurs?", ("wohnen", "sprache"), id="further"),
        pytest.param("Ein Zimmer ist frei. Außerdem Arbeit in der Küche.", ("wohnen", "arbeit"), id="further, plain"),
        pytest.param("Ich suche ein Zimmer. Es gibt dazu außerdem Arbeit.", ("wohnen", "arbeit"), id="within the part"),
        pytest.param("Und das Zimmer ist frei. Es gibt Arbeit.", (), id="what begins the message is not further"),
        pytest.param("Ein Zimmer ist frei. Es gibt Arbeit.", (), id="nothing turns to it"),
        pytest.param("Ein Zimmer und Arbeit", (), id="not at the beginning of a sentence"),
        pytest.param("Ich suche ein Zimmer. Und ich arbeite an einer Stelle.", ("wohnen",), id="only background"),
        pytest.param("Ein Zimmer ist frei. Und die Wohnung auch.", ("wohnen",), id="the same field again"),
        pytest.param("Zimmer, Deutschkurs. Und Arbeit, Stelle", ("arbeit",), id="no lead before it"),
        pytest.param("Zwei Fragen: Zimmer, Deutschkurs", ("wohnen", "sprache"), id="said to be two"),
    ],
)
def test_a_second_field_goes_along_where_it_is_a_concern_of_its_own(text: str, fields: tuple[str, ...]) -> None:
    assert ROUTER.decide(text).fields == fields


def test_the_points_of_a_further_concern_are_summed_without_noise() -> None:
    hints = {"de": [{"word": "Gang", "weight": 0.45}, {"word": "Flur", "weight": 1.05}, {"word": "Haus", "weight": 2}]}
    router = Router(
        make_rules(
            fields={"wohnen": hints, "arbeit": {"de": [{"word": "Stelle", "weight": 3}]}},
            cues={"further": {"de": ["=und"]}},
        )
    )
    assert router.decide("Gang, Flur. Und Stelle").fields == ("arbeit", "wohnen")
