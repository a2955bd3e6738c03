"""Runs the comparison and prints it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from bench.report import show
from bench.routing import measure
from bench.starting import RULES
from bench.texts import load_texts
from bench.timing import undisturbed
from bot.routing.load import load_rules


def main(
    texts: Annotated[list[Path] | None, typer.Option(help="JSON Lines with `text`; else the project's cases.")] = None,
    factors: Annotated[str, typer.Option(help="How many times as large the rules shall be, too.")] = "1,10,100",
    rounds: Annotated[int, typer.Option(help="Turns for each contestant.")] = 7,
) -> None:
    """Compare routing with other ways to find keywords, over the same texts, in turns."""
    messages = load_texts(texts or [])
    rules = load_rules(RULES.read_text("utf-8"), RULES.name)
    sizes = sorted({1, *(int(factor) for factor in factors.split(","))})
    with Progress(console=Console(stderr=True), transient=True) as progress, undisturbed():
        found = measure(rules, messages, sizes, rounds, progress)
    show(found, Console())


if __name__ == "__main__":
    typer.run(main)
