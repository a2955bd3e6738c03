"""The whole comparison: who takes part over which texts, and what has to come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.progress import Progress

from bench.growth import count_keywords, grow
from bench.ours import COLD, WARM, contestants
from bench.rivals import AHO_CORASICK, FLASHTEXT, RAPIDFUZZ, REGEX, RIVALS, plain_keywords
from bench.starting import Start, answers, starts
from bench.texts import chat_length, invented, lengthened
from bench.timing import Contestant, Times, race
from bot.routing.decide import Router
from bot.routing.rules import Rules

LENGTHS = (1_000, 10_000, 100_000)
STARTS = 5
# With more keywords these take minutes and gigabytes to build, so that there is no room left for what is to be
# measured beside them; what they cost has shown by then.
MOST_KEYWORDS = {REGEX: 200_000, FLASHTEXT: 200_000, RAPIDFUZZ: 1_000_000, AHO_CORASICK: 1_000_000}


@dataclass
class Findings:
    """Everything measured.

    Attributes:
        keywords: factor → keywords in the rules.
        by_factor: factor → contestant → times over the texts.
        new_words: contestant → times over the texts with all words invented.
        chat: ours over texts as long as chat messages.
        by_length: characters → ours over one text so long.
        starts: factor → what starting costs.
        answer: seconds until `route` has answered: by the clock, of processor.
    """

    texts: int = 0
    keywords: dict[int, int] = field(default_factory=dict)
    by_factor: dict[int, dict[str, Times]] = field(default_factory=dict)
    new_words: dict[str, Times] = field(default_factory=dict)
    chat: dict[str, Times] = field(default_factory=dict)
    by_length: dict[int, dict[str, Times]] = field(default_factory=dict)
    starts: dict[int, Start] = field(default_factory=dict)
    answer: tuple[float, float] = (0, 0)


def measure(rules: Rules, texts: Sequence[str], factors: Sequence[int], rounds: int, progress: Progress) -> Findings:
    """Return everything measured over the texts, with the rules so many times as large."""
    found = Findings(texts=len(texts))
    task = progress.add_task("starting", total=STARTS * (len(factors) + 1))

    def done() -> None:
        progress.advance(task)

    for factor in factors:
        found.starts[factor] = starts(factor, STARTS if factor <= 10 else 1, done)
    found.answer = answers(STARTS, done)
    progress.update(task, completed=STARTS * (len(factors) + 1))

    routers = {}
    task = progress.add_task("building", total=len(factors))
    for factor in factors:
        grown = grow(rules, factor, texts)
        found.keywords[factor] = count_keywords(grown)
        routers[factor] = Router(grown)
        done()
    _race_all(found, routers, texts, rounds, progress)
    return found


def _race_all(
    found: Findings, routers: dict[int, Router], texts: Sequence[str], rounds: int, progress: Progress
) -> None:
    shipped = next(iter(routers.values()))
    new_words, chat = invented(texts), chat_length(texts)
    # Ours at all sizes in turn: their ratios are what has to come out.
    everyone = [one for factor, router in routers.items() for one in contestants(router, f"|{factor}")]
    rivals = {factor: _rivals(router.rules, progress) for factor, router in routers.items()}
    everyone += [Contestant(f"{one.name}|{factor}", one.decide) for factor, listed in rivals.items() for one in listed]
    for name, times in _race("routing", everyone, texts, rounds, progress).items():
        short, _, factor = name.rpartition("|")
        found.by_factor.setdefault(int(factor), {})[short] = times
    found.new_words = _race("new words", [contestants(shipped)[0], *rivals[1]], new_words, rounds, progress)
    found.chat = _race("chat messages", contestants(shipped), chat, 2 * rounds, progress)
    for length in LENGTHS:
        text = lengthened(texts, length)
        found.by_length[length] = _race(f"{length} characters", contestants(shipped), [text], rounds, progress)


def _rivals(rules: Rules, progress: Progress) -> list[Contestant]:
    keywords = plain_keywords(rules)
    many = sum(map(len, keywords.values()))
    task = progress.add_task(f"building the others, {many} keywords", total=len(RIVALS))
    built = []
    for name, build in RIVALS.items():
        if many <= MOST_KEYWORDS.get(name, many):
            built.append(Contestant(name, build(keywords)))
        progress.advance(task)
    return built


def _race(
    title: str, contestants_: Sequence[Contestant], texts: Sequence[str], rounds: int, progress: Progress
) -> dict[str, Times]:
    task = progress.add_task(title, total=rounds * len(contestants_))
    return race(contestants_, texts, rounds, lambda: progress.advance(task))


@dataclass(frozen=True)
class Demand:
    """One thing that has to come out: a value at most (`<=`) or at least (`>=`) so much."""

    what: str
    measured: float
    sign: str
    demanded: float
    unit: str = " ×"

    @property
    def met(self) -> bool:
        """Whether it came out."""
        return self.measured <= self.demanded if self.sign == "<=" else self.measured >= self.demanded


def demands(found: Findings) -> list[Demand]:
    """Return what is demanded of our routing, with what came out."""
    shipped = found.by_factor[1]
    cold, warm = shipped[COLD], shipped[WARM]
    listed = [
        Demand("cold: throughput against the whole-word regex's", shipped[REGEX].cost_of(cold), ">=", 1),
        Demand("cold: throughput against naive rapidfuzz's", shipped[RAPIDFUZZ].cost_of(cold), ">=", 6),
        Demand("warm: throughput against Aho-Corasick's", shipped[AHO_CORASICK].cost_of(warm), ">=", 1 / 3),
    ]
    for name, times in found.chat.items():
        spread = times.percentile(99) / times.percentile(50)
        listed.append(Demand(f"{name}: p99 against p50, chat-length messages", spread, "<=", 4))
    for factor, most in ((10, 1.2), (100, 1.6)):
        for name in (COLD, WARM) if factor in found.by_factor else ():
            cost = found.by_factor[factor][name].cost_of(shipped[name])
            listed.append(Demand(f"{name}: cost with {factor} times the rules", cost, "<=", most))
    load = found.starts[1]
    assert load.load_s is not None  # noqa: S101 -- only grown rules are not loaded
    return [
        *listed,
        Demand("loading the shipped rules", load.load_s, "<=", 0.3, " s"),
        Demand("loading and compiling them", load.load_s + load.compile_s, "<=", 0.3, " s"),
        Demand("`python -m bot route` from start to end", found.answer[0], "<=", 0.6, " s"),
    ]
