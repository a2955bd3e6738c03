"""Editing, deleting, answering pressed buttons."""

from bot.playground import acts
from bot.playground.updates import CALLBACK_KEPT_S
from tests.playground.scene import NOON, Scene

OLD = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_an_edit_changes_the_text_and_takes_the_buttons_away(scene: Scene) -> None:
    scene.clock.at += 5
    message = await scene.result("editMessageText", chat_id=111, message_id=102, text="Neu")
    assert (message["text"], message["date"], message["edit_date"]) == ("Neu", NOON, NOON + 5)
    assert "reply_markup" not in message
    assert scene.hello.text == "Neu"


async def test_an_edit_of_the_buttons_alone_keeps_the_text(scene: Scene) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Doch", "callback_data": "2"}]]}
    message = await scene.result("editMessageReplyMarkup", chat_id=111, message_id=102, reply_markup=keyboard)
    assert (message["text"], message["reply_markup"]) == ("Hallo", keyboard)
    message = await scene.result("editMessageReplyMarkup", chat_id=111, message_id=102)
    assert "reply_markup" not in message


async def test_a_caption_can_be_changed(scene: Scene) -> None:
    message = await scene.result(
        "editMessageCaption", chat_id=111, message_id=103, caption="<b>B</b>", parse_mode="HTML"
    )
    assert message["caption"] == "B"
    assert message["caption_entities"] == [{"type": "bold", "offset": 0, "length": 1}]


async def test_an_edit_of_the_bot_is_no_update_to_it(scene: Scene) -> None:
    await scene.result("editMessageText", chat_id=111, message_id=102, text="Neu")
    assert scene.world.updates.pending() == []


async def test_the_bot_may_delete_its_own_and_a_persons_message(scene: Scene) -> None:
    for message_id in (101, 102):
        assert await scene.result("deleteMessage", chat_id=111, message_id=message_id) is True
        assert scene.annas.find_message(message_id) is None


async def test_a_plain_member_may_not_delete_others_messages(scene: Scene) -> None:
    scene.forum.bot_status = "member"
    acts.write(scene.world, 111, -1001, "/hilfe")
    assert await scene.refusal("deleteMessage", chat_id=-1001, message_id=13) == (
        "400 Bad Request: message can't be deleted"
    )


async def test_a_pressed_button_is_answered_once(scene: Scene) -> None:
    callback = acts.press(scene.world, 111, scene.hello, 0, 0)
    params = {"callback_query_id": callback.id, "text": "Gut", "show_alert": True}
    assert await scene.result("answerCallbackQuery", **params) is True
    assert (callback.answered, callback.text, callback.alert) == (True, "Gut", True)
    assert await scene.refusal("answerCallbackQuery", **params) == OLD


async def test_a_pressed_button_is_answered_in_time_or_not_at_all(scene: Scene) -> None:
    callback = acts.press(scene.world, 111, scene.hello, 0, 0)
    scene.clock.at += CALLBACK_KEPT_S + 1
    assert await scene.refusal("answerCallbackQuery", callback_query_id=callback.id) == OLD
    assert scene.world.updates.pending() == [], "nor does the press wait any longer"


async def test_an_answer_of_more_than_200_letters_is_refused(scene: Scene) -> None:
    callback = acts.press(scene.world, 111, scene.hello, 0, 0)
    params = {"callback_query_id": callback.id, "text": "x" * 201}
    assert await scene.refusal("answerCallbackQuery", **params) == "400 Bad Request: MESSAGE_TOO_LONG"
    assert not callback.answered
