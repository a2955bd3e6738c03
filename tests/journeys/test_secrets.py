"""What people write, who they are and where they are reached stays out of the log, whatever path it takes."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.playground.faults import Fault, bad_gateway, blocked, drop, flood
from bot.playground.model import Person
from tests.support.driver import Driven
from tests.support.office import House, Office, leaks, open_house, reference_of

SECRET = "Geheimnisträger-4711"


@pytest_asyncio.fixture(loop_scope="session")
async def house(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path, LOG_FORMAT=request.param) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def office(house: House) -> AsyncIterator[Office]:
    office = Office(house)
    yield office
    await office.settles()
    assert_nothing_leaked(office)
    assert house.bot.is_running


def assert_nothing_leaked(office: Office) -> None:
    log = office.bot.log
    assert leaks(office.playground, log) == []
    assert SECRET not in log
    assert SECRET not in json.loads(f'"{json.dumps(log)[1:-1]}"')
    assert "Traceback" not in log


def keeper(office: Office) -> Driven:
    """Return somebody whose very names are secret."""
    person = Person(0, SECRET, language="de", last_name=SECRET, username=SECRET.replace("-", "_"))
    return office.driver.drive(office.world.add_person(person))


@pytest.mark.parametrize("house", ["text"], indirect=True)
async def test_a_secret_takes_every_path_and_none_leads_into_the_log(office: Office) -> None:
    person = keeper(office)
    message = person.writes(f"Ich suche ein Zimmer. {SECRET} 1")
    await person.sees("Vorher kurz zum Datenschutz")
    person.edits(message, f"Ich suche ein Zimmer. {SECRET} 2")
    person.writes(f"/start {SECRET}")
    person.writes(f"/{SECRET.split('-')[0]} {SECRET}")
    await person.presses("Weiter")
    reference = reference_of(await person.sees("ist angekommen"))
    card = await office.wohnen.sees("Stand: angekommen")
    assert reference_of(card) == reference
    for kind in ("photo", "document", "voice"):
        person.sends(kind, caption=f"{SECRET} {kind}")
    for kind in ("sticker", "location", "contact"):
        person.sends(kind)
    person.sends_album(2, caption=f"{SECRET} Album")
    await office.settles()

    office.wohnen.writes(f"{SECRET} an niemanden")
    office.wohnen.writes(f"/unbekannt {SECRET}")
    answer = office.wohnen.replies(card, f"{SECRET} als Antwort")
    await person.sees("als Antwort")
    office.wohnen.edits(answer, f"{SECRET} anders")
    await person.sees("anders")
    person.forges(person.received[-1], SECRET)
    office.wohnen.forges(card, SECRET)
    await office.wohnen.presses("Weitergeben …", on=card)
    await office.wohnen.presses("Gesellschaft", on=card)
    await person.sees("liegt jetzt bei")
    person.writes(f"Ich suche ein Praktikum. {SECRET} zwei Anfragen")
    await person.presses("Neue Anfrage")
    await person.sees("ist angekommen")
    await person.presses("Zurückziehen")
    await office.settles()

    group = office.driver.group(SECRET, [person])
    person.within(group).writes(f"/start@anfragelotse_bot {SECRET}")
    stranger = await office.known("Fremd")
    stranger.writes(f"{SECRET} ohne Thema")
    await stranger.sees("Worum geht es?")
    await office.settles()
    assert SECRET in "".join(message.text for message in office.wohnen.received), "the secret did arrive"


@pytest.mark.parametrize("house", ["json"], indirect=True)
async def test_nor_does_a_secret_reach_the_log_when_something_fails(office: Office) -> None:
    person = keeper(office)
    person.writes("/start")
    await person.presses("Weiter")
    await person.sees("Schreiben Sie mir jetzt")
    faults = office.driver.faults
    for effect in (flood(1), drop(), blocked()):
        faults.add(Fault(effect, methods={"sendMessage"}, chat_id=office.wohnen.id))
    faults.add(Fault(drop(), methods={"getUpdates"}))
    faults.add(Fault(bad_gateway(), methods={"getUpdates"}))
    faults.add(Fault(bad_gateway(), methods={"copyMessage", "answerCallbackQuery"}, times=2))
    person.writes(f"Ich suche ein Zimmer. {SECRET}")
    reference = reference_of(await person.sees("ist angekommen"))
    person.sends("photo", caption=f"{SECRET} Bild")
    card = await office.gesellschaft.sees(reference, timeout_s=40)
    await office.settles()
    person.blocks()
    office.gesellschaft.replies(card, f"{SECRET} kommt nicht an")
    await office.gesellschaft.sees("✗ Nicht gesendet")
    office.world.updates.put("message", {"message_id": SECRET, "text": SECRET, "chat": {"id": person.id}}, person.id)
    office.world.updates.put("callback_query", {"id": SECRET, "from": {"id": SECRET}, "data": SECRET}, person.id)
    await office.settles()
    listed = await office.bot.command("parked")
    assert SECRET not in listed.out
    assert str(person.id) not in listed.out
    assert any(word in office.bot.log for word in ("parked", "uncertain")), "something did fail"
