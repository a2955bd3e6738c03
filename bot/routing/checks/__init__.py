"""What only shows when the rules are seen as a whole: names that must exist, circles, words in two places.

May import the shapes, the report and the readers of hours and durations. A check takes the rules, whose single values
are sound, and the report; it returns nothing and stops at nothing.

Example:
    >>> report = Report("routing_rules.yaml")
    >>> check_rules(rules, report)
    >>> report.faults
    []
"""

from __future__ import annotations

from bot.routing.checks.contacts import check_contacts
from bot.routing.checks.durations import check_durations
from bot.routing.checks.limits import check_limits
from bot.routing.checks.lookalikes import check_lookalikes
from bot.routing.checks.office import check_office
from bot.routing.checks.words import check_words
from bot.routing.report import Report
from bot.routing.rules import Rules


def check_rules(rules: Rules, report: Report) -> None:
    """Report everything that contradicts itself."""
    check_office(rules, report)
    check_durations(rules, report)
    check_limits(rules, report)
    check_contacts(rules, report)
    check_words(rules, report)
    check_lookalikes(rules, report)
