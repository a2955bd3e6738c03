"""`export --file`: a page and the same as JSON with checksums for the official file, and that it was taken over."""

import hashlib
import json
from pathlib import Path

import pytest

from bot.console.exporting import CHECKSUMS, export_for_file
from bot.errors import NotFoundError, StoreError
from tests.support.rulebook import TO_HOUSING, all_texts
from tests.support.stage import Stage, said

REF = "2026-0001"
NASTY = "=1+1;<script>alert(1)</script> & „so“"


async def with_inquiry(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer("Maria"), stage.contact("wohnen-kontakt")
    await maria.writes(f"{TO_HOUSING} {NASTY}")
    await wohnen.replies("// Eigentümerin ist Frau Meier", to=wohnen.card(REF))
    await wohnen.replies("Gern", to=wohnen.card(REF))


def inside(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def exported(stage: Stage, folder: Path, reference: str = REF) -> Path:
    await export_for_file(stage.database, stage.book, all_texts(), reference, folder)
    [made] = inside(folder)
    return made


async def test_it_writes_a_private_folder_named_by_reference_and_time(stage: Stage, tmp_path: Path) -> None:
    await with_inquiry(stage)
    made = await exported(stage, tmp_path)

    assert made.name.startswith(f"{REF}-20")
    assert set(made.name) <= set("0123456789-TZ")
    assert sorted(path.name for path in made.iterdir()) == [f"{REF}.html", f"{REF}.json", CHECKSUMS]
    assert {path.stat().st_mode & 0o777 for path in made.iterdir()} == {0o600}
    assert made.stat().st_mode & 0o777 == 0o700


async def test_the_checksums_are_those_of_the_files_and_of_each_message(stage: Stage, tmp_path: Path) -> None:
    await with_inquiry(stage)
    made = await exported(stage, tmp_path)
    sums = dict(reversed(line.split("  ")) for line in (made / CHECKSUMS).read_text().splitlines())

    assert sums == {
        name: hashlib.sha256((made / name).read_bytes()).hexdigest() for name in (f"{REF}.html", f"{REF}.json")
    }
    assert sums[f"{REF}.json"] in (made / f"{REF}.html").read_text()
    for message in json.loads((made / f"{REF}.json").read_text())["messages"]:
        assert message["sha256"] == hashlib.sha256(message["text"].encode()).hexdigest()


async def test_the_file_is_whole_with_notes_and_without_chat_numbers(stage: Stage, tmp_path: Path) -> None:
    await with_inquiry(stage)
    made = await exported(stage, tmp_path)
    record = json.loads((made / f"{REF}.json").read_text())

    assert [one["text"] for one in record["messages"]] == [
        f"{TO_HOUSING} {NASTY}",
        "// Eigentümerin ist Frau Meier",
        "Gern",
    ]
    assert [one["event"] for one in record["journal"]][:2] == ["inquiry.opened", "inquiry.assigned"]
    assert "1001" not in (made / f"{REF}.json").read_text()


async def test_what_people_wrote_stays_words_on_the_page(stage: Stage, tmp_path: Path) -> None:
    await with_inquiry(stage)
    page = (await exported(stage, tmp_path) / f"{REF}.html").read_text()

    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; „so“" in page
    assert said("record-note") in page


async def test_the_export_is_noted_and_the_mark_settled(stage: Stage, tmp_path: Path) -> None:
    await with_inquiry(stage)
    wohnen = stage.contact("wohnen-kontakt")
    await wohnen.presses("btn-more")
    await wohnen.presses("btn-for-file")
    assert (await stage.inquiry()).is_to_be_filed
    await exported(stage, tmp_path)

    entry = (await stage.journal())[-1]
    assert (entry.event, entry.data) == ("inquiry.filed", {"by": "operator"})
    assert not (await stage.inquiry()).is_to_be_filed


async def test_an_unknown_reference_writes_nothing(stage: Stage, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="2026-0099"):
        await export_for_file(stage.database, stage.book, all_texts(), "2026-0099", tmp_path)
    with pytest.raises(NotFoundError):
        await export_for_file(stage.database, stage.book, all_texts(), "../../etc", tmp_path)

    assert inside(tmp_path) == []


async def test_where_nothing_can_be_written_nothing_is_noted(stage: Stage, tmp_path: Path) -> None:
    await with_inquiry(stage)
    with pytest.raises(StoreError, match="cannot be written"):
        await export_for_file(stage.database, stage.book, all_texts(), REF, tmp_path / "missing")

    assert "inquiry.filed" not in await stage.events()
