"""Starting and stopping, in this process and as the demo."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.playground.__main__ import main
from bot.playground.server import Playground, listener_on, serving
from bot.playground.world import World

ROOT = Path(__file__).parents[2]


async def test_a_playground_can_be_stopped_and_started_again_with_all_it_holds() -> None:
    playground = Playground()
    group = playground.world.add_group("Amt", [])
    await playground.start()
    port = playground.port
    await playground.stop()
    async with httpx.AsyncClient() as client:
        with pytest.raises(httpx.ConnectError):
            await client.get(f"{playground.url}/playground/state")
        async with serving(playground, port):
            shown = (await client.get(f"{playground.url}/playground/state")).json()
            assert [chat["id"] for chat in shown["chats"]] == [group.id]
            async with client.stream("GET", f"{playground.url}/playground/events") as events:
                assert (await anext(events.aiter_lines())).startswith("data: ")


async def test_every_answer_says_what_time_it_is_now() -> None:
    now = 1_772_697_600.0
    async with serving(Playground(World(now=lambda: now))) as playground, httpx.AsyncClient() as client:
        dates = []
        for path in ("/", "/bot1:x/getMe", "/nothing"):
            answer = await client.get(f"{playground.url}{path}")
            dates += answer.headers.get_list("date")
            now += 90
    assert dates == [f"Thu, 05 Mar 2026 08:{at} GMT" for at in ("00:00", "01:30", "03:00")]


async def test_a_taken_port_is_refused_at_once() -> None:
    taken = listener_on(0)
    taken.listen()
    try:
        with pytest.raises(OSError, match="in use"):
            await Playground().start(taken.getsockname()[1])
    finally:
        taken.close()


async def test_stopping_what_never_started_does_no_harm() -> None:
    await Playground().stop()


@pytest.mark.process
def test_the_demo_serves_its_page_and_ends_on_interrupt() -> None:
    command = [sys.executable, "-m", "bot.playground", "0"]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    # Tests started in a shell's background ignore interrupts, and so would what they start.
    with subprocess.Popen(command, cwd=ROOT, preexec_fn=_mind_interrupts, **pipes) as demo:
        assert demo.stdout is not None
        assert demo.stderr is not None
        try:
            address = demo.stdout.readline().split()[1]
            shown = httpx.get(f"{address}playground/state").json()
            assert len(shown["people"]) == 4
            os.kill(demo.pid, signal.SIGINT)
            assert demo.wait(10) == 0
            assert demo.stderr.read() == ""
        finally:
            demo.kill()


NO_PORTS = [("eighty",), ("65536",), ("-1",), ("8o",), ("",), ("²",), ("9" * 5000,), ("8080", "8081")]


@pytest.mark.parametrize("arguments", NO_PORTS, ids=[" ".join(row)[:9] or "nothing" for row in NO_PORTS])
def test_what_is_no_port_is_wrong_usage(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(list(arguments)) == 2

    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{' '.join(arguments)}: is no port from 0 to 65535. ")


@pytest.mark.process
def test_the_demo_says_in_one_line_that_its_port_is_taken() -> None:
    taken = listener_on(0)
    taken.listen()
    port = taken.getsockname()[1]
    try:
        command = [sys.executable, "-m", "bot.playground", str(port)]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    finally:
        taken.close()

    assert (ended.returncode, ended.stdout) == (1, "")
    [line] = ended.stderr.splitlines()
    assert line.startswith(f"port {port}: cannot be used (Address already in use). ")


def _mind_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
