"""What the look-up structures hold after compiling."""

from __future__ import annotations

from bot.routing.index import build_index, edits_forgiven, pieces
from tests.support.rules import make_rules


def test_a_phrase_is_filed_under_its_rarest_word() -> None:
    index = build_index(make_rules(fields={"wohnen": {"de": ["Zimmer frei", "Haus frei", "Kammer frei"]}}))
    assert {index.written[term] for term in index.phrases} == {"zimmer", "haus", "kammer"}


def test_words_in_another_script_than_their_language_match_by_form_only() -> None:
    index = build_index(make_rules(fields={"wohnen": {"uk": ["квартира", "кімната", "kvartira"]}}))
    assert "kvartira" in index.by_form
    assert "kvartira" not in index.by_stem["uk"]
    assert list(index.stemmers) == ["cyrillic"]


def test_typos_are_forgiven_by_length() -> None:
    assert [edits_forgiven("x" * length) for length in (5, 6, 9, 10)] == [0, 1, 1, 2]


def test_a_word_with_a_typo_shares_a_piece_with_the_right_one() -> None:
    right, wrong = pieces("wohnung", 1), "wonung"
    assert wrong.startswith(right[0]) or wrong.endswith(right[1].lstrip("~"))
