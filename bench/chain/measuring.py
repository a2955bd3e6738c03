"""What is measured of a contestant: how many a second, how soon, how much memory, how long until the first answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bench.chain.filling import WISHES
from bench.chain.running import Contestant, Running, processor_s_of_this, running
from bench.chain.stand_in import StandIn

WITHIN_S = 300.0
# After the start: rules loaded, everything imported, the daily duties of a start done.
REST_S = 3.0


@dataclass(frozen=True)
class Burst:
    """How fast many inquiries that were there at once went through.

    Attributes:
        per_s: inquiries a second by the clock, from the first being fetched to the last answer.
        processor_ms: processor time of the contestant for one inquiry.
        stand_in: the share of a core the stand-in needed meanwhile, 0 to 1.
        calls: calls made for one inquiry, `getUpdates` included.
    """

    per_s: float
    processor_ms: float
    stand_in: float
    calls: float


@dataclass(frozen=True)
class Delays:
    """From an update being there to be fetched until its forward came in, in milliseconds."""

    p50_ms: float
    p99_ms: float
    worst_ms: float


@dataclass(frozen=True)
class Memory:
    """Megabytes: of a process that has done nothing yet, and after many inquiries."""

    at_rest: float
    after: float


async def warm_up(stand_in: StandIn, chats: Iterator[int], count: int = 50) -> None:
    """Let a contestant that was just started handle a few, so that nothing is done for the first time later."""
    await through(stand_in, [next(chats) for _ in range(count)])


async def burst(contestant: Running, stand_in: StandIn, chats: Iterator[int], count: int) -> Burst:
    """Let so many people write at once."""
    stand_in.forget()
    before, own, begun = contestant.processor_s, processor_s_of_this(), perf_counter()
    await through(stand_in, [next(chats) for _ in range(count)])
    took = max(*stand_in.answered_at.values(), *stand_in.forwarded_at.values()) - begun
    return Burst(
        per_s=count / took,
        processor_ms=(contestant.processor_s - before) / count * 1000,
        stand_in=(processor_s_of_this() - own) / (perf_counter() - begun),
        calls=stand_in.calls / count,
    )


async def steady(stand_in: StandIn, chats: Iterator[int], per_s: float, count: int) -> Delays:
    """Let people write one after the other, so many a second, whether the contestant keeps up or not."""
    stand_in.forget()
    begun = perf_counter()
    for number in range(count):
        await asyncio.sleep(max(0.0, begun + number / per_s - perf_counter()))
        write(stand_in, next(chats), number)
    await _all_done(stand_in, count)
    delays = sorted((at - stand_in.asked_at[chat]) * 1000 for chat, at in stand_in.forwarded_at.items())
    return Delays(delays[count // 2], delays[count * 99 // 100], delays[-1])


async def first_answer(contestant: Contestant, stand_in: StandIn, folder: Path, chat: int) -> float:
    """Return the seconds from the start of the process until somebody who wrote meanwhile is answered."""
    stand_in.forget()
    begun = perf_counter()
    async with running(contestant, stand_in, folder):
        await through(stand_in, [chat])
        return stand_in.answered_at[chat] - begun


async def through(stand_in: StandIn, chats: list[int]) -> None:
    """Let these people write at once, and wait until each was forwarded and answered."""
    done = len(stand_in.answered_at)
    for number, chat in enumerate(chats):
        write(stand_in, chat, number)
    await _all_done(stand_in, done + len(chats))


def write(stand_in: StandIn, chat: int, number: int) -> None:
    """Let somebody write something whose words name their chat."""
    stand_in.writes(chat, f"{WISHES[number % len(WISHES)]}, sagt m{chat}x.")


async def _all_done(stand_in: StandIn, count: int) -> None:
    await _until(stand_in, lambda: len(stand_in.answered_at) >= count and len(stand_in.forwarded_at) >= count)


async def _until(stand_in: StandIn, is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(WITHIN_S):
        while not is_so():
            stand_in.changed.clear()
            await stand_in.changed.wait()
