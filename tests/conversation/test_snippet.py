"""What a contact orders about snippets, and what becomes of the places in them."""

import pytest

from bot.conversation.snippet import (
    KeepSnippet,
    RemoveSnippet,
    ShowSnippets,
    SnippetOrder,
    UnclearOrder,
    UnknownLanguage,
    fill_in,
    find_unknown_places,
    read_order,
)

ORDERS: list[tuple[str, str, SnippetOrder]] = [
    ("nothing", "", ShowSnippets()),
    ("blanks", " \n ", ShowSnippets()),
    ("a title and its text", "Danke\nVielen Dank!", KeepSnippet("Danke", None, "Vielen Dank!")),
    ("lines stay lines", "Zeiten\nMo\n\nDi", KeepSnippet("Zeiten", None, "Mo\n\nDi")),
    ("a title of two words", "Wir  rufen an\nGleich.", KeepSnippet("Wir rufen an", None, "Gleich.")),
    ("in another language", "en Thanks\nThank you!", KeepSnippet("Thanks", "en", "Thank you!")),
    ("in capitals", "EN Thanks\nThank you!", KeepSnippet("Thanks", "en", "Thank you!")),
    ("a language the office does not speak", "fr Merci\nMerci!", UnknownLanguage("fr")),
    ("a title that begins with a short word", "Zu spät\nLeider!", KeepSnippet("Zu spät", None, "Leider!")),
    ("a title that is a language's", "en\nEnglisch geht auch.", KeepSnippet("en", None, "Englisch geht auch.")),
    ("no text", "Danke", KeepSnippet("Danke", None, None)),
    ("removing", "löschen Danke", RemoveSnippet("Danke")),
    ("removing, without umlaut", "loeschen Wir rufen an", RemoveSnippet("Wir rufen an")),
    ("removing, in English", "delete Thanks", RemoveSnippet("Thanks")),
    ("removing what", "löschen", UnclearOrder()),
    ("a title no button holds", "x" * 31 + "\nText", UnclearOrder()),
]


@pytest.mark.parametrize(("label", "argument", "order"), ORDERS, ids=[row[0] for row in ORDERS])
def test_an_order_is_read(label: str, argument: str, order: SnippetOrder) -> None:
    assert read_order(argument, ("de", "en")) == order


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Guten Tag {name}!", "Guten Tag Maria!"),
        ("Zu { Referenz }:", "Zu 2026-0001:"),
        ("About {reference}", "About 2026-0001"),
        ("{telefon} und {0.__class__} und {{name}}", "{telefon} und {0.__class__} und {Maria}"),
        ("100 % {", "100 % {"),
    ],
)
def test_only_name_and_reference_are_filled_in(text: str, filled: str) -> None:
    assert fill_in(text, "Maria", "2026-0001") == filled


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Guten Tag {name}, {Name}, {vorname}, { Referenz }, {nummer}!", []),
        ("{foo} und {Foo bar} und {foo}", ["{foo}", "{Foo bar}"]),
        ("{{name}} 100 % {", []),
        ("{}", ["{}"]),
    ],
)
def test_what_would_reach_people_in_braces_is_found(text: str, unknown: list[str]) -> None:
    assert find_unknown_places(text) == unknown


def test_what_is_filled_in_is_not_read_again() -> None:
    assert fill_in("{name}", "{reference}", "2026-0001") == "{reference}"
