"""Writes down what was found, in tables that fit into a Markdown file."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table

from bench.chain.comparing import Found


def show(found: Found, console: Console) -> bool:
    """Print all tables; return whether everything came out as demanded."""
    plan = found.plan
    rows = [
        (
            one.contestant.name,
            f"{one.per_s:.0f}",
            f"{one.processor_ms:.2f}",
            f"{one.p50_ms:.0f}",
            f"{one.p99_ms:.0f}",
            f"{one.start_s:.2f}",
            "" if one.memory is None else f"{one.memory.at_rest:.0f}",
            "" if one.memory is None else f"{one.memory.after:.0f}",
        )
        for one in found.all
    ]
    heads = (
        "",
        "inquiries/s",
        "processor ms",
        "p50 ms",
        "p99 ms",
        "start s",
        "MB at rest",
        f"MB after {plan.memory:,}",
    )
    console.print(_table(heads, rows))
    busiest = max(burst.stand_in for one in found.all for burst in one.bursts)
    console.print(f"The stand-in was busy for at most {busiest:.0%} of the time.\n")
    demands = _demands(found)
    heads = ("", "measured", "demanded", "met")
    console.print(
        _table(heads, [(name, value, wanted, "yes" if met else "no") for name, value, wanted, met in demands])
    )
    return all(met for *_, met in demands)


def _demands(found: Found) -> list[tuple[str, str, str, bool]]:
    bare, small, large = found.bare, found.small, found.large
    share = small.per_s / bare.per_s
    rest = 0.0 if small.memory is None else small.memory.at_rest
    slower = small.per_s / large.per_s
    later = large.p99_ms / small.p99_ms
    longer = large.start_s / small.start_s
    at_rate = f"p99 to the forward at {found.plan.per_s:.0f}/s"
    return [
        ("throughput against the bare forwarder's", f"{share:.2f} ×", "≥ 0.50 ×", share >= 0.5),
        ("inquiries a second, durably committed", f"{small.per_s:.0f}", "≥ 150", small.per_s >= 150),
        (at_rate, f"{small.p99_ms:.0f} ms", "≤ 150 ms", small.p99_ms <= 150),
        ("memory at rest", f"{rest:.0f} MB", "≤ 120 MB", rest <= 120),
        ("first answer after the start", f"{small.start_s:.2f} s", "≤ 2 s", small.start_s <= 2),
        ("large store: time for an inquiry", f"{slower:.2f} ×", "≤ 1.30 ×", slower <= 1.3),
        ("large store: p99 to the forward", f"{later:.2f} ×", "≤ 1.30 ×", later <= 1.3),
        ("large store: first answer", f"{longer:.2f} ×", "≤ 1.30 ×", longer <= 1.3),
    ]


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    shown = Table(box=box.MARKDOWN)
    for number, head in enumerate(heads):
        shown.add_column(head, justify="right" if number else "left", overflow="fold")
    for row in rows:
        shown.add_row(*row)
    return shown
