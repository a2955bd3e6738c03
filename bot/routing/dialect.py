"""Dialect spellings → the standard ones the rules know: *Chindergarte* is a *Kindergarte*, *Usbildig* an *Ausbildung*.

The rules list how sounds are written (at a beginning, at an end or anywhere); a word unknown otherwise is tried with
all changes that apply, then with each alone. What no rule knows in its new spelling stays unknown, so that an ordinary
word that happens to look so does no harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.routing.words import normal

SHORTEST = 4  # letters; shorter words are everybody's little words


class Dialect:
    """The changes of one language's dialect, ready to try."""

    def __init__(self, changes: Mapping[str, str]) -> None:
        """Take over spelling → standard spelling; `ch-` stands at the beginning of a word, `-ig` at its end."""
        self._changes = [(_expression(written), normal(meant.strip("-"))) for written, meant in changes.items()]
        self._any = re.compile("|".join(expression.pattern for expression, _ in self._changes) or "(?!)")

    def spellings(self, word: str) -> Iterator[str]:
        """Yield what a normal word may be in the standard language, the most changed first; nothing if it cannot."""
        if len(word) < SHORTEST or not self._any.search(word):
            return
        changed = word
        for expression, meant in self._changes:
            changed = expression.sub(meant, changed)
        yield changed
        for expression, meant in self._changes:
            alone = expression.sub(meant, word)
            if alone not in (word, changed):
                yield alone


def _expression(written: str) -> re.Pattern[str]:
    inner = re.escape(normal(written.strip("-")))
    before = "^" if written.endswith("-") else ""
    after = "$" if written.startswith("-") else ""
    return re.compile(f"{before}{inner}{after}")
