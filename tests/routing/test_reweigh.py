"""Weights written into the text of a rules file."""

from __future__ import annotations

import pytest

from bot.routing.reweigh import reweigh
from bot.routing.weights import Weighed

TEXT = """\
version: 1  # how it is written
fields:
  wohnen:
    title: {de: Wohnen}
    keywords:
      de: [Wohnung, {word: Keller, weight: 3},   # rooms
        "(Haus|Hof) ... frei", {word: "# Zimmer", weight: 1, direction: offer},
        {word: Garten, weight: 1}]
      en:
        - flat
        - {word: cellar, weight: 1}
    not_keywords:
      de: [Garten]
topics:
  gesundheit: {title: {de: Gesundheit}, keywords: {de: [Arzt, Praxis]}}
"""


@pytest.mark.parametrize(
    ("owner", "language", "keyword", "weight", "before", "after"),
    [
        ("wohnen", "de", "Wohnung", 2.5, "[Wohnung,", "[{word: Wohnung, weight: 2.5},"),
        ("wohnen", "de", "Keller", 1, "{word: Keller, weight: 3}", "{word: Keller, weight: 1}"),
        ("wohnen", "de", "Garten", 2, "{word: Garten, weight: 1}", "Garten"),
        (
            "wohnen",
            "de",
            "(Haus|Hof) ... frei",
            0.5,
            '"(Haus|Hof) ... frei"',
            '{word: "(Haus|Hof) ... frei", weight: 0.5}',
        ),
        (
            "wohnen",
            "de",
            "# Zimmer",
            3,
            '{word: "# Zimmer", weight: 1, direction: offer}',
            '{word: "# Zimmer", weight: 3, direction: offer}',
        ),
        (
            "wohnen",
            "de",
            "# Zimmer",
            2,
            '{word: "# Zimmer", weight: 1, direction: offer}',
            '{word: "# Zimmer", direction: offer}',
        ),
        ("wohnen", "en", "flat", 1.5, "- flat", "- {word: flat, weight: 1.5}"),
        ("wohnen", "en", "cellar", 0.25, "- {word: cellar, weight: 1}", "- {word: cellar, weight: 0.25}"),
        ("gesundheit", "de", "Praxis", 3, "Praxis]", "{word: Praxis, weight: 3}]"),
    ],
)
def test_only_the_keyword_changes(
    owner: str, language: str, keyword: str, weight: float, before: str, after: str
) -> None:
    change = Weighed(owner, language, keyword, 0, weight, 9)
    for mark in ("", "\ufeff"):
        assert reweigh(mark + TEXT, [change]) == mark + TEXT.replace(before, after, 1)


def test_several_change_at_once_whatever_their_order() -> None:
    changes = [Weighed("wohnen", "de", word, 0, 1, 9) for word in ("Garten", "Keller", "Wohnung")]
    assert reweigh(TEXT, changes) == reweigh(TEXT, reversed(changes))
    assert "{word: Wohnung, weight: 1}, {word: Keller, weight: 1}," in reweigh(TEXT, changes)


@pytest.mark.parametrize("text", ["", "version: 1", "fields: [", "fields: {wohnen: {keywords: Wohnung}}"])
def test_a_file_without_the_keyword_stays_as_it_is(text: str) -> None:
    assert reweigh(text, [Weighed("wohnen", "de", "Wohnung", 2, 1, 9)]) == text
