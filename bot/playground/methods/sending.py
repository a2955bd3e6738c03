"""sendMessage and the other messages without a file."""

from bot.playground.errors import bad_request
from bot.playground.methods.common import Method, required, writable_chat
from bot.playground.methods.writing import read_text, send
from bot.playground.model import Json
from bot.playground.params import Params
from bot.playground.render import message_json
from bot.playground.samples import contact_content, location_content
from bot.playground.world import World

_ACTIONS = frozenset(
    {
        "cancel", "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
        "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
    }
)  # fmt: skip


async def send_message(world: World, params: Params) -> Json:
    """Send a text."""
    return message_json(world, send(world, params, read_text(params)))


async def send_location(world: World, params: Params) -> Json:
    """Send a place."""
    for name in ("latitude", "longitude"):
        if not params.has(name):
            raise bad_request(f"{name} is empty")
    content = location_content(params.decimal("latitude"), params.decimal("longitude"))
    return message_json(world, send(world, params, content))


async def send_contact(world: World, params: Params) -> Json:
    """Send a contact card."""
    contact = {name: required(params, name) for name in ("phone_number", "first_name")}
    contact |= {name: params.text(name) for name in ("last_name", "vcard") if params.has(name)}
    return message_json(world, send(world, params, contact_content(contact)))


async def send_chat_action(world: World, params: Params) -> bool:
    """Show that the bot is busy; nothing is kept of it."""
    if params.text("action").lower() not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    writable_chat(world, params)
    return True


METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "sendLocation": send_location,
    "sendContact": send_contact,
    "sendChatAction": send_chat_action,
}
