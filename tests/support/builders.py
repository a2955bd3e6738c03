"""Facts with defaults, so that a test names only what it is about."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from telegram import MessageEntity

from bot.channels.telegram.commands import read_command
from bot.conversation.inquirer import OpenMatter, Situation
from bot.model import (
    Address,
    Assignment,
    AssignmentState,
    Hit,
    How,
    InboundMessage,
    MessageKind,
    Outcome,
    Reason,
    RoutingDecision,
    Sender,
)
from bot.playground.utf16 import with_found_entities
from tests.support.clock import START

MARIA = Address("telegram", 1001)
BOT_NAME = "lotse_test_bot"


def make_message(text: str = "Guten Tag", *, kind: MessageKind = MessageKind.TEXT, **more: Any) -> InboundMessage:
    """Return a message in a private chat, a text if nothing else is said; the channel says what is a command."""
    command, argument = None, ""
    if kind is MessageKind.TEXT:
        marked = [MessageEntity(one["type"], one["offset"], one["length"]) for one in with_found_entities(text)]
        command, argument = read_command(text, marked, BOT_NAME)
    facts: dict[str, Any] = {
        "address": MARIA,
        "message": 1,
        "sender": Sender(1001, "Maria", "de"),
        "kind": kind,
        "text": text,
        "sent_at": START,
        "command": command,
        "argument": argument,
    }
    return InboundMessage(**facts | more)


def make_decision(*fields: str, choices: tuple[str, ...] = (), **more: Any) -> RoutingDecision:
    """Return a decision: routed to `fields`, else to be asked among `choices`, else nothing known."""
    outcome = Outcome.ROUTE if fields else Outcome.ASK if choices else Outcome.NONE
    facts: dict[str, Any] = {"outcome": outcome, "fields": fields, "choices": choices or fields}
    return RoutingDecision(**facts | more)


def make_hit(field: str = "wohnen", found: str = "Wohnung", **more: Any) -> Hit:
    """Return a keyword found as it stands in the rules."""
    facts: dict[str, Any] = {"field": field, "keyword": found, "found": found, "score": 50, "how": How.EXACT}
    return Hit(**facts | more)


def make_matter(
    inquiry_id: int = 1, *fields: str, asked: bool = False, quiet_s: float = 0, answer_s: float = 0
) -> OpenMatter:
    """Return an open inquiry, just spoken of, with housing if nothing else is said."""
    return OpenMatter(inquiry_id, asked, fields or (() if asked else ("wohnen",)), quiet_s, answer_s)


def make_situation(*matters: OpenMatter, **more: Any) -> Situation:
    """Return the situation of somebody who went on from the notice."""
    facts: dict[str, Any] = {"noticed": True, "open": matters}
    return Situation(**facts | more)


def make_assignment(inquiry_id: int, field: str = "wohnen", due_at: datetime | None = None, **more: Any) -> Assignment:
    """Return a share not stored yet, with the field's contact by name."""
    facts: dict[str, Any] = {
        "id": 0,
        "inquiry_id": inquiry_id,
        "field": field,
        "lead": True,
        "contact": f"{field}-kontakt",
        "reason": Reason.ROUTED,
        "state": AssignmentState.ASSIGNED,
        "due_at": due_at,
    }
    return Assignment(**facts | more)
