"""Makes an invitation and says how to use it."""

from __future__ import annotations

import asyncio

from bot.channels.telegram.line import build_line
from bot.clock import SystemClock
from bot.errors import BotError, Fault, FaultsError
from bot.services.people.invitations import add_invitation
from bot.services.rules.rulebook import Rulebook
from bot.settings import Settings
from bot.store.database import Database

# Unlike the bot, a command in somebody's hands must not wait for a network that is down.
REACH_WITHIN_S = 20.0


async def invite_contact(database: Database, book: Rulebook, settings: Settings, contact: str) -> str:
    """Return the links by which a contact joins, and what to do with them.

    Raises:
        FaultsError: the contact is not in the rules, or no token is set.
        BotError: Telegram cannot be reached.
    """
    if contact not in book.rules.contacts:
        known = ", ".join(book.rules.contacts)
        raise FaultsError([Fault("contact", f"unknown contact {contact!r}.", f"Known: {known}.")])
    line = build_line(settings.token, settings.telegram_api_url)
    try:
        async with asyncio.timeout(REACH_WITHIN_S):
            await line.open()
        username = line.username
    except TimeoutError:
        raise BotError(
            "Telegram cannot be reached, and the link needs the bot's name. Check the network and TELEGRAM_API_URL."
        ) from None
    finally:
        await line.close()
    async with database.transaction() as tx:
        token = await add_invitation(tx, SystemClock().now(), contact)
    note = ""
    if book.rules.contacts[contact].telegram is not None:
        note = (
            "\nAttention: the rules name an address for this contact, and the rules win. Set it to null to use this.\n"
        )
    return (
        f"Invitation for {contact} ({book.contact_name(contact)}), once, within 24 hours:\n{note}\n"
        f"  a person's own chat:  https://t.me/{username}?start={token}\n"
        f"  a group:              https://t.me/{username}?startgroup={token}\n"
        f"  a group's topic:      add the bot to the group, write in the topic:  /start@{username} {token}\n"
    )
