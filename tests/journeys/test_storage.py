"""A full disk and a locked database under the running bot: it says what is wrong, loses nothing and goes on."""

import resource
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from bot.playground.faults import Call, Fault
from tests.support.driver import Driven
from tests.support.office import House, Office, open_house, plain

REPEAT = "(Möglicherweise doppelt)"
FULL = "the disk under the database fails or is full"
LOCKED = "the database is locked by another process"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def own_house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    async with open_house(tmp_path_factory.mktemp("storage")) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def office(own_house: House) -> AsyncIterator[Office]:
    office = Office(own_house)
    office.expected_log = [FULL, LOCKED]
    yield office
    await office.check()


@contextmanager
def full_disk(office: Office) -> Iterator[None]:
    """Let no file of the process grow, and nothing be written behind its first bytes."""
    _, hard = resource.prlimit(office.bot.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(office.bot.pid, resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        resource.prlimit(office.bot.pid, resource.RLIMIT_FSIZE, (hard, hard))


def wish_of(person: Driven) -> str:
    return f"Ich suche ein Zimmer, sagt {person.person.name}."


async def crowd_of(office: Office, name: str) -> list[Driven]:
    return [await office.known(f"{name} {number}") for number in range(4)]


def assert_each_arrived_once(office: Office, people: list[Driven]) -> None:
    cards = [message.text.splitlines()[-1] for message in office.wohnen.unseen(edits=False)]
    assert sorted(cards) == sorted(wish_of(person) for person in people)
    assert not any(REPEAT in message.text for message in office.wohnen.unseen(edits=False))
    for person in people:
        assert sum("ist angekommen" in plain(message) for message in person.received) == 1


async def test_a_full_disk_confirms_nothing_and_when_there_is_room_again_all_is_handled(office: Office) -> None:
    people = await crowd_of(office, "Geduldig")
    begun, pid = len(office.bot.lines), office.bot.pid
    with full_disk(office):
        for person in people:
            person.writes(wish_of(person))
        assert "updates not stored" in await office.bot.logs(FULL, since=begun)
        assert len(office.world.updates.pending()) == len(people)
        assert office.wohnen.unseen(edits=False) == []
    await office.settles()
    assert_each_arrived_once(office, people)
    assert (office.bot.pid, office.bot.is_running) == (pid, True)


async def test_a_disk_that_fills_up_while_messages_go_out_doubles_none_of_them(office: Office) -> None:
    people = await crowd_of(office, "Betroffen")
    begun = len(office.bot.lines)
    with ExitStack() as disk:

        async def fill_up(_: Call) -> None:
            disk.enter_context(full_disk(office))

        office.driver.faults.add(Fault(fill_up, methods={"sendMessage"}, chat_id=office.wohnen.id))
        for person in people:
            person.writes(wish_of(person))
        await office.bot.logs(FULL, since=begun)
    await office.settles()
    assert_each_arrived_once(office, people)


async def test_a_disk_that_is_full_again_and_again_loses_no_confirmed_update(office: Office) -> None:
    people = await crowd_of(office, "Hartnäckig")
    stored, pid = office.bot.count("SELECT count(*) FROM inbox"), office.bot.pid
    for person in people:
        begun = len(office.bot.lines)
        with full_disk(office):
            person.writes(wish_of(person))
            await office.bot.logs(FULL, since=begun, within_s=20.0)
        await office.driver.confirmed()
        # What Telegram was told to forget is in the store.
        stored += 1
        assert office.bot.count("SELECT count(*) FROM inbox") == stored
    await office.settles()
    assert_each_arrived_once(office, people)
    assert (office.bot.pid, office.bot.is_running) == (pid, True)


async def test_a_database_locked_by_another_process_is_waited_for(office: Office, tmp_path: Path) -> None:
    person = await office.known("Wartend")
    begun = len(office.bot.lines)
    with closing(sqlite3.connect(office.bot.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        person.writes(wish_of(person))
        await office.bot.logs(LOCKED, since=begun)
        assert len(office.world.updates.pending()) == 1
    await office.settles()
    assert_each_arrived_once(office, [person])
