"""What several methods ask first: which chat, which message."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.playground.errors import ApiError, bad_request, forbidden
from bot.playground.model import Chat, Message
from bot.playground.params import Params
from bot.playground.telling import bot_gets
from bot.playground.world import World

Method = Callable[[World, Params], Awaitable[Any]]

MOST_IDS = 100  # in one call (Bot API, `copyMessages`, `deleteMessages`)


def find_chat(world: World, params: Params, name: str = "chat_id") -> Chat:
    """Return the chat a parameter names, as far as the bot may look into it.

    Raises:
        ApiError: none named, none the bot knows, or a supergroup it is not in.
    """
    if not params.has(name):
        raise bad_request("chat_id is empty")
    chat = world.chats.get(params.whole(name))
    if chat is None or (chat.is_private and not chat.opened and not _met_in_group(world, chat.id)):
        raise bad_request("chat not found")
    if chat.type == "supergroup" and (refusal := _shut_out(chat)):
        raise refusal
    return chat


def writable_chat(world: World, params: Params) -> Chat:
    """Return the chat to write into.

    Raises:
        ApiError: the bot cannot write there.
    """
    chat = find_chat(world, params)
    refusal = _refusal(chat) or _shut_out(chat)
    if refusal:
        raise refusal
    return chat


def _refusal(chat: Chat) -> ApiError | None:
    if chat.migrated_to is not None:
        return bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
    if chat.deactivated:
        return forbidden("user is deactivated")
    if chat.blocked:
        return forbidden("bot was blocked by the user")
    if not chat.opened:
        return forbidden("bot can't initiate conversation with a user")
    return None


def _shut_out(chat: Chat) -> ApiError | None:
    if chat.bot_status == "kicked":
        return forbidden(f"bot was kicked from the {chat.type} chat")
    if chat.bot_status == "left":
        return forbidden(f"bot is not a member of the {chat.type} chat")
    return None


def _met_in_group(world: World, person_id: int) -> bool:
    return any(
        person_id in chat.members and chat.bot_status in ("administrator", "member")
        for chat in world.chats.values()
        if not chat.is_private
    )


def find_known(world: World, chat: Chat, message_id: int) -> Message | None:
    """Return a message of the chat if the bot can reach it: its own, and what it receives."""
    message = chat.find_message(message_id)
    if message is None:
        return None
    reachable = message.sender_id == world.bot.id or chat.is_private or bot_gets(world, chat, message)
    return message if reachable else None


def get_known(world: World, chat: Chat, message_id: int, what: str) -> Message:
    """Return a message the bot can reach.

    Raises:
        ApiError: there is none; `what` names it, as in `message to edit`.
    """
    message = find_known(world, chat, message_id)
    if message is None:
        raise bad_request(f"{what} not found")
    return message


def message_ids(params: Params) -> list[int]:
    """Return the numbers under `message_ids`.

    Raises:
        ApiError: none, too many, or not numbers.
    """
    wanted = params.array("message_ids", "message identifiers")
    if not wanted:
        raise bad_request("message identifiers are not specified")
    if len(wanted) > MOST_IDS:
        raise bad_request(f"too many message identifiers specified, the maximum is {MOST_IDS}")
    try:
        return [int(str(number)) for number in wanted]
    except ValueError:
        raise bad_request("message identifier is not a valid number") from None


def required(params: Params, name: str) -> str:
    """Return a text that must be there.

    Raises:
        ApiError: it is not.
    """
    if not params.has(name):
        raise bad_request(f'parameter "{name}" is required')
    return params.text(name)
