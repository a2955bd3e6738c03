"""Finds what an office need not know: somebody's health, religion, residence status, numbers of papers and accounts.

Words come from the rules (`sensitive`) and count only in a sentence that speaks of the writer or theirs (`about_me`):
"Arzt gesucht" and "unser Kirchenchor" are a matter, "ich habe Krebs" is a confession. A number counts after a word that
says what it is ("Passnummer"), an IBAN by its check digits anywhere.

What is approximate: "I" in one sentence and the illness in the next is missed, a worried employer's "ich frage wegen
Duldung" is found. Being found costs a tap and never a message, so doubts go that way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from bot.routing.office_rules import Sensitive

HIDDEN = "▒▒▒"

_SENTENCE = re.compile(r"[^.!?;\n؟]+")
# ISO 13616: country, check digits, up to 30 letters and digits, often written in groups of four.
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b", re.IGNORECASE)
# A German social insurance number: area, day of birth, letter, serial.
_INSURANCE = re.compile(r"\b\d{2} ?\d{6} ?[A-Z] ?\d{3}\b")
# What may be a number of papers or an account: six to eighteen signs with at least four digits among them.
_NUMBER = r"(?=(?:[A-Z]*[ /-]?\d){4})[A-Z0-9](?:[ /-]?\d|[A-Z]){5,17}"
_NEVER = re.compile(r"(?!)")
_LETTERS = {"ä": "(?:ä|ae)", "ö": "(?:ö|oe)", "ü": "(?:ü|ue)", "ß": "(?:ß|ss)"}


@dataclass(frozen=True)
class Passage:
    """A stretch of a text: from `start` up to `end`, in characters. `kind`: the rules' key it was found by."""

    start: int
    end: int
    kind: str


class SensitiveWords:
    """The rules' words, ready to look for."""

    def __init__(self, rules: Sensitive) -> None:
        self._about_me = _pattern(_all(rules.about_me.values()))
        self._kinds = {
            kind: _pattern(_all(words.values()))
            for kind, words in (("health", rules.health), ("religion", rules.religion), ("status", rules.status))
        }
        before = "|".join(_written(word) for word in _all(rules.numbers.values()))
        # At once ("Passnummer123456789"), or up to three words stand between: "mein Pass hat die Nummer …". What was
        # taken is not given back (`*+`), or a word of thousands of letters would be looked at as often; but the end of
        # a word may be the number, which has as many signs at most.
        at_once = rf"[^\W\d]*+(?P<at_once>{_NUMBER})"
        end = r"(?:\w(?=\w{18}))*+\w{0,18}"
        later = rf"{end}[^\w\n]*+(?:[^\W\d]++[^\w\n]++){{0,3}}?(?P<later>{_NUMBER})"
        named = rf"\b(?:{before})(?:{at_once}|{later})\b"
        self._number = re.compile(named, re.IGNORECASE) if before else _NEVER

    def find(self, text: str) -> list[Passage]:
        """Return what is found, in the order of the text; nothing overlaps."""
        passages: list[Passage] = []
        for found in sorted(self._find(text), key=lambda one: (one.start, -one.end)):
            if not passages or found.start >= passages[-1].end:
                passages.append(found)
        return passages

    def cover(self, text: str) -> str:
        """Return the text with everything found replaced by `HIDDEN`; the text itself where nothing is."""
        parts, last = [], 0
        for passage in self.find(text):
            parts += [text[last : passage.start], HIDDEN]
            last = passage.end
        return "".join([*parts, text[last:]]) if parts else text

    def is_in(self, word: str) -> bool:
        """Tell whether a word by itself, of whomever it speaks, is one the rules name."""
        return any(pattern.search(word) for pattern in self._kinds.values())

    def _find(self, text: str) -> Iterator[Passage]:
        for sentence in _SENTENCE.finditer(text):
            if self._about_me.search(sentence[0]):
                for kind, pattern in self._kinds.items():
                    for found in pattern.finditer(sentence[0]):
                        yield Passage(sentence.start() + found.start(), sentence.start() + found.end(), kind)
        for found in self._number.finditer(text):
            yield Passage(*found.span(found.lastgroup or 0), "number")
        for found in chain(_INSURANCE.finditer(text), filter(_is_iban, _IBAN.finditer(text))):
            yield Passage(*found.span(), "number")


def _all(lists: Iterable[tuple[str, ...]]) -> list[str]:
    return [word for words in lists for word in words]


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of the words: as written with `=` in front, else with any ending; phrases in a row."""
    by_letter: dict[str, list[str]] = {}
    # Longest first, so that a phrase is not cut short by its own beginning.
    for word in sorted(set(words), key=len, reverse=True):
        by_letter.setdefault(word.removeprefix("=")[:1].lower(), []).append(_written(word))
    # Only words that begin like the text's are tried: without that, each of hundreds at every word of a message.
    groups = [
        f"(?={_LETTERS.get(letter, re.escape(letter))})(?:{'|'.join(some)})\\w*+" for letter, some in by_letter.items()
    ]
    return re.compile(rf"\b(?:{'|'.join(groups)})", re.IGNORECASE) if groups else _NEVER


def _written(word: str) -> str:
    """Return a pattern for a word or phrase, without the ending its last word may have."""
    parts = []
    for part in word.split():
        letters = "".join(_LETTERS.get(letter, re.escape(letter)) for letter in part.removeprefix("=").lower())
        parts.append(rf"{letters}\b" if part.startswith("=") else letters)
    return r"\w*+\s++".join(parts)


def _is_iban(found: re.Match[str]) -> bool:
    """Check the two digits (ISO 7064, MOD 97-10)."""
    signs = found[0].replace(" ", "").upper()
    return int("".join(str(int(sign, 36)) for sign in signs[4:] + signs[:4])) % 97 == 1
