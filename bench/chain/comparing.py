"""Lets the contestants take turns, so that what else the machine does hits all of them alike."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path
from statistics import median

from rich.progress import Progress, TaskID

from bench.chain.filling import NEWCOMERS, make_originals, multiply, newcomer, people_who_have_asked
from bench.chain.measuring import REST_S, Burst, Delays, Memory, burst, first_answer, steady, through, warm_up
from bench.chain.running import CONTACTS, Contestant, forwarder, ours, running
from bench.chain.stand_in import StandIn

# Chats no store knows; the forwarder does not care.
STRANGERS = 50_000_000
AT_ONCE = 64
# While memory is watched so many write at a time.
PORTION = 250
STARTS = 5


@dataclass(frozen=True)
class Plan:
    """How large the comparison is; see the command's options."""

    small: int
    large: int
    burst: int
    steady: int
    per_s: float
    rounds: int
    memory: int


@dataclass
class Candidate:
    """A contestant and what was found out about it."""

    contestant: Contestant
    chats: Iterator[int]
    bursts: list[Burst] = field(default_factory=list)
    delays: list[Delays] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    memory: Memory | None = None

    @property
    def per_s(self) -> float:
        """Inquiries a second, the median of the turns."""
        return median(one.per_s for one in self.bursts)

    @property
    def processor_ms(self) -> float:
        """Processor time for an inquiry, the median of the turns."""
        return median(one.processor_ms for one in self.bursts)

    @property
    def p50_ms(self) -> float:
        """From update to forward, the median of the turns."""
        return median(one.p50_ms for one in self.delays)

    @property
    def p99_ms(self) -> float:
        """The time 99 of 100 keep to, the median of the turns."""
        return median(one.p99_ms for one in self.delays)

    @property
    def start_s(self) -> float:
        """From the start of the process to the first answer, the median."""
        return median(self.starts)


@dataclass(frozen=True)
class Found:
    """What a comparison found.

    Attributes:
        bare, bare_at_once: the forwarder, one update after the other and many at once.
        small, large: the bot over the small and the large store.
    """

    plan: Plan
    bare: Candidate
    bare_at_once: Candidate
    small: Candidate
    large: Candidate

    @property
    def all(self) -> tuple[Candidate, ...]:
        """All of them, in the order of the tables."""
        return self.bare, self.bare_at_once, self.small, self.large


async def compare(plan: Plan, folder: Path, stores: Path, progress: Progress) -> Found:
    """Fill the stores, let all take their turns, and return what was found."""
    steps = progress.add_task("", total=4 * plan.rounds + 4 + 4 * STARTS)
    small = await _store(plan.small, folder, stores, progress, steps)
    large = await _store(plan.large, folder, stores, progress, steps)
    found = Found(
        plan,
        Candidate(forwarder("bare forwarder", 0), count(STRANGERS)),
        Candidate(forwarder(f"bare forwarder, {AT_ONCE} at once", AT_ONCE), count(STRANGERS)),
        Candidate(ours(f"ours, {plan.small:,} inquiries stored", small), _people(small)),
        Candidate(ours(f"ours, {plan.large:,} inquiries stored", large), _people(large)),
    )
    stand_in = StandIn(frozenset(CONTACTS))
    await stand_in.start()
    try:
        for _ in range(plan.rounds):
            for candidate in found.all:
                progress.update(steps, advance=1, description=f"speed: {candidate.contestant.name}")
                await _take_a_turn(candidate, stand_in, plan, folder)
        for _ in range(STARTS):
            for candidate in found.all:
                progress.update(steps, advance=1, description=f"start: {candidate.contestant.name}")
                started_s = await first_answer(candidate.contestant, stand_in, folder, next(candidate.chats))
                candidate.starts.append(started_s)
        for candidate in found.all:
            progress.update(steps, advance=1, description=f"memory: {candidate.contestant.name}")
            candidate.memory = await _memory(candidate, stand_in, plan.memory, folder)
    finally:
        await stand_in.stop()
    return found


async def _take_a_turn(candidate: Candidate, stand_in: StandIn, plan: Plan, folder: Path) -> None:
    stand_in.forget()
    async with running(candidate.contestant, stand_in, folder) as process:
        await warm_up(stand_in, candidate.chats)
        candidate.bursts.append(await burst(process, stand_in, candidate.chats, plan.burst))
        candidate.delays.append(await steady(stand_in, candidate.chats, plan.per_s, plan.steady))


async def _memory(candidate: Candidate, stand_in: StandIn, inquiries: int, folder: Path) -> Memory:
    stand_in.forget()
    async with running(candidate.contestant, stand_in, folder) as process:
        # The first is only to know that it serves.
        await through(stand_in, [next(candidate.chats)])
        await asyncio.sleep(REST_S)
        at_rest = process.resident_mb
        for _ in range(0, inquiries, PORTION):
            stand_in.forget()
            await through(stand_in, [next(candidate.chats) for _ in range(PORTION)])
        return Memory(at_rest, process.resident_mb)


async def _store(inquiries: int, folder: Path, stores: Path, progress: Progress, steps: TaskID) -> Path:
    """Return a database with so many inquiries, a copy of one kept from before where there is one."""
    progress.update(steps, description=f"filling a store with {inquiries:,} inquiries")
    kept = stores / f"{inquiries}.db"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        half = kept.with_suffix(".half")
        half.unlink(missing_ok=True)
        await make_originals(half)
        await asyncio.to_thread(multiply, half, inquiries)
        half.rename(kept)
    used = kept if stores == folder else Path(await asyncio.to_thread(shutil.copy, kept, folder / kept.name))
    # Gigabytes just written go to the disk for minutes, and every commit measured meanwhile would wait behind them.
    await asyncio.to_thread(os.sync)
    return used


def _people(store: Path) -> Iterator[int]:
    """Return people to write: those whose inquiries are over first, as far as they go."""
    return chain(people_who_have_asked(store), (newcomer(number) for number in range(NEWCOMERS)))
