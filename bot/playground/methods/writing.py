"""Texts, keyboards and places of what the bot sends, and the sending itself.

Faults are found in Telegram's order: the mark-up, the form of keyboard and reply, the chat, the message to be
replied, the topic, and last what only the servers know, such as lengths.
"""

from dataclasses import replace
from typing import Any

from bot.playground.errors import bad_request
from bot.playground.markup import parse_text
from bot.playground.methods.common import find_known, writable_chat
from bot.playground.model import Chat, Content, Json, Message, Placing
from bot.playground.params import Params
from bot.playground.utf16 import MAX_CAPTION, MAX_TEXT, utf16_length, with_found_entities
from bot.playground.world import World

MAX_INPUT_BYTES = 1 << 15
MAX_CALLBACK_DATA_BYTES = 64
_FOUND_BY_TELEGRAM = frozenset(
    {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"}
)
_GIVEN = frozenset(
    {
        "bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "text_link",
        "text_mention", "custom_emoji", "blockquote", "expandable_blockquote",
    }
)  # fmt: skip


def send(world: World, params: Params, content: Content, extra: Placing | None = None) -> Message:
    """Put a message of the bot where the parameters say; `extra` gives album, origin or copied.

    Raises:
        ApiError: anything is not as it must be.
    """
    markup = read_markup(params)
    wanted = _read_reply(params)
    chat = writable_chat(world, params)
    placing = replace(
        extra or Placing(),
        reply_to=_reply(world, chat, wanted),
        topic=read_topic(chat, params),
        markup=markup,
        asks=_asks(params),
    )
    check_limits(content, markup)
    return world.post(chat, world.bot.id, content, placing)


def read_text(params: Params) -> Content:
    """Return the text of a text message, without its mark-up and with its entities.

    Raises:
        ApiError: none, or broken mark-up.
    """
    if not params.text("text"):
        raise bad_request("message text is empty")
    text, entities = _formatted(params, "text", "entities")
    return Content("text", text, entities)


def with_caption(content: Content, params: Params) -> Content:
    """Return the content with the caption the parameters give, or with none.

    Raises:
        ApiError: broken mark-up.
    """
    caption, entities = _formatted(params, "caption", "caption_entities")
    return replace(content, text=caption or None, entities=entities)


def check_limits(content: Content, markup: Json | None) -> None:
    """Refuse what is empty or too long, and callback data that does not fit.

    Raises:
        ApiError: one of these.
    """
    length = utf16_length(content.text or "")
    if content.kind == "text":
        if not length:
            raise bad_request("text must be non-empty")
        if length > MAX_TEXT:
            raise bad_request("message is too long")
    elif length > MAX_CAPTION:
        raise bad_request("message caption is too long")
    for row in (markup or {}).get("inline_keyboard", []):
        if any(len(button.get("callback_data", "").encode()) > MAX_CALLBACK_DATA_BYTES for button in row):
            raise bad_request("BUTTON_DATA_INVALID")


def _formatted(params: Params, text_name: str, entities_name: str) -> tuple[str, tuple[Json, ...]]:
    raw = params.text(text_name)
    if len(raw.encode()) > MAX_INPUT_BYTES:
        raise bad_request("text is too long")
    if raw and params.has("parse_mode"):
        raw, given = parse_text(raw, params.text("parse_mode"))
    else:
        given = [_checked_entity(entity) for entity in params.array(entities_name) or []]
    text, entities = _trimmed(raw, [entity for entity in given if entity["type"] not in _FOUND_BY_TELEGRAM])
    return text, with_found_entities(text, entities)


def _checked_entity(entity: Any) -> Json:
    if not isinstance(entity, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    for name in ("offset", "length", "type"):
        if name not in entity:
            raise bad_request(f"can't parse MessageEntity: Can't find field \"{name}\"")
    if entity["type"] not in _GIVEN | _FOUND_BY_TELEGRAM:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    return entity


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


def read_topic(chat: Chat, params: Params) -> int | None:
    """Return the topic to write into, None for a forum's General and for other chats.

    Raises:
        ApiError: there is no such topic, or it is closed to the bot.
    """
    topic_id = params.whole("message_thread_id")
    if topic_id <= 0:
        return None
    topic = chat.topics.get(topic_id)
    if topic is None:
        is_message = chat.find_message(topic_id) is not None and not chat.is_forum
        raise bad_request("message thread is not a forum topic thread" if is_message else "message thread not found")
    if topic.closed and not chat.bot_manages_topics:
        raise bad_request("TOPIC_CLOSED")
    return topic_id


def _read_reply(params: Params) -> Json:
    if "reply_parameters" not in params.values:
        return {
            "message_id": params.whole("reply_to_message_id"),
            "allow_sending_without_reply": params.flag("allow_sending_without_reply"),
        }
    wanted = params.mapping("reply_parameters") or {}
    if wanted and "message_id" not in wanted:
        raise bad_request('can\'t find field "message_id"')
    return wanted


def _reply(world: World, chat: Chat, wanted: Json) -> int | None:
    message_id = int(wanted.get("message_id") or 0)
    if message_id <= 0:
        return None
    # A reply across chats would need external_reply, which the stand-in does not make.
    elsewhere = str(wanted.get("chat_id") or chat.id) != str(chat.id)
    if not elsewhere and find_known(world, chat, message_id):
        return message_id
    if wanted.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def read_markup(params: Params) -> Json | None:
    """Return the inline keyboard; the other kinds leave no trace in the message.

    Raises:
        ApiError: it is not formed as it must be.
    """
    markup = params.json("reply_markup", "reply keyboard markup")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    keyboard = markup.get("inline_keyboard") or []
    if not isinstance(keyboard, list) or not all(isinstance(row, list) for row in keyboard):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    rows = [[_checked_button(button) for button in row] for row in keyboard if row]
    return {"inline_keyboard": rows} if rows else None


def _asks(params: Params) -> str | None:
    """Return for whom apps open a reply to the message: `all`, `replied` (to) with a selective one, None for nobody."""
    markup = params.json("reply_markup", "reply keyboard markup")
    if not isinstance(markup, dict) or markup.get("force_reply") is not True:
        return None
    return "replied" if markup.get("selective") else "all"


def _checked_button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    actions = ("url", "callback_data", "copy_text", "web_app", "login_url", "switch_inline_query")
    if not any(button.get(action) for action in actions):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    return dict(button)
