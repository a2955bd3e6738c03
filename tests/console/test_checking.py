from bot.console.checking import summarise
from bot.services.rules.notice_text import FACTS
from tests.support.rulebook import county_book, make_book


def test_all_is_well_in_figures() -> None:
    book = county_book()

    lines = summarise(book).splitlines()

    assert lines[0] == f"{book.path}: good (version {book.rules.rules_version})"
    assert "  wohnen: de 3, en 1; 0 examples; wohnen-kontakt, 2 working days" in lines
    assert lines[-2:] == ["texts: good (de, en)", "settings: good"]


def test_who_has_yet_to_join_is_named() -> None:
    assert "  without an address, join by invitation: bildung-kontakt" in summarise(county_book()).splitlines()
    with_all = make_book({"contacts": {"bildung-kontakt": {"telegram": 5001}}})
    assert "invitation" not in summarise(with_all)


def test_what_the_privacy_notice_lacks_is_named() -> None:
    facts = dict.fromkeys(FACTS, "ausgefüllt")

    assert "privacy notice" not in summarise(make_book({"privacy": facts}))
    lacking = summarise(make_book({"privacy": facts | {"officer": "", "authority": " "}}))
    assert (
        "  privacy notice: to be filled in before the bot serves people: privacy.officer, privacy.authority" in lacking
    )


def test_examples_are_counted() -> None:
    book = make_book({"fields": {"wohnen": {"examples": {"de": ["Unsere Wohnung steht leer"], "en": ["a flat"]}}}})

    assert "2 examples; wohnen-kontakt" in summarise(book)
