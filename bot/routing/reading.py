"""One message as it was read: its words, its parts and what was found in them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model import How
from bot.routing.match import Record
from bot.routing.terms import Entry

CONCERN = frozenset({"offer", "request", "question"})


@dataclass(slots=True)
class Part:
    """A stretch of words between two parting signs or little joining words.

    Attributes:
        start: the place of its first word in the message.
        sentence: the number of its sentence.
        does: what the cues in it say it does, with the weight of the strongest.
        role: what it does in the end: `concern`, `plain`, `background` or `nothing`.
        factor: how much a keyword in it counts.
    """

    start: int
    sentence: int
    does: dict[str, float]
    role: str = "plain"
    factor: float = 1


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """A keyword found, and the places of its words in the message in the order of the text."""

    entry: Entry
    how: How
    places: tuple[int, ...]


class Reading:
    """Everything found in one message; `words`, `records` and `part_of` run side by side.

    Attributes:
        asked: the sentences that end in a question mark.
        common: language → how many of its everyday words there are; one shared by several counts in shares.
    """

    def __init__(self) -> None:
        self.words: list[str] = []
        self.records: list[Record] = []
        self.part_of: list[int] = []
        self.parts: list[Part] = []
        self.asked: set[int] = set()
        self.common: dict[str, float] = {}
        self.findings: list[Finding] = []

    def mark(self, place: int, role: str, weight: float) -> None:
        """Say what the part around a word does."""
        does = self.parts[self.part_of[place]].does
        does[role] = max(weight, does.get(role, 0))

    def found(self, finding: Finding) -> str:
        """Return the person's own words, gaps as `…`."""
        spelled: list[str] = []
        before = finding.places[0]
        for place in finding.places:
            spelled += ["…"] if place > before + 1 else []
            spelled.append(self.words[place])
            before = place
        return " ".join(spelled)

    @property
    def language(self) -> str | None:
        """The language most of the common words are of, None where there are none."""
        return max(self.common, key=lambda language: self.common[language], default=None)

    def factor(self, finding: Finding) -> float:
        """Return how much the most telling part it stands in counts."""
        return max(self.parts[self.part_of[place]].factor for place in finding.places)
