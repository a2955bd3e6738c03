"""What tests of the ways in and out share: an open store, drafts with defaults, a channel and a Bot API by script."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import RequestInfo
from aiohttp.client_reqrep import ConnectionKey
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from bot.channels.telegram.wire import File
from bot.errors import SendError, SendFailure
from bot.model import Address, Delivery, DeliveryState, Draft
from bot.store.database import Database

# Made up, of the shape BotFather gives out; tests look for it in the log.
TOKEN = "123456789:AAtestTESTtestTESTtestTESTtestTESTtes"

ANNA = Address("telegram", 1001)
BELA = Address("telegram", 1002)
TEAM = Address("telegram", -100500, topic=7)


@asynccontextmanager
async def open_store(folder: Path) -> AsyncIterator[Database]:
    async with await Database.open(f"sqlite:///{folder}/test.db") as database:
        yield database


def make_draft(address: Address = ANNA, text: str | None = "Guten Tag", **more: Any) -> Draft:
    return Draft(address, text=text, **more)


def make_delivery(draft: Draft, **more: Any) -> Delivery:
    return Delivery(**{"id": 1, "draft": draft, "address": draft.address, "state": DeliveryState.SENDING, **more})


@dataclass
class FakeChannel:
    """Numbers what it is given from 1, or fails as the script says: one entry an attempt, None for success."""

    script: list[SendFailure | Exception | None] = field(default_factory=list)
    sent: list[Delivery] = field(default_factory=list)
    before: Callable[[Delivery], Any] | None = None

    async def send(self, delivery: Delivery) -> int | None:
        self.sent.append(delivery)
        if self.before is not None:
            await self.before(delivery)
        outcome = self.script.pop(0) if self.script else None
        if isinstance(outcome, SendFailure):
            raise SendError(outcome, f"scripted {outcome}")
        if outcome is not None:
            raise outcome
        return len(self.sent)

    @property
    def texts(self) -> list[str | None]:
        return [delivery.draft.text for delivery in self.sent]


Answer = dict[str, Any] | Exception | bytes | tuple[int, bytes]


@dataclass
class ScriptedApi:
    """Takes the place of the network: answers Bot API calls by script and writes them down.

    A method without a script answers as Telegram would for a success; any other host than ours is refused.
    """

    script: dict[str, list[Answer]] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    url: str = "http://api.test"

    def will(self, method: str, *answers: Answer) -> ScriptedApi:
        self.script.setdefault(method, []).extend(answers)
        return self

    def of(self, method: str) -> list[dict[str, Any]]:
        return [values for called, values in self.calls if called == method]

    def wire(self, *_: object) -> ScriptedApi:
        return self

    async def exchange(
        self, method: str, url: str, form: Mapping[str, str], files: Mapping[str, File], read_timeout_s: float | None
    ) -> tuple[int, bytes]:
        prefix, _, called = url.rpartition("/")
        assert (method, prefix) == ("POST", f"{self.url}/bot{TOKEN}"), "a test reached for another network"
        values = {name: _value(value) for name, value in form.items()}
        values |= {name: (file_name, content) for name, (file_name, content, _) in files.items()}
        if called != "getMe":
            self.calls.append((called, values))
        answers = self.script.get(called)
        answer = answers.pop(0) if answers else ok(_result(called, len(self.calls)))
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, bytes):
            return 200, answer
        if isinstance(answer, tuple):
            return answer
        return 200 if answer.get("ok") else int(answer.get("error_code", 500)), json.dumps(answer).encode()

    async def close(self) -> None:
        pass


def no_connection(words: str = "no") -> aiohttp.ClientConnectorError:
    return aiohttp.ClientConnectorError(ConnectionKey("api.test", 443, True, True, None, None, None), OSError(words))


def no_way_through_the_proxy() -> aiohttp.ClientHttpProxyError:
    return aiohttp.ClientHttpProxyError(RequestInfo(URL(), "CONNECT", CIMultiDictProxy(CIMultiDict())), (), status=407)


def ok(result: Any) -> dict[str, Any]:
    return {"ok": True, "result": result}


def refusal(code: int, description: str, **parameters: Any) -> dict[str, Any]:
    answer: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    return {**answer, "parameters": parameters} if parameters else answer


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _result(method: str, number: int) -> Any:
    match method:
        case "getMe":
            return {"id": 123456789, "is_bot": True, "first_name": "Lotse", "username": "lotse_test_bot"}
        case "copyMessage":
            return {"message_id": number}
        case "sendMessage" | "sendDocument" | "editMessageText" | "editMessageCaption" | "editMessageReplyMarkup":
            return {"message_id": number, "date": 1_770_000_000, "chat": {"id": 1001, "type": "private"}}
        case "getUpdates":
            return []
        case _:
            return True
