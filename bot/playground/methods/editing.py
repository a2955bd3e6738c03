"""Changing, deleting and reacting to messages, and answering pressed buttons."""

from bot.playground.errors import NOT_MODIFIED, QUERY_TOO_OLD, bad_request
from bot.playground.methods.common import (
    Method,
    find_chat,
    find_known,
    get_known,
    message_ids,
    required,
    writable_chat,
)
from bot.playground.methods.writing import check_limits, read_markup, read_text, with_caption
from bot.playground.model import Chat, Content, Json, Message
from bot.playground.params import Params
from bot.playground.render import message_json
from bot.playground.updates import CALLBACK_KEPT_S
from bot.playground.utf16 import utf16_length
from bot.playground.world import World

# Bots can delete messages only within 48 hours. Source: Bot API, deleteMessage.
DELETABLE_S = 48 * 3600
_WITHOUT_CAPTION = frozenset({"text", "location", "contact", "sticker"})


async def edit_message_text(world: World, params: Params) -> Json:
    """Change the text, and with it the keyboard: none given means none left."""
    content = read_text(params)
    markup = read_markup(params)
    message = _editable(world, params)
    if message.kind != "text":
        raise bad_request("there is no text in the message to edit")
    return _change(world, message, content, markup)


async def edit_message_caption(world: World, params: Params) -> Json:
    """Change the caption, and with it the keyboard."""
    markup = read_markup(params)
    message = _editable(world, params)
    if message.kind in _WITHOUT_CAPTION:
        raise bad_request("there is no caption in the message to edit")
    return _change(world, message, with_caption(message.content, params), markup)


async def edit_message_reply_markup(world: World, params: Params) -> Json:
    """Change only the keyboard."""
    markup = read_markup(params)
    message = _editable(world, params)
    return _change(world, message, message.content, markup)


def _editable(world: World, params: Params) -> Message:
    if not params.has("chat_id") and not params.has("message_id"):
        raise bad_request("message identifier is not specified")
    chat = writable_chat(world, params)
    message = get_known(world, chat, params.whole("message_id"), "message to edit")
    if message.sender_id != world.bot.id or message.kind == "service" or message.placing.origin:
        raise bad_request("message can't be edited")
    return message


def _change(world: World, message: Message, content: Content, markup: Json | None) -> Json:
    check_limits(content, markup)
    if content == message.content and markup == message.markup:
        raise bad_request(NOT_MODIFIED)
    message.edited = message.edited or content != message.content
    message.content = content
    message.markup = markup
    message.edit_date = int(world.now())
    world.touch(message)
    return message_json(world, message)


async def delete_message(world: World, params: Params) -> bool:
    """Delete one message for everybody."""
    chat = writable_chat(world, params)
    message = get_known(world, chat, params.whole("message_id"), "message to delete")
    _delete(world, chat, [message])
    return True


async def delete_messages(world: World, params: Params) -> bool:
    """Delete several messages or none; unknown ones are skipped."""
    wanted = message_ids(params)
    chat = writable_chat(world, params)
    found = (find_known(world, chat, number) for number in wanted)
    _delete(world, chat, [message for message in found if message is not None])
    return True


def _delete(world: World, chat: Chat, messages: list[Message]) -> None:
    may_delete_others = chat.is_private or chat.bot_status == "administrator"
    for message in messages:
        if message.sender_id != world.bot.id and not may_delete_others:
            raise bad_request("message can't be deleted")
        if world.now() - message.date > DELETABLE_S:
            raise bad_request("message can't be deleted for everyone")
    for message in messages:
        message.deleted = True
        world.touch(message)


async def set_message_reaction(world: World, params: Params) -> bool:
    """React to a message; checked and then forgotten."""
    chat = find_chat(world, params)
    get_known(world, chat, params.whole("message_id"), "message to react")
    return True


async def answer_callback_query(world: World, params: Params) -> bool:
    """Answer a pressed button, once and in time."""
    callback = world.callbacks.get(required(params, "callback_query_id"))
    if callback is None or callback.answered or world.now() - callback.at > CALLBACK_KEPT_S:
        raise bad_request(QUERY_TOO_OLD)
    if utf16_length(params.text("text")) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    callback.answered = True
    callback.text = params.text("text") or None
    callback.alert = params.flag("show_alert")
    callback.url = params.text("url") or None
    world.changed()
    return True


METHODS: dict[str, Method] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "setMessageReaction": set_message_reaction,
    "answerCallbackQuery": answer_callback_query,
}
