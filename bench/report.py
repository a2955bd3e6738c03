"""What was measured, as tables."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from bench.routing import Demand, Findings, demands
from bench.timing import Times


def show(found: Findings, console: Console) -> None:
    """Print all tables; what is demanded comes last, where the eye ends."""
    for factor, by_name in found.by_factor.items():
        size = "the shipped rules" if factor == 1 else f"rules {factor} times as large"
        title = f"{found.texts} messages, {size} ({found.keywords[factor]:,} keywords)"
        console.print(_race_table(title, by_name, found.texts))
    console.print(_race_table("The same with every word an invented one", found.new_words, found.texts))
    console.print(_length_table(found))
    console.print(_start_table(found))
    console.print(_demand_table(demands(found)))


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left")
    return table


def _race_table(title: str, by_name: dict[str, Times], texts: int) -> Table:
    table = _table(title, "method", "messages/s", "p50 ms", "p99 ms", "messages tried")
    for name, times in by_name.items():
        p50, p99 = (f"{times.percentile(percent) / 1000:.3f}" for percent in (50, 99))
        tried = "all" if len(times.each) == texts else f"{len(times.each)}"
        table.add_row(name, f"{times.per_second:,.0f}", p50, p99, tried)
    return table


def _length_table(found: Findings) -> Table:
    table = _table("Ours by the length of the text", "characters", "cold ms", "warm ms", "cold µs/character")
    for length, by_name in found.by_length.items():
        cold, warm = (times.percentile(50) for times in by_name.values())
        table.add_row(f"{length:,}", f"{cold / 1000:.2f}", f"{warm / 1000:.2f}", f"{cold / length:.3f}")
    return table


def _start_table(found: Findings) -> Table:
    table = _table("Starting", "rules", "load s", "compile s", "rules MB", "router MB")
    for factor, start in found.starts.items():
        load = "grown" if start.load_s is None else f"{start.load_s:.2f}"
        row = (f"{start.compile_s:.2f}", f"{start.rules_mb:.0f}", f"{start.router_mb:.0f}")
        table.add_row(f"× {factor}", load, *row)
    wall, processor = found.answer
    table.caption = f"`python -m bot route`: {wall:.2f} s by the clock, {processor:.2f} s of processor"
    return table


def _demand_table(listed: list[Demand]) -> Table:
    table = _table("What has to come out", "", "measured", "demanded", "met")
    for one in listed:
        sign = "≤" if one.sign == "<=" else "≥"
        row = (f"{one.measured:.2f}{one.unit}", f"{sign} {one.demanded:.2f}{one.unit}")
        table.add_row(one.what, *row, "[green]yes[/]" if one.met else "[red]no[/]")
    return table
