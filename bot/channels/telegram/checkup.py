"""Questions an operator's check asks Telegram: is the token good, what stands in the webhook, what time is it there?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.line import Line
from bot.channels.telegram.outgoing import TelegramChannel
from bot.channels.telegram.wire import find_proxy, ssl_context
from bot.errors import BotError, SendError
from bot.model import Address, Delivery, DeliveryKind, DeliveryState, Draft

WITHIN_S = 10.0


class TokenRefusedError(BotError):
    """Telegram does not know the token."""


class NotReachedError(BotError):
    """Telegram gave no clear answer."""


@dataclass(frozen=True)
class WebhookState:
    """What Telegram knows of the webhook.

    Attributes:
        url: where it delivers; empty where the bot has to ask.
        pending: how many updates wait.
        last_error: why the last delivery failed, in Telegram's words; None if none did lately.
    """

    url: str
    pending: int
    last_error: str | None


async def ask_name(line: Line) -> str:
    """Return the bot's name without @.

    Raises:
        TokenRefusedError, NotReachedError: there is none to be had.
    """
    try:
        me = await line.bot.get_me(read_timeout=WITHIN_S, connect_timeout=WITHIN_S)
    except InvalidToken:
        # Not chained, here and below: the library's errors may hold the token.
        raise TokenRefusedError("refused by Telegram") from None
    except TelegramError as error:
        raise NotReachedError(f"Telegram cannot be reached ({type(error.__cause__ or error).__name__})") from None
    return str(me.username)


async def ask_webhook(line: Line) -> WebhookState:
    """Return how the webhook stands.

    Raises:
        NotReachedError: Telegram gave no clear answer.
    """
    try:
        info = await line.bot.get_webhook_info(read_timeout=WITHIN_S)
    except TelegramError as error:
        raise NotReachedError(f"Telegram cannot be reached ({type(error).__name__})") from None
    return WebhookState(info.url, info.pending_update_count, info.last_error_message)


async def ask_time(api_url: str) -> datetime:
    """Return what time it is at the Bot API, by the header every answer carries; whole seconds.

    Raises:
        NotReachedError: there was no answer, or none with a date.
        SettingsError: the environment names a proxy that cannot be used.
    """
    try:
        within, trusted = aiohttp.ClientTimeout(total=WITHIN_S), aiohttp.TCPConnector(ssl=ssl_context())
        async with (
            aiohttp.ClientSession(timeout=within, connector=trusted) as session,
            session.head(api_url, proxy=find_proxy(api_url)) as answer,
        ):
            return parsedate_to_datetime(answer.headers["Date"]).astimezone(UTC)
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError) as error:
        # Without the address: it may hold a user and a password.
        raise NotReachedError(f"Telegram tells no time ({type(error).__name__})") from None


async def is_public(line: Line, address: Address) -> bool:
    """Tell whether a contact's group can be found and joined by anybody; a chat that cannot be asked is not."""
    if not address.is_group:
        return False
    try:
        chat = await line.bot.get_chat(address.chat, read_timeout=WITHIN_S)
    except TelegramError:
        return False
    return bool(chat.username or chat.active_usernames)


async def find_hindrance(line: Line, address: Address) -> SendError | None:
    """Return why a chat cannot be written to, None if it can; shows *typing …* there for a moment, nothing else."""
    probe = Draft(address, DeliveryKind.PROBE)
    try:
        await TelegramChannel(line.bot, repeat_mark=str).send(Delivery(0, probe, address, DeliveryState.SENDING))
    except SendError as error:
        return error
    return None
