"""One message as it was read: its words, its parts and what was found in them."""

from __future__ import annotations

from bisect import bisect_right

from bot.model import How
from bot.routing.match import Record
from bot.routing.pattern import GAP
from bot.routing.terms import Entry

CONCERN = frozenset({"offer", "request", "question"})
WALL = (Record(),) * (GAP + 1)  # stands between sentences: no phrase reaches over it

# A German text has a noun for every fifth word; fewer capitals are names, or slips.
LEAST_CAPITALS = 3
LEAST_SHARE = 0.15


class Part:
    """A stretch of words between two parting signs or little joining words.

    Attributes:
        sentence: the number of its sentence; the first has 0.
        clause: the number of the first part of its clause; each part that itself offers, seeks or asks begins one.
        does: what the cues in it say it does, with the weight of the strongest.
        role: what it does in the end: `concern`, `plain` or `background`.
        factor: how much a keyword in it counts.
    """

    __slots__ = ("clause", "does", "factor", "role", "sentence")

    def __init__(self, sentence: int) -> None:
        self.sentence = sentence
        self.clause = 0
        self.does: dict[str, float] = {}
        self.role = "plain"
        self.factor: float = 1

    def mark(self, role: str, weight: float) -> None:
        """Say what it does."""
        if weight > self.does.get(role, 0):
            self.does[role] = weight


Finding = tuple[Entry, How, tuple[int, ...], Part]
"""A keyword found, the places of its words in the order of the text, and the part its last word stands in."""


class Reading:
    """Everything found in one message.

    Attributes:
        records: what is known of each word; its place in here is the word's place. Between sentences stands `WALL`.
        parts: the parts, and at the same number in `starts` the place of its first word.
        sentences: first place and end of each sentence.
        asked: the numbers of the sentences that end in a question mark.
        said: place, part and record of each word that is a keyword by itself.
        fields: keywords of fields and topics found; `others`: all else.
        language: what most of its common words are of, None where there are none; by it foreign keywords count less.
    """

    __slots__ = ("asked", "fields", "language", "others", "parts", "records", "said", "sentences", "starts")

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.parts: list[Part] = []
        self.starts: list[int] = []
        self.sentences: list[tuple[int, int]] = []
        self.asked: set[int] = set()
        self.said: list[tuple[int, Part, Record]] = []
        self.fields: list[Finding] = []
        self.others: list[Finding] = []
        self.language: str | None = None

    def begin_part(self, sentence: int) -> Part:
        """Begin a part with the next word."""
        part = Part(sentence)
        self.parts.append(part)
        self.starts.append(len(self.records))
        return part

    def end_sentence(self) -> None:
        """End the sentence with the last word, if there is a word in it."""
        start = self.sentences[-1][1] + len(WALL) if self.sentences else 0
        if len(self.records) > start:
            self.sentences.append((start, len(self.records)))
            self.records += WALL

    def words(self) -> int:
        """Return how many words it has, numbers and what is said again left out."""
        said = {record.token.casefold() for start, end in self.sentences for record in self.records[start:end]}
        return len([token for token in said if any(map(str.isalpha, token))])

    def findings(self) -> list[Finding]:
        """Return everything found."""
        return self.fields + self.others if self.others else self.fields

    def part_at(self, place: int) -> Part:
        """Return the part around a word."""
        return self.parts[bisect_right(self.starts, place) - 1]

    def has_capitals(self) -> bool:
        """Whether its writer writes nouns with capitals, as far as words within sentences tell."""
        within = [record.token for start, end in self.sentences for record in self.records[start + 1 : end]]
        return sum([token[:1].isupper() for token in within]) >= max(LEAST_CAPITALS, LEAST_SHARE * len(within))

    def does(self, cue: str) -> bool:
        """Whether any part does this."""
        return any(cue in part.does for part in self.parts)

    def found(self, places: tuple[int, ...]) -> str:
        """Return the person's own words, gaps as `…`."""
        records = self.records
        if len(places) == 1:
            return records[places[0]].token
        spelled = [records[places[0]].token]
        before = places[0]
        for place in places[1:]:
            if place > before + 1:
                spelled.append("…")
            spelled.append(records[place].token)
            before = place
        return " ".join(spelled)

    def factor(self, finding: Finding) -> float:
        """Return how much the most telling part it stands in counts."""
        places = finding[2]
        factor = finding[3].factor
        return factor if len(places) == 1 else max(factor, *[self.part_at(place).factor for place in places])
