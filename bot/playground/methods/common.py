"""What several methods ask first: which chat, which message, which text, which keyboard."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from bot.playground import render
from bot.playground.acts import bot_gets
from bot.playground.errors import ApiError, bad_request, forbidden
from bot.playground.markup import parse_text
from bot.playground.model import Chat, Content, Json, Message, Placing
from bot.playground.params import Params
from bot.playground.utf16 import utf16_length, with_found_entities
from bot.playground.world import World

Method = Callable[[World, Params], Awaitable[Any]]

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_CALLBACK_DATA_BYTES = 64


def find_chat(world: World, params: Params, name: str = "chat_id") -> Chat:
    """Return the chat a parameter names, as far as the bot knows it.

    Raises:
        ApiError: none named, or none the bot knows.
    """
    if not params.has(name):
        raise bad_request("chat_id is empty")
    chat = world.chats.get(params.whole(name))
    if chat is None or (chat.is_private and not chat.opened and not _met_in_group(world, chat.id)):
        raise bad_request("chat not found")
    return chat


def writable_chat(world: World, params: Params) -> Chat:
    """Return the chat to write into.

    Raises:
        ApiError: the bot cannot write there.
    """
    chat = find_chat(world, params)
    refusal = _refusal(chat)
    if refusal:
        raise refusal
    return chat


def _refusal(chat: Chat) -> ApiError | None:
    if chat.migrated_to is not None:
        return bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
    if chat.deactivated:
        return forbidden("user is deactivated")
    if chat.blocked:
        return forbidden("bot was blocked by the user")
    if not chat.opened:
        return forbidden("bot can't initiate conversation with a user")
    kind = "supergroup" if chat.type == "supergroup" else "group"
    if chat.bot_status == "kicked":
        return forbidden(f"bot was kicked from the {kind} chat")
    if chat.bot_status == "left":
        return forbidden(f"bot is not a member of the {kind} chat")
    return None


def _met_in_group(world: World, person_id: int) -> bool:
    return any(
        person_id in chat.members and chat.bot_status in ("administrator", "member")
        for chat in world.chats.values()
        if not chat.is_private
    )


def known_message(chat: Chat, message_id: int, world: World) -> Message | None:
    """Return a message of the chat if the bot can reach it."""
    message = chat.find_message(message_id)
    if message is None:
        return None
    reachable = message.sender_id == world.bot.id or chat.is_private or bot_gets(world, chat, message)
    return message if reachable else None


@dataclass(frozen=True)
class TextFields:
    """The names under which a method takes a text, and how long it may be."""

    text: str = "text"
    entities: str = "entities"
    limit: int = MAX_TEXT
    too_long: str = "message is too long"


TEXT = TextFields()
CAPTION = TextFields("caption", "caption_entities", MAX_CAPTION, "message caption is too long")


def read_text(params: Params, names: TextFields = TEXT) -> tuple[str, tuple[Json, ...]]:
    """Return the text without its mark-up, and its entities with those Telegram finds.

    Raises:
        ApiError: broken mark-up, or too long.
    """
    raw = params.text(names.text)
    given: list[Json] = []
    if params.has("parse_mode"):
        raw, given = parse_text(raw, params.text("parse_mode"))
    elif params.has(names.entities):
        given = [entity for entity in params.array(names.entities) or [] if isinstance(entity, dict)]
    text, entities = _trimmed(raw, given)
    if utf16_length(text) > names.limit:
        raise bad_request(names.too_long)
    return text, with_found_entities(text, entities)


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Cut white space at both ends, as Telegram does, and move the entities along."""
    lead = utf16_length(text) - utf16_length(text.lstrip())
    text = text.strip()
    length = utf16_length(text)
    moved = []
    for entity in entities:
        start = max(0, int(entity["offset"]) - lead)
        end = min(length, int(entity["offset"]) + int(entity["length"]) - lead)
        if start < end:
            moved.append(entity | {"offset": start, "length": end - start})
    return text, moved


def with_caption(content: Content, params: Params) -> Content:
    """Return the content with the caption the parameters give."""
    caption, entities = read_text(params, CAPTION)
    return replace(content, text=caption or None, entities=entities if caption else ())


def read_placing(world: World, chat: Chat, params: Params) -> Placing:
    """Return topic, reply and keyboard of a message to be sent.

    Raises:
        ApiError: no such topic or message, a closed topic, a bad keyboard.
    """
    return Placing(topic=_topic(chat, params), reply_to=_reply(world, chat, params), markup=read_markup(params))


def _topic(chat: Chat, params: Params) -> int | None:
    topic_id = params.whole("message_thread_id")
    if topic_id == 0:
        return None
    topic = chat.topics.get(topic_id)
    if topic is None:
        if chat.type == "supergroup" and not chat.is_forum and chat.find_message(topic_id):
            return topic_id
        raise bad_request("message thread not found")
    if topic.closed and chat.bot_status != "administrator":
        raise bad_request("TOPIC_CLOSED")
    return topic_id


def _reply(world: World, chat: Chat, params: Params) -> int | None:
    wanted = params.mapping("reply_parameters", "reply parameters") or {
        "message_id": params.whole("reply_to_message_id"),
        "allow_sending_without_reply": params.flag("allow_sending_without_reply"),
    }
    message_id = int(wanted.get("message_id") or 0)
    if message_id <= 0:
        return None
    if known_message(chat, message_id, world):
        return message_id
    if wanted.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def read_markup(params: Params) -> Json | None:
    """Return the inline keyboard; other kinds of markup are checked for form and then forgotten.

    Raises:
        ApiError: a button is not as it must be.
    """
    markup = params.mapping("reply_markup", "reply keyboard markup")
    if not markup or "inline_keyboard" not in markup:
        return None
    rows = [[_checked_button(button) for button in row] for row in markup["inline_keyboard"] if row]
    return {"inline_keyboard": rows} if rows else None


def _checked_button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: expected an Object")
    if not button.get("text"):
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be of type String')
    if not any(key in button for key in ("url", "callback_data", "copy_text", "switch_inline_query", "web_app")):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not _fits_callback(button["callback_data"]):
        raise bad_request("BUTTON_DATA_INVALID")
    return dict(button)


def _fits_callback(data: str) -> bool:
    return 1 <= len(data.encode()) <= MAX_CALLBACK_DATA_BYTES


def sent(world: World, message: Message) -> Json:
    """Return a message the bot has just sent or changed."""
    return render.message_json(world, message)
