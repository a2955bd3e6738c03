"""Weights written into a rules file's text; all else of it stays as it is, remarks and line breaks too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.routing.report import Report
from bot.routing.weights import Weighed
from bot.routing.yaml_source import Listing, Mapping, Node, Scalar, compose

_USUAL = 2.0  # the weight of a keyword without one
_KEYS = ("word", "weight")
_BYTE_ORDER_MARK = "\ufeff"  # not counted where nodes tell where they stand
_NOT_IN_BRACES = re.compile(r"[,\[\]{}]")


def reweigh(text: str, changes: Iterable[Weighed]) -> str:
    """Return the text of a rules file with these keywords' weights changed.

    Args:
        text: rules without faults.
        changes: keywords that stand nowhere in the file are passed over.
    """
    new = {(one.owner, one.language, one.keyword): one.after for one in changes}
    mark = _BYTE_ORDER_MARK if text.startswith(_BYTE_ORDER_MARK) else ""
    text = text.removeprefix(mark)
    root = compose(text, Report("rules"))
    pieces, last = [mark], 0
    for key, node in () if root is None else _keywords(root):
        if (weight := new.get(key)) is not None:
            start, end = node.start_mark.index, node.end_mark.index
            pieces += [text[last:start], _written(text, node, weight)]
            last = start + len(text[start:end].rstrip())
    return "".join([*pieces, text[last:]])


def _keywords(root: Node) -> Iterator[tuple[tuple[str, str, str], Node]]:
    """Yield each keyword of fields and topics as owner, language and word, with its node, in the file's order."""
    for group, owners in _pairs(root):
        if group in ("fields", "topics"):
            for owner, rule in _pairs(owners):
                for language, words in _pairs(_under(rule, "keywords")):
                    for node in words.value if isinstance(words, Listing) else ():
                        word = node if isinstance(node, Scalar) else _under(node, "word")
                        if isinstance(word, Scalar):
                            yield (owner, language, word.value), node


def _pairs(node: Node | None) -> Iterator[tuple[str, Node]]:
    for key, value in node.value if isinstance(node, Mapping) else ():
        yield key.value, value


def _under(node: Node, key: str) -> Node | None:
    return next((value for name, value in _pairs(node) if name == key), None)


def _written(text: str, node: Node, weight: float) -> str:
    word = node if isinstance(node, Scalar) else _under(node, "word")
    spelled = _spelling(text, word)
    more = [f"{key}: {_spelling(text, value)}" for key, value in _pairs(node) if key not in _KEYS]
    if weight == _USUAL and not more:
        return spelled
    if spelled[0] not in "\"'" and _NOT_IN_BRACES.search(spelled):
        spelled = f'"{spelled}"'
    weighs = [] if weight == _USUAL else [f"weight: {weight:g}"]
    return "{" + ", ".join([f"word: {spelled}", *weighs, *more]) + "}"


def _spelling(text: str, node: Node | None) -> str:
    return "" if node is None else text[node.start_mark.index : node.end_mark.index].strip()
