"""Text → tokens, and words → the form in which rules and messages meet. Knows letters and signs, but no word.

What is approximate: Arabic roots and broken plurals stay apart (the rules write both); a language without a stemming
library loses only the endings the rules list; `ae` is read as `ä` wherever no vowel or `q` stands before it, so that
*Israel* becomes *isral*, in rules and messages alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import Stemmer

LONGEST_WORD = 40  # letters; longer runs are keyboards slept on, links and keys, and would cost more than they tell

# Soft hyphens, zero-width and bidirectional signs, Arabic vowel signs and tatweel, variation selectors, halves of
# surrogate pairs: people do not see them, copying from web pages and keyboards brings them.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u0610-\u061a\u061c\u0640\u064b-\u065f\u0670\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ud800-\udfff]"
)
_NO_LETTERS = frozenset("\u0640\u02bc")  # tatweel, and an apostrophe: letters to Unicode, no letters to us
_QUOTED_LINE = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_INNER_APOSTROPHE = re.compile("['’ʼ`](?<=[\u0400-\u052f].)(?=[\u0400-\u052f])")  # сім'я is one word

_HAS_CYRILLIC = re.compile("[\u0400-\u052f]").search

# A number keeps its inner signs, and the dot of "1. April"; a word keeps its inner hyphens; then what parts sentences.
_TOKEN = re.compile(
    r"\d+(?:[.,:]\d+)*(?:(?<!\d\d\d)\.(?=[ ]?\w))?"
    r"|[^\W\d_][^\W_]*(?:[-‐][^\W_]+)*"
    r"|\n[ \t]*\n\s*|\n|[.!?…؟。]+|[,;:()\[\]\"„“”«»|/–—•،؛*]+|(?<=\s)-(?=\s)"
)
_LINE_ENDS = re.compile(r"\n[ \t]*\n\s*|\n")
_ORDINAL = re.compile(r"\. (?<=\d\. )(?=\w)")
_EXCHANGED = "أإآٱىئؤةگک"  # Arabic letters people exchange; keyboards differ in the last two
_ARABIC_FORMS = str.maketrans(_EXCHANGED, "اااايياهكك")
_HAS_EXCHANGED = re.compile(f"[{_EXCHANGED}]").search
_MARKS = re.compile("[\u0300-\u036f]")
_UMLAUT_IN_TWO = re.compile("(?<![aeiouyq])([aou])e")


def clean(text: str) -> str:
    """Return the text in one spelling per letter, without unseen signs and quoted lines; the words stay as written."""
    return _seen(_QUOTED_LINE.sub("", text) if ">" in text else text)


def _seen(text: str) -> str:
    if text.isascii():
        return text
    if text.isalnum() and _NO_LETTERS.isdisjoint(text) and unicodedata.is_normalized("NFKC", text):
        return text  # as nearly every single word is
    text = _UNSEEN.sub("", text)
    if not unicodedata.is_normalized("NFKC", text):
        text = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    return _INNER_APOSTROPHE.sub("", text) if _HAS_CYRILLIC(text) else text


def tokens(text: str) -> list[str]:
    """Return words, numbers and parting signs in order; a sign's first character tells which it is."""
    found: list[str] = _TOKEN.findall(clean(text))
    return found


def chunks(text: str) -> list[str]:
    """Return what stands between blanks, so that `chunk_tokens` of all make the `tokens` of the text.

    Few texts hold more unusual signs than these: line ends become chunks of their own, and an ordinal stays together
    with the word it counts ("1. April"), since its dot ends no sentence.
    """
    if ">" in text:
        text = _QUOTED_LINE.sub("", text)
    if not text.isprintable():
        text = _LINE_ENDS.sub(_apart, _seen(text))
    if ". " in text:
        text = _ORDINAL.sub(".\u00a0", text)
    return text.split(" ")


def chunk_tokens(chunk: str) -> list[str]:
    """Return the words, numbers and parting signs of a chunk, in order."""
    found: list[str] = _TOKEN.findall(f" {_seen(chunk)} ")
    return found


def _apart(line_ends: re.Match[str]) -> str:
    return " \n " if line_ends[0] == "\n" else " \n\n "


def normal(word: str) -> str:
    """Return a word without case, hyphens and letter variants; accents and umlauts stay, stemmers need them."""
    word = word.casefold()
    if "-" in word or "‐" in word:
        word = word.replace("-", "").replace("‐", "")
    if word.isascii():
        return word
    if _HAS_EXCHANGED(word):
        word = word.translate(_ARABIC_FORMS)
    return word.replace("i\u0307", "i")


def bare(word: str) -> str:
    """Return a normal Latin word without accents, umlauts in any of their three spellings as the plain vowel."""
    if not word.isascii():
        if word[0] >= "\u0250":  # й and ї are letters, not vowels with marks
            return word
        word = _MARKS.sub("", unicodedata.normalize("NFD", word)).replace("ı", "i").replace("ø", "o")
    return _UMLAUT_IN_TWO.sub(r"\1", word) if "ae" in word or "oe" in word or "ue" in word else word


def script(word: str) -> str:
    """Return the writing a word is in, by its first letter: latin, cyrillic, arabic, digit or other."""
    first = word[:1]
    if first < "\u0250":
        return "digit" if first.isdigit() else "latin"
    if "\u0400" <= first <= "\u052f":
        return "cyrillic"
    return "arabic" if "\u0600" <= first <= "\u06ff" else "other"


Stem = Callable[[str], str]


class Stems:
    """Takes words to their stems, by Snowball where it knows the language, then by the rules' own endings.

    Snowball's German algorithm already lets `ä`, `ae` and `a` meet. One pass leaves *Kurse* at *kurs* but takes *Kurs*
    to *kur*; so whoever looks up looks for the word and its stem, and whoever enters enters both, and the stem
    without accents too, for those who leave them out.
    """

    def __init__(self, endings: dict[str, tuple[str, ...]], beginnings: dict[str, tuple[str, ...]]) -> None:
        self._endings = {language: _longest_first(listed) for language, listed in endings.items()}
        self._beginnings = {language: _longest_first(listed) for language, listed in beginnings.items()}
        self._stems: dict[str, Stem] = {}

    def stem(self, language: str) -> Stem:
        """Return the function that takes a normal word of a language to its stem."""
        if language not in self._stems:
            self._stems[language] = _stem(_snowball(language), self._endings.get(language, ()))
        return self._stems[language]

    def __getstate__(self) -> tuple[Any, ...]:
        """Leave out what is made when it is needed; a library's stemmer cannot be kept in a file."""
        return self._endings, self._beginnings

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        """Take over what was kept."""
        (self._endings, self._beginnings), self._stems = state, {}

    def beginnings(self, language: str) -> tuple[str, ...]:
        """Return the little words that are written together with the next one, longest first."""
        return self._beginnings.get(language, ())


def _stem(snowball: Stem | None, endings: tuple[str, ...]) -> Stem:
    if not endings:
        return snowball or str
    ending_in: dict[str, list[str]] = defaultdict(list)  # by their last letter, since there are many
    for ending in endings:
        ending_in[ending[-1:]].append(ending)
    known = ending_in.get

    def stem(word: str) -> str:
        if snowball is not None:
            word = snowball(word)
        shortest = 2 if script(word) == "arabic" else 3  # Arabic writes no short vowels: two letters can be a word
        for ending in known(word[-1:], ()):
            if word.endswith(ending) and len(word) >= len(ending) + shortest:
                return word[: -len(ending)]
        return word

    return stem


@lru_cache(maxsize=64)
def _snowball(language: str) -> Stem | None:
    try:
        # Whoever asks keeps the answer; the library's own memory would only make new words cost twice as much.
        stem: Stem = Stemmer.Stemmer(language, maxCacheSize=0).stemWord
    except KeyError:
        return None
    return stem


def stemmer_version() -> str:
    """Return the version of the stemming library; another one may take words to other stems."""
    return str(Stemmer.version())


def _longest_first(endings: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({normal(ending) for ending in endings}, key=lambda ending: (-len(ending), ending)))
