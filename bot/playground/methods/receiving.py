"""getUpdates and the webhook's settings."""

import re

from bot.playground.errors import bad_request
from bot.playground.methods.common import Method
from bot.playground.model import Json, Webhook
from bot.playground.params import Params
from bot.playground.updates import LONGEST_POLL_S, PollRequest
from bot.playground.world import World


async def get_updates(world: World, params: Params) -> list[Json]:
    """Return waiting updates, holding the line up to `timeout` seconds."""
    _allow(world, params)
    world.note_poll()
    limit = max(1, min(100, params.whole("limit", 100)))
    timeout_s = max(0, min(LONGEST_POLL_S, params.whole("timeout")))
    return await world.updates.poll(PollRequest(params.whole("offset"), limit, timeout_s))


async def set_webhook(world: World, params: Params) -> bool:
    """Have updates delivered; an empty address is the same as deleteWebhook.

    Plain http is taken, as by a local Bot API server.
    """
    url = params.text("url")
    if not url:
        return await delete_webhook(world, params)
    if not re.match(r"https?://[^/\s]+", url):
        raise bad_request("invalid webhook URL specified")
    secret = params.text("secret_token")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    _allow(world, params)
    if params.flag("drop_pending_updates"):
        world.updates.clear()
    connections = max(1, min(100, params.whole("max_connections", 40)))
    world.updates.deliver_to(Webhook(url, secret, connections))
    world.changed()
    return True


async def delete_webhook(world: World, params: Params) -> bool:
    """Stop delivering."""
    if params.flag("drop_pending_updates"):
        world.updates.clear()
    world.updates.deliver_to(None)
    world.changed()
    return True


async def get_webhook_info(world: World, params: Params) -> Json:
    """Tell how the webhook does."""
    hook = world.updates.webhook
    info: Json = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending()),
    }
    if hook:
        info |= {"max_connections": hook.max_connections, "ip_address": "127.0.0.1"}
        if hook.last_error_at:
            info |= {"last_error_date": int(hook.last_error_at), "last_error_message": hook.last_error}
    if world.updates.allowed is not None:
        info["allowed_updates"] = sorted(world.updates.allowed)
    return info


def _allow(world: World, params: Params) -> None:
    kinds = params.array("allowed_updates", "allowed updates")
    if kinds is not None:
        world.updates.allow([str(kind) for kind in kinds])


METHODS: dict[str, Method] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
