"""What happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class JournalEntry:
    """What happened, under a stable dotted name; the sentence for it is looked up when it is shown."""

    id: int
    at: datetime
    event: str
    inquiry_id: int | None
    data: dict[str, object]
