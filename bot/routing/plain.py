"""The short way for what a rules file is full of: `{word: Zimmer, weight: 2}` in one line, with nothing amiss."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any, get_args

from bot.routing.yaml_source import NUMBERS, STR, Node, Scalar
from bot.routing.yaml_source import Mapping as Pairs

FLOAT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")

Readers = Mapping[str, Callable[[Node], Any]]  # key → reads its value; None where that wants a closer look


@cache
def readers_of(model: type) -> Readers:
    """Return how the values of a model are read whose keys have single values."""
    fields = model.__pydantic_fields__  # type: ignore[attr-defined]  # of models and dataclasses
    return {name: _reader(info.annotation) for name, info in fields.items()}


def read_plain(node: Pairs, readers: Readers) -> dict[str, Any] | None:
    """Return the data of a mapping that stands in one line and has nothing amiss, else None."""
    line = node.start_mark.line
    data: dict[str, Any] = {}
    for key, value in node.value:
        if key.tag != STR or key.value in data or key.value not in readers:
            return None
        if not isinstance(value, Scalar) or value.start_mark.line != line:
            return None
        data[key.value] = readers[key.value](value)
    return None if None in data.values() else data


def _reader(wanted: Any) -> Callable[[Node], Any]:
    if wanted is str:
        return lambda node: node.value if node.tag == STR else None
    if wanted is float:
        return lambda node: _number(node.tag, node.value)
    allowed = {value: value for option in get_args(wanted) for value in get_args(option)}
    return lambda node: allowed.get(node.value) if node.tag == STR else None


@lru_cache(maxsize=64)  # few numbers, written again and again
def _number(tag: str, text: str) -> float | None:
    return float(text) if tag in NUMBERS and FLOAT.fullmatch(text) else None
