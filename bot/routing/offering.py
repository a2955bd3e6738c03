"""Which fields a person is asked to choose from, where a message is not clear or seems to belong to no field."""

from __future__ import annotations

from collections.abc import Iterable

from bot.model import Outcome, RoutingDecision

# With fewer choices than this the question would be a guess; then all fields are offered, the guess first.
FEWEST_CHOICES = 2


def is_narrow(decision: RoutingDecision) -> bool:
    """Tell whether only a few fields come into question, so that the others need not be offered."""
    return decision.outcome is Outcome.ASK and len(decision.choices) >= FEWEST_CHOICES


def offered_fields(decision: RoutingDecision, every: Iterable[str]) -> list[str]:
    """Return the fields to choose from, the likeliest first.

    Args:
        every: all fields there are, in the rules' order.
    """
    choices = list(decision.choices)
    return choices if is_narrow(decision) else choices + [field for field in every if field not in choices]
