"""What the bot is and says about itself: getMe, commands, names and descriptions, the menu button."""

import re
from typing import Any

from bot.playground import render
from bot.playground.errors import bad_request
from bot.playground.methods.common import Method, find_chat
from bot.playground.model import Chat, Json
from bot.playground.params import Params
from bot.playground.world import World

_SCOPES = frozenset(
    {
        "default", "all_private_chats", "all_group_chats", "all_chat_administrators",
        "chat", "chat_administrators", "chat_member",
    }
)  # fmt: skip


async def get_me(world: World, params: Params) -> Json:
    """Return the bot."""
    return render.me_json(world.bot)


async def yes(world: World, params: Params) -> bool:
    """Agree to what has no effect here."""
    return True


async def set_my_commands(world: World, params: Params) -> bool:
    """Set the menu of one scope and language."""
    commands = params.array("commands", "BotCommand")
    if commands is None:
        raise bad_request("can't parse commands: Expected an Array of BotCommand")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.settings.commands[_scope(world, params)] = [_checked(command) for command in commands]
    world.changed()
    return True


async def get_my_commands(world: World, params: Params) -> list[Json]:
    """Return the menu of exactly this scope and language."""
    return world.settings.commands.get(_scope(world, params), [])


async def delete_my_commands(world: World, params: Params) -> bool:
    """Remove the menu of one scope and language."""
    world.settings.commands.pop(_scope(world, params), None)
    world.changed()
    return True


def commands_for(world: World, chat: Chat, language: str) -> list[Json]:
    """Return the menu somebody sees in a chat. Source: Bot API, determining list of commands."""
    kinds = ["all_private_chats"] if chat.is_private else ["all_chat_administrators", "all_group_chats"]
    scopes = [f"chat:{chat.id}", *kinds, "default"]
    for scope in scopes:
        for tongue in (language, ""):
            if commands := world.settings.commands.get((scope, tongue)):
                return commands
    return []


def _scope(world: World, params: Params) -> tuple[str, str]:
    scope = params.mapping("scope", "BotCommandScope") or {"type": "default"}
    kind = str(scope.get("type", ""))
    if kind not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if "chat_id" in scope:
        find_chat(world, Params(scope))
    named = [str(scope[key]) for key in ("chat_id", "user_id") if key in scope]
    return ":".join([kind, *named]), _language(params)


def _checked(command: Any) -> Json:
    name, description = str(command.get("command", "")), str(command.get("description", ""))
    if not re.fullmatch(r"/?[a-z0-9_]{1,32}", name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name.removeprefix("/"), "description": description}


def _language(params: Params) -> str:
    code = params.text("language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code


async def set_my_name(world: World, params: Params) -> bool:
    """Set the bot's name in one language."""
    return _set(world, params, world.settings.names, ("name", 64))


async def get_my_name(world: World, params: Params) -> Json:
    """Return the bot's name in one language."""
    return {"name": _get(params, world.settings.names) or world.bot.name}


async def set_my_description(world: World, params: Params) -> bool:
    """Set what an empty chat shows."""
    return _set(world, params, world.settings.descriptions, ("description", 512))


async def get_my_description(world: World, params: Params) -> Json:
    """Return what an empty chat shows."""
    return {"description": _get(params, world.settings.descriptions)}


async def set_my_short_description(world: World, params: Params) -> bool:
    """Set what the profile shows."""
    return _set(world, params, world.settings.short_descriptions, ("short_description", 120))


async def get_my_short_description(world: World, params: Params) -> Json:
    """Return what the profile shows."""
    return {"short_description": _get(params, world.settings.short_descriptions)}


def _set(world: World, params: Params, texts: dict[str, str], field: tuple[str, int]) -> bool:
    name, limit = field
    if len(params.text(name)) > limit:
        raise bad_request(f"the bot's {name.replace('_', ' ')} is too long")
    texts[_language(params)] = params.text(name)
    world.changed()
    return True


def _get(params: Params, texts: dict[str, str]) -> str:
    return texts.get(_language(params)) or texts.get("", "")


async def set_chat_menu_button(world: World, params: Params) -> bool:
    """Set the button beside the input line."""
    world.settings.menu_buttons[params.whole("chat_id")] = params.mapping("menu_button") or {"type": "default"}
    return True


async def get_chat_menu_button(world: World, params: Params) -> Json:
    """Return the button beside the input line."""
    return world.settings.menu_buttons.get(params.whole("chat_id"), {"type": "commands"})


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "logOut": yes,
    "close": yes,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": set_my_name,
    "getMyName": get_my_name,
    "setMyDescription": set_my_description,
    "getMyDescription": get_my_description,
    "setMyShortDescription": set_my_short_description,
    "getMyShortDescription": get_my_short_description,
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
