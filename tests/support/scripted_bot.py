"""A small bot for the page's tests: it relays between one contact and everybody else, over the real Bot API.

Each message of an inquirer gets a receipt with buttons and goes to the contact as a card; a contact's reply to
a card goes back. It knows no rules, keeps everything in memory, and notes each inquiry as the page's log wants it.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx

from bot.playground.model import Json, Person
from bot.playground.server import Playground

POLL_S = 20


class ScriptedBot:
    """The bot; `contact` receives every inquiry, `log` is what the page shows."""

    def __init__(self, playground: Playground, contact: Person) -> None:
        self.contact = contact
        self.log: list[Json] = []
        self._cards: dict[int, tuple[int, int]] = {}
        self._inquirers: dict[int, int] = {}
        base_url = f"{playground.url}/bot{playground.world.bot.token}/"
        self._client = httpx.AsyncClient(base_url=base_url, timeout=POLL_S + 10)

    async def call(self, method: str, **params: Any) -> Any:
        """Call the Bot API and return its result."""
        answer = (await self._client.post(method, json=params)).json()
        assert answer["ok"], f"{method}: {answer}"
        return answer["result"]

    async def run(self) -> None:
        """Poll and answer until cancelled."""
        async with self._client:
            await self.call("setMyCommands", commands=[{"command": "hilfe", "description": "Was der Bot kann"}])
            offset = 0
            while True:
                updates = await self.call("getUpdates", offset=offset, timeout=POLL_S)
                for update in updates:
                    offset = update["update_id"] + 1
                    await self._handle(update)

    async def _handle(self, update: Json) -> None:
        handlers: dict[str, Callable[[Json], Awaitable[None]]] = {
            "message": self._message,
            "edited_message": self._edited,
            "callback_query": self._pressed,
        }
        for kind, handle in handlers.items():
            if kind in update:
                await handle(update[kind])

    async def _message(self, message: Json) -> None:
        if message["chat"]["id"] == self.contact.id:
            await self._answer(message)
        elif (message.get("text") or "").startswith("/"):
            await self.call("sendMessage", chat_id=message["chat"]["id"], text="So geht es.")
        elif message["chat"]["type"] == "private":
            await self._inquiry(message)

    async def _inquiry(self, message: Json) -> None:
        reference = f"2026-{len(self.log) + 1:04}"
        # The house takes two UTF-16 units, so that a page which counts characters would embolden the wrong ones.
        await self.call(
            "sendMessage",
            chat_id=message["chat"]["id"],
            text=f"🏠 {reference} ist bei {self.contact.name}.",
            entities=[{"type": "bold", "offset": 3, "length": len(reference)}],
            reply_parameters={"message_id": message["message_id"]},
            reply_markup=_keyboard(["Anderes Thema", "Zurückziehen"]),
        )
        card = await self.call(
            "sendMessage",
            chat_id=self.contact.id,
            text=f"{reference}\n{message.get('text') or 'ohne Text'}",
            reply_markup=_keyboard(["Übernehmen"]),
        )
        if "text" not in message:
            source = {"from_chat_id": message["chat"]["id"], "message_id": message["message_id"]}
            await self.call("copyMessage", chat_id=self.contact.id, **source)
        self._cards[card["message_id"]] = (message["chat"]["id"], message["message_id"])
        self._inquirers[message["message_id"]] = message["chat"]["id"]
        self.log.insert(0, log_entry(reference, self.contact.name))

    async def _answer(self, message: Json) -> None:
        card = message.get("reply_to_message", {}).get("message_id")
        if card not in self._cards:
            return
        chat_id, quoted = self._cards[card]
        text = f"{self.contact.name}: {message['text']}"
        await self.call("sendMessage", chat_id=chat_id, text=text, reply_parameters={"message_id": quoted})

    async def _edited(self, message: Json) -> None:
        await self.call("sendMessage", chat_id=self.contact.id, text=f"Geändert: {message['text']}")

    async def _pressed(self, query: Json) -> None:
        label = query["data"]
        await self.call(
            "answerCallbackQuery",
            callback_query_id=query["id"],
            text=f"{label}: gut.",
            show_alert=label == "Zurückziehen",
        )
        if label == "Übernehmen":
            place = {"chat_id": query["message"]["chat"]["id"], "message_id": query["message"]["message_id"]}
            await self.call("editMessageReplyMarkup", **place, reply_markup=_keyboard(["Erledigt"]))


def _keyboard(*rows: list[str]) -> Json:
    return {"inline_keyboard": [[{"text": label, "callback_data": label} for label in row] for row in rows]}


def log_entry(reference: str, contact: str) -> Json:
    """Return an inquiry as the page's log panel takes it."""
    return {
        "reference": reference,
        "state": "offen",
        "opened": "14:03",
        "fields": [{"title": "Wohnen", "contact": contact, "score": 91, "lead": True}],
        "outcome": "route",
        "why": [{"field": "wohnen", "keyword": "Wohnung", "found": "Einliegerwohnung", "score": 91, "how": "compound"}],
        "runner_up": "Gesellschaft",
        "audience": "citizen",
        "direction": "offer",
        "place": "Kandern",
        "language": "de",
        "rules_version": "a81c0f",
        "journal": [{"at": "14:03", "event": "Zugeordnet", "detail": "Wohnen"}],
    }


@asynccontextmanager
async def running(bot: ScriptedBot) -> AsyncIterator[ScriptedBot]:
    """Run the bot for as long as the block lasts; a fault of the bot's is the test's."""
    task = asyncio.create_task(bot.run())
    try:
        yield bot
    finally:
        if not task.done():
            task.cancel()
        with suppress(asyncio.CancelledError):
            await task
