"""What of every table is in a person's copy of their data, and why the rest is not; a test holds it against the store.

The copy under Art. 15(3) GDPR is of the person's data, and must not affect the rights of others (Art. 15(4)):

* Contacts speak for the office. They appear by their role (`wohnen-kontakt`), never by name, chat or account.
* Notes among colleagues are about the person, so the copy says that there are some, when they were written, and by
  which role. Their words are not in it: they may speak of third people or of how a decision is prepared, which nobody
  can weigh by rule. Whoever wants them asks the office, which decides (the page says so; `python -m bot export` holds
  them).
* Keys are left out: what a button's token opens must not lie in a file.
"""

from __future__ import annotations

# Table → the columns a person's copy holds, under the same names.
EXPORTED: dict[str, tuple[str, ...]] = {
    "people": ("channel", "chat", "first_name", "language", "noticed_at", "notice_version", "created_at"),
    "inquiries": (
        *("reference", "state", "decision", "opened_at", "touched_at", "closed_at", "follows", "for_file", "filed_at"),
    ),
    "messages": ("author", "kind", "text", "album", "sent_at", "edited_at", "internal"),
    "assignments": (
        *("field", "lead", "contact", "seat", "taker", "reason", "state"),
        *("due_at", "promised_at", "in_time", "created_at", "changed_at"),
    ),
    "journal": ("at", "event", "data"),
    "outbox": (
        *("kind", "purpose", "state", "repeat", "unclear", "attempts"),
        *("created_at", "due_at", "claimed_at", "sent_at", "error"),
    ),
    "feedback": ("asked_at", "helped", "answered_at"),
    "slips": ("promised_at", "told_at"),
    "timers": ("kind", "step", "due_at"),
    "card_copies": ("contact", "why"),
    "held": ("reason", "message", "held_at", "expires_at"),
    "inbox": ("state", "attempts", "received_at", "error", "raw"),
    "blocks": ("until_at", "set_by", "set_at", "told_at"),
}

_NUMBER = "a number that means something inside the database only"
_OWN_CHAT = "the person's own chat, which stands under `person`; of a contact, that contact's"

# Table or table.column → why it is not in the copy.
LEFT_OUT: dict[str, str] = {
    "buttons": "keys: whoever holds one can press the button; what it is about stands under its inquiry",
    "deletions": "hashes of what was deleted, which name nobody",
    "people.id": _NUMBER,
    "inquiries.id": _NUMBER,
    "inquiries.person_id": _NUMBER,
    "messages.id": _NUMBER,
    "messages.inquiry_id": _NUMBER,
    "messages.channel": _OWN_CHAT,
    "messages.chat": _OWN_CHAT,
    "messages.message": "Telegram's number of a message in its chat",
    "assignments.id": _NUMBER,
    "assignments.inquiry_id": _NUMBER,
    "assignments.card": _NUMBER,
    "assignments.holder": "a colleague's first name, where a team shares a chat (Art. 15(4))",
    "journal.id": _NUMBER,
    "journal.inquiry_id": _NUMBER,
    "outbox.id": _NUMBER,
    "outbox.channel": _OWN_CHAT,
    "outbox.chat": _OWN_CHAT,
    "outbox.topic": "a topic of a contact's group",
    "outbox.draft": "to the person: `text` holds it; a message carried over stands under `messages`",
    "outbox.inquiry_id": _NUMBER,
    "outbox.assignment_id": _NUMBER,
    "outbox.message_id": _NUMBER,
    "outbox.message": "Telegram's number of a message in its chat",
    "feedback.inquiry_id": _NUMBER,
    "slips.inquiry_id": _NUMBER,
    "timers.id": _NUMBER,
    "timers.inquiry_id": _NUMBER,
    "timers.person_id": _NUMBER,
    "timers.assignment_id": _NUMBER,
    "timers.contact": "only timers of the office itself have one",
    "timers.first_row": "only timers of the office itself have one",
    "card_copies.delivery_id": _NUMBER,
    "card_copies.assignment_id": _NUMBER,
    "held.id": _NUMBER,
    "held.person_id": _NUMBER,
    "held.album": "stands in the message too",
    "inbox.id": _NUMBER,
    "inbox.channel": _OWN_CHAT,
    "inbox.lane": _OWN_CHAT,
    "inbox.update_id": "Telegram's number of an update",
    "inbox.meaning": "a hash, by which a second copy of the same update is known",
    "inbox.retry_at": "when the program tries again",
    "inbox.done_at": "rows that are done hold neither words nor a chat any more",
    "blocks.hash": "the person's own chat, salted and hashed",
    "blocks.reference": "the inquiry at which the block was set, for administrators",
}

# Tables about the office and the program, with nothing in them that leads to a person who wrote from outside.
OFFICE = frozenset(
    {
        "absences",
        "contact_addresses",
        "counters",
        "desk_held",  # what contacts wrote before they said to whom: theirs, for 24 hours
        "digests",
        "digests_sent",
        "facts",
        "invitations",
        "moved_groups",
        "office_groups",  # groups that are or were a contact's
        "notices",  # what the privacy notice said, by version
        "skeletons",  # counts, without a link to anybody
        "snippets",
        "strange_groups",  # groups the bot is about to leave
        "unreachable",
    }
)
