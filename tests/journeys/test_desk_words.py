"""Contacts' notes, loose messages, lists and snippets, through the real process."""

from bot.playground.methods.account import commands_for
from bot.playground.model import Chat
from tests.support.office import Office, plain, reference_of

WHICH = "An wen soll ich"


async def test_what_a_contact_writes_loosely_goes_where_they_say(office: Office) -> None:
    one, other = await office.known("Anne"), await office.known("Berta")
    reference = await office.takes_in(one, "Ich suche ein Zimmer.")
    await office.takes_in(other, "Ich suche eine Wohnung.")
    office.wohnen.has_seen_all()

    office.wohnen.writes("Morgen um zehn?")
    photo = office.wohnen.sends("photo", caption="So sieht es aus")
    await office.settles()
    question = [message for message in office.wohnen.received if WHICH in message.text][-1]
    assert question.placing.reply_to == photo.id
    await office.wohnen.presses(next(label for label in question.labels if reference in label), question)

    await one.sees("Morgen um zehn?")
    await one.sees("So sieht es aus")
    await office.wohnen.sees("Gesendet an")
    await office.stays_silent(other)


async def test_a_note_stays_in_the_house(office: Office) -> None:
    person = await office.known("Christa")
    card = await office.wohnen.sees(await office.takes_in(person, "Ich suche ein Zimmer."))
    office.wohnen.has_seen_all()

    office.wohnen.replies(card, "// Ist schon bekannt")
    await office.wohnen.sees("Notiz zu")
    await office.wohnen.presses("Mehr", on=card)
    await office.settles()
    await office.wohnen.presses("Notiz", on=card)
    asked = await office.wohnen.sees("Was möchten Sie notieren?")
    assert asked.placing.asks == "all", "the app opens the reply"
    office.wohnen.replies(asked, "Und noch eine")
    await office.wohnen.sees("Notiz zu")

    await office.stays_silent(person)


async def test_a_snippet_is_kept_found_under_the_card_and_sent(office: Office) -> None:
    person = await office.known("Dora", language="en")
    person.writes("Ich suche ein Zimmer.")
    reference = reference_of(await person.sees("has arrived"))
    office.wohnen.writes("/vorlage Termin\nGuten Tag {name}, wir rufen an.")
    await office.wohnen.sees("gespeichert")
    office.wohnen.writes("/vorlage en Termin\nHello {name}, we will call about {reference}.")
    await office.settles()
    card = next(message for message in office.wohnen.received if message.text.startswith(f"\u2068{reference}\u2069 ·"))

    await office.wohnen.presses("Vorlagen", on=card)
    await office.settles()
    await office.wohnen.presses("Termin", on=card)

    assert plain(await person.sees("we will call")).endswith(f"Hello Dora, we will call about {reference}.")
    office.wohnen.writes("/vorlage löschen Termin")
    await office.wohnen.sees("gelöscht")


async def test_a_list_leads_to_the_cards(office: Office) -> None:
    person = await office.known("Emil")
    reference = await office.takes_in(person, "Ich suche ein ganz besonderes Zimmer.")
    card = await office.wohnen.sees(reference)

    office.wohnen.writes("/suche besonderes")
    found = await office.wohnen.sees("Eine Anfrage gefunden")
    await office.wohnen.presses(reference, found)
    here = await office.wohnen.sees("ist diese Karte")
    assert here.placing.reply_to == card.id
    office.wohnen.writes("/offen")
    await office.wohnen.sees("offene Anfrage")
    office.wohnen.writes("/statistik")
    await office.wohnen.sees("Die letzten 30 Tage")


async def test_contacts_find_their_commands_and_people_do_not(office: Office) -> None:
    person = await office.known("Frida")

    def offered(chat: Chat) -> set[str]:
        return {entry["command"] for entry in commands_for(office.world, chat, "de")}

    assert {"offen", "suche", "vorlage", "statistik", "abwesend"} <= offered(office.wohnen.chat)
    assert "admin" not in offered(office.wohnen.chat)
    assert "offen" not in offered(person.chat)
