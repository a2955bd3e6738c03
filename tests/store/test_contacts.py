from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.model import Address, Draft
from bot.store import contacts, outbox
from bot.store.database import Database
from tests.support.clock import START
from tests.support.keys import KEY

DESK, GROUP, TOPIC = Address("telegram", 2001), Address("telegram", -2002), Address("telegram", -2002, 7)
TOMORROW = START + timedelta(days=1)


async def test_joining_again_takes_the_place_of_the_first(database: Database) -> None:
    async with database.transaction() as tx:
        await contacts.set_joined(tx, START, "wohnen-kontakt", DESK)
        await contacts.set_joined(tx, START, "sprache-kontakt", DESK)
        await contacts.set_joined(tx, TOMORROW, "wohnen-kontakt", TOPIC)

        assert await contacts.load_joined(tx) == {"wohnen-kontakt": TOPIC, "sprache-kontakt": DESK}


async def test_a_group_is_followed_to_its_new_number_topics_included(database: Database) -> None:
    async with database.transaction() as tx:
        await contacts.set_joined(tx, START, "wohnen-kontakt", GROUP)
        await contacts.set_joined(tx, START, "sprache-kontakt", TOPIC)
        await contacts.set_joined(tx, START, "leitung", DESK)
        await contacts.move_chat(tx, GROUP, Address("telegram", -3))

        assert await contacts.load_joined(tx) == {
            "wohnen-kontakt": Address("telegram", -3),
            "sprache-kontakt": Address("telegram", -3, 7),
            "leitung": DESK,
        }


async def test_leaving_a_topic_leaves_only_that_one(database: Database) -> None:
    other = Address("telegram", -2002, 8)
    async with database.transaction() as tx:
        await contacts.set_joined(tx, START, "wohnen-kontakt", TOPIC)
        await contacts.set_joined(tx, START, "sprache-kontakt", other)
        await contacts.leave_topic(tx, TOPIC)

        assert await contacts.load_joined(tx) == {"wohnen-kontakt": GROUP, "sprache-kontakt": other}


@pytest.mark.parametrize("keys", [None, KEY], ids=["open", "encrypted"])
async def test_an_old_number_goes_when_neither_the_rules_nor_anything_sent_there_names_it(
    tmp_path: Path, keys: str | None
) -> None:
    named, written_to, idle, new = (Address("telegram", number) for number in (-11, -12, -13, -20))
    async with (
        await Database.open(f"sqlite:///{tmp_path / 'moved.db'}", keys=keys) as database,
        database.transaction() as tx,
    ):
        for old in (named, written_to, idle):
            await contacts.move_chat(tx, old, new)
        await outbox.add(tx, START, Draft(written_to, text="Karte"))
        await contacts.drop_moved_groups(tx, [named.chat])

        assert set(await contacts.load_moved_groups(tx)) == {named.chat_key, written_to.chat_key}


INVITATIONS = [
    # label, token, opened at, for whom
    ("in time", "good", TOMORROW - timedelta(microseconds=1), "wohnen-kontakt"),
    ("at the end", "good", TOMORROW, None),
    ("made up", "bad", START, None),
]


@pytest.mark.parametrize(("label", "token", "at", "contact"), INVITATIONS, ids=[row[0] for row in INVITATIONS])
async def test_an_invitation_is_for_somebody(
    database: Database, label: str, token: str, at: datetime, contact: str | None
) -> None:
    async with database.transaction() as tx:
        await contacts.add_invitation(tx, START, "wohnen-kontakt", "good", TOMORROW)

        assert await contacts.use_invitation(tx, at, token) == contact


async def test_an_invitation_is_used_up(database: Database) -> None:
    async with database.transaction() as tx:
        await contacts.add_invitation(tx, START, "wohnen-kontakt", "good", TOMORROW)
        await contacts.use_invitation(tx, START, "good")

        assert await contacts.use_invitation(tx, START, "good") is None


async def test_a_new_invitation_ends_the_contacts_earlier_ones_and_no_others(database: Database) -> None:
    async with database.transaction() as tx:
        await contacts.add_invitation(tx, START, "wohnen-kontakt", "first", TOMORROW)
        await contacts.add_invitation(tx, START, "leitung", "other", TOMORROW)
        await contacts.add_invitation(tx, START, "wohnen-kontakt", "second", TOMORROW)

        assert await contacts.use_invitation(tx, START, "first") is None
        assert await contacts.use_invitation(tx, START, "second") == "wohnen-kontakt"
        assert await contacts.use_invitation(tx, START, "other") == "leitung"


async def test_only_a_hash_of_the_token_is_kept(database: Database) -> None:
    async with database.transaction() as tx:
        await contacts.add_invitation(tx, START, "wohnen-kontakt", "secret-token", TOMORROW)
        rows = await tx.all("SELECT * FROM invitations")

    assert not [row for row in rows if "secret-token" in str(tuple(row))]
