"""What every command is called: for the menus beside the text field, and for whoever types one.

Each is known by its names in all languages, whatever the office speaks; languages without a name get the English one.
Its sentence in the menus stands in the texts under its German name.
"""

from __future__ import annotations

from collections.abc import Mapping

# Command → language → name, in the order the menus have.
Names = Mapping[str, Mapping[str, str]]

FOR_PEOPLE: Names = {
    "help": {"de": "hilfe", "en": "help"},
    "status": {"de": "status", "en": "status"},
    "language": {"de": "sprache", "en": "language"},
    "privacy": {"de": "datenschutz", "en": "privacy"},
    "own_data": {"de": "meinedaten", "en": "mydata"},
    "change": {"de": "aendern", "en": "change"},
    "delete": {"de": "loeschen", "en": "delete"},
}
FOR_CONTACTS: Names = {
    "open": {"de": "offen", "en": "open"},
    "search": {"de": "suche", "en": "search"},
    "snippet": {"de": "vorlage", "en": "snippet"},
    "stats": {"de": "statistik", "en": "stats"},
    "absent": {"de": "abwesend", "en": "absent"},
    "present": {"de": "anwesend", "en": "present"},
    "digest": {"de": "digest", "en": "digest"},
    "help": {"de": "hilfe", "en": "help"},
}
FOR_ADMINISTRATORS: Names = {
    "admin": {"de": "admin", "en": "admin"},
    "inquiry": {"de": "anfrage", "en": "inquiry"},
    "block": {"de": "sperren", "en": "block"},
    "unblock": {"de": "entsperren", "en": "unblock"},
    "reload": {"de": "reload", "en": "reload"},
}


def name_in(language: str, names: Mapping[str, str]) -> str:
    """Return what a command is called in a language."""
    return names.get(language, names["en"])


def read_as(*tables: Names, **typed: str) -> dict[str, str]:
    """Return name → command for whatever somebody may type.

    Args:
        typed: names no menu offers, and what they stand for.
    """
    named = {name: command for table in tables for command, names in table.items() for name in names.values()}
    return {**named, **typed}


BY_PEOPLE = read_as(FOR_PEOPLE, start="start", löschen="delete", ändern="change")
BY_CONTACTS = read_as(FOR_CONTACTS, FOR_ADMINISTRATORS, start="start")
