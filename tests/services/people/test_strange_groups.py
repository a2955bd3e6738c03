"""Groups that are no contact's are left, but none an invitation could still be opened in, and none of the office."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.model import AddedToChannel, Address, ReachChanged
from bot.services.people.invitations import add_invitation
from bot.store import erasing, strange_groups
from bot.store.database import Database
from tests.support.keys import KEY
from tests.support.rulebook import LANGUAGE, TO_EDUCATION, TO_LANGUAGE, make_book
from tests.support.stage import Stage, raise_stage, said

GROUP = Address("telegram", -7001)


async def added(stage: Stage, address: Address = GROUP) -> None:
    await stage.handle(ReachChanged(address, True))


async def test_a_group_no_contact_uses_is_left_after_an_hour_with_a_word_why(stage: Stage) -> None:
    await added(stage)
    await stage.wait(minutes=59)
    assert stage.telegram.left == []

    await stage.wait(minutes=1)

    assert stage.telegram.left == [GROUP.chat]
    assert stage.at(GROUP.chat).last.text == said("group-left")
    assert await stage.count("strange_groups") == await stage.count("outbox WHERE chat = -7001") == 0
    await stage.wait(days=2)
    assert stage.telegram.left == [GROUP.chat]


async def test_a_group_the_bot_finds_itself_in_is_left_too(stage: Stage) -> None:
    """It was added while it was away for more than a day, so nobody told it."""
    await stage.at(GROUP.chat, user=5).writes("Hallo Bot")
    await stage.wait(hours=1)

    assert stage.telegram.left == [GROUP.chat]


async def test_a_channel_is_left_at_once_without_a_word_to_its_readers(stage: Stage) -> None:
    await stage.handle(AddedToChannel(Address("telegram", -100900)))

    assert stage.telegram.left == [-100900]
    assert stage.at(-100900).received == []


async def test_a_contacts_group_is_not_left(stage: Stage) -> None:
    await added(stage, Address("telegram", LANGUAGE))
    await stage.at(LANGUAGE, user=5).writes("Hallo")
    await stage.wait(hours=2)

    assert stage.telegram.left == []


async def test_a_group_that_joins_within_the_hour_is_not_left() -> None:
    async with raise_stage(make_book({"contacts": {"wohnen-kontakt": {"telegram": None}}})) as stage:
        await added(stage)
        await stage.invited("wohnen-kontakt", GROUP.chat)
        await stage.wait(hours=2)

        assert stage.telegram.left == []


async def test_while_an_invitation_may_be_opened_no_group_is_left(stage: Stage) -> None:
    await added(stage)
    async with stage.database.transaction() as tx:
        await add_invitation(tx, stage.clock.now(), "bildung-kontakt")
    await stage.wait(hours=23)
    assert stage.telegram.left == []

    await stage.wait(hours=2)

    assert stage.telegram.left == [GROUP.chat]


async def test_invitations_made_day_after_day_keep_no_group_for_ever(stage: Stage) -> None:
    await added(stage)
    for _ in range(3):
        async with stage.database.transaction() as tx:
            await add_invitation(tx, stage.clock.now(), "bildung-kontakt")
        await stage.wait(hours=12)

    assert stage.telegram.left == [GROUP.chat]


@pytest.mark.parametrize("days", [1, 100], ids=["at once", "after its cards were deleted"])
@pytest.mark.parametrize("way", ["joined", "rules"])
async def test_a_group_that_was_a_contacts_once_is_never_left(way: str, days: int) -> None:
    """A slip in the rules must not cost the office its group."""
    book = make_book({"contacts": {"bildung-kontakt": {"telegram": GROUP.chat if way == "rules" else None}}})
    async with raise_stage(book) as stage:
        if way == "joined":
            await stage.invited("bildung-kontakt", GROUP.chat)
        await stage.sweeper.plan()
        await (await stage.inquirer()).writes(TO_EDUCATION)
        if way == "rules":
            book.rules = make_book({"contacts": {"bildung-kontakt": {"telegram": None}}}).rules
        await stage.invited("bildung-kontakt", 5001)  # moved to a chat of its own
        await stage.wait(days=days)
        async with stage.database.transaction() as tx:
            for inquiry in await stage.inquiries():
                await erasing.erase_inquiry(tx, inquiry.id)
        await stage.at(GROUP.chat, user=5).writes("Hallo?")
        await stage.wait(hours=30)

        assert stage.telegram.left == []


async def test_a_group_that_removed_the_bot_is_forgotten(stage: Stage) -> None:
    await added(stage)
    await stage.handle(ReachChanged(GROUP, False))
    await stage.wait(hours=2)

    assert stage.telegram.left == []
    assert await stage.count("strange_groups") == 0


async def test_what_is_said_in_an_unknown_group_is_nobodys_business(stage: Stage) -> None:
    group = stage.at(GROUP.chat, user=5)
    for text in ("/admin", "/offen", "/start", "Unsere Wohnung steht leer", "/sperren"):
        await group.writes(text)

    assert group.received == []
    assert await stage.count("people") == await stage.count("inquiries") == 0


@pytest.mark.parametrize("keys", [None, KEY], ids=["open", "encrypted"])
async def test_groups_that_had_cards_before_this_was_remembered_are_known(tmp_path: Path, keys: str | None) -> None:
    async with raise_stage(folder=tmp_path, keys=keys) as stage:
        await (await stage.inquirer()).writes(TO_LANGUAGE)
        async with stage.database.transaction() as tx:
            await tx.run("DELETE FROM office_groups")
            await tx.run("DELETE FROM _yoyo_migration WHERE migration_id = '0016.office_groups'")

    url = f"sqlite:///{tmp_path / 'stage.db'}"
    async with await Database.open(url, keys=keys) as database, database.reading() as tx:
        assert await strange_groups.is_office_group(tx, Address("telegram", LANGUAGE))
        assert not await strange_groups.is_office_group(tx, GROUP)
