"""What the privacy notice says: all that Art. 13 GDPR asks for, as this office has it, and short enough to be read."""

import re
from typing import Any

import pytest

from bot.routing.load import load_source
from bot.services.rules.notice_text import FACTS, SECTIONS, find_gaps, full_notice, notice_version, short_notice
from tests.support.fake_telegram import plain
from tests.support.rulebook import all_texts, make_book
from tests.test_shipped_rules import FILE

TEXTS = all_texts()
# Adults read about 240 words of plain prose a minute (Brysbaert 2019, doi:10.1016/j.jml.2019.104047).
WORDS_A_MINUTE = 240
FACTS_OF_OFFICE = {
    "controller": "Amt Musterkreis, Gasse 1",
    "contact": "Telefon 0123",
    "officer": "ds@amt.example",
    "authority": "Aufsicht, Platz 2",
    "other_ways": "am Schalter",
}


def whole(changes: dict[str, Any], language: str = "de") -> str:
    return plain("\n".join(section.text for section in full_notice(TEXTS, make_book(changes).rules, language)))


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_section_has_a_title_and_says_what_the_office_filled_in(language: str) -> None:
    book = make_book({"privacy": FACTS_OF_OFFICE})
    sections = full_notice(TEXTS, book.rules, language)

    assert len(sections) == len(SECTIONS)
    assert len({section.title for section in sections}) == len(SECTIONS)
    for fact in FACTS_OF_OFFICE.values():
        assert fact in whole({"privacy": FACTS_OF_OFFICE}, language)


DEMANDED = [  # Art. 13 GDPR
    ("legal ground, (1)(c)", "Art. 6 Abs. 1 Buchst. e DSGVO, § 4 LDSG BW"),
    ("recipients, (1)(e)", "Ansprechpersonen für Ihr Thema"),
    ("third country, (1)(f)", "außerhalb der EU"),
    ("period, (2)(a)", "alles 90 Tage nach ihrem Ende"),
    ("access, (2)(b)", "/meinedaten"),
    ("rectification, (2)(b)", "/aendern"),
    ("erasure, (2)(b)", "/loeschen"),
    ("objection and restriction, (2)(b)", "Widersprechen oder die Verarbeitung einschränken"),
    ("complaint, (2)(d)", "Aufsicht, Platz 2"),
    ("no duty, (2)(e)", "Nein. Aber ohne Ihre Nachricht können wir nicht antworten."),
    ("no automated decision, (2)(f)", "Alles andere entscheiden Menschen."),
]


@pytest.mark.parametrize(("label", "words"), DEMANDED, ids=[row[0] for row in DEMANDED])
def test_it_says_what_the_regulation_asks_for(label: str, words: str) -> None:
    assert words in whole({"privacy": FACTS_OF_OFFICE})


LENGTHS = [
    ({"dialogue": {"hold": "12 hours"}}, "Wir löschen Ihre Nachricht nach 12 Stunden."),
    (
        {"privacy": {"retention": {"silent": "45 days"}}},
        "Schreibt 45 Tage lang niemand, beenden wir sie. Eine dringende beenden wir erst",
    ),
    ({"privacy": {"retention": {"content": "60 days"}}}, "Wir löschen alles 60 Tage nach ihrem Ende."),
    ({"privacy": {"retention": {"longest": "200 days"}}}, "Nichts bleibt länger als 200 Tage."),
    ({"privacy": {"retention": {"parked": "10 days"}}}, "höchstens 10 Tage."),
]


@pytest.mark.parametrize(("changes", "words"), LENGTHS, ids=[row[1] for row in LENGTHS])
def test_it_promises_the_lengths_of_the_rules(changes: dict[str, Any], words: str) -> None:
    assert words in whole(changes)


@pytest.mark.parametrize(
    ("language", "mark"), [("de", "BEISPIEL, noch nicht ausgefüllt"), ("en", "SAMPLE, not filled in")]
)
def test_what_is_not_filled_in_is_a_sample_that_says_so(language: str, mark: str) -> None:
    assert whole({}, language).count(mark) == len(FACTS)
    assert mark not in whole({"privacy": FACTS_OF_OFFICE}, language)


CHANGES = [
    ("a length", {"privacy": FACTS_OF_OFFICE | {"retention": {"content": "60 days"}}}, True),
    ("the officer", {"privacy": FACTS_OF_OFFICE | {"officer": "neu@amt.example"}}, True),
    ("the office's name", {"privacy": FACTS_OF_OFFICE, "office": {"name": "Amt"}}, True),
    ("opening hours", {"privacy": FACTS_OF_OFFICE, "office": {"hours": {"mon": ["09:00-10:00"]}}}, False),
]


@pytest.mark.parametrize(("label", "changes", "differs"), CHANGES, ids=[row[0] for row in CHANGES])
def test_the_version_is_another_when_the_notice_says_something_else(
    label: str, changes: dict[str, Any], differs: bool
) -> None:
    before = notice_version(TEXTS, make_book({"privacy": FACTS_OF_OFFICE}).rules)

    assert re.fullmatch("[0-9a-f]{8}", before)
    assert (notice_version(TEXTS, make_book(changes).rules) != before) is differs


def test_the_shipped_rules_leave_nothing_open() -> None:
    assert find_gaps(load_source(FILE.read_text("utf-8"), FILE.name).rules) == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_short_notice_is_read_in_well_under_a_minute(language: str) -> None:
    words = short_notice(TEXTS, make_book().rules, language).split()

    assert len(words) <= WORDS_A_MINUTE * 0.6
