"""Keywords in the forms in which they are compared with each other.

Some ten thousand of them are read at every start. So a list is brought to its form at once, as one text with a line for
each: that costs a fraction of what it does word by word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.routing.words import bare, clean, normal

_BLANKS = re.compile(r"[^\S\n]+")
# "=Stelle" and "Stelle" are both found in "Stelle", but "schul-" and "-kurs" only in parts of a word.
_SIGNS = {"\n=": "\n", " =": " ", "\n-": "\n~", " -": " ~", "-\n": "~\n", "- ": "~ "}
_LAST_LATIN = "\u024f"
_NOT_LATIN = re.compile(f"[^\0-{_LAST_LATIN}]").search
_LATIN = re.compile(f"(?<!\\S)[A-Za-zÀ-{_LAST_LATIN}][^\\s]*")


def lines_of(words: Sequence[str]) -> str:
    """Return the words cleaned, a line for each, with single blanks in them; for no words an empty text."""
    text = "\n".join(words)
    if words and text.count("\n") != len(words) - 1:  # in quotes, a word may hold line ends
        text = "\n".join([word.replace("\n", " ") for word in words])
    text = clean(text)
    if "  " in text or not text.replace("\n", "").isprintable():
        text = _BLANKS.sub(" ", text)
    return f"\n{text}\n".replace(" \n", "\n").replace("\n ", "\n")[1:-1]


def spelled(lines: str) -> list[str]:
    """Return for each line of `lines_of` the form in which a clerk would call two keywords the same."""
    return lines.casefold().split("\n") if lines else []


def heard(lines: str) -> list[str]:
    """Return for each line of `lines_of` how the engine hears it: letters in all their spellings alike, signs kept."""
    if not lines:
        return []
    text = f"\n{lines}\n"
    for sign, mark in _SIGNS.items():
        text = text.replace(sign, mark)
    text = normal(text)[1:-1]
    text = _LATIN.sub(lambda found: bare(found[0]), text) if _NOT_LATIN(text) else bare(text)
    return text.split("\n")
