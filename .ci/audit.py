"""Asks whether a known vulnerability lies in what the bot runs on: pip-audit over requirements.lock.

Runs pip-audit in a virtual environment of its own, so that nothing of it is ever installed beside the bot. Only a
report that names a vulnerability fails. Where pip-audit cannot be installed, or its service does not answer, nothing
is known, and that is said: pip-audit itself ends with 1 for a vulnerability and for a service out of reach alike, and
with 0 where the service knows none of the packages. So its report decides, never its exit code.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import venv
from dataclasses import dataclass
from pathlib import Path

LOCK = Path(__file__).parent.parent / "requirements.lock"
# Setting up takes about a minute on a slow machine, asking for forty packages some seconds.
INSTALL_WITHIN_S, ASK_WITHIN_S = 300, 180


@dataclass(frozen=True)
class Verdict:
    """What a report says; `found` names package, version and vulnerability."""

    found: tuple[str, ...]
    asked: int
    unknown: int

    @property
    def sentence(self) -> str:
        """What to tell whoever reads the log of this run."""
        if self.found:
            lines = "\n".join(f"  {line}" for line in self.found)
            return f"{len(self.found)} known vulnerabilities:\n{lines}\nRaise the versions and lock again."
        if not self.asked:
            return "Nothing was audited: the vulnerability service does not know any of the packages here."
        rest = f"; {self.unknown} are unknown to the service" if self.unknown else ""
        return f"No known vulnerability in {self.asked} packages{rest}."


def read_report(text: str) -> Verdict | None:
    """Read pip-audit's JSON report; None for anything else, such as the nothing it prints when it fails."""
    try:
        packages = json.loads(text)["dependencies"]
        found = tuple(
            f"{package['name']} {package['version']}: {vulnerability['id']}"
            for package in packages
            for vulnerability in package.get("vulns", ())
        )
        unknown = sum("skip_reason" in package for package in packages)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return Verdict(found, len(packages) - unknown, unknown)


def main() -> int:
    """Audit; 1 if something is known to be vulnerable, else 0."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            venv.create(folder, with_pip=True)
            python = str(Path(folder) / "bin" / "python")
            install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "pip-audit"]
            subprocess.run(install, check=True, capture_output=True, timeout=INSTALL_WITHIN_S)
        except (subprocess.SubprocessError, OSError) as error:
            print(f"Nothing was audited: pip-audit cannot be installed here ({type(error).__name__}).")
            return 0
        ask = [python, "-m", "pip_audit", "--requirement", str(LOCK), "--require-hashes", "--disable-pip"]
        ask += ["--format", "json", "--progress-spinner", "off"]
        try:
            answer = subprocess.run(ask, check=False, capture_output=True, text=True, timeout=ASK_WITHIN_S)
        except subprocess.TimeoutExpired:
            print("Nothing was audited: the vulnerability service did not answer in time.")
            return 0
    verdict = read_report(answer.stdout)
    if verdict is None:
        last = (answer.stderr.strip().splitlines() or ["it said nothing"])[-1]
        print(f"Nothing was audited: no report came from the vulnerability service ({last.split('(')[0][:120]}).")
        return 0
    print(verdict.sentence)
    return 1 if verdict.found else 0


if __name__ == "__main__":
    sys.exit(main())
