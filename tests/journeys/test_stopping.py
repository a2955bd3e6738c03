"""Ends and new beginnings: told to end, cut off, started twice; nothing is lost, and what may come twice is marked."""

import asyncio
import json
import os
import signal
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.playground.faults import Call, DroppedConnectionError, Fault
from bot.playground.server import Playground, serving
from tests.support.driver import Driven
from tests.support.notify import Ear
from tests.support.office import RULES, House, Office, open_house, plain
from tests.support.process import STOP_WITHIN_S, BotProcess

CROWD = 8
REPEAT = "(Möglicherweise doppelt)"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def own_house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    async with open_house(tmp_path_factory.mktemp("stopping")) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def office(own_house: House) -> AsyncIterator[Office]:
    if not own_house.bot.is_running:
        await own_house.bot.start()
    office = Office(own_house)
    office.expected_log = ["uncertain"]
    yield office
    if own_house.bot.is_running:
        await office.check()


async def crowd_of(office: Office) -> list[Driven]:
    """Return people who have gone on from the notice, all at the same time."""
    people = [office.person(f"Gast {number}") for number in range(CROWD)]
    for person in people:
        person.writes("/start")
    for person in people:
        await person.presses("Weiter")
    await office.settles()
    return people


def wish_of(person: Driven) -> str:
    return f"Ich suche ein Zimmer, sagt {person.person.name} mit der Nummer {person.id % 10_000}."


async def test_told_to_end_it_ends_in_time_with_exit_code_0(office: Office) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        if not office.bot.is_running:
            await office.bot.start()
        office.bot.tell(number)
        assert await office.bot.ends(STOP_WITHIN_S) == 0
    assert office.bot.lines[-1].endswith("stopped")


async def test_told_to_end_amid_traffic_it_ends_in_time_and_everything_arrives_once_after_the_next_start(
    office: Office,
) -> None:
    people = await crowd_of(office)
    on_its_way, gate = asyncio.Event(), asyncio.Event()

    async def hold(call: Call) -> None:
        on_its_way.set()
        await gate.wait()

    office.driver.faults.add(Fault(hold, methods={"sendMessage"}, chat_id=office.wohnen.id, skip=CROWD // 2))
    for person in people:
        person.writes(wish_of(person))
    async with asyncio.timeout(STOP_WITHIN_S):
        await on_its_way.wait()
    assert await office.bot.stop() == 0
    gate.set()
    await office.bot.start()
    await office.settles()
    assert_all_arrived(office, people)
    marked = [message for message in office.wohnen.unseen(edits=False) if REPEAT in message.text]
    assert len(marked) == 1, "what was on its way, and only that"


@pytest.mark.parametrize("after", [2, 9], ids="cut off after {} sends".format)
async def test_cut_off_amid_traffic_everything_arrives_once_or_is_marked_after_the_next_start(
    office: Office, after: int
) -> None:
    people = await crowd_of(office)
    before = office.bot.count("SELECT count(*) FROM inquiries")
    sent = len(office.driver.calls("sendMessage"))
    for person in people:
        person.writes(wish_of(person))
    await office.driver.called("sendMessage", sent + after)
    await office.bot.kill()
    await office.bot.start()
    await office.settles()
    assert_all_arrived(office, people)
    assert office.bot.count("SELECT count(*) FROM inquiries") == before + CROWD


async def test_what_telegram_tells_a_second_time_is_handled_once(office: Office) -> None:
    """Cut off after an update was stored and answered, but before Telegram was told so."""
    person = await office.known("Zweimal")
    gate = asyncio.Event()

    async def lose(call: Call) -> None:
        await gate.wait()
        raise DroppedConnectionError

    office.driver.faults.add(Fault(lose, methods={"getUpdates"}, times=None))
    person.writes("Ich suche ein Zimmer.")
    await person.sees("ist angekommen")
    await office.wohnen.sees("Ich suche ein Zimmer.")
    await office.house.works_off()
    assert len(office.world.updates.pending()) == 1
    await office.bot.kill()
    office.driver.faults.clear()
    gate.set()
    await office.bot.start()
    await office.stays_silent(person, office.wohnen)


async def test_what_is_written_while_it_is_down_is_handled_when_it_is_back(office: Office) -> None:
    person = await office.known("Nachts")
    assert await office.bot.stop() == 0
    person.writes("Ich suche ein Zimmer.")
    person.writes("Es eilt nicht.")
    await office.bot.start()
    await person.sees("ist angekommen")
    await office.wohnen.sees("Es eilt nicht.")
    await office.stays_silent(office.leitung)


async def test_what_was_agreed_before_holds_after_a_new_start(office: Office) -> None:
    """The notice, the inquiry in hand, the card's buttons and numbers: everything lies in the database."""
    person = await office.known("Beständig")
    card = await office.wohnen.sees(await office.takes_in(person, "Ich suche ein Zimmer."))
    assert await office.bot.stop() == 0
    await office.bot.start()
    await office.wohnen.presses("Übernehmen", on=card)
    await person.sees("kümmert sich")
    office.wohnen.replies(card, "Da bin ich wieder.")
    await person.sees("Da bin ich wieder.")
    person.writes("Schön!")
    await office.wohnen.sees("Schön!")


async def test_a_second_start_on_the_same_database_is_refused(office: Office) -> None:
    ran = await office.bot.command("run")
    assert ran.code == 1
    assert ran.err.splitlines()[-1] == (
        f"{office.bot.database}: another bot process is using this database. "
        "Stop it first, or set DATABASE_URL to another file."
    )
    person = await office.known("Ungestört")
    await office.takes_in(person, "Ich suche ein Zimmer.")


async def test_it_can_be_ended_while_telegram_cannot_be_reached(own_house: House, tmp_path: Path) -> None:
    bot = BotProcess(tmp_path, own_house.playground, RULES, TELEGRAM_API_URL="http://127.0.0.1:9")
    await bot.launch()
    await bot.logs("Telegram cannot be reached")
    assert await bot.stop() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_told_to_end_while_it_still_loads_it_ends_with_exit_code_0(
    house: House, tmp_path: Path, number: signal.Signals
) -> None:
    # A pipe for the rules: reading it waits for somebody who writes.
    os.mkfifo(tmp_path / "rules.yaml")
    bot = BotProcess(tmp_path, house.playground, tmp_path / "rules.yaml")
    await bot.launch()
    with await asyncio.to_thread((tmp_path / "rules.yaml").open, "wb"):
        bot.tell(number)
        assert await bot.ends() == 0
    assert bot.lines == []
    assert not bot.database.exists()


async def test_the_service_manager_is_told_of_start_life_and_end(own_house: House, tmp_path: Path) -> None:
    ear = Ear(str(tmp_path / "notify"))
    playground = Playground()
    async with serving(playground):
        bot = BotProcess(tmp_path, playground, RULES, NOTIFY_SOCKET=str(tmp_path / "notify"), WATCHDOG_USEC="60000000")
        await bot.start()
        assert await bot.stop() == 0, bot.log
    told = ear.heard()
    ear.close()
    assert told == [
        "STATUS=reaching Telegram",
        f"READY=1\nSTATUS=serving @{playground.world.bot.username}",
        "WATCHDOG=1",
        "STOPPING=1\nSTATUS=stopping",
    ]


async def test_an_end_by_a_fault_is_a_line_of_the_log_where_machines_read_it(office: Office) -> None:
    ran = await office.bot.command("run", LOG_FORMAT="json", WEBHOOK_URL="")
    assert ran.code == 1
    [*_, last] = [json.loads(line) for line in ran.err.splitlines()]
    assert last["level"] == "CRITICAL"
    assert "another bot process is using this database" in last["message"]


BAD_STARTS = [
    ("no token", {"TELEGRAM_BOT_TOKEN": ""}, "TELEGRAM_BOT_TOKEN: not set. Take one from @BotFather"),
    ("refused token", {"TELEGRAM_BOT_TOKEN": f"12345:{'A' * 35}"}, "TELEGRAM_BOT_TOKEN: refused by Telegram."),
    ("no rules", {"ROUTING_RULES": "nowhere.yaml"}, "nowhere.yaml: cannot be read (No such file or directory)."),
    ("wrong setting", {"TELEGRAM_PACING": "quick"}, "TELEGRAM_PACING: 'quick': "),
    ("other database", {"DATABASE_URL": "mysql://here"}, "DATABASE_URL: 'mysql://here': must be sqlite:///"),
]


@pytest.mark.parametrize(("label", "environment", "said"), BAD_STARTS, ids=[row[0] for row in BAD_STARTS])
async def test_a_start_that_cannot_succeed_says_why_and_ends_with_1(
    house: House, label: str, environment: dict[str, str], said: str
) -> None:
    ran = await house.bot.command("run", **{"DATABASE_URL": "sqlite:///other.db", "WEBHOOK_URL": ""} | environment)
    assert (ran.code, ran.out) == (1, "")
    assert any(line.startswith(said) for line in ran.err.splitlines()), ran.err
    assert "Traceback" not in ran.err
    assert "A" * 35 not in ran.err


async def test_faulty_rules_refuse_to_start_and_name_all_their_faults(house: House, tmp_path: Path) -> None:
    faulty = (
        RULES.read_text("utf-8").replace("contact: wohnen-kontakt", "contact: nobody").replace("2 working days", "bald")
    )
    (tmp_path / "faulty.yaml").write_text(faulty, "utf-8")
    ran = await house.bot.command(
        "run", ROUTING_RULES=str(tmp_path / "faulty.yaml"), DATABASE_URL=f"sqlite:///{tmp_path / 'other.db'}"
    )
    assert ran.code == 1
    faults = [line for line in ran.err.splitlines() if line.startswith("faulty.yaml:")]
    assert len(faults) == 2, ran.err
    assert not (tmp_path / "other.db").exists()


def assert_all_arrived(office: Office, people: list[Driven]) -> None:
    """Assert that each wish reached the contact, once unmarked at most, and each person got at most one receipt."""
    cards = [message for message in office.wohnen.unseen(edits=False) if "sagt Gast" in message.text]
    unmarked = Counter(message.text.splitlines()[-1] for message in cards if REPEAT not in message.text)
    arrived = {message.text.splitlines()[-1] for message in cards}
    assert arrived == {wish_of(person) for person in people}
    assert set(unmarked.values()) <= {1}, unmarked
    missing = 0
    for person in people:
        receipts = [message for message in person.received if "ist angekommen" in plain(message)]
        assert len(receipts) <= 1
        missing += not receipts
    uncertain = office.bot.count("SELECT count(*) FROM outbox WHERE state = 'uncertain' AND kind = 'text'")
    assert missing <= uncertain, "a receipt may be missing only if its fate is unknown"
    left = office.bot.count("SELECT count(*) FROM outbox WHERE state NOT IN ('sent', 'uncertain')")
    assert left == 0
