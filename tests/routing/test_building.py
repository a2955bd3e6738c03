"""What the look-up structures hold after compiling."""

from __future__ import annotations

from functools import partial

from bot.routing.building import build_index
from bot.routing.rules import Rules
from tests.support.rules import make_rules
from tests.support.steps import steps


def test_a_phrase_is_filed_under_its_rarest_word() -> None:
    index = build_index(make_rules(fields={"wohnen": {"de": ["Zimmer frei", "Haus frei", "Kammer frei"]}}))
    filed = {word for word in ("zimmer", "haus", "kammer", "frei") if index.by_form.get(word)[0].filed}
    assert filed == {"zimmer", "haus", "kammer"}


def test_words_in_another_script_than_their_language_match_by_form_only() -> None:
    index = build_index(make_rules(fields={"wohnen": {"uk": ["квартира", "кімната", "kvartira"]}}))
    assert "kvartira" in index.by_form
    assert "kvartira" not in index.by_stem["uk"]
    assert list(index.languages) == ["cyrillic"]


def test_building_takes_steps_in_proportion_to_the_keywords() -> None:
    def rules(keywords: int) -> Rules:
        words = [f"{chr(97 + i % 26)}wort{''.join(chr(97 + int(d)) for d in str(i))}" for i in range(keywords)]
        return make_rules(fields={"wohnen": {"de": [word for one in words for word in (one, f"{one} frei")]}})

    few, many = rules(500), rules(10_000)
    build_index(few)

    assert steps(partial(build_index, many)) < 25 * steps(partial(build_index, few))
