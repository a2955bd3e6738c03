"""What to do with a message written in a contact's chat.

An answer goes to the person of the very message replied to. What says of no inquiry whose it is waits until its writer
does; what begins with two strokes is a note and never leaves the office; what begins with one is an order to the bot.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.model import InboundMessage, InquiryState, MessageKind

NOTE_MARK = "//"

# A stroke before a letter is meant for the bot, though Telegram knows commands of Latin letters only, and none in
# captions.
_ORDER = re.compile(r"\s*/[^\W\d_]")


@dataclass(frozen=True)
class Desk:
    """What is known about a message in a contact's chat.

    Attributes:
        is_contact: the chat is a contact's now.
        replied_to: the state of the inquiry whose card or message was replied to; None if it was none of these.
        in_group: other people talk here too.
        about_note: what was replied to is a note or asks for one, or the message belongs to an album that is one.
        has_open: there are open inquiries the message could be meant for.
        about_unknown: it answers a message of the bot's of which nothing is known any more.
    """

    is_contact: bool
    replied_to: InquiryState | None
    in_group: bool
    about_note: bool = False
    has_open: bool = False
    about_unknown: bool = False


@dataclass(frozen=True)
class Answer:
    """Bring the message to the inquirer."""


@dataclass(frozen=True)
class TakeNote:
    """Keep the message among colleagues."""


@dataclass(frozen=True)
class Hold:
    """Keep the message until its writer has said which inquiry it is meant for."""


@dataclass(frozen=True)
class Refuse:
    """Say why it went to nobody; `reason` is a key of the texts."""

    reason: str


@dataclass(frozen=True)
class Overhear:
    """Colleagues talking to each other in their group: none of the bot's business."""


StaffStep = Answer | TakeNote | Hold | Refuse | Overhear


def is_note(text: str) -> bool:
    """Tell whether a text or caption is meant for colleagues only."""
    return text.lstrip().startswith(NOTE_MARK)


def is_order(text: str) -> bool:
    """Tell whether a text or caption is meant for the bot, known to it or not."""
    return _ORDER.match(text) is not None


def note_words(text: str) -> str:
    """Return what a note says, without the mark that made it one."""
    return text.lstrip().removeprefix(NOTE_MARK).strip() if is_note(text) else text


def decide_staff_message(desk: Desk, message: InboundMessage) -> StaffStep:
    """Decide what to do with a message that is neither a command nor an edited form."""
    if desk.about_unknown:
        return Refuse("answer-unknown")
    if desk.replied_to is None and desk.in_group:
        return Overhear()
    if desk.replied_to is not None and not desk.is_contact:
        return Refuse("answer-refused")
    if desk.replied_to is InquiryState.WITHDRAWN:
        return Refuse("answer-withdrawn")
    if is_order(message.text):
        return Refuse("command-not-relayed")
    if message.kind is MessageKind.UNSUPPORTED:
        return Refuse("cannot-relay-answer")
    if message.kind is MessageKind.TEXT and is_note(message.text) and not note_words(message.text):
        return Refuse("note-empty")
    if desk.replied_to is None:
        return Hold() if desk.has_open else Refuse("answer-nowhere")
    return TakeNote() if desk.about_note or is_note(message.text) else Answer()
