"""The main stories with the database encrypted: everything works as without, and the files tell nobody anything."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errors import SendFailure
from bot.model import InquiryState, MessageKind, ReachChanged
from bot.store import given_up
from tests.support.keys import KEY
from tests.support.rulebook import TO_HOUSING, UNCLEAR
from tests.support.sealed import bytes_of
from tests.support.stage import Stage, raise_stage, said

REF = "2026-0001"


@pytest.fixture
async def sealed(tmp_path: Path) -> AsyncIterator[Stage]:
    async with raise_stage(folder=tmp_path, keys=KEY) as stage:
        yield stage


async def test_from_the_first_word_to_the_end_and_nothing_of_it_in_the_files(sealed: Stage, tmp_path: Path) -> None:
    maria = sealed.person("Mariandl")
    await maria.writes(TO_HOUSING)
    await maria.goes_on()
    wohnen = sealed.contact("wohnen-kontakt")
    assert "Mariandl" in wohnen.card(REF).text
    await wohnen.presses("btn-take")
    await wohnen.replies("Kommen Sie am Zwetschgentag vorbei", to=wohnen.card(REF))
    await maria.replies("Das passt wunderbar")
    await maria.sends(MessageKind.PHOTO, "Unser Gästezimmer", reply_to=maria.last)
    await wohnen.replies("// Schlüssel hängt im Schuppen", to=wohnen.card(REF))
    await wohnen.presses("btn-done", wohnen.card(REF))

    assert (await sealed.inquiry()).state is InquiryState.CLOSED
    assert "Das passt wunderbar" in "".join(wohnen.texts)
    stored = bytes_of(tmp_path)
    for word in (
        "Mariandl",
        "Wohnung",
        "Zwetschgentag",
        "wunderbar",
        "Gästezimmer",
        "Schuppen",
    ):
        assert word.encode() not in stored, word
    assert REF.encode() in stored


async def test_a_contact_finds_an_inquiry_by_its_words(sealed: Stage) -> None:
    maria = await sealed.inquirer("Mariandl")
    await maria.writes(TO_HOUSING)
    wohnen = sealed.contact("wohnen-kontakt")

    for word in ("steht", "mariandl", REF):
        await wohnen.writes(f"/suche {word}")
        assert REF in wohnen.last.text, word
    await wohnen.writes("/suche Straßenbahn")
    assert REF not in wohnen.last.text


async def test_a_question_is_answered_and_the_field_corrected(sealed: Stage) -> None:
    maria = await sealed.inquirer()
    await maria.writes(UNCLEAR)
    await maria.presses("Sprache")
    sprache = sealed.contact("sprache-kontakt")
    await sprache.presses("btn-hand")
    await sprache.presses("Wohnen")

    assert UNCLEAR in sealed.contact("wohnen-kontakt").card(REF).text


async def test_a_waiting_message_is_brought_along(sealed: Stage) -> None:
    maria = sealed.person()
    await maria.writes(TO_HOUSING)
    assert await sealed.count("held") == 1

    await maria.goes_on()

    assert TO_HOUSING in sealed.contact("wohnen-kontakt").card(REF).text


async def test_who_deletes_is_forgotten(sealed: Stage) -> None:
    maria = await sealed.inquirer()
    await maria.writes(TO_HOUSING)
    await maria.writes("/loeschen")
    await maria.presses("btn-delete-all")
    await maria.presses("btn-delete-sure")

    assert await sealed.count("people") == 0
    assert await sealed.count("messages") == 0
    assert maria.last.text == said("delete-done-all")


async def test_an_answer_that_was_missed_goes_out_once_its_person_is_back(sealed: Stage) -> None:
    maria, wohnen = await sealed.inquirer(), sealed.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    sealed.telegram.closed[maria.address.chat] = SendFailure.UNREACHABLE
    await wohnen.replies("Gern", to=wohnen.card(REF))
    async with sealed.database.reading() as tx:
        assert (await given_up.count_missed(tx), await given_up.count_undecided(tx)) == (1, 0)

    sealed.telegram.closed.clear()
    await sealed.handle(ReachChanged(maria.address, reachable=True))

    assert maria.last.text.endswith("Gern")
    assert await sealed.parked() == []
