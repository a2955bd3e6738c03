"""No test takes for ever: one that hangs fails where it stands, and the next one has its turn.

What it waits for is told by the traceback. A wait within C that lets no signal through (a thread that never ends, when
the interpreter does) is not ended.
"""

from __future__ import annotations

import signal
from collections.abc import Generator

import pytest

# Far beyond what any test takes on a slow machine.
LIMIT_S = 300.0
# What the first one hits may be a task nobody waits for; the next one hits the wait itself.
AGAIN_AFTER_S = 5.0


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call() -> Generator[None, object, object]:
    """Let a test fail when its time is over."""
    before = signal.signal(signal.SIGALRM, _fail)
    signal.setitimer(signal.ITIMER_REAL, LIMIT_S, AGAIN_AFTER_S)
    try:
        return (yield)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


# What is set up for it and taken down after it has as much time again.
pytest_runtest_setup = pytest_runtest_teardown = pytest_runtest_call


def _fail(*_: object) -> None:
    pytest.fail(f"hangs: not at its end after {LIMIT_S:g} s")
