"""What happens with every inquiry is found by an index, however many there are.

A whole story is lived through, and SQLite is asked how it would find what each statement looks for.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.store.database import HereTx, Tx
from tests.support.rulebook import TO_HOUSING, TO_WORK_AND_HOUSING
from tests.support.stage import Stage

# One row or more for each inquiry. Others have few: what waits, contacts, absences.
GROWING = {"inquiries", "assignments", "messages", "journal", "inbox", "outbox", "buttons", "people", "timers"}
# Asked by the stage, to follow the states.
THE_STAGES = ("ORDER BY id DESC LIMIT :most", "SELECT id, state FROM assignments ORDER BY id")
# Nearly all of them end in one state, so an index on that finds nothing in particular.
USELESS = ("inquiries_by_state (state=?)",)

Asked = dict[str, dict[str, Any]]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Note every statement, with values it was given."""
    statements: Asked = {}
    for kind in (Tx, HereTx):
        for name in ("all", "insert", "run", "run_many"):
            inner = kind.__dict__[name]

            async def note(tx: Tx, sql: str, *rows: Any, _inner: Any = inner, **values: Any) -> Any:
                given = list(rows[0]) if rows else [values]
                statements.setdefault(sql, given[0] if given else {})
                return await _inner(tx, sql, *([given] if rows else []), **values)

            monkeypatch.setattr(kind, name, note)
    return statements


async def test_nothing_of_a_whole_story_reads_a_growing_table_through(stage: Stage, asked: Asked) -> None:
    maria, wohnen = await stage.inquirer("Maria"), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await wohnen.presses("btn-take")
    await wohnen.replies("Wie viele Zimmer?")
    await maria.writes("Zwei Zimmer")
    await wohnen.presses("btn-done")
    await maria.writes(TO_WORK_AND_HOUSING)
    await maria.writes("/status")
    await wohnen.writes("/offen")
    for number in range(stage.book.rules.limits.rings + 2):  # so many that cards come without a sound
        await (await stage.inquirer(f"Nr. {number}")).writes(TO_HOUSING)
    await stage.wait(hours=30)
    told = dict(asked)
    assert len(told) > 60

    async with stage.database.reading() as tx:
        for sql, values in told.items():
            verb = sql.lstrip().split(maxsplit=1)[0].upper()
            if verb not in ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH") or sql.rstrip().endswith(THE_STAGES):
                continue
            values = {name: values.get(name) for name in re.findall(r":(\w+)", sql)}
            plan = [row["detail"] for row in await tx.all(f"EXPLAIN QUERY PLAN {sql}", **values)]
            read_through = [step for step in plan if re.fullmatch(r"SCAN (\w+)", step) and step.split()[1] in GROWING]
            assert not read_through, f"{read_through}: {' '.join(sql.split())}"
            assert not [step for step in plan if any(index in step for index in USELESS)], " ".join(sql.split())
            # A contact's chat holds a fifth of all there is; what is deleted by a chat is a person's.
            by_chat = [step for step in plan if re.search(r"outbox\w* \(channel=\? AND chat=\?\)$", step)]
            assert not by_chat or verb == "DELETE", f"{by_chat}: {' '.join(sql.split())}"
