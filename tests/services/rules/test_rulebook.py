"""The rules in force, and the names the rest of the bot asks them for."""

from pathlib import Path

import pytest

from bot.errors import RulesError
from bot.services.rules.notice_text import FACTS
from bot.services.rules.rulebook import Loaded, Notice, Rulebook
from tests.support.rulebook import COUNTY, TO_HOUSING, all_texts, county_book, make_book, write_rules

BOOK = county_book()


def test_a_field_has_its_contact_and_anything_else_the_general_one() -> None:
    assert BOOK.contact_of("wohnen") == "wohnen-kontakt"
    assert BOOK.contact_of("general") == "leitung"
    assert BOOK.contact_of("no longer in the rules") == "leitung"


def test_a_field_has_its_promise_and_anything_else_the_general_one() -> None:
    assert str(BOOK.answer_within("wohnen")) == "2 working days"
    assert str(BOOK.answer_within("general")) == "3 working days"
    assert str(BOOK.answer_within("no longer in the rules")) == "3 working days"


def test_who_is_no_longer_in_the_rules_is_named_by_key() -> None:
    assert BOOK.contact_name("wohnen-kontakt") == "Kontakt Wohnen"
    assert BOOK.contact_name("niemand") == "niemand"


TITLES = [
    ("wohnen", "en", "Housing"),
    ("wohnen", "tr", "Wohnen"),
    ("general", "de", "Allgemein"),
    ("no longer in the rules", "de", "no longer in the rules"),
]


@pytest.mark.parametrize(("field", "language", "title"), TITLES)
def test_a_field_has_a_title(field: str, language: str, title: str) -> None:
    assert BOOK.field_title(field, language) == title


def test_a_topics_title_is_known_too() -> None:
    book = make_book({"topics": {"bus": {"title": {"de": "Bus und Bahn", "en": "Buses"}, "keywords": {"de": ["Bus"]}}}})

    assert book.field_title("bus", "de") == "Bus und Bahn"


SPEAKS = [("de", "de"), ("de-AT", "de"), ("EN_us", "en"), ("uk", None), ("", None), (None, None), ("den", None)]


@pytest.mark.parametrize(("code", "spoken"), SPEAKS)
def test_a_language_code_is_understood(code: str | None, spoken: str | None) -> None:
    assert BOOK.speaks(code) == spoken


def test_without_english_the_common_language_is_the_offices_own() -> None:
    assert (BOOK.own_language, BOOK.common_language) == ("de", "en")
    alone = make_book({"office": {"languages": ["de"]}})
    assert (alone.own_language, alone.common_language) == ("de", "de")


def test_a_language_without_texts_is_a_fault() -> None:
    titles = {field: {"title": {"nds": field}} for field in COUNTY["fields"]}

    with pytest.raises(RulesError, match=r"nds\.ftl: is not there"):
        make_book({"office": {"languages": ["de", "nds"]}, "fields": titles})


def test_an_example_that_lands_elsewhere_is_a_fault() -> None:
    with pytest.raises(RulesError, match="sprache"):
        make_book({"fields": {"sprache": {"examples": {"de": [TO_HOUSING]}}}})


def test_reloading_takes_over_a_good_file_and_tells_who_wants_to_know(tmp_path: Path) -> None:
    book = make_book(folder=tmp_path)
    told = []
    book.on_change = lambda: told.append(book.rules.rules_version)
    version = book.rules.rules_version
    write_rules(tmp_path, {"office": {"name": "Amt"}})

    book.reload()

    assert book.rules.office.name == "Amt"
    assert told == [book.rules.rules_version]
    assert told != [version]


def test_reloading_a_faulty_file_leaves_everything_as_it_was(tmp_path: Path) -> None:
    book = make_book(folder=tmp_path)
    before = book.rules, book.router, book.hours
    told = []
    book.on_change = lambda: told.append(1)
    write_rules(tmp_path, {"general_contact": "niemand"})

    with pytest.raises(RulesError, match="niemand"):
        book.reload()

    assert (book.rules, book.router, book.hours) == before
    assert told == []


async def test_what_was_loaded_before_a_later_state_of_the_file_is_not_put_in_its_place(tmp_path: Path) -> None:
    book = make_book(folder=tmp_path)
    names = []
    for name in ("Amt", "Anderes Amt"):
        write_rules(tmp_path, {"office": {"name": name}})
        names.append(await book.load_aside())
    for loaded in reversed(names):
        assert isinstance(loaded, Loaded)
        book.take_over(loaded)

    assert book.rules.office.name == "Anderes Amt"


async def test_a_faulty_file_loaded_aside_changes_nothing(tmp_path: Path) -> None:
    book = make_book(folder=tmp_path)
    before = book.rules
    write_rules(tmp_path, {"general_contact": "niemand"})

    assert isinstance(await book.load_aside(), RulesError)

    assert book.rules is before


def test_a_missing_file_is_a_fault_of_the_rules(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="Set ROUTING_RULES"):
        Rulebook(tmp_path / "none.yaml", all_texts())


# ------------------------------------------------------------ the privacy notice

FILLED = dict.fromkeys(FACTS, "ausgefüllt")
NOTICES = [
    ("complete", FILLED, Notice.COMPLETE, []),
    ("one empty, people are served", FILLED | {"officer": ""}, Notice.COMPLETE, ["officer"]),
    ("one only blanks, a stand-in is served", FILLED | {"contact": "  "}, Notice.NOT_EMPTY, ["contact"]),
    ("none written, people are served", {}, Notice.COMPLETE, list(FACTS)),
    ("none written, a stand-in is served", {}, Notice.NOT_EMPTY, []),
    ("all empty, nobody is served", dict.fromkeys(FACTS, ""), Notice.ANY, []),
]


@pytest.mark.parametrize(("label", "privacy", "wanted", "faulty"), NOTICES, ids=[row[0] for row in NOTICES])
def test_nobody_is_served_with_a_notice_that_is_not_filled_in(
    tmp_path: Path, label: str, privacy: dict[str, str], wanted: Notice, faulty: list[str]
) -> None:
    path = write_rules(tmp_path, {"privacy": privacy})
    if not faulty:
        assert Rulebook(path, all_texts(), notice=wanted).rules
        return

    with pytest.raises(RulesError) as caught:
        Rulebook(path, all_texts(), notice=wanted)

    for fault, name in zip(caught.value.faults, faulty, strict=True):
        assert fault.where.startswith("routing_rules.yaml:")
        assert fault.where.endswith(f"privacy.{name}")
        assert (fault.what, "Art. 13 GDPR" in fault.mend) == ("is empty.", True)


def test_an_emptied_notice_is_not_taken_over_while_people_are_served(tmp_path: Path) -> None:
    book = Rulebook(write_rules(tmp_path, {"privacy": FILLED}), all_texts(), notice=Notice.COMPLETE)
    version = book.notice_version
    write_rules(tmp_path, {"privacy": FILLED | {"authority": ""}})

    with pytest.raises(RulesError, match=r"privacy\.authority"):
        book.reload()

    assert book.rules.privacy.authority == "ausgefüllt"
    assert book.notice_version == version


def test_a_book_without_words_routes_as_one_with_them(tmp_path: Path) -> None:
    path = write_rules(tmp_path)
    full, lean = Rulebook(path, all_texts()), Rulebook(path, all_texts(), words=False)

    assert lean.router.decide(TO_HOUSING) == full.router.decide(TO_HOUSING)
    assert [rule.keywords for rule in lean.rules.fields.values()] == [{}] * len(full.rules.fields)
    assert (lean.rules.office, lean.rules.privacy) == (full.rules.office, full.rules.privacy)
    assert lean.field_title("wohnen", "de") == full.field_title("wohnen", "de")
    lean.reload()
    assert lean.router.decide(TO_HOUSING) == full.router.decide(TO_HOUSING)
