"""Which words of the rules a misspelt word is compared with."""

from __future__ import annotations

import pytest

from bot.routing.typos import Typos, edits_forgiven

WORDS = ("wohnung", "zimmer", "hausaufgaben", "kurs")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        pytest.param("wonung", {"wohnung"}, id="a letter missing, same end"),
        pytest.param("wohnugn", {"wohnung"}, id="letters exchanged, same beginning"),
        pytest.param("hausaufgbaen", {"hausaufgaben"}, id="two typos in a long word"),
        pytest.param("bohnung", set(), id="another first letter"),
        pytest.param("wohnungssuche", set(), id="much longer"),
        pytest.param("kuurs", set(), id="a short word of the rules is never offered"),
    ],
)
def test_a_word_is_compared_with_few(word: str, expected: set[str]) -> None:
    typos = Typos(WORDS)
    assert set(typos.similar(word)) == expected
    assert set(typos.similar(word)) == expected  # also once looked up


def test_typos_are_forgiven_by_length() -> None:
    assert [edits_forgiven("x" * length) for length in (5, 6, 9, 10)] == [0, 1, 1, 2]
