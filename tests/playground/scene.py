"""A play with a fixed cast, and the Bot API without a socket."""

from dataclasses import dataclass, field
from typing import Any

import httpx

from bot.playground import acts
from bot.playground.model import Chat, Content, Json, Message, Person, Placing
from bot.playground.samples import photo_content
from bot.playground.server import Playground
from bot.playground.world import World

NOON = 1_700_000_000


@dataclass
class Clock:
    """A clock turned by hand."""

    at: float = NOON

    def __call__(self) -> float:
        return self.at


@dataclass
class Scene:
    """Anna (111) has written 101 and got 102 with a button and the photo 103; Ben (222) never wrote;
    Cem (333) has blocked the bot; the forum -1001 has Anna, message 11 of hers and the topics 10 and 12, 12 closed.
    """

    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.world = World(now=self.clock)
        self.playground = Playground(self.world)
        self.anna = self.world.add_person(Person(111, "Anna", language="uk", last_name="A"))
        self.ben = self.world.add_person(Person(222, "Ben"))
        self.cem = self.world.add_person(Person(333, "Cem", opened=True))
        self.annas = self._numbered(self.world.chats[111], 101)
        acts.write(self.world, 111, 111, "Guten Tag 😀")
        keyboard = {"inline_keyboard": [[{"text": "Ja", "callback_data": "yes"}]]}
        self.hello = self.bot_posts(self.annas, Content("text", "Hallo"), Placing(markup=keyboard))
        self.picture = self.world.store_file(b"picture", "bild.jpg", "image/jpeg")
        self.photo = self.bot_posts(self.annas, photo_content(self.picture, "Ein Bild"))
        acts.block(self.world, 333)
        self.forum = self._numbered(self.world.add_group("Amt", [self.anna], is_forum=True), 10)
        self._rename(self.forum, -1001)
        self.topic = self.world.open_topic(self.forum, "Wohnen", self.world.bot.id)
        self.question = acts.write(self.world, 111, -1001, "Frage", Placing(topic=10))
        closed = self.world.open_topic(self.forum, "Alt", self.world.bot.id)
        closed.closed = True
        self.world.updates.clear()

    @staticmethod
    def _numbered(chat: Chat, first: int) -> Chat:
        chat.next_message_id = first
        return chat

    def _rename(self, chat: Chat, chat_id: int) -> None:
        del self.world.chats[chat.id]
        chat.id = chat_id
        self.world.chats[chat_id] = chat

    def bot_posts(self, chat: Chat, content: Content, placing: Placing | None = None) -> Message:
        return self.world.post(chat, self.world.bot.id, content, placing)

    def told(self) -> list[Json]:
        """What waits for the bot."""
        return [update.body() for update in self.world.updates.pending()]

    async def call(self, method: str, **params: Any) -> Json:
        """Call a method as JSON, with no socket between."""
        async with self.client() as client:
            answer = await client.post(f"/bot{self.world.bot.token}/{method}", json=params)
        body: Json = answer.json()
        assert body["ok"] is (answer.status_code == 200)
        return body

    def client(self) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.playground.app)
        return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")

    async def result(self, method: str, **params: Any) -> Any:
        body = await self.call(method, **params)
        assert body["ok"], body
        return body["result"]

    async def refusal(self, method: str, **params: Any) -> str:
        body = await self.call(method, **params)
        assert not body["ok"], body
        return f"{body['error_code']} {body['description']}"
