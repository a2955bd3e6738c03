"""Commands in both languages, for people and for contacts, and the menus that show them."""

import asyncio

import pytest

from tests.support.office import WAIT_S, Office, plain, reference_of

KNOWN = [
    ("start", "de", "/start", "Guten Tag, Kundig! Schreiben Sie mir einfach"),
    ("start", "en", "/start", "Hello Kundig! Just tell me what it is about."),
    ("help", "de", "/hilfe", "Unsere Themen: Wohnen, Sprache, Gesellschaft, Bildung und Arbeit."),
    ("help by its English name", "de", "/help", "Unsere Themen: Wohnen"),
    ("help", "en", "/help", "Our topics: Housing, Language, Society, Education, and Work."),
    ("help by its German name", "en", "/hilfe", "Our topics: Housing"),
    ("privacy", "de", "/datenschutz", "Wer ist verantwortlich?"),
    ("privacy", "en", "/privacy", "Who is responsible?"),
    ("status", "de", "/status", "Sie haben zurzeit keine offene Anfrage."),
    ("status", "en", "/status", "You have no open inquiry at the moment."),
    ("language", "de", "/sprache", "In welcher Sprache soll ich schreiben?"),
    ("language", "en", "/language", "In which language should I write?"),
    ("with the bot's name", "de", "/status@anfragelotse_bot", "keine offene Anfrage"),
    ("with an umlaut", "de", "/löschen", "Was möchten Sie löschen?"),
    ("unknown", "de", "/wetter", "Diesen Befehl kenne ich nicht."),
    ("unknown", "en", "/weather", "I do not know this command."),
]


@pytest.mark.parametrize(("label", "language", "command", "answer"), KNOWN, ids=[f"{r[0]}, {r[1]}" for r in KNOWN])
async def test_a_command_is_answered_in_the_persons_language(
    office: Office, label: str, language: str, command: str, answer: str
) -> None:
    person = await office.known("Kundig", language)
    person.writes(command)
    await person.sees(answer)
    await office.stays_silent(person, *office.desks)


@pytest.mark.parametrize("command", ["/start", "/status"])
async def test_before_the_notice_was_read_the_first_commands_show_it(office: Office, command: str) -> None:
    person = office.person("Neugierig")
    person.writes(command)
    notice = await person.sees("Vorher kurz zum Datenschutz")
    assert "nicht verloren" not in notice.text, "nothing is held"
    await person.presses("Weiter", on=notice)
    await person.sees("Schreiben Sie mir jetzt einfach")
    await office.stays_silent(person)


async def test_the_longer_privacy_text_can_be_read_first_and_gone_on_from(office: Office) -> None:
    person = office.person("Sorgfältig")
    person.writes("Ich suche ein Zimmer.")
    await person.presses("Mehr zum Datenschutz")
    privacy = await person.sees("Datenschutz: was mit Ihren Daten geschieht")
    assert "Wir löschen Ihre Nachricht nach 24 Stunden." in plain(privacy)
    await office.stays_silent(office.wohnen)
    await person.presses("Weiter", on=privacy)
    await person.sees("ist angekommen")
    await office.wohnen.sees("Ich suche ein Zimmer.")


async def test_a_message_before_going_on_again_is_kept_and_brought_along(office: Office) -> None:
    person = office.person("Drängelnd")
    person.writes("Ich suche ein Zimmer.")
    await person.sees("Vorher kurz zum Datenschutz")
    person.writes("Es eilt sehr.")
    await person.presses("Weiter", on=await person.sees("Auch diese Nachricht hebe ich auf"))
    reference = reference_of(await person.sees("ist angekommen"))
    assert reference_of(await office.wohnen.sees("Es eilt sehr.")) == reference


async def test_status_names_every_open_inquiry_with_state_and_date(office: Office) -> None:
    person = await office.known("Überblick")
    first = await office.takes_in(person, "Ich suche ein Zimmer.")
    card = await office.wohnen.sees(first)
    person.writes("/status")
    assert f"• {first} · Wohnen: angekommen (Kontakt Wohnen), Antwort bis " in plain(
        await person.sees("Ihre offenen Anfragen")
    )
    await office.wohnen.presses("Übernehmen", on=card)
    await person.sees("kümmert sich")
    person.writes("/status")
    await person.sees("in Bearbeitung (Kontakt Wohnen), Antwort bis")
    office.wohnen.replies(card, "Ja.")
    await person.sees("Ja.")
    person.writes("/status")
    assert plain(await person.sees("beantwortet")).endswith(f"• {first} · Wohnen: beantwortet (Kontakt Wohnen)")


async def test_the_language_can_be_changed_and_holds(office: Office) -> None:
    person = await office.known("Wechselnd")
    person.writes("/sprache")
    question = await person.sees("In welcher Sprache")
    assert question.labels == ["Deutsch", "English"]
    await person.presses("English", on=question)
    await person.sees("I will write in English from now on.")
    person.writes("Ich suche ein Zimmer.")
    receipt = await person.sees("has arrived")
    assert receipt.labels == ["Different topic", "Withdraw"]
    card = await office.wohnen.sees(reference_of(receipt))
    assert card.labels == ["Übernehmen", "Erledigt", "Weitergeben …", "Mehr …"], "the office's own language"
    office.wohnen.replies(card, "Gern.")
    assert plain(await person.sees("Gern.")).startswith("Answer from Kontakt Wohnen")


async def test_the_menu_shows_commands_in_each_language(office: Office) -> None:
    menus = office.world.settings.commands
    async with asyncio.timeout(WAIT_S):
        while ("all_private_chats", "en") not in menus:  # noqa: ASYNC110
            await asyncio.sleep(0.01)  # offered soon after the start, the English ones last
    german = {entry["command"] for entry in menus["all_private_chats", "de"]}
    english = {entry["command"] for entry in menus["all_private_chats", "en"]}
    others = {entry["command"] for entry in menus["all_private_chats", ""]}
    assert german == {"hilfe", "status", "sprache", "datenschutz", "meinedaten", "aendern", "loeschen"}
    assert english == others == {"help", "status", "language", "privacy", "mydata", "change", "delete"}


async def test_a_contact_is_helped_as_a_contact(office: Office) -> None:
    for command in ("/hilfe", "/help", "/start"):
        office.wohnen.writes(command)
        await office.wohnen.sees("Hier kommen Anfragen als Karten an.")
    await office.stays_silent(office.wohnen)
