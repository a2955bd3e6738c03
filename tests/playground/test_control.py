"""The page's side: what it sends, what it is shown."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from telegram import Bot

from bot.playground import acts
from bot.playground.control import Injected
from bot.playground.model import Json, Person
from bot.playground.server import Playground, serving
from bot.playground.world import World
from tests.playground.scene import NOON, Scene
from tests.support.driver import Driver


async def post(scene: Scene, act: str, **body: Any) -> Json:
    async with scene.client() as client:
        answer = await client.post(f"/playground/{act}", json=body)
    assert answer.status_code == 200, answer.text
    result: Json = answer.json()
    return result


async def state(scene: Scene) -> Json:
    async with scene.client() as client:
        result: Json = (await client.get("/playground/state")).json()
    return result


async def test_the_state_has_all_the_page_needs(scene: Scene) -> None:
    await scene.result("setMyCommands", commands=[{"command": "hilfe", "description": "Hilfe"}], language_code="uk")
    shown = await state(scene)
    assert shown["version"] == scene.world.signal.version
    assert shown["bot"] == {"id": 6_100_200_300, "username": "anfragelotse_bot", "name": "Anfragelotse"}
    assert (shown["bot_online"], shown["busy"]) == (False, None)
    assert shown["people"][0] == {
        "id": 111,
        "name": "Anna A",
        "role": "inquirer",
        "caption": "",
        "language": "uk",
        "samples": [],
        "blocked": False,
    }
    assert [person["blocked"] for person in shown["people"]] == [False, False, True]
    chat = shown["chats"][0]
    assert (chat["id"], chat["type"], chat["title"], chat["members"]) == (111, "private", None, [111])
    assert chat["commands"] == [{"command": "hilfe", "description": "Hilfe"}]
    assert shown["chats"][1]["commands"] == []
    assert chat["messages"][1] == {
        "id": 102,
        "from": 6_100_200_300,
        "date": NOON,
        "edit_date": None,
        "kind": "text",
        "text": "Hallo",
        "entities": [],
        "reply_to": None,
        "topic": None,
        "file": None,
        "file_name": None,
        "album": None,
        "copied": False,
        "asks": None,
        "buttons": [[{"text": "Ja", "url": None}]],
        "deleted": False,
    }
    photo = chat["messages"][2]
    assert (photo["kind"], photo["text"], photo["file"]) == ("photo", "Ein Bild", scene.picture.file_id)
    forum = shown["chats"][3]
    assert [topic["name"] for topic in forum["topics"]] == ["Wohnen", "Alt"]
    assert [message["text"] for message in forum["messages"]] == ["Frage"], "service messages are not shown"


async def test_what_was_deleted_is_not_shown(scene: Scene) -> None:
    await scene.result("deleteMessage", chat_id=111, message_id=102)
    assert [message["id"] for message in (await state(scene))["chats"][0]["messages"]] == [101, 103]


async def test_the_bot_is_online_while_it_asks(scene: Scene) -> None:
    version = scene.world.signal.version
    await scene.result("getUpdates")
    assert (await state(scene))["bot_online"] is True
    assert scene.world.signal.version > version
    scene.clock.at += 61
    assert (await state(scene))["bot_online"] is False
    await scene.result("setWebhook", url="https://127.0.0.1/hook")
    assert (await state(scene))["bot_online"] is True


async def test_a_text_is_sent(scene: Scene) -> None:
    assert await post(scene, "send", person=111, chat=111, text="Hallo 😀", reply_to=102) == {"message_id": 104}
    (update,) = scene.told()
    assert update["message"]["text"] == "Hallo 😀"
    assert update["message"]["reply_to_message"]["message_id"] == 102


async def test_a_text_is_sent_into_a_topic(scene: Scene) -> None:
    await post(scene, "send", person=111, chat=-1001, text="hier", topic=10, reply_to=None)
    assert scene.told()[0]["message"]["message_thread_id"] == 10


async def test_a_long_text_goes_as_several_messages_as_from_an_app(scene: Scene) -> None:
    await post(scene, "send", person=111, chat=111, text="a" * 4096 + "Ende")
    messages = [update["message"] for update in scene.told()]
    assert [len(message["text"]) for message in messages] == [4096, 4]
    assert not any("media_group_id" in message for message in messages)


@pytest.mark.parametrize("kind", ["sticker", "voice", "location", "contact"])
async def test_samples_are_made_up(scene: Scene, kind: str) -> None:
    await post(scene, "send", person=111, chat=111, kind=kind)
    assert kind in scene.told()[0]["message"]


async def test_files_are_sent_and_several_pictures_make_an_album(scene: Scene) -> None:
    pictures = [("photo", ("1.png", b"eins", "image/png")), ("photo", ("2.png", b"zwei", "image/png"))]
    async with scene.client() as client:
        ids = {"person": "111", "chat": "111"}
        sent = await client.post("/playground/send", data=ids | {"text": "Zwei Bilder"}, files=pictures)
        paper = {"document": ("brief.pdf", b"%PDF", "application/pdf")}
        await client.post("/playground/send", data=ids, files=paper)
        messages = [update["message"] for update in scene.told()]
        assert sent.json() == {"message_id": 105}
        assert [message.get("caption") for message in messages] == ["Zwei Bilder", None, None]
        assert messages[0]["media_group_id"] == messages[1]["media_group_id"]
        assert "media_group_id" not in messages[2]
        assert messages[2]["document"]["file_name"] == "brief.pdf"
        file_id = messages[0]["photo"][-1]["file_id"]
        answer = await client.get(f"/playground/photo/{file_id}")
    assert (answer.content, answer.headers["content-type"]) == (b"eins", "image/png")
    assert answer.headers["content-security-policy"] == "sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_an_edit_and_a_block_reach_the_bot(scene: Scene) -> None:
    await post(scene, "edit", person=111, chat=111, message_id=101, text="anders")
    await post(scene, "block", person=111, blocked=True)
    await post(scene, "block", person=111, blocked=False)
    kinds = [next(key for key in update if key != "update_id") for update in scene.told()]
    assert kinds == ["edited_message", "my_chat_member", "my_chat_member"]


@pytest.mark.parametrize("answer", [{"text": "Gut"}, {"text": "Achtung", "show_alert": True}, {}])
async def test_a_press_brings_the_bots_answer(bot: Bot, driver: Driver, answer: Json) -> None:
    anna = driver.person("Anna", opened=True)
    keyboard = {"inline_keyboard": [[{"text": "Ja", "callback_data": "1"}]]}
    await bot.send_message(anna.id, "?", api_kwargs={"reply_markup": keyboard})
    place = {"person": anna.id, "chat": anna.id, "message_id": anna.received[0].id, "row": 0, "column": 0}
    async with httpx.AsyncClient() as client:
        press = asyncio.create_task(client.post(f"{driver.playground.url}/playground/press", json=place))
        (update,) = await bot.get_updates(timeout=3)
        assert update.callback_query is not None
        await update.callback_query.answer(**answer)
        shown = (await press).json()
    assert shown == {"alert": answer.get("show_alert", False), "text": answer.get("text")}


async def test_a_press_nobody_answers_ends_with_nothing(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.playground.control.ANSWER_WITHIN_S", 0.01)
    place = {"person": 111, "chat": 111, "message_id": 102, "row": 0, "column": 0}
    assert await post(scene, "press", **place) == {"alert": False, "text": None}


REFUSED: list[tuple[str, str, Json, int, str]] = [
    ("nothing", "send", {"person": 111, "chat": 111, "text": " "}, 400, "There is nothing to send."),
    ("unknown person", "send", {"person": 9, "chat": 9, "text": "x"}, 400, "There is no person 9."),
    ("unknown kind", "send", {"person": 111, "chat": 111, "kind": "dance"}, 400, "Unknown kind 'dance'."),
    (
        "blocked",
        "send",
        {"person": 333, "chat": 333, "text": "x"},
        400,
        "This person has blocked the bot; unblock it first.",
    ),
    (
        "no message",
        "press",
        {"person": 111, "chat": 111, "message_id": 9, "row": 0, "column": 0},
        400,
        "There is no such message.",
    ),
    ("no reset", "reset", {}, 409, "This playground cannot start afresh."),
]


@pytest.mark.parametrize(("label", "act", "body", "status", "sentence"), REFUSED, ids=[row[0] for row in REFUSED])
async def test_what_cannot_be_done_is_said_in_one_sentence(
    scene: Scene, label: str, act: str, body: Json, status: int, sentence: str
) -> None:
    async with scene.client() as client:
        answer = await client.post(f"/playground/{act}", json=body)
    assert (answer.status_code, answer.json()) == (status, {"error": sentence})


FOREIGN = [
    ("another host name", {"Host": "playground.example.org"}),
    ("another site's page", {"Origin": "https://example.org"}),
    ("a page without origin", {"Origin": "null"}),
]


@pytest.mark.parametrize(("label", "headers"), FOREIGN, ids=[row[0] for row in FOREIGN])
async def test_only_this_machines_page_may_use_it(scene: Scene, label: str, headers: dict[str, str]) -> None:
    async with scene.client() as client:
        sent = await client.post("/playground/send", json={"person": 111, "chat": 111, "text": "x"}, headers=headers)
        seen = await client.get("/playground/state", headers=headers)
        log = await client.get("/playground/log", headers=headers)
    assert (sent.status_code, seen.status_code, log.status_code) == (403, 403, 403)
    assert scene.told() == []


async def test_starting_afresh_empties_the_play_and_calls_back(scene: Scene) -> None:
    seen: list[tuple[str | None, int]] = []

    async def on_reset() -> None:
        seen.append((scene.world.busy, len(scene.annas.messages)))

    scene.playground.control.injected.on_reset = on_reset
    version = scene.world.signal.version
    assert await post(scene, "reset") == {}
    assert seen == [("starting", 0)]
    shown = await state(scene)
    assert shown["version"] > version
    assert shown["busy"] is None


async def test_a_failed_restart_does_not_leave_it_busy(scene: Scene) -> None:
    async def on_reset() -> None:
        raise RuntimeError

    scene.playground.control.injected.on_reset = on_reset
    with pytest.raises(RuntimeError):
        await post(scene, "reset")
    assert (await state(scene))["busy"] is None


@pytest.mark.parametrize("kind", ["none", "plain", "async"])
async def test_the_log_comes_from_whoever_keeps_it(scene: Scene, kind: str) -> None:
    entries: list[Json] = [{"reference": "2026-0001"}]

    async def later() -> list[Json]:
        return entries

    scene.playground.control.injected = Injected(
        log_source={"none": None, "plain": lambda: entries, "async": later}[kind]
    )
    async with scene.client() as client:
        shown = (await client.get("/playground/log")).json()
    assert shown == {"entries": [] if kind == "none" else entries}


@asynccontextmanager
async def versions(playground: Playground) -> AsyncIterator[AsyncIterator[int]]:
    async with (
        httpx.AsyncClient() as client,
        client.stream("GET", f"{playground.url}/playground/events") as answer,
    ):
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield (json.loads(line[6:])["version"] async for line in answer.aiter_lines() if line.startswith("data: "))


async def test_events_tell_of_every_change(playground: Playground, driver: Driver) -> None:
    anna = driver.person("Anna")
    async with asyncio.timeout(5), versions(playground) as events:
        first = await anext(events)
        assert first == driver.world.signal.version
        anna.writes("Hallo")
        assert await anext(events) == driver.world.signal.version > first


async def test_stopping_ends_open_event_streams_and_polls() -> None:
    world = World()
    world.add_person(Person(1, "Anna"))
    async with asyncio.timeout(5):
        async with serving(Playground(world)) as playground:
            bot = Bot(world.bot.token, base_url=f"{playground.url}/bot")
            await bot.initialize()
            poll = asyncio.create_task(bot.get_updates(timeout=50))
            assert await world.updates.signal.until(lambda: world.updates.has_waiting_poll or None, 3)
            async with versions(playground) as events:
                await anext(events)
                await playground.stop()
                assert [version async for version in events] == []
        assert await poll == ()
        await bot.shutdown()


async def test_the_page_is_served(scene: Scene) -> None:
    async with scene.client() as client:
        answer = await client.get("/")
    assert answer.status_code == 200
    assert "<html" in answer.text


def test_people_may_be_given_a_number_or_get_a_likely_one() -> None:
    world = World()
    given, made = world.add_person(Person(42, "Anna")), world.add_person(Person(0, "Ben"))
    assert given.id == 42
    assert 10**9 <= made.id < 10**10
    group = world.add_group("Amt", [given])
    assert str(group.id).startswith("-100")
    assert len(str(group.id)) == 14
    acts.write(world, 42, group.id, "x")
    assert group.next_message_id > 100


async def test_only_changed_words_are_shown_as_edited(scene: Scene) -> None:
    async def shown() -> Json:
        messages: list[Json] = (await state(scene))["chats"][0]["messages"]
        return next(message for message in messages if message["id"] == 102)

    await scene.result("editMessageReplyMarkup", chat_id=111, message_id=102, reply_markup={"inline_keyboard": []})
    assert (await shown())["edit_date"] is None
    await scene.result("editMessageText", chat_id=111, message_id=102, text="Neu")
    assert (await shown())["edit_date"] == NOON
