"""What is kept for the next start: never a stale, a damaged or a strange file, and never in the way."""

from __future__ import annotations

import logging
import os
import pickle
import stat
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from bot import kept
from bot.kept import Kept, Unpickler

NUMBERS = Kept("numbers", "found numbers", lambda module, name: (module, name) == ("builtins", "complex"))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "anfragelotse"


def kept_files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.exists() else []


def load(unpickler: Unpickler) -> Any:
    return unpickler.load()


def keep(content: Any, *belongs_to: bytes) -> Path:
    path = NUMBERS.path(*belongs_to)
    assert path is not None
    NUMBERS.write(path, lambda: pickle.dumps(content))
    return path


def test_what_was_kept_is_there_for_the_same_text_only() -> None:
    path = keep([1, 2j], b"text", b"code")
    assert NUMBERS.read(path, load) == [1, 2j]
    for other in ((b"text",), (b"code", b"text"), (b"textcode",), (b"text", b"code", b"")):
        assert NUMBERS.read(NUMBERS.path(*other), load) is None


def test_only_the_user_can_read_what_is_kept(folder: Path) -> None:
    keep([1])
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, *kept_files(folder))] == [0o700, 0o600]


def test_a_file_others_can_write_is_not_used(caplog: pytest.LogCaptureFixture) -> None:
    path = keep([1])
    path.chmod(0o666)
    assert NUMBERS.read(path, load) is None
    assert "could be written by others" in caplog.text


def test_few_files_of_a_kind_stay(folder: Path) -> None:
    for number in range(kept.MOST_KEPT + 2):
        path = keep([number], str(number).encode())
        os.utime(path, (number, number))
    other = Kept("letters", "letters", lambda *_: False)
    other.write(other.path(), lambda: b"")
    kinds = [path.name.split("-")[0] for path in kept_files(folder)]
    assert kinds == ["letters", *["numbers"] * kept.MOST_KEPT]


class Evil:
    """Runs a command in whoever unpickles it."""

    def __reduce__(self) -> Any:
        return subprocess.call, (["touch", "was-run"],)


@pytest.mark.parametrize(
    ("label", "change"),
    [
        ("nothing", lambda _: b""),
        ("half a file", lambda content: content[:-3]),
        ("a bit turned", lambda content: content[:-3] + bytes([content[-3] ^ 1]) + content[-2:]),
        ("no pickle", lambda _: kept._checksum([b"Guten Tag"]) + b"Guten Tag"),
        ("a command", lambda _: kept._checksum([pickle.dumps(Evil())]) + pickle.dumps(Evil())),
    ],
)
def test_a_file_that_cannot_be_used_is_passed_over_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, label: str, change: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    path = keep([1, 2, 3])
    path.write_bytes(change(path.read_bytes()))
    with caplog.at_level(logging.WARNING):
        assert NUMBERS.read(path, load) is None
    assert "found numbers are made anew" in caplog.text
    assert not (tmp_path / "was-run").exists()


def test_what_its_reader_cannot_use_is_passed_over(caplog: pytest.LogCaptureFixture) -> None:
    path = keep([1])
    assert NUMBERS.read(path, lambda unpickler: unpickler.load()["nothing"]) is None
    assert "made anew" in caplog.text


@pytest.mark.parametrize(("module", "name"), [("builtins", "eval"), ("os", "system"), ("pathlib", "Path")])
def test_only_what_is_allowed_is_made(module: str, name: str) -> None:
    called = b"\x80\x04" + b"".join(b"\x8c" + bytes([len(word)]) + word.encode() for word in (module, name))
    with pytest.raises(pickle.UnpicklingError, match="has no place"):
        Unpickler(BytesIO(called + b"\x93\x8c\x01x\x85R."), lambda *_: False).load()


def test_a_full_disk_leaves_nothing_half_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def write_half(path: Path, content: bytes) -> None:
        with path.open("wb") as file:
            file.write(content[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", write_half)
    keep(list(range(100)))
    assert kept_files(folder) == []
    assert "found numbers cannot be kept" in caplog.text


def test_what_a_killed_process_left_half_written_goes_after_a_while(folder: Path) -> None:
    folder.mkdir(parents=True)
    for name, age_s in (("numbers-old.7.half", kept.HALF_FOR_S + 60), ("numbers-new.8.half", 0)):
        (folder / name).touch()
        at = (folder / name).stat().st_mtime - age_s
        os.utime(folder / name, (at, at))
    keep([1])
    assert [path.name for path in kept_files(folder) if path.suffix == ".half"] == ["numbers-new.8.half"]


def test_what_cannot_be_packed_is_told_and_no_more(caplog: pytest.LogCaptureFixture) -> None:
    path = NUMBERS.path()
    NUMBERS.write(path, lambda: pickle.dumps(lambda: None))
    assert "cannot be kept" in caplog.text


def test_a_user_without_a_home_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr("pwd.getpwuid", {}.__getitem__)
    path = NUMBERS.path(b"text")
    assert path is None
    NUMBERS.write(path, lambda: pytest.fail("packed for nobody"))
    assert NUMBERS.read(path, load) is None


def test_a_relative_cache_folder_is_passed_over_as_its_standard_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert kept._folder() == tmp_path / ".cache" / "anfragelotse"
