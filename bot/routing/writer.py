"""What was found → who seems to write, what they want and where. Never decides about a field.

No single word tells who writes. So whatever was found speaks for some and against others, in points, and all is added
up: the hints and what the fields say in the rules, and the signs below, which hold for any office.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from operator import attrgetter
from typing import Final, cast, get_args

from bot.model import Audience, Direction
from bot.routing.reading import WALL, Reading
from bot.routing.rules import FieldRule, Rules, Says, TopicRule

# Points of a softmax over all signs and hints, fitted together to 3,700 labelled messages (2026-11-28). Of nine sets by
# as many authors, each left out in turn, it tells .76 of what is wanted and .79 of who writes; without hints, by the
# strongest sign and who usually writes about a field, it was .68 and .73. Labelled twice, sets agree in .90 and .95.
# `offer`, `request`, `question` count for each point of the strongest such sign, audiences for each of their keywords'.
_SIGNS = """
              offer  request  question  other  citizen  volunteer  business  newcomer  organisation  unknown
always          0.7      0.4      -2.0    1.1      0.4       -0.5      -0.9       1.0          -1.1      1.1
asked          -1.7      0.0       1.9   -0.7      0.6       -0.5      -0.8       1.3           0.0     -0.4
terse          -1.4      0.6       0.6    0.0     -0.9       -0.4      -0.4       1.0          -0.2      0.9
elsewhere      -1.9     -0.5       0.3    2.0      0.5       -1.2       0.0      -0.4          -0.9      2.2
foreign         0.0      0.2       0.0   -0.7     -0.6        0.4       0.0       0.9          -0.6     -0.3
untold         -0.5      0.8      -0.7    0.4     -0.4        0.0       0.0       0.1           0.0      0.6
offer           0.7     -0.1      -0.1    0.0      0.0        0.0       0.0      -0.4           0.0      0.0
request         0.0      0.8       0.0   -0.2      0.0        0.0       0.0       0.3           0.0      0.0
question       -0.2     -0.3       0.8   -0.3      0.0        0.0       0.0       0.0           0.0      0.0
citizen         0.0      0.0       0.0    0.0      0.7        0.0       0.0      -0.7           0.0      0.0
volunteer       0.1      0.0       0.0   -0.5      0.0        0.9       0.0      -0.2           0.0     -0.7
business        0.0      0.0       0.0   -0.4      0.0        0.0       1.0      -0.5          -0.1      0.0
newcomer        0.0      0.2       0.3   -0.6      0.0       -0.2       0.0       0.5           0.0      0.0
organisation    0.0      0.0       0.0   -0.3     -0.2        0.0       0.0      -0.5           0.9     -0.6
background     -0.4      0.2       0.0    0.0      0.4        0.0      -0.2       0.5          -0.3      0.0
turn           -0.3      0.0       0.4    0.0      0.0       -0.4       0.0      -0.5           0.1      0.3
dismiss         0.8      0.0      -0.6    0.0     -0.4        0.7       0.0       0.0           0.0      0.0
two            -0.3      0.0       0.4    0.0      0.0        0.0      -0.5       0.3           0.2      0.0
greeting       -0.4     -0.5      -0.3    1.2     -0.3        0.0      -0.3       0.0           0.0      0.7
closing         0.0      0.0      -0.2    0.5      0.4       -0.7       0.3       0.0           0.4     -0.4
local           1.2      0.0      -0.9    0.0      1.3        0.3       0.4      -1.5           0.6     -1.1
"""
KEYWORD = 2.0  # a keyword that says what is wanted knows better than a cue
STRONGEST = 4.5  # points of a sign; more of them say no more
TERSE = 4  # words; so few are mostly a wish: "Deutschkurs in Weil"
MOST_NAMED = 6.0  # points of an audience's keywords; the same

DIRECTIONS: Final[tuple[Direction, ...]] = get_args(Direction)
AUDIENCES: Final[tuple[Audience, ...]] = get_args(Audience)
_LEANINGS = (*DIRECTIONS, *AUDIENCES)
_SIGNED = frozenset({"offer", "request", "question"})
_CUES = frozenset({"background", "turn", "dismiss", "two", "greeting", "closing", "local"})

_Row = tuple[int, ...]  # in the order of `_LEANINGS`, in tenths of a point; whole numbers add up alike in any order
_TENTHS = 10


def _tenths(points: float) -> int:
    return round(points * _TENTHS)


SIGNS: Final[Mapping[str, _Row]] = {
    name: tuple([_tenths(float(each)) for each in points])
    for name, *points in map(str.split, _SIGNS.strip().split("\n")[1:])
}

_hints = attrgetter("hints")


class Writer:
    """Tells who writes and what they want, by one set of rules."""

    def __init__(self, rules: Rules) -> None:
        owners: dict[str, FieldRule | TopicRule] = {**rules.fields, **rules.topics}
        self._own_language = rules.office.languages[0] if rules.office.languages else ""
        self._hints = {name: _row(hint.says) for name, hint in rules.hints.items()}
        self._owners = {key: _row(rule.says) for key, rule in owners.items()}

    def tell(
        self, reading: Reading, language: str | None, about: str | None, *, in_field: bool
    ) -> tuple[Direction, Audience]:
        """Return what is wanted and who seems to write.

        Args:
            language: of the message, None where nothing tells it.
            about: the field or topic with most points.
            in_field: the message belongs to a field.
        """
        cues = strongest(reading)
        rows = [self._hints[name] for name in set(chain.from_iterable(map(_hints, reading.records)))]
        rows.append(SIGNS["always"])
        if about in self._owners:
            rows.append(self._owners[about])
        if reading.asked:
            rows.append(SIGNS["asked"])
        if len(reading.records) - len(WALL) * len(reading.sentences) <= TERSE:
            rows.append(SIGNS["terse"])
        if not in_field:
            rows.append(SIGNS["elsewhere"])
        if language != self._own_language:
            rows.append(SIGNS["untold" if language is None else "foreign"])
        rows += [SIGNS[cue] for cue in cues if cue in _CUES]
        for name, points in cues.items():
            if name in _SIGNED:
                rows.append(_times(SIGNS[name], min(points, STRONGEST)))
        for name, points in named(reading).items():
            rows.append(_times(SIGNS[name], min(points, MOST_NAMED)))
        tenths = list(map(sum, zip(*rows, strict=True)))
        wants, writes = tenths[: len(DIRECTIONS)], tenths[len(DIRECTIONS) :]
        direction: Direction = "other" if "advert" in cues else DIRECTIONS[wants.index(max(wants))]
        return direction, AUDIENCES[writes.index(max(writes))]


def _row(says: Says) -> _Row:
    points = cast(Mapping[str, float], says)
    return tuple([_tenths(points.get(name, 0)) for name in _LEANINGS])


def _times(row: _Row, points: float) -> _Row:
    return tuple([round(points * each) for each in row])


def strongest(reading: Reading) -> dict[str, float]:
    """Return what the parts of the message do, with the points of the strongest sign of each."""
    signs: dict[str, float] = {}
    for part in reading.parts:
        for does, weight in part.does.items():
            if (points := weight * part.factor) > signs.get(does, -1):
                signs[does] = points
    for finding in reading.findings():
        entry = finding[0]
        if entry.direction is not None:
            points = KEYWORD * entry.weight * reading.factor(finding)
            if points > signs.get(entry.direction, -1):
                signs[entry.direction] = points
    return signs


def named(reading: Reading) -> dict[str, float]:
    """Return the points that keywords bring to whom they name as the writer."""
    points: dict[str, float] = {}
    for entry, _, _, _ in reading.findings():
        if entry.kind == "audience":
            points[entry.owner] = points.get(entry.owner, 0) + entry.weight
        if entry.audience is not None:
            points[entry.audience] = points.get(entry.audience, 0) + entry.weight
    return points


def named_most(reading: Reading) -> Audience:
    """Return whom keywords name as the writer most, else `unknown`."""
    points = named(reading)
    return cast(Audience, max(points, key=lambda name: (points[name], name), default="unknown"))


def place_of(reading: Reading) -> str | None:
    """Return the municipality named first, rather by a name of several words than by one."""
    places = [(-len(places), places, entry.owner) for entry, _, places, _ in reading.others if entry.kind == "place"]
    return min(places)[2] if places else None
