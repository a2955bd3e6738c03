"""What `weigh` prints and writes."""

from __future__ import annotations

import errno
import json
import os
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
    assert "weights changed: 2." in said.stdout
    assert "{word: Keller, weight: " in rules.read_text("utf-8")
    assert "# ours" in rules.read_text("utf-8")


def test_what_cannot_be_rewritten_is_named(rules: Path) -> None:
    block = "{de: [Wohnung, &k Keller], en: [*k]}"
    rules.write_text(RULES.replace("{de: [Wohnung, Keller]}", block), "utf-8")
    wanted = [CHANGE, Weighed("wohnen", "de", "Wohnung", 2, 2.5, 30)]

    told = weighing.write(rules, wanted)

    assert "weights changed: 1." in told
    assert told.endswith("by hand:\nwohnen de: Keller  2 → 0.5  (12 messages)")
    assert "{word: Wohnung, weight: 2.5}, &k Keller" in rules.read_text("utf-8")


def test_a_file_that_cannot_be_used_stays_as_it_is(rules: Path) -> None:
    faulty = RULES.replace("general_contact: leitung", "general_contact: nobody")
    rules.write_text(faulty, "utf-8")

    with pytest.raises(RulesError):
        weighing.write(rules, [CHANGE])
    assert rules.read_text("utf-8") == faulty


@pytest.mark.parametrize(
    ("number", "mend"), [(errno.EACCES, "Give the right"), (errno.ENOSPC, "Make room"), (errno.EFBIG, "Make room")]
)
def test_a_file_that_cannot_be_written_whole_stays_as_it_is(
    rules: Path, monkeypatch: pytest.MonkeyPatch, number: int, mend: str
) -> None:
    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)  # the text is on its way by then
    with pytest.raises(RulesError, match=f"cannot be written .* {mend}"):
        weighing.write(rules, [CHANGE])
    assert [(path.name, path.read_text("utf-8")) for path in rules.parent.iterdir()] == [("rules.yaml", RULES)]


def test_a_file_nobody_may_write_stays_as_it_is(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
    with pytest.raises(RulesError, match=r"cannot be written \(Permission denied\)\. Give the right"):
        weighing.write(rules, [CHANGE])
    assert rules.read_text("utf-8") == RULES


@pytest.mark.skipif(os.getuid() != 0, reason="only root writes for others")
def test_the_owner_stays(rules: Path) -> None:
    os.chown(rules, 1234, 1235)
    weighing.write(rules, [CHANGE])
    assert (rules.stat().st_uid, rules.stat().st_gid) == (1234, 1235)


def test_line_ends_rights_and_links_stay(rules: Path, tmp_path: Path) -> None:
    rules.write_bytes(RULES.replace("\n", "\r\n").encode())
    rules.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(rules)

    weighing.write(link, [CHANGE, Weighed("wohnen", "de", "Nowhere", 2, 1, 9)])

    assert link.is_symlink()
    assert rules.stat().st_mode & 0o777 == 0o640
    assert rules.read_bytes() == RULES.replace("Keller", "{word: Keller, weight: 0.5}").replace("\n", "\r\n").encode()


@pytest.mark.parametrize("command", ["evaluate", "weigh"])
@pytest.mark.parametrize("label", ["Arbeit", "gesundheit", ""])
def test_a_label_that_is_none_is_refused_before_it_punishes_what_is_right(
    rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, label: str
) -> None:
    monkeypatch.setenv("ROUTING_RULES", str(rules))
    rows = tmp_path / "rows.jsonl"
    for row in ({"labels": [label]}, {"labels": ["arbeit"], "all_fields": ["arbeit", label]}):
        good = json.dumps({"id": "a", "text": "Stelle", "labels": ["arbeit"]})
        rows.write_text(f"{good}\n{json.dumps({'id': 'b', 'text': 'Stelle', **row})}\n", "utf-8")

        said = CliRunner().invoke(app, [command, str(rows)])

        assert str(said.exception) == (
            f"{rows}:2: the label '{label}' is not known. Write one of wohnen, arbeit, none."
        )
