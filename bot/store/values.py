"""How our values stand in the database: times as sortable text, facts as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from bot.model import Address, Draft, InboundMessage, RoutingDecision

if TYPE_CHECKING:
    from bot.store.database import Row

DRAFT = TypeAdapter(Draft)
DECISION = TypeAdapter(RoutingDecision)
INBOUND = TypeAdapter(InboundMessage)


def as_text(at: datetime) -> str:
    """Write a time so that text order is time order: UTC, always with microseconds."""
    return (at if at.tzinfo is UTC else at.astimezone(UTC)).isoformat(timespec="microseconds")


def as_time(text: str | None) -> datetime | None:
    """Read a time written by `as_text`; None stays None."""
    return None if text is None else datetime.fromisoformat(text)


def some_time(text: str) -> datetime:
    """Read a time that is never missing."""
    return datetime.fromisoformat(text)


def any_of(states: Iterable[StrEnum]) -> str:
    """Return states for SQL, as what stands between the brackets of `IN ()`; they are names of ours, never input."""
    return ", ".join(f"'{state}'" for state in states)


def address_of(row: Row) -> Address:
    """Read the columns channel, chat and topic."""
    return Address(row["channel"], row["chat"], row["topic"])
