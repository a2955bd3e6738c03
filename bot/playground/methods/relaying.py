"""copyMessage, copyMessages, forwardMessage: sending again what is in a chat already."""

from itertools import pairwise

from bot.playground import render
from bot.playground.errors import bad_request
from bot.playground.methods.common import (
    Method,
    find_chat,
    find_known,
    get_known,
    message_ids,
    required,
    writable_chat,
)
from bot.playground.methods.writing import read_topic, send, with_caption
from bot.playground.model import Json, Message, Placing
from bot.playground.params import Params
from bot.playground.samples import new_album
from bot.playground.world import World


async def copy_message(world: World, params: Params) -> Json:
    """Send a message's content anew, without saying whose it was."""
    required(params, "from_chat_id")
    new_caption = with_caption if "caption" in params.values else None
    source = _source(world, params, "message to copy")
    if source.kind == "service":
        raise bad_request("message can't be copied")
    content = source.content
    if new_caption and content.kind != "text":
        content = new_caption(content, params)
    return {"message_id": send(world, params, content, Placing(copied=True)).id}


async def copy_messages(world: World, params: Params) -> list[Json]:
    """Copy several messages, leaving out what cannot be copied; albums stay albums."""
    required(params, "from_chat_id")
    wanted = message_ids(params)
    chat = writable_chat(world, params)
    topic = read_topic(chat, params)
    from_chat = find_chat(world, params, "from_chat_id")
    if any(first >= second for first, second in pairwise(wanted)):
        raise bad_request("message identifiers must be in a strictly increasing order")
    found = (find_known(world, from_chat, number) for number in wanted)
    sources = [message for message in found if message is not None and message.kind != "service"]
    if not sources:
        raise bad_request("there are no messages to forward")
    albums: dict[str, str] = {}
    copies = []
    for source in sources:
        old = source.placing.album
        album = albums.setdefault(old, new_album()) if old else None
        placing = Placing(topic=topic, album=album, copied=True)
        copies.append({"message_id": world.post(chat, world.bot.id, source.content, placing).id})
    return copies


async def forward_message(world: World, params: Params) -> Json:
    """Send a message on, with its origin."""
    required(params, "from_chat_id")
    source = _source(world, params, "message to forward")
    if source.kind == "service":
        raise bad_request("message can't be forwarded")
    origin = source.placing.origin or {
        "type": "user",
        "sender_user": render.user_json(world, source.sender_id),
        "date": source.date,
    }
    return render.message_json(world, send(world, params, source.content, Placing(origin=origin)))


def _source(world: World, params: Params, what: str) -> Message:
    chat = find_chat(world, params, "from_chat_id")
    return get_known(world, chat, params.whole("message_id"), what)


METHODS: dict[str, Method] = {
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
    "forwardMessage": forward_message,
}
