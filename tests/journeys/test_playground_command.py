"""`python -m bot playground`: one command, and a whole inquiry can be played through the page's own interface."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest_asyncio

from bot.playground.changes import Signal
from tests.support.process import ROOT, START_WITHIN_S, STOP_WITHIN_S

PAGE = re.compile(r"The playground is open: (http://127\.0\.0\.1:\d+)/")
Json = dict[str, Any]


class Played:
    """The process with its page; people are known by their name."""

    def __init__(self, process: asyncio.subprocess.Process, client: httpx.AsyncClient) -> None:
        self.process = process
        self.client = client

    async def state(self) -> Json:
        return dict((await self.client.get("/playground/state")).json())

    async def id_of(self, name: str) -> int:
        return next(int(person["id"]) for person in (await self.state())["people"] if person["name"] == name)

    async def write(self, name: str, text: str, reply_to: Json | None = None) -> None:
        number = await self.id_of(name)
        body = {"person": number, "chat": number, "text": text} | ({"reply_to": reply_to["id"]} if reply_to else {})
        assert (await self.client.post("/playground/send", json=body)).status_code == 200

    async def press(self, name: str, message: Json, label: str) -> None:
        number = await self.id_of(name)
        row, column = next(
            (row, column)
            for row, buttons in enumerate(message["buttons"])
            for column, button in enumerate(buttons)
            if label in button["text"]
        )
        place = {"message_id": message["id"], "row": row, "column": column}
        answer = await self.client.post("/playground/press", json={"person": number, "chat": number} | place)
        assert answer.status_code == 200

    async def sees(self, name: str, text: str) -> Json:
        """Wait until somebody has got a message with this text."""
        number = await self.id_of(name)

        def find(state: Json) -> Json | None:
            chat = next(chat for chat in state["chats"] if chat["id"] == number)
            got = [message for message in chat["messages"] if message["from"] != number]
            return next((message for message in reversed(got) if text in (message["text"] or "")), None)

        return await self.until(find)

    async def until(self, find: Callable[[Json], Any]) -> Any:
        """Return what is found in the page's state, looking again whenever it has changed."""
        async with asyncio.timeout(START_WITHIN_S), self.client.stream("GET", "/playground/events") as events:
            async for line in events.aiter_lines():
                if line.startswith("data:") and (found := find(await self.state())) is not None:
                    return found
        raise AssertionError("the events ended")


@pytest_asyncio.fixture(loop_scope="session")
async def played(tmp_path: Path) -> AsyncIterator[Played]:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HTTP_PORT": "0"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run", "--or-playground"),
        cwd=tmp_path,
        env=environment | {"ROUTING_RULES": str(ROOT / "routing_rules.yaml"), "TMPDIR": str(tmp_path)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    lines: list[str] = []
    said = Signal()
    reader = asyncio.create_task(_read(process, lines, said))
    found = await said.until(lambda: PAGE.search("".join(lines)), START_WITHIN_S)
    try:
        assert found is not None, lines
        async with httpx.AsyncClient(base_url=found[1], timeout=START_WITHIN_S) as client:
            yield Played(process, client)
        if process.returncode is None:
            process.terminate()
        assert await asyncio.wait_for(process.wait(), 2 * STOP_WITHIN_S) == 0, lines
        await reader
        assert not [line for line in lines if "Traceback" in line or " ERROR " in line], lines
        assert os.listdir(tmp_path) == [], "nothing is kept"  # noqa: PTH208
    finally:
        if process.returncode is None:
            process.kill()
        await asyncio.gather(reader, process.wait())


async def _read(process: asyncio.subprocess.Process, lines: list[str], said: Signal) -> None:
    assert process.stdout is not None
    while line := await process.stdout.readline():
        lines.append(line.decode())
        said.changed()
    said.changed()


async def test_a_whole_inquiry_can_be_played_and_the_play_be_started_afresh(played: Played) -> None:
    assert "<!doctype html>" in (await played.client.get("/")).text.lower()
    people = {person["name"] for person in (await played.state())["people"]}
    assert {"Kontakt Wohnen", "Kontakt Sprache", "Kontakt Gesellschaft", "Kontakt Bildung", "Kontakt Arbeit"} < people
    await played.sees("Kontakt Wohnen", "Willkommen!")

    await played.write("Maria", "Guten Tag, bei uns steht die Einliegerwohnung leer.")
    await played.press("Maria", await played.sees("Maria", "Datenschutz"), "Weiter")
    await played.sees("Maria", "ist angekommen")
    card = await played.sees("Kontakt Wohnen", "Einliegerwohnung leer")
    await played.write("Kontakt Wohnen", "Wie schön! Wann darf ich kommen?", reply_to=card)
    await played.sees("Maria", "Wann darf ich kommen?")
    (entry,) = (await played.client.get("/playground/log")).json()["entries"]
    assert re.fullmatch(r"\d{4}-0001", entry["reference"])
    assert [field["title"] for field in entry["fields"]] == ["Wohnen"]

    assert (await played.client.post("/playground/reset", json={})).status_code == 200
    await played.sees("Kontakt Wohnen", "Willkommen!")
    assert (await played.client.get("/playground/log")).json()["entries"] == []
    await played.write("Jürgen", "Wir suchen jemanden für die Backstube.")
    await played.press("Jürgen", await played.sees("Jürgen", "Datenschutz"), "Weiter")
    await played.sees("Kontakt Arbeit", "Backstube")


async def test_a_taken_port_is_said_to_be_taken(tmp_path: Path) -> None:
    server = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "playground", "--port", str(port)),
            cwd=tmp_path,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(ROOT),
                "ROUTING_RULES": str(ROOT / "tests" / "journeys" / "rules.yaml"),
            },
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await asyncio.wait_for(process.communicate(), START_WITHIN_S)
    finally:
        server.close()
        await server.wait_closed()
    assert (process.returncode, out) == (1, b"")
    assert err.decode().startswith(
        f"HTTP_PORT: port {port} cannot be used (Address already in use). Choose another: HTTP_PORT=8090 make run."
    )
    assert len(err.decode().splitlines()) == 1
