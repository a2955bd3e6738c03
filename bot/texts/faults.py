"""Tells what is wrong with the texts, before anybody waits for one that cannot be said."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from bot.errors import Fault
from bot.texts.catalog import EMERGENCY, IN_DANGER, Texts

_PLACEABLE = re.compile(r"\$([A-Za-z]\w*)")
_REFERENCE = re.compile(r"(?<!\")\{\s*(-?[a-z][\w-]*)")  # to another text, or with a dash to a term


def find_faults(texts: Texts, wanted: Iterable[str]) -> list[Fault]:
    """Return what is wrong with the texts: unreadable, missing or superfluous ones, other placeables than in German.

    Terms count as texts. What a text refers to has to be there, or it could not be said.

    Args:
        texts: all texts.
        wanted: the languages the office offers.
    """
    faults = [
        Fault(
            f"bot/texts/{EMERGENCY}/{language}.ftl",
            "cannot be said.",
            f"Write {', '.join(IN_DANGER)}; check indentation and braces.",
        )
        for language in texts.further
        if any(texts.emergency_in(language, key) is None for key in IN_DANGER)
    ]
    german = texts.entries.get("de")
    model = _placeables(german.sources if german else {})
    for language in wanted:
        where = f"bot/texts/{language}.ftl"
        if language not in texts.bundles:
            known = ", ".join(texts.languages)
            faults.append(Fault(where, "is not there.", f"Write it, or keep to the languages there are: {known}."))
            continue
        sources, unreadable = texts.entries[language]
        faults += [Fault(f"{where}:{line}", "cannot be read.", "Check indentation and braces.") for line in unreadable]
        found = _placeables(sources)
        missing, strange = sorted(model.keys() - found.keys()), sorted(found.keys() - model.keys())
        faults += [Fault(where, f"'{key}' is missing.", "Translate it from de.ftl.") for key in missing]
        faults += [Fault(where, f"'{key}' is not in de.ftl.", "Remove it, or correct its name.") for key in strange]
        for key in sorted(found.keys() & model.keys()):
            if found[key] != model[key]:
                needed = ", ".join(sorted(f"${name}" for name in model[key])) or "none"
                faults.append(Fault(where, f"'{key}' fills in other things than de.ftl.", f"Use: {needed}."))
        faults += _dangling(sources, where, model.keys())
    return faults


def _dangling(sources: dict[str, str], where: str, expected: Collection[str]) -> list[Fault]:
    """Return a fault for each text that refers to one that is not there, and is not told to be missing anyway."""
    return [
        Fault(where, f"'{key}' refers to '{name}', which is not there.", "Write it, or correct the name.")
        for key, text in sources.items()
        for name in sorted({*_REFERENCE.findall(text)} - sources.keys() - set(expected))
    ]


def _placeables(sources: dict[str, str]) -> dict[str, frozenset[str]]:
    """Return text key → the values it fills in."""
    return {key: frozenset(_PLACEABLE.findall(text)) for key, text in sources.items()}
