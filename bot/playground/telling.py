"""What the bot is told: which messages reach it, and the updates made of what happens."""

import re

from bot.playground.model import Callback, Chat, Json, Message
from bot.playground.render import bot_json, chat_json, membership_json, message_json, person_json, user_json
from bot.playground.utf16 import utf16_slice
from bot.playground.world import World


def bot_gets(world: World, chat: Chat, message: Message) -> bool:
    """Tell whether the bot receives a message of this chat.

    Outside private chats an ordinary member with privacy mode on gets only commands meant for it or for
    nobody in particular, mentions, and replies to its own messages. Source: Bot API, privacy mode.
    """
    if chat.is_private:
        return True
    if chat.bot_status in ("left", "kicked"):
        return False
    if chat.bot_status == "administrator" or world.bot.reads_all_group_messages:
        return True
    replied = chat.find_message(message.placing.reply_to)
    if replied is not None and replied.sender_id == world.bot.id:
        return True
    return any(_is_for_bot(world, message.text, entity) for entity in message.content.entities)


def _is_for_bot(world: World, text: str, entity: Json) -> bool:
    word = utf16_slice(text, entity["offset"], entity["length"])
    name = re.escape(world.bot.username)
    if entity["type"] == "bot_command":
        return "@" not in word or bool(re.fullmatch(rf"/\w+@{name}", word, re.IGNORECASE))
    return entity["type"] == "mention" and word.lower() == f"@{world.bot.username}".lower()


def tell_message(world: World, kind: str, message: Message) -> None:
    """Queue a message or an edited message."""
    world.updates.put(kind, message_json(world, message), message.chat_id)


def tell_press(world: World, callback: Callback, message: Message, data: str) -> None:
    """Queue that a button was pressed."""
    chat = world.chats[message.chat_id]
    gone = {"chat": chat_json(world, chat), "message_id": message.id, "date": 0}
    payload = {
        "id": callback.id,
        "from": person_json(world.people[callback.person_id]),
        "message": gone if message.deleted else message_json(world, message),
        "chat_instance": str(abs(chat.id) * 7919),
        "data": data,
    }
    world.updates.put("callback_query", payload, _lane(callback.person_id, 3))


def tell_membership(world: World, chat: Chat, person_id: int, old: str, new: str) -> None:
    """Queue that the bot belongs to a chat in another way now, by whom."""
    bot = bot_json(world.bot)
    payload = {
        "chat": chat_json(world, chat),
        "from": user_json(world, person_id),
        "date": int(world.now()),
        "old_chat_member": membership_json(bot, old),
        "new_chat_member": membership_json(bot, new),
    }
    world.updates.put("my_chat_member", payload, _lane(chat.id, 5))


def _lane(number: int, kind: int) -> int:
    """Return a lane of its own: only updates of one kind and one chat or person come in order."""
    return number + (kind << 33)
