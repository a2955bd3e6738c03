import sqlite3

import pytest

from bot.store import inquiries, journal, people
from bot.store.database import Database
from tests.support.builders import MARIA, make_decision
from tests.support.clock import START


async def test_what_happened_is_kept_in_its_order(database: Database) -> None:
    async with database.transaction() as tx:
        maria = await people.add(tx, START, MARIA, "Maria", "de")
        inquiry = await inquiries.add(tx, START, maria.id, make_decision())
        await journal.record(tx, START, "inquiry.opened", inquiry_id=inquiry.id, fields=["wohnen"], margin=17)
        await journal.record(tx, START, "contact.joined", contact="wohnen-kontakt")
        await journal.record(tx, START, "inquiry.closed", inquiry_id=inquiry.id)

        entries = await journal.list_of(tx, inquiry.id)
        assert [(entry.event, entry.at, entry.data) for entry in entries] == [
            ("inquiry.opened", START, {"fields": ["wohnen"], "margin": 17}),
            ("inquiry.closed", START, {}),
        ]
        _, joined, _ = await journal.list_after(tx, 0, 10)
        assert (joined.inquiry_id, joined.data) == (None, {"contact": "wohnen-kontakt"})


async def test_nothing_in_it_can_be_changed(database: Database) -> None:
    async with database.transaction() as tx:
        await journal.record(tx, START, "contact.joined")

    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        async with database.transaction() as tx:
            await tx.run("UPDATE journal SET event = 'nothing.happened'")

    async with database.reading() as tx:
        assert [entry.event for entry in await journal.list_after(tx, 0, 10)] == ["contact.joined"]
