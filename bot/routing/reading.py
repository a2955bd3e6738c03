"""A message → what was found in it, and how much each part of it counts.

A message is cut into parts (at commas, line ends, little words like *und*); parts make sentences. What a part does
(ask, offer, seek, introduce the writer) is told by the rules' cues; a part without a cue does what the one before it in
its sentence does. Greeting, signature and quoted mail count nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.model import How
from bot.routing.index import NEEDS_CONTEXT, Entry, Phrase
from bot.routing.match import Lexicon, Record
from bot.routing.pattern import GAP
from bot.routing.rules import Weighing
from bot.routing.words import tokens

CONCERN = frozenset({"offer", "request", "question"})
QUESTION_MARK = 2.0  # the weight of a question mark, as of a cue without a weight
LONGEST_GREETING = 8  # words; a longer part holds more than a greeting
LONGEST_SIGNATURE = 25  # words; more after a closing means it was none

_SENTENCE_SIGNS = frozenset(".!?…؟。")


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


class Reader:
    """Reads messages by compiled rules."""

    def __init__(self, lexicon: Lexicon, weighing: Weighing) -> None:
        self._lexicon = lexicon
        self._weighing = weighing

    def read(self, text: str) -> Reading:
        """Return what was found in a text; any text will do."""
        reading = Reading()
        self._take_in(reading, text)
        _find(reading)
        if reading.parts:
            self._weigh(reading)
        return reading

    def _take_in(self, reading: Reading, text: str) -> None:
        """Look up every word and cut the message into parts."""
        known, learn = self._lexicon.known, self._lexicon.learn
        words, records, parts, part_of = reading.words, reading.records, reading.parts, reading.part_of
        common = reading.common
        sentence, new = 0, True
        for token in tokens(text):
            record = known(token) or learn(token)
            if sign := record.sign:
                new = True
                if sign in _SENTENCE_SIGNS or sign == "\n\n":
                    if "?" in token or "؟" in token:
                        reading.asked.add(sentence)
                    sentence += 1
                continue
            for word in record.parts or (token,):
                if word is not token:
                    record = known(word) or learn(word)
                if new or "joint" in record.roles:
                    parts.append(Part(len(words), sentence, {}))
                    new = False
                for language in record.languages:
                    common[language] = common.get(language, 0) + 1 / len(record.languages)
                words.append(word)
                records.append(record)
                part_of.append(len(parts) - 1)

    def _weigh(self, reading: Reading) -> None:
        """Tell from its cues what each part does and how much it counts."""
        weighing, parts = self._weighing, reading.parts
        for part in parts:
            if part.sentence in reading.asked and "background" not in part.does:
                part.does.setdefault("question", QUESTION_MARK)
        before: Part | None = None
        for part in parts:
            concern = max((part.does[does] for does in CONCERN.intersection(part.does)), default=0)
            if "background" in part.does and part.does["background"] > concern:
                part.role = "background"
            elif concern:
                part.role = "concern"
            elif before is not None and before.sentence == part.sentence:
                part.role = before.role
            part.factor = getattr(weighing, part.role)
            if "dismiss" in part.does:
                part.factor *= weighing.dismissed
            if "turn" in part.does:
                _set_back(parts, part, weighing.turned)
            before = part
        _leave_out(reading)


def _set_back(parts: list[Part], turn: Part, factor: float) -> None:
    """Lessen what the sentence with a turn, and the one before it, say before the turn."""
    for part in parts:
        if part is turn:
            return
        if part.sentence >= turn.sentence - 1:
            part.factor *= factor


def _leave_out(reading: Reading) -> None:
    """Let greeting, signature and quoted mail count nothing."""
    parts, words = reading.parts, len(reading.words)
    ends = [part.start for part in parts[1:]] + [words]
    for part, end in zip(parts[:-1], ends, strict=False):
        if "greeting" in part.does and CONCERN.isdisjoint(part.does) and end - part.start <= LONGEST_GREETING:
            part.factor = 0
    for part in parts:
        if "quoted" in part.does or ("closing" in part.does and words - part.start <= LONGEST_SIGNATURE):
            for later in parts[parts.index(part) :]:
                later.factor = 0
            return


# ---------------------------------------------------------------- keywords


def _find(reading: Reading) -> None:
    """Find phrases, then single words where no phrase has taken them."""
    taken: set[int] = set()
    banned: set[tuple[str, int]] = set()
    for finding in sorted(_phrases(reading), key=_most_telling_first):
        kind = finding.entry.kind
        if kind == "cue":
            reading.mark(finding.places[0], finding.entry.owner, finding.entry.weight)
        elif kind in ("field", "not", "place"):
            if taken.issuperset(finding.places):
                continue
            taken.update(finding.places)
        _keep(finding, reading, banned)
    for place, record in enumerate(reading.records):
        for role, weight in record.roles.items():
            reading.mark(place, role, weight)
        for entry, how in record.singles:
            if place not in taken or entry.kind in ("cue", "audience", "urgent"):
                _keep(Finding(entry, how, (place,)), reading, banned)
    if banned:
        reading.findings = [
            found
            for found in reading.findings
            if found.entry.kind != "field" or not any((found.entry.owner, place) in banned for place in found.places)
        ]


def _keep(finding: Finding, reading: Reading, banned: set[tuple[str, int]]) -> None:
    """Enter a finding; a keyword with a direction is a cue besides."""
    entry = finding.entry
    if entry.direction is not None:
        reading.mark(finding.places[-1], entry.direction, entry.weight)
    if entry.kind == "not":
        banned.update((entry.owner, place) for place in finding.places)
    elif entry.kind != "place" or entry.weight > NEEDS_CONTEXT or _follows_a_cue(finding.places[0], reading):
        reading.findings.append(finding)


def _follows_a_cue(place: int, reading: Reading) -> bool:
    return place > 0 and "place" in reading.records[place - 1].roles


def _most_telling_first(finding: Finding) -> tuple[float, int, tuple[int, ...]]:
    return -finding.entry.weight, -len(finding.places), finding.places


def _phrases(reading: Reading) -> Iterable[Finding]:
    """Yield every phrase whose words stand together as it wants them."""
    records = reading.records
    present = frozenset[int]().union(*(record.terms for record in records if record.terms))
    for anchor, record in enumerate(records):
        for phrase in record.phrases:
            if not phrase.partner.isdisjoint(present) and (places := _fit(phrase, anchor, reading)):
                yield Finding(phrase.entry, How.PHRASE, places)


def _fit(phrase: Phrase, anchor: int, reading: Reading) -> tuple[int, ...] | None:
    """Return where a phrase's words stand around its rarest one, each the nearest that will do."""
    places = [anchor]
    for number in range(phrase.anchor + 1, len(phrase.places)):
        gap = phrase.gaps[number - 1] + 1
        reach = range(places[-1] + 1, places[-1] + gap + 1) if phrase.ordered else _around(anchor)
        if (place := _first(phrase.places[number], reach, places, reading)) is None:
            return None
        places.append(place)
    for number in range(phrase.anchor - 1, -1, -1):
        gap = phrase.gaps[number] + 1
        reach = range(places[0] - 1, places[0] - gap - 1, -1) if phrase.ordered else _around(anchor)
        if (place := _first(phrase.places[number], reach, places, reading)) is None:
            return None
        places.insert(0, place)
    return tuple(places if phrase.ordered else sorted(places))


def _around(anchor: int) -> list[int]:
    return [place for distance in range(1, GAP + 2) for place in (anchor - distance, anchor + distance)]


def _first(terms: frozenset[int], reach: Iterable[int], used: list[int], reading: Reading) -> int | None:
    """Return the first place within reach, in the same sentence, where one of the terms stands."""
    records, part_of, parts = reading.records, reading.part_of, reading.parts
    sentence = parts[part_of[used[0]]].sentence
    for place in reach:
        if (
            0 <= place < len(records)
            and not terms.isdisjoint(records[place].terms)
            and place not in used
            and parts[part_of[place]].sentence == sentence
        ):
            return place
    return None
