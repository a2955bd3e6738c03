"""People, chats, messages and files as the stand-in remembers them.

Messages and chats change in place (an edit, a closed topic); everything that can be handed round is frozen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
Role = Literal["inquirer", "contact"]
ChatType = Literal["private", "group", "supergroup"]
BotStatus = Literal["administrator", "member", "left", "kicked"]


@dataclass(frozen=True)
class BotUser:
    """The bot's account."""

    id: int
    token: str
    username: str
    name: str
    reads_all_group_messages: bool = False


@dataclass(frozen=True)
class Person:
    """Somebody with a Telegram account; `opened` means they wrote to the bot before the play begins."""

    id: int
    name: str
    role: Role = "inquirer"
    caption: str = ""
    language: str = "de"
    samples: tuple[str, ...] = ()
    last_name: str | None = None
    username: str | None = None
    opened: bool = False

    @property
    def full_name(self) -> str:
        """The name as a phone shows it."""
        return f"{self.name} {self.last_name}" if self.last_name else self.name


@dataclass(frozen=True)
class StoredFile:
    """One file, kept in memory."""

    file_id: str
    unique_id: str
    data: bytes
    name: str
    mime: str
    path: str


@dataclass(frozen=True)
class Content:
    """What a message says.

    `text` is the text or the caption; `media` holds the Bot API's own fields for anything else, such as
    `{"photo": [...]}` or, for a service message, `{"forum_topic_created": {...}}`.
    """

    kind: str = "text"
    text: str | None = None
    entities: tuple[Json, ...] = ()
    media: Mapping[str, Any] = field(default_factory=dict)
    file_id: str | None = None
    file_name: str | None = None


@dataclass(frozen=True)
class Placing:
    """How a message is put into its chat; `asks` for whom apps open a reply to it: `all`, or who is `replied` to."""

    reply_to: int | None = None
    topic: int | None = None
    markup: Json | None = None
    album: str | None = None
    origin: Json | None = None
    copied: bool = False
    asks: str | None = None


@dataclass(eq=False)
class Message:
    """One message of one chat; `changed` is the world's version at its last change.

    `edited` tells whether its words changed: apps show that, and no mark where only the buttons did.
    """

    id: int
    chat_id: int
    sender_id: int
    date: int
    content: Content
    placing: Placing
    edit_date: int | None = None
    edited: bool = False
    deleted: bool = False
    changed: int = 0
    markup: Json | None = None

    @property
    def text(self) -> str:
        """The text or caption, empty where there is none."""
        return self.content.text or ""

    @property
    def kind(self) -> str:
        """`text`, `photo`, `document`, …, or `service`."""
        return self.content.kind

    @property
    def buttons(self) -> list[list[Json]]:
        """The inline keyboard, row by row; empty where there is none."""
        rows: list[list[Json]] = (self.markup or {}).get("inline_keyboard", [])
        return rows

    @property
    def labels(self) -> list[str]:
        """The texts of all buttons, in reading order."""
        return [button["text"] for row in self.buttons for button in row]


@dataclass(eq=False)
class Topic:
    """A forum's topic; its id is the id of the message that opened it."""

    id: int
    name: str
    closed: bool = False


@dataclass(eq=False)
class Chat:
    """A private chat (its id is the person's) or a group."""

    id: int
    type: ChatType
    next_message_id: int
    title: str | None = None
    members: list[int] = field(default_factory=list)
    messages: dict[int, Message] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    is_forum: bool = False
    bot_status: BotStatus = "administrator"
    bot_has_topic_rights: bool = True
    opened: bool = True
    blocked: bool = False
    deactivated: bool = False
    migrated_to: int | None = None
    pinned: list[int] = field(default_factory=list)

    @property
    def is_private(self) -> bool:
        """Whether this is the bot's chat with one person."""
        return self.type == "private"

    @property
    def bot_manages_topics(self) -> bool:
        """Whether the bot may open topics and write into closed ones."""
        return self.bot_status == "administrator" and self.bot_has_topic_rights

    def find_message(self, message_id: int | None) -> Message | None:
        """Return the message unless it is unknown or deleted."""
        message = self.messages.get(message_id or 0)
        return None if message is None or message.deleted else message


@dataclass(eq=False)
class Callback:
    """A pressed button that waits for the bot's answer."""

    id: str
    person_id: int
    at: float
    answered: bool = False
    text: str | None = None
    alert: bool = False
    url: str | None = None


@dataclass(eq=False)
class Webhook:
    """Where the bot wants its updates delivered, and how the last failure read."""

    url: str
    secret: str = ""
    max_connections: int = 40
    last_error_at: float | None = None
    last_error: str = ""
