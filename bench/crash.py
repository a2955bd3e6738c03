"""Kills the bot again and again while many people write, and says what became of what they wrote.

    python -m bench.crash --inquiries 2000 --kills 50
    python -m bench.crash --inquiries 2000 --kills 50 --webhook
    python -m bench.crash --inquiries 2000 --kills 50 --faults 0.03
    python -m bench.crash --inquiries 200 --kills 5 --limits        # Telegram's published limits, pacing on

The real process over HTTP against the stand-in, with durable commits. Exit code 1 if anything was lost, doubled
without a mark, told twice or out of order, or if one kill brought one chat more than one second copy.
"""

from __future__ import annotations

import asyncio
import socket
import sys
import tempfile
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bot.playground.limits import PublishedLimits
from tests.support.office import House, open_house
from tests.support.storm import Figures, Plan, Storm, add_trouble

SECRET = "crash-test-secret-of-no-worth"  # noqa: S105


def main(
    inquiries: Annotated[int, typer.Option(help="How many people write.")] = 2_000,
    kills: Annotated[int, typer.Option(help="How often the bot is killed.")] = 50,
    at_once: Annotated[int, typer.Option(help="How many people write at the same time.")] = 40,
    life: Annotated[float, typer.Option(help="Longest time between a start and a kill, in seconds.")] = 6.0,
    faults: Annotated[float, typer.Option(help="Share of calls that go wrong, 0 to 1.")] = 0.0,
    limits: Annotated[bool, typer.Option("--limits", help="Enforce Telegram's limits; the bot keeps to them.")] = False,
    webhook: Annotated[bool, typer.Option("--webhook", help="Deliver by webhook instead of polling.")] = False,
    seed: Annotated[int, typer.Option(help="Another one for other moments.")] = 1,
) -> None:
    """Let a storm rage and print its figures."""
    plan = Plan(inquiries, at_once, kills, life, seed=seed, patience_s=60.0 if limits else 15.0)
    begun = monotonic()
    figures, refused = asyncio.run(_rage(plan, faults, limits, webhook))
    _show(figures, refused if limits else None, monotonic() - begun)
    sys.exit(1 if figures.faults or (limits and refused) else 0)


async def _rage(plan: Plan, faults: float, limits: bool, webhook: bool) -> tuple[Figures, int]:
    environment = {"TELEGRAM_PACING": "on" if limits else "off"}
    if webhook:
        port = _free_port()
        environment |= {
            "WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
            "WEBHOOK_SECRET": SECRET,
            "HTTP_PORT": str(port),
        }
    with tempfile.TemporaryDirectory() as folder:
        async with open_house(Path(folder), **environment) as house:
            storm = Storm(house, plan)
            if limits:
                house.playground.api.traffic.limits = PublishedLimits()
            if faults:
                add_trouble(house.playground.faults, faults, plan.seed)
            with Progress(console=Console(stderr=True), transient=True) as progress:
                watching = asyncio.create_task(_watch(storm, house, progress))
                try:
                    figures = await storm.rage()
                    for mark, copies in storm.odd.items():
                        Console(stderr=True).print(mark, *(f"\n  {copy}" for copy in copies))
                    return figures, house.playground.api.traffic.refused
                finally:
                    watching.cancel()


async def _watch(storm: Storm, house: House, progress: Progress) -> None:
    task = progress.add_task("people", total=storm.plan.inquiries)
    while True:
        progress.update(task, completed=storm.done, description=f"{storm.kills} kills, people done")
        await asyncio.sleep(1)


def _show(figures: Figures, refused: int | None, took_s: float) -> None:
    table = Table(box=None, show_header=False, pad_edge=False)
    for name, value in asdict(figures).items():
        must = "must be 0" if name in Figures.MUST_BE_0 else ""
        table.add_row(name.replace("_", " "), f"{value:,}", "at most 1" if name in Figures.AT_MOST_1 else must)
    if refused is not None:
        table.add_row("429 caused by ourselves", f"{refused:,}", "must be 0")
    table.add_row("took", f"{took_s:.0f} s", "")
    Console().print(table)


def _free_port() -> int:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


if __name__ == "__main__":
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(main)
    app()
