"""What a person does, and the updates the bot gets of it."""

import re
import secrets
from dataclasses import replace

from bot.playground import render
from bot.playground.errors import PlaygroundError
from bot.playground.model import Callback, Chat, Content, Json, Message, Placing
from bot.playground.samples import text_content
from bot.playground.utf16 import MAX_CAPTION, MAX_TEXT, utf16_length, utf16_slice, with_found_entities
from bot.playground.world import World


def send(world: World, person_id: int, chat_id: int, content: Content, placing: Placing | None = None) -> Message:
    """Send a message to the bot or into a group.

    Raises:
        PlaygroundError: the person is not in the chat, has blocked the bot, or the topic is closed.
    """
    chat = _chat_of(world, person_id, chat_id)
    _check_length(content.kind, content.text or "")
    placing = placing or Placing()
    if placing.reply_to is not None and chat.find_message(placing.reply_to) is None:
        raise PlaygroundError(f"There is no message {placing.reply_to} to reply to.")
    topic = chat.topics.get(placing.topic or 0)
    if placing.topic is not None and topic is None:
        raise PlaygroundError(f"There is no topic {placing.topic}.")
    if topic and topic.closed:
        raise PlaygroundError(f"The topic {topic.name!r} is closed.")
    chat.opened = True
    message = world.post(chat, person_id, content, placing)
    if bot_gets(world, chat, message):
        world.tell_bot("message", message)
    return message


def edit(world: World, person_id: int, chat_id: int, message_id: int, text: str) -> Message:
    """Change the text or caption of one's own message.

    Raises:
        PlaygroundError: no such message, somebody else's, or nothing would change.
    """
    chat = _chat_of(world, person_id, chat_id)
    message = chat.find_message(message_id)
    if message is None or message.sender_id != person_id:
        raise PlaygroundError(f"There is no message {message_id} of this person.")
    if message.text == text:
        raise PlaygroundError("The text is the same as before.")
    _check_length(message.kind, text)
    message.content = replace(message.content, text=text, entities=with_found_entities(text))
    message.edit_date = int(world.now())
    message.edited = True
    world.touch(message)
    if bot_gets(world, chat, message):
        world.tell_bot("edited_message", message)
    return message


def press(world: World, person_id: int, message: Message, row: int, column: int) -> Callback:
    """Press an inline button; a link only opens, so its callback counts as answered.

    Raises:
        PlaygroundError: there is no such button.
    """
    chat = _chat_of(world, person_id, message.chat_id)
    if chat.find_message(message.id) is None:
        raise PlaygroundError(f"There is no message {message.id}.")
    if not (0 <= row < len(message.buttons) and 0 <= column < len(message.buttons[row])):
        raise PlaygroundError(f"There is no button in row {row}, column {column}.")
    button = message.buttons[row][column]
    if "callback_data" not in button:
        return Callback("", person_id, world.now(), answered=True, url=button.get("url"))
    return press_data(world, person_id, message, button["callback_data"])


def press_data(world: World, person_id: int, message: Message, data: str) -> Callback:
    """Send a callback query with any data, as a forged client can, even for a button no longer there."""
    callback = Callback(str(secrets.randbits(62)), person_id, world.now())
    world.callbacks[callback.id] = callback
    person = world.people[person_id]
    chat = world.chats[message.chat_id]
    gone = {"chat": render.chat_json(world, chat), "message_id": message.id, "date": 0}
    payload = {
        "id": callback.id,
        "from": render.person_json(person),
        "message": gone if message.deleted else render.message_json(world, message),
        "chat_instance": str(abs(chat.id) * 7919),
        "data": data,
    }
    world.updates.put("callback_query", payload, _lane(person_id, 3))
    return callback


def delete(world: World, person_id: int, message: Message) -> None:
    """Delete one's own message for everybody; bots are not told."""
    _chat_of(world, person_id, message.chat_id)
    if message.sender_id != person_id:
        raise PlaygroundError("Only one's own messages can be deleted.")
    message.deleted = True
    world.touch(message)


def block(world: World, person_id: int, blocked: bool = True) -> None:
    """Block or unblock the bot; it is told only where something changes."""
    world.person(person_id)
    chat = world.chats[person_id]
    if chat.blocked == blocked:
        return
    chat.blocked = blocked
    chat.opened = True
    old, new = ("member", "kicked") if blocked else ("kicked", "member")
    _tell_membership(world, chat, person_id, old, new)
    world.changed()


def deactivate(world: World, person_id: int) -> None:
    """Delete the person's account; the bot learns of it when it writes to them."""
    world.person(person_id)
    world.chats[person_id].deactivated = True
    world.changed()


def invite_bot(world: World, person_id: int, chat_id: int) -> None:
    """Add the bot to a group as a plain member."""
    chat = _chat_of(world, person_id, chat_id)
    if chat.bot_status in ("administrator", "member"):
        raise PlaygroundError("The bot is in this group already.")
    old = chat.bot_status
    chat.bot_status = "member"
    _tell_membership(world, chat, person_id, old, "member")
    service = {"new_chat_members": [render.bot_json(world.bot)]}
    world.tell_bot("message", world.post(chat, person_id, Content("service", media=service)))


def remove_bot(world: World, person_id: int, chat_id: int) -> None:
    """Remove the bot from a group."""
    chat = _chat_of(world, person_id, chat_id)
    old = chat.bot_status
    chat.bot_status = "kicked"
    _tell_membership(world, chat, person_id, old, "kicked")
    world.changed()


def migrate(world: World, chat_id: int, person_id: int) -> Chat:
    """Turn a basic group into a supergroup with a new id; both chats get their service message."""
    old = _chat_of(world, person_id, chat_id)
    if old.type != "group":
        raise PlaygroundError("Only a basic group can become a supergroup.")
    new = world.add_group(old.title or "", [world.people[member] for member in old.members])
    new.bot_status = old.bot_status
    old.migrated_to = new.id
    leaving = world.post(old, person_id, Content("service", media={"migrate_to_chat_id": new.id}))
    world.tell_bot("message", leaving)
    arriving = world.post(new, person_id, Content("service", media={"migrate_from_chat_id": old.id}))
    world.tell_bot("message", arriving)
    return new


def write(world: World, person_id: int, chat_id: int, text: str, placing: Placing | None = None) -> Message:
    """Send a text of at most 4,096 units; commands, links and the like are found in it."""
    return send(world, person_id, chat_id, text_content(text), placing)


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


def _chat_of(world: World, person_id: int, chat_id: int) -> Chat:
    world.person(person_id)
    chat = world.chat(chat_id)
    if person_id not in chat.members:
        raise PlaygroundError(f"The person {person_id} is not in the chat {chat_id}.")
    if chat.is_private and chat.blocked:
        raise PlaygroundError("This person has blocked the bot; unblock it first.")
    if chat.migrated_to is not None:
        raise PlaygroundError(f"This group has become the supergroup {chat.migrated_to}.")
    return chat


def _check_length(kind: str, text: str) -> None:
    limit = MAX_TEXT if kind == "text" else MAX_CAPTION
    if utf16_length(text) > limit:
        raise PlaygroundError(f"Telegram's apps send at most {limit} UTF-16 units at once here.")


def _tell_membership(world: World, chat: Chat, person_id: int, old: str, new: str) -> None:
    bot = render.bot_json(world.bot)
    payload = {
        "chat": render.chat_json(world, chat),
        "from": render.user_json(world, person_id),
        "date": int(world.now()),
        "old_chat_member": membership_json(bot, old),
        "new_chat_member": membership_json(bot, new),
    }
    world.updates.put("my_chat_member", payload, _lane(chat.id, 5))


def _lane(number: int, kind: int) -> int:
    """Return a lane of its own: only updates of one kind and one chat or person come in order."""
    return number + (kind << 33)


_ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
)


def membership_json(user: Json, status: str) -> Json:
    """Return a ChatMember of any status with the fields it must have."""
    body: Json = {"user": user, "status": status}
    if status == "kicked":
        body["until_date"] = 0
    if status == "administrator":
        body |= {"can_be_edited": False, "is_anonymous": False} | dict.fromkeys(_ADMIN_RIGHTS, True)
    if status == "creator":
        body["is_anonymous"] = False
    return body
