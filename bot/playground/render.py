"""Chats, people and messages as the JSON objects of the Bot API."""

from bot.playground.model import BotUser, Chat, Json, Message, Person, StoredFile
from bot.playground.world import World

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


def bot_json(bot: BotUser) -> Json:
    """Return the bot as a User object, as it stands in messages."""
    return {"id": bot.id, "is_bot": True, "first_name": bot.name, "username": bot.username}


def me_json(bot: BotUser) -> Json:
    """Return the answer to getMe."""
    return bot_json(bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": bot.reads_all_group_messages,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def person_json(person: Person) -> Json:
    """Return a person as a User object."""
    user: Json = {"id": person.id, "is_bot": False, "first_name": person.name}
    if person.last_name:
        user["last_name"] = person.last_name
    if person.username:
        user["username"] = person.username
    return user | {"language_code": person.language}


def user_json(world: World, user_id: int) -> Json:
    """Return the bot or a person as a User object."""
    return bot_json(world.bot) if user_id == world.bot.id else person_json(world.people[user_id])


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


def chat_json(world: World, chat: Chat) -> Json:
    """Return a chat as it stands in messages."""
    if chat.is_private:
        user = person_json(world.people[chat.id])
        names = {key: user[key] for key in ("first_name", "last_name", "username") if key in user}
        return {"id": chat.id, "type": "private"} | names
    group: Json = {"id": chat.id, "type": chat.type, "title": chat.title}
    if chat.is_forum:
        group["is_forum"] = True
    return group


def message_json(world: World, message: Message, with_reply: bool = True) -> Json:
    """Return a message; the message it replies to comes along, but not that one's own."""
    chat = world.chats[message.chat_id]
    placing = message.placing
    body: Json = {
        "message_id": message.id,
        "from": user_json(world, message.sender_id),
        "chat": chat_json(world, chat),
        "date": message.date,
    }
    if message.edit_date:
        body["edit_date"] = message.edit_date
    body |= _thread_json(chat, message)
    if with_reply:
        body |= _reply_json(world, chat, message)
    if placing.origin:
        body["forward_origin"] = placing.origin
    if placing.album:
        body["media_group_id"] = placing.album
    body |= _content_json(message)
    if message.markup:
        body["reply_markup"] = message.markup
    return body


def _thread_json(chat: Chat, message: Message) -> Json:
    topic = message.placing.topic
    if topic is None:
        return {}
    return {"message_thread_id": topic, "is_topic_message": True} if chat.is_forum else {"message_thread_id": topic}


def _reply_json(world: World, chat: Chat, message: Message) -> Json:
    # In a topic Telegram names the message that opened the topic wherever there is no other reply.
    target = message.placing.reply_to or (message.placing.topic if chat.is_forum else None)
    original = chat.find_message(target)
    if original is None or original is message:
        return {}
    return {"reply_to_message": message_json(world, original, with_reply=False)}


def _content_json(message: Message) -> Json:
    content = message.content
    body = dict(content.media)
    if content.text is not None:
        in_caption = content.kind != "text"
        body["caption" if in_caption else "text"] = content.text
        if content.entities:
            body["caption_entities" if in_caption else "entities"] = list(content.entities)
    return body


def file_json(file: StoredFile) -> Json:
    """Return a File object."""
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.data),
        "file_path": file.path,
    }
