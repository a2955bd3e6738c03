"""Copying and forwarding."""

from bot.playground import acts
from bot.playground.model import Placing
from bot.playground.samples import photo_content, text_content
from tests.playground.scene import NOON, Scene


async def test_a_copy_has_the_content_and_nothing_of_its_origin(scene: Scene) -> None:
    params = {"chat_id": -1001, "from_chat_id": 111, "message_id": 102, "message_thread_id": 10}
    assert await scene.result("copyMessage", **params) == {"message_id": 13}
    copy = scene.forum.messages[13]
    assert (copy.content, copy.sender_id) == (scene.hello.content, scene.world.bot.id)
    assert (copy.placing.copied, copy.placing.origin, copy.markup) == (True, None, None)
    assert copy.placing.topic == 10


async def test_a_copy_can_carry_a_caption_buttons_and_a_reply_of_its_own(scene: Scene) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Ja", "callback_data": "1"}]]}
    await scene.result(
        "copyMessage",
        chat_id=111,
        from_chat_id=111,
        message_id=103,
        caption="Neu",
        reply_markup=keyboard,
        reply_parameters={"message_id": 101},
    )
    copy = scene.annas.messages[104]
    assert (copy.text, copy.markup, copy.placing.reply_to) == ("Neu", keyboard, 101)
    assert copy.content.media == scene.photo.content.media


async def test_an_empty_caption_removes_it_and_a_text_keeps_its_text(scene: Scene) -> None:
    for message_id, text in [(103, None), (102, "Hallo")]:
        params = {"chat_id": 111, "from_chat_id": 111, "message_id": message_id, "caption": ""}
        number = (await scene.result("copyMessage", **params))["message_id"]
        assert scene.annas.messages[number].content.text == text


async def test_several_copies_keep_their_album_under_a_new_name(scene: Scene) -> None:
    album = Placing(album="7")
    for _ in range(2):
        acts.send(scene.world, 111, 111, photo_content(scene.picture), album)
    acts.send(scene.world, 111, 111, text_content("Text"))
    copies = await scene.result("copyMessages", chat_id=-1001, from_chat_id=111, message_ids=[104, 105, 106, 999])
    albums = [scene.forum.messages[copy["message_id"]].placing.album for copy in copies]
    assert len(albums) == 3
    assert albums[0] == albums[1]
    assert albums[0] not in (None, "7")
    assert albums[2] is None


async def test_a_forwarded_message_names_who_wrote_it_first(scene: Scene) -> None:
    scene.clock.at += 60
    first = await scene.result("forwardMessage", chat_id=-1001, from_chat_id=111, message_id=101)
    assert first["forward_origin"]["sender_user"]["id"] == 111
    assert first["forward_origin"]["date"] == NOON
    again = await scene.result("forwardMessage", chat_id=111, from_chat_id=-1001, message_id=first["message_id"])
    assert again["forward_origin"] == first["forward_origin"]


async def test_what_a_person_deletes_cannot_be_copied_any_more(scene: Scene) -> None:
    acts.delete(scene.world, 111, scene.annas.messages[101])
    assert await scene.refusal("copyMessage", chat_id=111, from_chat_id=111, message_id=101) == (
        "400 Bad Request: message to copy not found"
    )
