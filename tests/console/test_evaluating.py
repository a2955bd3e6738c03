"""What `evaluate` reads and prints."""

import io
import json
import re
from pathlib import Path

import pytest
from rich.console import Console

from bot.console import evaluating
from bot.errors import FaultsError
from bot.routing.decide import Router
from tests.support.rules import make_rules

ROUTER = Router(make_rules(fields={"wohnen": {"de": ["Wohnung"]}, "arbeit": {"de": ["Stelle"]}}))
FIELDS = ("wohnen", "arbeit")
ROWS = [
    {"id": "a", "lang": "de", "text": "Wohnung frei", "labels": ["wohnen"]},
    {"id": "b", "lang": "de", "text": "Stelle frei", "labels": ["wohnen"]},
    {"id": "c", "lang": "en", "text": "Hm", "labels": ["none"]},
]


def console(width: int = 200) -> Console:
    return Console(file=io.StringIO(), width=width)


def written(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"id": 1, "text": "x", "labels": ["none"]}\nnot json\n\n{"id": 2, "text": "y"}\n', "utf-8")
    latin = tmp_path / "latin.jsonl"
    latin.write_bytes(b"\xe4")

    with pytest.raises(FaultsError) as raised:
        evaluating.load_rows([rows, latin, tmp_path / "missing.jsonl"], FIELDS)

    told = [fault.where for fault in raised.value.faults]
    assert told == [f"{rows}:2", f"{rows}:4", str(latin), str(tmp_path / "missing.jsonl")]


@pytest.mark.parametrize(
    "labels",
    [
        '"labels": []',
        '"labels": "none"',
        '"labels": [1]',
        '"labels": [["none"]]',
        '"labels": ["none"], "all_fields": 3',
    ],
)
def test_a_row_without_proper_labels_is_a_fault(tmp_path: Path, labels: str) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(f'{{"id": 1, "text": "x", {labels}}}\n', "utf-8")
    with pytest.raises(FaultsError, match="is not a labelled row"):
        evaluating.load_rows([rows], FIELDS)


def test_labels_that_are_empty_are_told_as_such(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"id": 1, "text": "x", "labels": []}\n', "utf-8")
    mend = r"Write some of wohnen, arbeit, none; none where the message is no field's\."
    with pytest.raises(FaultsError, match=rf"rows\.jsonl:1: is not a labelled row: labels is empty\. {mend}"):
        evaluating.load_rows([rows], FIELDS)


NO_ROWS = [
    ("empty", "", "rows.jsonl: holds no rows. Write {"),
    ("empty lines", "\n \n", "rows.jsonl: holds no rows. Write {"),
    ("nothing alone", '{"text": "x", "labels": ["none"], "standalone": false}', "rows: are all marked as"),
]


@pytest.mark.parametrize(("label", "content", "told"), NO_ROWS, ids=[row[0] for row in NO_ROWS])
def test_nothing_to_measure_is_a_fault(tmp_path: Path, label: str, content: str, told: str) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(content, "utf-8")
    with pytest.raises(FaultsError) as raised:
        evaluating.load_rows([rows], FIELDS)
    assert str(raised.value).removeprefix(f"{tmp_path}/").startswith(told)


def test_a_file_may_come_from_any_editor(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    line = json.dumps(ROWS[0] | {"text": "Wohnung\u2028frei"}, ensure_ascii=False)
    rows.write_bytes(f"\ufeff{line}\r\n{line}\r\n".encode())
    assert [row["text"] for row in evaluating.load_rows([rows], FIELDS)] == ["Wohnung\u2028frei"] * 2

    rows.write_text(line, "utf-16")
    with pytest.raises(FaultsError, match=r"rows\.jsonl: is not UTF-8 text\. Save it as UTF-8\."):
        evaluating.load_rows([rows], FIELDS)


def test_figures_are_grouped_by_what_the_rows_have() -> None:
    assert evaluating.choose_groupings(ROWS, None) == ["lang"]
    assert evaluating.choose_groupings(ROWS, "labels, lang") == ["labels", "lang"]
    assert evaluating.choose_groupings(ROWS, "") == []
    with pytest.raises(FaultsError, match=r"^--by: no row has 'foo'\. There are: lang, labels\.$"):
        evaluating.choose_groupings(ROWS, "lang,foo")


def test_each_figure_is_explained_below() -> None:
    shown = console()

    evaluating.show_evaluation(evaluating.run_evaluation(ROUTER, ROWS, [], console()), shown)

    explained = ", ".join(line.partition(": ")[0] for line in written(shown).splitlines() if ": " in line)
    assert [name for name in evaluating.COLUMNS if name not in explained.split(", ")] == []


def test_the_figures_are_shown_as_a_whole_and_by_group() -> None:
    shown = console()

    evaluating.show_evaluation(evaluating.run_evaluation(ROUTER, ROWS, ["lang"], console()), shown)

    lines = [line.split() for line in written(shown).splitlines() if line.strip()]
    header, figures = lines[0], lines[1]
    assert dict(zip(header, figures, strict=True)) | {"all": "all", "rows": "3", "precision": "0.500"} == dict(
        zip(header, figures, strict=True)
    )
    assert any(line[:2] == ["en", "1"] for line in lines)


@pytest.mark.parametrize("width", [20, 40, 80, 200, 1000])
def test_on_a_narrow_terminal_tables_come_in_parts_and_nothing_is_cut(width: int) -> None:
    shown, by = console(width), "[/] eine_lange_Bezeichnung_von_der_nichts_fehlen_darf"
    rows = [{"style": by, **row} for row in ROWS]

    evaluating.show_evaluation(evaluating.run_evaluation(ROUTER, rows, ["style"], console()), shown)

    figures, _, confusion = written(shown).partition("precision: ")
    assert "…" not in written(shown)
    assert max(map(len, figures.splitlines())) <= width
    for column in evaluating.COLUMNS:
        assert len(re.findall(rf"\b{column}\b", figures)) == 2, "once for all, once by style"
    assert (figures.count("0.500"), figures.count("0.667")) == (4, 2), "precision and reach, accuracy"
    folded = "".join(line.split("  ")[0] for line in figures.splitlines()).replace(" ", "")
    assert by.replace(" ", "") in folded
    for name in ("wohnen", "arbeit", "none"):
        assert name in confusion


def test_a_row_may_say_that_it_has_no_further_fields() -> None:
    rows = [{**ROWS[0], "all_fields": None}]

    assert evaluating.run_evaluation(ROUTER, rows, [], console()).figures.both.of == 0


def test_each_miss_is_shown_with_what_was_found() -> None:
    shown = console()

    evaluating.show_misses(evaluating.run_evaluation(ROUTER, ROWS, [], console()), shown)

    assert "b: wanted wohnen, guessed arbeit (route)" in written(shown)
    assert "Stelle ← Stelle (exact)" in written(shown)
    assert "Wohnung frei" not in written(shown)


def test_other_programs_get_the_same_figures_as_json() -> None:
    figures = json.loads(evaluating.as_json(evaluating.run_evaluation(ROUTER, ROWS, ["lang"], console())))

    assert figures["figures"]["precision"] == 0.5
    assert figures["counts"]["precision"] == 2
    assert figures["by"]["lang"]["en"]["accuracy"] == 1
    assert {"label": "wohnen", "guess": "arbeit", "count": 1} in figures["confusion"]
