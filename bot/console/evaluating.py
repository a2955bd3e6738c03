"""What `evaluate` prints: the figures, their groupings, the confusions, and each miss with its hits."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

from bot.errors import Fault, FaultsError
from bot.model import RoutingDecision
from bot.routing.decide import Router
from bot.routing.evaluate import NONE, Case, Evaluation, Figures, evaluate

MOST_HITS = 8
GAP = 2  # between columns
COLUMNS = tuple(vars(Figures()))
# Shown by these where rows have them.
USUAL_GROUPINGS = ("lang", "style")
SHAPE = 'Write {"id": …, "text": …, "labels": […]}, one a line.'
LEGEND = {
    "precision": "of what was routed without asking, how much went to a right field",
    "coverage": "of the messages of a field, how many were routed without asking",
    "reach": "of the messages of a field, how many were routed right, or asked about with a right field to choose from",
    "false": f"of the messages of no field ({NONE}), how many were routed to one; the less the better",
    "accuracy": f"how often the best guess was right, {NONE} being one, too",
    "both": "of the messages of two fields (all_fields), how many had both found",
    "extra": "of the messages of one field routed right, how many went to a second one needlessly; the less the better",
    "audience, direction, place": "how often these were told rightly, where a row has them",
    "danger": "of the messages of danger (urgent), how many were taken for it",
    "alarm": "of all others, how many were taken for danger; the less the better",
    "–": "there was nothing to measure",
}


def load_rows(paths: Iterable[Path], fields: Iterable[str]) -> list[dict[str, Any]]:
    """Read labelled rows from JSON Lines files.

    Args:
        fields: those of the rules. A label that is none of them, nor `none`, would count against what is right.

    Raises:
        FaultsError: a file or a line cannot be used; carries all faults.
    """
    known, rows, faults = [*fields, NONE], [], []
    for path in paths:
        try:
            lines = _lines(path)
        except FaultsError as error:
            faults += error.faults
            continue
        for number, line in lines:
            try:
                rows.append(_row(line, known))
            except ValueError as error:
                faults.append(Fault(f"{path}:{number}", *error.args))
    if faults:
        raise FaultsError(faults)
    if not any(row.get("standalone", True) for row in rows):
        raise FaultsError([Fault("rows", 'are all marked as "standalone": false.', "Give some that stand alone.")])
    return rows


def choose_groupings(rows: Iterable[Mapping[str, Any]], by: str | None) -> list[str]:
    """Return by what figures are shown, from names separated by commas; None for what is usual, where it is there.

    Raises:
        FaultsError: no row has one of the names.
    """
    there = dict.fromkeys(name for row in rows for name in row)
    if by is None:
        return [name for name in USUAL_GROUPINGS if name in there]
    names = [name.strip() for name in by.split(",") if name.strip()]
    known = ", ".join(name for name in there if name not in ("id", "text"))
    faults = [Fault("--by", f"no row has {name!r}.", f"There are: {known}.") for name in names if name not in there]
    if faults:
        raise FaultsError(faults)
    return names


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
    _show(console, _figures("all", {"all": evaluation.figures}, console.width))
    for name, groups in evaluation.by.items():
        console.print()
        _show(console, _figures(name, dict(sorted(groups.items())), console.width))
    console.print()
    for name, meaning in LEGEND.items():
        console.print(Text(f"{name}: {meaning}"), style="dim", soft_wrap=True)
    console.print()
    _show(console, _confusion(evaluation, console.width))


def _show(console: Console, tables: Iterable[Table]) -> None:
    for number, table in enumerate(tables):
        if number:
            console.print()
        console.print(table)


def show_misses(evaluation: Evaluation, console: Console) -> None:
    """Print each row whose best guess was wrong, or that was wrongly taken for danger or not, with what was found."""
    for case in evaluation.misses:
        console.print()
        console.print(Text(str(case.row["text"])), soft_wrap=True)
        for line in _miss(case):
            console.print(Text(f"  {line}"), soft_wrap=True)


def _lines(path: Path) -> list[tuple[int, str]]:
    """Return a file's lines with their numbers, without the empty ones.

    Raises:
        FaultsError: there are none, or it cannot be read.
    """
    try:
        # Editors on Windows begin a file with a mark of its encoding. Lines end at line ends only: JSON may hold other
        # separators, at which `splitlines` splits, too.
        lines = path.read_text("utf-8-sig").split("\n")
    except UnicodeDecodeError:
        raise FaultsError([Fault(str(path), "is not UTF-8 text.", "Save it as UTF-8.")]) from None
    except OSError as error:
        what = f"cannot be read ({error.strerror or type(error).__name__})."
        raise FaultsError([Fault(str(path), what, "Give a JSON Lines file.")]) from error
    filled = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    if not filled:
        raise FaultsError([Fault(str(path), "holds no rows.", SHAPE)])
    return filled


def _row(line: str, known: list[str]) -> dict[str, Any]:
    """Return a labelled row.

    Raises:
        ValueError: it is none; with what is wrong and how to mend it.
    """
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"is not a labelled row: not JSON ({error.msg}).", SHAPE) from None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or "labels" not in row:
        raise ValueError("is not a labelled row.", SHAPE)
    labels, fields = row["labels"], row.get("all_fields") or []
    some = f"Write some of {', '.join(known)}; {NONE} where the message is no field's."
    for name, given in (("labels", labels), ("all_fields", fields)):
        if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
            raise ValueError(f"is not a labelled row: {name} is no list of texts.", some)
    if not labels:
        raise ValueError("is not a labelled row: labels is empty.", some)
    strange = [one for one in [*labels, *fields] if one not in known]
    if strange:
        raise ValueError(f"the label '{strange[0]}' is not known.", f"Write one of {', '.join(known)}.")
    return row


def _figures(name: str, groups: dict[str, Figures], width: int) -> Iterator[Table]:
    rows = []
    for value, figures in groups.items():
        shares = ["–" if share is None else f"{share:.3f}" for share in figures.as_row().values()]
        rows.append([value, str(figures.accuracy.of), *shares])
    return _tables([name, "rows", *COLUMNS], rows, width)


def _confusion(evaluation: Evaluation, width: int) -> Iterator[Table]:
    names = sorted({name for pair in evaluation.confusion for name in pair})
    rows = []
    for label in names:
        counts = [evaluation.confusion[label, guess] for guess in names]
        rows.append([label, *(str(count) if count else "·" for count in counts)])
    return _tables(["", *names], rows, width, title="label ↓  best guess →")


def _tables(heads: list[str], rows: list[list[str]], width: int, title: str | None = None) -> Iterator[Table]:
    """Yield tables side by side or, where that is too wide, below each other, the first column in each: none is cut."""
    widths = [max(map(cell_len, column)) for column in zip(heads, *rows, strict=True)]
    # A long name is folded: it may take half the width, or what is there beside the widest figure.
    named = min(widths[0], max(width // 2, width - GAP - max(widths[1:])))
    start = 1
    while start < len(heads):
        end, taken = start, named
        while end < len(heads) and (end == start or taken + GAP + widths[end] <= width):
            taken += GAP + widths[end]
            end += 1
        table = Table(box=None, pad_edge=False, header_style="dim", title=title, title_justify="left")
        table.add_column(Text(heads[0]), overflow="fold")
        for head in heads[start:end]:
            table.add_column(head, justify="right", no_wrap=True)
        for name, *figures in rows:
            table.add_row(Text(name), *figures[start - 1 : end - 1])
        yield table
        start, title = end, None


def _confusions(evaluation: Evaluation) -> list[tuple[tuple[str, str], int]]:
    return sorted(evaluation.confusion.items())


def _miss(case: Case) -> Iterator[str]:
    decision: RoutingDecision = case.decision
    wanted = " or ".join(case.row["labels"])
    yield f"{case.row.get('id', '?')}: wanted {wanted}, guessed {case.best_guess} ({decision.outcome})"
    if decision.urgent is not case.in_danger:
        yield "danger: not seen" if case.in_danger else "danger: a false alarm"
    for hit in decision.hits[:MOST_HITS]:
        yield f"{hit.field} {hit.score:.0f}: {hit.found} ← {hit.keyword} ({hit.how})"
    if not decision.hits:
        yield "no keyword found"
