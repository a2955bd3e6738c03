"""What `weigh` prints and writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.console import weighing
from bot.errors import RulesError
from bot.routing.weights import Weighed

RULES = """\
version: 1
office: {languages: [de]}
contacts: {leitung: {name: Leitung}}
general_contact: leitung
fields:
  wohnen: {title: {de: Wohnen}, contact: leitung, keywords: {de: [Wohnung, Keller]}}  # ours
  arbeit: {title: {de: Arbeit}, contact: leitung, keywords: {de: [Stelle]}}
"""
CHANGE = Weighed("wohnen", "de", "Keller", 2, 0.5, 12)


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules.yaml"
    path.write_text(RULES, "utf-8")
    return path


def test_changes_are_told_by_field() -> None:
    told = weighing.as_lines([CHANGE, Weighed("arbeit", "de", "Stelle", 2, 2.5, 30)])
    assert told == "arbeit de: Stelle  2 → 2.5  (30 messages)\nwohnen de: Keller  2 → 0.5  (12 messages)"
    assert weighing.as_lines([]) == weighing.NOTHING


def test_the_file_changes_only_where_it_is_told_to(
    rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = tmp_path / "rows.jsonl"
    row = json.dumps({"id": "a", "text": "Keller und Stelle", "labels": ["arbeit"]})
    rows.write_text((row + "\n") * 20, "utf-8")
    monkeypatch.setenv("ROUTING_RULES", str(rules))

    said = CliRunner().invoke(app, ["weigh", str(rows)])
    assert said.exit_code == 0
    assert "wohnen de: Keller  2 → " in said.stdout
    assert rules.read_text("utf-8") == RULES

    said = CliRunner().invoke(app, ["weigh", str(rows), "--write"])
    assert "2 weights changed" in said.stdout
    assert "{word: Keller, weight: " in rules.read_text("utf-8")
    assert "# ours" in rules.read_text("utf-8")


def test_a_file_that_cannot_be_used_stays_as_it_is(rules: Path) -> None:
    faulty = RULES.replace("general_contact: leitung", "general_contact: nobody")
    rules.write_text(faulty, "utf-8")

    with pytest.raises(RulesError):
        weighing.write(rules, [CHANGE])
    assert rules.read_text("utf-8") == faulty


def test_a_file_that_cannot_be_written_is_told(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "write_text", refuse)
    with pytest.raises(RulesError, match="cannot be written \\(Permission denied\\)"):
        weighing.write(rules, [CHANGE])
