"""Weights corrected by labelled messages."""

from __future__ import annotations

from typing import Any

import pytest

from bot.routing.decide import Router
from bot.routing.weights import LEAST_MESSAGES, Fit, Weighed
from tests.support.rules import make_rules

ROUTER = Router(
    make_rules(
        fields={
            "wohnen": {"de": ["Wohnung", "Keller", "Garten"]},
            "arbeit": {"de": ["Stelle", {"word": "Garten Stelle", "weight": 3}], "en": ["job"]},
        },
        topics={"gesundheit": {"de": ["Arzt"]}},
    )
)


def rows(text: str, *labels: str, times: int = 12, **more: Any) -> list[dict[str, Any]]:
    return [{"text": text, "labels": list(labels), **more}] * times


def weighed(*several: list[dict[str, Any]]) -> dict[str, Weighed]:
    fit = Fit(ROUTER, [row for some in several for row in some])
    for number in range(fit.rounds):
        fit.climb(number)
    return {one.keyword: one for one in fit.changes()}


def test_what_tells_gains_and_what_misleads_loses() -> None:
    changes = weighed(rows("Keller und Stelle", "arbeit"))

    assert changes["Stelle"].after > changes["Stelle"].before == 2
    assert changes["Keller"].after < changes["Keller"].before == 2
    assert (changes["Keller"].owner, changes["Keller"].language, changes["Keller"].messages) == ("wohnen", "de", 12)


@pytest.mark.parametrize(("times", "changed"), [(LEAST_MESSAGES - 1, False), (40, True)])
def test_few_messages_change_nothing(times: int, changed: bool) -> None:
    assert ("Keller" in weighed(rows("Keller und Stelle", "arbeit", times=times))) is changed


def test_a_keyword_met_too_seldom_stays_though_others_move() -> None:
    changes = weighed(rows("Keller, Stelle", "arbeit"), rows("Garten, Stelle", "arbeit", times=LEAST_MESSAGES - 1))

    assert "Keller" in changes
    assert "Garten" not in changes


def test_no_keyword_comes_to_weigh_more_than_any_may() -> None:
    changes = weighed(rows("Keller und Stelle", "arbeit", times=300))

    assert changes["Stelle"].after == 3
    assert 0 < changes["Keller"].after <= 0.5


def test_a_message_of_no_field_takes_from_what_drew_it_there() -> None:
    assert weighed(rows("Garten", "none", times=40))["Garten"].after < 2


def test_a_message_of_no_field_gives_to_its_topic() -> None:
    changes = weighed(rows("Arzt, Wohnung", "none", times=40))

    assert changes["Arzt"].after > 2 > changes["Wohnung"].after


def test_of_two_fields_asked_about_none_displaces_the_other() -> None:
    both = rows("Wohnung und Stelle", "wohnen", "arbeit", all_fields=["wohnen", "arbeit"], times=40)
    one = rows("Wohnung und Stelle", "wohnen", all_fields=["wohnen"], times=40)

    assert weighed(both).keys() <= {"Wohnung", "Stelle"}
    assert all(change.after >= 2 for change in weighed(both).values())
    assert weighed(one)["Stelle"].after < 2


def test_very_many_keywords_in_a_message_are_no_matter() -> None:
    words = [f"wort{chr(97 + one // 26)}{chr(97 + one % 26)}x" for one in range(600)]
    router = Router(make_rules(fields={"wohnen": {"de": words}, "arbeit": {"de": ["Stelle"]}}))
    fit = Fit(router, rows(" ".join([*words, "Stelle"]), "arbeit"))
    fit.climb(0)
    assert fit.changes() == []


def test_what_means_nothing_by_itself_is_left_out() -> None:
    assert weighed(rows("Keller und Stelle", "arbeit", standalone=False)) == {}


def test_a_message_without_keywords_changes_nothing() -> None:
    assert weighed(rows("Guten Tag", "wohnen"), rows("", "none")) == {}
