"""Weights written into the text of a rules file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.routing.load import load_rules
from bot.routing.reweigh import reweigh
from bot.routing.rules import Keyword
from bot.routing.weights import Weighed

SHIPPED = Path(__file__).parents[2] / "routing_rules.yaml"
TEXT = """\
version: 1  # how it is written
fields:
  wohnen:
    title: {de: Wohnen}
    keywords:
      de: [Wohnung, {word: Keller, weight: 3},   # rooms
        "(Haus|Hof) ... frei", {word: "# Zimmer", weight: 1, direction: offer},
        {word: Garten, weight: 1},
        {weight: 2.5, words: [Dach, {word: Boden, weight: 1}, {word: Stall, direction: offer}]}]
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
        ("wohnen", "de", "Garten", 2, "{word: Garten, weight: 1}", "{word: Garten, weight: 2}"),
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
            '{word: "# Zimmer", weight: 2, direction: offer}',
        ),
        ("wohnen", "en", "flat", 1.5, "- flat", "- {word: flat, weight: 1.5}"),
        ("wohnen", "en", "cellar", 0.25, "- {word: cellar, weight: 1}", "- {word: cellar, weight: 0.25}"),
        ("wohnen", "de", "Dach", 2, "[Dach,", "[{word: Dach, weight: 2},"),
        ("wohnen", "de", "Boden", 2.5, "{word: Boden, weight: 1}", "{word: Boden, weight: 2.5}"),
        ("wohnen", "de", "Stall", 1, "{word: Stall, direction", "{word: Stall, weight: 1, direction"),
        ("gesundheit", "de", "Praxis", 3, "Praxis]", "{word: Praxis, weight: 3}]"),
    ],
)
def test_only_the_keyword_changes(
    owner: str, language: str, keyword: str, weight: float, before: str, after: str
) -> None:
    change = Weighed(owner, language, keyword, 0, weight, 9)
    for mark in ("", "\ufeff"):
        assert reweigh(mark + TEXT, [change]) == (mark + TEXT.replace(before, after, 1), 1)


def test_what_has_the_weight_already_by_those_it_stands_with_stays() -> None:
    assert reweigh(TEXT, [Weighed("wohnen", "de", "Dach", 2, 2.5, 9)]) == (TEXT, 0)


def test_several_change_at_once_whatever_their_order() -> None:
    changes = [Weighed("wohnen", "de", word, 0, 1, 9) for word in ("Garten", "Keller", "Wohnung")]
    assert reweigh(TEXT, changes) == reweigh(TEXT, reversed(changes))
    text, written = reweigh(TEXT, changes)
    assert written == 3
    assert "{word: Wohnung, weight: 1}, {word: Keller, weight: 1}," in text


def test_what_an_alias_repeats_is_left_alone() -> None:
    text = "fields:\n  wohnen: {keywords: {de: &k [Keller, {word: Hof, weight: 1}], en: *k}}\n"
    changes = [Weighed("wohnen", "en", word, 2, 1.5, 9) for word in ("Keller", "Hof")]
    assert reweigh(text, changes) == (text, 0)


@pytest.mark.parametrize("text", ["", "version: 1", "fields: [", "fields: {wohnen: {keywords: Wohnung}}"])
def test_a_file_without_the_keyword_stays_as_it_is(text: str) -> None:
    assert reweigh(text, [Weighed("wohnen", "de", "Wohnung", 2, 1, 9)]) == (text, 0)


HEAD = "fields:\n  wohnen:\n    keywords:\n      de:\n"


@pytest.mark.parametrize(
    ("listed", "keyword", "after"),
    [
        pytest.param(
            "        - word: Wohnung   # ours\n          weight: 1  # a hint\n        # rooms\n        - Keller\n",
            "Wohnung",
            "        - word: Wohnung   # ours\n          weight: 1.5  # a hint\n        # rooms\n        - Keller\n",
            id="remarks in a block stay",
        ),
        pytest.param(
            "        - {direction: offer, word: frei}\r\n",
            "frei",
            "        - {direction: offer, word: frei, weight: 1.5}\r\n",
            id="a weight is added, the line end stays",
        ),
        pytest.param(
            "        - E-Mail ... Amt\n",
            "E-Mail ... Amt",
            "        - {word: E-Mail ... Amt, weight: 1.5}\n",
            id="plain",
        ),
        pytest.param("        - >-\n          steht\n          leer\n", "steht leer", None, id="over several lines"),
        pytest.param("        - frei, bald\n", "frei, bald", None, id="a comma without quotes"),
        pytest.param("        - &w Wohnung\n", "Wohnung", None, id="an anchor"),
        pytest.param("        - {word: Wohnung, weight: &w 1}\n", "Wohnung", None, id="an anchor at the weight"),
        pytest.param('        - "fr\\u0065i"\n', "frei", None, id="signs for signs"),
        pytest.param("        - word: frei\n          direction: offer\n", "frei", None, id="a block without a weight"),
    ],
)
def test_what_is_not_safe_to_rewrite_is_left_alone(listed: str, keyword: str, after: str | None) -> None:
    found = reweigh(HEAD + listed, [Weighed("wohnen", "de", keyword, 2, 1.5, 9)])
    assert found == (HEAD + (after or listed), int(after is not None))


Words = list[tuple[str, str, Keyword]]


def words_of(text: str) -> Words:
    """Return every keyword of fields and topics with its owner and language, in the file's order."""
    rules = load_rules(text, "rules")
    owners = {**rules.fields, **rules.topics}
    return [
        (owner, language, keyword)
        for owner, rule in owners.items()
        for language, keywords in rule.keywords.items()
        for keyword in keywords
    ]


def without_weights(words: Words) -> Words:
    return [(owner, language, replace(keyword, weight=1)) for owner, language, keyword in words]


def test_the_shipped_rules_change_in_their_weights_only() -> None:
    text = SHIPPED.read_text("utf-8")
    before = words_of(text)
    changes = [
        Weighed(owner, language, keyword.word, keyword.weight, (number % 12 + 1) / 4, 9)
        for number, (owner, language, keyword) in enumerate(before)
    ]

    changed, written = reweigh(text, changes)
    after = words_of(changed)

    assert written > len(before) * 0.8  # one in twelve has the weight already
    assert sorted(without_weights(after), key=str) == sorted(without_weights(before), key=str)
    weights = {(owner, language, keyword.word): keyword.weight for owner, language, keyword in after}
    assert sum([weights[one.owner, one.language, one.keyword] == one.after for one in changes]) >= written
    assert changed.count("##") == text.count("##")
