"""People's hands on their data in the real process: their files, a correction, and deletion to the last byte."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bot.playground.model import Message, Person
from tests.support.driver import Driven
from tests.support.office import WAIT_S, House, Office, open_house, plain, reference_of

SECRET = "Zwetschgenkuchenrezept"
NAME = "Mariandl-Aurelia"


@pytest_asyncio.fixture(loop_scope="session")
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path, LOG_LEVEL="DEBUG") as opened:
        yield opened


def files_of(office: Office, person: Driven) -> dict[str, bytes]:
    """Return the files the bot has put into a person's chat."""
    found = [one for one in person.received if one.kind == "document"]
    return {str(one.content.file_name): office.world.files[one.content.file_id or ""].data for one in found}


async def test_a_person_gets_everything_as_files(office: Office) -> None:
    person = await office.known(NAME)
    reference = await office.takes_in(person, f"Ich suche ein Zimmer. {SECRET}")
    office.wohnen.replies(await office.wohnen.sees(reference), "Wir melden uns.")
    await person.sees("Wir melden uns.")
    person.writes("/meinedaten")

    assert reference in plain(await person.sees("Das ist über Sie gespeichert:"))
    await person.sees("Ihre Daten, zum Lesen")
    await person.sees("Ihre Daten, für Programme")
    files = files_of(office, person)
    page = next(content.decode() for name, content in files.items() if name.endswith(".html"))
    record = json.loads(next(content for name, content in files.items() if name.endswith(".json")))
    assert SECRET in page
    assert [one["text"] for one in record["inquiries"][0]["messages"]] == [
        f"Ich suche ein Zimmer. {SECRET}",
        "Wir melden uns.",
    ]
    assert record["person"]["first_name"] == NAME


async def test_a_person_corrects_who_they_are(office: Office) -> None:
    person = await office.known("Berichtigt")
    reference = await office.takes_in(person, "Ich suche ein Zimmer.")
    await office.wohnen.sees(reference)
    person.writes("/aendern")
    await person.sees("Das habe ich bei")
    await person.presses("Angabe zu mir ändern")
    await person.presses("Ich schreibe für einen Betrieb")

    await person.sees("Geändert")
    assert reference in plain(await office.wohnen.sees("Wer: Betrieb"))


async def test_an_inquiry_is_marked_and_taken_into_the_file(office: Office) -> None:
    person = await office.known("Aktenkundig")
    reference = await office.takes_in(person, f"Ich suche ein Zimmer. {SECRET}")
    card = await office.wohnen.sees(reference)
    await office.wohnen.presses("Mehr …", on=card)
    await office.wohnen.sees_button("Für die Akte")
    await office.wohnen.presses("Für die Akte", on=card)
    await office.wohnen.sees("Für die Akte vorgemerkt")
    ran = await office.bot.command("export", reference, "--file")

    assert ran.code == 0, ran.err
    made = office.bot.folder / ran.out.split(":")[0]
    assert SECRET in (made / f"{reference}.html").read_text("utf-8")
    await office.wohnen.sees("In die Akte übernommen")
    assert (await office.bot.command("export", reference)).code == 2


# ------------------------------------------------------------ to the last byte


async def busy(office: Office) -> tuple[Driven, list[str]]:
    """Let somebody leave traces wherever the bot leaves any; return them and the references of what they asked."""
    person = office.driver.drive(office.world.add_person(Person(0, NAME, last_name=f"{NAME}-L", username="mariandl_a")))
    held = person.writes(f"Ich suche ein Zimmer. {SECRET} vorher")
    await person.sees("Vorher kurz zum Datenschutz")
    person.edits(held, f"Ich suche ein Zimmer. {SECRET} geändert")
    await person.presses("Weiter")
    first = reference_of(await person.sees("ist angekommen"))
    card = await office.wohnen.sees(first)
    office.wohnen.replies(card, f"// {NAME} kennt {SECRET}")
    await office.wohnen.sees("Notiz zu")
    office.wohnen.replies(card, f"Liebe {NAME}, {SECRET}!")
    await person.sees(f"{SECRET}!")
    person.sends("photo", caption=f"{SECRET} im Bild", reply_to=person.received[-1])
    await office.wohnen.sees("im Bild")
    person.writes("Wir brauchen eine Patenschaft. " + SECRET)
    await person.presses("Neue Anfrage")
    second = reference_of(await person.sees("ist angekommen"))
    for command, answer in (("/status", "offenen Anfragen"), ("/meinedaten", "für Programme"), ("/aendern", "stimmt")):
        person.writes(command)
        await person.sees(answer)
    person.writes(f"Wir suchen auch ein Praktikum, {SECRET}")  # waits for a tap
    await person.sees("Zu welcher Anfrage")
    for desk, command, answer in (
        (office.wohnen, "/offen", NAME),
        (office.leitung, f"/suche {NAME}", NAME),
        (office.leitung, f"/anfrage {first}", first),
        (office.leitung, "/admin", "Offene Anfragen"),
    ):
        desk.writes(command)
        await desk.sees(answer)
    office.wohnen.writes("Wann passt es?")  # no reply: asks which inquiry, with the name on a button
    await office.wohnen.sees("An wen soll ich")
    await office.wohnen.presses("An niemanden")
    return person, [first, second]


def traces(folder: Path, log: str, person: Driven, references: list[str]) -> list[str]:
    """Return what is left of a person, by mark and place; numbers are sought as digits and as SQLite stores them."""
    marks = {mark: mark.encode() for mark in (SECRET, NAME, "mariandl_a", *references, str(person.id))}
    marks["the chat's number"] = person.id.to_bytes(8 if person.id >= 2**47 else 6 if person.id >= 2**31 else 4, "big")
    contents = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    left = [f"{mark} in {name}" for name, content in contents.items() for mark in marks if marks[mark] in content]
    return left + [f"{mark} in the log" for mark in (SECRET, NAME, str(person.id)) if mark in log]


async def scrubbed(office: Office) -> None:
    """Wait until what was deleted is overwritten."""
    await office.settles()
    async with asyncio.timeout(WAIT_S * 2):
        while office.bot.count("SELECT count(*) FROM timers WHERE kind = 'scrub'"):  # noqa: ASYNC110
            await asyncio.sleep(0.2)  # the bot tells nobody, and looks every five seconds
    await office.settles()


async def test_after_deleting_everything_no_byte_of_a_person_is_left(office: Office) -> None:
    iwan = await office.known("Iwan")
    kept = await office.takes_in(iwan, "Ich suche einen Deutschkurs.")
    person, references = await busy(office)
    assert len({trace.split(" in ")[0] for trace in traces(office.bot.folder, "", person, references)}) >= 5
    given = office.bot.count("SELECT max(last) FROM counters")
    person.writes("/loeschen")
    await person.presses("Alles löschen", on=await person.sees("Was möchten Sie löschen?"))
    await person.presses("Ja, alles löschen", on=await person.sees("Wirklich alles löschen"))
    await person.sees("Ich habe alles über Sie gelöscht")
    await office.wohnen.sees(f"{references[0]} wurde von der Person gelöscht")
    await office.gesellschaft.sees(f"{references[1]} wurde von der Person gelöscht")
    await scrubbed(office)

    assert traces(office.bot.folder, office.bot.log, person, references) == []
    assert office.bot.ask("SELECT field, outcome FROM skeletons ORDER BY field") == [
        ("gesellschaft", "deleted"),
        ("wohnen", "deleted"),
    ]
    assert office.bot.count("SELECT max(last) FROM counters") == given
    # Somebody else's stays as it was, and of the bot's messages the last words alone stand in the chat.
    assert office.bot.ask("SELECT reference FROM inquiries") == [(kept,)]
    assert [plain(one).split(":")[0] for one in person.received] == ["Erledigt"]
    assert left_at(office, person, references) == []


def left_at(office: Office, person: Driven, references: list[str]) -> list[Message]:
    """Return the bot's messages on colleagues' desks that still name the person or say what they wrote."""
    return [
        message
        for desk in office.desks
        for message in desk.received
        if SECRET in message.text or NAME in message.text or any(NAME in label for label in message.labels)
    ]


async def test_after_deleting_one_inquiry_no_byte_of_it_is_left_and_the_other_stays(office: Office) -> None:
    person = await office.known("Gerda")
    gone = await office.takes_in(person, f"Ich suche ein Zimmer. {SECRET}")
    person.writes("Ich suche einen Deutschkurs.")
    await person.presses("Neue Anfrage")
    stays = reference_of(await person.sees("ist angekommen"))
    for command, answer in (("/status", gone), ("/meinedaten", "für Programme")):
        person.writes(command)
        await person.sees(answer)
    office.wohnen.writes("/offen")
    await office.wohnen.sees("Gerda")
    person.writes("/loeschen")
    await person.presses(gone, on=await person.sees("Was möchten Sie löschen?"))
    await person.sees("ist gelöscht")
    await scrubbed(office)

    folder = office.bot.folder
    contents = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert [mark for mark in (SECRET, gone) if mark.encode() in contents] == []
    assert office.bot.ask("SELECT reference FROM inquiries") == [(stays,)]
    await office.wohnen.sees("Diese Liste gilt nicht mehr")


async def test_the_oldest_of_eight_inquiries_is_found_corrected_and_deleted(office: Office) -> None:
    person = await office.known("Vielfragerin")
    references = [await office.takes_in(person, "Ich suche ein Zimmer.")]
    while len(references) < 8:
        person.writes("Ich suche einen Deutschkurs." if len(references) % 2 else "Ich suche ein Zimmer.")
        await person.presses("Neue Anfrage")
        references.append(reference_of(await person.sees("ist angekommen")))
    person.writes("/aendern")
    asked = await person.sees("An welcher Anfrage stimmt etwas nicht?")
    await person.presses("Ältere …", on=asked)
    await person.presses(references[0], on=await person.sees_button(references[0]))
    assert references[0] in plain(await person.sees("Das habe ich bei"))
    person.writes(f"/loeschen {references[0]}")
    await person.presses(references[0], on=await person.sees("Was möchten Sie löschen?"))
    await person.sees("ist gelöscht")
    await office.settles()

    assert office.bot.ask("SELECT reference FROM inquiries ORDER BY id") == [(one,) for one in references[1:]]
