"""The lookalikes: single words on both sides, and none that the rules do not know."""

from __future__ import annotations

import re

from bot.routing.report import Path, Report
from bot.routing.rules import FieldRule, Rules, TopicRule, Words
from bot.routing.words import clean, normal, tokens

_ONE_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def check_lookalikes(rules: Rules, report: Report) -> None:
    """Report lookalikes that could never have an effect."""
    if not rules.lookalikes:
        return
    known = _words_of(rules)
    for code, words in rules.lookalikes.items():
        for word, others in words.items():
            path: Path = ("lookalikes", code, word)
            if not _is_one_word(word):
                report.add(path, f"'{word}' is no single word.", "Write one word of messages, as in hört: [Hort].")
            elif not others and not report.has_below(path):
                report.add(path, f"'{word}' has no other word behind it.", "Name the keyword it is not, or delete it.")
            for place, other in enumerate(others):
                _check_other(word, other, (*path, place), known, report)


def _is_one_word(word: str) -> bool:
    return _ONE_WORD.fullmatch(clean(word)) is not None and len(tokens(word)) == 1


def _check_other(word: str, other: str, path: Path, known: frozenset[str], report: Report) -> None:
    if not _is_one_word(other):
        report.add(path, f"'{other}' is no single word.", "Write a word of a keyword, without signs.")
    elif normal(clean(word)) == normal(clean(other)):
        report.add(path, f"'{word}' and '{other}' are the same word here.", "Delete it.")
    elif normal(clean(other)) not in known:
        report.add(path, f"no keyword holds the word '{other}'.", "Write it as the keyword does, or delete it.")


def _words_of(rules: Rules) -> frozenset[str]:
    """Return every word of every keyword and every place's name, in its normal form."""
    lists: list[Words] = [rules.emergency, *rules.groups.values(), *rules.cues.values(), *rules.audiences.values()]
    owners: list[FieldRule | TopicRule] = [*rules.fields.values(), *rules.topics.values()]
    for rule in owners:
        lists += [rule.keywords, rule.not_keywords]
    written = [keyword.word for words in lists for some in words.values() for keyword in some]
    for place in rules.places:
        written += [place.name, *place.aliases, *place.districts, *place.needs_context]
    return frozenset(map(normal, set(_ONE_WORD.findall(clean("\n".join(written))))))
