"""The limits on how much may come at once: low enough to protect the contacts, high enough for people in trouble."""

from __future__ import annotations

from bot.routing.report import Report
from bot.routing.rules import Rules

# Whoever is in trouble writes in pieces: six short messages in a row are nothing unusual, and one more may follow each.
FEWEST_MESSAGES = 10
LEAST = {"messages": FEWEST_MESSAGES, "waiting": 10, "rings": 1}
MOST = {"messages": 1_000, "waiting": 1_000, "rings": 1_000}


def check_limits(rules: Rules, report: Report) -> None:
    """Report numbers that would turn ordinary people away, or nobody at all."""
    for name, least in LEAST.items():
        number, path = getattr(rules.limits, name), ("limits", name)
        if not least <= number <= MOST[name]:
            report.add(path, f"{number} is out of bounds.", f"Write a number from {least} to {MOST[name]}.")
