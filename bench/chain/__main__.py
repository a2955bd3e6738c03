"""Runs the whole comparison and prints it."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from bench.chain.comparing import Plan, compare
from bench.chain.report import show


def main(
    small: Annotated[int, typer.Option(help="Inquiries in the small store.")] = 10_000,
    large: Annotated[int, typer.Option(help="Inquiries in the large store; a million take 17 GB of disk.")] = 1_000_000,
    burst: Annotated[int, typer.Option(help="Inquiries there at once, a turn.")] = 1_000,
    steady: Annotated[int, typer.Option(help="Inquiries one after the other, a turn.")] = 1_000,
    per_s: Annotated[float, typer.Option(help="How many of those a second.")] = 50.0,
    rounds: Annotated[int, typer.Option(help="Turns for each contestant.")] = 3,
    memory: Annotated[int, typer.Option(help="Inquiries between the two looks at memory.")] = 10_000,
    stores: Annotated[Path | None, typer.Option(help="Keep the filled databases here for the next run.")] = None,
) -> None:
    """Compare the bot with a bare forwarder, in turns, on the same stand-in."""
    plan = Plan(small, large, burst, steady, per_s, rounds, memory)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        progress = stack.enter_context(Progress(console=Console(stderr=True), transient=True))
        found = asyncio.run(compare(plan, folder, stores or folder, progress))
    sys.exit(0 if show(found, Console()) else 1)


if __name__ == "__main__":
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(main)
    app()
