"""The lookalikes: single words on both sides, and none that the rules do not know."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.routing.checks.keywords import all_lists
from bot.routing.report import Path, Report
from bot.routing.rules import Rules
from bot.routing.words import clean, normal, tokens

_SIGNS = "=()|<>+#"
_ONE_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def check_lookalikes(rules: Rules, report: Report) -> None:
    """Report lookalikes that could never have an effect."""
    if not rules.lookalikes:
        return
    unseen = _unseen(rules)
    unknown: list[tuple[Path, str]] = []
    for code, words in rules.lookalikes.items():
        for word, others in words.items():
            path: Path = ("lookalikes", code, word)
            if not _is_one_word(word):
                report.add(path, f"'{word}' is no single word.", "Write one word of messages, as in hört: [Hort].")
            elif not others and not report.has_below(path):
                report.add(path, f"'{word}' has no other word behind it.", "Name the keyword it is not, or delete it.")
            for place, other in enumerate(others):
                _check_other(word, other, (*path, place), report)
                if other.casefold() in unseen:
                    unknown.append(((*path, place), other))
    _check_known(unknown, rules, report)


def _is_one_word(word: str) -> bool:
    seen = clean(word)
    return (seen == word and word.isalpha()) or (_ONE_WORD.fullmatch(seen) is not None and len(tokens(word)) == 1)


def _check_other(word: str, other: str, path: Path, report: Report) -> None:
    if not _is_one_word(other):
        report.add(path, f"'{other}' is no single word.", "Write a word of a keyword, without signs.")
    elif normal(clean(word)) == normal(clean(other)):
        report.add(path, f"'{word}' and '{other}' are the same word here.", "Delete it.")


def _unseen(rules: Rules) -> set[str]:
    """Return the other words, in small letters, that stand free in no keyword once its signs are gone; nearly none."""
    unseen = {other.casefold() for words in rules.lookalikes.values() for others in words.values() for other in others}
    # The many patterns of danger come last: few of the words are there alone.
    for _, keywords in sorted(all_lists(rules), key=lambda one: one[0][0] == "emergency"):
        if unseen:
            text = "\n".join(keywords).casefold().replace("-", "")
            for sign in _SIGNS:
                text = text.replace(sign, " ")
            unseen.difference_update(text.split())
    return unseen


def _check_known(others: list[tuple[Path, str]], rules: Rules, report: Report) -> None:
    """Report those of the other words that no keyword holds."""
    known = set(map(normal, set(_ONE_WORD.findall(clean("\n".join(_written(rules))))))) if others else set()
    for path, other in others:
        if normal(clean(other)) not in known and not report.has_below(path):
            report.add(path, f"no keyword holds the word '{other}'.", "Write it as the keyword does, or delete it.")


def _written(rules: Rules) -> Iterator[str]:
    """Yield every keyword and every place's name."""
    for _, words in all_lists(rules):
        yield from words
    for place in rules.places:
        yield from (place.name, *place.aliases, *place.districts, *place.needs_context)
