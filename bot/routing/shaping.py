"""Nodes → plain data in the form `bot.routing.rules` wants, every misfit reported in a clerk's words.

The shapes' annotations lead the way, so a scalar becomes a number or None only where the shape asks for one and stays
text everywhere else. What does not fit is reported and left out, and a required key that is missing gets an empty
stand-in, so that one fault does not hide the next.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from bot.routing.plain import FLOAT, read_plain, readers_of
from bot.routing.report import SHORT_LIST, Path, Report, nearest, suggest
from bot.routing.rules import Rules
from bot.routing.shapes import SHORT_FORMS, SINGLE, fits, is_nothing, is_shape, keeps_limits, keys_of, stand_in
from bot.routing.yaml_source import STR, Listing, Mapping, Node, Scalar, entries_of, kind_of, line_of, reads_as, under

MISSING: Final = object()
_BY_LANGUAGE = {
    *("keywords", "not_keywords", "emergency", "cries", "not_emergency", "words"),
    *("examples", "title", "everyday", "courtesies"),
}
SECRET_KEYS = {"telegram", "chat", "topic"}  # chat ids are never quoted

_EXAMPLES = {
    "version": "version: 1",
    "contacts": "contacts: {leitung: {name: Leitung}}",
    "general_contact": "general_contact: leitung",
    "fields": "fields: {wohnen: …}",
    "title": "title: {de: Wohnen, en: Housing}",
    "contact": "contact: leitung",
    "name": "name: Leitung",
    "word": "word: Wohnung",
    "ags": 'ags: "08336050"',
    "chat": "chat: -1001234567890",
}
# Where a text has a form of its own: how to write it.
_FORMS = {
    "hours": 'from and to in quotes, as in "08:00-12:30"',
    "extra_closed": 'it in quotes, as in "12-24"',
    "answer_within": "a number and a unit, as in 2 working days",
    "dialogue": "a number and a unit, as in 30 minutes",
    "limits": "a number and a unit, as in 10 minutes",
}
# In lines below a `|` they would become part of a keyword.
_OTHER_COMMAS = ";،؛"
_OF_LISTS = ('"', "{", "}", "[", "]", ": ", "\n'", "\n- ", *_OTHER_COMMAS)
_QUOTED = re.compile(r"\"[^\"]*\"?|[^\"]*\"|'.*'")
_OF_A_LIST = re.compile(r"[{}\[\]]|^- |: ")
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")


def shape(node: Node, report: Report) -> dict[str, Any] | None:
    """Return the whole file as data for `Rules`, None if it has no keys at all; lines and faults go into the report."""
    report.lines.enter((), 1)
    value = _Shaper(report).shape(node, Rules, ())
    return value if isinstance(value, dict) else None


class _Shaper:
    """Walks nodes and shapes side by side."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def shape(self, node: Node, wanted: Any, path: Path) -> Any:
        """Return the node's value as the shape wants it, or MISSING with the fault reported."""
        self._report.lines.enter(path, line_of(node))
        if wanted in SINGLE:
            if not isinstance(node, Scalar):
                return self._misfit(node, "one single value", path, "Write only one, without [ ] and { }.")
            return self._scalar(node, wanted, path)
        origin, args = get_origin(wanted), get_args(wanted)
        if origin is Annotated:
            return self.shape(node, args[0], path)
        if origin in (Union, types.UnionType):
            return self._union(node, args, path)
        if is_shape(wanted):
            return self._model(node, wanted, path)
        if origin is dict:
            return self._dict(node, args, path)
        if origin in (tuple, list):
            return self._list(node, args[0], path)
        if not isinstance(node, Scalar):
            return self._misfit(node, "one single value", path, "Write only one, without [ ] and { }.")
        return self._literal(node, args, path)

    # -------------------------------------------------------------- groups

    def _union(self, node: Node, options: tuple[Any, ...], path: Path) -> Any:
        if type(None) in options and is_nothing(node):
            return None
        rest = [option for option in options if option is not type(None)]
        for option in rest:
            if fits(node, option):
                return self.shape(node, option, path)
        return self.shape(node, rest[0], path)

    def _model(self, node: Node, model: type, path: Path) -> Any:
        fields = keys_of(model)
        short = SHORT_FORMS.get(model)
        if isinstance(node, Scalar) and short:
            if not node.value and kind_of(node) == "null":
                return self._misfit(node, "a text", path, "Write one, or delete the entry; a text with # needs quotes.")
            value = self.shape(node, fields[short].annotation, path)
            return MISSING if value is MISSING else {short: value}
        if is_nothing(node):
            pairs: list[tuple[str, Node, Path]] = []
        elif not isinstance(node, Mapping):
            return self._misfit(node, "keys with values", path, f"Known here: {', '.join(fields)}.")
        elif short and not any(isinstance(key, Scalar) and key.value in fields for key, _ in node.value):
            return self._misfit(node, "a single value", path, "Put a text that contains ': ' in quotes.")
        else:
            pairs = self._pairs(node, path)
        data: dict[str, Any] = {}
        named = set()
        for key, value_node, key_path in pairs:
            if key not in fields:
                self._unknown_key(key, fields, key_path)
                continue
            named.add(key)
            value = self.shape(value_node, fields[key].annotation, key_path)
            if value is not MISSING:
                data[key] = value
        self._fill(data, named, fields, path)
        return data

    def _fill(self, data: dict[str, Any], named: set[str], fields: dict[str, FieldInfo], path: Path) -> None:
        for name, info in fields.items():
            if name not in data and info.is_required():
                data[name] = stand_in(info.annotation)
                if name not in named:
                    example = f"Add it, for example {_EXAMPLES[name]}." if name in _EXAMPLES else "Add it."
                    self._report.add(path, f"the key '{name}' is missing.", example)

    def _dict(self, node: Node, args: tuple[Any, ...], path: Path) -> Any:
        if is_nothing(node):
            return {}
        if not isinstance(node, Mapping):
            by_language = path and path[-1] in _BY_LANGUAGE
            mend = "Write the language first, as in de: […]." if by_language else "Write key: value."
            if "lookalikes" in path:
                mend = "Write word: [other words], as in hört: [Hort]."
            return self._misfit(node, "keys with values", path, mend)
        allowed = get_args(args[0]) if get_origin(args[0]) is Literal else None
        data = {}
        for key, value_node, key_path in self._pairs(node, path, quoted=allowed is None):
            if allowed is not None and key not in allowed:
                self._unknown_key(key, allowed, key_path)
                continue
            value = self.shape(value_node, args[1], key_path)
            data[key] = stand_in(args[1]) if value is MISSING else value
        return data

    def _pairs(self, node: Mapping, path: Path, *, quoted: bool = False) -> list[tuple[str, Node, Path]]:
        """Return the pairs with duplicate and unusable keys reported and left out."""
        seen: dict[str, int] = {}
        pairs = []
        for key, value in node.value:
            line = line_of(key)
            if not isinstance(key, Scalar):
                self._report.add(path, "a key is no word.", "Begin the line with a word and a colon.", line)
                continue
            name = key.value
            key_path = (*path, name)
            if name in seen:
                both = f"the key stands twice, in lines {seen[name]} and {line}; only one can count."
                self._report.add(key_path, both, "Put both together under one of them.", line)
                continue
            seen[name] = line
            self._report.lines.enter(key_path, line)
            if quoted:
                self._surprise(key, key_path)
            pairs.append((name, value, key_path))
        return pairs

    def _list(self, node: Node, wanted: Any, path: Path) -> Any:
        if is_nothing(node):
            return ()
        short = SHORT_FORMS.get(wanted)
        of_texts = wanted is str or (short is not None and keys_of(wanted)[short].annotation is str)
        if of_texts and isinstance(node, Scalar) and node.style == "|":
            return self._lines(node, short, path)
        if not isinstance(node, Listing):
            found = node.value.strip() if isinstance(node, Scalar) else "…"
            return self._misfit(node, "a list", path, f"Write it as [{found}].")
        if of_texts:
            lines: list[int] = []
            self._report.lines.enter_entries(path, lines)
            return tuple(self._texts(node.value, wanted, path, lines))
        self._report.lines.enter_entries(path, [item.start_mark.line + 1 for item in node.value])
        shaped = [self.shape(item, wanted, (*path, place)) for place, item in enumerate(node.value)]
        return tuple([value for value in shaped if value is not MISSING])

    def _lines(self, node: Scalar, short: str | None, path: Path) -> tuple[Any, ...]:
        """Return the entries of a list written as lines below a `|`."""
        found = self._entries(node, path)
        self._report.lines.enter_entries(path, [number for number, _ in found])
        return tuple([{short: entry} if short else entry for _, entry in found])

    def _entries(self, node: Scalar, path: Path) -> list[tuple[int, str]]:
        """Return what stands in lines below a `|`; report what would be right in a list only."""
        found = entries_of(node)
        text = "\n".join(["", *[entry for _, entry in found]])
        if any(sign in text for sign in _OF_LISTS):  # hardly ever, so all are looked through at once
            for line, entry in found:
                if _QUOTED.fullmatch(entry):
                    self._report.add(path, f"{entry} stands in quotes.", "In lines below a | leave them out.", line)
                elif any(sign in entry for sign in _OTHER_COMMAS):
                    self._report.add(path, f"'{entry}' is parted by another sign.", "Write commas between them.", line)
                elif _OF_A_LIST.search(entry):
                    mend = (
                        "In lines below a | write words with commas only; all else as an entry of its own above them."
                    )
                    self._report.add(path, f"'{entry}' is written as in a list.", mend, line)
        return found

    def _texts(self, items: list[Node], wanted: Any, path: Path, lines: list[int]) -> Iterator[Any]:
        """Yield the values of texts in a list: nearly all of a rules file, so what is plain takes the short way.

        Args:
            path: of the list; what is yielded first stands at its first place, and so on.
            lines: gets the line of each value.
        """
        short = SHORT_FORMS.get(wanted)
        readers = readers_of(wanted) if short else {}
        for item in items:
            lines.append(item.start_mark.line + 1)
            if isinstance(item, Scalar) and item.tag == STR:
                yield {short: item.value} if short else item.value
            elif short and isinstance(item, Mapping) and (data := read_plain(item, readers)) and short in data:
                yield data
            elif short and isinstance(item, Mapping) and (together := under(item, f"{short}s")) is not None:
                lines.pop()
                yield from self._together(item, together, wanted, (path, lines))
            elif (value := self.shape(item, wanted, (*path, len(lines) - 1))) is not MISSING:
                yield value
            else:
                lines.pop()

    def _together(self, node: Mapping, together: Node, wanted: Any, at: tuple[Path, list[int]]) -> Iterator[Any]:
        """Yield texts that share all else that may be said of them; what is said of a single one counts more."""
        path, lines = at
        key_path = (*path, len(lines))
        self._report.lines.enter(key_path, line_of(node))
        short = SHORT_FORMS[wanted]
        shared = self._shared(node, together, wanted, key_path)
        within_limits = keeps_limits(wanted, short, shared)
        for value in self._each(together, wanted, (path, lines), key_path):
            yield shared | value
            if not within_limits:
                shared = {}  # told once is enough

    def _shared(self, node: Mapping, together: Node, wanted: Any, key_path: Path) -> dict[str, Any]:
        """Return what is said of texts that stand together."""
        short = SHORT_FORMS[wanted]
        fields = {name: info for name, info in keys_of(wanted).items() if name != short}
        shared = {}
        for key, value_node, value_path in self._pairs(node, key_path):
            if key in fields:
                if (value := self.shape(value_node, fields[key].annotation, value_path)) is not MISSING:
                    shared[key] = value
            elif value_node is not together:
                self._unknown_key(key, [f"{short}s", *fields], value_path)
        return shared

    def _each(self, together: Node, wanted: Any, at: tuple[Path, list[int]], key_path: Path) -> Iterable[Any]:
        """Return the texts that stand together, what is said of a single one with it."""
        short = SHORT_FORMS[wanted]
        path, lines = at
        if isinstance(together, Scalar) and together.style == "|":
            found = self._entries(together, key_path)
            lines += [number for number, _ in found]
            return [{short: entry} for _, entry in found]
        if not isinstance(together, Listing):
            self._misfit(together, "a list", key_path, "Write it as [one, two].")
            return ()
        single = [item for item in together.value if under(item, f"{short}s") is None]
        if len(single) < len(together.value):  # or one that holds itself would never end
            what = f"'{short}s' stands within '{short}s'."
            self._report.add(key_path, what, "Write each group by itself.", line_of(together))
        return self._texts(single, wanted, path, lines)

    # -------------------------------------------------------------- single values

    def _literal(self, node: Scalar, allowed: tuple[Any, ...], path: Path) -> Any:
        for value in allowed:
            if node.value == str(value):
                return value
        known = [str(value) for value in allowed]
        self._report.add(
            path, f"'{node.value}' is not known here.", suggest(node.value, known, f"Known: {', '.join(known)}.")
        )
        return MISSING

    def _scalar(self, node: Scalar, wanted: Any, path: Path) -> Any:
        text, kind = node.value, kind_of(node)
        if wanted is str:
            if kind == "str":
                return text
            self._surprise(node, path)
            # Where the text has a form of its own, one fault about it is enough.
            return MISSING if self._report.has_below(path) and any(key in path for key in _FORMS) else text
        if wanted is int and kind == "int" and _INT.fullmatch(text):
            return int(text)
        if wanted is float and kind in {"int", "float"} and FLOAT.fullmatch(text):
            return float(text)
        if wanted is bool and kind == "bool":
            return reads_as(node) == "true"
        name = {int: "a whole number", float: "a number", bool: "true or false"}.get(wanted, "another kind of value")
        return self._misfit(node, name, path, f"Write {name}, without quotes.")

    def _surprise(self, node: Scalar, path: Path) -> None:
        """Report a text that YAML reads as something else, so that every reader of the file sees the same."""
        if (reading := reads_as(node)) is None:
            return
        text, kind, line = node.value, kind_of(node), line_of(node)
        if not text:
            self._report.add(path, "nothing is written here.", "Write a text, or delete the entry.", line)
        elif kind.startswith("!"):
            what = f"YAML takes {kind} for a mark of its own."
            self._report.add(path, what, f'Write "{kind} {text}".', line)
        else:
            what = f"without quotes, YAML reads {text} as {reading}."
            form = next((form for key, form in _FORMS.items() if key in path), f'"{text}"')
            self._report.add(path, what, f"Write {form}.", line)

    # -------------------------------------------------------------- faults

    def _unknown_key(self, key: str, known: Iterable[str], path: Path) -> None:
        kind = "weekday" if "mon" in known else "key"
        names = list(known)
        listed = f"Known here: {', '.join(names)}."
        short = len(names) <= SHORT_LIST or nearest(key, names) is None
        mend = suggest(key, names, listed if short else "")
        self._report.add(path, f"unknown {kind} '{key}'.", mend)

    def _misfit(self, node: Node, wanted: str, path: Path, mend: str) -> Any:
        if SECRET_KEYS & set(path):
            what = "this is no topic's number." if path[-1] == "topic" else "this is no chat id."
            mend = "Write the number without quotes, as in -1001234567890; names such as @office do not work."
            self._report.add(path, what, mend, line_of(node))
            return MISSING
        match node:
            case Scalar():
                found = f"'{node.value.rstrip()}'" if node.value or not is_nothing(node) else "nothing"
            case Mapping():
                found = f"the keys {', '.join(key.value for key, _ in node.value if isinstance(key, Scalar))}"
            case _:
                found = "a list"
        self._report.add(path, f"expected {wanted}, found {found}.", mend, line_of(node))
        return MISSING
