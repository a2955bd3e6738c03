"""One person as a test drives them: `anna.writes("…")`, `await anna.sees("…")`, `await anna.presses("…")`.

Waiting is on a condition, with a time limit, never a pause. What a person has seen once is seen: the same
message is found again only after the bot has edited it, so an old message cannot pass for a new one.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from bot.playground import acts
from bot.playground.model import Callback, Chat, Content, Message, Person, Placing
from bot.playground.samples import document_content, made_up_content, new_album, photo_content
from bot.playground.server import Playground
from bot.playground.world import World

T = TypeVar("T")

WAIT_S = 5.0
# First strong isolate and its end, as Fluent puts them around what is filled in (Unicode, UAX #9).
_UNSEEN_MARKS = dict.fromkeys((0x2068, 0x2069))
# A picture of one pixel.
_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


class NotSeenError(AssertionError):
    """Somebody waited for a message that did not come; says what they see instead."""


@dataclass(eq=False)
class Driven:
    """One person in one chat (their private one unless told otherwise)."""

    playground: Playground
    person: Person
    chat: Chat
    topic: int | None = None
    wait_s: float = WAIT_S
    _seen: dict[Message, int] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """The person's id, which is also the id of their private chat."""
        return self.person.id

    def within(self, chat: Chat, topic: int | None = None) -> "Driven":
        """Return the same person in a group, or in a group's topic."""
        return Driven(self.playground, self.person, chat, topic, self.wait_s)

    # Acting

    def writes(self, text: str) -> Message:
        """Write a new message."""
        return acts.write(self._world, self.id, self.chat.id, text, Placing(topic=self.topic))

    def replies(self, to: Message, text: str) -> Message:
        """Write a reply to a message of this chat."""
        # Outside forums a message's topic is only the first of its chain of replies.
        topic = to.placing.topic if self.chat.is_forum else None
        placing = Placing(reply_to=to.id, topic=topic or self.topic)
        return acts.write(self._world, self.id, self.chat.id, text, placing)

    def edits(self, message: Message, text: str) -> Message:
        """Change the text of one's own message."""
        return acts.edit(self._world, self.id, self.chat.id, message.id, text)

    def deletes(self, message: Message) -> None:
        """Delete one's own message; bots are not told."""
        acts.delete(self._world, self.id, message)

    def sends(self, kind: str, caption: str | None = None, reply_to: Message | None = None) -> Message:
        """Send a made-up photo, document, sticker, voice message, location or contact card."""
        placing = Placing(reply_to=reply_to.id if reply_to else None, topic=self.topic)
        return acts.send(self._world, self.id, self.chat.id, self._content(kind, caption), placing)

    def sends_album(self, count: int = 2, caption: str | None = None, reply_to: Message | None = None) -> list[Message]:
        """Send several photos as one album; the caption goes with the first, each is a reply."""
        placing = Placing(reply_to=reply_to.id if reply_to else None, topic=self.topic, album=new_album())
        captions = [caption, *[None] * (count - 1)]
        contents = [self._content("photo", text) for text in captions]
        return [acts.send(self._world, self.id, self.chat.id, content, placing) for content in contents]

    async def presses(self, label: str, on: Message | None = None) -> Callback:
        """Press a button, by a part of its label, and wait until the bot has answered the press.

        The button is looked for on the newest message that has it, or on `on`.

        Raises:
            NotSeenError: no such button came, or no answer.
        """
        message, row, column = await self._until(lambda: self._find_button(label, on), f"a button {label!r}")
        callback = acts.press(self._world, self.id, message, row, column)
        return await self._until(lambda: callback if callback.answered else None, f"an answer to {label!r}")

    def forges(self, message: Message, data: str) -> Callback:
        """Press with any data, as a forged or outdated client does; `answered` tells later."""
        return acts.press_data(self._world, self.id, message, data)

    def blocks(self) -> None:
        """Block the bot."""
        acts.block(self._world, self.id)

    def unblocks(self) -> None:
        """Unblock the bot."""
        acts.block(self._world, self.id, blocked=False)

    # Seeing

    @property
    def messages(self) -> list[Message]:
        """What the chat shows now, oldest first."""
        return [
            message
            for message in self.chat.messages.values()
            if not message.deleted and message.kind != "service" and self._is_in_view(message)
        ]

    @property
    def received(self) -> list[Message]:
        """What the bot has sent and not deleted, oldest first."""
        return [message for message in self.messages if message.sender_id == self._world.bot.id]

    async def sees(self, text: str | re.Pattern[str], timeout_s: float | None = None) -> Message:
        """Wait for an unseen message of the bot that contains the text; the newest is taken.

        Raises:
            NotSeenError: none came.
        """
        message = await self._until(lambda: self._find_unseen(text), f"{text!r}", timeout_s)
        self._seen[message] = message.changed
        return message

    async def sees_button(self, label: str) -> Message:
        """Wait for a message with a button whose label contains this.

        Raises:
            NotSeenError: none came.
        """
        message, _, _ = await self._until(lambda: self._find_button(label, None), f"a button {label!r}")
        return message

    async def sees_gone(self, message: Message) -> None:
        """Wait until the bot has deleted a message.

        Raises:
            NotSeenError: it is still there.
        """
        await self._until(lambda: message.deleted or None, f"message {message.id} deleted")

    def unseen(self, edits: bool = True) -> list[Message]:
        """Return what the bot has sent since it was last seen, and unless told otherwise also what it has edited."""
        if not edits:
            return [message for message in self.received if message not in self._seen]
        return [message for message in self.received if self._seen.get(message, -1) != message.changed]

    def has_seen_all(self) -> None:
        """Count everything there is as seen."""
        self._seen |= {message: message.changed for message in self.received}

    # Within

    @property
    def _world(self) -> World:
        return self.playground.world

    def _is_in_view(self, message: Message) -> bool:
        return self.topic is None or message.placing.topic == self.topic

    def _find_unseen(self, text: str | re.Pattern[str]) -> Message | None:
        matching = (message for message in reversed(self.unseen()) if _says(message, text))
        return next(matching, None)

    def _find_button(self, label: str, on: Message | None) -> tuple[Message, int, int] | None:
        for message in [on] if on else reversed(self.received):
            for row, buttons in enumerate(message.buttons):
                for column, button in enumerate(buttons):
                    if label in button["text"]:
                        return message, row, column
        return None

    def _content(self, kind: str, caption: str | None) -> Content:
        if kind == "photo":
            return photo_content(self._world.store_file(_PIXEL, "photo.png", "image/png"), caption)
        if kind == "document":
            file = self._world.store_file(b"%PDF-1.4\n", "brief.pdf", "application/pdf")
            return document_content(file, caption)
        content = made_up_content(self._world, kind)
        if content is None:
            raise ValueError(f"unknown kind {kind!r}")
        return content

    async def _until(self, find: Callable[[], T | None], what: str, timeout_s: float | None = None) -> T:
        found = await self._world.signal.until(find, self.wait_s if timeout_s is None else timeout_s)
        if found is None:
            shown = "\n".join(f"  {message.text!r} {message.labels}" for message in self.received) or "  nothing"
            raise NotSeenError(f"{self.person.name} waited for {what} and sees:\n{shown}")
        return found


def plain(message: Message) -> str:
    """Return a message's text as it is seen: without the marks that only keep inserted words in their direction."""
    return message.text.translate(_UNSEEN_MARKS)


def _says(message: Message, text: str | re.Pattern[str]) -> bool:
    return text in plain(message) if isinstance(text, str) else bool(text.search(plain(message)))
