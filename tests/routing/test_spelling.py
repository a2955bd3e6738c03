"""`bot.routing.checks.spelling`: lists of keywords in the forms in which they are compared."""

import pytest

from bot.routing.checks.spelling import heard, lines_of, spelled


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Wohnung", "WOHNUNG", id="case"),
        pytest.param("steht  leer", "steht leer", id="blanks"),
        pytest.param(" Zimmer ", "Zimmer", id="blanks around"),
        pytest.param("Zimmer\u00a0frei", "Zimmer frei", id="a blank that does not break"),
        pytest.param("Zimmer\nfrei", "Zimmer frei", id="a line end in quotes"),
        pytest.param("Woh\u00adnung", "Wohnung", id="a soft hyphen"),
        pytest.param("Wohnung \u0627\u0640\u0644", "wohnung \u0627\u0644", id="a stretched Arabic letter"),
    ],
)
def test_a_clerk_would_call_these_the_same(one: str, other: str) -> None:
    assert spelled(lines_of(["a", one, "b"]))[1] == spelled(lines_of(["a", other, "b"]))[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Küche", "Kueche", id="umlauts in two letters"),
        pytest.param("Küche", "Kuche", id="umlauts left out"),
        pytest.param("=Stelle", "Stelle", id="an exact form"),
        pytest.param("E-Mail", "Email", id="a hyphen within"),
        pytest.param("garçon", "garcon", id="an accent"),
        pytest.param("أريد", "اريد", id="Arabic letters people exchange"),
        pytest.param("offene =Stelle", "offene Stelle", id="an exact form within a phrase"),
    ],
)
def test_the_engine_hears_these_alike(one: str, other: str) -> None:
    assert heard(lines_of([one, "b"])) == heard(lines_of([other, "b"]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("schul-", "schul", id="the first part of a compound"),
        pytest.param("-kurs", "kurs", id="the last part of a compound"),
        pytest.param("-kurs", "kurs-", id="first and last"),
        pytest.param("мой", "мои", id="Cyrillic letters that only look marked"),
    ],
)
def test_the_engine_tells_these_apart(one: str, other: str) -> None:
    assert heard(lines_of([one, "b"])) != heard(lines_of([other, "b"]))


def test_every_word_has_its_line_and_none_has_none() -> None:
    words = ["Wohnung", "", "\n", "> zitiert", "(Zimmer|Kammer) ... frei", "Straße\u200b"]
    assert len(spelled(lines_of(words))) == len(heard(lines_of(words))) == len(words)
    assert spelled(lines_of([])) == heard(lines_of([])) == []
