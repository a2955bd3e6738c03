"""Thanks and greetings: they say something kind, and nothing to route. Emoji alone say no more than a sticker does."""

from __future__ import annotations

import unicodedata

from bot.routing.rules import Rules
from bot.routing.words import bare, clean, normal, tokens

# What is no courtesy without any word: questions, and a cry for help.
_ASKING = frozenset("?¿؟‽⸮՞፧❓❔🆘🚨🚑🚒🚓🔪🔫🩸")


class Courtesies:
    """The rules' words and phrases of thanks and greeting, ready to look up."""

    def __init__(self, rules: Rules) -> None:
        """Take over the phrases of all languages."""
        self._phrases = {_forms(phrase) for phrases in rules.courtesies.values() for phrase in phrases}
        self._longest = max(map(len, self._phrases), default=0)

    def is_all(self, text: str) -> bool:
        """Tell whether a text consists of nothing but such phrases, or of emoji alone; an empty one does not."""
        forms = _forms(text)
        if not forms:
            signs = clean(text)
            return _ASKING.isdisjoint(signs) and any(unicodedata.category(sign) == "So" for sign in signs)
        at = 0
        while at < len(forms):
            lengths = range(min(self._longest, len(forms) - at), 0, -1)
            length = next((length for length in lengths if forms[at : at + length] in self._phrases), None)
            if length is None:
                return False
            at += length
        return True


def _forms(text: str) -> tuple[str, ...]:
    return tuple(bare(normal(token)) for token in tokens(text) if token[0].isalnum())
