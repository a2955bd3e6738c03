"""copyMessage, copyMessages, forwardMessage: sending again what is in a chat already."""

import json
from dataclasses import replace

from bot.playground import render
from bot.playground.errors import bad_request
from bot.playground.methods.common import (
    Method,
    find_chat,
    known_message,
    read_placing,
    sent,
    with_caption,
    writable_chat,
)
from bot.playground.model import Json, Message, Placing
from bot.playground.params import Params
from bot.playground.samples import new_album
from bot.playground.world import World


async def copy_message(world: World, params: Params) -> Json:
    """Send a message's content anew, without saying whose it was."""
    chat = writable_chat(world, params)
    source = _source(world, params, "message to copy not found")
    if source.kind == "service":
        raise bad_request("message can't be copied")
    content = source.content
    if "caption" in params.values and content.kind != "text":
        content = with_caption(content, params)
    placing = replace(read_placing(world, chat, params), copied=True)
    return {"message_id": world.post(chat, world.bot.id, content, placing).id}


async def copy_messages(world: World, params: Params) -> list[Json]:
    """Copy several messages, leaving out what cannot be copied; albums stay albums."""
    chat = writable_chat(world, params)
    place = read_placing(world, chat, params)
    albums: dict[str, str] = {}
    copies = []
    for source in _sources(world, params):
        album = source.placing.album
        new = albums.setdefault(album, new_album()) if album else None
        placing = Placing(topic=place.topic, album=new, copied=True)
        copies.append({"message_id": world.post(chat, world.bot.id, source.content, placing).id})
    if not copies:
        raise bad_request("there are no messages to copy")
    return copies


async def forward_message(world: World, params: Params) -> Json:
    """Send a message on, with its origin."""
    chat = writable_chat(world, params)
    source = _source(world, params, "message to forward not found")
    if source.kind == "service":
        raise bad_request("message can't be forwarded")
    origin = source.placing.origin or {
        "type": "user",
        "sender_user": render.user_json(world, source.sender_id),
        "date": source.date,
    }
    placing = replace(read_placing(world, chat, params), origin=origin)
    return sent(world, world.post(chat, world.bot.id, source.content, placing))


def _source(world: World, params: Params, missing: str) -> Message:
    chat = find_chat(world, params, "from_chat_id")
    message_id = params.whole("message_id")
    if message_id <= 0:
        raise bad_request("message identifier is not specified")
    message = known_message(chat, message_id, world)
    if message is None:
        raise bad_request(missing)
    return message


def _sources(world: World, params: Params) -> list[Message]:
    chat = find_chat(world, params, "from_chat_id")
    wanted = params.array("message_ids", "message identifiers")
    if not wanted:
        raise bad_request("message identifiers are not specified")
    found = (known_message(chat, int(json.loads(str(number))), world) for number in wanted)
    return [message for message in found if message is not None and message.kind != "service"]


METHODS: dict[str, Method] = {
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
    "forwardMessage": forward_message,
}
