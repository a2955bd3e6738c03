"""Rules many times as large, with plausible words: letters drawn as they follow each other in the rules' own words.

The same in every run. Each keyword of a field or topic gets siblings in which its longest word is a new one, and the
other words stay, as where people write variants; where it holds alternatives or groups, all its words are new, or each
sibling would find by the others what the first one finds. Cues, groups and places are closed lists and stay as they
are; the siblings make up for them, so that the sum grows by the factor. No new word is a common one or one of the
messages', nor short enough to be a form of one: nearly the same is found as before, and what grows is the cost of
looking. Where new keywords do hit, a message costs what its hits cost, however large the rules are.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from bot.routing.rules import FieldRule, Keyword, Rules, TopicRule, Words

_LETTERS = re.compile(r"(?<![<\w])[^\W\d_]+(?![\w>])")
_GROUP = re.compile(r"<[^<>]*>")
_ALTERNATIVES = re.compile(r"[<(|]")
_ORDER = 2  # letters that decide the next one
_END = ""
_SHORTEST = 8  # shorter words run out: the millionth would be a form of a common one
_MOST_TRIES = 20  # draws for a word of the wanted length that is new; then letters are added


class Namer:
    """Draws new words that look like the given ones, none of them known already or among those besides."""

    def __init__(self, words: Iterable[str], seed: int, besides: Iterable[str] = ()) -> None:
        self._random = random.Random(seed)  # noqa: S311 -- words, not secrets
        given = {word.casefold() for word in words}
        self._known = given | {word.casefold() for word in besides}
        # Letters before → the letters seen after, each as often as it was seen: one throw of the dice draws one.
        self._following: dict[str, list[str]] = defaultdict(list)
        for word in sorted(given):
            for place in range(len(word) + 1):
                before = word[max(0, place - _ORDER) : place]
                self._following[before].append(word[place] if place < len(word) else _END)

    def new(self, length: int) -> str:
        """Return a word never given or drawn before, of about the length, never shorter than eight letters."""
        length = max(length, _SHORTEST)
        word = ""
        for _ in range(_MOST_TRIES):
            word = self._draw(length)
            if len(word) >= _SHORTEST and abs(len(word) - length) <= 1 and word not in self._known:
                break
        while word in self._known or len(word) < _SHORTEST:
            word += self._letter("")
        self._known.add(word)
        return word

    def _draw(self, length: int) -> str:
        word = ""
        while len(word) <= length:
            letter = self._letter(word[-_ORDER:])
            if letter == _END:
                break
            word += letter
        return word

    def _letter(self, before: str) -> str:
        letters = self._following.get(before) or self._following[""]
        return letters[int(self._random.random() * len(letters))]


def count_keywords(rules: Rules) -> int:
    """Return how many keywords of all kinds the rules hold."""
    lists = [words for rule in _groups(rules).values() for words in (rule.keywords, rule.not_keywords)]
    lists += [*rules.cues.values(), *rules.audiences.values(), *rules.groups.values(), rules.emergency]
    return sum(len(keywords) for words in lists for keywords in words.values())


def grow(rules: Rules, factor: int, texts: Iterable[str] = ()) -> Rules:
    """Return the rules with so many times the keywords, the new ones not in the texts."""
    if factor == 1:
        return rules
    growing = sum(len(keywords) for rule in _groups(rules).values() for keywords in rule.keywords.values())
    siblings = round(count_keywords(rules) * (factor - 1) / growing)
    words: dict[str, list[str]] = defaultdict(list)
    for rule in _groups(rules).values():
        for language, keywords in rule.keywords.items():
            words[language] += [word for keyword in keywords for word in _LETTERS.findall(keyword.word)]
    besides = {word for listed in rules.everyday.values() for word in listed}
    besides |= {word for text in texts for word in _LETTERS.findall(text)}
    namers = {language: Namer(words[language], number, besides) for number, language in enumerate(sorted(words))}
    return rules.model_copy(
        update={
            "fields": {key: _grown(rule, namers, siblings) for key, rule in rules.fields.items()},
            "topics": {key: _grown(rule, namers, siblings) for key, rule in rules.topics.items()},
        }
    )


def _groups(rules: Rules) -> dict[str, FieldRule | TopicRule]:
    return {**rules.fields, **rules.topics}


def _grown(rule: FieldRule | TopicRule, namers: dict[str, Namer], siblings: int) -> FieldRule | TopicRule:
    keywords: Words = {
        language: (*given, *(_sibling(keyword, namers[language]) for keyword in given for _ in range(siblings)))
        for language, given in rule.keywords.items()
    }
    return rule.model_copy(update={"keywords": keywords})


def _sibling(keyword: Keyword, namer: Namer) -> Keyword:
    if _ALTERNATIVES.search(keyword.word):
        word = _LETTERS.sub(lambda old: namer.new(len(old[0])), _GROUP.sub("wort", keyword.word))
    else:
        old = max(_LETTERS.findall(keyword.word), key=len, default="")
        new = namer.new(len(old))
        word = keyword.word.replace(old, new, 1) if old else f"{keyword.word} {new}"
    return replace(keyword, word=word)
