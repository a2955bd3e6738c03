"""Compiled rules kept for the next start: the same decisions, never a stale or a strange file, never in the way."""

from __future__ import annotations

import io
import logging
import os
import pickle
import stat
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.errors import RulesError
from bot.routing.rules import without_words
from bot.services import kept_rules
from bot.services.kept_rules import load_router
from tests.support.rulebook import write_rules

TEXTS = (
    "Bei uns steht die Einliegerwohnung leer",
    "ich suche wohung in Loerrach",
    "Мені потрібен курс німецької",
    "Wo gibt es gelbe Säcke?",
    "Stellenangebot für Köche, und wir hätten ein Zimmer im Dachgeschoss",
)
RULES = Path(__file__).parents[2] / "routing_rules.yaml"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    kept_rules._code.cache_clear()
    yield tmp_path / "cache" / "anfragelotse"
    kept_rules._code.cache_clear()


def kept_files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.exists() else []


def test_kept_rules_decide_like_those_just_compiled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = load_router(RULES, words=True)
    monkeypatch.setattr(kept_rules, "_compile", lambda _: pytest.fail("compiled once more"))
    kept = load_router(RULES, words=True)
    assert kept.rules == compiled.rules
    assert load_router(RULES).rules == without_words(compiled.rules)
    assert [kept.decide(text) for text in TEXTS] == [compiled.decide(text) for text in TEXTS]
    assert len(kept_files(folder)) == 1


def test_only_the_user_can_read_what_is_kept(folder: Path) -> None:
    load_router(RULES)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, *kept_files(folder))] == [0o700, 0o600]


def test_changed_rules_are_compiled_anew_and_few_files_stay(tmp_path: Path, folder: Path) -> None:
    text = RULES.read_text("utf-8")
    for number in range(kept_rules.MOST_KEPT + 2):
        path = tmp_path / "rules.yaml"
        path.write_text(text.replace("route_score: 41", f"route_score: {50 + number}"), "utf-8")
        assert load_router(path).rules.thresholds.route_score == 50 + number
        for at, file in enumerate(kept_files(folder)):
            os.utime(file, (at, at))
    assert len(kept_files(folder)) == kept_rules.MOST_KEPT


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


class Evil:
    """Runs a command in whoever unpickles it."""

    def __reduce__(self) -> Any:
        return subprocess.call, (["touch", "was-run"],)


def made_of(module: str, name: str) -> bytes:
    """Return a pickle that calls something with a text."""
    return (
        b"\x80\x04"
        + b"".join(b"\x8c" + bytes([len(word)]) + word.encode() for word in (module, name))
        + (b"\x93\x8c\x01x\x85R.")
    )


@pytest.mark.parametrize(
    ("label", "content"),
    [
        ("nothing", b""),
        ("half a file", None),
        ("no pickle", b"Guten Tag"),
        ("something else", pickle.dumps(("one", "two", "three"))),
        ("a command", pickle.dumps((Evil(), Evil()))),
    ],
)
def test_whatever_stands_in_the_file_the_rules_are_there(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    label: str,
    content: bytes | None,
) -> None:
    monkeypatch.chdir(tmp_path)
    load_router(RULES)
    (file,) = kept_files(folder)
    file.write_bytes(file.read_bytes()[:100_000] if content is None else content)
    with caplog.at_level(logging.WARNING):
        assert load_router(RULES).decide(TEXTS[0]).fields == ("wohnen",)
    assert "the rules are compiled anew" in caplog.text
    assert not (tmp_path / "was-run").exists()
    caplog.clear()
    load_router(RULES)
    assert caplog.text == ""  # and what was kept then is good again


def test_a_file_others_can_write_is_not_used(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    load_router(RULES)
    (file,) = kept_files(folder)
    file.chmod(0o666)
    load_router(RULES)
    assert "could be written by others" in caplog.text
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("bot.routing.load", "hashlib.sha256"),
        ("bot.routing.load", "RulesError"),  # imported there, so not its own
        ("bot.routing.load", "load_rules"),
        ("bot.app", "asyncio.subprocess.subprocess.Popen"),
        ("bot.services.kept_rules", "logging.FileHandler"),
        ("builtins", "eval"),
    ],
)
def test_nothing_but_classes_of_routing_is_made(module: str, name: str) -> None:
    with pytest.raises(pickle.UnpicklingError, match="has no place"):
        kept_rules._OurClasses(io.BytesIO(made_of(module, name))).load()


def test_a_full_disk_leaves_nothing_half_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def write_half(path: Path, content: bytes) -> None:
        with path.open("wb") as file:
            file.write(content[:1000])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", write_half)
    assert load_router(RULES).decide(TEXTS[0]).fields == ("wohnen",)
    assert kept_files(folder) == []
    assert "compiled rules cannot be kept" in caplog.text


def test_what_a_killed_process_left_half_written_goes_after_a_while(folder: Path) -> None:
    folder.mkdir(parents=True)
    for name, age_s in (("rules-old.7.half", kept_rules.HALF_FOR_S + 60), ("rules-new.8.half", 0)):
        (folder / name).touch()
        at = (folder / name).stat().st_mtime - age_s
        os.utime(folder / name, (at, at))
    load_router(RULES)
    assert [path.name for path in kept_files(folder) if path.suffix == ".half"] == ["rules-new.8.half"]


def test_a_user_without_a_home_compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr("pwd.getpwuid", {}.__getitem__)
    assert load_router(RULES).decide(TEXTS[0]).fields == ("wohnen",)


@pytest.mark.parametrize("name", ["kept_rules.py", "building.py", "terms.py", "words.py", "office.py", "inquiry.py"])
def test_whatever_file_changes_rules_are_compiled_anew(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before, read = kept_rules._code(), Path.read_bytes
    kept_rules._code.cache_clear()
    monkeypatch.setattr(Path, "read_bytes", lambda path: read(path) + (b"#" if path.name == name else b""))
    assert kept_rules._code() != before


def test_without_a_place_to_keep_them_rules_are_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "a file"))
    assert load_router(RULES).decide(TEXTS[0]).fields == ("wohnen",)


def test_a_relative_cache_folder_is_passed_over_as_its_standard_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert kept_rules._folder() == tmp_path / ".cache" / "anfragelotse"
