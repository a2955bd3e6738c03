"""Looking through all inquiries: in slices, newest first, and no further than needed."""

import pytest

from bot.model import AssignmentState
from bot.store import assignments, desks, inquiries, messages, people
from bot.store.database import Database, Tx
from bot.store.desks import Readable
from bot.store.messages import INQUIRER
from tests.support.builders import MARIA, make_assignment, make_decision, make_message
from tests.support.clock import START

ALL = Readable(names=True, cover=str)
HOUSING, LANGUAGE = "wohnen-kontakt", "sprache-kontakt"


async def some(tx: Tx, count: int, *, of: int = 1, contact: str = HOUSING) -> list[int]:
    """Add inquiries, every `of`th about a garden, each with a share; return their ids, oldest first."""
    person = await people.find_by_address(tx, MARIA) or await people.add(tx, START, MARIA, "Mariandl", "de")
    added = []
    for number in range(count):
        inquiry = await inquiries.add(tx, START, person.id, make_decision("wohnen"))
        await assignments.add(tx, START, make_assignment(inquiry.id, contact=contact))
        for part, text in enumerate(("Guten Tag", "Mit Garten" if number % of == 0 else "Mit Keller")):
            await messages.add(tx, inquiry.id, INQUIRER, make_message(text, message=100 * inquiry.id + part))
        added.append(inquiry.id)
    return added


@pytest.mark.parametrize("size", [1, 2, 3, 7, 500])
async def test_whatever_the_slice_all_is_found_newest_first(
    database: Database, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(desks, "SLICE", size)
    async with database.transaction() as tx:
        added = await some(tx, 13, of=3)
        for gone in (added[4], added[5], added[12]):
            await tx.run("DELETE FROM messages WHERE inquiry_id = :id", id=gone)
            await tx.run("DELETE FROM assignments WHERE inquiry_id = :id", id=gone)
            await tx.run("DELETE FROM inquiries WHERE id = :id", id=gone)

        assert await desks.search(tx, ["garten"], None, 10, ALL) == [added[9], added[6], added[3], added[0]]
        assert await desks.search(tx, ["garten", "2026-0004"], None, 10, ALL) == [added[3]]
        assert await desks.search(tx, ["scheune"], None, 10, ALL) == []


async def test_where_enough_is_found_nothing_more_is_looked_at(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desks, "SLICE", 3)
    async with database.transaction() as tx:
        added = await some(tx, 12)
        looked, look = [], Tx.all

        async def counted(self: Tx, sql: str, **values: object) -> object:
            looked.append(sql)
            return await look(self, sql, **values)

        monkeypatch.setattr(Tx, "all", counted)

        assert await desks.search(tx, ["garten"], None, 2, ALL) == added[:-3:-1]
        assert looked.count(desks._SEARCH) == 1
        assert looked.count(desks._SAID) == 2


async def test_only_what_contacts_have_had_or_have_a_copy_of_is_theirs(database: Database) -> None:
    async with database.transaction() as tx:
        own, others = await some(tx, 2), await some(tx, 2, contact=LANGUAGE)
        seated = await assignments.get(tx, 3)
        await tx.run("UPDATE assignments SET seat = :seat WHERE id = :id", seat=HOUSING, id=seated.id)
        await assignments.set_state(tx, START, 1, AssignmentState.MOVED)

        assert await desks.search(tx, ["garten"], [HOUSING], 10, ALL) == [others[0], own[1]]
        assert await desks.search(tx, ["garten"], None, 10, ALL) == [*others[::-1], own[1]]
        loaded = await desks.load_found(tx, [own[1], own[0], others[1], others[0], 99], [HOUSING])
        assert [(one.share.inquiry_id, one.reference, one.name) for one in loaded] == [
            (own[1], "2026-0002", "Mariandl"),
            (others[0], "2026-0003", "Mariandl"),
        ]


COVERED = [
    ("what everybody reads", "garten", True, True),
    ("a name", "mariandl", True, False),
    ("what is covered", "keller", False, False),
]


@pytest.mark.parametrize(("label", "word", "named", "nameless"), COVERED, ids=[row[0] for row in COVERED])
async def test_no_more_is_found_than_contacts_read(
    database: Database, label: str, word: str, named: bool, nameless: bool
) -> None:
    def cover(text: str) -> str:
        return text.replace("Keller", "▒▒▒")

    async with database.transaction() as tx:
        [inquiry_id, *_] = await some(tx, 1)
        await messages.add(tx, inquiry_id, INQUIRER, make_message("Mit Keller", message=5))
        for names, expected in ((True, named), (False, nameless)):
            found = await desks.search(tx, [word], None, 10, Readable(names, cover))
            assert found == ([inquiry_id] if expected else []), names
