"""Chats, members, pins, topics."""

import pytest
from telegram import ChatFullInfo, ChatMember, Message

from bot.playground import acts
from tests.playground.scene import Scene


async def test_a_chat_is_described(scene: Scene) -> None:
    chat = ChatFullInfo.de_json(await scene.result("getChat", chat_id=-1001), None)
    assert (chat.id, chat.title, chat.is_forum) == (-1001, "Amt", True)
    assert (await scene.result("getChat", chat_id=111))["last_name"] == "A"


@pytest.mark.parametrize(("user_id", "status"), [(6_100_200_300, "administrator"), (111, "member"), (222, "left")])
async def test_members_have_a_status(scene: Scene, user_id: int, status: str) -> None:
    member = ChatMember.de_json(await scene.result("getChatMember", chat_id=-1001, user_id=user_id), None)
    assert (member.status, member.user.id) == (status, user_id)


async def test_counting_and_leaving(scene: Scene) -> None:
    assert await scene.result("getChatMemberCount", chat_id=-1001) == 2
    admins = await scene.result("getChatAdministrators", chat_id=-1001)
    assert [admin["user"]["id"] for admin in admins] == [6_100_200_300]
    assert await scene.result("leaveChat", chat_id=-1001) is True
    assert (await scene.refusal("getChat", chat_id=-1001)).startswith("403 Forbidden: bot is not a member")


async def test_a_pin_is_told_and_shown_and_can_be_taken_off(scene: Scene) -> None:
    assert await scene.result("pinChatMessage", chat_id=-1001, message_id=11) is True
    told = [update.body()["message"] for update in scene.world.updates.pending()]
    assert [message["pinned_message"]["message_id"] for message in told] == [11]
    assert Message.de_json(told[0], None).pinned_message is not None
    assert (await scene.result("getChat", chat_id=-1001))["pinned_message"]["message_id"] == 11
    assert await scene.result("unpinChatMessage", chat_id=-1001) is True
    assert "pinned_message" not in await scene.result("getChat", chat_id=-1001)


async def test_the_life_of_a_topic(scene: Scene) -> None:
    topic = await scene.result("createForumTopic", chat_id=-1001, name="Bildung")
    thread = topic["message_thread_id"]
    place = {"chat_id": -1001, "message_thread_id": thread}
    sent = await scene.result("sendMessage", text="Hallo", **place)
    assert await scene.result("editForumTopic", name="Schule", **place) is True
    assert await scene.result("closeForumTopic", **place) is True
    assert await scene.result("reopenForumTopic", **place) is True
    told = [update.body()["message"] for update in scene.world.updates.pending()]
    kinds = [next(key for key in message if key.startswith("forum_topic")) for message in told]
    assert kinds == [
        "forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened",
    ]  # fmt: skip
    assert {message["message_thread_id"] for message in told} == {thread}
    assert await scene.result("deleteForumTopic", **place) is True
    assert scene.forum.find_message(sent["message_id"]) is None
    assert await scene.refusal("sendMessage", text="Hallo", **place) == ("400 Bad Request: message thread not found")


async def test_in_a_group_the_bot_reaches_only_what_it_was_given(scene: Scene) -> None:
    scene.forum.bot_status = "member"
    unseen = acts.write(scene.world, 111, -1001, "unter uns")
    assert await scene.refusal("copyMessage", chat_id=111, from_chat_id=-1001, message_id=unseen.id) == (
        "400 Bad Request: message to copy not found"
    )
