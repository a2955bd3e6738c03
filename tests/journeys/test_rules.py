"""Rules changed while the bot runs: taken over on a signal or a command, and never if they are faulty."""

import re
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.playground.model import Person
from tests.support.driver import Driven
from tests.support.office import CONTACTS, RULES, House, Office, open_house, plain

GOOD = RULES.read_text("utf-8")
WITH_LESSONS = GOOD.replace(
    "{word: Nachhilfe, weight: 3}", "{word: Nachhilfe, weight: 3}, {word: Klavierstunde, weight: 3}"
)
FAULTY = GOOD.replace("contact: wohnen-kontakt", "contact: wohnen-kontkat").replace("2 working days", "bald")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def own_house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    async with open_house(tmp_path_factory.mktemp("rules")) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def office(own_house: House) -> AsyncIterator[Office]:
    """The office; after each story the rules are the journeys' own again."""
    office = Office(own_house)
    yield office
    await reload(office, GOOD)
    await office.check()


async def reload(office: Office, rules: str) -> None:
    """Put other rules in the place of the present ones and send the signal, as an operator would."""
    begun = len(office.bot.lines)
    office.bot.rules.write_text(rules, "utf-8")
    office.bot.tell(signal.SIGHUP)
    await office.bot.logs("rules: ", since=begun)


async def test_good_rules_are_taken_over_on_a_signal(office: Office) -> None:
    person = await office.known("Musikalisch")
    person.writes("Gibt es eine Klavierstunde?")
    await person.presses("Etwas anderes", on=await person.sees("Worum geht es?"))
    await office.leitung.sees("Klavierstunde")
    await reload(office, WITH_LESSONS)
    other = await office.known("Musikalisch")
    await office.takes_in(other, "Gibt es eine Klavierstunde?")
    assert "Erkannt an: „Klavierstunde“" in plain(await office.bildung.sees("Klavierstunde"))
    assert re.search(r"rules: loaded again, version [0-9a-f]{12}", office.bot.log)


async def test_faulty_rules_change_nothing_and_every_fault_is_said(office: Office) -> None:
    office.expected_log = ["rules: faulty, the present ones stay in force"]
    await reload(office, FAULTY)
    told = office.bot.log
    assert re.search(r"routing_rules\.yaml:\d+ fields\.wohnen\.contact: unknown contact 'wohnen-kontkat'\.", told)
    assert re.search(r"routing_rules\.yaml:\d+ fields\.wohnen\.answer_within: .*'bald'", told)
    person = await office.known("Unbeirrt")
    await office.takes_in(person, "Ich suche ein Zimmer.")
    await office.wohnen.sees("Ich suche ein Zimmer.")


async def test_an_administrator_loads_the_rules_by_command(office: Office) -> None:
    office.bot.rules.write_text(WITH_LESSONS, "utf-8")
    office.leitung.writes("/reload")
    assert re.search(r"neu geladen \(Stand [0-9a-f]{12}\)", plain(await office.leitung.sees("neu geladen")))
    person = await office.known("Tonlage")
    await office.takes_in(person, "Gibt es eine Klavierstunde?")
    await office.bildung.sees("Klavierstunde")


async def test_an_administrator_is_told_every_fault(office: Office) -> None:
    office.expected_log = ["faults; the present rules stay in force"]
    office.bot.rules.write_text(FAULTY, "utf-8")
    office.leitung.writes("/reload")
    told = plain(await office.leitung.sees("Die Regeln haben Fehler"))
    assert "unknown contact 'wohnen-kontkat'" in told
    assert "'bald'" in told
    person = await office.known("Weiterhin")
    await office.takes_in(person, "Ich suche ein Zimmer.")
    await office.wohnen.sees("Ich suche ein Zimmer.")


async def test_nobody_else_may_load_the_rules(office: Office) -> None:
    office.bot.rules.write_text(WITH_LESSONS, "utf-8")
    office.wohnen.writes("/reload")
    await office.wohnen.sees("Nur Administratoren")
    person = await office.known("Vorwitzig")
    person.writes("/reload")
    await person.sees("Diesen Befehl kenne ich nicht.")
    person.writes("Gibt es eine Klavierstunde?")
    await person.sees("Worum geht es?")


async def test_who_is_a_contact_no_longer_can_neither_answer_nor_press(office: Office) -> None:
    person = await office.known("Nachgefolgt")
    card = await office.arbeit.sees(await office.takes_in(person, "Ich suche ein Praktikum."))
    await reload(office, moved_to(newly_there(office)))
    office.arbeit.replies(card, "Ich war hier einmal zuständig.")
    await office.arbeit.sees("nicht als Ansprechperson eingetragen")
    before = office.bot.ask("SELECT id, state FROM assignments")
    callback = office.arbeit.forges(card, card.buttons[0][0]["callback_data"])
    await office.settles()
    assert "nicht als Ansprechperson" in (callback.text or "")
    assert office.bot.ask("SELECT id, state FROM assignments") == before
    await office.stays_silent(person)
    await withdraws(person)


async def test_open_inquiries_follow_a_contact_who_moves_and_nothing_more_goes_to_the_old_chat(office: Office) -> None:
    person = await office.known("Fortlaufend")
    await office.arbeit.sees(await office.takes_in(person, "Ich suche ein Praktikum."))
    successor = newly_there(office)
    await reload(office, moved_to(successor))
    card = await successor.sees("Ich suche ein Praktikum.")
    person.writes("Es darf auch kurz sein.")
    await successor.sees("auch kurz")
    await office.stays_silent(office.arbeit)
    successor.replies(card, "Ich übernehme das von meiner Vorgängerin.")
    await person.sees("von meiner Vorgängerin")
    await withdraws(person)


async def withdraws(person: Driven) -> None:
    """End the inquiry, so that nothing moves back with the rules."""
    await person.presses("Zurückziehen")
    await person.sees("ist zurückgezogen")


def newly_there(office: Office) -> Driven:
    return office.driver.drive(office.world.add_person(Person(0, "Nachfolgerin", role="contact", opened=True)))


def moved_to(successor: Driven) -> str:
    return GOOD.replace(str(CONTACTS["arbeit"].id), str(successor.id))


async def test_with_an_empty_privacy_notice_nobody_is_served(office: Office, tmp_path: Path) -> None:
    rules = tmp_path / "routing_rules.yaml"
    rules.write_text(GOOD.replace("officer: datenschutz@musterkreis.example", 'officer: ""'), "utf-8")

    ended = await office.bot.command("run", ROUTING_RULES=str(rules))
    page = await office.bot.command("notice", ROUTING_RULES=str(rules))

    for refused in (ended, page):
        assert (refused.code, refused.out) == (1, "")
        assert re.search(r"routing_rules\.yaml:\d+ privacy\.officer: is empty\. Write how the data prot", refused.err)
        assert "Traceback" not in refused.err


async def test_the_privacy_notice_is_written_as_a_page(office: Office) -> None:
    written = await office.bot.command("notice", "--language", "en")

    assert written.code == 0
    assert written.out.startswith('<!doctype html>\n<html lang="en"')
    assert "datenschutz@musterkreis.example" in written.out
