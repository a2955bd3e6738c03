"""Keywords written as lines below a `|`, moved to the lines of another weight in the text of a rules file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.routing.report import Report
from bot.routing.yaml_source import COMMENT, Listing, Node, Scalar, compose, entries_of, under
from bot.routing.yaml_source import Mapping as Pairs

USUAL = 2.0  # the weight of a keyword without one
_WIDTH = 120  # signs of a line

_Named = tuple[str, str, str]  # owner, language, keyword
_Kind = tuple[str, str, tuple[tuple[str, str], ...], float]  # owner, language, what is said besides the weight, weight


@dataclass(frozen=True)
class _Block:
    """Keywords in lines, and what is said of all of them.

    Attributes:
        others: what is said besides the weight, as written.
        dash, column: where its dash stands, and where its keys begin.
        entries: the keywords, each with its line counted from 1; never empty.
        is_last: whether nothing more is said below the keywords.
    """

    owner: str
    language: str
    weight: float
    others: tuple[tuple[str, str], ...]
    dash: int
    column: int
    entries: list[tuple[int, str]]
    is_last: bool

    def of_weight(self, weight: float) -> _Kind:
        """Return which keywords its own would stand with if they had this weight."""
        return self.owner, self.language, self.others, weight


def move(text: str, weights: Mapping[_Named, float]) -> tuple[str, int]:
    """Return the text with keywords in the lines of their new weight, and how many have moved.

    Where there are no lines of that weight yet, they are written below those the keywords come from, unless more is
    said there.
    """
    texts = text.split("\n")
    blocks = list(_blocks(compose(text, Report("rules")), texts))
    homes = {block.of_weight(block.weight): block for block in reversed(blocks)}
    movers: dict[_Kind, tuple[_Block, list[str]]] = {}
    lines: list[str | None] = list(texts)
    for block in blocks:
        for number, keyword in block.entries:
            weight = weights.get((block.owner, block.language, keyword), block.weight)
            if weight != block.weight and (block.is_last or block.of_weight(weight) in homes):
                lines[number - 1] = _without(keyword, lines[number - 1] or "")
                movers.setdefault(block.of_weight(weight), (block, []))[1].append(keyword)
    below: dict[int, list[str]] = {}
    for kind, (origin, keywords) in movers.items():
        home = homes.get(kind, origin)
        number = home.entries[-1][0]
        above = texts[number - 1]
        written = _wrapped(keywords, above[: len(above) - len(above.lstrip())])
        head = [] if kind in homes else _head(origin, kind[-1])
        below.setdefault(number, []).extend(head + written)
    end = "\r" if texts[0].endswith("\r") else ""
    for number in sorted(below, reverse=True):
        lines[number:number] = [line + end for line in below[number]]
    return "\n".join([line for line in lines if line is not None]), sum(len(words) for _, words in movers.values())


def lists_of(root: Node | None) -> Iterator[tuple[str, str, Node]]:
    """Yield the keywords of each field and topic in each language, as they stand in the file."""
    for group, owners in _pairs(root):
        if group in ("fields", "topics"):
            for owner, rule in _pairs(owners):
                for language, words in _pairs(under(rule, "keywords")):
                    yield owner, language, words


def _pairs(node: Node | None) -> Iterator[tuple[str, Node]]:
    for key, value in node.value if isinstance(node, Pairs) else ():
        yield key.value, value


def _blocks(root: Node | None, lines: list[str]) -> Iterator[_Block]:
    lists = [(owner, language, words) for owner, language, words in lists_of(root) if isinstance(words, Listing)]
    met = Counter(id(node) for _, _, words in lists for node in words.value)  # what an alias repeats is met again
    for owner, language, words in lists:
        for node in words.value:
            together = under(node, "words")
            if met[id(node)] > 1 or not isinstance(together, Scalar) or together.style != "|":
                continue
            if entries := entries_of(together):
                said = {key: value.value for key, value in _pairs(node) if value is not together}
                weight = float(said.pop("weight", USUAL))
                dash = lines[node.start_mark.line].index("-")
                is_last = node.value[-1][1] is together
                yield _Block(
                    owner, language, weight, tuple(said.items()), dash, node.start_mark.column, entries, is_last
                )


def _without(keyword: str, line: str) -> str | None:
    """Return a line without one of its keywords, None if no other stands there."""
    words, sign, comment = line.rstrip("\r").partition(COMMENT)
    left = "".join([f"{entry}, " for entry in map(str.strip, words.split(",")) if entry not in ("", keyword)])
    if not left and not comment:
        return None
    start, end = line[: len(line) - len(line.lstrip())], "\r" if line.endswith("\r") else ""
    return f"{start}{left}{sign}{comment}".rstrip() + end


def _head(block: _Block, weight: float) -> list[str]:
    """Return what stands above keywords that differ from those of a block in their weight."""
    dash, start = f"{' ' * block.dash}-", " " * block.column
    others = [f"{start}{key}: {value}" for key, value in block.others]
    return [f"{dash.ljust(block.column)}weight: {weight:g}", *others, f"{start}words: |"]


def _wrapped(keywords: Iterable[str], start: str) -> list[str]:
    lines: list[str] = []
    for keyword in keywords:
        if lines and len(lines[-1]) + len(keyword) + 2 <= _WIDTH:
            lines[-1] += f" {keyword},"
        else:
            lines.append(f"{start}{keyword},")
    return lines
