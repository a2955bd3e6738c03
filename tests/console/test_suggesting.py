"""From corrections in a running office to YAML ready to be pasted."""

import yaml
from rich.console import Console

from bot.console.suggesting import suggest
from bot.store.corrections import list_decided
from tests.support.rulebook import TO_HOUSING, UNKNOWN
from tests.support.stage import Stage


async def suggested(stage: Stage) -> str:
    async with stage.database.reading() as tx:
        return await suggest(tx, stage.book.router, Console(quiet=True))


async def test_choices_and_moves_are_corrections_and_clear_routes_are_not(stage: Stage) -> None:
    chooser, mover, routed = [await stage.inquirer(name) for name in ("Maria", "Olena", "Jürgen")]
    await chooser.writes(UNKNOWN)
    await chooser.presses("Sprache")
    await mover.writes(TO_HOUSING)
    await mover.presses("btn-other-topic")
    await mover.presses("Arbeit")
    await routed.writes(TO_HOUSING)

    async with stage.database.reading() as tx:
        found = await list_decided(tx)

    assert [(one.field, one.corrected) for one in found] == [("sprache", True), ("arbeit", True), ("wohnen", False)]
    assert [one.text for one in found] == [UNKNOWN, TO_HOUSING, TO_HOUSING]


async def test_a_word_two_people_had_to_explain_becomes_yaml_with_its_evidence(stage: Stage) -> None:
    for name, text in (("Maria", "Es geht um den Dachboden"), ("Olena", "Dachboden ausgebaut!")):
        person = await stage.inquirer(name)
        await person.writes(text)
        await person.presses("Wohnen")

    said = await suggested(stage)

    assert yaml.safe_load(said)["fields"]["wohnen"]["keywords"]["de"][0] == "dachboden"
    assert "2026-0001, 2026-0002" in said
    assert "changes nothing else among 2 inquiries" in said


async def test_without_corrections_it_says_what_it_waits_for(stage: Stage) -> None:
    person = await stage.inquirer()
    await person.writes(TO_HOUSING)

    assert "Corrected so far: 0 of 1 inquiries" in await suggested(stage)
