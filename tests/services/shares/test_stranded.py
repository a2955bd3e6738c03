"""What nobody has: it waits with all that was written, and comes once to whoever can be reached."""

from pathlib import Path

import pytest

from bot.errors import SendFailure
from bot.services.shares import stranded
from tests.support.rulebook import COUNTY, HEAD, HOUSING, TO_HOUSING, make_book, take_out, write_rules
from tests.support.stage import raise_stage, said

REF = "2026-0001"
NOBODY = {"contacts": {key: {"telegram": None} for key in COUNTY["contacts"]}}


async def test_what_nobody_can_be_told_waits_with_all_that_was_written_until_somebody_joins() -> None:
    async with raise_stage(make_book(NOBODY)) as stage:
        maria = await stage.inquirer("Maria")
        await maria.writes(TO_HOUSING)
        await maria.writes("Sie hat einen Balkon")
        assert "contact.unreachable" in await stage.events()

        wohnen = await stage.invited("wohnen-kontakt", 5001)

        assert TO_HOUSING in wohnen.card(REF).text
        assert wohnen.last.text == said("relayed", reference=REF, name="Maria") + "\n\nSie hat einen Balkon"
        assert wohnen.texts[0] == said("joined", contact="Kontakt Wohnen")


async def test_what_was_withdrawn_meanwhile_does_not_come_but_comes_when_that_is_undone() -> None:
    async with raise_stage(make_book(NOBODY)) as stage:
        maria = await stage.inquirer("Maria")
        await maria.writes(TO_HOUSING)
        await maria.presses("btn-withdraw")

        wohnen = await stage.invited("wohnen-kontakt", 5001)
        assert wohnen.texts == [said("joined", contact="Kontakt Wohnen")]
        await maria.presses("btn-undo-withdraw")

        assert TO_HOUSING in wohnen.card(REF).text


async def test_what_was_withdrawn_meanwhile_comes_once_when_a_reply_opens_it_again() -> None:
    async with raise_stage(make_book(NOBODY)) as stage:
        maria = await stage.inquirer("Maria")
        await maria.writes(TO_HOUSING)
        await maria.presses("btn-withdraw")
        wohnen = await stage.invited("wohnen-kontakt", 5001)

        await maria.replies("Ich brauche doch Hilfe")

        assert TO_HOUSING in wohnen.card(REF).text
        assert len([text for text in wohnen.texts if "Ich brauche doch Hilfe" in text]) == 1


async def test_an_open_inquiry_whose_contact_left_the_rules_goes_to_the_fields_present_one(tmp_path: Path) -> None:
    book = make_book(folder=tmp_path)
    async with raise_stage(book) as stage:
        maria = await stage.inquirer("Maria")
        await maria.writes(TO_HOUSING)
        new = {"name": "Team Wohnen", "telegram": 7777}
        write_rules(tmp_path, {"contacts": {"team": new}, "fields": {"wohnen": {"contact": "team"}}})
        take_out(tmp_path, "contacts", "wohnen-kontakt")
        book.reload()

        await stage.wait(seconds=5)
        team = stage.contact("team")
        assert said("card-deputy", contact="wohnen-kontakt") not in team.card(REF).text
        await team.replies("Gerne", to=team.card(REF))

        assert maria.last.text.startswith(said("answer", contact="Team Wohnen", reference=REF))


async def test_what_waits_for_a_contact_who_was_replaced_meanwhile_never_reaches_them(tmp_path: Path) -> None:
    book = make_book(folder=tmp_path)
    async with raise_stage(book) as stage:
        maria = await stage.inquirer("Maria")
        stage.telegram.closed[HOUSING] = SendFailure.NOT_SENT
        await maria.writes(TO_HOUSING)
        write_rules(tmp_path, {"contacts": {"wohnen-kontakt": {"telegram": 7777}}})
        book.reload()
        await stage.wait(seconds=5)
        stage.telegram.closed.clear()

        await stage.wait(hours=1)

        assert stage.at(HOUSING).texts == []
        assert [TO_HOUSING in text for text in stage.contact("wohnen-kontakt").texts] == [True]


async def test_of_very_many_that_wait_some_are_handed_over_at_once_and_each_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stranded, "AT_ONCE", 2)
    book = make_book(
        {"contacts": {"bildung-kontakt": {"telegram": None}}, "fields": {"wohnen": {"contact": "bildung-kontakt"}}}
    )
    async with raise_stage(book) as stage:
        stage.telegram.closed[HEAD] = SendFailure.UNREACHABLE
        for number in range(5):
            await (await stage.inquirer(f"Nr. {number}")).writes(TO_HOUSING)

        joined = await stage.invited("bildung-kontakt", 5001)
        assert sum("Von: " in text for text in joined.texts) == 2
        await stage.wait(seconds=5)
        await stage.wait(seconds=5)

        assert sum("Von: " in text for text in joined.texts) == 5
        assert {share.seat for one in await stage.inquiries() for share in await stage.shares(one)} == {
            "bildung-kontakt"
        }
