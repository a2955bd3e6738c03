"""What `route --jsonl` writes: a decision for each row it reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from bot.errors import Fault, FaultsError
from bot.routing.decide import Router
from bot.routing.explain import decision_row


def decide_rows(router: Router, lines: Iterable[bytes]) -> Iterator[str]:
    """Yield the decision on each row, as soon as it is read; empty lines are passed over.

    Raises:
        FaultsError: a line is no row.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            row = _row_of(line, number)
            yield json.dumps(decision_row(row["id"], router.decide(row["text"])), ensure_ascii=False)


def _row_of(line: bytes, number: int) -> dict[str, Any]:
    """Return a line of standard input as a row with id and text; `number` counts from 1.

    Raises:
        FaultsError: it is none.
    """
    try:
        row = json.loads(line)
        if isinstance(row, dict) and isinstance(row.get("text"), str) and "id" in row:
            return row
        what = "is not an object with id and text."
    except json.JSONDecodeError as error:
        what = f"is not JSON ({error.msg})."
    except UnicodeDecodeError:
        what = "is not UTF-8 text."
    raise FaultsError([Fault(f"stdin:{number}", what, 'Write one {"id": …, "text": …} a line.')])
