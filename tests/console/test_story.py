from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from bot.console.story import Choice, show_inquiry, show_list
from bot.errors import NotFoundError
from bot.routing.rules import Rules
from tests.support.rulebook import TO_HOUSING, TO_LANGUAGE, TO_WORK_AND_HOUSING, UNKNOWN, county_book
from tests.support.stage import Stage

RULES = county_book().rules


def make_console() -> Console:
    return Console(file=StringIO(), width=200)


def text_of(console: Console) -> list[str]:
    return console.file.getvalue().splitlines()  # type: ignore[attr-defined,no-any-return]


async def story(stage: Stage, reference: str = "2026-0001", rules: Rules | None = RULES) -> list[str]:
    console = make_console()
    async with stage.database.transaction() as tx:
        await show_inquiry(tx, stage.clock.now(), reference, rules, console)
    return text_of(console)


async def listed(stage: Stage, *, only_open: bool = False, field: str | None = None, most: int = 200) -> list[str]:
    console = make_console()
    async with stage.database.reading() as tx:
        await show_list(tx, Choice(only_open, field, most), RULES, console)
    return text_of(console)


async def test_a_story_tells_everything_in_local_time(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    own = await maria.writes(TO_HOUSING)
    wohnen = stage.contact("wohnen-kontakt")
    await wohnen.replies("Gerne [bold]morgen[/bold]")
    await maria.edits(own, "Unsere Wohnung steht ab Mai leer")

    lines = await story(stage)

    text = "\n".join(lines)
    assert lines[0] == "2026-0001 · answered"
    assert lines[1] == "opened 2026-03-05 09:00:00, by Maria, language de"
    assert "Routing route: wohnen" in text
    assert "Unsere Wohnung steht ab Mai leer (edited)" in text
    assert "Gerne [bold]morgen[/bold]" in text, "people's words are shown as they are"
    row = next(line.split() for line in lines if line.split()[:2] == ["wohnen", "wohnen-kontakt"])
    assert row == ["wohnen", "wohnen-kontakt", "yes", "routed", "answered", "2026-03-09", "12:30:00"]
    assert [line.split()[2] for line in lines if line.split()[2:3] and "inquiry." in line.split()[2]] == [
        "inquiry.opened",
        "inquiry.assigned",
        "inquiry.answered",
        "inquiry.edited",
        "inquiry.looked_up",  # just now
    ]
    assert sum(" sent " in line for line in lines) == 7  # the card is drawn anew, too: more words, another reading


async def test_a_story_without_a_field_is_told_too(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(UNKNOWN)

    lines = await story(stage)

    assert lines[0] == "2026-0001 · asked"
    assert "Routing none: –" in "\n".join(lines)


async def test_who_is_not_there_has_no_story(stage: Stage) -> None:
    with pytest.raises(NotFoundError, match="2026-0042"):
        await story(stage, "2026-0042")


async def test_the_list_shows_a_line_an_inquiry_newest_first(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    await maria.writes(TO_LANGUAGE)
    await maria.presses("btn-which-new")
    wohnen = stage.contact("wohnen-kontakt")
    await wohnen.presses("btn-hand")
    await wohnen.presses("Arbeit")
    await stage.contact("sprache-kontakt").presses("btn-done")

    head, second, first = await listed(stage)

    assert head.split() == ["reference", "state", "opened", "fields", "contacts", "due", "file"]
    assert second.split()[:2] == ["2026-0002", "closed"]
    expected = ["2026-0001", "assigned", "2026-03-05", "09:00:00", "arbeit", "arbeit-kontakt", "2026-03-06", "12:30:00"]
    assert first.split() == expected
    assert [line.split()[0] for line in await listed(stage, only_open=True)] == ["reference", "2026-0001"]
    assert [line.split()[0] for line in await listed(stage, field="sprache")] == ["reference", "2026-0002"]


REST = [
    ("all of it is there", {"most": 3}, []),
    ("one more", {"most": 2}, ["1 more inquiry. See it: python -m bot list --most 3"]),
    ("two more", {"most": 1}, ["2 more inquiries. See them: python -m bot list --most 3"]),
    (
        "only what was asked for",
        {"most": 1, "only_open": True, "field": "wohnen"},
        ["1 more inquiry. See it: python -m bot list --open --field wohnen --most 2"],
    ),
]


@pytest.mark.parametrize(("label", "asked", "rest"), REST, ids=[row[0] for row in REST])
async def test_a_list_that_is_cut_says_how_much_is_left_and_how_to_see_it(
    stage: Stage, label: str, asked: dict[str, Any], rest: list[str]
) -> None:
    for name, text in (("Maria", TO_HOUSING), ("Iwan", TO_HOUSING), ("Ana", UNKNOWN)):
        await (await stage.inquirer(name)).writes(text)

    assert (await listed(stage, **asked))[1 + asked["most"] :] == rest


async def test_the_list_shows_when_the_first_answer_still_owed_is_due(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_WORK_AND_HOUSING)
    work, wohnen = stage.contact("arbeit-kontakt"), stage.contact("wohnen-kontakt")
    assert "2026-03-06 12:30:00" in (await listed(stage))[1]

    await work.presses("btn-done")
    assert "2026-03-09 12:30:00" in (await listed(stage, only_open=True))[1]

    await wohnen.replies("Gern", to=wohnen.card())
    assert "12:30:00" not in (await listed(stage))[1]


async def test_an_empty_list_says_whether_there_are_none_or_none_that_match(stage: Stage) -> None:
    assert await listed(stage) == ["No inquiries."]
    assert await listed(stage, only_open=True) == ["No inquiries match."]
    assert await listed(stage, field="wohnen") == ["No inquiries match."]


PSEUDONYMS = RULES.model_copy(update={"privacy": RULES.privacy.model_copy(update={"name_on_card": "pseudonym"})})


@pytest.mark.parametrize(("label", "rules"), [("pseudonyms", PSEUDONYMS), ("faulty rules", None)])
async def test_where_contacts_read_no_name_the_operator_reads_none(
    stage: Stage, label: str, rules: Rules | None
) -> None:
    maria, wohnen = await stage.inquirer("Maria"), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await wohnen.writes("/vorlage Danke\nVielen Dank, {name}!")
    await wohnen.presses("btn-snippets")
    await wohnen.presses("Danke", wohnen.card())
    assert "Vielen Dank, Maria!" in maria.last.text

    lines = await story(stage, rules=rules)

    assert "Vielen Dank, Person 1!" in "\n".join(lines)
    assert lines[1].endswith(", by Person 1, language de")
    assert "Maria" not in "\n".join(lines)


async def test_a_name_is_never_markup(stage: Stage) -> None:
    """`[/]` closes what was never opened, and would end the command with a fault."""
    await (await stage.inquirer("[/] [red]Eve")).writes(TO_HOUSING)

    assert any("by [/] [red]Eve, language de" in line for line in await story(stage))


async def test_looking_at_a_story_leaves_an_entry_in_it(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    await story(stage)

    entry = (await stage.journal())[-1]
    assert (entry.event, entry.data) == ("inquiry.looked_up", {"by": "operator"})
    assert entry.inquiry_id == (await stage.inquiry()).id


async def test_the_list_shows_what_belongs_in_the_file_and_is_not_there(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    assert "exported" not in (await listed(stage))[1]
    await wohnen.presses("btn-more")
    await wohnen.presses("btn-for-file")

    assert (await listed(stage))[1].endswith("to be exported")
