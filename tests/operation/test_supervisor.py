"""The supervisor: one part's end is the end, and the end has an order."""

from __future__ import annotations

import asyncio

import pytest

from bot.errors import StoreError
from bot.operation import supervisor as supervising
from bot.operation.supervisor import STUCK_AFTER_S, Part, PartEndedError, Supervisor


async def forever() -> None:
    await asyncio.Event().wait()


class Told:
    """A part that ends when told, and notes when it did."""

    def __init__(self, name: str, ended: list[str], **more: bool) -> None:
        self._end = asyncio.Event()
        self._ended = ended
        self.part = Part(name, self._run, self._end.set, **more)

    async def _run(self) -> None:
        await self._end.wait()
        # Some steps, as of a commit.
        for _ in range(5):
            await asyncio.sleep(0)
        self._ended.append(self.part.name)


async def test_told_to_stop_nothing_is_wrong() -> None:
    stopping = asyncio.Event()
    async with Supervisor() as supervisor:
        supervisor.start(Part("worker", forever))
        asyncio.get_running_loop().call_soon(stopping.set)
        await supervisor.wait(stopping)


async def returns() -> None:
    return None


async def fails() -> None:
    raise ValueError("Frau Muster")


async def is_cancelled() -> None:
    raise asyncio.CancelledError


ENDS = [
    ("returns", returns, "sender: ended by itself. "),
    ("fails", fails, "sender: ended by ValueError. "),
    ("is cancelled", is_cancelled, "sender: ended by itself. "),
]


@pytest.mark.parametrize(("label", "run", "said"), ENDS, ids=[row[0] for row in ENDS])
async def test_a_part_that_ends_is_named_and_without_the_words_of_its_error(label: str, run: object, said: str) -> None:
    async with Supervisor() as supervisor:
        supervisor.start(Part("worker", forever), Part("sender", run))  # type: ignore[arg-type]
        with pytest.raises(PartEndedError) as raised:
            await supervisor.wait(asyncio.Event())
    assert str(raised.value) == said + "The process ends; start it again."


async def test_an_error_of_ours_says_itself_what_is_wrong() -> None:
    async def fail() -> None:
        raise StoreError("no disk. Buy one.")

    async with Supervisor() as supervisor:
        supervisor.start(Part("worker", fail))
        with pytest.raises(StoreError, match=r"no disk\. Buy one\."):
            await supervisor.wait(asyncio.Event())


async def test_a_part_that_ended_before_anybody_waited_is_noticed() -> None:
    async with Supervisor() as supervisor:
        supervisor.start(Part("worker", returns))
        for _ in range(3):
            await asyncio.sleep(0)
        with pytest.raises(PartEndedError):
            await supervisor.wait(asyncio.Event())


async def test_those_that_look_on_end_last() -> None:
    ended: list[str] = []
    parts = [
        Told("health", ended, serves_others=True),
        Told("poller", ended),
        Told("watchdog", ended, serves_others=True),
        Told("sender", ended),
    ]
    async with Supervisor() as supervisor:
        supervisor.start(*(told.part for told in parts))
        await asyncio.sleep(0)
        await supervisor.stop()
    assert ended == ["poller", "sender", "health", "watchdog"]


async def test_a_part_that_cannot_be_told_is_cancelled_and_one_that_does_not_listen_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(supervising, "STOP_WITHIN_S", 0.0)
    cancelled: list[str] = []

    def run(name: str) -> Part:
        async def wait() -> None:
            try:
                await forever()
            finally:
                cancelled.append(name)

        return Part(name, wait, None if name == "sweeper" else lambda: None)

    async with Supervisor() as supervisor:
        supervisor.start(run("sweeper"), run("deaf"))
        await asyncio.sleep(0)
        await supervisor.stop()
    assert sorted(cancelled) == ["deaf", "sweeper"]


async def test_what_does_not_come_round_is_stuck() -> None:
    async with Supervisor() as supervisor:
        supervisor.start(
            Part("quick", forever, busy_s=lambda: 1.0), Part("stuck", forever, busy_s=lambda: STUCK_AFTER_S + 1)
        )
        assert supervisor.stuck() == {"stuck": STUCK_AFTER_S + 1}
        assert supervisor.busy() == {"quick": 1.0, "stuck": STUCK_AFTER_S + 1}
