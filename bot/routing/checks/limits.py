"""The limits on how much may come at once: low enough to protect the contacts, high enough for people in trouble."""

from __future__ import annotations

from bot.routing.durations import load_duration
from bot.routing.report import Report
from bot.routing.rules import Limits, Rules

# Whoever is in trouble writes in pieces: six short messages in a row are nothing unusual, and one more may follow each.
FEWEST_MESSAGES = 10
LEAST = {"messages": FEWEST_MESSAGES, "waiting": 10, "rings": 1}
MOST = {"messages": 1_000, "waiting": 1_000, "rings": 1_000}


def check_limits(rules: Rules, report: Report) -> None:
    """Report numbers that would turn ordinary people away, or nobody at all, and times counted in office hours."""
    for name, least in LEAST.items():
        number, path = getattr(rules.limits, name), ("limits", name)
        if not least <= number <= MOST[name]:
            report.add(path, f"{number} is out of bounds.", f"Write a number from {least} to {MOST[name]}.")
    for name, info in Limits.model_fields.items():
        if info.annotation is str:
            _check_elapsed(name, getattr(rules.limits, name), report)


def _check_elapsed(name: str, text: str, report: Report) -> None:
    try:
        load_duration(text).elapsed()
    except ValueError:
        path = ("limits", name)
        if not report.has_below(path):  # what is no length of time at all is told already
            mend = "Write minutes, hours or days, for example 10 minutes."
            report.add(path, f"'{text}' is counted in office hours, but people write at night too.", mend)
