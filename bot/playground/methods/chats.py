"""Chats and their members, pinned messages."""

from bot.playground import render
from bot.playground.errors import bad_request
from bot.playground.methods.common import Method, find_chat, get_known, writable_chat
from bot.playground.model import Content, Json
from bot.playground.params import Params
from bot.playground.telling import tell_message
from bot.playground.world import World


async def get_chat(world: World, params: Params) -> Json:
    """Return what is known of a chat (ChatFullInfo)."""
    chat = find_chat(world, params)
    body = render.chat_json(world, chat) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"),
            False,
        ),
    }
    pinned = chat.find_message(chat.pinned[-1]) if chat.pinned else None
    if pinned:
        body["pinned_message"] = render.message_json(world, pinned)
    return body


async def get_chat_member(world: World, params: Params) -> Json:
    """Return how somebody belongs to a chat."""
    chat = find_chat(world, params)
    user_id = params.whole("user_id")
    if user_id == world.bot.id:
        return render.membership_json(render.bot_json(world.bot), chat.bot_status)
    if user_id not in world.people:
        raise bad_request("invalid user_id specified" if user_id <= 0 else "user not found")
    status = "member" if user_id in chat.members else "left"
    return render.membership_json(render.person_json(world.people[user_id]), status)


async def get_chat_administrators(world: World, params: Params) -> list[Json]:
    """Return the administrators; among people there are none."""
    chat = find_chat(world, params)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    if chat.bot_status != "administrator":
        return []
    return [render.membership_json(render.bot_json(world.bot), "administrator")]


async def get_chat_member_count(world: World, params: Params) -> int:
    """Return how many belong to a chat, the bot included."""
    chat = find_chat(world, params)
    return len(chat.members) + (chat.bot_status in ("administrator", "member"))


async def leave_chat(world: World, params: Params) -> bool:
    """Leave a group."""
    chat = find_chat(world, params)
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    chat.bot_status = "left"
    world.changed()
    return True


async def pin_chat_message(world: World, params: Params) -> bool:
    """Pin a message; in groups a service message tells of it."""
    chat = writable_chat(world, params)
    message = get_known(world, chat, params.whole("message_id"), "message to pin")
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
        pinned = render.message_json(world, message, with_reply=False)
        service = world.post(chat, world.bot.id, Content("service", media={"pinned_message": pinned}))
        tell_message(world, "message", service)
    return True


async def unpin_chat_message(world: World, params: Params) -> bool:
    """Unpin one message, or the newest pinned one."""
    chat = writable_chat(world, params)
    wanted = params.whole("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if wanted not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(wanted)
    world.changed()
    return True


METHODS: dict[str, Method] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
}
