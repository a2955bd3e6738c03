"""What to do with a message written in a contact's chat.

Only a reply finds its inquirer: an answer goes to the person of the very message replied to, anything else to nobody.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.model import InboundMessage, InquiryState, MessageKind


@dataclass(frozen=True)
class Desk:
    """What is known about a message in a contact's chat.

    Attributes:
        is_contact: the chat is a contact's now.
        replied_to: the state of the inquiry whose card or message was replied to; None if it was none of these.
        in_group: other people talk here too.
    """

    is_contact: bool
    replied_to: InquiryState | None
    in_group: bool


@dataclass(frozen=True)
class Answer:
    """Bring the message to the inquirer."""


@dataclass(frozen=True)
class Refuse:
    """Say why it went to nobody; `reason` is a key of the texts."""

    reason: str


@dataclass(frozen=True)
class Overhear:
    """Colleagues talking to each other in their group: none of the bot's business."""


def decide_staff_message(desk: Desk, message: InboundMessage) -> Answer | Refuse | Overhear:
    """Decide what to do with a message that is neither a command nor an edited form."""
    if desk.replied_to is None:
        return Overhear() if desk.in_group else Refuse("answer-nowhere")
    if not desk.is_contact:
        return Refuse("answer-refused")
    if desk.replied_to is InquiryState.WITHDRAWN:
        return Refuse("answer-withdrawn")
    if message.kind is MessageKind.UNSUPPORTED:
        return Refuse("cannot-relay-answer")
    return Answer()
