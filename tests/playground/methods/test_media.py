"""Files, through python-telegram-bot's own client: it decides how they travel."""

import pytest
from telegram import Bot, InputMediaDocument, InputMediaPhoto
from telegram.error import BadRequest

from bot.playground.samples import image_size
from tests.support.driver import Driver

PNG = b"\x89PNG\r\n\x1a\n" + bytes(8) + (640).to_bytes(4, "big") + (480).to_bytes(4, "big")
JPEG = (
    b"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xc0\x00\x0b\x08"
    + (48).to_bytes(2, "big")
    + (64).to_bytes(2, "big")
    + bytes(9)
)


async def test_an_upload_comes_back_and_can_be_fetched(bot: Bot, driver: Driver) -> None:
    anna = driver.person("Anna", opened=True)
    message = await bot.send_document(anna.id, b"Brief", filename="brief.txt", caption="Hier")
    assert message.document is not None
    assert (message.caption, message.document.file_name, message.document.file_size) == ("Hier", "brief.txt", 5)
    file = await bot.get_file(message.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"Brief"


async def test_a_file_is_sent_again_by_its_id(bot: Bot, driver: Driver) -> None:
    anna = driver.person("Anna", opened=True)
    first = await bot.send_photo(anna.id, PNG)
    assert [(size.width, size.height) for size in first.photo] == [(90, 90), (640, 480)]
    second = await bot.send_photo(anna.id, first.photo[-1].file_id, caption="Nochmal")
    assert second.photo[-1].file_unique_id == first.photo[-1].file_unique_id
    voice = await bot.send_voice(anna.id, b"OggS", caption="Ton")
    assert voice.voice is not None


async def test_an_album_shares_one_name(bot: Bot, driver: Driver) -> None:
    anna = driver.person("Anna", opened=True)
    album = await bot.send_media_group(
        anna.id, [InputMediaPhoto(PNG, caption="Eins"), InputMediaDocument(b"zwei", filename="2.txt")]
    )
    assert len({message.media_group_id for message in album}) == 1
    assert album[0].media_group_id
    assert [message.caption for message in album] == ["Eins", None]


async def test_an_empty_file_is_refused(bot: Bot, driver: Driver) -> None:
    anna = driver.person("Anna", opened=True)
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await bot.send_document(anna.id, b"")


async def test_a_file_over_20_mb_cannot_be_fetched(bot: Bot, driver: Driver) -> None:
    file = driver.world.store_file(bytes(20 * 1024 * 1024 + 1), "gross.bin", "application/octet-stream")
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(file.file_id)


@pytest.mark.parametrize(
    ("label", "data", "size"),
    [
        ("png", PNG, (640, 480)),
        ("jpeg", JPEG, (64, 48)),
        ("cut jpeg", JPEG[:6], (800, 600)),
        ("else", b"GIF89a", (800, 600)),
    ],
)
def test_the_size_of_a_picture_is_read(label: str, data: bytes, size: tuple[int, int]) -> None:
    assert image_size(data) == size
