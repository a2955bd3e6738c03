"""Splitting: at the best place, in Telegram's units, losing nothing but white space."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.delivery.split import split_text, utf16_length


@pytest.mark.parametrize(
    ("text", "length"),
    [("", 0), ("Straße", 6), ("🏠", 2), ("a🏠b", 4), ("привіт", 6), ("👩‍🏫", 5)],
)
def test_the_length_is_counted_as_telegram_does(text: str, length: int) -> None:
    assert utf16_length(text) == length


@pytest.mark.parametrize(
    ("label", "text", "limit", "parts"),
    [
        ("short text stays as it is", "  Guten Tag \n", 20, ["  Guten Tag \n"]),
        ("empty text is one empty part", "", 20, [""]),
        ("at a paragraph before a line", "Erste Zeile.\n\nZwei\nDrei vier", 20, ["Erste Zeile.", "Zwei\nDrei vier"]),
        ("at a line before a sentence", "Eins. Zwei\nDrei. Vier fünf", 18, ["Eins. Zwei", "Drei. Vier fünf"]),
        ("at a sentence before a word", "Eins zwei drei. Vier fünf sechs", 24, ["Eins zwei drei.", "Vier fünf sechs"]),
        ("at a word", "Einliegerwohnung in Lörrach", 20, ["Einliegerwohnung in", "Lörrach"]),
        ("not at an early paragraph", "Ja.\n\nEine sehr lange Zeile", 20, ["Ja.\n\nEine sehr lange", "Zeile"]),
        ("a single word where it must be", "abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("never inside a surrogate pair", "🏠🏠🏠", 3, ["🏠", "🏠", "🏠"]),
        ("a blank end is no part", "abcd    ", 4, ["abcd"]),
    ],
)
def test_a_text_is_cut_at_the_best_place(label: str, text: str, limit: int, parts: list[str]) -> None:
    assert split_text(text, limit) == parts, label


@given(st.text(st.sampled_from("ab .\n🏠é؟"), max_size=200), st.integers(2, 30))
def test_every_part_fits_and_nothing_but_white_space_is_lost(text: str, limit: int) -> None:
    parts = split_text(text, limit)
    assert all(utf16_length(part) <= limit for part in parts)
    assert re.sub(r"\s", "", "".join(parts)) == re.sub(r"\s", "", text)


def test_a_long_text_is_cut_quickly_enough() -> None:
    text = "Wort " * 20_000
    assert len(split_text(text)) == 25
