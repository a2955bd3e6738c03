"""What people do, as python-telegram-bot reads it."""

from typing import Any

import pytest
from telegram import Update
from telegram.constants import ChatMemberStatus

from bot.playground import acts
from bot.playground.errors import PlaygroundError
from bot.playground.model import Content, Placing
from bot.playground.samples import made_up_content, text_content
from tests.playground.scene import NOON, Scene


def only_update(scene: Scene) -> Update:
    (body,) = scene.told()
    update = Update.de_json(body, None)
    assert update is not None
    return update


def test_a_message_is_read_whole(scene: Scene) -> None:
    acts.write(scene.world, 111, 111, "/start abc", Placing(reply_to=102))
    message = only_update(scene).message
    assert message is not None
    assert message.from_user is not None
    assert message.reply_to_message is not None
    assert (message.message_id, message.chat.id, message.chat.type) == (104, 111, "private")
    assert (message.from_user.language_code, message.from_user.is_bot) == ("uk", False)
    assert message.date.timestamp() == NOON
    assert message.parse_entities(["bot_command"]) == {message.entities[0]: "/start"}
    assert message.reply_to_message.text == "Hallo"
    assert message.reply_to_message.reply_markup is not None


def test_an_edit_is_an_update_of_its_own(scene: Scene) -> None:
    scene.clock.at += 9
    acts.edit(scene.world, 111, 111, 101, "Guten Abend")
    message = only_update(scene).edited_message
    assert message is not None
    assert message.edit_date is not None
    assert (message.text, message.message_id, message.edit_date.timestamp()) == ("Guten Abend", 101, NOON + 9)


def test_a_pressed_button_brings_its_message_with_the_keyboard(scene: Scene) -> None:
    callback = acts.press(scene.world, 111, scene.hello, 0, 0)
    query = only_update(scene).callback_query
    assert query is not None
    assert query.message is not None
    assert (query.id, query.data, query.from_user.id) == (callback.id, "yes", 111)
    assert query.message.is_accessible
    assert query.message.message_id == 102
    assert query.message.reply_markup is not None  # type: ignore[attr-defined]


def test_a_press_on_a_deleted_message_brings_only_its_number(scene: Scene) -> None:
    scene.hello.deleted = True
    acts.press_data(scene.world, 111, scene.hello, "yes")
    query = only_update(scene).callback_query
    assert query is not None
    assert query.message is not None
    assert not query.message.is_accessible


def test_a_forged_press_carries_any_data_from_anybody(scene: Scene) -> None:
    acts.press_data(scene.world, 222, scene.hello, "forged")
    query = only_update(scene).callback_query
    assert query is not None
    assert (query.data, query.from_user.id) == ("forged", 222)


def test_a_link_only_opens(scene: Scene) -> None:
    scene.hello.markup = {"inline_keyboard": [[{"text": "Seite", "url": "https://example.org"}]]}
    callback = acts.press(scene.world, 111, scene.hello, 0, 0)
    assert (callback.answered, callback.url) == (True, "https://example.org")
    assert scene.told() == []


def test_an_album_comes_as_several_messages_of_one_name(scene: Scene) -> None:
    for _ in range(2):
        acts.send(scene.world, 111, 111, scene.photo.content, Placing(album="77"))
    messages = [Update.de_json(body, None).message for body in scene.told()]
    assert [message.media_group_id for message in messages if message] == ["77", "77"]


@pytest.mark.parametrize(
    ("kind", "field"),
    [("sticker", "sticker"), ("voice", "voice"), ("location", "location"), ("contact", "contact")],
)
def test_samples_can_be_read(scene: Scene, kind: str, field: str) -> None:
    content = made_up_content(scene.world, kind)
    assert content is not None
    acts.send(scene.world, 111, 111, content)
    message = only_update(scene).message
    assert message is not None
    assert getattr(message, field) is not None
    assert message.text is None


def test_blocking_and_unblocking_are_told_once_each(scene: Scene) -> None:
    acts.block(scene.world, 111)
    acts.block(scene.world, 111)
    acts.block(scene.world, 111, blocked=False)
    changes = [Update.de_json(body, None).my_chat_member for body in scene.told()]
    assert [(change.old_chat_member.status, change.new_chat_member.status) for change in changes if change] == [
        (ChatMemberStatus.MEMBER, ChatMemberStatus.BANNED),
        (ChatMemberStatus.BANNED, ChatMemberStatus.MEMBER),
    ]


def test_removal_from_a_group_is_told(scene: Scene) -> None:
    acts.remove_bot(scene.world, 111, -1001)
    change = only_update(scene).my_chat_member
    assert change is not None
    assert change.new_chat_member.status == ChatMemberStatus.BANNED
    acts.write(scene.world, 111, -1001, "ohne Bot")
    assert len(scene.told()) == 1


async def test_an_invited_bot_is_told_twice_and_may_write(scene: Scene) -> None:
    scene.forum.bot_status = "left"
    acts.invite_bot(scene.world, 111, -1001)
    change, message = (Update.de_json(body, None) for body in scene.told())
    assert change.my_chat_member is not None
    assert change.my_chat_member.new_chat_member.status == ChatMemberStatus.MEMBER
    assert message.message is not None
    assert message.message.new_chat_members[0].id == scene.world.bot.id
    await scene.result("sendMessage", chat_id=-1001, text="Guten Tag")


async def test_a_deleted_account_cannot_be_written_to(scene: Scene) -> None:
    acts.deactivate(scene.world, 111)
    assert await scene.refusal("sendMessage", chat_id=111, text="x") == "403 Forbidden: user is deactivated"


def test_a_first_message_opens_the_private_chat(scene: Scene) -> None:
    assert not scene.world.chats[222].opened
    acts.write(scene.world, 222, 222, "Hallo")
    assert scene.world.chats[222].opened


def test_a_message_in_a_topic_names_it(scene: Scene) -> None:
    acts.write(scene.world, 111, -1001, "hier", Placing(topic=10))
    message = only_update(scene).message
    assert message is not None
    assert message.is_topic_message
    assert message.message_thread_id == 10
    assert message.reply_to_message is not None
    assert message.reply_to_message.forum_topic_created is not None


def test_in_a_plain_group_a_reply_names_the_thread(scene: Scene) -> None:
    group = scene.world.add_group("Runde", [scene.anna])
    first = acts.write(scene.world, 111, group.id, "eins")
    second = acts.write(scene.world, 111, group.id, "zwei", Placing(reply_to=first.id))
    acts.write(scene.world, 111, group.id, "drei", Placing(reply_to=second.id))
    threads = [body["message"].get("message_thread_id") for body in scene.told()]
    assert threads == [None, first.id, first.id]
    assert all("is_topic_message" not in body["message"] for body in scene.told())


IMPOSSIBLE: list[tuple[str, Any, str]] = [
    ("unknown person", lambda world: acts.write(world, 9, 111, "x"), "There is no person 9."),
    ("unknown chat", lambda world: acts.write(world, 111, 9, "x"), "There is no chat 9."),
    ("somebody else's chat", lambda world: acts.write(world, 222, 111, "x"), "The person 222 is not in the chat 111."),
    ("blocked", lambda world: acts.write(world, 333, 333, "x"), "This person has blocked the bot; unblock it first."),
    ("closed topic", lambda world: acts.write(world, 111, -1001, "x", Placing(topic=12)), "The topic 'Alt' is closed."),
    ("no topic", lambda world: acts.write(world, 111, -1001, "x", Placing(topic=9)), "There is no topic 9."),
    (
        "reply to nothing",
        lambda world: acts.write(world, 111, 111, "x", Placing(reply_to=9)),
        "There is no message 9 to reply to.",
    ),
    (
        "edit of the bot's",
        lambda world: acts.edit(world, 111, 111, 102, "x"),
        "There is no message 102 of this person.",
    ),
    (
        "edit without change",
        lambda world: acts.edit(world, 111, 111, 101, "Guten Tag 😀"),
        "The text is the same as before.",
    ),
    (
        "longer than an app sends",
        lambda world: acts.write(world, 111, 111, "x" * 4097),
        "Telegram's apps send at most 4096 UTF-16 units at once here.",
    ),
    ("bot is there", lambda world: acts.invite_bot(world, 111, -1001), "The bot is in this group already."),
    (
        "no button",
        lambda world: acts.press(world, 111, world.chats[111].messages[102], 0, 1),
        "There is no button in row 0, column 1.",
    ),
]


@pytest.mark.parametrize(("label", "act", "fault"), IMPOSSIBLE, ids=[row[0] for row in IMPOSSIBLE])
def test_people_cannot_do_what_they_cannot(scene: Scene, label: str, act: Any, fault: str) -> None:
    with pytest.raises(PlaygroundError) as refused:
        act(scene.world)
    assert str(refused.value) == fault
    assert scene.told() == []


def test_a_reset_empties_the_chats_and_keeps_people_topics_and_menus(scene: Scene) -> None:
    scene.world.settings.commands["default", ""] = [{"command": "start", "description": "x"}]
    acts.write(scene.world, 222, 222, "Hallo")
    version = scene.world.signal.version
    scene.world.reset()
    assert scene.world.signal.version > version
    assert scene.told() == []
    assert [list(chat.messages) for chat in scene.world.chats.values()] == [[], [], [], [10, 12]]
    assert (scene.world.chats[222].opened, scene.world.chats[333].opened) == (False, True)
    assert not scene.world.chats[333].blocked
    assert scene.world.settings.commands
    assert acts.write(scene.world, 111, 111, "neu").id == 104, "numbers go on"


def test_content_may_be_posted_without_telling(scene: Scene) -> None:
    scene.world.post(scene.annas, 111, text_content("still"))
    scene.world.post(scene.annas, 111, Content("service", media={"group_chat_created": True}))
    assert scene.told() == []
