"""Finding an inquiry again."""

from typing import Any

import pytest

from bot.services.delivery.beforehand import BeforehandError
from bot.store import desks, erasing
from tests.support.builders import make_message
from tests.support.rulebook import TO_HOUSING, UNCLEAR, make_book
from tests.support.stage import Stage, raise_stage, said, some_about_housing


def button(number: int) -> str:
    return said("btn-goto", reference=f"2026-{number:04d}")


async def test_a_number_copied_from_the_bots_messages_is_found(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    wohnen = stage.contact("wohnen-kontakt")

    await wohnen.writes("/suche \u20682026-0001\u2069")

    assert wohnen.last.text.startswith(said("search-head", count=1))


@pytest.mark.parametrize(
    "words", ["einliegerwohnung", "EINLIEGER", "übernachtung", "Maria", "2026-0001", "Maria wohnung", "0001"]
)
async def test_words_names_and_references_are_found(stage: Stage, words: str) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes("Unsere Einliegerwohnung steht leer, auch zur Übernachtung")
    bela = await stage.inquirer("Bela")
    await bela.writes("Ein Zimmer ist frei")
    wohnen = stage.contact("wohnen-kontakt")

    await wohnen.writes(f"/suche {words}")

    assert "2026-0001" in wohnen.last.text
    assert "2026-0002" not in wohnen.last.text
    assert wohnen.last.buttons == [button(1)]


@pytest.mark.parametrize("words", ["Scheune", "Maria Scheune", "%%", "__", "100"])
async def test_what_is_nowhere_is_not_found(stage: Stage, words: str) -> None:
    wohnen = await some_about_housing(stage, 1)

    await wohnen.writes(f"/suche {words}")

    assert wohnen.last.text == said("search-none")


@pytest.mark.parametrize("command", ["/suche", "/search x"])
async def test_something_has_to_be_looked_for(stage: Stage, command: str) -> None:
    wohnen = stage.contact("wohnen-kontakt")

    await wohnen.writes(command)

    assert wohnen.last.text == said("search-how")


async def test_what_is_closed_is_found_with_its_date(stage: Stage) -> None:
    wohnen = await some_about_housing(stage, 1)
    await wohnen.presses("btn-done")

    await wohnen.writes("/suche Wohnung")

    at = "Donnerstag, 5. März, 09:00 Uhr"
    assert said("list-ended", state=said("state-closed"), at=at) in wohnen.last.text
    await wohnen.presses(button(1))
    assert wohnen.last.text == said("card-is-here", reference="2026-0001")


async def test_others_are_found_by_administrators_only_and_the_journal_says_so(stage: Stage) -> None:
    wohnen = await some_about_housing(stage, 1)
    language, head = stage.contact("sprache-kontakt"), stage.contact("leitung")

    await language.writes("/suche Wohnung")
    assert language.last.text == said("search-none")
    assert "inquiry.looked_up" not in await stage.events()
    await head.writes("/suche Wohnung")

    assert "2026-0001" in head.last.text
    looked = [entry for entry in await stage.journal() if entry.event == "inquiry.looked_up"]
    assert [entry.data for entry in looked] == [{"by": "leitung"}]
    await head.presses(button(1))
    assert head.card("2026-0001").text.splitlines()[-1] == TO_HOUSING
    assert wohnen.card("2026-0001") is not None


async def test_a_search_reads_what_people_wrote_once_and_notes_only_what_others_have(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await some_about_housing(stage, 2)
    await stage.contact("wohnen-kontakt").presses("btn-hand")
    await stage.contact("wohnen-kontakt").presses("An Leitung")
    searched, search = [], desks.search

    async def counted(*what: Any) -> list[desks.OnDesk]:
        searched.append(what)
        return await search(*what)

    monkeypatch.setattr(desks, "search", counted)
    await stage.contact("leitung").writes("/suche Wohnung")

    assert all(f"2026-000{number}" in stage.contact("leitung").last.text for number in (1, 2))
    assert len(searched) == 1
    looked = [entry.inquiry_id for entry in await stage.journal() if entry.event == "inquiry.looked_up"]
    assert looked == [1], "the second was handed to them"


async def test_a_pseudonym_is_not_undone_by_a_search() -> None:
    async with raise_stage(make_book({"privacy": {"name_on_card": "pseudonym"}})) as stage:
        maria, wohnen = await stage.inquirer("Mariandl"), stage.contact("wohnen-kontakt")
        await maria.writes(TO_HOUSING)
        await wohnen.writes("/vorlage Danke\nGuten Tag {name}, wir melden uns")
        await wohnen.presses("btn-snippets", wohnen.card("2026-0001"))
        await wohnen.presses("Danke", wohnen.card("2026-0001"))
        assert "Guten Tag Mariandl" in maria.last.text

        await wohnen.writes("/suche Mariandl")
        assert wohnen.last.text == said("search-none")

        await maria.writes("Herzlich, Ihre Mariandl")
        await wohnen.writes("/suche Mariandl")
        assert "2026-0001" in wohnen.last.text, "what she tells herself is read by everybody"


async def test_what_was_deleted_while_it_was_looked_for_is_not_named(stage: Stage) -> None:
    wohnen = await some_about_housing(stage, 2)
    order = make_message("/suche Wohnung", address=wohnen.address, message=999, sender=wohnen.sender)
    with pytest.raises(BeforehandError) as first:
        async with stage.database.transaction() as tx:
            await stage.dialogue.handle(tx, order)
    await first.value.do(stage.database)
    async with stage.database.transaction() as tx:
        await erasing.erase_inquiry(tx, 1)

    await stage.handle(order)

    assert "2026-0002" in wohnen.last.text
    assert "2026-0001" not in wohnen.last.text


@pytest.mark.parametrize("words", ["Deutschkurs", "maria", "2026-0002", "Schule Maria"])
async def test_what_waits_for_its_topic_is_found_by_administrators_only(stage: Stage, words: str) -> None:
    await some_about_housing(stage, 1)
    maria = await stage.inquirer("Maria")
    await maria.writes(UNCLEAR)
    language, head = stage.contact("sprache-kontakt"), stage.contact("leitung")

    await language.writes(f"/suche {words}")
    assert language.last.text == said("search-none")
    await head.writes(f"/suche {words}")

    line = said("list-line-asked", reference="2026-0002", name="Maria") + "\n" + said("list-asked")
    assert head.last.text == said("search-head", count=1) + "\n\n" + line
    looked = [entry.inquiry_id for entry in await stage.journal() if entry.event == "inquiry.looked_up"]
    assert looked == [2]
    await head.presses(button(2))
    assert head.last.text.endswith(f"Von: Maria\n\n{UNCLEAR}")
    await head.presses("Sprache")
    assert "Deutschkurs" in language.card("2026-0002").text


async def test_what_waits_for_its_topic_comes_first_and_counts_among_the_ten(stage: Stage) -> None:
    await some_about_housing(stage, 10)
    maria = await stage.inquirer("Maria")
    await maria.writes(UNCLEAR)
    head = stage.contact("leitung")

    await head.writes("/suche 2026")

    lines = [line for line in head.last.text.splitlines() if line.startswith("2026-")]
    assert (len(lines), lines[0]) == (10, said("list-line-asked", reference="2026-0011", name="Maria"))
    assert said("search-more") in head.last.text
