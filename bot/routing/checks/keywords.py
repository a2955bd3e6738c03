"""The keywords: each can be read, none stands in two places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from math import prod
from typing import NamedTuple

from bot.routing.checks.office import report_language
from bot.routing.checks.spelling import heard, lines_of, spelled
from bot.routing.pattern import MOST_SEQUENCES, PatternError, parse_pattern
from bot.routing.report import SHORT_LIST, Path, Report, suggest
from bot.routing.rules import FieldRule, Rules, TopicRule, Words

_GROUP = re.compile(r"<([^<>\s]*)>")
_BRACKET = re.compile(r"\(([^()]*)\)")
# Words, numbers, groups, brackets, gaps between: nothing in it can be wrong, so it need not be read twice.
_PART = r"=?-?[^\W_][^\s()|+#<>…]*"
_WORD = rf"(?:{_PART}|#|<[^<>\s]+>)"
_WORDS = rf"{_WORD}(?: +{_WORD})*"
_SLOT = rf"(?:{_WORD}|\({_WORDS}(?:\|{_WORDS})*\))"
_KEYWORD = rf"{_SLOT}(?:(?:(?: +\.\.\.)? +{_SLOT})*|(?: +\+ +{_SLOT})*) *"
_SOUND = re.compile(_KEYWORD).fullmatch
_ALL_SOUND = re.compile(rf"(?>{_KEYWORD}\n)*+").fullmatch  # what was sound is not tried in other readings again
_AT_ONCE = 50  # a few in a list of thousands are unusual: "#. Klasse", "§ 24"

_OWNING = ("fields", "topics")  # where a keyword may stand once only

Groups = Mapping[str, tuple[str, ...]]  # group → its words, in one language


class _Groups(NamedTuple):
    """The groups in one language, and how many of their entries may be several words."""

    words: Groups
    longer: Mapping[str, int]


class _List(NamedTuple):
    """The keywords of one language in one place.

    Attributes:
        lines: of fields and topics the same as one text, to be compared with each other.
    """

    path: Path
    words: list[str]
    lines: str = ""


def check_keywords(rules: Rules, report: Report) -> None:
    """Report keywords that cannot be read, and those that stand in two places."""
    lists = {
        path: _List(path, words, lines_of(words) if path[0] in _OWNING else "") for path, words in all_lists(rules)
    }
    groups: dict[str, _Groups] = {}
    for path, one in lists.items():
        code = str(path[-1])
        report_language(code, path, report)
        if code not in groups:
            groups[code] = _groups_in(code, rules)
        _check_list(one, groups[code], report)
    _check_owners(rules, lists, report)
    _check_danger(rules, report)


def owners(rules: Rules) -> Iterator[tuple[Path, FieldRule | TopicRule]]:
    """Yield whatever has keywords of its own, with its path."""
    for name in _OWNING:
        for key, group in getattr(rules, name).items():
            yield (name, key), group


def _all_words(rules: Rules) -> Iterator[tuple[Path, Words]]:
    for path, group in owners(rules):
        yield (*path, "keywords"), group.keywords
        yield (*path, "not_keywords"), group.not_keywords
    for name in ("groups", "cues"):
        for key, words in getattr(rules, name).items():
            yield (name, key), words
    for key, words in rules.audiences.items():
        yield ("audiences", key), words
    yield ("emergency",), rules.emergency
    yield ("cries",), rules.cries
    yield ("not_emergency",), rules.not_emergency


def all_lists(rules: Rules) -> Iterator[tuple[Path, list[str]]]:
    """Yield every list of keywords, a list for each language."""
    for at, words in _all_words(rules):
        for code, keywords in words.items():
            yield (*at, code), [keyword.word for keyword in keywords]


def _check_list(one: _List, groups: _Groups, report: Report) -> None:
    if "\n" in "".join(one.words):
        _report_lines(one, report)
        return
    unsound = _unsound(one.words)
    for place, word in enumerate(one.words):
        if place not in unsound and "(" not in word and "<" not in word:
            continue
        if place in unsound or _most_sequences(word, groups.longer) > MOST_SEQUENCES:
            _check_pattern(word, groups.words, (*one.path, place), report)
        if "<" in word:
            _check_groups(word, groups.words, (*one.path, place), report)
    forms = spelled(one.lines) if one.lines else list(map(str.casefold, one.words))
    if len(set(forms)) < len(forms):
        _report_twice(one, forms, report)


def _report_lines(one: _List, report: Report) -> None:
    for place, word in enumerate(one.words):
        if "\n" in word:
            what = f"'{word.splitlines()[0]} …' goes over several lines."
            report.add((*one.path, place), what, "For keywords in lines write words: | above them, not word: |.")


def _unsound(words: list[str]) -> set[int]:
    """Return the places of keywords that something may be wrong with."""
    # As they are written, since so they will be read; many at once, since word by word takes several times as long.
    found: set[int] = set()
    for start in range(0, len(words), _AT_ONCE):
        some = words[start : start + _AT_ONCE]
        if _ALL_SOUND("\n".join(some) + "\n") is None:
            found.update([place for place, word in enumerate(some, start) if not _SOUND(word)])
    return found


def _report_twice(one: _List, forms: list[str], report: Report) -> None:
    seen: dict[str, int] = {}
    for place, form in enumerate(forms):
        before = seen.setdefault(form, place)
        if before != place:
            at, there = (*one.path, place), report.line_of((*one.path, before))
            where = "" if there == report.line_of(at) else f", also in line {there}"
            report.add(at, f"'{one.words[place]}' stands here twice{where}.", "Delete one of them.")


def _groups_in(language: str, rules: Rules) -> _Groups:
    """Return the words that every group there is has in a language."""
    words = {name: tuple([keyword.word for keyword in words.get(language, ())]) for name, words in rules.groups.items()}
    return _Groups(words, {name: _longer(entries) for name, entries in words.items()})


def _longer(entries: Iterable[str]) -> int:
    """Return how many entries may be several words: "Hin/Rück" is two, "=Stelle" is one."""
    return sum([not entry.replace("=", "").isalnum() for entry in entries])


def _most_sequences(word: str, longer: Mapping[str, int]) -> float:
    """Return how many sequences a keyword multiplies to at most; the entries of one word are one together."""
    # Floats, for a number too large is `inf` then and no error.
    brackets = word.count("(")
    if brackets < 2 and "<" not in word:
        return 1.0 + word.count("|")
    in_groups = prod([1.0 + longer.get(name, 0) for name in _GROUP.findall(word)])
    if not brackets:
        return in_groups
    # As if all brackets had as many entries, each of several words: seldom too many, and told at once.
    most = in_groups * prod([1 + word.count("|") / brackets] * brackets)
    if most <= MOST_SEQUENCES:
        return most
    return in_groups * prod([1.0 + _longer(entries.split("|")) for entries in _BRACKET.findall(word)])


def _check_pattern(word: str, groups: Groups, path: Path, report: Report) -> None:
    try:
        parse_pattern(word, groups)
    except PatternError as error:
        what, _, mend = str(error).partition(". ")
        report.add(path, f"the keyword '{word}' cannot be read: {what}.", mend)


def _check_groups(word: str, groups: Groups, path: Path, report: Report) -> None:
    for name in _GROUP.findall(word):
        if name not in groups:
            known = ", ".join(groups) or "none"
            mend = f"Known: {known}." if len(groups) <= SHORT_LIST else "Add it under groups."
            report.add(path, f"unknown group '<{name}>'.", suggest(name, groups, mend))
        elif not groups[name]:
            what = f"the group '<{name}>' has no words in this language."
            report.add(path, what, "Add some to the group, or write the words here.")


# ---------------------------------------------------------------- words in two places

_Heard = tuple[_List, list[str]]  # keywords, and how the engine hears each


def _check_owners(rules: Rules, lists: Mapping[Path, _List], report: Report) -> None:
    """Report keywords that belong to two fields or topics, and those a field both wants and refuses."""
    before: list[_Heard] = []
    for path, group in owners(rules):
        own, refused = (
            [(one, heard(one.lines)) for one in [lists[*path, key, code] for code in words]]
            for key, words in (("keywords", group.keywords), ("not_keywords", group.not_keywords))
        )
        for at, word, there, other in _common(own, before):
            same = "" if spelled(lines_of([word])) == spelled(lines_of([other])) else f" the same as '{other}',"
            owner = f"{there[0]}.{there[1]} (line {report.line_of(there)})"
            mend = "Keep it in one of them, or make it clearer by a second word."
            report.add(at, f"'{word}' is{same} a keyword of {owner} too.", mend)
        for at, word, there, _ in _common(refused, own):
            what = f"'{word}' is among the keywords here too (line {report.line_of(there)})."
            report.add(at, what, "Delete it in one of the two places.")
        before += own


def _check_danger(rules: Rules, report: Report) -> None:
    """Report words of danger that are said to be none, too.

    By their spelling alone: to bring the many patterns of danger to the forms the others are compared in would add a
    quarter to what all the checks take (42 ms to 173).
    """
    said = (*rules.emergency.values(), *rules.cries.values())
    danger = {keyword.word.casefold() for words in said for keyword in words}
    for code, words in rules.not_emergency.items():
        for place, keyword in enumerate(words):
            if keyword.word.casefold() in danger:
                what = f"'{keyword.word}' is among the words of danger too."
                report.add(("not_emergency", code, place), what, "Delete it in one of the two places.")


def _common(lists: list[_Heard], others: list[_Heard]) -> Iterator[tuple[Path, str, Path, str]]:
    """Yield the keywords that are among others too: path and word, and path and word of the first such other."""
    known = set().union(*[forms for _, forms in others])
    for one, forms in lists:
        if known.isdisjoint(forms):  # as ever, unless there is a fault
            continue
        for place, form in enumerate(forms):
            if form and form in known:
                other, at = next((other, heard_.index(form)) for other, heard_ in others if form in heard_)
                yield (*one.path, place), one.words[place], (*other.path, at), other.words[at]
