"""Weights written into a rules file's text; all else of it stays as it is, remarks and line ends too.

As little as possible is changed: where a weight stands, its figures; a keyword among the lines below a `|` moves to
those of its new weight (`bot.routing.moving`); elsewhere it becomes `{word: …, weight: …}`. What cannot be rewritten
without a risk (a text over several lines, an alias) is left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from bot.routing.moving import USUAL, lists_of, move
from bot.routing.report import Report
from bot.routing.weights import Weighed
from bot.routing.yaml_source import Listing, Mapping, Node, Scalar, compose, under

_BYTE_ORDER_MARK = "\ufeff"  # not counted where nodes tell where they stand
_FIGURES = re.compile(r"\d+(?:\.\d+)?")
_PLAIN = re.compile(r"[^\W_][\w .'’/-]*")  # needs no quotes anywhere
_QUOTED = re.compile(r"\"[^\"\\\n]*\"|'[^'\n]*'")


def reweigh(text: str, changes: Iterable[Weighed]) -> tuple[str, int]:
    """Return the text of a rules file with these keywords' weights changed, and how many were.

    Args:
        text: rules without faults.
        changes: keywords that stand nowhere in the file, or cannot be rewritten, are passed over.
    """
    new = {(one.owner, one.language, one.keyword): one.after for one in changes}
    mark = _BYTE_ORDER_MARK if text.startswith(_BYTE_ORDER_MARK) else ""
    text, moved = move(text.removeprefix(mark), new)
    root = compose(text, Report("rules"))
    pieces, last = [mark], 0
    keywords = [] if root is None else list(_keywords(root))
    met = Counter(id(node) for _, node, _ in keywords)  # what an alias repeats is met more than once
    for key, node, usual in keywords:
        if key in new and met[id(node)] == 1 and (edit := _edit(text, node, new[key], usual)) is not None:
            start, end, written = edit
            pieces += [text[last:start], written]
            last = end
    return "".join([*pieces, text[last:]]), len(pieces) // 2 + moved


def _keywords(root: Node) -> Iterator[tuple[tuple[str, str, str], Node, float]]:
    """Yield each keyword that has a node of its own as owner, language and word, in the file's order.

    With it come its node, and the weight that counts where none is written.
    """
    for owner, language, words in lists_of(root):
        for node, usual in _single(words, USUAL):
            word = node if isinstance(node, Scalar) else under(node, "word")
            if isinstance(word, Scalar):
                yield (owner, language, word.value), node, usual


def _single(words: Node | None, usual: float) -> Iterator[tuple[Node, float]]:
    """Yield the keywords of a list, those that share a weight too."""
    for node in words.value if isinstance(words, Listing) else ():
        together, weight = under(node, "words"), under(node, "weight")
        if isinstance(together, Listing):
            shared = float(weight.value) if isinstance(weight, Scalar) else usual
            yield from [(one, shared) for one in together.value]
        else:
            yield node, usual


def _edit(text: str, node: Node, weight: float, usual: float) -> tuple[int, int, str] | None:
    """Return from where to where the text is to be replaced, and by what; None where that is not safe."""
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, Scalar):
        spelled = text[start:end]
        if weight == usual or not (_PLAIN.fullmatch(spelled) or _QUOTED.fullmatch(spelled)):
            return None
        return start, end, f"{{word: {spelled}, weight: {weight:g}}}"
    if (given := under(node, "weight")) is not None:
        start, end = given.start_mark.index, given.end_mark.index
        return (start, end, f"{weight:g}") if _FIGURES.fullmatch(text[start:end]) else None
    word = under(node, "word")
    if word is None or not (isinstance(node, Mapping) and node.flow_style):
        return None
    start, end = word.start_mark.index, word.end_mark.index
    spelled = text[start:end]
    safe = _PLAIN.fullmatch(spelled) or _QUOTED.fullmatch(spelled)
    return (end, end, f", weight: {weight:g}") if safe else None
