"""The person's words a topic was recognised by, as they wrote them.

Routing reads words without apostrophes: *d'allemand* are two to it, *б'є* is one without the sign.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.model import RoutingDecision

_SIGNS = "'’ʼ`"
_GAP = " … "


def quote(decision: RoutingDecision, text: str) -> RoutingDecision:
    """Return a decision whose found words have the apostrophes they have in the text it was made of."""
    if not decision.hits or not any(sign in text for sign in _SIGNS):
        return decision

    def written(found: str) -> str:
        return _GAP.join(_as_written(part, text) for part in found.split(_GAP))

    return replace(decision, hits=tuple([replace(hit, found=written(hit.found)) for hit in decision.hits]))


def without_signs(words: str) -> str:
    """Return words as routing parts them."""
    return re.sub(f"[{_SIGNS}]", " ", words)


def _as_written(found: str, text: str) -> str:
    words = [f"[{_SIGNS}]?".join(re.escape(letter) for letter in word) for word in found.split()]
    between = rf"(?:\s+|[{_SIGNS}])"
    written = re.search(rf"(?<!\w){between.join(words)}(?!\w)", text)
    return found if written is None else " ".join(written[0].split())
