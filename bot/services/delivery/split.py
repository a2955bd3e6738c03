"""Splitting long texts: Telegram refuses more than 4,096 characters, counted as UTF-16 units.

Nothing is lost but the white space at a cut. A cut never falls into a surrogate pair (an emoji is two units); a single
run of letters longer than the limit is cut wherever it has to be.
"""

from __future__ import annotations

import re

# 96 units below the limit of `sendMessage` (Bot API): room for a mark put in front.
TEXT_LIMIT = 4_000

# Where to cut, the best place first: paragraph, line, sentence, word. Only a cut in the second half of the room is
# taken, else one early paragraph would make a tiny first part.
_CUTS = (
    re.compile(r"\n\s*\n"),
    re.compile(r"\n"),
    re.compile(r"(?<=[.!?…:;。؟!?])\s+"),
    re.compile(r"\s+"),
)


def utf16_length(text: str) -> int:
    """Return the length as Telegram counts it, in UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def split_text(text: str, limit: int = TEXT_LIMIT) -> list[str]:
    """Cut a text into parts of at most `limit` UTF-16 units, at a paragraph, line, sentence or word.

    Returns:
        The parts in order; the text itself, unchanged, where it fits. Never empty.
    """
    parts = []
    while utf16_length(text) > limit:
        room = _fitting(text, limit)
        end, start = _cut(text, room)
        parts.append(text[:end])
        text = text[start:]
    if text.strip() or not parts:
        parts.append(text)
    return parts


def _fitting(text: str, limit: int) -> int:
    """Return how many characters from the beginning fit into `limit` units, at least one."""
    units = 0
    for index, character in enumerate(text):
        units += 2 if character > "\uffff" else 1
        if units > limit:
            return max(index, 1)
    return len(text)


def _cut(text: str, room: int) -> tuple[int, int]:
    """Return where the first part ends and where the rest begins."""
    for pattern in _CUTS:
        # The white space itself may stand just behind the room.
        cuts = [found for found in pattern.finditer(text, room // 2) if found.start() <= room]
        if cuts:
            return cuts[-1].start(), cuts[-1].end()
    return room, room
