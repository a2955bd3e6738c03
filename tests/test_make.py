"""`make test` runs the tests in two halves at once; here with a stand-in for Python, so that nothing runs twice."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")

# Both halves are told apart by what only one is given. The one in the background says how it is called, and stays.
STAND_IN = """#!/bin/sh
case "$*" in
*--ignore=*) echo "second half"; exec {python} -c "import time; time.sleep({around_s})" ;;
*) echo "first half"; echo $$ >first.pid; {ends} exec sleep 600 ;;
esac
"""


def make_test(folder: Path, around_s: int, ends: str = "") -> subprocess.Popen[str]:
    """Start `make test` in a process group of its own, as a terminal does."""
    python = folder / "bin" / "python"
    python.parent.mkdir()
    python.write_text(STAND_IN.format(python=sys.executable, around_s=around_s, ends=ends))
    python.chmod(0o700)
    makefile = Path(__file__).parent.parent / "Makefile"
    (folder / "requirements-dev.lock").touch()
    (folder / ".dev").touch()
    return subprocess.Popen(
        ["make", "-f", str(makefile), "test", "VENV=."],
        cwd=folder,
        env={"PATH": os.environ["PATH"]},
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def is_running(number: int) -> bool:
    """Tell whether there is such a process that has not ended."""
    state = Path(f"/proc/{number}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes as Linux shows them")
def test_ctrl_c_ends_both_halves(tmp_path: Path) -> None:
    made = make_test(tmp_path, around_s=600)
    assert made.stdout is not None
    assert made.stdout.readline() == "second half\n"
    first = tmp_path / "first.pid"
    while not (first.exists() and first.read_text()):
        time.sleep(0.01)

    os.killpg(made.pid, signal.SIGINT)
    told, _ = made.communicate(timeout=30)

    assert made.returncode != 0
    assert "first half\n" in told
    assert not is_running(int(first.read_text()))


@pytest.mark.parametrize(("ends", "code"), [("exit 0;", 0), ("echo 1 failed; exit 1;", 2)], ids=["good", "failed"])
def test_what_the_half_in_the_background_said_is_shown(tmp_path: Path, ends: str, code: int) -> None:
    made = make_test(tmp_path, around_s=0, ends=ends)

    told, _ = made.communicate(timeout=30)

    assert told.startswith("second half\nfirst half\n")
    assert ("1 failed" in told, made.returncode) == (code != 0, code)
