"""Messages: what people wrote, from outside and from the office, each in the inquiry it belongs to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import NotFoundError
from bot.model import Address, InboundMessage, MessageKind
from bot.store.database import Row, Tx
from bot.store.values import as_text, as_time, some_time

INQUIRER = "inquirer"  # stands where a contact's key stands, for what came from outside


@dataclass(frozen=True)
class StoredMessage:
    """A message as it is kept.

    Attributes:
        author: `inquirer` or a contact's key.
        message: its number in the chat; negative where a contact only tapped for it, and where its number went on to
            another inquiry.
        internal: a note among colleagues, which never leaves the office.
    """

    id: int
    inquiry_id: int
    author: str
    address: Address
    message: int
    kind: MessageKind
    text: str
    album: str | None
    sent_at: datetime
    edited_at: datetime | None
    internal: bool = False

    @property
    def stands_in_chat(self) -> bool:
        """Whether it stands in its chat under its number, and can be replied to and copied there."""
        return self.message > 0


async def add(
    tx: Tx, inquiry_id: int, author: str, message: InboundMessage, *, internal: bool = False
) -> StoredMessage:
    """Keep a message under its inquiry."""
    tx.forget("messages")
    await tx.insert(
        """INSERT INTO messages (inquiry_id, author, channel, chat, message, kind, text, album, sent_at, internal)
           VALUES (:inquiry_id, :author, :channel, :chat, :message, :kind, :text, :album, :sent_at, :internal)""",
        inquiry_id=inquiry_id,
        author=author,
        channel=message.address.channel,
        chat=message.address.chat,
        message=message.message,
        kind=message.kind,
        text=message.text,
        album=message.album,
        sent_at=as_text(message.sent_at),
        internal=internal,
    )
    stored = await find(tx, message.address, message.message)
    assert stored is not None  # noqa: S101 (just inserted)
    # The row has no topic, but whoever writes in one is answered there.
    return replace(stored, address=message.address)


async def get(tx: Tx, message_id: int) -> StoredMessage:
    """Return a message by its row id.

    Raises:
        NotFoundError: there is none with this id.
    """
    row = await tx.one("SELECT * FROM messages WHERE id = :id", id=message_id)
    if row is None:
        raise NotFoundError(f"message {message_id}: not in the database.")
    return _message(row)


async def free_number(tx: Tx, address: Address) -> int:
    """Return a number for a message that stands in no chat: negative, as the channel never numbers its own."""
    row = await tx.one(
        "SELECT min(message) AS lowest FROM messages WHERE channel = :channel AND chat = :chat",
        channel=address.channel,
        chat=address.chat,
    )
    return min(0 if row is None or row["lowest"] is None else int(row["lowest"]), 0) - 1


async def find(tx: Tx, address: Address, message: int) -> StoredMessage | None:
    """Return the message with this number in a chat."""
    row = await tx.one(
        "SELECT * FROM messages WHERE channel = :channel AND chat = :chat AND message = :message",
        channel=address.channel,
        chat=address.chat,
        message=message,
    )
    return None if row is None else _message(row)


async def find_of_album(tx: Tx, message: InboundMessage) -> StoredMessage | None:
    """Return the first message kept of the album a message is part of; None if it is the first, or stands alone."""
    if message.album is None:
        return None
    row = await tx.one(
        "SELECT * FROM messages WHERE channel = :channel AND chat = :chat AND album = :album ORDER BY id LIMIT 1",
        channel=message.address.channel,
        chat=message.address.chat,
        album=message.album,
    )
    return None if row is None else _message(row)


async def list_of(tx: Tx, inquiry_id: int) -> list[StoredMessage]:
    """Return an inquiry's messages, oldest first."""
    rows = await tx.kept("messages", "SELECT * FROM messages WHERE inquiry_id = :id ORDER BY id", id=inquiry_id)
    return [_message(row) for row in rows]


async def find_last_from_inquirer(tx: Tx, inquiry_id: int) -> StoredMessage | None:
    """Return the last thing the inquiring person wrote."""
    row = await tx.one(
        "SELECT * FROM messages WHERE inquiry_id = :id AND author = :author ORDER BY id DESC LIMIT 1",
        id=inquiry_id,
        author=INQUIRER,
    )
    return None if row is None else _message(row)


async def give_up_number(tx: Tx, message: StoredMessage) -> None:
    """Keep a message as it is, but let its number in the chat go to another inquiry, where its later form belongs."""
    tx.forget("messages")
    number = await free_number(tx, message.address)
    await tx.run("UPDATE messages SET message = :number WHERE id = :id", number=number, id=message.id)


async def set_text(tx: Tx, at: datetime, message_id: int, text: str) -> None:
    """Replace a message's text by its edited form."""
    tx.forget("messages")
    await tx.run(
        "UPDATE messages SET text = :text, edited_at = :at WHERE id = :id", text=text, at=as_text(at), id=message_id
    )


def _message(row: Row) -> StoredMessage:
    return StoredMessage(
        id=row["id"],
        inquiry_id=row["inquiry_id"],
        author=row["author"],
        address=Address(row["channel"], row["chat"]),
        message=row["message"],
        kind=MessageKind(row["kind"]),
        text=row["text"],
        album=row["album"],
        sent_at=some_time(row["sent_at"]),
        edited_at=as_time(row["edited_at"]),
        internal=bool(row["internal"]),
    )
