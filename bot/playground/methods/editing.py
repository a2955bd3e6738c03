"""Changing, deleting and reacting to messages, and answering pressed buttons."""

from dataclasses import replace

from bot.playground.errors import NOT_MODIFIED, QUERY_TOO_OLD, bad_request
from bot.playground.methods.common import (
    CAPTION,
    Method,
    find_chat,
    known_message,
    read_markup,
    read_text,
    sent,
    writable_chat,
)
from bot.playground.model import Chat, Content, Json, Message
from bot.playground.params import Params
from bot.playground.world import World

# Bots can delete messages only within 48 hours. Source: Bot API, deleteMessage.
DELETABLE_S = 48 * 3600
# Telegram names no figure; clients give up after a while, and so does the server.
CALLBACK_VALID_S = 15 * 60


async def edit_message_text(world: World, params: Params) -> Json:
    """Change the text, and with it the keyboard: none given means none left."""
    if not params.text("text"):
        raise bad_request("message text is empty")
    message = _editable(world, params)
    text, entities = read_text(params)
    if message.kind != "text":
        raise bad_request("there is no text in the message to edit")
    return _change(world, message, replace(message.content, text=text, entities=entities), read_markup(params))


async def edit_message_caption(world: World, params: Params) -> Json:
    """Change the caption, and with it the keyboard."""
    message = _editable(world, params)
    if message.kind in ("text", "location", "contact", "sticker", "service"):
        raise bad_request("there is no caption in the message to edit")
    caption, entities = read_text(params, CAPTION)
    content = replace(message.content, text=caption or None, entities=entities)
    return _change(world, message, content, read_markup(params))


async def edit_message_reply_markup(world: World, params: Params) -> Json:
    """Change only the keyboard."""
    message = _editable(world, params)
    return _change(world, message, message.content, read_markup(params))


def _editable(world: World, params: Params) -> Message:
    chat = writable_chat(world, params)
    if params.whole("message_id") <= 0:
        raise bad_request("message identifier is not specified")
    message = known_message(chat, params.whole("message_id"), world)
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender_id != world.bot.id or message.kind == "service" or message.placing.origin:
        raise bad_request("message can't be edited")
    return message


def _change(world: World, message: Message, content: Content, markup: Json | None) -> Json:
    if content == message.content and markup == message.markup:
        raise bad_request(NOT_MODIFIED)
    message.content = content
    message.markup = markup
    message.edit_date = int(world.now())
    world.touch(message)
    return sent(world, message)


async def delete_message(world: World, params: Params) -> bool:
    """Delete one message for everybody."""
    chat = writable_chat(world, params)
    message = known_message(chat, params.whole("message_id"), world)
    if message is None:
        raise bad_request("message to delete not found")
    _delete(world, chat, message)
    return True


async def delete_messages(world: World, params: Params) -> bool:
    """Delete several messages; unknown ones are skipped."""
    chat = writable_chat(world, params)
    wanted = params.array("message_ids", "message identifiers")
    if not wanted:
        raise bad_request("message identifiers are not specified")
    found = [known_message(chat, int(number), world) for number in wanted]
    for message in found:
        if message is not None:
            _delete(world, chat, message)
    return True


def _delete(world: World, chat: Chat, message: Message) -> None:
    mine = message.sender_id == world.bot.id
    if not (mine or chat.is_private or chat.bot_status == "administrator"):
        raise bad_request("message can't be deleted")
    if world.now() - message.date > DELETABLE_S:
        raise bad_request("message can't be deleted for everyone")
    message.deleted = True
    world.touch(message)


async def set_message_reaction(world: World, params: Params) -> bool:
    """React to a message; checked and then forgotten."""
    chat = find_chat(world, params)
    if known_message(chat, params.whole("message_id"), world) is None:
        raise bad_request("message to react not found")
    return True


async def answer_callback_query(world: World, params: Params) -> bool:
    """Answer a pressed button, once and in time."""
    callback = world.callbacks.get(params.text("callback_query_id"))
    if callback is None or callback.answered or world.now() - callback.at > CALLBACK_VALID_S:
        raise bad_request(QUERY_TOO_OLD)
    if len(params.text("text")) > 200:
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
