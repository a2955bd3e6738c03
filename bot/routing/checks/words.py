"""The words: none missing, every title in every language the office speaks."""

from __future__ import annotations

from typing import get_args

from bot.model import GENERAL, Audience
from bot.routing.checks.keywords import check_keywords, owners
from bot.routing.checks.office import is_language, report_language
from bot.routing.report import Path, Report, suggest
from bot.routing.rules import Hint, Place, Rules
from bot.routing.words import clean

_AGS_DIGITS = 8
# What `Rules.cues` describes; any other would be read and never asked for.
_CUES = (
    "offer",
    "request",
    "question",
    "background",
    "turn",
    "dismiss",
    "advert",
    "two",
    "further",
    "joint",
    "greeting",
    "closing",
    "quoted",
    "local",
    "place",
)


def check_words(rules: Rules, report: Report) -> None:
    """Report empty fields, keywords that cannot be as they are, missing titles and codes that are none."""
    _check_fields(rules, report)
    _check_titles(rules, report)
    _check_names(rules, report)
    _check_places(rules.places, report)
    check_keywords(rules, report)
    _check_hints(rules.hints, report)
    _check_examples(rules, report)


# ---------------------------------------------------------------- fields


def _check_fields(rules: Rules, report: Report) -> None:
    if not rules.fields and ("fields",) in report.lines:
        report.add(("fields",), "there are no fields.", "Add at least one, with title, contact and keywords.")
    own = next(iter(rules.office.languages), "de")
    for key, field in rules.fields.items():
        path: Path = ("fields", key, "keywords")
        if not field.keywords.get(own) and not report.has_below(path):
            what = f"the field has no keywords in the office's own language ({own})."
            report.add(path, what, f"Add some, as in {own}: [Wohnung, Zimmer].")
        if key == GENERAL:
            what = f"the name '{GENERAL}' is taken by what belongs to no field."
            report.add(("fields", key), what, "Choose another name.")
    for key in rules.topics:
        if key in rules.fields:
            line = report.line_of(("fields", key))
            report.add(("topics", key), f"there is a field of the same name (line {line}).", "Choose another name.")


def _check_titles(rules: Rules, report: Report) -> None:
    for path, group in owners(rules):
        for code in group.title:
            report_language(code, (*path, "title", code), report)
        missing = [
            code for code in rules.office.languages if is_language(code) and not group.title.get(code, "").strip()
        ]
        if missing and (*path, "title") in report.lines:
            example = ", ".join(f"{code}: …" for code in missing)
            report.add((*path, "title"), f"the title is missing in {', '.join(missing)}.", f"Add {example}.")


def _check_names(rules: Rules, report: Report) -> None:
    audiences = [name for name in get_args(Audience) if name != "unknown"]
    for section, kind, used, known in (
        ("cues", "cue", rules.cues, _CUES),
        ("audiences", "audience", rules.audiences, audiences),
    ):
        for key in used:
            if key not in known:
                mend = suggest(key, known, f"Known: {', '.join(known)}.")
                report.add((section, key), f"unknown {kind} '{key}'.", mend)


def _check_places(places: tuple[Place, ...], report: Report) -> None:
    seen: dict[str, int] = {}
    for place, rule in enumerate(places):
        path: Path = ("places", place, "ags")
        if len(rule.ags) != _AGS_DIGITS or not rule.ags.isdecimal():
            what = f"'{rule.ags}' is no municipality key."
            report.add(path, what, 'Write its eight digits in quotes, as in "08336050".')
        elif rule.ags in seen:
            line = report.line_of(("places", seen[rule.ags]))
            report.add(path, f"'{rule.ags}' stands in line {line} already.", "Put both together under one of them.")
        seen.setdefault(rule.ags, place)


def _check_hints(hints: dict[str, Hint], report: Report) -> None:
    for name, hint in hints.items():
        for code, words in hint.words.items():
            path: Path = ("hints", name, "words", code)
            report_language(code, path, report)
            for place, word in enumerate(words):
                if not clean(word).isalnum():
                    what = f"'{word}' is no single word."
                    report.add((*path, place), what, "Write one word, without signs; hints know no phrases.")


# ---------------------------------------------------------------- examples


def _check_examples(rules: Rules, report: Report) -> None:
    for path, group in owners(rules):
        for code, examples in group.examples.items():
            report_language(code, (*path, "examples", code), report)
            for place, example in enumerate(examples):
                if not example.strip():
                    report.add((*path, "examples", code, place), "the example is empty.", "Write one, or delete it.")
    for name in ("everyday", "lookalikes", "courtesies", "endings", "beginnings", "dialect"):
        for code in getattr(rules, name):
            report_language(code, (name, code), report)
