"""A test that hangs fails, however it hangs, and those after it have their turn."""

import subprocess
import sys
from pathlib import Path

# Python 3.11 may stumble over parsing a test's source again for its report while it tells of a task's lost error.
PYTEST = (sys.executable, "-m", "pytest", "--tb=native")

CONFTEST = """
from tests.support import time_limit
from tests.support.time_limit import pytest_runtest_call, pytest_runtest_setup, pytest_runtest_teardown

time_limit.LIMIT_S, time_limit.AGAIN_AFTER_S = 0.3, 0.3
"""

HANGING = """
import asyncio
import threading
import time

import pytest


async def test_waits_for_what_never_happens():
    await asyncio.Event().wait()


async def test_waits_while_another_task_goes_round():
    async def goes_round():
        while True:
            pass

    going = asyncio.create_task(goes_round())
    await asyncio.Event().wait()


async def test_waits_while_a_callback_goes_round():
    asyncio.get_running_loop().call_soon(time.sleep, 600)
    await asyncio.Event().wait()


async def test_goes_on_after_every_error():
    while True:
        try:
            await asyncio.sleep(3600)
        except Exception:
            pass


def test_goes_round():
    while True:
        pass


def test_waits_for_a_lock():
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()


@pytest.fixture
async def hanging():
    await asyncio.sleep(3600)


def test_is_set_up_for_ever(hanging):
    pass


@pytest.fixture
async def hanging_after():
    yield
    await asyncio.sleep(3600)


def test_is_taken_down_for_ever(hanging_after):
    pass


def test_is_good():
    pass
"""


def test_a_hanging_test_fails_and_the_next_one_runs(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "test_hanging.py").write_text(HANGING)
    root = Path(__file__).parent.parent

    ran = subprocess.run(
        [*PYTEST, "-c", str(root / "pyproject.toml"), "--rootdir", str(tmp_path), str(tmp_path)],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert "6 failed, 2 passed, 2 errors" in ran.stdout, ran.stdout
    assert ran.stdout.count("hangs: not at its end after 0.3 s") >= 8
