"""What `weigh` prints: keywords whose weights labelled messages want otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from bot.errors import Fault, RulesError
from bot.routing.decide import Router
from bot.routing.load import load_rules
from bot.routing.reweigh import reweigh
from bot.routing.weights import LEAST_MESSAGES, Fit, Weighed
from bot.services.rules_file import read_rules_file

NOTHING = f"No keyword met in {LEAST_MESSAGES} messages or more wants another weight."
AGAIN = "Try all examples now: python -m bot check"


def weigh(router: Router, rows: Sequence[Mapping[str, Any]], console: Console) -> list[Weighed]:
    """Return the keywords that labelled rows want to weigh otherwise, with a progress bar where somebody watches."""
    fit = Fit(router, rows)
    hidden = not console.is_terminal
    for number in track(range(fit.rounds), "Weighing", console=console, transient=True, disable=hidden):
        fit.climb(number)
    return fit.changes()


def as_lines(changes: Sequence[Weighed]) -> str:
    """Return the changes, a line each, by field and language."""
    lines = [
        f"{one.owner} {one.language}: {one.keyword}  {one.before:g} → {one.after:g}  ({one.messages} messages)"
        for one in sorted(changes, key=lambda one: (one.owner, one.language, one.keyword))
    ]
    return "\n".join(lines or [NOTHING])


def write(path: Path, changes: Sequence[Weighed]) -> str:
    """Change the weights in a rules file, and return what to do next.

    Raises:
        RulesError: the file cannot be read, used or written; it stays as it is.
    """
    text = reweigh(read_rules_file(path), changes)
    load_rules(text, path.name)
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        mend = "Give the right to write there, or weigh a copy: ROUTING_RULES names the file."
        raise RulesError([Fault(str(path), f"cannot be written ({error.strerror or error}).", mend)]) from error
    return f"{path}: {len(changes)} weights changed. {AGAIN}"
