"""YAML text → plain nodes with line numbers; the only place that knows `yaml`.

Composed, never loaded: loading would drop duplicate keys without a word and turn `8:00` into 480, `no` into False and
`01067` into 567. Scalars keep their spelling here, and what YAML would have made of them is noted beside it.
"""

from __future__ import annotations

import operator
import re
from functools import lru_cache
from typing import Any

import yaml
from yaml import MappingNode as Mapping
from yaml import Node
from yaml import ScalarNode as Scalar
from yaml import SequenceNode as Listing

from bot.routing.report import Report

__all__ = [
    "COMMENT",
    "NUMBERS",
    "STR",
    "Listing",
    "Mapping",
    "Node",
    "Scalar",
    "compose",
    "entries_of",
    "kind_of",
    "line_of",
    "reads_as",
    "under",
]

COMMENT = "##"  # in lines below a `|`

_STANDARD = "tag:yaml.org,2002:"
STR = _STANDARD + "str"  # the tag of a scalar that YAML, too, takes for a text
NUMBERS = frozenset({_STANDARD + "int", _STANDARD + "float"})  # the tags of numbers


# The C loader is about ten times as fast and is missing where PyYAML was built without libyaml.
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


_LONGEST_NAME = len("false")  # of what YAML knows by name: yes, no, on, off, true, false, null
_MAYBE_OTHER = frozenset(_Loader.yaml_implicit_resolvers)  # with these letters begins what is no text, or may be none
_TAGS: dict[type[Node], str] = {Mapping: _STANDARD + "map", Listing: _STANDARD + "seq"}


class _FastLoader(_Loader):  # type: ignore[valid-type,misc]
    """Takes a value for a text at once where its first letter or its length rules out all else YAML makes of values."""

    # Where in the tree a value stands tells nothing of what it is; asked for every node, so nothing in Python.
    descend_resolver = staticmethod(operator.is_)
    ascend_resolver = staticmethod(tuple)

    def resolve(self, kind: type[Node], value: Any, implicit: Any) -> Any:
        if kind is not Scalar:
            return _TAGS[kind]
        if not implicit[0] or value[:1] not in _MAYBE_OTHER or (len(value) > _LONGEST_NAME and value[0].isalpha()):
            return STR
        return _tag(value)


@lru_cache(maxsize=1024)  # the same few numbers, thousands of times
def _tag(value: str) -> str:
    """Return what YAML makes of a value without quotes, as a tag."""
    tag: str = _Loader("").resolve(Scalar, value, (True, False))  # type: ignore[no-untyped-call]
    return tag


_HALF_A_SIGN = re.compile(r"\\u[dD][89a-fA-F]|\\U0000[dD][89a-fA-F]")  # of a surrogate pair

# What PyYAML says → what a person can do about it. The first part found in its message counts.
_IN_WORDS = (
    ("character '\\t'", "there is a tab at the beginning of a line.", "Indent with spaces only, two for each level."),
    (
        "mapping values are not allowed",
        "there is a colon where none may stand.",
        'Check the indentation, and put a text that contains ": " in quotes.',
    ),
    (
        "expected <block end>, but found",
        "the indentation or a list does not fit the lines above.",
        "Begin keys of one level in the same column; if quotes begin a text, let them end it too.",
    ),
    (
        "could not find expected ':'",
        "a key has no colon, or a line of keywords is not indented like those above.",
        "Write key: value, with a space after the colon; begin lines of keywords in one column.",
    ),
    ("unknown escape character", "a backslash stands in double quotes.", "Use single quotes there: '…'."),
    ("scanning a quoted scalar", "a quotation mark opens here and never closes.", "Close it."),
    (
        "expected ',' or ']'",
        "a list that begins here is not closed, or a comma or a quotation mark is missing in it.",
        'Write ["one", "two", "three"].',
    ),
    (
        "expected ',' or '}'",
        "a group that begins here is not closed, or a comma or a quotation mark is missing in it.",
        "Write {key: value, key: value}.",
    ),
    (
        "expected the node content",
        "a value is missing, or a list with dashes stands inside [ ] or { }.",
        "Write the value, or the whole list with dashes.",
    ),
    ("comment or a line break", "a text begins with > or |, which YAML keeps for itself.", "Put the text in quotes."),
    ("or indentation indicators", "a text begins with > or |, which YAML keeps for itself.", "Put the text in quotes."),
    ("while scanning a tag", "a text begins with !, which YAML keeps for itself.", "Put the text in quotes."),
    (
        "<document start>",
        "a line stands further left than the lines above.",
        "Begin keys of one level in the same column.",
    ),
    ("cannot start any token", "a text begins with a character YAML keeps for itself.", "Put the text in quotes."),
    ("found undefined alias", "a text begins with *, which YAML reads as a reference.", "Put the text in quotes."),
    ("alphabetic or numeric character", "a text begins with & or *, which YAML keeps for itself.", "Put it in quotes."),
    ("expected a single document", "a second document begins (---).", "Keep everything in one document."),
)
_OPENS_HERE = ("could not find expected ':'", "scanning a quoted scalar", "expected ',' or ']'", "expected ',' or '}'")


def compose(text: str, report: Report) -> Node | None:
    """Return the document's nodes, or None with a fault reported where the text is no YAML or empty."""
    text = text.removeprefix("\ufeff")  # Windows editors begin a file with a byte order mark
    if (half := _HALF_A_SIGN.search(text)) is not None:
        line = text.count("\n", 0, half.start()) + 1
        report.add((), f"{half[0]}… is half a sign.", "Write the sign itself.", line)
        return None
    try:
        node = yaml.compose(text, Loader=_FastLoader)
    except yaml.YAMLError:
        # Once more with the loader in Python: its messages are the same on every machine, and say more.
        try:
            node = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.YAMLError as error:
            _report_unreadable(error, text, report)
            return None
    if node is None:
        report.add((), "the file is empty.", "Begin with version: 1.")
        return None
    return node


def line_of(node: Node) -> int:
    """Return the line a node begins on, counted from 1."""
    line: int = node.start_mark.line + 1
    return line


def under(node: Node | None, key: str) -> Node | None:
    """Return what stands under a key, None where the node has no such key, or no keys at all."""
    pairs = node.value if isinstance(node, Mapping) else ()
    return next((value for name, value in pairs if name.value == key), None)


def entries_of(lines: Scalar) -> list[tuple[int, str]]:
    """Return what stands in lines below a `|`, separated by commas, each with its line: how most keywords stand there.

    What follows `##` is a comment; `#` alone is a sign of patterns.
    """
    found: list[tuple[int, str]] = []
    for number, line in enumerate(lines.value.split("\n"), line_of(lines) + 1):
        words = line.partition(COMMENT)[0] if COMMENT in line else line
        found += [(number, entry) for entry in map(str.strip, words.split(",")) if entry]
    return found


def kind_of(scalar: Scalar) -> str:
    """Return what YAML takes a value for: `str`, `bool`, `int`, `float`, `null`, `timestamp`; else a foreign tag."""
    tag: str = scalar.tag
    return tag.removeprefix(_STANDARD)


def _report_unreadable(error: yaml.YAMLError, text: str, report: Report) -> None:
    if isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + 1
        report.add((), "there is an invisible control character.", "Delete it and type the text again.", line)
        return
    message = str(error)
    for part, what, mend in _IN_WORDS:
        if part in message:
            report.add((), what, mend, _line(error, opening=part in _OPENS_HERE))
            return
    problem = getattr(error, "problem", None) or "it cannot be read"
    report.add((), f"this is no YAML: {problem}.", "Compare it with the lines above that work.", _line(error))


def _line(error: yaml.YAMLError, *, opening: bool = False) -> int:
    """Return the line where reading stumbled, or where what was being read then opens."""
    marks = (getattr(error, "problem_mark", None), getattr(error, "context_mark", None))
    return next((mark.line + 1 for mark in (reversed(marks) if opening else marks) if mark), 1)


def reads_as(scalar: Scalar) -> str | None:
    """Say what YAML makes of an unquoted scalar, None where it stays the text it is."""
    match kind_of(scalar):
        case "str":
            return None
        case "bool":
            return "true" if scalar.value.lower() in {"yes", "true", "on"} else "false"
        case "null":
            return "nothing"
        case "timestamp":
            return "a date"
        case "int" | "float":
            try:
                value = yaml.safe_load(scalar.value)
            except (yaml.YAMLError, ValueError):
                return "a number"
            return f"the number {value}" if str(value) != scalar.value else "a number"
        case _:
            return "a mark"
