"""The rules of a small made-up county: few words, fixed chats, short hours. Tests change what they are about."""

from __future__ import annotations

import tempfile
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.services.rules.rulebook import Rulebook
from bot.texts import Texts, load_texts

MORNING = "08:00-12:30"
HOUSING, LANGUAGE, WORK, HEAD = 2001, -1000000000200, (-1000000000300, 7), 2009

COUNTY: dict[str, Any] = {
    "version": 1,
    "office": {
        "name": "Landratsamt Musterkreis",
        "languages": ["de", "en"],
        "hours": {"mon": [MORNING], "tue": [MORNING], "thu": [MORNING, "13:30-17:30"], "fri": [MORNING]},
        "holidays": {"country": "DE", "subdivision": "BW"},
    },
    "administrators": ["leitung"],
    # Most stories are about something else, and the digest would come in between.
    "reminders": {"digest": None},
    "dialogue": {"ask_timeout": "30 minutes", "hold": "24 hours", "general_answer_within": "3 working days"},
    "contacts": {
        "wohnen-kontakt": {"name": "Kontakt Wohnen", "telegram": HOUSING, "deputy": "sprache-kontakt"},
        "sprache-kontakt": {"name": "Kontakt Sprache", "telegram": LANGUAGE, "deputy": "leitung"},
        "arbeit-kontakt": {
            "name": "Kontakt Arbeit",
            "telegram": {"chat": WORK[0], "topic": WORK[1]},
            "deputy": "wohnen-kontakt",
        },
        "bildung-kontakt": {"name": "Kontakt Bildung", "telegram": None, "deputy": "leitung"},
        "leitung": {"name": "Leitung", "telegram": HEAD},
    },
    "general_contact": "leitung",
    "fields": {
        "wohnen": {
            "title": {"de": "Wohnen", "en": "Housing"},
            "contact": "wohnen-kontakt",
            "answer_within": "2 working days",
            "keywords": {
                "de": [
                    {"word": "Wohnung", "weight": 3},
                    {"word": "Zimmer", "weight": 3},
                    {"word": "Haus", "weight": 1},
                ],
                "en": [{"word": "flat", "weight": 3}],
            },
        },
        "sprache": {
            "title": {"de": "Sprache", "en": "Language"},
            "contact": "sprache-kontakt",
            "keywords": {"de": [{"word": "Deutschkurs", "weight": 3}], "en": [{"word": "German course", "weight": 3}]},
        },
        "arbeit": {
            "title": {"de": "Arbeit", "en": "Work"},
            "contact": "arbeit-kontakt",
            "answer_within": "1 working day",
            "keywords": {"de": [{"word": "Stelle", "weight": 3}, {"word": "Backstube", "weight": 3}]},
        },
        "bildung": {
            "title": {"de": "Bildung", "en": "Education"},
            "contact": "bildung-kontakt",
            "keywords": {"de": [{"word": "Schule", "weight": 3}]},
        },
    },
    "emergency": {"de": ["Lebensgefahr"]},
    "courtesies": {"de": ["danke", "vielen Dank", "guten Tag"]},
    "cues": {"offer": {"de": ["wir bieten"]}, "request": {"de": ["ich suche", "wir suchen"]}},
}

# What a person may write, and what these rules make of it.
TO_HOUSING = "Unsere Wohnung steht leer"
TO_LANGUAGE = "Ich suche einen Deutschkurs"
TO_WORK = "Wir suchen jemanden für die Backstube"
TO_EDUCATION = "Meine Tochter soll in die Schule"
TO_WORK_AND_HOUSING = "Wir suchen Leute für eine Stelle in der Backstube. Wir bieten ein Zimmer."
UNCLEAR = "Geht es um die Schule oder um den Deutschkurs?"
UNKNOWN = "Wann fährt der Bus?"
DANGER = "Hier ist jemand in Lebensgefahr"


def make_texts(folder: Path, **by_language: str) -> Texts:
    """Write a file for each language into a folder; return its texts."""
    for language, source in by_language.items():
        (folder / f"{language}.ftl").write_text(source, "utf-8")
    return load_texts(folder)


@cache
def all_texts() -> Texts:
    return load_texts()


@cache
def county_book() -> Rulebook:
    """The county's rules as they are; shared, so never to be loaded again."""
    return make_book()


def make_book(changes: dict[str, Any] | None = None, folder: Path | None = None) -> Rulebook:
    """Return a rulebook of the county with changes laid over; `folder` is where its file stays."""
    if folder is not None:
        return Rulebook(write_rules(folder, changes), all_texts())
    with tempfile.TemporaryDirectory() as temporary:
        return Rulebook(write_rules(Path(temporary), changes), all_texts())


def write_rules(folder: Path, changes: dict[str, Any] | None = None) -> Path:
    """Write the county's rules file with changes laid over, and return its path."""
    path = folder / "routing_rules.yaml"
    rules = _laid_over(deepcopy(COUNTY), changes or {})
    path.write_text(yaml.safe_dump(rules, allow_unicode=True, sort_keys=False), "utf-8")
    return path


def take_out(folder: Path, part: str, key: str) -> None:
    """Take one entry out of the rules file, and out of its deputies."""
    path = folder / "routing_rules.yaml"
    rules = yaml.safe_load(path.read_text("utf-8"))
    del rules[part][key]
    for contact in rules["contacts"].values():
        if contact.get("deputy") == key:
            contact["deputy"] = None
    path.write_text(yaml.safe_dump(rules, allow_unicode=True), "utf-8")


def _laid_over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    for key, value in above.items():
        if isinstance(value, dict) and isinstance(below.get(key), dict):
            _laid_over(below[key], value)
        else:
            below[key] = value
    return below
