"""What the bot gets back for what it sends."""

import pytest

from bot.playground import acts
from bot.playground.model import Json
from tests.playground.scene import NOON, Scene

BOT = {"id": 6_100_200_300, "is_bot": True, "first_name": "Anfragelotse", "username": "anfragelotse_bot"}
ANNAS_CHAT = {"id": 111, "type": "private", "first_name": "Anna", "last_name": "A"}
YES = {"inline_keyboard": [[{"text": "Ja", "callback_data": "yes"}]]}


async def test_a_sent_message_comes_back_whole(scene: Scene) -> None:
    assert await scene.result("sendMessage", chat_id=111, text="Hallo", reply_markup=YES) == {
        "message_id": 104,
        "from": BOT,
        "chat": ANNAS_CHAT,
        "date": NOON,
        "text": "Hallo",
        "reply_markup": YES,
    }


TEXTS: list[tuple[str, Json, str, list[Json]]] = [
    ("trimmed", {"text": "  Hallo \n"}, "Hallo", []),
    (
        "given entities move with the trimming",
        {"text": " 😀fett", "entities": [{"type": "bold", "offset": 3, "length": 4}]},
        "😀fett",
        [{"type": "bold", "offset": 2, "length": 4}],
    ),
    (
        "links are found, in UTF-16 units",
        {"text": "😀 https://x.org/a."},
        "😀 https://x.org/a.",
        [{"type": "url", "offset": 3, "length": 15}],
    ),
    (
        "HTML",
        {"text": "<b>Ä</b> &lt;", "parse_mode": "HTML"},
        "Ä <",
        [{"type": "bold", "offset": 0, "length": 1}],
    ),
    (
        "MarkdownV2",
        {"text": "*Ä* \\.", "parse_mode": "MarkdownV2"},
        "Ä .",
        [{"type": "bold", "offset": 0, "length": 1}],
    ),
    ("no parse mode leaves marks alone", {"text": "*a* <b>_"}, "*a* <b>_", []),
    (
        "what only Telegram finds cannot be given",
        {"text": "abc", "entities": [{"type": "url", "offset": 0, "length": 3}]},
        "abc",
        [],
    ),
    ("4096 units go through", {"text": "😀" * 2048}, "😀" * 2048, []),
]


@pytest.mark.parametrize(("label", "params", "text", "entities"), TEXTS, ids=[row[0] for row in TEXTS])
async def test_text_and_entities(scene: Scene, label: str, params: Json, text: str, entities: list[Json]) -> None:
    message = await scene.result("sendMessage", chat_id=111, **params)
    assert (message["text"], message.get("entities", [])) == (text, entities)


async def test_a_reply_brings_the_message_it_replies_to(scene: Scene) -> None:
    message = await scene.result("sendMessage", chat_id=111, text="Ja", reply_parameters={"message_id": 101})
    assert message["reply_to_message"]["text"] == "Guten Tag 😀"
    assert message["reply_to_message"]["from"]["language_code"] == "uk"


async def test_a_reply_to_a_reply_does_not_bring_the_whole_chain(scene: Scene) -> None:
    first = await scene.result("sendMessage", chat_id=111, text="Ja", reply_parameters={"message_id": 101})
    second = await scene.result(
        "sendMessage", chat_id=111, text="Doch", reply_parameters={"message_id": first["message_id"]}
    )
    assert second["reply_to_message"]["text"] == "Ja"
    assert "reply_to_message" not in second["reply_to_message"]


async def test_a_reply_to_nothing_is_sent_without_it_where_allowed(scene: Scene) -> None:
    wanted = {"message_id": 999, "allow_sending_without_reply": True}
    message = await scene.result("sendMessage", chat_id=111, text="Ja", reply_parameters=wanted)
    assert "reply_to_message" not in message


async def test_a_message_in_a_topic_names_it_and_the_message_that_opened_it(scene: Scene) -> None:
    message = await scene.result("sendMessage", chat_id=-1001, text="Ja", message_thread_id=10)
    assert (message["message_thread_id"], message["is_topic_message"]) == (10, True)
    assert message["chat"] == {"id": -1001, "type": "supergroup", "title": "Amt", "is_forum": True}
    assert message["reply_to_message"]["forum_topic_created"]["name"] == "Wohnen"


async def test_a_reply_in_a_forum_lands_in_the_topic_of_its_message(scene: Scene) -> None:
    message = await scene.result("sendMessage", chat_id=-1001, text="Ja", reply_parameters={"message_id": 11})
    assert message["message_thread_id"] == 10
    assert message["reply_to_message"]["text"] == "Frage"


@pytest.mark.parametrize("markup", [{"force_reply": True}, {"remove_keyboard": True}, {"inline_keyboard": []}])
async def test_markup_other_than_buttons_leaves_no_trace_in_the_message(scene: Scene, markup: Json) -> None:
    assert "reply_markup" not in await scene.result("sendMessage", chat_id=111, text="Ja", reply_markup=markup)


async def test_numbers_count_up_over_both_directions(scene: Scene) -> None:
    first = (await scene.result("sendMessage", chat_id=111, text="a"))["message_id"]
    second = acts.write(scene.world, 111, 111, "b").id
    third = (await scene.result("sendMessage", chat_id=111, text="c"))["message_id"]
    assert [first, second, third] == [104, 105, 106]


async def test_a_place_and_a_contact_card(scene: Scene) -> None:
    place = await scene.result("sendLocation", chat_id=111, latitude="47.6", longitude=7.7)
    assert place["location"] == {"latitude": 47.6, "longitude": 7.7}
    card = await scene.result("sendContact", chat_id=111, phone_number="+49", first_name="B")
    assert card["contact"] == {"phone_number": "+49", "first_name": "B"}


async def test_an_action_is_taken_and_leaves_nothing(scene: Scene) -> None:
    assert await scene.result("sendChatAction", chat_id=111, action="typing") is True
    assert len(scene.annas.messages) == 3


async def test_method_names_are_taken_in_any_case(scene: Scene) -> None:
    assert (await scene.result("SENDmessage", chat_id=111, text="a"))["text"] == "a"
