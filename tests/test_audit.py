"""The dependency audit of a run before landing: only a named vulnerability fails, and silence is no all-clear."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

FILE = Path(__file__).parent.parent / ".ci" / "audit.py"


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("ci_audit", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["ci_audit"] = module
    spec.loader.exec_module(module)
    return module


audit = load()
GOOD = {"name": "httpx", "version": "0.28.1", "vulns": []}
UNKNOWN = {"name": "yoyo", "skip_reason": "Dependency not found on PyPI"}
BAD = {"name": "pip", "version": "1.0", "vulns": [{"id": "PYSEC-1"}, {"id": "GHSA-2"}]}

REPORTS = [
    ("all is well", json.dumps({"dependencies": [GOOD, GOOD]}), 0, "No known vulnerability in 2 packages."),
    ("one vulnerable", json.dumps({"dependencies": [GOOD, BAD]}), 1, "pip 1.0: GHSA-2"),
    ("vulnerable beside unknown ones", json.dumps({"dependencies": [UNKNOWN, BAD]}), 1, "pip 1.0: PYSEC-1"),
    ("some unknown", json.dumps({"dependencies": [GOOD, UNKNOWN]}), 0, "1 are unknown to the service"),
    ("nothing known: no all-clear", json.dumps({"dependencies": [UNKNOWN]}), 0, "Nothing was audited"),
    ("the service out of reach", "", 0, "no report came"),
    ("an error page", "<html>502</html>", 0, "no report came"),
    ("another shape", "[]", 0, "no report came"),
]


@pytest.mark.parametrize(("label", "printed", "code", "said"), REPORTS, ids=[row[0] for row in REPORTS])
@pytest.mark.parametrize("exit_code", [0, 1])
def test_the_report_decides_whatever_the_exit_code(
    label: str,
    printed: str,
    code: int,
    said: str,
    exit_code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer = SimpleNamespace(stdout=printed, stderr="requests.exceptions.ConnectionError: …", returncode=exit_code)
    monkeypatch.setattr(audit.venv, "create", lambda *_, **__: None)
    monkeypatch.setattr(audit.subprocess, "run", lambda *_, **__: answer)

    assert audit.main() == code
    assert said in capsys.readouterr().out


def test_where_nothing_can_be_installed_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("no network")

    monkeypatch.setattr(audit.venv, "create", fail)

    assert audit.main() == 0
    assert "cannot be installed" in capsys.readouterr().out
