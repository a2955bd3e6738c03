"""The signs a clerk writes in a keyword."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.routing.checks.keywords import _SOUND
from bot.routing.pattern import GAP, MOST_SEQUENCES, NEAR, PatternError, parse_pattern

GROUPS = {"raum": ("Kammer", "kleine Bude")}


def spelled(text: str) -> list[str]:
    """Return each sequence as its words, alternatives with a stroke."""
    return [
        " ".join("|".join(atom.text for atom in choices) for choices in sequence.choices)
        for sequence in parse_pattern(text, GROUPS)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Wohnung", ["Wohnung"], id="a word"),
        pytest.param("steht leer", ["steht leer"], id="a phrase"),
        pytest.param("Zimmer ... frei", ["Zimmer frei"], id="a gap"),
        pytest.param("Zimmer … frei", ["Zimmer frei"], id="a gap in one sign"),
        pytest.param("(Zimmer|Kammer) frei", ["Zimmer|Kammer frei"], id="alternatives stay together"),
        pytest.param(
            "(Zimmer|kleine Wohnung) frei", ["Zimmer frei", "kleine Wohnung frei"], id="longer ones are written out"
        ),
        pytest.param("<raum> frei", ["Kammer frei", "kleine Bude frei"], id="a group"),
        pytest.param(
            "(<raum>|Zimmer) frei", ["Kammer|Zimmer frei", "kleine Bude frei"], id="a group among alternatives"
        ),
        pytest.param("# Zimmer", ["# Zimmer"], id="a number"),
        pytest.param("d'Landfraue", ["d Landfraue"], id="read as messages are"),
    ],
)
def test_a_keyword_becomes_sequences_of_words(text: str, expected: list[str]) -> None:
    assert spelled(text) == expected


@pytest.mark.parametrize(
    ("text", "gaps", "ordered"),
    [
        ("steht leer", (NEAR,), True),
        ("Zimmer ... frei", (GAP,), True),
        ("Zimmer mit Bad ... frei", (NEAR, NEAR, GAP), True),
        ("leer + stehen", (GAP,), False),
    ],
)
def test_signs_say_how_far_words_may_stand_apart(text: str, gaps: tuple[int, ...], ordered: bool) -> None:
    (sequence,) = parse_pattern(text)
    assert (sequence.gaps, sequence.ordered) == (gaps, ordered)


@pytest.mark.parametrize(
    ("text", "part", "exact"), [("schul-", "first", False), ("-kurs", "last", False), ("=Stelle", "whole", True)]
)
def test_signs_at_a_word_say_how_it_may_match(text: str, part: str, exact: bool) -> None:
    ((choices,),) = (sequence.choices for sequence in parse_pattern(text))
    assert (choices[0].part, choices[0].exact) == (part, exact)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("(Zimmer|Kammer", "not closed", id="an open bracket"),
        pytest.param("Zimmer)", "without an opening", id="a closing bracket alone"),
        pytest.param("Zimmer ...", "no word after", id="a gap at the end"),
        pytest.param("... frei", "no word before", id="a gap at the beginning"),
        pytest.param("?!", "no word in it", id="signs only"),
        pytest.param("a ... b + c", "cannot stand in one", id="both kinds of gap"),
        pytest.param("(a|(b|c))", "inside brackets", id="brackets in brackets"),
        pytest.param(" ".join(["(a b|c d|e f|g h)"] * 6), "too many", id="too many alternatives"),
    ],
)
def test_senseless_signs_are_refused_in_words(text: str, fault: str) -> None:
    with pytest.raises(PatternError, match=fault):
        parse_pattern(text)


def test_alternatives_that_differ_in_one_word_are_one_sequence() -> None:
    sequences = parse_pattern("(lost my job|lost his job|lost their flat|fired)")
    assert [[[atom.text for atom in choice] for choice in sequence.choices] for sequence in sequences] == [
        [["lost"], ["my", "his"], ["job"]],
        [["lost"], ["their"], ["flat"]],
        [["fired"]],
    ]


@given(st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map(" ".join), min_size=1, max_size=12))
def test_however_alternatives_are_joined_they_stand_for_the_same_words(options: list[str]) -> None:
    sequences = parse_pattern(f"({'|'.join(options)}) d")
    spelled = [" ".join(atom.text for atom in atoms) for one in sequences for atoms in product(*one.choices)]
    assert sorted(spelled) == sorted({f"{option} d" for option in options})


def test_alternatives_are_limited() -> None:
    assert 100 < len(parse_pattern(" ".join(["(a b|c d)"] * 8))) <= MOST_SEQUENCES


@given(
    st.lists(
        st.sampled_from(
            [
                "a",
                "-kurs",
                "schul-",
                "=Stelle",
                "#",
                "(",
                "|",
                ")",
                " ",
                "...",
                "<x>",
                "+",
                " + ",
                "3",
                "m'a",
                "?",
                "€",
                "a.D.",
                "…",
                "=",
            ]
        )
    )
)
def test_what_the_check_holds_for_sound_can_be_read(signs: list[str]) -> None:
    if _SOUND("".join(signs)):
        assert parse_pattern("".join(signs))
