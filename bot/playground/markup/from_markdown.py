"""MarkdownV2 as the Bot API takes it."""

import re

from bot.playground.markup.marked import Marked, MarkupError, byte_offset
from bot.playground.model import Json

_RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
# Longer marks first: `__` is underline, `_` italic.
_MARKS = (
    ("```", "Pre", "pre"),
    ("__", "Underline", "underline"),
    ("||", "Spoiler", "spoiler"),
    ("`", "Code", "code"),
    ("_", "Italic", "italic"),
    ("*", "Bold", "bold"),
    ("~", "Strikethrough", "strikethrough"),
    ("[", "TextUrl", "text_link"),
)
_ENDS = {name: mark for mark, name, _ in _MARKS} | {"PreCode": "```", "TextUrl": "]"}
_LANGUAGE = re.compile(r"([^\s`]+)(?=\s)")
_LINE_END = re.compile(r"\r\n|\n\r|\n|\r")


def parse_markdown(source: str) -> tuple[str, list[Json]]:
    """Return text and entities.

    Raises:
        MarkupError: a reserved character without backslash, or a mark without its end.
    """
    return _Parser(source).parse()


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._marked = Marked()
        self._line_start = True

    def parse(self) -> tuple[str, list[Json]]:
        while self._at < len(self._source):
            self._step()
        self._end_quote()
        if self._marked.nested:
            opened = self._marked.nested[-1]
            raise MarkupError(f"Can't find end of {opened.name} entity at byte offset {opened.at_byte}")
        return self._marked.result()

    def _step(self) -> None:
        char = self._source[self._at]
        at_line_start, self._line_start = self._line_start, False
        if char == "\\" and self._source[self._at + 1 : self._at + 2].isascii():
            self._plain(self._source[self._at + 1 : self._at + 2] or "\\", 2)
        elif self._in_code() and char != "`":
            self._plain(char)
        elif char == "\n":
            self._plain(char)
            self._line_start = True
            if self._source[self._at : self._at + 1] != ">":
                self._end_quote()
        elif char == ">" and at_line_start:
            self._begin_quote()
        elif char not in _RESERVED:
            self._plain(char)
        elif not self._ends():
            self._begin()

    def _plain(self, text: str, used: int = 1) -> None:
        self._marked.add(text)
        self._at += used

    def _in_code(self) -> bool:
        return bool(self._marked.nested) and self._marked.nested[-1].name in ("Code", "Pre", "PreCode")

    def _ends(self) -> bool:
        if not self._marked.nested:
            return False
        name = self._marked.nested[-1].name
        mark = _ENDS.get(name)
        if mark is None or not self._source.startswith(mark, self._at):
            return False
        # `__` inside italic begins underline rather than ending italic.
        if name == "Italic" and self._source.startswith("__", self._at):
            return False
        self._at += len(mark)
        self._marked.close(**(self._url() if name == "TextUrl" else {}))
        return True

    def _begin(self) -> None:
        for mark, name, kind in _MARKS:
            if self._source.startswith(mark, self._at) and not (self._in_code()):
                at_byte = byte_offset(self._source, self._at)
                self._at += len(mark)
                if name == "Pre":
                    self._begin_pre(at_byte)
                else:
                    self._marked.open(name, kind, at_byte)
                return
        char = self._source[self._at]
        if self._in_code():
            self._plain(char)
            return
        raise MarkupError(f"Character '{char}' is reserved and must be escaped with the preceding '\\'")

    def _begin_pre(self, at_byte: int) -> None:
        language = _LANGUAGE.match(self._source, self._at)
        if language:
            self._at = language.end()
            self._marked.open("PreCode", "pre", at_byte, language=language[1])
        else:
            self._marked.open("Pre", "pre", at_byte)
        line_end = _LINE_END.match(self._source, self._at)
        if line_end:
            self._at = line_end.end()

    def _url(self) -> dict[str, str]:
        if not self._source.startswith("(", self._at):
            opened = self._marked.nested[-1]
            text = "".join(self._marked.parts).encode("utf-16-le")[opened.offset * 2 :]
            return {"url": text.decode("utf-16-le")}
        end = re.compile(r"((?:\\.|[^)\\])*)\)", re.DOTALL).match(self._source, self._at + 1)
        if end is None:
            raise MarkupError(f"Can't find end of a URL at byte offset {byte_offset(self._source, self._at + 1)}")
        self._at = end.end()
        return {"url": re.sub(r"\\(.)", r"\1", end[1])}

    def _begin_quote(self) -> None:
        self._at += 1
        if not any(opened.name == "BlockQuote" for opened in self._marked.nested):
            self._marked.open("BlockQuote", "blockquote", byte_offset(self._source, self._at - 1))

    def _end_quote(self) -> None:
        if self._marked.nested and self._marked.nested[-1].name == "BlockQuote":
            self._marked.close()
