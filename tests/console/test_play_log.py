import json
from pathlib import Path

from bot.console.play_log import list_entries
from tests.support.rulebook import TO_HOUSING, TO_WORK_AND_HOUSING, UNKNOWN, all_texts, make_book
from tests.support.stage import Stage, raise_stage, said


async def entries(stage: Stage) -> list[dict[str, object]]:
    async with stage.database.reading() as tx:
        return await list_entries(tx, stage.book, all_texts())


async def test_the_page_is_told_what_was_understood_and_why(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)

    [entry] = await entries(stage)

    assert entry["reference"] == "2026-0001"
    assert entry["state"] == said("state-assigned")
    assert entry["opened"] == "09:00:00"
    assert entry["outcome"] == "route"
    assert entry["fields"] == [{"title": "Wohnen", "contact": "Kontakt Wohnen", "score": 50, "lead": True}]
    assert entry["why"] == [{"field": "Wohnen", "keyword": "Wohnung", "found": "Wohnung", "score": 50, "how": "exact"}]
    assert entry["rules_version"] == stage.book.rules.rules_version
    assert [one["event"] for one in entry["journal"]] == [  # type: ignore[attr-defined]
        said("event-inquiry-opened"),
        said("event-inquiry-assigned"),
    ]
    assert json.loads(json.dumps(entry)) == entry


async def test_moved_shares_are_left_out_and_where_to_is_said(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_WORK_AND_HOUSING)
    wohnen = stage.contact("wohnen-kontakt")
    await wohnen.presses("btn-hand")
    await wohnen.presses("Sprache")

    [entry] = await entries(stage)

    assert [field["title"] for field in entry["fields"]] == ["Arbeit", "Sprache"]  # type: ignore[attr-defined]
    moved = entry["journal"][-1]  # type: ignore[index]
    assert (moved["event"], moved["detail"]) == (said("event-inquiry-moved"), "Sprache")


async def test_danger_is_marked_and_each_finding_told_once(tmp_path: Path) -> None:
    book = make_book({"emergency": {"de": ["schlägt mich", "schlägt + mich"]}})
    async with raise_stage(book, folder=tmp_path) as stage:
        maria = await stage.inquirer()
        await maria.writes("Er schlägt mich")

        [entry] = await entries(stage)

    assert entry["urgent"] is True
    assert [(hit["field"], hit["found"]) for hit in entry["why"]] == [("Gefahr", "schlägt mich")]  # type: ignore[attr-defined]
    assert [field["score"] for field in entry["fields"]] == [None]  # type: ignore[attr-defined]


async def test_what_is_not_known_is_left_open(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(UNKNOWN)

    [entry] = await entries(stage)

    assert (entry["fields"], entry["why"], entry["runner_up"]) == ([], [], None)
    assert entry["state"] == "noch kein Thema gewählt"
    assert (entry["audience"], entry["place"], entry["language"]) == (None, None, None)


async def test_every_step_of_an_inquiry_has_words(stage: Stage) -> None:
    """A step without words would be shown by its name in the code."""
    maria = await stage.inquirer()
    await maria.writes(UNKNOWN)
    await maria.writes("Und wann?")
    await stage.wait(minutes=31)
    head = stage.contact("leitung")
    await head.presses("btn-take")
    await head.replies("Gerne")
    await head.presses("btn-done")
    await maria.replies("Doch noch etwas")
    bela = await stage.inquirer("Bela")
    await bela.writes(TO_HOUSING)
    await bela.presses("btn-withdraw")
    wohnen = stage.contact("wohnen-kontakt")
    await wohnen.replies("Schade", to=wohnen.card())

    told = [one["event"] for entry in await entries(stage) for one in entry["journal"]]  # type: ignore[attr-defined]
    assert len(told) > 10
    assert [event for event in told if "." in event] == []
