"""What a person does; what the bot is told of it is in `telling`."""

import secrets
from dataclasses import replace

from bot.playground import telling
from bot.playground.errors import PlaygroundError
from bot.playground.model import Callback, Chat, Content, Message, Placing
from bot.playground.render import bot_json
from bot.playground.samples import text_content
from bot.playground.utf16 import MAX_CAPTION, MAX_TEXT, utf16_length, with_found_entities
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
    if telling.bot_gets(world, chat, message):
        telling.tell_message(world, "message", message)
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
    if telling.bot_gets(world, chat, message):
        telling.tell_message(world, "edited_message", message)
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
    telling.tell_press(world, callback, message, data)
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
    telling.tell_membership(world, chat, person_id, old, new)
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
    telling.tell_membership(world, chat, person_id, old, "member")
    service = {"new_chat_members": [bot_json(world.bot)]}
    telling.tell_message(world, "message", world.post(chat, person_id, Content("service", media=service)))


def remove_bot(world: World, person_id: int, chat_id: int) -> None:
    """Remove the bot from a group."""
    chat = _chat_of(world, person_id, chat_id)
    old = chat.bot_status
    chat.bot_status = "kicked"
    telling.tell_membership(world, chat, person_id, old, "kicked")
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
    telling.tell_message(world, "message", leaving)
    arriving = world.post(new, person_id, Content("service", media={"migrate_from_chat_id": old.id}))
    telling.tell_message(world, "message", arriving)
    return new


def write(world: World, person_id: int, chat_id: int, text: str, placing: Placing | None = None) -> Message:
    """Send a text of at most 4,096 units; commands, links and the like are found in it."""
    return send(world, person_id, chat_id, text_content(text), placing)


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
