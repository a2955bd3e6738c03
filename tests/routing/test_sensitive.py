"""What an office need not know is found in people's own words, and left alone where it is only a matter."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.routing.load import load_source
from bot.routing.office_rules import Sensitive
from bot.routing.sensitive import HIDDEN, Passage, SensitiveWords
from tests.test_shipped_rules import FILE

SMALL = SensitiveWords(
    Sensitive(
        about_me={"de": ("=ich", "mein")},
        health={"de": ("Krebs", "psychisch krank", "=Müde")},
        religion={"de": ("Muslim",)},
        status={"de": ("Duldung",)},
        numbers={"de": ("Passnummer", "=Pass")},
    )
)
SHIPPED = SensitiveWords(load_source(FILE.read_text("utf-8"), FILE.name).rules.sensitive)


COVERED = [
    ("one's own illness", "Ich habe Krebs und suche ein Zimmer.", f"Ich habe {HIDDEN} und suche ein Zimmer."),
    ("of the family", "Meine Frau ist Muslimin.", f"Meine Frau ist {HIDDEN}."),
    ("with any ending", "Ich hatte Krebserkrankungen", f"Ich hatte {HIDDEN}"),
    ("a phrase", "ich bin PSYCHISCH  kranke Mutter", f"ich bin {HIDDEN} Mutter"),
    ("exactly this word", "Ich bin müde vom Müdesein", f"Ich bin {HIDDEN} vom Müdesein"),
    ("umlauts written apart", "ich bin muede", f"ich bin {HIDDEN}"),
    ("two at once", "Ich, Muslima, mit Duldung", f"Ich, {HIDDEN}, mit {HIDDEN}"),
    ("a matter, nobody's own", "Krebs ist schlimm. Wir suchen einen Saal.", None),
    ("in another sentence than the writer", "Ich suche etwas. Krebs ist ein Thema der Gruppe.", None),
    ("a part of another word", "Ich mag Flusskrebs", None),
    ("an IBAN", "IBAN DE89 3704 0044 0532 0130 00, danke", f"IBAN {HIDDEN}, danke"),
    ("an IBAN without blanks", "de89370400440532013000", HIDDEN),
    ("check digits that are wrong", "DE88 3704 0044 0532 0130 00", None),
    ("a social insurance number", "Nummer 65 180539 W 003", f"Nummer {HIDDEN}"),
    ("a passport's number", "Passnummer: C01X00T47 bitte", f"Passnummer: {HIDDEN} bitte"),
    ("at once behind its name", "Passnummer123456789", f"Passnummer{HIDDEN}"),
    ("behind an ending", "Passnummern: 123456789", f"Passnummern: {HIDDEN}"),
    ("behind a long ending", f"Passnummer{'n' * 40} 123456789", f"Passnummer{'n' * 40} {HIDDEN}"),
    ("at the end of a long word", f"Passnummer{'n' * 40}123456789", f"Passnummer{'n' * 40}{HIDDEN}"),
    ("behind a number of few signs", "Passnummer2, lautet: 123456789", f"Passnummer2, lautet: {HIDDEN}"),
    ("with words between", "Der Pass hat die Nummer AB1234567.", f"Der Pass hat die Nummer {HIDDEN}."),
    ("a telephone number", "Rufen Sie an: 07621 410 1234", None),
    ("a passport without its number", "Mein Pass läuft 2027 ab", None),
    ("nothing", "", None),
]


@pytest.mark.parametrize(("label", "text", "covered"), COVERED, ids=[row[0] for row in COVERED])
def test_what_is_covered(label: str, text: str, covered: str | None) -> None:
    assert SMALL.cover(text) == (text if covered is None else covered)


def test_it_is_known_what_kind_it_is_and_where() -> None:
    text = "Ich, Muslima, habe die Passnummer C01X00T47"

    assert SMALL.find(text) == [Passage(5, 12, "religion"), Passage(34, 43, "number")]


FILLERS = ["x", "1a", "x ", "-", "_", "1 ", " Passnummer", "Passnummer"]


@pytest.mark.parametrize("filler", FILLERS)
def test_no_word_is_so_long_that_others_have_to_wait(filler: str) -> None:
    """With the square of its length the longest word would take ten seconds."""
    text = "Ich Passnummer" + filler * (20_000 // len(filler))
    began = perf_counter()

    SMALL.find(text)

    assert perf_counter() - began < 1


OWN = [
    ("de", "Mein Sohn ist Autist. Welche Schule passt?"),
    ("de", "Ich bin im siebten Monat schwanger und brauche eine Wohnung"),
    ("de", "I bi zuckerkrank und suech e Wohnig"),
    ("de", "Mein Asylantrag abgelehnt, was kann ich machen"),
    ("en", "I am pregnant and we need a flat"),
    ("en", "My husband has PTSD, is there a course for him?"),
    ("fr", "J'ai un cancer et je cherche un logement"),
    ("uk", "У мене діабет, шукаю роботу"),
    ("ru", "Я беременна, нужна квартира"),
    ("ar", "عندي سرطان وأبحث عن سكن"),
    ("tr", "Ben hamileyim, ev arıyorum"),
]
MATTERS = [
    "Arzt gesucht für unsere Praxis in Schopfheim",
    "Unser Kirchenchor sucht neue Stimmen, alle sind willkommen",
    "Dürfen wir jemanden mit Duldung einstellen?",
    "Gibt es einen Deutschkurs für Schwangere?",
    "Wir vermieten barrierefrei, auch mit Rollstuhl",
    "Ich suche eine Ausbildung in der Pflege",
    "Ich habe Fragen zum Aufenthalt",
    "Wo finde ich den christlichen Friedhof?",
    "Mein Vertrag hat 3 Zimmer und 85 m2",
    "I am looking for a job as a nurse",
]


@pytest.mark.parametrize(("language", "text"), OWN)
def test_the_shipped_rules_know_peoples_own_secrets(language: str, text: str) -> None:
    assert SHIPPED.find(text), text


@pytest.mark.parametrize("text", MATTERS)
def test_and_leave_matters_alone(text: str) -> None:
    assert SHIPPED.cover(text) == text


def test_without_rules_only_what_needs_none_is_found() -> None:
    none = SensitiveWords(Sensitive())

    assert none.cover("Ich habe Krebs, Passnummer C01X00T47") == "Ich habe Krebs, Passnummer C01X00T47"
    assert none.cover("DE89370400440532013000") == HIDDEN


@given(text=st.text())
def test_any_text_is_survived_and_nothing_else_of_it_changes(text: str) -> None:
    passages = SHIPPED.find(text)
    starts, ends = [one.start for one in passages], [one.end for one in passages]
    kept = [text[start:end] for start, end in zip([0, *ends], [*starts, len(text)], strict=True)]

    assert all(0 <= one.start < one.end <= len(text) for one in passages)
    assert SHIPPED.cover(text) == HIDDEN.join(kept)
