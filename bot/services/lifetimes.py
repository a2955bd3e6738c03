"""Until when what is kept, by the rules' `privacy.retention`; what `bot.services.keeping.retention` then does."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.model import Inquiry
from bot.routing.durations import load_duration
from bot.services.turn import Turn


def length(text: str) -> timedelta:
    """Return a length of time as the rules write it."""
    return load_duration(text).elapsed()


def goes_at(turn: Turn, inquiry: Inquiry) -> datetime:
    """Return when an inquiry is deleted as it stands now: some time after its end, and never later than a year."""
    rule = turn.book.rules.privacy.retention
    latest = inquiry.opened_at + length(rule.longest)
    return latest if inquiry.closed_at is None else min(inquiry.closed_at + length(rule.content), latest)
