"""What commands are called: each name means one thing, and whatever may be typed is known."""

from collections.abc import Mapping

import pytest

from bot.services.people.command_names import FOR_ADMINISTRATORS, FOR_CONTACTS, FOR_PEOPLE, name_in, read_as

TABLES = [("people", FOR_PEOPLE), ("contacts", {**FOR_CONTACTS, **FOR_ADMINISTRATORS})]


@pytest.mark.parametrize(("label", "table"), TABLES, ids=[row[0] for row in TABLES])
def test_no_name_means_two_things(label: str, table: Mapping[str, Mapping[str, str]]) -> None:
    for command, names in table.items():
        assert {read_as(table)[name] for name in names.values()} == {command}, label


def test_a_language_without_a_name_has_the_english_one() -> None:
    names = {"de": "hilfe", "en": "help"}

    assert [name_in(language, names) for language in ("de", "en", "uk")] == ["hilfe", "help", "help"]


def test_names_no_menu_offers_are_known_too() -> None:
    assert read_as({"help": {"de": "hilfe", "en": "help"}}, start="start") == {
        "hilfe": "help",
        "help": "help",
        "start": "start",
    }
