"""What time does to a conversation; on the services' stage, where a clock is turned instead of waited for."""

from collections.abc import AsyncIterator

import pytest_asyncio

from bot.services.rules.rulebook import Rulebook
from tests.support.office import RULES
from tests.support.rulebook import all_texts
from tests.support.stage import Someone, Stage, raise_stage


@pytest_asyncio.fixture(loop_scope="session")
async def stage() -> AsyncIterator[Stage]:
    async with raise_stage(Rulebook(RULES, all_texts())) as stage:
        yield stage


def says(person: Someone, text: str) -> bool:
    return any(text in said for said in person.texts)


async def test_a_question_nobody_answers_goes_to_the_general_contact_and_the_person_is_told(stage: Stage) -> None:
    person = await stage.inquirer("Abgelenkt")
    await person.writes("Hallo, ich habe eine Frage.")
    head = stage.contact("leitung")
    await stage.wait(minutes=29)
    assert head.received == []

    await stage.wait(minutes=2)
    card = head.card()
    assert "Thema nicht gewählt, deshalb bei Ihnen" in card.text
    assert "Hallo, ich habe eine Frage." in card.text
    assert "jetzt an Leitung Integration gegeben, weil noch kein Thema gewählt war" in person.last.text
    await head.replies("Worum geht es denn?", to=card)
    assert says(person, "Worum geht es denn?")
    told = len(person.received)
    await stage.wait(hours=48)
    assert len(person.received) == told, "once is enough"


async def test_a_question_answered_in_time_is_not_answered_again_by_the_clock(stage: Stage) -> None:
    person = await stage.inquirer("Rechtzeitig")
    await person.writes("Hallo, ich habe eine Frage.")
    await stage.wait(minutes=20)
    await person.presses("Wohnen")
    await stage.wait(minutes=20)
    assert stage.contact("leitung").received == []
    assert "Ihre Anfrage" in person.last.text


async def test_a_message_nobody_placed_never_goes_to_another_fields_contact(stage: Stage) -> None:
    person = await stage.inquirer("Unentschlossen")
    await person.writes("Ich suche ein Zimmer.")
    await person.writes("Ich suche auch ein Praktikum.")
    assert "Gehört das zu Ihrer Anfrage" in person.last.text
    await stage.wait(minutes=31)
    assert says(stage.contact("arbeit-kontakt"), "Ich suche auch ein Praktikum.")
    assert not says(stage.contact("wohnen-kontakt"), "Ich suche auch ein Praktikum.")


async def test_a_message_whose_writer_never_goes_on_from_the_notice_is_deleted_after_a_day(stage: Stage) -> None:
    person = stage.person("Weggegangen")
    await person.writes("Ich suche ein Zimmer, aber ich überlege es mir noch.")
    await stage.wait(hours=25)
    assert await stage.count("held") == await stage.count("people") == 0
    await person.goes_on()
    assert stage.contact("wohnen-kontakt").received == []
