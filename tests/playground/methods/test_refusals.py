"""What the Bot API refuses, word for word, method by method."""

from typing import Any, NamedTuple

import pytest

from bot.playground import acts
from tests.playground.scene import Scene


class Case(NamedTuple):
    label: str
    method: str
    params: dict[str, Any]
    refusal: str


A = {"chat_id": 111}
HI = {"text": "Hallo"}
BUTTON_OF_65_BYTES = {"inline_keyboard": [[{"text": "Ja", "callback_data": "x" * 65}]]}
BUTTON_OF_66_BYTES_IN_33_LETTERS = {"inline_keyboard": [[{"text": "Ja", "callback_data": "ä" * 33}]]}
THREAD = "message_thread_id"

CASES = [
    Case("no chat", "sendMessage", HI, "400 Bad Request: chat_id is empty"),
    Case("unknown chat", "sendMessage", {"chat_id": 9, **HI}, "400 Bad Request: chat not found"),
    Case("person who never wrote", "sendMessage", {"chat_id": 222, **HI}, "400 Bad Request: chat not found"),
    Case("blocked", "sendMessage", {"chat_id": 333, **HI}, "403 Forbidden: bot was blocked by the user"),
    Case("no text", "sendMessage", A, "400 Bad Request: message text is empty"),
    Case("white space", "sendMessage", {**A, "text": " \n "}, "400 Bad Request: text must be non-empty"),
    Case("4097 letters", "sendMessage", {**A, "text": "x" * 4097}, "400 Bad Request: message is too long"),
    Case(
        "2049 emoji are 4098 units", "sendMessage", {**A, "text": "😀" * 2049},
        "400 Bad Request: message is too long",
    ),
    Case(
        "too long in bytes", "sendMessage", {**A, "text": "x" * 32769}, "400 Bad Request: text is too long"
    ),
    Case(
        "reply to nothing", "sendMessage", {**A, **HI, "reply_parameters": {"message_id": 999}},
        "400 Bad Request: message to be replied not found",
    ),
    Case(
        "reply to nothing, the old way", "sendMessage", {**A, **HI, "reply_to_message_id": 999},
        "400 Bad Request: message to be replied not found",
    ),
    Case(
        "unknown topic", "sendMessage", {"chat_id": -1001, **HI, THREAD: 77},
        "400 Bad Request: message thread not found",
    ),
    Case(
        "General by its number", "sendMessage", {"chat_id": -1001, **HI, THREAD: 1},
        "400 Bad Request: message thread not found",
    ),
    Case(
        "topic in a private chat", "sendMessage", {**A, **HI, THREAD: 101},
        "400 Bad Request: message thread is not a forum topic thread",
    ),
    Case(
        "65 bytes on a button", "sendMessage", {**A, **HI, "reply_markup": BUTTON_OF_65_BYTES},
        "400 Bad Request: BUTTON_DATA_INVALID",
    ),
    Case(
        "bytes count, not letters", "sendMessage", {**A, **HI, "reply_markup": BUTTON_OF_66_BYTES_IN_33_LETTERS},
        "400 Bad Request: BUTTON_DATA_INVALID",
    ),
    Case(
        "button without deed", "sendMessage", {**A, **HI, "reply_markup": {"inline_keyboard": [[{"text": "a"}]]}},
        "400 Bad Request: can't parse inline keyboard button: "
        "Text buttons are unallowed in the inline keyboard",
    ),
    Case(
        "keyboard of one row", "sendMessage", {**A, **HI, "reply_markup": {"inline_keyboard": [{"text": "a"}]}},
        '400 Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    ),
    Case(
        "keyboard is no JSON", "sendMessage", {**A, **HI, "reply_markup": "{"},
        "400 Bad Request: can't parse reply keyboard markup JSON object",
    ),
    Case(
        "broken HTML before the chat is looked at", "sendMessage",
        {"chat_id": 9, "text": "<b>x", "parse_mode": "HTML"},
        "400 Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    Case(
        "unknown parse mode", "sendMessage", {**A, **HI, "parse_mode": "BBCode"},
        "400 Bad Request: unsupported parse_mode",
    ),
    Case(
        "unknown entity", "sendMessage", {**A, **HI, "entities": [{"type": "loud", "offset": 0, "length": 1}]},
        "400 Bad Request: can't parse MessageEntity: Unsupported type specified",
    ),
    Case(
        "caption of 1025", "sendPhoto", {**A, "photo": "PICTURE", "caption": "x" * 1025},
        "400 Bad Request: message caption is too long",
    ),
    Case("no photo", "sendPhoto", A, "400 Bad Request: there is no photo in the request"),
    Case(
        "unknown file", "sendDocument", {**A, "document": "nowhere"},
        "400 Bad Request: wrong file identifier/HTTP URL specified",
    ),
    Case("no media", "sendMediaGroup", A, '400 Bad Request: parameter "media" is required'),
    Case(
        "sticker in an album", "sendMediaGroup", {**A, "media": [{"type": "sticker", "media": "PICTURE"}]},
        "400 Bad Request: can't parse InputMedia: type \"sticker\" is unsupported",
    ),
    Case("no latitude", "sendLocation", {**A, "longitude": 1}, "400 Bad Request: latitude is empty"),
    Case(
        "no first name", "sendContact", {**A, "phone_number": "1"},
        '400 Bad Request: parameter "first_name" is required',
    ),
    Case(
        "unknown action", "sendChatAction", {**A, "action": "dance"},
        "400 Bad Request: wrong parameter action in request",
    ),
    Case(
        "copy without source", "copyMessage", {**A, "message_id": 101},
        '400 Bad Request: parameter "from_chat_id" is required',
    ),
    Case(
        "copy of nothing", "copyMessage", {**A, "from_chat_id": 111, "message_id": 999},
        "400 Bad Request: message to copy not found",
    ),
    Case(
        "copy with a caption of 1025", "copyMessage",
        {**A, "from_chat_id": 111, "message_id": 103, "caption": "x" * 1025},
        "400 Bad Request: message caption is too long",
    ),
    Case(
        "copy of a service message", "copyMessage", {**A, "from_chat_id": -1001, "message_id": 10},
        "400 Bad Request: message can't be copied",
    ),
    Case(
        "forward of nothing", "forwardMessage", {**A, "from_chat_id": 111, "message_id": 999},
        "400 Bad Request: message to forward not found",
    ),
    Case(
        "copies in falling order", "copyMessages", {**A, "from_chat_id": 111, "message_ids": [102, 101]},
        "400 Bad Request: message identifiers must be in a strictly increasing order",
    ),
    Case(
        "copies of nothing", "copyMessages", {**A, "from_chat_id": 111, "message_ids": [998, 999]},
        "400 Bad Request: there are no messages to forward",
    ),
    Case(
        "edit of nothing", "editMessageText", {**A, **HI, "message_id": 999},
        "400 Bad Request: message to edit not found",
    ),
    Case(
        "edit of somebody else's", "editMessageText", {**A, **HI, "message_id": 101},
        "400 Bad Request: message can't be edited",
    ),
    Case(
        "text of a photo", "editMessageText", {**A, **HI, "message_id": 103},
        "400 Bad Request: there is no text in the message to edit",
    ),
    Case(
        "caption of a text", "editMessageCaption", {**A, "caption": "x", "message_id": 102},
        "400 Bad Request: there is no caption in the message to edit",
    ),
    Case(
        "edit without any message", "editMessageText", HI, "400 Bad Request: message identifier is not specified"
    ),
    Case(
        "edit that changes nothing", "editMessageText",
        {
            **A, **HI, "message_id": 102,
            "reply_markup": {"inline_keyboard": [[{"text": "Ja", "callback_data": "yes"}]]},
        },
        "400 Bad Request: message is not modified: specified new message content and reply markup are exactly "
        "the same as a current content and reply markup of the message",
    ),
    Case(
        "deletion of nothing", "deleteMessage", {**A, "message_id": 999},
        "400 Bad Request: message to delete not found",
    ),
    Case(
        "deletion of none", "deleteMessages", {**A, "message_ids": []},
        "400 Bad Request: message identifiers are not specified",
    ),
    Case(
        "unknown button press", "answerCallbackQuery", {"callback_query_id": "1"},
        "400 Bad Request: query is too old and response timeout expired or query ID is invalid",
    ),
    Case(
        "reaction to nothing", "setMessageReaction", {**A, "message_id": 999},
        "400 Bad Request: message to react not found",
    ),
    Case("unknown file path", "getFile", {"file_id": "x"}, "400 Bad Request: invalid file_id"),
    Case("no file", "getFile", {}, "400 Bad Request: file_id not specified"),
    Case(
        "command in capitals", "setMyCommands", {"commands": [{"command": "Hilfe", "description": "x"}]},
        "400 Bad Request: BOT_COMMAND_INVALID",
    ),
    Case(
        "command without description", "setMyCommands", {"commands": [{"command": "hilfe", "description": ""}]},
        "400 Bad Request: BOT_COMMAND_DESCRIPTION_INVALID",
    ),
    Case(
        "unknown scope", "setMyCommands", {"commands": [], "scope": {"type": "moon"}},
        "400 Bad Request: can't parse BotCommandScope: Unsupported type specified",
    ),
    Case(
        "scope of a chat unknown", "getMyCommands", {"scope": {"type": "chat", "chat_id": 222}},
        "400 Bad Request: chat not found",
    ),
    Case("topic in a private chat", "createForumTopic", {**A, "name": "x"}, "400 Bad Request: the chat is not a forum"),
    Case(
        "topic without name", "createForumTopic", {"chat_id": -1001, "name": " "},
        "400 Bad Request: TOPIC_NAME_EMPTY",
    ),
    Case(
        "closing a topic unknown", "closeForumTopic", {"chat_id": -1001, THREAD: 77},
        "400 Bad Request: message thread not found",
    ),
    Case(
        "closing a closed topic", "closeForumTopic", {"chat_id": -1001, THREAD: 12},
        "400 Bad Request: TOPIC_NOT_MODIFIED",
    ),
    Case(
        "pin of nothing", "pinChatMessage", {**A, "message_id": 999}, "400 Bad Request: message to pin not found"
    ),
    Case("unpin of nothing", "unpinChatMessage", A, "400 Bad Request: message to unpin not found"),
    Case(
        "leaving a private chat", "leaveChat", A,
        "400 Bad Request: chat member status can't be changed in private chats",
    ),
    Case(
        "administrators of a private chat", "getChatAdministrators", A,
        "400 Bad Request: there are no administrators in the private chat",
    ),
    Case("unknown member", "getChatMember", {**A, "user_id": 9}, "400 Bad Request: user not found"),
    Case(
        "webhook to nowhere", "setWebhook", {"url": "ftp://x"}, "400 Bad Request: invalid webhook URL specified"
    ),
    Case(
        "secret with a space", "setWebhook", {"url": "https://x.org", "secret_token": "a b"},
        "400 Bad Request: secret token contains unallowed characters",
    ),
    Case("unknown method", "sendDance", {}, "404 Not Found: method not found"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[f"{case.method}: {case.label}" for case in CASES])
async def test_the_bot_api_refuses_in_its_own_words(scene: Scene, case: Case) -> None:
    params = {name: scene.picture.file_id if value == "PICTURE" else value for name, value in case.params.items()}
    before = {chat.id: len(chat.messages) for chat in scene.world.chats.values()}
    assert await scene.refusal(case.method, **params) == case.refusal
    assert {chat.id: len(chat.messages) for chat in scene.world.chats.values()} == before


async def test_a_closed_topic_refuses_a_bot_without_the_right_to_manage_topics(scene: Scene) -> None:
    params = {"chat_id": -1001, "text": "Hallo", "message_thread_id": 12}
    assert (await scene.result("sendMessage", **params))["message_thread_id"] == 12
    scene.forum.bot_has_topic_rights = False
    assert await scene.refusal("sendMessage", **params) == "400 Bad Request: TOPIC_CLOSED"
    assert await scene.refusal("createForumTopic", chat_id=-1001, name="Neu") == (
        "400 Bad Request: not enough rights to create a topic"
    )


async def test_a_person_met_in_a_group_is_known_but_cannot_be_written_to(scene: Scene) -> None:
    scene.forum.members.append(222)
    assert await scene.refusal("sendMessage", chat_id=222, text="Hallo") == (
        "403 Forbidden: bot can't initiate conversation with a user"
    )
    assert (await scene.result("getChat", chat_id=222))["first_name"] == "Ben"


@pytest.mark.parametrize(
    ("status", "refusal"),
    [
        ("kicked", "403 Forbidden: bot was kicked from the supergroup chat"),
        ("left", "403 Forbidden: bot is not a member of the supergroup chat"),
    ],
)
async def test_a_bot_outside_a_group_is_refused(scene: Scene, status: Any, refusal: str) -> None:
    scene.forum.bot_status = status
    assert await scene.refusal("sendMessage", chat_id=-1001, text="Hallo") == refusal
    assert await scene.refusal("getChat", chat_id=-1001) == refusal


async def test_messages_older_than_48_hours_cannot_be_deleted(scene: Scene) -> None:
    scene.clock.at += 48 * 3600 + 1
    refusal = "400 Bad Request: message can't be deleted for everyone"
    assert await scene.refusal("deleteMessage", chat_id=111, message_id=101) == refusal
    fresh = (await scene.result("sendMessage", chat_id=111, text="neu"))["message_id"]
    assert await scene.refusal("deleteMessages", chat_id=111, message_ids=[fresh, 101]) == refusal
    assert scene.annas.find_message(fresh) is not None, "nothing is deleted where one cannot be"
    assert await scene.result("deleteMessages", chat_id=111, message_ids=[fresh, 999]) is True
    assert scene.annas.find_message(fresh) is None


async def test_a_group_that_became_a_supergroup_names_its_new_id(scene: Scene) -> None:
    old = scene.world.add_basic_group("Runde", [scene.anna])
    new = acts.migrate(scene.world, old.id, 111)
    assert await scene.call("sendMessage", chat_id=old.id, text="Hallo") == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": new.id},
    }
    bodies = [update.body()["message"] for update in scene.world.updates.pending()]
    assert [
        (body["chat"]["id"], body.get("migrate_to_chat_id"), body.get("migrate_from_chat_id")) for body in bodies
    ] == [
        (old.id, new.id, None),
        (new.id, None, old.id),
    ]
