"""Compiled rules kept for the next start: the same decisions, and none from rules or code that were another."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.errors import RulesError
from bot.routing.decide import Router
from bot.routing.rules import without_words
from bot.services.rules import kept_rules
from bot.services.rules.kept_rules import load_router, prepare
from bot.services.rules.rulebook import load_checked
from tests.support.rulebook import all_texts, write_rules

TEXTS = (
    "Bei uns steht die Einliegerwohnung leer",
    "ich suche wohung in Loerrach",
    "Мені потрібен курс німецької",
    "Wo gibt es gelbe Säcke?",
    "Stellenangebot für Köche, und wir hätten ein Zimmer im Dachgeschoss",
)
RULES = Path(__file__).parents[3] / "routing_rules.yaml"
CASES = Path(__file__).parents[2] / "cases"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    kept_rules._code.cache_clear()
    yield tmp_path / "cache" / "anfragelotse"
    kept_rules._code.cache_clear()


def kept_files(folder: Path) -> list[Path]:
    """Return the files of rules; parsed texts may be kept beside them."""
    return sorted(folder.glob("rules-*")) if folder.exists() else []


def test_kept_rules_decide_like_those_just_compiled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = load_router(RULES, words=True)
    monkeypatch.setattr(kept_rules, "_compile", lambda *_: pytest.fail("compiled once more"))
    kept = load_router(RULES, words=True)
    assert kept.rules == compiled.rules
    assert load_router(RULES).rules == without_words(compiled.rules)
    files = [path.read_bytes().splitlines() for path in sorted(CASES.glob("*.jsonl"))]
    cases = [json.loads(line)["text"] for lines in files for line in lines]
    assert len(cases) > 400
    for text in (*TEXTS, *cases):
        assert kept.decide(text) == compiled.decide(text)
    assert len(kept_files(folder)) == 1


def test_rules_compiled_by_another_process_decide_alike(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = RULES.read_text("utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(kept_rules, "_compile", lambda *_: pytest.fail("compiled here"))
        apart = prepare(text, RULES.name, apart=True).router
    assert len(kept_files(folder)) == 1
    for path in kept_files(folder):
        path.unlink()
    here = prepare(text, RULES.name).router
    for example in TEXTS:
        assert apart.decide(example) == here.decide(example)


def test_where_another_process_cannot_compile_this_one_does(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = RULES.read_text("utf-8")
    for python in ("/bin/false", "/nowhere/python"):
        monkeypatch.setattr(kept_rules.sys, "executable", python)
        assert prepare(text, RULES.name, apart=True).router.decide(TEXTS[0]).fields == ("wohnen",)
        for path in kept_files(folder):
            path.unlink()


def test_faults_are_told_though_another_process_found_them(folder: Path) -> None:
    text = RULES.read_text("utf-8").replace("general_contact:", "general_contakt:")
    with pytest.raises(RulesError, match="general_contakt"):
        prepare(text, RULES.name, apart=True)
    assert kept_files(folder) == []


def test_examples_that_hold_are_tried_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []
    monkeypatch.setattr(
        Router, "decide", lambda self, text, decide=Router.decide: tried.append(text) or decide(self, text)
    )
    text = RULES.read_text("utf-8")
    assert not prepare(text, RULES.name).examples_hold  # nobody has tried them before they were kept
    assert len(tried) > 40
    tried.clear()
    assert prepare(text, RULES.name).examples_hold
    assert tried == []


def test_an_example_that_lands_elsewhere_is_told_at_every_start(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "rules.yaml"
    text = RULES.read_text("utf-8")
    wrong = text.replace(
        "    examples:\n      de:\n", "    examples:\n      de:\n        - Ich suche Arbeit als Koch\n", 1
    )
    assert wrong != text
    path.write_text(wrong, "utf-8")
    for _ in range(2):
        with pytest.raises(RulesError, match="Ich suche Arbeit als Koch"):
            load_checked(path, all_texts(), words=False)
    assert len(kept_files(folder)) == 1


def test_changed_rules_are_compiled_anew(tmp_path: Path, folder: Path) -> None:
    text = RULES.read_text("utf-8")
    path = tmp_path / "rules.yaml"
    for points in (2.5, 2.6):
        path.write_text(text.replace("route_points: 2.1", f"route_points: {points}"), "utf-8")
        assert load_router(path).rules.thresholds.route_points == points
    assert len(kept_files(folder)) == 2


def test_another_state_of_the_code_compiles_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_router(RULES)
    monkeypatch.setattr(kept_rules, "_code", cache(lambda: b"another one"))
    load_router(RULES)
    assert len(kept_files(folder)) == 2


def test_small_rules_are_not_kept(tmp_path: Path, folder: Path) -> None:
    load_router(write_rules(tmp_path))
    assert kept_files(folder) == []


def test_faulty_rules_are_not_kept(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(RULES.read_text("utf-8").replace("general_contact:", "general_contakt:"), "utf-8")
    with pytest.raises(RulesError):
        load_router(path)
    assert kept_files(folder) == []


@pytest.mark.parametrize(
    ("label", "content"),
    [("half a file", None), ("something else", pickle.dumps(("one", "two", "three")))],
)
def test_whatever_stands_in_the_file_the_rules_are_there(
    folder: Path, caplog: pytest.LogCaptureFixture, label: str, content: bytes | None
) -> None:
    load_router(RULES)
    (file,) = kept_files(folder)
    if content is None:
        file.write_bytes(file.read_bytes()[:100_000])
    else:
        kept_rules._KEPT.write(file, lambda: content)
    assert load_router(RULES).decide(TEXTS[0]).fields == ("wohnen",)
    assert "compiled rules are made anew" in caplog.text
    caplog.clear()
    load_router(RULES)
    assert caplog.text == ""  # and what was kept then is good again


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("bot.routing.load", "hashlib.sha256"),
        ("bot.routing.load", "RulesError"),  # imported there, so not its own
        ("bot.routing.load", "load_rules"),
        ("bot.app", "asyncio.subprocess.subprocess.Popen"),
        ("bot.services.rules.kept_rules", "Kept"),
        ("builtins", "eval"),
        ("os", "system"),
    ],
)
def test_nothing_but_classes_of_routing_is_made(module: str, name: str) -> None:
    assert not kept_rules._is_allowed(module, name)


@pytest.mark.parametrize(
    "name", ["kept_rules.py", "kept.py", "building.py", "terms.py", "words.py", "office.py", "inquiry.py"]
)
def test_whatever_file_changes_rules_are_compiled_anew(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before, read = kept_rules._code(), Path.read_bytes
    kept_rules._code.cache_clear()
    monkeypatch.setattr(Path, "read_bytes", lambda path: read(path) + (b"#" if path.name == name else b""))
    assert kept_rules._code() != before


def test_without_a_place_to_keep_them_rules_are_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "a file"))
    assert load_router(RULES).decide(TEXTS[0]).fields == ("wohnen",)
