"""What `evaluate` reads and prints."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from bot.console import evaluating
from bot.errors import FaultsError
from bot.routing.decide import Router
from tests.support.rules import make_rules

ROUTER = Router(make_rules(fields={"wohnen": {"de": ["Wohnung"]}, "arbeit": {"de": ["Stelle"]}}))
ROWS = [
    {"id": "a", "lang": "de", "text": "Wohnung frei", "labels": ["wohnen"]},
    {"id": "b", "lang": "de", "text": "Stelle frei", "labels": ["wohnen"]},
    {"id": "c", "lang": "en", "text": "Hm", "labels": ["none"]},
]


def console() -> Console:
    return Console(file=io.StringIO(), width=200)


def written(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"id": 1, "text": "x", "labels": ["none"]}\nnot json\n\n{"id": 2, "text": "y"}\n', "utf-8")
    latin = tmp_path / "latin.jsonl"
    latin.write_bytes(b"\xe4")

    with pytest.raises(FaultsError) as raised:
        evaluating.load_rows([rows, latin, tmp_path / "missing.jsonl"])

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
        evaluating.load_rows([rows])


def test_the_figures_are_shown_as_a_whole_and_by_group() -> None:
    shown = console()

    evaluating.show_evaluation(evaluating.run_evaluation(ROUTER, ROWS, ["lang"], console()), shown)

    lines = [line.split() for line in written(shown).splitlines() if line.strip()]
    header, figures = lines[0], lines[1]
    assert dict(zip(header, figures, strict=True)) | {"all": "all", "rows": "3", "precision": "0.500"} == dict(
        zip(header, figures, strict=True)
    )
    assert any(line[:2] == ["en", "1"] for line in lines)


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
