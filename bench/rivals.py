"""Other ways to find a field by keywords, each as its own users would write it, and as fast as it goes.

They get the same fields, topics and plain keywords, but no patterns, stems, cues or typos (but for rapidfuzz): they do
less. Texts and keywords are brought to small letters once, so that none pays for comparing without regard to case.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import ahocorasick
from flashtext import KeywordProcessor
from rapidfuzz import fuzz, process

from bot.routing.rules import Rules

Decide = Callable[[str], object]
Keywords = Mapping[str, Sequence[str]]

_PATTERN = re.compile(r"[<>()|+#]|\.\.\.|…")
_WORD = re.compile(r"\w+")
_SIMILAR = 90  # of 100; about one typo in a word of ten letters


def plain_keywords(rules: Rules) -> dict[str, list[str]]:
    """Return field or topic → its keywords that are words or plain phrases, in small letters, each once."""
    found = {}
    for name, rule in {**rules.fields, **rules.topics}.items():
        words = [keyword.word for keywords in rule.keywords.values() for keyword in keywords]
        plain = (word.strip("=-").casefold() for word in words if not _PATTERN.search(word))
        found[name] = list(dict.fromkeys(word for word in plain if word))
    return found


def whole_word_regex(keywords: Keywords) -> Decide:
    """One alternation of whole words a field, longest first; the field with most finds wins."""
    patterns = {
        name: re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})\b").findall
        for name, words in keywords.items()
        if words
    }

    def decide(text: str) -> str:
        text = text.casefold()
        counts = {name: len(find(text)) for name, find in patterns.items()}
        return max(counts, key=counts.__getitem__)

    return decide


def naive_rapidfuzz(keywords: Keywords) -> Decide:
    """Each word of the text against every keyword, in rapidfuzz's own loop, which is the fast way to be naive."""
    owners = {word: name for name, words in keywords.items() for word in words}
    words = list(owners)

    def decide(text: str) -> list[tuple[str, int]]:
        counts: Counter[str] = Counter()
        for token in _WORD.findall(text.casefold()):
            if best := process.extractOne(token, words, scorer=fuzz.ratio, score_cutoff=_SIMILAR):
                counts[owners[best[0]]] += 1
        return counts.most_common(1)

    return decide


def flashtext(keywords: Keywords) -> Decide:
    """A tree of letters in Python, whole words."""
    processor = KeywordProcessor(case_sensitive=True)
    for name, words in keywords.items():
        for word in words:
            processor.add_keyword(word, name)

    def decide(text: str) -> list[tuple[str, int]]:
        return Counter(processor.extract_keywords(text.casefold())).most_common(1)

    return decide


def aho_corasick(keywords: Keywords) -> Decide:
    """An automaton in C, substrings."""
    automaton = ahocorasick.Automaton()
    for name, words in keywords.items():
        for word in words:
            automaton.add_word(word, name)
    automaton.make_automaton()

    def decide(text: str) -> list[tuple[str, int]]:
        return Counter(name for _, name in automaton.iter(text.casefold())).most_common(1)

    return decide


REGEX, RAPIDFUZZ, FLASHTEXT, AHO_CORASICK = "whole-word regex", "naive rapidfuzz", "FlashText", "Aho-Corasick"
RIVALS: dict[str, Callable[[Keywords], Decide]] = {
    REGEX: whole_word_regex,
    RAPIDFUZZ: naive_rapidfuzz,
    FLASHTEXT: flashtext,
    AHO_CORASICK: aho_corasick,
}
