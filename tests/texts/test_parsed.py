"""Parsed texts kept for the next start: the same entries, whatever stands in the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from fluent.syntax import FluentParser

from bot.kept import Kept
from bot.texts import parsed
from bot.texts.catalog import FOLDER, load_texts

SOURCE = (FOLDER / "de.ftl").read_text("utf-8")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "anfragelotse"


def test_kept_texts_are_those_just_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    load_texts()
    first = parsed.parse(SOURCE)
    monkeypatch.setattr(parsed, "FluentParser", lambda: pytest.fail("parsed once more"))
    again = parsed.parse(SOURCE)
    assert again is not first
    assert again.equals(first, ignored_fields=[])
    assert load_texts().say("de", "btn-go-on") == "Weiter"


def test_another_text_is_parsed_anew(folder: Path) -> None:
    parsed.parse(SOURCE)
    parsed.parse(SOURCE + "\nnew-one = Neu\n")
    assert len(list(folder.iterdir())) == 2


def test_a_short_text_is_not_kept(folder: Path) -> None:
    parsed.parse("one = Eins\n")
    assert not folder.exists()


@pytest.mark.parametrize("content", [b"N.", b"Guten Tag"])
def test_whatever_stands_in_the_file_the_texts_are_there(
    folder: Path, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    wanted = FluentParser().parse(SOURCE)
    parsed.parse(SOURCE)
    (path,) = folder.iterdir()
    Kept("texts", "", lambda *_: False).write(path, lambda: content)
    assert parsed.parse(SOURCE).equals(wanted, ignored_fields=[])
    assert "parsed texts are made anew" in caplog.text


@pytest.mark.parametrize(("module", "name"), [("fluent.syntax.ast", "sys"), ("fluent.syntax", "ast"), ("os", "system")])
def test_nothing_but_entries_is_made(module: str, name: str) -> None:
    assert not parsed._is_allowed(module, name)
