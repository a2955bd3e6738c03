"""Taking times fairly on a machine that does other things too.

Processor time of this thread, not the wall clock's; contestants take turns, round by round; of each text the median of
its rounds counts. Python's search for reference cycles is off meanwhile. What reading the clock costs is taken off.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from time import thread_time_ns

Decide = Callable[[str], object]
LONGEST_TURN_S = 3.0  # a slow contestant gets every second, third … text only, so that its turn takes about this long
FEWEST_TEXTS = 5


@dataclass(frozen=True)
class Contestant:
    """Something that decides about texts.

    Attributes:
        reset: done before each text, outside the time taken.
    """

    name: str
    decide: Decide
    reset: Callable[[], None] | None = None


@dataclass(frozen=True)
class Times:
    """What each text took, in microseconds, by the text's number; a slow contestant has not tried all."""

    each: Mapping[int, float]

    @property
    def per_second(self) -> float:
        """Messages per second on one core."""
        return 1e6 * len(self.each) / sum(self.each.values())

    def percentile(self, percent: int) -> float:
        """Return the time that so many percent of the texts keep to."""
        ranked = sorted(self.each.values())
        return ranked[min(len(ranked) - 1, len(ranked) * percent // 100)]

    def cost_of(self, other: Times) -> float:
        """Return how many times as long this one takes as another, over the texts that both have tried."""
        both = self.each.keys() & other.each.keys()
        return sum(self.each[number] for number in both) / sum(other.each[number] for number in both)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Do without the search for reference cycles; with large rules one takes longer than many turns."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def race(
    contestants: Sequence[Contestant], texts: Sequence[str], rounds: int, done: Callable[[], None] = lambda: None
) -> dict[str, Times]:
    """Return each contestant's times; `done` is called after every turn. To be called `undisturbed`."""
    numbers = {one.name: _sample(one, texts) for one in contestants}
    taken: dict[str, list[list[int]]] = {one.name: [] for one in contestants}
    for number in range(rounds):
        first = number % len(contestants)
        for one in (*contestants[first:], *contestants[:first]):
            taken[one.name].append(_turn(one, [texts[place] for place in numbers[one.name]]))
            done()
    cost = median(_turn(Contestant("nothing", str), [""] * 1001))
    middle = {name: [median(column) for column in zip(*turns, strict=True)] for name, turns in taken.items()}
    return {
        name: Times({place: max(took - cost, 1) / 1000 for place, took in zip(numbers[name], column, strict=True)})
        for name, column in middle.items()
    }


def _turn(one: Contestant, texts: Sequence[str]) -> list[int]:
    decide, reset = one.decide, one.reset
    taken = []
    for text in texts:
        if reset is not None:
            reset()
        began = thread_time_ns()
        decide(text)
        taken.append(thread_time_ns() - began)
    return taken


def _sample(one: Contestant, texts: Sequence[str]) -> range:
    """Return the numbers of the texts to try, few enough for a turn; they are met once, so that warm is warm."""
    most_apart = max(1, len(texts) // FEWEST_TEXTS)
    tried = texts[::most_apart]
    needed_s = sum(_turn(one, tried)) / len(tried) / 1e9 * len(texts)
    numbers = range(0, len(texts), min(max(1, round(needed_s / LONGEST_TURN_S)), most_apart))
    if one.reset is None and needed_s < LONGEST_TURN_S:
        _turn(one, texts)
    return numbers
