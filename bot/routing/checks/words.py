"""The words: none in two places, none missing, every title in every language the office speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, get_args

from bot.model import GENERAL, Audience
from bot.routing.checks.office import is_language, report_language
from bot.routing.pattern import MOST_SEQUENCES, PatternError, parse_pattern
from bot.routing.report import Path, Report, suggest
from bot.routing.rules import FieldRule, Place, Rules, TopicRule, Words
from bot.routing.words import bare, clean, normal

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
    "joint",
    "greeting",
    "closing",
    "quoted",
    "local",
    "place",
)
_GROUP = re.compile(r"<([^<>\s]*)>")
_WITHOUT_SIGNS = re.compile(r"[^\W_]\w*(?: \w+)*").fullmatch
# Words, numbers, brackets, gaps between: nothing in it can be wrong, so it need not be read twice.
_PART = r"=?-?[^\W_]\w*(?:['’-][^\W_]\w*)*-?"
_PARTS = rf"{_PART}(?: {_PART})*"
_SLOT = rf"(?:{_PART}|#|\({_PARTS}(?:\|{_PARTS})*\))"
_SOUND = re.compile(rf"{_SLOT}(?:(?: \.\.\.)? {_SLOT})*").fullmatch


def check_words(rules: Rules, report: Report) -> None:
    """Report empty fields, words in two places, missing titles and codes that are none."""
    _check_fields(rules, report)
    _check_titles(rules, report)
    _check_names(rules, report)
    _check_places(rules.places, report)
    for path, words in _all_words(rules):
        _check_list(path, words, rules, report)
    _check_owners(rules, report)
    _check_examples(rules, report)


def _spelling(word: str) -> str:
    """Return the form in which a clerk would call two keywords the same."""
    # Most keywords are plain words, and thousands of them are to be loaded in a blink: no detours for these.
    if word.isascii() and word.isalpha():
        return word.lower()
    return clean(word).casefold() if _WITHOUT_SIGNS(word) else " ".join(clean(word).casefold().split())


def _heard(word: str) -> str:
    """Return the form in which the engine hears a keyword: letters in all their spellings alike, its signs kept."""
    if word.isascii() and word.isalpha():
        return bare(word.lower())
    if _WITHOUT_SIGNS(word):
        return bare(normal(clean(word)))
    return " ".join([_heard_part(part) for part in clean(word).split()])


def _heard_part(part: str) -> str:
    part = part.removeprefix("=")  # "=Stelle" and "Stelle" are both found in "Stelle"
    form = normal(part)
    first, last = ("-" if part.startswith("-") else ""), ("-" if part.endswith("-") else "")
    return f"{first}{bare(form) if form else ''}{last}"


def _groups(rules: Rules) -> Iterator[tuple[Path, FieldRule | TopicRule]]:
    for key, field in rules.fields.items():
        yield ("fields", key), field
    for key, topic in rules.topics.items():
        yield ("topics", key), topic


def _all_words(rules: Rules) -> Iterator[tuple[Path, Words]]:
    for path, group in _groups(rules):
        yield (*path, "keywords"), group.keywords
        yield (*path, "not_keywords"), group.not_keywords
    for name in ("groups", "cues"):
        for key, words in getattr(rules, name).items():
            yield (name, key), words
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


# ---------------------------------------------------------------- words


def _check_list(path: Path, words: Words, rules: Rules, report: Report) -> None:
    for code, keywords in words.items():
        report_language(code, (*path, code), report)
        seen: dict[str, int] = {}
        for place, keyword in enumerate(keywords):
            word = keyword.word
            if not word.isalpha() and not (_SOUND(word) and _most_sequences(word) <= MOST_SEQUENCES):
                _check_pattern(word, (*path, code, place), rules, report)
            before = seen.setdefault(_spelling(word), place)
            if before != place:
                at, there = (*path, code, place), report.line_of((*path, code, before))
                where = "" if there == report.line_of(at) else f", also in line {there}"
                report.add(at, f"'{word}' stands here twice{where}.", "Delete one of them.")


def _most_sequences(word: str) -> float:
    """Return how many sequences the brackets of a keyword multiply to at most: as if all were of the same length."""
    brackets = word.count("(")
    return (1 + word.count("|") / brackets) ** brackets if brackets else 0


def _check_pattern(word: str, path: Path, rules: Rules, report: Report) -> None:
    try:
        parse_pattern(word)
    except PatternError as error:
        what, _, mend = str(error).partition(". ")
        report.add(path, f"the keyword '{word}' cannot be read: {what}.", mend)
    for name in _GROUP.findall(word):
        if name not in rules.groups:
            known = ", ".join(rules.groups) or "none"
            report.add(path, f"unknown group '<{name}>'.", suggest(name, rules.groups, f"Known: {known}."))


class _Owner(NamedTuple):
    """Where a keyword was met first."""

    group: Path
    path: Path
    word: str


def _check_owners(rules: Rules, report: Report) -> None:
    """Report keywords that belong to two fields or topics, and those a field both wants and refuses."""
    owners: dict[str, _Owner] = {}
    for group_path, group in _groups(rules):
        own: dict[str, Path] = {}
        for path, word in _words_in((*group_path, "keywords"), group.keywords):
            form = _heard(word)
            own.setdefault(form, path)
            if (other := owners.get(form)) is None:
                owners[form] = _Owner(group_path, path, word)
            elif other.group != group_path and form:
                same = "" if _spelling(word) == _spelling(other.word) else f" the same as '{other.word}',"
                where = f"{other.group[0]}.{other.group[1]} (line {report.line_of(other.path)})"
                mend = "Keep it in one of them, or make it clearer by a second word."
                report.add(path, f"'{word}' is{same} a keyword of {where} too.", mend)
        for path, word in _words_in((*group_path, "not_keywords"), group.not_keywords):
            if (there := own.get(_heard(word))) is not None:
                what = f"'{word}' is among the keywords here too (line {report.line_of(there)})."
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
    for name in ("everyday", "lookalikes", "courtesies", "endings", "beginnings", "dialect"):
        for code in getattr(rules, name):
            report_language(code, (name, code), report)
