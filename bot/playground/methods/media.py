"""sendPhoto, sendDocument, sendVoice, sendMediaGroup, getFile."""

from collections.abc import Callable
from typing import Any

from bot.playground import render
from bot.playground.errors import bad_request
from bot.playground.methods.common import Method, required
from bot.playground.methods.writing import send, with_caption
from bot.playground.model import Content, Json, Placing, StoredFile
from bot.playground.params import Params
from bot.playground.samples import document_content, new_album, photo_content, voice_content
from bot.playground.world import World

_MAKERS: dict[str, Callable[[StoredFile], Content]] = {
    "photo": photo_content,
    "document": document_content,
    "voice": voice_content,
}
# Bots can download files of up to 20 MB. Source: Bot API, getFile.
MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024


async def send_photo(world: World, params: Params) -> Json:
    """Send a photo."""
    return _send(world, params, "photo")


async def send_document(world: World, params: Params) -> Json:
    """Send a file."""
    return _send(world, params, "document")


async def send_voice(world: World, params: Params) -> Json:
    """Send a voice message."""
    return _send(world, params, "voice")


async def send_media_group(world: World, params: Params) -> list[Json]:
    """Send an album."""
    required(params, "media")
    items = params.array("media", "InputMedia") or []
    contents = [_album_item(world, params, item) for item in items]
    if not 1 <= len(contents) <= 10:
        raise bad_request("too many messages to send as an album" if contents else "there are no messages to send")
    placing = Placing(album=new_album() if len(contents) > 1 else None)
    return [render.message_json(world, send(world, params, content, placing)) for content in contents]


async def get_file(world: World, params: Params) -> Json:
    """Tell where a file can be fetched."""
    file = world.files.get(params.text("file_id"))
    if file is None:
        raise bad_request("invalid file_id" if params.has("file_id") else "file_id not specified")
    if len(file.data) > MAX_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return render.file_json(file)


def _send(world: World, params: Params, kind: str) -> Json:
    if not params.has(kind):
        raise bad_request(f"there is no {kind} in the request")
    file = _file(world, params, kind, params.text(kind))
    content = with_caption(_MAKERS[kind](file), params)
    return render.message_json(world, send(world, params, content))


def _album_item(world: World, params: Params, item: Any) -> Content:
    kind = item.get("type", "") if isinstance(item, dict) else ""
    if kind not in ("photo", "document"):
        raise bad_request(f'can\'t parse InputMedia: type "{kind}" is unsupported')
    file = _file(world, params, "", str(item.get("media", "")))
    return with_caption(_MAKERS[kind](file), Params(item))


def _file(world: World, params: Params, field: str, value: str) -> StoredFile:
    name = value.removeprefix("attach://") if value.startswith("attach://") else field
    upload = params.files.get(name)
    if upload is not None:
        if not upload.data:
            raise bad_request("file must be non-empty")
        return world.store_file(upload.data, upload.name, upload.mime)
    if value not in world.files:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return world.files[value]


METHODS: dict[str, Method] = {
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendVoice": send_voice,
    "sendMediaGroup": send_media_group,
    "getFile": get_file,
}
