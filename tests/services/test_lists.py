"""What waits for a contact, and finding an inquiry again."""

from typing import Any

import pytest

from bot.model import Link
from bot.services.beforehand import BeforehandError
from bot.store import desks, erasing
from tests.support.builders import make_message
from tests.support.rulebook import TO_HOUSING, TO_LANGUAGE, TO_WORK, TO_WORK_AND_HOUSING, UNCLEAR, make_book
from tests.support.stage import Someone, Stage, raise_stage, said


def button(number: int) -> str:
    return said("btn-goto", reference=f"2026-{number:04d}")


def links_of(stage: Stage, someone: Someone) -> tuple[Link, ...]:
    """Return the links of the message last written into a chat."""
    sent = [one for one in stage.telegram.carried if one.address.chat == someone.address.chat and one.draft.text]
    return sent[-1].draft.links


async def some_about_housing(stage: Stage, count: int) -> Someone:
    for number in range(count):
        person = await stage.inquirer(f"Person{number + 1}")
        await person.writes(TO_HOUSING)
    return stage.contact("wohnen-kontakt")


# ------------------------------------------------------------ what waits


async def test_a_number_copied_from_the_bots_messages_is_found(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    wohnen = stage.contact("wohnen-kontakt")

    await wohnen.writes("/suche \u20682026-0001\u2069")

    assert wohnen.last.text.startswith(said("search-head", count=1))


async def test_nothing_waits(stage: Stage) -> None:
    wohnen = stage.contact("wohnen-kontakt")

    await wohnen.writes("/offen")

    assert (wohnen.last.text, wohnen.last.buttons) == (said("open-none"), [])


async def test_what_waits_stands_with_state_and_date_and_leads_to_its_card(stage: Stage) -> None:
    wohnen = await some_about_housing(stage, 1)

    await wohnen.writes("/offen")

    due = "Montag, 9. März, 12:30 Uhr"
    assert wohnen.last.text == "\n".join(
        [
            said("open-head", count=1, overdue=0),
            "",
            said("list-line", reference="2026-0001", field="Wohnen", name="Person1"),
            f"{said('state-assigned')} · {said('list-due', due=due)}",
        ]
    )
    assert wohnen.last.buttons == [button(1)]
    await wohnen.presses(button(1))
    assert wohnen.last.text == said("card-is-here", reference="2026-0001")
    assert wohnen.last.reply_to == wohnen.card("2026-0001").message


async def test_what_answers_the_card_can_be_answered_itself(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    wohnen = stage.contact("wohnen-kontakt")
    await wohnen.writes("/offen")
    await wohnen.presses(button(1))

    await wohnen.replies("Gerne", to=wohnen.last)

    assert maria.last.text.endswith("\n\nGerne")


async def test_oldest_due_come_first_and_what_was_answered_last(stage: Stage) -> None:
    wohnen = await some_about_housing(stage, 1)
    await stage.wait(hours=24)
    for name in ("Zweite", "Dritte"):
        person = await stage.inquirer(name)
        await person.writes(TO_HOUSING)
    await wohnen.replies("Gerne", to=wohnen.card("2026-0002"))
    await stage.wait(hours=24 * 5)

    await wohnen.writes("/offen")

    order = [line.split(" ")[0] for line in wohnen.last.text.splitlines() if line.startswith("2026")]
    assert order == ["2026-0001", "2026-0003", "2026-0002"]
    assert wohnen.last.text.startswith(said("open-head", count=3, overdue=2))
    assert wohnen.last.text.count(said("list-overdue", due="").strip()) == 2


async def test_who_took_it_is_named(stage: Stage) -> None:
    wohnen = await some_about_housing(stage, 1)
    await wohnen.presses("btn-take")

    await wohnen.writes("/open")

    assert said("list-held", state=said("state-taken"), holder="Kontakt Wohnen") in wohnen.last.text


async def test_more_than_ten_come_in_pages(stage: Stage) -> None:
    wohnen = await some_about_housing(stage, 12)

    await wohnen.writes("/offen")
    listed = wohnen.last
    assert listed.text.count("2026-") == 10
    assert listed.buttons[-1] == said("btn-page-after")
    await wohnen.presses("btn-page-after")

    assert wohnen.last.message == listed.message, "turned in place"
    assert wohnen.last.text.count("2026-") == 2
    assert wohnen.last.buttons == [button(11), button(12), said("btn-page-before")]


async def test_in_a_supergroup_the_reference_is_a_link_to_the_card(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_WORK)
    work = stage.contact("arbeit-kontakt")
    card = work.card("2026-0001")

    await work.writes("/offen")

    (link,) = links_of(stage, work)
    assert link.url == f"https://t.me/c/300/{card.message}"
    text = stage.telegram.carried[-1].draft.text or ""
    assert text.encode("utf-16-le")[2 * link.start :][: 2 * link.length].decode("utf-16-le") == "2026-0001"
    assert work.last.buttons == []


async def test_whom_one_stands_in_for_is_listed_too() -> None:
    async with raise_stage(make_book({"contacts": {"wohnen-kontakt": {"telegram": None}}})) as stage:
        maria = await stage.inquirer("Maria")
        await maria.writes(TO_HOUSING)
        deputy = stage.contact("sprache-kontakt")

        await deputy.writes("/offen")

        assert "2026-0001" in deputy.last.text


async def test_others_inquiries_are_not_listed(stage: Stage) -> None:
    wohnen = await some_about_housing(stage, 1)
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_LANGUAGE)

    await wohnen.writes("/offen")

    assert "2026-0002" not in wohnen.last.text


async def test_two_shares_of_one_inquiry_lead_to_two_cards() -> None:
    async with raise_stage(make_book({"fields": {"arbeit": {"contact": "wohnen-kontakt"}}})) as stage:
        maria = await stage.inquirer("Maria")
        await maria.writes(TO_WORK_AND_HOUSING)
        wohnen = stage.contact("wohnen-kontakt")

        await wohnen.writes("/offen")

        fields = [label.removeprefix(button(1)) for label in wohnen.last.buttons]
        assert sorted(fields) in (["", " · Wohnen"], ["", " · Arbeit"])


# ------------------------------------------------------------ search


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


async def test_who_left_the_office_looks_nothing_up(stage: Stage) -> None:
    former = await stage.invited("bildung-kontakt", 5001)
    maria = await stage.inquirer("Maria")
    await maria.writes("Meine Tochter soll in die Schule")
    await stage.invited("bildung-kontakt", 5002)

    for command in ("/offen", "/suche Tochter", "/statistik", "/vorlage"):
        await former.writes(command, reply_to=former.card("2026-0001"))
        assert former.last.text == said("answer-refused")


async def test_somebody_from_outside_lists_nothing(stage: Stage) -> None:
    await some_about_housing(stage, 1)
    maria = await stage.inquirer("Maria")

    await maria.writes("/offen")

    assert maria.last.text == said("unknown-command")
