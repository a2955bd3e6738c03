"""sendMessage and the other messages without a file."""

from bot.playground.errors import bad_request
from bot.playground.methods.common import Method, read_placing, read_text, sent, writable_chat
from bot.playground.model import Content, Json
from bot.playground.params import Params
from bot.playground.samples import contact_content, location_content
from bot.playground.world import World

_ACTIONS = frozenset(
    {
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
        "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
    }
)  # fmt: skip


async def send_message(world: World, params: Params) -> Json:
    """Send a text."""
    if not params.text("text"):
        raise bad_request("message text is empty")
    chat = writable_chat(world, params)
    text, entities = read_text(params)
    if not text:
        raise bad_request("text must be non-empty")
    placing = read_placing(world, chat, params)
    return sent(world, world.post(chat, world.bot.id, Content("text", text, entities), placing))


async def send_location(world: World, params: Params) -> Json:
    """Send a place."""
    if not (params.has("latitude") and params.has("longitude")):
        raise bad_request("latitude and longitude must be specified")
    content = location_content(params.decimal("latitude"), params.decimal("longitude"))
    return _send(world, params, content)


async def send_contact(world: World, params: Params) -> Json:
    """Send a contact card."""
    names = ("phone_number", "first_name", "last_name", "vcard")
    contact = {name: params.text(name) for name in names if params.has(name)}
    if "phone_number" not in contact:
        raise bad_request("phone number is empty")
    if "first_name" not in contact:
        raise bad_request("first name is empty")
    return _send(world, params, contact_content(contact))


async def send_chat_action(world: World, params: Params) -> bool:
    """Show that the bot is busy; nothing is kept of it."""
    writable_chat(world, params)
    if params.text("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


def _send(world: World, params: Params, content: Content) -> Json:
    chat = writable_chat(world, params)
    placing = read_placing(world, chat, params)
    return sent(world, world.post(chat, world.bot.id, content, placing))


METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "sendLocation": send_location,
    "sendContact": send_contact,
    "sendChatAction": send_chat_action,
}
