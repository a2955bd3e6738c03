"""How contacts join: by a link that holds once and for a day, in their own chat, in a group, in a group's topic."""

import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing

import pytest
import pytest_asyncio

from bot.clock import SystemClock
from bot.playground.model import Person
from bot.services.people.invitations import add_invitation
from bot.store.database import Database
from tests.support.driver import Driven
from tests.support.office import RULES, House, Office, open_house, plain

NOBODY = re.compile(r"telegram: \d+")
LINK = re.compile(r"https://t\.me/anfragelotse_bot\?start=(\S+)")
GROUP_LINK = re.compile(r"https://t\.me/anfragelotse_bot\?startgroup=(\S+)")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def empty_house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """An office that has not named anybody's chat."""
    rules = NOBODY.sub("telegram: null", RULES.read_text("utf-8"))
    async with open_house(tmp_path_factory.mktemp("empty"), rules) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def office(empty_house: House) -> AsyncIterator[Office]:
    office = Office(empty_house)
    yield office
    await office.check()


async def invited(office: Office, contact: str) -> str:
    """Make an invitation as the command does, and return its token."""
    async with await Database.open(f"sqlite:///{office.bot.database}") as database, database.transaction() as tx:
        return await add_invitation(tx, SystemClock().now(), contact)


def employee(office: Office, name: str) -> Driven:
    return office.driver.drive(office.world.add_person(Person(0, name)))


async def test_nobody_there_yet_the_inquiry_waits_and_arrives_with_the_first_who_joins(office: Office) -> None:
    office.expected_log = [
        "nobody can be reached for 'wohnen-kontakt'. Invite them: python -m bot invite wohnen-kontakt"
    ]
    person = await office.known("Frühe")
    await office.takes_in(person, "Ich suche ein Zimmer.")
    person.writes("Am liebsten sofort.")
    await office.settles()
    ran = await office.bot.command("invite", "wohnen-kontakt")
    assert ran.code == 0, ran.err
    found = LINK.search(ran.out)
    assert found is not None, ran.out
    desk = employee(office, "Kollegin eins")
    desk.writes(f"/start {found[1]}")
    joined = await desk.sees("Willkommen! Hier kommen ab jetzt die Anfragen für Kontakt Wohnen an.")
    assert "/hilfe" in joined.text
    card = await desk.sees("Ich suche ein Zimmer.")
    assert "In Vertretung" not in card.text
    await desk.sees("Am liebsten sofort.")
    desk.replies(card, "Guten Morgen!")
    await person.sees("Guten Morgen!")


async def test_a_link_holds_once(office: Office) -> None:
    token = await invited(office, "sprache-kontakt")
    first, second = employee(office, "Kollege zwei"), employee(office, "Neugierige")
    first.writes(f"/start {token}")
    await first.sees("Willkommen!")
    second.writes(f"/start {token}")
    await second.sees("Diese Einladung gilt nicht (mehr).")
    person = await office.known("Lernende")
    await office.takes_in(person, "Ich suche einen Deutschkurs.")
    await first.sees("Ich suche einen Deutschkurs.")
    await office.settles()
    assert not any("Deutschkurs" in message.text for message in second.received)


async def test_whoever_opens_a_link_twice_is_helped_as_the_contact_they_are(office: Office) -> None:
    token = await invited(office, "sprache-kontakt")
    desk = employee(office, "Doppelt getippt")
    desk.writes(f"/start {token}")
    await desk.sees("Willkommen!")
    desk.writes(f"/start {token}")
    await desk.sees("Hier kommen Anfragen als Karten an.")


async def test_whoever_opens_a_made_up_link_is_told_that_it_does_not_hold(office: Office) -> None:
    stranger = employee(office, "Rateversuch")
    stranger.writes(f"/start {'A' * 32}")
    await stranger.sees("Diese Einladung gilt nicht (mehr).")
    stranger.writes("Ich suche ein Zimmer.")
    await stranger.sees("Vorher kurz zum Datenschutz")


async def test_a_link_from_a_poster_is_no_invitation(office: Office) -> None:
    person = employee(office, "Aushang")
    person.writes("/start aushang")
    await person.sees("Vorher kurz zum Datenschutz")


async def test_a_new_link_ends_the_one_before(office: Office) -> None:
    old, new = await invited(office, "arbeit-kontakt"), await invited(office, "arbeit-kontakt")
    desk = employee(office, "Kollegin drei")
    desk.writes(f"/start {old}")
    await desk.sees("Diese Einladung gilt nicht (mehr).")
    desk.writes(f"/start {new}")
    await desk.sees("Willkommen!")


async def test_a_link_holds_for_a_day(office: Office) -> None:
    token = await invited(office, "arbeit-kontakt")
    with closing(sqlite3.connect(office.bot.database)) as connection, connection:
        connection.execute(
            "UPDATE invitations SET expires_at = '2000-01-01T00:00:00.000000+00:00' WHERE used_at IS NULL"
        )
    desk = employee(office, "Zu spät")
    desk.writes(f"/start {token}")
    await desk.sees("Diese Einladung gilt nicht (mehr).")


async def test_only_a_hash_of_the_link_is_kept(office: Office) -> None:
    token = await invited(office, "bildung-kontakt")
    kept = b"".join(path.read_bytes() for path in office.bot.folder.glob("inquiries.db*"))
    assert token.encode() not in kept


async def test_a_team_joins_with_its_group_and_whoever_replies_there_answers(office: Office) -> None:
    one, other = employee(office, "Teammitglied"), employee(office, "Teamkollege")
    group = office.driver.group("Team Gesellschaft", [one, other])
    ran = await office.bot.command("invite", "gesellschaft-kontakt")
    found = GROUP_LINK.search(ran.out)
    assert found is not None
    one.within(group).writes(f"/start@anfragelotse_bot {found[1]}")
    team, mate = one.within(group), other.within(group)
    await team.sees("Willkommen!")

    person = await office.known("Vereinsfrau")
    await office.takes_in(person, "Unser Verein sucht Leute.")
    card = await mate.sees("Unser Verein sucht Leute.")
    mate.writes("Wer nimmt das?")
    await office.stays_silent(person)
    await mate.presses("Übernehmen", on=card)
    assert "Kontakt Gesellschaft kümmert sich" in plain(await person.sees("kümmert sich"))
    mate.replies(card, "Wir kommen vorbei.")
    assert plain(await person.sees("Wir kommen vorbei.")).startswith("Antwort von Kontakt Gesellschaft")
    person.writes("Wunderbar!")
    relayed = await team.sees("Wunderbar!")
    team.replies(relayed, "Bis dann.")
    await person.sees("Bis dann.")
    await office.settles()
    assert not any("ging an niemanden" in message.text for message in team.received), "colleagues may talk"
    await office.stays_silent(one, other)


async def test_a_contact_joins_in_a_groups_topic_and_everything_stays_in_it(office: Office) -> None:
    member = employee(office, "Themenfrau")
    group = office.driver.group("Amt", [member], is_forum=True)
    topic = office.world.open_topic(group, "Bildung", member.id)
    elsewhere = office.world.open_topic(group, "Kaffee", member.id)
    token = await invited(office, "bildung-kontakt")
    desk = member.within(group, topic.id)
    desk.writes(f"/start@anfragelotse_bot {token}")
    await desk.sees("Willkommen!")

    person = await office.known("Schülerin")
    await office.takes_in(person, "Ich suche Nachhilfe.")
    card = await desk.sees("Ich suche Nachhilfe.")
    desk.writes("Wer kennt sich aus?")
    desk.replies(card, "In welchem Fach?")
    await person.sees("In welchem Fach?")
    await desk.sees("✓ Gesendet")
    person.writes("In Mathematik.")
    relayed = await desk.sees("In Mathematik.")
    assert relayed.placing.topic == topic.id
    desk.writes("/offen")
    listed = await desk.sees("Eine offene Anfrage")
    links = [entity["url"] for entity in listed.content.entities if entity["type"] == "text_link"]
    assert links == [f"https://t.me/c/{-group.id - 10**12}/{card.id}"]
    await desk.presses("Erledigt", on=card)
    await person.sees("ist abgeschlossen")
    await office.settles()
    assert member.within(group, elsewhere.id).received == []


async def test_who_joins_again_elsewhere_moves_and_the_old_chat_gets_nothing_more(office: Office) -> None:
    before, after = employee(office, "Altes Telefon"), employee(office, "Neues Telefon")
    for desk in (before, after):
        desk.writes(f"/start {await invited(office, 'arbeit-kontakt')}")
        await desk.sees("Willkommen!")
    await before.sees("ist jetzt in einem anderen Chat")
    person = await office.known("Betrieb")
    await office.takes_in(person, "Wir suchen jemanden für eine Stelle.")
    await after.sees("Wir suchen jemanden")
    await office.stays_silent(before)


async def test_only_known_contacts_can_be_invited(office: Office) -> None:
    ran = await office.bot.command("invite", "wohnung-kontakt")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("contact: unknown contact 'wohnung-kontakt'. Known: wohnen-kontakt, sprache-kontakt")
