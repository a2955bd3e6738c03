from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import RulesError
from bot.services.rules.rules_file import load_rules_file


def told(path: Path) -> str:
    with pytest.raises(RulesError) as caught:
        load_rules_file(path)
    (fault,) = caught.value.faults
    return str(fault)


def test_a_missing_file_is_told_with_the_setting_that_names_it(tmp_path: Path) -> None:
    assert "cannot be read (No such file or directory). Set ROUTING_RULES" in told(tmp_path / "none.yaml")


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_bytes("version: 1 # Lörrach".encode("latin-1"))
    assert "is not UTF-8 text (byte 14). Save the file as UTF-8." in told(path)
