"""What comes in: messages, presses, and news of chats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.reach import Address, Sender


class MessageKind(StrEnum):
    """What a message is made of, as far as relaying it depends on it."""

    TEXT = "text"
    PHOTO = "photo"
    DOCUMENT = "document"
    VIDEO = "video"
    AUDIO = "audio"
    VOICE = "voice"
    LOCATION = "location"
    CONTACT_CARD = "contact_card"
    STICKER = "sticker"
    OTHER = "other"  # can be copied, carries no caption (a dice, a venue, a video note …)
    UNSUPPORTED = "unsupported"  # Telegram refuses to copy it (a paid medium, a giveaway, an invoice …)


CAPTIONED = frozenset(
    {MessageKind.PHOTO, MessageKind.DOCUMENT, MessageKind.VIDEO, MessageKind.AUDIO, MessageKind.VOICE}
)
# What a caption given to a copy may have (Bot API, copyMessage). People with Telegram Premium write longer ones, which
# pass only unchanged.
CAPTION_UNITS = 1_024


@dataclass(frozen=True)
class InboundMessage:
    """One message a person wrote, or its edited form.

    Attributes:
        text: the text, or a medium's caption; empty where there is none.
        command: the command's name without slash and bot name, in lower case, where the text begins with one.
        argument: what follows the command.
        reply_to: the number of the message this one answers, in the same chat; `answers_bot`: that is the bot's own;
            `answers_button`: the token of the first button under it.
        album: the same mark on every message of one album.
        quoted: with a command, the words of the message this one answers, if a person wrote that.
        edited: this is the new form of a message already seen; `written_at`: when its first form was sent.
    """

    address: Address
    message: int
    sender: Sender
    kind: MessageKind
    text: str
    sent_at: datetime
    command: str | None = None
    argument: str = ""
    reply_to: int | None = None
    album: str | None = None
    quoted: str = ""
    edited: bool = False
    written_at: datetime | None = None
    answers_bot: bool = False
    answers_button: str | None = None


@dataclass(frozen=True)
class ButtonPress:
    """Somebody pressed a button; `token` is client input and proves nothing until its row is found."""

    address: Address
    message: int
    sender: Sender
    token: str
    query: str


@dataclass(frozen=True)
class ChatMigrated:
    """A group became a supergroup and answers to another number now."""

    old: Address
    new: Address


@dataclass(frozen=True)
class ReachChanged:
    """A person blocked or unblocked the bot, or a group added or removed it."""

    address: Address
    reachable: bool


@dataclass(frozen=True)
class AddedToChannel:
    """Somebody made the bot a member of a channel, where it has nothing to do."""

    address: Address


InboundEvent = InboundMessage | ButtonPress | ChatMigrated | ReachChanged | AddedToChannel
