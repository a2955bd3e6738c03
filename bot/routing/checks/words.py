"""The words: none in two places, none missing, every title in every language the office speaks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import get_args

from bot.model import GENERAL, Audience
from bot.routing.checks.office import report_language
from bot.routing.report import Path, Report, suggest
from bot.routing.rules import FieldRule, Place, Rules, TopicRule, Words

_AGS_DIGITS = 8


def check_words(rules: Rules, report: Report) -> None:
    """Report empty fields, words in two places, missing titles and codes that are none."""
    _check_fields(rules, report)
    _check_titles(rules, report)
    _check_audiences(rules, report)
    _check_places(rules.places, report)
    for path, words in _all_words(rules):
        _check_list(path, words, report)
    _check_owners(rules, report)
    _check_examples(rules, report)


def normal_form(word: str) -> str:
    """Return the form in which two spellings of one keyword are the same."""
    return " ".join(unicodedata.normalize("NFKC", word).casefold().split())


def _groups(rules: Rules) -> Iterator[tuple[Path, FieldRule | TopicRule]]:
    for key, field in rules.fields.items():
        yield ("fields", key), field
    for key, topic in rules.topics.items():
        yield ("topics", key), topic


def _all_words(rules: Rules) -> Iterator[tuple[Path, Words]]:
    for path, group in _groups(rules):
        yield (*path, "keywords"), group.keywords
        yield (*path, "not_keywords"), group.not_keywords
    for key, words in rules.cues.items():
        yield ("cues", key), words
    for key, words in rules.audiences.items():
        yield ("audiences", key), words
    yield ("emergency",), rules.emergency


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
    for path, group in _groups(rules):
        for code in group.title:
            report_language(code, (*path, "title", code), report)
        missing = [code for code in rules.office.languages if not group.title.get(code, "").strip()]
        if missing and (*path, "title") in report.lines:
            example = ", ".join(f"{code}: …" for code in missing)
            report.add((*path, "title"), f"the title is missing in {', '.join(missing)}.", f"Add {example}.")


def _check_audiences(rules: Rules, report: Report) -> None:
    known = [name for name in get_args(Audience) if name != "unknown"]
    for key in rules.audiences:
        if key not in known:
            mend = suggest(key, known, f"Known: {', '.join(known)}.")
            report.add(("audiences", key), f"unknown audience '{key}'.", mend)


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


# ---------------------------------------------------------------- words


def _check_list(path: Path, words: Words, report: Report) -> None:
    for code, keywords in words.items():
        report_language(code, (*path, code), report)
        seen: dict[str, int] = {}
        for place, keyword in enumerate(keywords):
            at: Path = (*path, code, place)
            form = normal_form(keyword.word)
            if not form.strip(" .-"):
                report.add(at, f"the keyword '{keyword.word}' is empty.", "Write a word, or delete the entry.")
            elif form in seen:
                line = report.line_of((*path, code, seen[form]))
                report.add(at, f"'{keyword.word}' stands here twice, also in line {line}.", "Delete one of them.")
            seen.setdefault(form, place)


def _check_owners(rules: Rules, report: Report) -> None:
    """Report keywords that belong to two fields or topics, and those a field both wants and refuses."""
    owners: dict[str, tuple[Path, Path]] = {}
    for group_path, group in _groups(rules):
        for path, word in _words_in((*group_path, "keywords"), group.keywords):
            form = normal_form(word)
            owner, there = owners.setdefault(form, (group_path, path))
            if owner != group_path and form:
                kind, name = owner
                what = f"'{word}' is a keyword of {'field' if kind == 'fields' else 'topic'} '{name}' too"
                mend = "Keep it in one of them, or make it clearer by a second word."
                report.add(path, f"{what} (line {report.line_of(there)}).", mend)
        wanted = {normal_form(word): path for path, word in _words_in((*group_path, "keywords"), group.keywords)}
        for path, word in _words_in((*group_path, "not_keywords"), group.not_keywords):
            if (there_ := wanted.get(normal_form(word))) is not None:
                what = f"'{word}' is a keyword of the same field too (line {report.line_of(there_)})."
                report.add(path, what, "Delete it in one of the two places.")


def _words_in(path: Path, words: Words) -> Iterator[tuple[Path, str]]:
    for code, keywords in words.items():
        for place, keyword in enumerate(keywords):
            yield (*path, code, place), keyword.word


def _check_examples(rules: Rules, report: Report) -> None:
    for path, group in _groups(rules):
        for code, examples in group.examples.items():
            report_language(code, (*path, "examples", code), report)
            for place, example in enumerate(examples):
                if not example.strip():
                    report.add((*path, "examples", code, place), "the example is empty.", "Write one, or delete it.")
    for code in rules.everyday:
        report_language(code, ("everyday", code), report)
