"""Tokens, routes and the ways parameters may come."""

import asyncio
import json
from typing import Any

import pytest

from tests.playground.scene import Scene
from tests.support.driver import Driver

GOOD = "6100200300:PlaygroundTokenOpensNothingAtAll000"
TOKENS: list[tuple[str, str, int, str]] = [
    ("right", GOOD, 200, ""),
    ("well-formed, of nobody", "6100200301:PlaygroundTokenOpensNothingAtAll000", 401, "Unauthorized"),
    ("right number, other secret", GOOD[:-1] + "1", 401, "Unauthorized"),
    ("too short", GOOD[:-1], 404, "Not Found"),
    ("no number", "abc:PlaygroundTokenOpensNothingAtAll000", 404, "Not Found"),
]


@pytest.mark.parametrize(("label", "token", "status", "text"), TOKENS, ids=[row[0] for row in TOKENS])
async def test_only_the_right_token_opens(scene: Scene, label: str, token: str, status: int, text: str) -> None:
    async with scene.client() as client:
        for path in (f"/bot{token}/getMe", f"/file/bot{token}/{scene.picture.path}"):
            answer = await client.get(path)
            assert answer.status_code == status
            if text:
                assert answer.json() == {"ok": False, "error_code": status, "description": text}


async def test_an_unknown_file_is_not_found(scene: Scene) -> None:
    async with scene.client() as client:
        assert (await client.get(f"/file/bot{GOOD}/photos/file_99.jpg")).status_code == 404
        assert (await client.get(f"/file/bot{GOOD}/{scene.picture.path}")).content == b"picture"


KEYBOARD = {"inline_keyboard": [[{"text": "Ja", "callback_data": "1"}]]}
AS_TEXT = {"chat_id": "111", "text": "Hallo", "reply_markup": json.dumps(KEYBOARD)}
WAYS: list[tuple[str, dict[str, Any]]] = [
    ("query", {"params": AS_TEXT}),
    ("form", {"data": AS_TEXT}),
    ("multipart", {"data": AS_TEXT, "files": {"unused": b"x"}}),
    ("json", {"json": {"chat_id": 111, "text": "Hallo", "reply_markup": KEYBOARD}}),
    ("json with text inside", {"json": AS_TEXT}),
    ("body over query", {"params": {"chat_id": "9", "text": "falsch"}, "data": AS_TEXT}),
]


@pytest.mark.parametrize(("label", "way"), WAYS, ids=[row[0] for row in WAYS])
async def test_parameters_may_come_any_way(scene: Scene, label: str, way: dict[str, Any]) -> None:
    async with scene.client() as client:
        answer = await client.post(f"/bot{GOOD}/sendMessage", **way)
    assert answer.json()["result"]["text"] == "Hallo"
    assert answer.json()["result"]["reply_markup"] == KEYBOARD


@pytest.mark.parametrize("body", ["{", "[1]", '"x"'])
async def test_a_body_that_is_no_object_is_refused(scene: Scene, body: str) -> None:
    async with scene.client() as client:
        answer = await client.post(
            f"/bot{GOOD}/sendMessage", content=body, headers={"Content-Type": "application/json"}
        )
    assert answer.json() == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: can't parse JSON object",
    }


async def test_a_call_broken_off_amid_its_words_has_no_effect(driver: Driver, caplog: pytest.LogCaptureFixture) -> None:
    anna = driver.person("Anna", opened=True)
    reader, writer = await asyncio.open_connection("127.0.0.1", driver.playground.port)
    writer.write(
        f"POST /bot{driver.world.bot.token}/sendMessage HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\n\r\nchat_id={anna.id}&text=halb".encode()
    )
    await writer.drain()
    writer.transport.abort()
    assert await reader.read() == b""
    await driver.playground.stop()
    assert anna.received == []
    assert "Traceback" not in caplog.text
