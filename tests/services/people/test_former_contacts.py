"""Contacts the rules no longer name: kept for a while, for it may be a slip, then forgotten with all they chose."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.model import DeliveryKind
from bot.services.people.former_contacts import KEEP
from tests.support.rulebook import make_book, write_rules
from tests.support.stage import Someone, Stage, raise_stage

JOINED = {"contacts": {"vertretung": {"name": "Vertretung", "telegram": None}}}
TABLES = ("contact_addresses", "snippets", "digests", "digests_sent", "absences", "unreachable")


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A county with one more contact, who joins by invitation."""
    async with raise_stage(make_book(JOINED, tmp_path)) as raised:
        yield raised


async def settled_in(stage: Stage) -> Someone:
    """Return a contact who joined and has chosen all there is to choose."""
    newcomer = await stage.invited("vertretung", 5001)
    await newcomer.writes("/vorlage Gruß\nBis bald")
    await newcomer.writes("/digest 7:45")
    await newcomer.writes("/abwesend bis 1.6.")
    async with stage.database.transaction() as tx:
        at = stage.clock.now().isoformat()
        await tx.run("INSERT INTO digests_sent (contact, sent_at) VALUES ('vertretung', :at)", at=at)
        await tx.run("INSERT INTO unreachable (contact, since) VALUES ('vertretung', :at)", at=at)
    return newcomer


def menu_of(stage: Stage, chat: int) -> list[str]:
    """Return the names last offered in a chat."""
    menus = [one for one in stage.telegram.carried if one.draft.kind is DeliveryKind.MENU]
    return [name for name, _ in [one for one in menus if one.address.chat == chat][-1].draft.commands]


async def kept(stage: Stage) -> dict[str, int]:
    return {table: await stage.count(f"{table} WHERE contact = 'vertretung'") for table in TABLES}


async def with_rules(stage: Stage, changes: dict[str, Any] | None) -> None:
    write_rules(stage.book.path.parent, changes)
    stage.book.reload()
    await stage.sweeper.plan()
    await stage.wait()


async def test_whoever_the_rules_no_longer_name_is_forgotten_after_a_while(stage: Stage) -> None:
    newcomer = await settled_in(stage)
    assert set((await kept(stage)).values()) == {1}
    assert menu_of(stage, newcomer.address.chat)
    await with_rules(stage, None)

    await stage.wait(seconds=KEEP.total_seconds() - 1)
    assert set((await kept(stage)).values()) == {1}
    await stage.wait(seconds=1)

    assert set((await kept(stage)).values()) == {0}
    assert await stage.count("timers WHERE contact = 'vertretung'") == 0
    assert "contact.forgotten" in await stage.events()
    assert menu_of(stage, newcomer.address.chat) == []


async def test_whoever_is_named_again_in_time_has_everything_as_before(stage: Stage) -> None:
    await settled_in(stage)
    await with_rules(stage, None)
    await stage.wait(days=20)
    await with_rules(stage, JOINED)

    await stage.wait(days=20)

    assert (await kept(stage))["contact_addresses"] == (await kept(stage))["snippets"] == 1
    assert await stage.count("timers WHERE kind = 'forget_contact'") == 0


async def test_nothing_is_forgotten_of_whom_the_rules_name(stage: Stage) -> None:
    await settled_in(stage)
    for _ in range(3):
        await with_rules(stage, JOINED)
        await stage.wait(days=30)

    assert (await kept(stage))["contact_addresses"] == (await kept(stage))["snippets"] == 1
