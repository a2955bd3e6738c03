"""What `evaluate` prints: the figures, their groupings, the confusions, and each miss with its hits."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

from bot.errors import Fault, FaultsError
from bot.model import RoutingDecision
from bot.routing.decide import Router
from bot.routing.evaluate import Case, Evaluation, Figures, evaluate

MOST_HITS = 8
COLUMNS = tuple(vars(Figures()))


def load_rows(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """Read labelled rows from JSON Lines files.

    Raises:
        FaultsError: a file or a line cannot be read; carries all faults.
    """
    rows, faults = [], []
    for path in paths:
        try:
            lines = path.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            faults.append(Fault(str(path), f"cannot be read ({type(error).__name__}).", "Give a JSON Lines file."))
            continue
        for number, line in enumerate(lines, start=1):
            if line.strip():
                row = _row(line)
                if row is None:
                    mend = 'Write {"id": …, "text": …, "labels": […]}, one a line.'
                    faults.append(Fault(f"{path}:{number}", "is not a labelled row.", mend))
                else:
                    rows.append(row)
    if faults:
        raise FaultsError(faults)
    return rows


def run_evaluation(router: Router, rows: list[dict[str, Any]], by: list[str], console: Console) -> Evaluation:
    """Decide all rows, with a progress bar where somebody watches."""
    progress = track(rows, "Deciding", console=console, transient=True, disable=not console.is_terminal)
    return evaluate(progress, router, by)


def as_json(evaluation: Evaluation) -> str:
    """Return the figures as JSON, for other programs."""
    confusion = [{"label": label, "guess": guess, "count": n} for (label, guess), n in _confusions(evaluation)]
    by = {
        name: {value: figures.as_row() for value, figures in sorted(groups.items())}
        for name, groups in evaluation.by.items()
    }
    counts = {name: share.of for name, share in vars(evaluation.figures).items()}
    figures = evaluation.figures.as_row()
    return json.dumps({"figures": figures, "counts": counts, "by": by, "confusion": confusion}, indent=2)


def show_evaluation(evaluation: Evaluation, console: Console) -> None:
    """Print the figures for people."""
    console.print(_figures("all", {"all": evaluation.figures}))
    for name, groups in evaluation.by.items():
        console.print()
        console.print(_figures(name, dict(sorted(groups.items()))))
    console.print()
    console.print(_confusion(evaluation))


def show_misses(evaluation: Evaluation, console: Console) -> None:
    """Print each row whose best guess was wrong, with what was found in it."""
    for case in evaluation.misses:
        console.print()
        console.print(Text(str(case.row["text"])), soft_wrap=True)
        for line in _miss(case):
            console.print(Text(f"  {line}"), soft_wrap=True)


def _row(line: str) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except json.JSONDecodeError:
        return None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        return None
    labels, fields = row.get("labels"), row.get("all_fields") or []
    return row if labels and _are_texts(labels) and _are_texts(fields) else None


def _are_texts(given: object) -> bool:
    return isinstance(given, list) and all(isinstance(one, str) for one in given)


def _figures(name: str, groups: dict[str, Figures]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(name)
    table.add_column("rows", justify="right")
    for column in COLUMNS:
        table.add_column(column, justify="right")
    for value, figures in groups.items():
        shares = ["–" if share is None else f"{share:.3f}" for share in figures.as_row().values()]
        table.add_row(value, str(figures.accuracy.of), *shares)
    return table


def _confusion(evaluation: Evaluation) -> Table:
    names = sorted({name for pair in evaluation.confusion for name in pair})
    table = Table(box=None, pad_edge=False, header_style="dim", title="label ↓  best guess →", title_justify="left")
    table.add_column("")
    for name in names:
        table.add_column(name, justify="right")
    for label in names:
        counts = [evaluation.confusion[label, guess] for guess in names]
        table.add_row(label, *(str(count) if count else "·" for count in counts))
    return table


def _confusions(evaluation: Evaluation) -> list[tuple[tuple[str, str], int]]:
    return sorted(evaluation.confusion.items())


def _miss(case: Case) -> Iterator[str]:
    decision: RoutingDecision = case.decision
    wanted = " or ".join(case.row["labels"])
    yield f"{case.row.get('id', '?')}: wanted {wanted}, guessed {case.best_guess} ({decision.outcome})"
    for hit in decision.hits[:MOST_HITS]:
        yield f"{hit.field} {hit.score:.0f}: {hit.found} ← {hit.keyword} ({hit.how})"
    if not decision.hits:
        yield "no keyword found"
