"""Making foreign text harmless at the door: what nobody can see must not decide what others see.

Texts lose what no person types: half surrogate pairs, which neither SQLite nor Telegram can store, and control
characters, which would steer the operator's terminal. Names are put into lines of ours, so they also lose whatever
turns the order of the letters around, is invisible, or piles marks on a letter; what is left fits on a line.
"""

from __future__ import annotations

import re
import unicodedata

# Telegram allows 64 characters for a first name.
NAME_LENGTH = 64
# Marks on one letter; Vietnamese and pointed Hebrew need two or three, what climbs over other lines has dozens.
MOST_MARKS = 4
# A name of which nothing is left.
NOBODY = "–"

# All of C0 and C1 but tab and line feed.
_CONTROLS = {code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n"}
# What turns the order of letters around, parts words unseen or keeps them together; joiners may belong to a snippet.
_UNSEEN = dict.fromkeys(
    (0xAD, 0x61C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF)
)
# Letters and symbols by their category that show nothing: fillers of Korean syllables, the empty braille pattern.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5")
# Joiners have a place between letters: Persian names are written with one, emoji families with the other.
_JOINERS = frozenset("\u200c\u200d")


def clean_argument(text: str) -> str:
    """Return what follows a command without the unseen marks that come along when it is copied from the bot's messages.

    Those set what is put into a text apart from it (U+2068 and U+2069), and are no part of a number or a name.
    """
    return clean(text).translate(_UNSEEN).strip()


def clean(text: str) -> str:
    """Return a text that can be stored, sent on and printed."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").translate(_CONTROLS)


def clean_name(name: str) -> str:
    """Return a name that stays within its place on a line; never empty."""
    kept: list[str] = []
    marks = 0
    for sign in clean(name):
        category = unicodedata.category(sign)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if sign in _JOINERS and kept:
            kept.append(sign)
        elif category[0] == "Z" or sign in "\t\n":
            kept.append(" ")
        elif category[0] != "C" and sign not in _BLANK and marks <= MOST_MARKS:
            kept.append(sign)
    # An invisible joiner at the end, or two in a row, join nothing.
    joined = re.sub("([\u200c\u200d])[\u200c\u200d]+", r"\1", "".join(kept))
    return " ".join(joined.split())[:NAME_LENGTH].strip(" \u200c\u200d") or NOBODY
