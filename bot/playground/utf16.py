"""Lengths and offsets in UTF-16 units, as Telegram counts them, and the entities Telegram finds by itself.

Telegram's own finder knows every top-level domain; this one knows links with a scheme, `t.me/…` and
`www.…`, and leaves other bare domains alone.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.playground.model import Json

MAX_TEXT = 4096
MAX_CAPTION = 1024
# In this order: what is found first keeps its place.
_FINDERS = (
    ("url", re.compile(r"(?:https?://|www\.|\bt\.me/)[^\s<>\"]*[^\s<>\".,;:!?)\]]", re.IGNORECASE)),
    ("email", re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{3,31}\b")),
    ("hashtag", re.compile(r"(?<![\w#])#\w*[^\W\d]\w*")),
    ("phone_number", re.compile(r"(?<![\w+])\+\d[\d ()/-]{5,}\d")),
)


def utf16_length(text: str) -> int:
    """Return the number of UTF-16 units."""
    return len(text) + sum(char > "\uffff" for char in text)


def utf16_slice(text: str, offset: int, length: int) -> str:
    """Cut out what an entity covers."""
    units = text.encode("utf-16-le")
    return units[offset * 2 : (offset + length) * 2].decode("utf-16-le", "replace")


def utf16_pieces(text: str, limit: int) -> list[str]:
    """Cut a text into pieces of at most `limit` units, as Telegram's apps do with long messages."""
    pieces, piece, length = [], "", 0
    for char in text:
        width = utf16_length(char)
        if length + width > limit:
            pieces.append(piece)
            piece, length = "", 0
        piece, length = piece + char, length + width
    return [*pieces, piece] if piece else pieces


def with_found_entities(text: str, given: Sequence[Json] = ()) -> tuple[Json, ...]:
    """Join the given entities with those Telegram finds; what is given wins where both overlap."""
    taken = [(entity["offset"], entity["offset"] + entity["length"]) for entity in given]
    found = []
    for entity in _found(text):
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if not _overlaps(taken, start, end):
            taken.append((start, end))
            found.append(entity)
    return tuple(sorted((*given, *found), key=lambda entity: (entity["offset"], -entity["length"])))


def _found(text: str) -> Iterator[Json]:
    for kind, finder in _FINDERS:
        for match in finder.finditer(text):
            yield {
                "type": kind,
                "offset": utf16_length(text[: match.start()]),
                "length": utf16_length(match.group()),
            }


def _overlaps(taken: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in taken)
