"""HTML as the Bot API takes it."""

import html
import re

from bot.playground.markup.marked import Marked, MarkupError, byte_offset
from bot.playground.model import Json

_TOKEN = re.compile(r"<(?P<end>/?)(?P<name>[^\s>]*)(?P<rest>[^>]*)(?P<closed>>?)|&(?:#x?[0-9a-fA-F]+|\w+);")
_ATTRIBUTE = re.compile(r"""([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_KNOWN_NAMES = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"'}
_KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
    "tg-emoji": "",
}  # fmt: skip


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Return text and entities.

    Raises:
        MarkupError: an unknown, unclosed or unmatched tag.
    """
    marked = Marked()
    done = 0
    for token in _TOKEN.finditer(source):
        marked.add(source[done : token.start()])
        done = token.end()
        if token["name"] is None:
            marked.add(_character(token.group()))
        elif token["end"]:
            _end_tag(marked, token, byte_offset(source, token.start()))
        else:
            _start_tag(marked, token, byte_offset(source, token.start()))
    marked.add(source[done:])
    if marked.nested:
        raise MarkupError(f'Can\'t find end tag corresponding to start tag "{marked.nested[-1].name}"')
    return marked.result()


def _character(reference: str) -> str:
    """Telegram knows four names and all numbers; the rest stays as written."""
    return html.unescape(reference) if reference.startswith("&#") else _KNOWN_NAMES.get(reference, reference)


def _start_tag(marked: Marked, token: re.Match[str], at: int) -> None:
    name = token["name"].lower()
    if not token["closed"]:
        raise MarkupError(f"Unclosed start tag at byte offset {at}")
    if name not in _KINDS:
        raise MarkupError(f'Unsupported start tag "{name}" at byte offset {at}')
    attributes = {
        found[1].lower(): html.unescape(found[2] or found[3] or found[4] or "")
        for found in _ATTRIBUTE.finditer(token["rest"])
    }
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise MarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
    kind = _KINDS[name]
    if name == "blockquote" and "expandable" in attributes:
        kind = "expandable_blockquote"
    extra = {"url": attributes["href"]} if attributes.get("href") else {}
    if name == "a" and not extra:
        kind = ""
    marked.open(name, kind, at, **extra)


def _end_tag(marked: Marked, token: re.Match[str], at: int) -> None:
    name = token["name"].lower()
    if not marked.nested:
        raise MarkupError(f"Unexpected end tag at byte offset {at}")
    if not token["closed"] or token["rest"].strip():
        raise MarkupError(f"Unclosed end tag at byte offset {at}")
    expected = marked.nested[-1].name
    if name and name != expected:
        raise MarkupError(f'Unmatched end tag at byte offset {at}, expected "</{expected}>", found "</{name}>"')
    marked.close()
