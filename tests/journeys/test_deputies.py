"""A contact that cannot be reached must not hold an inquiry: whoever stands in gets it with everything there is."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.support.office import Office, plain, reference_of


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def everybody_is_back(office: Office) -> AsyncIterator[None]:
    office.expected_log = ["parked (unreachable)", "cannot be reached"]
    yield
    for desk in office.desks:
        desk.unblocks()


async def test_the_deputy_gets_the_card_of_a_contact_who_blocked_the_bot(office: Office) -> None:
    office.wohnen.blocks()
    person = await office.known("Vertreten")
    reference = await office.takes_in(person, "Ich suche ein Zimmer.")
    card = await office.gesellschaft.sees(reference)
    assert "In Vertretung für Kontakt Wohnen" in plain(card)
    await office.gesellschaft.presses("Übernehmen", on=card)
    await person.sees("kümmert sich")
    office.gesellschaft.replies(card, "Ich vertrete gerade.")
    await person.sees("Ich vertrete gerade.")
    person.writes("Danke dafür!")
    await office.gesellschaft.sees("Danke dafür!")
    await office.gesellschaft.presses("Erledigt", on=card)
    await person.sees("ist abgeschlossen")


async def test_the_chain_goes_on_where_the_deputy_is_away_too(office: Office) -> None:
    office.wohnen.blocks()
    office.gesellschaft.blocks()
    person = await office.known("Weitergereicht")
    reference = await office.takes_in(person, "Ich suche ein Zimmer.")
    assert "In Vertretung für Kontakt Wohnen" in plain(await office.leitung.sees(reference))


async def test_a_contact_who_leaves_in_the_middle_hands_over_everything_said_so_far(office: Office) -> None:
    person = await office.known("Mittendrin")
    person.writes("Ich suche ein Zimmer.")
    reference = reference_of(await person.sees("ist angekommen"))
    await office.wohnen.sees(reference)
    person.writes("Mit Balkon.")
    await office.wohnen.sees("Mit Balkon.")
    await office.settles()
    office.wohnen.blocks()
    person.writes("Und mit Keller.")
    # All that is open goes to the deputy, what earlier journeys left open too.
    assert "In Vertretung für Kontakt Wohnen" in plain(await office.gesellschaft.sees(reference))
    await office.settles()
    about = [plain(message) for message in office.gesellschaft.received if reference in plain(message)]
    texts = [text.splitlines()[-1] for text in about]
    assert texts == ["Ich suche ein Zimmer.", "Mit Balkon.", "Und mit Keller."]


async def test_where_nobody_can_be_reached_the_inquiry_is_kept_for_the_operator(office: Office) -> None:
    for desk in (office.wohnen, office.gesellschaft, office.leitung):
        desk.blocks()
    person = await office.known("Allein")
    reference = await office.takes_in(person, "Ich suche ein Zimmer.")
    await office.settles()
    await office.bot.logs(f"{reference}: 'wohnen-kontakt' cannot be reached, and nobody stands in")
    ran = await office.bot.command("parked")
    assert ran.out.count("text to contact") >= 1
    assert "Zimmer" not in ran.out
