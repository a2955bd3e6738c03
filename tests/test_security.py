"""What `docs/sicherheit.md` promises is tested: every test it names is there, and each threat names one."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
ROOT = TESTS.parent
DOCUMENT = (ROOT / "docs" / "sicherheit.md").read_text("utf-8")

ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in DOCUMENT.splitlines()
    if line.startswith("| ") and not line.startswith(("| Gefahr ", "| ---"))
]
# What must not be missing, whatever else is thought of.
THREATS = (
    *("Fremde geben sich als Ansprechperson", "Gefälschte Knöpfe", "Wiederholte Knöpfe", "Geratene Einladungen"),
    *("Anonyme Gruppenleitung", "Kanalbeiträge", "andere Bots", "fremden Gruppen", "Erwähnungen", "Namen mit"),
    *("CSV", "Übergroße Eingaben", "Eine Person flutet", "Viele schreiben zugleich", "Token", "Andere auf dem Rechner"),
    *("Schwachstellen", "Updates", "Webhook"),
)


@cache
def functions_of(file: str) -> frozenset[str]:
    tree = ast.parse((TESTS / file).read_text("utf-8"))
    return frozenset(one.name for one in tree.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:40] for row in ROWS])
def test_every_threat_names_tests_that_exist(row: list[str]) -> None:
    threat, does, tests = row
    named = re.findall(r"`([^`]+\.py)::(\w+)`", tests)

    assert threat
    assert does
    assert named, "no test is named"
    assert [name for file, name in named if name not in functions_of(file)] == []


@pytest.mark.parametrize("threat", THREATS)
def test_no_threat_is_forgotten(threat: str) -> None:
    assert any(threat in row[0] for row in ROWS)


def test_nothing_writes_csv() -> None:
    """Where something does, formulas in it have to be made harmless, and the document has to say so."""
    sources = [path for path in (ROOT / "bot").rglob("*.py") if "playground" not in path.parts]

    assert [path.name for path in sources if re.search(r"\bcsv\b", path.read_text("utf-8"))] == []
