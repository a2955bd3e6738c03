"""What the bot is and says about itself."""

import pytest

from bot.playground.methods.account import commands_for
from bot.playground.model import Json
from tests.playground.scene import Scene


def menu(*names: str) -> list[Json]:
    return [{"command": name, "description": name.title()} for name in names]


async def test_get_me(scene: Scene) -> None:
    me = await scene.result("getMe")
    assert (me["id"], me["is_bot"], me["can_join_groups"]) == (6_100_200_300, True, True)
    assert await scene.result("logOut") is True


async def test_a_menu_belongs_to_one_scope_and_language(scene: Scene) -> None:
    assert await scene.result("setMyCommands", commands=menu("start")) is True
    assert await scene.result("setMyCommands", commands=menu("hilfe"), language_code="de") is True
    assert await scene.result("getMyCommands") == menu("start")
    assert await scene.result("getMyCommands", language_code="de") == menu("hilfe")
    assert await scene.result("getMyCommands", language_code="uk") == []
    await scene.result("deleteMyCommands", language_code="de")
    assert await scene.result("getMyCommands", language_code="de") == []


SEEN = [
    ("default", {}, "start"),
    ("language before none", {"default:uk": "pochaty"}, "pochaty"),
    ("another language is not seen", {"default:de": "hilfe"}, "start"),
    ("private chats before default", {"default:uk": "a", "all_private_chats": "b"}, "b"),
    ("one chat before all", {"all_private_chats:uk": "b", "chat": "c"}, "c"),
    ("groups are another matter", {"all_group_chats": "d"}, "start"),
]


@pytest.mark.parametrize(("label", "menus", "seen"), SEEN, ids=[row[0] for row in SEEN])
async def test_the_narrowest_menu_is_seen(scene: Scene, label: str, menus: dict[str, str], seen: str) -> None:
    await scene.result("setMyCommands", commands=menu("start"))
    for place, name in menus.items():
        kind, _, language = place.partition(":")
        scope = {"type": kind} | ({"chat_id": 111} if kind == "chat" else {})
        await scene.result("setMyCommands", commands=menu(name), scope=scope, language_code=language)
    assert commands_for(scene.world, scene.annas, "uk") == menu(seen)


async def test_names_and_descriptions_fall_back_to_no_language(scene: Scene) -> None:
    await scene.result("setMyDescription", description="Wegweiser")
    await scene.result("setMyDescription", description="Guide", language_code="en")
    assert await scene.result("getMyDescription", language_code="en") == {"description": "Guide"}
    assert await scene.result("getMyDescription", language_code="uk") == {"description": "Wegweiser"}
    await scene.result("setMyShortDescription", short_description="Kurz")
    assert await scene.result("getMyShortDescription") == {"short_description": "Kurz"}
    assert await scene.result("getMyName") == {"name": "Anfragelotse"}
    await scene.result("setMyName", name="Lotse")
    assert await scene.result("getMyName") == {"name": "Lotse"}


async def test_the_menu_button(scene: Scene) -> None:
    assert await scene.result("getChatMenuButton") == {"type": "commands"}
    await scene.result("setChatMenuButton", chat_id=111, menu_button={"type": "default"})
    assert await scene.result("getChatMenuButton", chat_id=111) == {"type": "default"}
