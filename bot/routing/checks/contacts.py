"""Who answers: every contact named must exist, deputies must lead to an end, nobody shares an address.

Chat ids are never quoted: a fault may end up in a log or a screenshot.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.routing.office_rules import ForeignAddress
from bot.routing.report import Path, Report, suggest
from bot.routing.rules import Rules

_SUPERGROUPS_BELOW = -1_000_000_000_000  # Bot API: ids of supergroups and channels begin with -100


def check_contacts(rules: Rules, report: Report) -> None:
    """Report contacts that are unknown, lead in a circle or cannot be reached as written."""
    if not rules.contacts and ("contacts",) in report.lines:
        report.add(("contacts",), "there are no contacts.", "Add at least the general contact.")
    known = ", ".join(rules.contacts)
    for path, name in _mentions(rules):
        if name and rules.contacts and name not in rules.contacts:
            mend = suggest(name, rules.contacts, "Correct the name or add it under contacts.")
            report.add(path, f"unknown contact '{name}'. Known: {known}.", mend)
    for key, contact in rules.contacts.items():
        at: Path = ("contacts", key, "name")
        if at in report.lines and not contact.name.strip() and not report.has_below(at):
            report.add(at, "the contact has no name.", "Write the role people are told, as in name: Kontakt Wohnen.")
    _check_deputies(rules, report)
    _check_addresses(rules, report)


def _mentions(rules: Rules) -> Iterator[tuple[Path, str]]:
    yield ("general_contact",), rules.general_contact
    for place, name in enumerate(rules.administrators):
        yield ("administrators", place), name
    for key, contact in rules.contacts.items():
        if contact.deputy is not None:
            yield ("contacts", key, "deputy"), contact.deputy
    for key, field in rules.fields.items():
        yield ("fields", key, "contact"), field.contact


def _check_deputies(rules: Rules, report: Report) -> None:
    told: set[str] = set()
    for start in rules.contacts:
        circle = _circle_from(start, rules)
        if not circle or told & set(circle):
            continue
        told.update(circle)
        if rules.general_contact in circle:  # begin with the deputy that has to go
            circle = _circle_from(rules.general_contact, rules)
        path = ("contacts", circle[0], "deputy")
        if len(circle) == 1:
            report.add(path, f"'{start}' is its own deputy.", "Name somebody else, or delete the line.")
        else:
            way = " → ".join((*circle, circle[0]))
            mend = f"Let the chain end: delete this deputy, or name '{rules.general_contact}' in its place."
            if rules.general_contact in circle:
                mend = "Let the chain end: delete this deputy."
            report.add(path, f"the deputies go round in a circle: {way}.", mend)


def _circle_from(start: str, rules: Rules) -> tuple[str, ...]:
    """Return the circle a contact is part of, beginning with it; empty if there is none."""
    way = [start]
    while (contact := rules.contacts.get(way[-1])) and (deputy := contact.deputy):
        if deputy == start:
            return tuple(way)
        if deputy in way:
            return ()  # the circle is further down, and told there
        way.append(deputy)
    return ()


def _check_addresses(rules: Rules, report: Report) -> None:
    owners: dict[ForeignAddress, str] = {}
    for key, contact in rules.contacts.items():
        address = contact.telegram
        path: Path = ("contacts", key, "telegram")
        if address is None or report.has_below(path):
            continue
        if address.chat == 0 or (address.topic is not None and address.topic <= 0):
            report.add(path, "a chat or topic number is 0 or below.", "Topics count from 1; a chat is never 0.")
        elif address.topic is not None and address.chat > 0:
            mend = "Leave out the topic, or give the group's number, which begins with -100."
            report.add(path, "a topic is named, but the chat is a single person's (its number is positive).", mend)
        elif address.topic is not None and address.chat > _SUPERGROUPS_BELOW:
            mend = "Turn topics on in the group, then take its new number, which begins with -100."
            report.add(path, "a topic is named, but the chat is a plain group, which has no topics.", mend)
        if address in owners:
            other = owners[address]
            line = report.line_of(("contacts", other, "telegram"))
            what = f"'{key}' has the same address as '{other}' (line {line})."
            report.add(path, what, "Give each its own, or use one contact for both.")
        owners.setdefault(address, key)
