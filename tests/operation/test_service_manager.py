"""The service manager is told what is so, and nothing when something is stuck."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.operation.service_manager import LOOK_EVERY_S, ServiceManager, Watchdog
from bot.operation.supervisor import STUCK_AFTER_S, Part, PartEndedError, Supervisor
from tests.support.notify import Ear


@pytest.fixture
def ear(tmp_path: Path) -> Iterator[Ear]:
    ear = Ear(str(tmp_path / "notify"))
    yield ear
    ear.close()


@pytest.fixture
def manager(ear: Ear, tmp_path: Path) -> ServiceManager:
    return ServiceManager({"NOTIFY_SOCKET": str(tmp_path / "notify")})


def test_start_and_end_are_told(ear: Ear, manager: ServiceManager) -> None:
    manager.status("reaching Telegram")
    manager.ready("serving @bot")
    manager.alive()
    manager.stopping()
    assert ear.heard() == [
        "STATUS=reaching Telegram",
        "READY=1\nSTATUS=serving @bot",
        "WATCHDOG=1",
        "STOPPING=1\nSTATUS=stopping",
    ]


def test_an_address_without_a_file_is_understood() -> None:
    name = f"anfragelotse-test-{os.getpid()}"
    ear = Ear(f"\0{name}")
    ServiceManager({"NOTIFY_SOCKET": f"@{name}"}).alive()
    assert ear.heard() == ["WATCHDOG=1"]
    ear.close()


def test_without_a_service_manager_nothing_is_told(caplog: pytest.LogCaptureFixture) -> None:
    ServiceManager({}).alive()
    assert caplog.records == []


def test_a_service_manager_that_is_gone_does_no_harm(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    ServiceManager({"NOTIFY_SOCKET": str(tmp_path / "nowhere")}).alive()
    assert "the service manager cannot be told 'WATCHDOG=1'" in caplog.text


INTERVALS = [
    ("not asked for", {}, LOOK_EVERY_S),
    ("half of what is allowed", {"WATCHDOG_USEC": "6000000"}, 3.0),
    ("often enough for our own watch", {"WATCHDOG_USEC": "600000000"}, LOOK_EVERY_S),
    ("meant for us", {"WATCHDOG_USEC": "6000000", "WATCHDOG_PID": str(os.getpid())}, 3.0),
    ("meant for another process", {"WATCHDOG_USEC": "6000000", "WATCHDOG_PID": "1"}, LOOK_EVERY_S),
    ("nonsense", {"WATCHDOG_USEC": "soon"}, LOOK_EVERY_S),
]


@pytest.mark.parametrize(("label", "environment", "interval_s"), INTERVALS, ids=[row[0] for row in INTERVALS])
def test_the_interval_is_half_of_what_is_allowed(label: str, environment: dict[str, str], interval_s: float) -> None:
    assert ServiceManager(environment).interval_s == interval_s


async def forever() -> None:
    await asyncio.Event().wait()


async def test_life_is_told_only_while_all_parts_make_progress(ear: Ear, manager: ServiceManager) -> None:
    busy_s = 1.0
    async with Supervisor() as supervisor:
        supervisor.start(Part("worker", forever, busy_s=lambda: busy_s), Part("sender", forever))
        watchdog = Watchdog(manager, supervisor)
        watchdog.look()
        assert ear.heard() == ["WATCHDOG=1"]
        busy_s = STUCK_AFTER_S + 1
        with pytest.raises(PartEndedError, match=r"^no progress: worker for 181 s\. The process ends"):
            watchdog.look()
        assert ear.heard() == []


async def test_the_watchdog_ends_when_told(ear: Ear, manager: ServiceManager) -> None:
    async with Supervisor() as supervisor:
        watchdog = Watchdog(manager, supervisor)
        running = asyncio.create_task(watchdog.run())
        await asyncio.sleep(0)
        watchdog.stop()
        await asyncio.wait_for(running, 5)
    assert ear.heard() == ["WATCHDOG=1"]


async def test_a_stuck_part_ends_the_watchdog_and_with_it_the_process(manager: ServiceManager) -> None:
    async with Supervisor() as supervisor:
        supervisor.start(Part("worker", forever, busy_s=lambda: STUCK_AFTER_S + 1))
        supervisor.start(Part("watchdog", Watchdog(manager, supervisor).run))
        with pytest.raises(PartEndedError, match="no progress: worker"):
            await supervisor.wait(asyncio.Event())
