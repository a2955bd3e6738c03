"""What only shows when the whole of the rules is seen: names that must exist, circles, words in two places."""

from __future__ import annotations

from collections.abc import Iterator

from bot.routing.report import Path, Report, suggest
from bot.routing.rules import Rules


def check_rules(rules: Rules, report: Report) -> None:
    """Report everything that contradicts itself in rules whose single values are sound."""
    _check_contacts(rules, report)


# ---------------------------------------------------------------- who answers


def _check_contacts(rules: Rules, report: Report) -> None:
    for path, name in _mentions(rules):
        if name and name not in rules.contacts:
            _unknown_contact(name, path, rules, report)


def _mentions(rules: Rules) -> Iterator[tuple[Path, str]]:
    """Yield every place that names a contact."""
    yield ("general_contact",), rules.general_contact
    for place, name in enumerate(rules.administrators):
        yield ("administrators", place), name
    for key, contact in rules.contacts.items():
        if contact.deputy is not None:
            yield ("contacts", key, "deputy"), contact.deputy
    for key, field in rules.fields.items():
        yield ("fields", key, "contact"), field.contact


def _unknown_contact(name: str, path: Path, rules: Rules, report: Report) -> None:
    known = ", ".join(rules.contacts) or "none"
    mend = suggest(name, rules.contacts, "Correct the name or add it under contacts.")
    report.add(path, f"unknown contact '{name}'. Known: {known}.", mend)
