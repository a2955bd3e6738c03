"""HTML and MarkdownV2: what becomes of them, and what Telegram finds wrong."""

from typing import Any

import pytest

from bot.playground.errors import ApiError
from bot.playground.markup import parse_text

Entity = tuple[Any, ...]


def short(entities: list[dict[str, Any]]) -> list[Entity]:
    return [tuple(entity.values()) for entity in entities]


GOOD: list[tuple[str, str, str, list[Entity]]] = [
    ("HTML", "<b>a</b><i>b</i>", "ab", [("bold", 0, 1), ("italic", 1, 1)]),
    ("HTML", "😀<B>ä<em>😀</em></B>", "😀ä😀", [("bold", 2, 3), ("italic", 3, 2)]),
    ("html", "a &lt; b &amp; c &quot;d&quot; &#228; &auml;", 'a < b & c "d" ä &auml;', []),
    ("HTML", '<a href="https://x.org/?a=1&amp;b=2">x</a>', "x", [("text_link", 0, 1, "https://x.org/?a=1&b=2")]),
    ("HTML", "<a href=https://x.org>x</a>", "x", [("text_link", 0, 1, "https://x.org")]),
    ("HTML", "<a>x</a>", "x", []),
    ("HTML", "<b></b>x", "x", []),
    ("HTML", "<span class='tg-spoiler'>x</span><s>y</s>", "xy", [("spoiler", 0, 1), ("strikethrough", 1, 1)]),
    ("HTML", "<pre>a</pre><code>b</code>", "ab", [("pre", 0, 1), ("code", 1, 1)]),
    ("HTML", "<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
    ("HTML", "<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
    ("HTML", "3 > 2", "3 > 2", []),
    ("MarkdownV2", "*a* _b_ ||c||", "a b c", [("bold", 0, 1), ("italic", 2, 1), ("spoiler", 4, 1)]),
    ("MarkdownV2", "~a~", "a", [("strikethrough", 0, 1)]),
    ("MarkdownV2", "_a __b___", "a b", [("italic", 0, 3), ("underline", 2, 1)]),
    ("MarkdownV2", "`a*b` *c*", "a*b c", [("code", 0, 3), ("bold", 4, 1)]),
    ("MarkdownV2", "```py\nx = 1\n```", "x = 1\n", [("pre", 0, 6, "py")]),
    ("MarkdownV2", "```\nx```", "x", [("pre", 0, 1)]),
    ("MarkdownV2", "[x](https://x.org/\\))", "x", [("text_link", 0, 1, "https://x.org/)")]),
    ("MarkdownV2", ">a\n>b\nc", "a\nb\nc", [("blockquote", 0, 4)]),
    ("MarkdownV2", "a\\.b\\\\ \\ü", "a.b\\ \\ü", []),
    ("MarkdownV2", "**x``", "x", []),
]  # fmt: skip


@pytest.mark.parametrize(("mode", "source", "text", "entities"), GOOD, ids=[row[1] for row in GOOD])
def test_mark_up_becomes_text_and_entities(mode: str, source: str, text: str, entities: list[Entity]) -> None:
    plain, found = parse_text(source, mode)
    assert (plain, short(found)) == (text, entities)


BAD = [
    ("HTML", "<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
    ("HTML", "x</b>", "Unexpected end tag at byte offset 1"),
    ("HTML", "<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
    ("HTML", "ü <Landkreis>", 'Unsupported start tag "landkreis" at byte offset 3'),
    ("HTML", "<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ("HTML", "1 <b", "Unclosed start tag at byte offset 2"),
    ("HTML", "<b>x</b", "Unclosed end tag at byte offset 4"),
    ("MarkdownV2", "Ende.", "Character '.' is reserved and must be escaped with the preceding '\\'"),
    ("MarkdownV2", "a > b", "Character '>' is reserved and must be escaped with the preceding '\\'"),
    ("MarkdownV2", "ä *fett", "Can't find end of Bold entity at byte offset 3"),
    ("MarkdownV2", "__x_", "Can't find end of Italic entity at byte offset 3"),
    ("MarkdownV2", "`x", "Can't find end of Code entity at byte offset 0"),
    ("MarkdownV2", "```x y", "Can't find end of PreCode entity at byte offset 0"),
    ("MarkdownV2", "||x|", "Character '|' is reserved and must be escaped with the preceding '\\'"),
    ("MarkdownV2", "[x](y", "Can't find end of a URL at byte offset 4"),
    ("MarkdownV2", "[x", "Can't find end of TextUrl entity at byte offset 0"),
]


@pytest.mark.parametrize(("mode", "source", "fault"), BAD, ids=[row[1] for row in BAD])
def test_broken_mark_up_is_refused(mode: str, source: str, fault: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_text(source, mode)
    assert refusal.value.description == f"Bad Request: can't parse entities: {fault}"
