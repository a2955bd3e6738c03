"""What happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique


@unique
class Event(StrEnum):
    """What may happen, by its stable dotted name; an entry of an earlier version may have one that is no more.

    Much is told by these later on: what a card shows, what was answered, what a figure counts. Of an inquiry's events
    each has a sentence in the texts (`event-…`).
    """

    ADMIN_LOOKED = "admin.looked"
    ANSWER_REFUSED = "answer.refused"
    CONTACT_AWAY = "contact.away"
    CONTACT_BACK = "contact.back"
    CONTACT_DIGEST = "contact.digest"
    CONTACT_FORGOTTEN = "contact.forgotten"
    CONTACT_FOUND = "contact.found"
    CONTACT_JOINED = "contact.joined"
    CONTACT_LOST = "contact.lost"
    CONTACT_MIGRATED = "contact.migrated"
    CONTACT_TOPIC_CLOSED = "contact.topic_closed"
    CONTACT_TOPIC_GONE = "contact.topic_gone"
    CONTACT_UNREACHABLE = "contact.unreachable"
    DELIVERY_PARKED = "delivery.parked"  # given up; sent after all, what it said is noted once more
    GROUP_LEFT = "group.left"
    HELD_EXPIRED = "held.expired"
    INQUIRY_ADDED = "inquiry.added"
    INQUIRY_ANSWERED = "inquiry.answered"
    INQUIRY_ASKED = "inquiry.asked"
    INQUIRY_ASKED_AGAIN = "inquiry.asked_again"
    INQUIRY_ASKED_BACK = "inquiry.asked_back"
    INQUIRY_ASSIGNED = "inquiry.assigned"
    INQUIRY_CHOSEN = "inquiry.chosen"
    INQUIRY_CLOSED = "inquiry.closed"
    INQUIRY_CORRECTED = "inquiry.corrected"
    INQUIRY_EDITED = "inquiry.edited"
    INQUIRY_ESCALATED = "inquiry.escalated"
    INQUIRY_FILED = "inquiry.filed"
    INQUIRY_FOLLOWED_UP = "inquiry.followed_up"
    INQUIRY_FOR_FILE = "inquiry.for_file"
    INQUIRY_GESTURED = "inquiry.gestured"
    INQUIRY_HANDED = "inquiry.handed"
    INQUIRY_HANDED_OVER = "inquiry.handed_over"
    INQUIRY_LEFT = "inquiry.left"
    INQUIRY_LOOKED_UP = "inquiry.looked_up"
    INQUIRY_MOVED = "inquiry.moved"
    INQUIRY_NOTED = "inquiry.noted"
    INQUIRY_OPENED = "inquiry.opened"
    INQUIRY_OVERDUE = "inquiry.overdue"
    INQUIRY_PART_CLOSED = "inquiry.part_closed"
    INQUIRY_RATED = "inquiry.rated"
    INQUIRY_RELEASED = "inquiry.released"
    INQUIRY_REMINDED = "inquiry.reminded"
    INQUIRY_REOPENED = "inquiry.reopened"
    INQUIRY_RETHOUGHT = "inquiry.rethought"
    INQUIRY_SHOWN = "inquiry.shown"
    INQUIRY_SILENT = "inquiry.silent"
    INQUIRY_SLIPPED = "inquiry.slipped"
    INQUIRY_TAKEN = "inquiry.taken"
    INQUIRY_THANKED = "inquiry.thanked"
    INQUIRY_TIMED_OUT = "inquiry.timed_out"
    INQUIRY_WITHDRAWN = "inquiry.withdrawn"
    INVITATION_GUESSED = "invitation.guessed"
    INVITATION_REFUSED = "invitation.refused"
    MESSAGES_HELD = "messages.held"
    NOTICE_ACCEPTED = "notice.accepted"
    NOTICE_CHANGED = "notice.changed"
    OWN_DATA_GIVEN = "own_data.given"
    PERSON_BACK = "person.back"
    PERSON_BLOCKED = "person.blocked"
    PERSON_LEFT = "person.left"  # blocked the bot, or left Telegram
    PERSON_UNBLOCKED = "person.unblocked"
    PRESS_REFUSED = "press.refused"
    REACH_CHANGED = "reach.changed"
    RETENTION_RAN = "retention.ran"
    RULES_RELOADED = "rules.reloaded"
    SPARING_REWRITTEN = "sparing.rewritten"


@dataclass(frozen=True)
class JournalEntry:
    """What happened, under a stable dotted name; the sentence for it is looked up when it is shown."""

    id: int
    at: datetime
    event: str
    inquiry_id: int | None
    data: dict[str, object]

    def tells(self, field: str, *events: Event) -> bool:
        """Tell whether one of these happened to a field's share."""
        return self.event in events and self.data.get("field") == field
