"""The decision: when to route, to ask, to leave it, and what goes along."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Outcome
from bot.routing.decide import Router, score
from tests.support.rules import make_rules
from tests.support.steps import steps

RULES = make_rules(
    fields={
        "wohnen": {
            "de": ["Wohnung", {"word": "Zimmer ... frei", "weight": 3, "direction": "offer"}, "Zimmer"],
            "en": ["flat"],
            "says": {"citizen": 1.0},
        },
        "sprache": {"de": ["Deutschkurs", "Sprache"], "en": ["course"]},
        "arbeit": {"de": ["Arbeit", "Bäckerei", {"word": "Job", "weight": 1}], "en": ["work", "working"]},
        "bildung": {"de": ["Schule"], "fr": ["rentrer"]},
    },
    topics={
        "gesundheit": {"de": [{"word": "Arzt", "weight": 3}]},
        "amt": {"de": ["Ampel"], "says": {"citizen": 4}},
    },
    cues={
        "request": {"de": ["suche", "brauche"]},
        "background": {"de": ["ich arbeite"]},
        "joint": {"de": ["und"]},
        "dismiss": {"de": ["kein ... sondern", "suche kein"]},
        "two": {"de": ["zwei Fragen"]},
        "local": {"de": ["=isch", "=nit"]},
    },
    audiences={"business": {"de": [{"word": "GmbH", "weight": 3}]}},
    emergency={"de": ["es brennt"]},
    cries={"de": ["=Feuer"]},
    thresholds={"cry_words": 3},
    everyday={"de": ["ich", "eine", "in", "der", "ist"], "en": ["the", "is", "a", "for", "in"]},
    places=[{"ags": "08336050", "name": "Lörrach"}, {"ags": "08336008", "name": "Bad Bellingen"}],
    rules_version="abc",
)
ROUTER = Router(RULES)


@pytest.mark.parametrize(
    ("text", "outcome", "fields", "choices"),
    [
        pytest.param("Ich suche eine Wohnung", "route", ("wohnen",), ("wohnen",), id="one field"),
        pytest.param("Wohnung oder Deutschkurs", "ask", (), ("wohnen", "sprache"), id="two fields alike"),
        pytest.param("Job", "ask", (), ("arbeit",), id="a hint is not enough"),
        pytest.param("Guten Tag", "none", (), (), id="nothing known"),
        pytest.param("Arzt für unsere Wohnung", "none", (), ("wohnen",), id="a competing topic leads"),
        pytest.param("Arzt, Wohnung, Zimer", "ask", (), ("wohnen",), id="a competing topic is close"),
        pytest.param("", "none", (), (), id="nothing at all"),
        pytest.param(
            "Ich arbeite in der Bäckerei und habe ein Zimmer frei",
            "route",
            ("wohnen",),
            ("wohnen", "arbeit"),
            id="background",
        ),
        pytest.param(
            "Suche kein Deutschkurs, sondern Arbeit", "route", ("arbeit",), ("arbeit", "sprache"), id="not wanted"
        ),
        pytest.param(
            "Ich suche ein Zimmer. Außerdem suche ich einen Deutschkurs und brauche Arbeit",
            "ask",
            (),
            ("wohnen", "sprache", "arbeit"),
            id="everything at once",
        ),
    ],
)
def test_an_outcome_is_chosen(text: str, outcome: str, fields: tuple[str, ...], choices: tuple[str, ...]) -> None:
    decision = ROUTER.decide(text)
    assert (decision.outcome, decision.fields, set(decision.choices)) == (outcome, fields, set(choices))


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        pytest.param("Wohnung Zimmer Keller, Arbeit Stelle", "route", id="six points before four"),
        pytest.param("Wohnung, Job", "ask", id="two before one"),
        pytest.param("Wohnung Zimmer Keller, Arbeit Stelle Job", "ask", id="six before five"),
        pytest.param("Arzt Apotheke, Job", "none", id="a topic four points before a field's one"),
        pytest.param("Arzt Apotheke, Wohnung Job", "ask", id="a topic two points before a field"),
    ],
)
def test_what_counts_is_by_how_many_points_the_lead_is_ahead(text: str, outcome: str) -> None:
    job = {"word": "Job", "weight": 1}
    rules = make_rules(
        fields={"wohnen": {"de": ["Wohnung", "Zimmer", "Keller"]}, "arbeit": {"de": ["Arbeit", "Stelle", job]}},
        topics={"gesundheit": {"de": ["Arzt", "Apotheke"]}},
        thresholds={"route_points": 1, "route_lead": 2, "topic_lead": 3},
    )
    assert Router(rules).decide(text).outcome == outcome


def test_sums_reach_their_thresholds_without_the_noise_of_floats() -> None:
    rules = make_rules(
        fields={"wohnen": {"de": ["Wohnung", {"word": "Keller", "weight": 0.1}, {"word": "Garten", "weight": 0.2}]}},
        cues={"request": {"de": ["suche"]}},
        thresholds={"route_points": 2.1, "route_lead": 2.1},
    )
    decision = Router(rules).decide("Suche Wohnnung")  # 2 x 1.5 x 0.7
    assert (decision.outcome, decision.margin) == ("route", 2.1)
    assert Router(rules).decide("Keller Garten").margin == 0.3


def test_of_two_alike_the_one_said_first_leads() -> None:
    rules = make_rules(fields={"wohnen": {"de": ["Wohnung"]}, "arbeit": {"de": ["Stelle"]}})
    assert Router(rules).decide("Wohnung, Stelle").choices == ("wohnen", "arbeit")
    assert Router(rules).decide("Stelle, Wohnung").choices == ("arbeit", "wohnen")


def test_a_second_field_asked_about_by_itself_comes_along() -> None:
    decision = ROUTER.decide("Ich suche eine Wohnung, ein Zimmer mit Bad frei. Ich brauche auch einen Deutschkurs.")
    assert decision.fields == ("wohnen", "sprache")


def test_two_fields_asked_about_alike_both_get_it() -> None:
    decision = ROUTER.decide("Ich suche eine Wohnung, ein Zimmer. Ich brauche auch einen Deutschkurs für die Sprache.")
    assert (decision.outcome, set(decision.fields)) == (Outcome.ROUTE, {"wohnen", "sprache"})


def test_a_second_field_asked_about_in_the_same_sentence_comes_along_too() -> None:
    decision = ROUTER.decide("Ich suche eine Wohnung, ein Zimmer mit Bad frei und ich brauche einen Deutschkurs")
    assert decision.fields == ("wohnen", "sprache")


def test_what_is_mentioned_in_the_sentence_of_another_concern_does_not_come_along() -> None:
    assert ROUTER.decide("Ich suche eine Wohnung, ein Zimmer frei, mit Deutschkurs").fields == ("wohnen",)


def test_two_fields_asked_about_in_one_word_each_are_asked_back() -> None:
    assert ROUTER.decide("Ich suche eine Wohnung. Ich brauche einen Deutschkurs.").outcome is Outcome.ASK


def test_a_field_only_mentioned_does_not_come_along() -> None:
    assert ROUTER.decide("Ich arbeite in der Bäckerei. Ich suche eine Wohnung.").fields == ("wohnen",)


def test_what_only_the_background_names_is_meant_after_all() -> None:
    assert ROUTER.decide("Ich arbeite in der Bäckerei. Und nun?").scores["arbeit"] == score(4 * RULES.weighing.alone)


def test_what_is_not_wanted_stays_so_when_nothing_else_is_named() -> None:
    assert ROUTER.decide("Suche kein Zimmer").outcome is Outcome.ASK


def test_who_says_that_there_are_two_concerns_means_both() -> None:
    decision = ROUTER.decide("Zwei Fragen: Ich suche eine Wohnung, und der Deutschkurs?")
    assert (decision.outcome, set(decision.fields)) == (Outcome.ROUTE, {"wohnen", "sprache"})


def test_of_three_concerns_two_are_not_picked() -> None:
    assert ROUTER.decide("Zwei Fragen: Wohnung, Deutschkurs, Arbeit").outcome is Outcome.ASK


def test_a_word_counts_once_however_often_it_stands_there() -> None:
    once, often = ROUTER.decide("Wohnung"), ROUTER.decide("Wohnung, Wohnung, Wohnung")
    assert once.scores == often.scores


def test_danger_goes_to_people_at_once() -> None:
    decision = ROUTER.decide("es brennt in meiner Wohnung")
    assert (decision.urgent, decision.outcome) == (True, Outcome.NONE)


@pytest.mark.parametrize(
    ("text", "urgent"),
    [
        pytest.param("Feuer!! Schnell!", True, id="a cry"),
        pytest.param("Feuer in Haus", True, id="as long as one may be"),
        pytest.param("Feuer! Feuer! Haus 3, Feuer! 2. Stock!", True, id="said again, with numbers"),
        pytest.param("Feuer machen erlaubt?", False, id="nobody cries by asking"),
        pytest.param("Wir machen ein Feuer", False, id="said by the way"),
        pytest.param("Feuer! Es brennt in der Wohnung", True, id="real danger is, however long"),
    ],
)
def test_a_cry_is_danger_only_where_hardly_more_is_said(text: str, urgent: bool) -> None:
    assert ROUTER.decide(text).urgent is urgent


def test_danger_says_by_which_words_it_was_seen() -> None:
    decision = ROUTER.decide("Hilfe, es brennt in meiner Wohnung")
    assert [(hit.field, hit.found) for hit in decision.hits] == [("emergency", "es brennt"), ("wohnen", "Wohnung")]
    assert set(decision.scores) == set(RULES.fields)


def test_a_foreign_inflection_counts_little() -> None:
    foreign, own = ROUTER.decide("ich rentre in der Arbeit"), ROUTER.decide("rentre")
    assert foreign.scores["bildung"] < own.scores["bildung"]


@pytest.mark.parametrize(
    ("text", "audience", "direction", "place", "language"),
    [
        pytest.param("Bei uns ist ein Zimmer in Lörrach frei", "citizen", "offer", "Lörrach", "de", id="an offer"),
        pytest.param("Ich suche eine Wohnung", "newcomer", "request", None, "de", id="a request"),
        pytest.param("suche eine Wohnung, isch nit groß", "citizen", "request", None, "de", id="one from here"),
        pytest.param("Die Ampel in der Eile ist rot", "citizen", "other", None, "de", id="what the topic says"),
        pytest.param(
            "Unsere GmbH, suche eine Arbeit im Ort", "business", "request", None, "de", id="who says who they are"
        ),
        pytest.param("the flat is in Lörrach?", "newcomer", "question", "Lörrach", "en", id="another language"),
        pytest.param("Hallo", "unknown", "other", None, None, id="nothing at all"),
        pytest.param("es brennt, wo ist das?", "unknown", "request", None, "de", id="in danger one wants help"),
        pytest.param(
            "es brennt, suche eine Wohnung", "unknown", "request", None, "de", id="no guess where life is at stake"
        ),
    ],
)
def test_what_goes_along_is_told(
    text: str, audience: str, direction: str, place: str | None, language: str | None
) -> None:
    decision = ROUTER.decide(text)
    assert (decision.audience, decision.direction, decision.place, decision.language) == (
        audience,
        direction,
        place,
        language,
    )


def test_hits_carry_the_persons_own_spelling_and_the_rules_version() -> None:
    decision = ROUTER.decide("bei uns wird ein ZIMMER im Mai frei")
    assert (decision.hits[0].found, decision.hits[0].keyword) == ("ZIMMER … frei", "Zimmer ... frei")
    assert decision.rules_version == "abc"


@pytest.mark.parametrize(("points", "expected"), [(0, 0), (1, 25), (2, 40), (3, 50), (6, 67), (12, 80)])
def test_points_become_a_score(points: float, expected: int) -> None:
    assert score(points) == expected


@settings(max_examples=300)
@given(
    st.text(alphabet=st.characters(), max_size=400)
    | st.lists(
        st.sampled_from(
            [
                "Wohnung",
                "Zimmer",
                "frei",
                ",",
                ".",
                "?",
                "\n",
                "und",
                "suche",
                "kein",
                "sondern",
                "3",
                "\u202e",
                "\ud800",
                "👍",
            ]
        )
    ).map(" ".join)
)
def test_any_text_is_survived(text: str) -> None:
    decision = ROUTER.decide(text)
    assert all(0 <= value <= 100 for value in decision.scores.values())
    assert bool(decision.fields) == (decision.outcome is Outcome.ROUTE)


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("Zimmer ", id="the same phrase's beginning"),
        pytest.param("x", id="one word"),
        pytest.param("a-", id="one word of hyphens"),
        pytest.param("Wohnung. ", id="sentences"),
        pytest.param("und ", id="joining words"),
        pytest.param("\n", id="empty lines"),
        pytest.param("ﷺ", id="a letter that stands for eighteen"),
        pytest.param("> ", id="quotes"),
    ],
)
def test_a_hundred_thousand_letters_take_ten_times_the_steps_of_ten_thousand(piece: str) -> None:
    ROUTER.decide(piece * 100)  # what is learnt of a word is learnt once

    short, long = (steps(partial(ROUTER.decide, piece * (letters // len(piece)))) for letters in (10_000, 100_000))

    # Counted, not timed: the same on every machine. 100 more for what happens once.
    assert long <= short * 11 + 100
