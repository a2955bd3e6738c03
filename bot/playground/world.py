"""Everything the stand-in remembers: people, chats, messages, files, the bot's settings, the waiting updates.

What a person does is in `acts`, what the bot may do in `methods`. All of it belongs to one event loop.
"""

import base64
import itertools
import random
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from bot.playground.changes import Signal
from bot.playground.errors import PlaygroundError
from bot.playground.model import (
    BotUser,
    Callback,
    Chat,
    Content,
    Json,
    Message,
    Person,
    Placing,
    StoredFile,
    Topic,
)
from bot.playground.updates import UpdateQueue

# Made up, and well-formed: what looks wrong is refused with 404 instead of 401.
DEMO_BOT = BotUser(
    id=6_100_200_300,
    token="6100200300:PlaygroundTokenOpensNothingAtAll000",  # noqa: S106 - opens nothing but the stand-in
    username="anfragelotse_bot",
    name="Anfragelotse",
)


@dataclass
class BotSettings:
    """What the bot has told Telegram about itself; keyed by scope and language, or by language alone."""

    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)


class World:
    """The state of one play, seen by one bot."""

    def __init__(self, bot: BotUser = DEMO_BOT, now: Callable[[], float] = time.time) -> None:
        self.bot = bot
        self.now = now
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.callbacks: dict[str, Callback] = {}
        self.settings = BotSettings()
        self.updates = UpdateQueue(now)
        self.signal = Signal()
        self.busy: str | None = None
        self._numbers = itertools.count(1)
        self._random = random.Random()  # noqa: S311 - ids only

    # People and chats

    def add_person(self, person: Person) -> Person:
        """Add somebody with their private chat to the bot; an id of 0 is replaced by a likely one."""
        if not person.id:
            person = replace(person, id=self._new_id(1_000_000_000, 7_000_000_000))
        if person.id in self.people:
            raise PlaygroundError(f"There is a person with the id {person.id} already.")
        self.people[person.id] = person
        self._add_chat(Chat(person.id, "private", 0, members=[person.id], opened=person.opened))
        return person

    def add_group(self, title: str, members: Sequence[Person], is_forum: bool = False) -> Chat:
        """Add a supergroup whose administrator is the bot; the bot is told nothing of it."""
        chat_id = -1_000_000_000_000 - self._new_id(1_000_000_000, 2_900_000_000)
        ids = [person.id for person in members]
        return self._add_chat(Chat(chat_id, "supergroup", 0, title, ids, is_forum=is_forum))

    def add_basic_group(self, title: str, members: Sequence[Person]) -> Chat:
        """Add a group of the small kind, which can later become a supergroup."""
        chat_id = -self._new_id(100_000_000, 900_000_000)
        ids = [person.id for person in members]
        return self._add_chat(Chat(chat_id, "group", 0, title, ids, bot_status="member"))

    def _add_chat(self, chat: Chat) -> Chat:
        # Not from 1: a bot that mistakes one chat's message id for another's shall be found out.
        chat.next_message_id = self._random.randrange(100, 9_000)
        self.chats[chat.id] = chat
        self.changed()
        return chat

    def _new_id(self, low: int, high: int) -> int:
        taken = {abs(chat_id) for chat_id in self.chats}
        return next(number for number in iter(lambda: self._random.randrange(low, high), None) if number not in taken)

    def chat(self, chat_id: int) -> Chat:
        """Return a chat.

        Raises:
            PlaygroundError: there is none.
        """
        if chat_id not in self.chats:
            raise PlaygroundError(f"There is no chat {chat_id}.")
        return self.chats[chat_id]

    def person(self, person_id: int) -> Person:
        """Return a person.

        Raises:
            PlaygroundError: there is none.
        """
        if person_id not in self.people:
            raise PlaygroundError(f"There is no person {person_id}.")
        return self.people[person_id]

    # Messages

    def post(self, chat: Chat, sender_id: int, content: Content, placing: Placing | None = None) -> Message:
        """Put a message into a chat; nobody is told."""
        placing = placing or Placing()
        number = chat.next_message_id
        chat.next_message_id += 1
        message = Message(number, chat.id, sender_id, int(self.now()), content, self._threaded(chat, placing))
        message.markup = placing.markup
        chat.messages[number] = message
        self.touch(message)
        return message

    def _threaded(self, chat: Chat, placing: Placing) -> Placing:
        replied = chat.find_message(placing.reply_to)
        if replied is None or placing.topic is not None or chat.type != "supergroup":
            return placing
        if chat.is_forum:
            return replace(placing, topic=replied.placing.topic)
        # Outside forums the first message of a chain of replies names the thread.
        return replace(placing, topic=replied.placing.topic or replied.id)

    def touch(self, message: Message) -> None:
        """Note that a message has changed."""
        message.changed = self.changed()

    def changed(self) -> int:
        """Note that anything has changed, and return the new version."""
        return self.signal.changed()

    def open_topic(self, chat: Chat, name: str, by: int) -> Topic:
        """Open a forum topic with its service message, which gives it its id."""
        service = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        message = self.post(chat, by, Content("service", media=service))
        message.placing = replace(message.placing, topic=message.id)
        topic = Topic(message.id, name)
        chat.topics[topic.id] = topic
        return topic

    def post_in_topic(self, chat: Chat, topic: Topic, sender_id: int, content: Content) -> Message:
        """Put a message into a topic; nobody is told."""
        return self.post(chat, sender_id, content, Placing(topic=topic.id))

    def delete_topic(self, chat: Chat, topic: Topic) -> None:
        """Remove a topic with all its messages."""
        chat.topics.pop(topic.id, None)
        for message in chat.messages.values():
            if message.placing.topic == topic.id:
                message.deleted = True
        self.changed()

    # Files, updates, the play as a whole

    def store_file(self, data: bytes, name: str, mime: str) -> StoredFile:
        """Keep a file in memory."""
        number = next(self._numbers)
        file_id = "BQAD" + secrets.token_urlsafe(40)
        unique_id = "AgAD" + base64.urlsafe_b64encode(number.to_bytes(6, "big")).decode()
        folder = "photos" if mime.startswith("image/") else "documents"
        suffix = name.rpartition(".")[2] if "." in name else "bin"
        file = StoredFile(file_id, unique_id, data, name, mime, f"{folder}/file_{number}.{suffix}")
        self.files[file_id] = file
        return file

    def note_poll(self) -> None:
        """Note that the bot asks for updates, so that the page sees it come online."""
        was_online = self.bot_online
        self.updates.last_poll_at = self.now()
        if not was_online:
            self.changed()

    def reset(self) -> None:
        """Empty every chat and forget what waits; people, groups, topics and the bot's settings stay.

        Message and update numbers go on, so that nothing old can be mistaken for something new.
        """
        for chat in self.chats.values():
            openers = {topic_id: chat.messages[topic_id] for topic_id in chat.topics if topic_id in chat.messages}
            chat.messages.clear()
            chat.messages.update(openers)
            chat.pinned.clear()
            chat.blocked = False
            if chat.is_private:
                chat.opened = self.people[chat.id].opened
        self.callbacks.clear()
        self.files.clear()
        self.updates.clear()
        self.changed()

    @property
    def bot_online(self) -> bool:
        """Whether a webhook is set or the bot has asked for updates within the last minute."""
        asked_at = self.updates.last_poll_at
        return self.updates.webhook is not None or (asked_at is not None and self.now() - asked_at < 60)
