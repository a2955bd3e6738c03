"""Forum topics."""

from bot.playground.errors import bad_request
from bot.playground.methods.common import Method, writable_chat
from bot.playground.model import Chat, Content, Json, Topic
from bot.playground.params import Params
from bot.playground.telling import tell_message
from bot.playground.world import World


async def create_forum_topic(world: World, params: Params) -> Json:
    """Open a topic."""
    chat = _forum(world, params)
    name = params.text("name").strip()
    if not 1 <= len(name) <= 128:
        raise bad_request("TOPIC_NAME_EMPTY" if not name else "TOPIC_TITLE_TOO_LONG")
    topic = world.open_topic(chat, name, world.bot.id)
    tell_message(world, "message", chat.messages[topic.id])
    return {"message_thread_id": topic.id, "name": topic.name, "icon_color": 7322096}


async def edit_forum_topic(world: World, params: Params) -> bool:
    """Rename a topic."""
    chat, topic = _topic(world, params)
    name = params.text("name").strip() or topic.name
    if name == topic.name:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.name = name
    _note(world, chat, topic, {"forum_topic_edited": {"name": name}})
    return True


async def close_forum_topic(world: World, params: Params) -> bool:
    """Close a topic."""
    chat, topic = _topic(world, params)
    if topic.closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = True
    _note(world, chat, topic, {"forum_topic_closed": {}})
    return True


async def reopen_forum_topic(world: World, params: Params) -> bool:
    """Open a closed topic again."""
    chat, topic = _topic(world, params)
    if not topic.closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = False
    _note(world, chat, topic, {"forum_topic_reopened": {}})
    return True


async def delete_forum_topic(world: World, params: Params) -> bool:
    """Delete a topic with all its messages."""
    chat, topic = _topic(world, params)
    world.delete_topic(chat, topic)
    return True


def _forum(world: World, params: Params) -> Chat:
    chat = writable_chat(world, params)
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if not chat.bot_manages_topics:
        raise bad_request("not enough rights to create a topic")
    return chat


def _topic(world: World, params: Params) -> tuple[Chat, Topic]:
    chat = _forum(world, params)
    topic = chat.topics.get(params.whole("message_thread_id"))
    if topic is None:
        raise bad_request("message thread not found")
    return chat, topic


def _note(world: World, chat: Chat, topic: Topic, service: Json) -> None:
    # Telegram tells bots of the service messages they cause themselves.
    tell_message(world, "message", world.post_in_topic(chat, topic, world.bot.id, Content("service", media=service)))


METHODS: dict[str, Method] = {
    "createForumTopic": create_forum_topic,
    "editForumTopic": edit_forum_topic,
    "closeForumTopic": close_forum_topic,
    "reopenForumTopic": reopen_forum_topic,
    "deleteForumTopic": delete_forum_topic,
}
