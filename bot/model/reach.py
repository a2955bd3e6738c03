"""Where people are reached, and who pressed a key."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Address:
    """Where a person or a team is reached on a channel: a chat, or one topic of a group."""

    channel: str
    chat: int
    topic: int | None = None

    @property
    def is_group(self) -> bool:
        """Telegram gives groups negative ids (Bot API, `Chat.id`)."""
        return self.chat < 0

    @property
    def is_everybody(self) -> bool:
        """No chat has the number 0: it stands for all people's own chats at once."""
        return self.chat == 0

    @property
    def chat_key(self) -> tuple[str, int]:
        """The chat, whatever the topic: what is counted, paced or looked up by chat goes by this."""
        return self.channel, self.chat

    @property
    def whole_chat(self) -> Address:
        """The address of the chat, without a topic."""
        return Address(self.channel, self.chat)

    def is_in_chat_of(self, other: Address) -> bool:
        """Tell whether two addresses are in the same chat, whatever the topic."""
        return self.chat_key == other.chat_key

    def is_seen_at(self, other: Address) -> bool:
        """Tell whether what stands at one of two addresses is before whoever is reached at the other.

        Topics of a group are desks of their own; the whole group has all of it.
        """
        return self.is_in_chat_of(other) and (self.topic == other.topic or None in (self.topic, other.topic))


@dataclass(frozen=True)
class Sender:
    """Who pressed a key: `user` is the channel's number for the person, never shown to anybody."""

    user: int
    first_name: str
    language: str | None = None
