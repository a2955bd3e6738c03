"""The small tables read once a transaction: whatever writes to one of them is seen in the same transaction."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.model import Address
from bot.store import absences, contacts, erasing, inquiries, messages, people, unreachable
from bot.store.absences import Absence
from bot.store.database import Database, Tx
from bot.store.messages import INQUIRER
from tests.support.builders import MARIA, make_decision, make_message
from tests.support.clock import START

STORE = Path(contacts.__file__).parent
GROUP, TOPIC, NEW = Address("telegram", -1), Address("telegram", -1, 7), Address("telegram", -2)
AWAY = Absence("wohnen-kontakt", START, START + timedelta(days=1), "wohnen-kontakt")

Step = Callable[[Tx], Awaitable[Any]]
WRITERS: list[tuple[str, list[Step], Step, Step]] = [
    # label, what was before, what is written, what is read before and after
    ("joining", [], lambda tx: contacts.set_joined(tx, START, "a", GROUP), contacts.load_joined),
    ("a moved group", [], lambda tx: contacts.move_chat(tx, GROUP, NEW), contacts.load_moved_groups),
    (
        "whoever was in a moved group",
        [lambda tx: contacts.set_joined(tx, START, "a", GROUP)],
        lambda tx: contacts.move_chat(tx, GROUP, NEW),
        contacts.load_joined,
    ),
    (
        "a deleted topic",
        [lambda tx: contacts.set_joined(tx, START, "a", TOPIC)],
        lambda tx: contacts.leave_topic(tx, TOPIC),
        contacts.load_joined,
    ),
    ("an absence", [], lambda tx: absences.put(tx, START, AWAY), lambda tx: absences.list_present(tx, START)),
    (
        "an absence's end",
        [lambda tx: absences.put(tx, START, AWAY)],
        lambda tx: absences.end(tx, AWAY.contact),
        lambda tx: absences.list_present(tx, START),
    ),
    ("a contact lost", [], lambda tx: unreachable.mark(tx, START, "a"), unreachable.load),
    (
        "a contact found again",
        [lambda tx: unreachable.mark(tx, START, "a")],
        lambda tx: unreachable.clear(tx, "a"),
        unreachable.load,
    ),
]


async def ask(tx: Tx) -> None:
    person = await people.add(tx, START, MARIA, "Maria", "de")
    await inquiries.add(tx, START, person.id, make_decision())
    await messages.add(tx, 1, INQUIRER, make_message("Guten Tag"))


WRITERS += [
    (
        "a further message",
        [ask],
        lambda tx: messages.add(tx, 1, INQUIRER, make_message("Noch etwas", message=8)),
        lambda tx: messages.list_of(tx, 1),
    ),
    (
        "an edited message",
        [ask],
        lambda tx: messages.set_text(tx, START, 1, "Guten Abend"),
        lambda tx: messages.list_of(tx, 1),
    ),
    ("an erased inquiry", [ask], lambda tx: erasing.erase_inquiry(tx, 1), lambda tx: messages.list_of(tx, 1)),
]


@pytest.mark.parametrize(("label", "before", "write", "read"), WRITERS, ids=[row[0] for row in WRITERS])
async def test_what_is_written_is_seen_at_once(
    database: Database, label: str, before: list[Step], write: Step, read: Step
) -> None:
    async with database.transaction() as tx:
        for step in before:
            await step(tx)
        seen = await read(tx)
        await write(tx)
        assert await read(tx) != seen


def writes(code: str) -> set[str]:
    return set(re.findall(r"(?:INTO|UPDATE|DELETE FROM) (\w+)", code))


def test_whoever_writes_to_a_kept_table_says_so() -> None:
    """A guard for writers to come: the table above knows only those there are."""
    kept = set(re.findall(r'\.kept\(\s*"(\w+)"', "".join(path.read_text() for path in STORE.glob("*.py"))))
    assert len(kept) == 5
    for path in STORE.glob("*.py"):
        constants, *functions = re.split(r"\n(?=async def |def |class )", path.read_text())
        for function in [path.read_text() if writes(constants) else "", *functions]:
            forgotten = set(re.findall(r'\.forget\("(\w+)"\)', function))
            assert writes(function) & kept <= forgotten, f"{path.name}: {function.splitlines()[0]}"
