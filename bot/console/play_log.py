"""What the bot understood, inquiry by inquiry, in the words the playground's page shows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.model import EMERGENCY, Assignment, AssignmentState, Event, Hit, Inquiry, InquiryState, JournalEntry
from bot.services.rules.rulebook import Rulebook
from bot.store import assignments, inquiries, journal
from bot.store.database import Tx
from bot.texts import Texts

MOST = 50
PATTERN_SIGNS = re.compile(r"[<>()|+#=]|\.\.\.")


async def list_entries(tx: Tx, book: Rulebook, texts: Texts) -> list[dict[str, object]]:
    """Return the latest inquiries, newest first, in the office's language."""
    return [
        _entry(book, texts, inquiry, await assignments.list_of(tx, inquiry.id), await journal.list_of(tx, inquiry.id))
        for inquiry in await inquiries.list_all(tx, most=MOST)
    ]


def _entry(
    book: Rulebook, texts: Texts, inquiry: Inquiry, shares: list[Assignment], entries: list[JournalEntry]
) -> dict[str, object]:
    language = book.own_language
    decision = inquiry.decision
    zone = ZoneInfo(book.rules.office.timezone)

    def label(kind: str, value: str | None, nothing: str) -> str | None:
        return None if value in (None, nothing) else texts.say(language, f"{kind}-{value}")

    entry: dict[str, object] = {
        "reference": inquiry.reference,
        "state": _state(texts, language, inquiry),
        "opened": _clock(inquiry.opened_at, zone),
        "fields": [
            {
                "title": book.field_title(share.field, language),
                "contact": book.contact_name(share.contact),
                "score": None if decision is None else decision.scores.get(share.field),
                "lead": share.lead,
            }
            for share in shares
            if share.state is not AssignmentState.MOVED
        ],
        "journal": [_event(book, texts, one, zone) for one in entries],
        "outcome": None,
        "why": [],
        "runner_up": None,
    }
    if decision is not None:
        entry |= {
            "outcome": decision.outcome,
            "urgent": decision.urgent,
            "why": [_reason(book, texts, hit) for hit in _once(decision.hits)],
            "runner_up": None if decision.runner_up is None else book.field_title(decision.runner_up, language),
            "audience": label("audience", decision.audience, "unknown"),
            "direction": label("direction", decision.direction, "other"),
            "place": decision.place,
            "language": None if decision.language is None else texts.language_name(language, decision.language),
            "rules_version": decision.rules_version,
        }
    return entry


def _state(texts: Texts, language: str, inquiry: Inquiry) -> str:
    """Say where an inquiry stands, in words for the office: those for the person would ask the reader to choose."""
    if inquiry.state is InquiryState.ASKED:
        return texts.say(language, "list-asked")
    return texts.say(language, f"state-{inquiry.state}")


def _once(hits: Iterable[Hit]) -> list[Hit]:
    """Return each finding once, though several keywords were found in the same words."""
    return list({(hit.field, hit.found): hit for hit in reversed(list(hits))}.values())[::-1]


def _reason(book: Rulebook, texts: Texts, hit: Hit) -> dict[str, object]:
    language = book.own_language
    danger = hit.field == EMERGENCY
    return {
        "field": texts.say(language, "emergency-title") if danger else book.field_title(hit.field, language),
        "keyword": _readable(hit),
        "found": hit.found,
        "score": hit.score,
        "how": hit.how,
    }


def _event(book: Rulebook, texts: Texts, entry: JournalEntry, zone: ZoneInfo) -> dict[str, object]:
    language = book.own_language
    detail = []
    for key in ("field", "to", "fields"):
        value = entry.data.get(key)
        if entry.event == Event.INQUIRY_OPENED or value is None:
            continue
        fields = value if isinstance(value, list) else [value]
        detail += [book.field_title(str(field), language) for field in fields]
    key = "event-" + entry.event.replace(".", "-")
    return {
        "at": _clock(entry.at, zone),
        "event": texts.say(language, key) if texts.has(key) else entry.event,
        "detail": ", ".join(detail) or None,
    }


def _readable(hit: Hit) -> str:
    """Return a keyword as a reader of the page may see it: a pattern's signs are for those who write rules."""
    return hit.found if PATTERN_SIGNS.search(hit.keyword) else hit.keyword


def _clock(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%H:%M:%S")
