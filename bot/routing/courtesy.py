"""Thanks and greetings: messages that say something kind, and nothing to route."""

from __future__ import annotations

from bot.routing.rules import Rules
from bot.routing.words import bare, normal, tokens


class Courtesies:
    """The rules' words and phrases of thanks and greeting, ready to look up."""

    def __init__(self, rules: Rules) -> None:
        """Take over the phrases of all languages."""
        self._phrases = {_forms(phrase) for phrases in rules.courtesies.values() for phrase in phrases}
        self._longest = max(map(len, self._phrases), default=0)

    def is_all(self, text: str) -> bool:
        """Tell whether a text consists of nothing but such phrases; an empty one does not."""
        forms = _forms(text)
        at = 0
        while at < len(forms):
            lengths = range(min(self._longest, len(forms) - at), 0, -1)
            length = next((length for length in lengths if forms[at : at + length] in self._phrases), None)
            if length is None:
                return False
            at += length
        return bool(forms)


def _forms(text: str) -> tuple[str, ...]:
    return tuple(bare(normal(token)) for token in tokens(text) if token[0].isalnum())
