"""The play as the page shows it."""

from bot.playground.methods.account import commands_for
from bot.playground.model import Chat, Json, Message
from bot.playground.world import World


def state_json(world: World) -> Json:
    """Return everything the page needs, anew each time."""
    return {
        "version": world.signal.version,
        "bot": {"id": world.bot.id, "username": world.bot.username, "name": world.bot.name},
        "bot_online": world.bot_online,
        "busy": world.busy,
        "people": [
            {
                "id": person.id,
                "name": person.full_name,
                "role": person.role,
                "caption": person.caption,
                "language": person.language,
                "samples": list(person.samples),
                "blocked": world.chats[person.id].blocked,
            }
            for person in world.people.values()
        ],
        "chats": [_chat_json(world, chat) for chat in world.chats.values() if chat.migrated_to is None],
    }


def _chat_json(world: World, chat: Chat) -> Json:
    language = world.people[chat.members[0]].language if chat.members else ""
    shown = (message for message in chat.messages.values() if not message.deleted)
    return {
        "id": chat.id,
        "type": chat.type,
        "title": chat.title,
        "members": list(chat.members),
        "commands": commands_for(world, chat, language),
        "topics": [{"id": topic.id, "name": topic.name, "closed": topic.closed} for topic in chat.topics.values()],
        "messages": [_message_json(message) for message in shown if message.kind != "service"],
    }


def _message_json(message: Message) -> Json:
    content, placing = message.content, message.placing
    return {
        "id": message.id,
        "from": message.sender_id,
        "date": message.date,
        "edit_date": message.edit_date if message.edited else None,
        "kind": content.kind,
        "text": content.text,
        "entities": list(content.entities),
        "reply_to": placing.reply_to,
        "topic": placing.topic,
        "file": content.file_id,
        "file_name": content.file_name,
        "album": placing.album,
        "copied": placing.copied,
        "asks": message.placing.asks,
        "buttons": [[{"text": button["text"], "url": button.get("url")} for button in row] for row in message.buttons],
        "deleted": False,
    }
