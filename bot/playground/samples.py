"""What people send besides text: uploads, and made-up stickers, voice messages, places and contact cards."""

import secrets
import struct

from bot.playground.model import Content, Json, StoredFile
from bot.playground.utf16 import with_found_entities
from bot.playground.world import World

# One silent frame each is enough: nobody plays them.
_OGG = b"OggS" + bytes(60)
_WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8L" + bytes(14)


def text_content(text: str) -> Content:
    """Return a text with the entities Telegram finds in it."""
    return Content("text", text, with_found_entities(text))


def photo_content(file: StoredFile, caption: str | None = None) -> Content:
    """Return a photo in two sizes."""
    width, height = image_size(file.data)
    sizes = [_photo_size(file, min(width, 90), min(height, 90)), _photo_size(file, width, height)]
    return _captioned("photo", {"photo": sizes}, file, caption)


def document_content(file: StoredFile, caption: str | None = None) -> Content:
    """Return a file sent as a file."""
    document = _file_fields(file) | {"file_name": file.name, "mime_type": file.mime}
    return _captioned("document", {"document": document}, file, caption)


def voice_content(file: StoredFile, caption: str | None = None, duration: int = 3) -> Content:
    """Return a voice message."""
    voice = _file_fields(file) | {"duration": duration, "mime_type": file.mime}
    return _captioned("voice", {"voice": voice}, file, caption)


def made_up_content(world: World, kind: str) -> Content | None:
    """Return a sample of the kind, or None if there is none for it."""
    makers = {"sticker": _sticker, "voice": _voice, "location": _location, "contact": _contact}
    return makers[kind](world) if kind in makers else None


def location_content(latitude: float, longitude: float) -> Content:
    """Return a place."""
    return Content("location", media={"location": {"latitude": latitude, "longitude": longitude}})


def contact_content(contact: Json) -> Content:
    """Return a contact card."""
    return Content("contact", media={"contact": contact})


def image_size(data: bytes) -> tuple[int, int]:
    """Read width and height from a PNG or JPEG; 800 × 600 for anything else."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return int(width), int(height)
    if data[:2] == b"\xff\xd8":
        return _jpeg_size(data)
    return 800, 600


def _jpeg_size(data: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return int(width), int(height)
        at += 2 + length
    return 800, 600


def _sticker(world: World) -> Content:
    file = world.store_file(_WEBP, "sticker.webp", "image/webp")
    sticker = _file_fields(file) | {
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "type": "regular",
        "emoji": "👍",
    }
    return Content("sticker", media={"sticker": sticker}, file_id=file.file_id)


def _voice(world: World) -> Content:
    return voice_content(world.store_file(_OGG, "voice.ogg", "audio/ogg"))


def _location(world: World) -> Content:
    return location_content(47.6156, 7.6610)


def _contact(world: World) -> Content:
    return contact_content({"phone_number": "+4900000000", "first_name": "Beispiel"})


def _captioned(kind: str, media: Json, file: StoredFile, caption: str | None) -> Content:
    entities = with_found_entities(caption) if caption else ()
    return Content(kind, caption or None, entities, media, file.file_id, file.name)


def _file_fields(file: StoredFile) -> Json:
    return {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": len(file.data)}


def _photo_size(file: StoredFile, width: int, height: int) -> Json:
    return _file_fields(file) | {"width": width, "height": height}


def new_album() -> str:
    """Return a media_group_id."""
    return str(13_000_000_000_000_000 + secrets.randbelow(10**15))
