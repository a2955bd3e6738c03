"""What starting costs: loading and compiling in fresh processes, memory, and a command's answer.

Run as a module it loads the rules once, so many times as large as its argument says, and prints what that took.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

ROOT = Path(__file__).parents[1]
RULES = ROOT / "routing_rules.yaml"
QUESTION = "Bei uns steht die Einliegerwohnung leer"


@dataclass(frozen=True)
class Start:
    """Medians of several fresh processes; seconds of processor time, and megabytes.

    Attributes:
        load_s: text of the rules file to checked rules; None where the rules are grown, not loaded.
        compile_s: rules to router.
    """

    load_s: float | None
    compile_s: float
    rules_mb: float
    router_mb: float


def starts(factor: int, times: int, done: Callable[[], None] = lambda: None) -> Start:
    """Return what loading and compiling cost in processes of their own."""
    found = []
    for _ in range(times):
        command = [sys.executable, "-m", "bench.starting", str(factor)]
        out = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout  # noqa: S603
        found.append(json.loads(out))
        done()
    middle = {key: None if found[0][key] is None else median(one[key] for one in found) for key in found[0]}
    return Start(**middle)


def answers(times: int, done: Callable[[], None] = lambda: None) -> tuple[float, float]:
    """Return the median seconds from the start of `python -m bot route` to its end: by the clock, and of processor."""
    walls, cores = [], []
    for _ in range(times):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = perf_counter()
        subprocess.run([sys.executable, "-m", "bot", "route", QUESTION], cwd=ROOT, check=True, capture_output=True)  # noqa: S603
        walls.append(perf_counter() - began)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cores.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        done()
    return median(walls), median(cores)


def used_mb() -> float:
    """Return the memory this process holds."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:  # not Linux: the most it ever held will have to do
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return pages * resource.getpagesize() / 1e6


def _start_once(factor: int) -> dict[str, float | None]:
    from bench.growth import grow
    from bot.routing.decide import Router
    from bot.routing.load import load_rules

    text = RULES.read_text("utf-8")
    empty_mb, began = used_mb(), process_time()
    rules = load_rules(text, RULES.name)
    load_s = process_time() - began
    if factor > 1:
        rules = grow(rules, factor)
    rules_mb, began = used_mb(), process_time()
    router = Router(rules)
    compile_s = process_time() - began
    router.decide(QUESTION)
    loaded = load_s if factor == 1 else None
    return {
        "load_s": loaded,
        "compile_s": compile_s,
        "rules_mb": rules_mb - empty_mb,
        "router_mb": used_mb() - rules_mb,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_start_once(int(sys.argv[1]))))
