"""Keywords in lines moved to the lines of another weight."""

from __future__ import annotations

import pytest

from bot.routing.moving import move

TEXT = """\
version: 1  # how it is written
fields:
  wohnen:
    keywords:
      de:
        - weight: 3
          words: |
            Wohnung, (Haus|Hof) ... frei,
            ## rooms
            # Zimmer,
        - weight: 1
          direction: offer
          words: |
            Keller
            Stall,
        - {word: Garten, weight: 1}
      en:
        - words: |
            flat, cellar
"""


@pytest.mark.parametrize(
    ("language", "keyword", "weight", "before", "after"),
    [
        pytest.param("de", "# Zimmer", 3, "", "", id="it has the weight"),
        pytest.param("fr", "# Zimmer", 1, "", "", id="another language"),
        pytest.param("de", "Garten", 2, "", "", id="it stands in no lines"),
        pytest.param(
            "de",
            "Wohnung",
            2.5,
            "            Wohnung, (Haus|Hof) ... frei,\n            ## rooms\n            # Zimmer,\n",
            "            (Haus|Hof) ... frei,\n            ## rooms\n            # Zimmer,\n"
            "        - weight: 2.5\n          words: |\n            Wohnung,\n",
            id="below, where the weight is new",
        ),
        pytest.param(
            "de",
            "# Zimmer",
            1,
            "            # Zimmer,\n",
            "        - weight: 1\n          words: |\n            # Zimmer,\n",
            id="not to those of another direction",
        ),
        pytest.param(
            "de",
            "Stall",
            3,
            "            Stall,\n",
            "        - weight: 3\n          direction: offer\n          words: |\n            Stall,\n",
            id="the direction comes along",
        ),
        pytest.param(
            "en",
            "flat",
            1.5,
            "            flat, cellar\n",
            "            cellar,\n        - weight: 1.5\n          words: |\n            flat,\n",
            id="lines without a weight",
        ),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["unix", "windows"])
def test_only_the_keyword_moves(
    language: str, keyword: str, weight: float, before: str, after: str, line_end: str
) -> None:
    moved = move(TEXT.replace("\n", line_end), {("wohnen", language, keyword): weight})
    assert moved == (TEXT.replace(before, after, 1).replace("\n", line_end), int(before != after))


def test_new_lines_are_indented_like_those_that_are_there() -> None:
    text = """\
fields:
  wohnen:
    keywords:
      de:
        -   weight: 3
            words: |
                Hof, Stall, Dach ## the farm
        -   weight: 1
            words: |
                Boden
"""
    assert move(text, {("wohnen", "de", "Hof"): 1, ("wohnen", "de", "Dach"): 2.5}) == (
        """\
fields:
  wohnen:
    keywords:
      de:
        -   weight: 3
            words: |
                Stall, ## the farm
        -   weight: 2.5
            words: |
                Dach,
        -   weight: 1
            words: |
                Boden
                Hof,
""",
        2,
    )


def test_what_cannot_move_without_a_risk_stays() -> None:
    more_below = TEXT.replace(
        "        - words: |\n            flat, cellar\n", "        - words: |\n            flat\n          weight: 3\n"
    )
    assert move(more_below, {("wohnen", "en", "flat"): 1}) == (more_below, 0)
    shared = TEXT.replace("        - weight: 1\n", "        - &x\n          weight: 1\n") + "        - *x\n"
    assert move(shared, {("wohnen", "de", "Keller"): 3}) == (shared, 0)


def test_those_of_one_weight_come_together() -> None:
    text = TEXT.replace("          direction: offer\n", "")
    moved, count = move(text, {("wohnen", "de", word): 1 for word in ("Wohnung", "# Zimmer", "Keller")})
    assert count == 2
    assert moved == text.replace("Wohnung, ", "").replace("            # Zimmer,\n", "").replace(
        "            Stall,\n", "            Stall,\n            Wohnung, # Zimmer,\n"
    )


@pytest.mark.parametrize("text", ["", "version: 1", "fields: [", "fields: {wohnen: {keywords: {de: Wohnung}}}"])
def test_a_file_without_lines_stays_as_it_is(text: str) -> None:
    assert move(text, {("wohnen", "de", "Wohnung"): 1}) == (text, 0)
