"""A message → what was found in it, and how much each part of it counts.

A message is cut into parts (at commas, line ends, little words like *und*); parts make sentences. What a part does
(ask, offer, seek, introduce the writer) is told by the rules' cues; a part without a cue does what the one before it in
its sentence does. Greeting, signature and quoted mail count nothing.
"""

from __future__ import annotations

from bot.routing.finding import find_keywords
from bot.routing.match import Lexicon
from bot.routing.reading import CONCERN, Part, Reading
from bot.routing.rules import Weighing
from bot.routing.words import tokens

QUESTION_MARK = 2.0  # the weight of a question mark, as of a cue without a weight
LONGEST_GREETING = 8  # words; a longer part holds more than a greeting
LONGEST_SIGNATURE = 25  # words; more after a closing means it was none

_SENTENCE_SIGNS = frozenset(".!?…؟。")


class Reader:
    """Reads messages by compiled rules."""

    def __init__(self, lexicon: Lexicon, weighing: Weighing) -> None:
        self._lexicon = lexicon
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
