"""A message → what was found in it, and how much each part of it counts.

A message is cut into parts (at commas, line ends, little words like *und*); parts make sentences. What a part does
(ask, offer, seek, introduce the writer) is told by the rules' cues; a part without a cue does what the one before it in
its sentence does. Greeting, signature and quoted mail count nothing.
"""

from __future__ import annotations

from bot.routing.finding import find_keywords
from bot.routing.match import Lexicon
from bot.routing.reading import CONCERN, WALL, Part, Reading
from bot.routing.rules import Weighing

QUESTION_MARK = 2.0  # the weight of a question mark, as of a cue without a weight
LONGEST_GREETING = 8  # words; a longer part holds more than a greeting
LONGEST_SIGNATURE = 25  # words; more after a closing means it was none
_MANY = (LONGEST_SIGNATURE + 1) * (len(WALL) + 1)  # words and walls; more hold more words than a signature


class Reader:
    """Reads messages by compiled rules."""

    def __init__(self, lexicon: Lexicon, weighing: Weighing) -> None:
        self._lexicon = lexicon
        self._factors = {"concern": weighing.concern, "plain": weighing.plain, "background": weighing.background}
        self._weighing = weighing

    def read(self, text: str) -> Reading:
        """Return what was found in a text; any text will do."""
        reading = Reading()
        self._take_in(reading, text)
        find_keywords(reading)
        if reading.parts:
            self._weigh(reading)
        return reading

    def _take_in(self, reading: Reading, text: str) -> None:
        """Look up every word and cut the message into parts and sentences."""
        records, said = reading.records, reading.said
        common: list[tuple[str, ...]] = []
        part: Part | None = None
        sentence = 0
        for record in self._lexicon.read(text):
            if record.sign:
                part = None
                if record.sign != "part":
                    if record.sign == "asked":
                        reading.asked.add(sentence)
                    sentence += 1
                    reading.end_sentence()
                continue
            if part is None or record.joint:
                part = reading.begin_part(sentence)
            if record.loud:
                for role, weight in record.roles:
                    part.mark(role, weight)
                said.append((len(records), part, record))
            records.append(record)
            if record.languages:
                common.append(record.languages)
        reading.end_sentence()
        if common:
            reading.language = _most_common(common)

    def _weigh(self, reading: Reading) -> None:
        """Tell from its cues what each part does and how much it counts."""
        weighing, factors = self._weighing, self._factors
        sentence, role = -1, "plain"
        turns: dict[int, int] = {}
        clause = 0
        for number, part in enumerate(reading.parts):
            does = part.does
            if part.sentence != sentence:
                sentence, role, clause = part.sentence, "plain", number
            elif does and not CONCERN.isdisjoint(does):
                clause = number
            part.clause = clause
            if sentence in reading.asked and "background" not in does:
                does.setdefault("question", QUESTION_MARK)
            part.role = role = _role(does, role) if does else role
            part.factor = factors[role]
            if "dismiss" in does:
                part.factor *= weighing.dismissed
            if "turn" in does:
                turns[sentence] = turns.get(sentence, 0) + 1
        if turns:
            _set_back(reading.parts, turns, weighing.turned)
        _leave_out(reading)


def _role(does: dict[str, float], before: str) -> str:
    """Return what a part does by its cues, else what the one before it does."""
    concern = max([weight for name, weight in does.items() if name in CONCERN], default=0)
    if does.get("background", 0) > concern:
        return "background"
    return "concern" if concern else before


def _most_common(common: list[tuple[str, ...]]) -> str:
    """Return the language most of the common words are of; a word shared by several counts in shares."""
    kinds = dict.fromkeys(common)
    if len(kinds) == 1:
        return common[0][0]
    counts: dict[str, float] = {}
    for languages in kinds:
        share = common.count(languages) / len(languages)
        for language in languages:
            counts[language] = counts.get(language, 0) + share
    return max(counts, key=counts.__getitem__)


def _set_back(parts: list[Part], turns: dict[int, int], factor: float) -> None:
    """Lessen, for each turn, what its sentence says before it, and all that the sentence before says."""
    left = dict(turns)
    for part in parts:
        if "turn" in part.does:
            left[part.sentence] -= 1
        after = left.get(part.sentence, 0) + turns.get(part.sentence + 1, 0)
        if after:
            part.factor *= factor**after


def _leave_out(reading: Reading) -> None:
    """Let greeting, signature and quoted mail count nothing."""
    parts, starts, end = reading.parts, reading.starts, len(reading.records)
    for number, part in enumerate(parts):
        does = part.does
        signs = "closing" in does and _words(reading, starts[number], end) <= LONGEST_SIGNATURE
        if "quoted" in does or (signs and _has_said(reading, number)):
            for later in parts[number:]:
                later.factor = 0
            return
        if "greeting" in does and part is not parts[-1] and CONCERN.isdisjoint(does):
            short = _words(reading, starts[number], starts[number + 1]) <= LONGEST_GREETING
            part.factor = 0 if short else part.factor


def _has_said(reading: Reading, number: int) -> bool:
    """Whether anything but a greeting stands before a part; nobody signs before: "Grüß Gott" is no "Gruß"."""
    before = reading.parts[:number]
    return any("greeting" not in part.does or not CONCERN.isdisjoint(part.does) for part in before)


def _words(reading: Reading, start: int, end: int) -> int:
    """Return how many words stand there, without what stands between sentences; of very many, a large number."""
    records = reading.records[start : min(end, start + _MANY)]
    return sum([record is not WALL[0] for record in records])
