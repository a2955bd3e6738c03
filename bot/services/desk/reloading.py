"""`/reload`: an administrator has the rules file taken over as it is now, and is told what became of that."""

from __future__ import annotations

import logging

from bot.errors import RulesError
from bot.model import Event, InboundMessage
from bot.services.delivery.split import split_text
from bot.services.desk.replying import reply
from bot.services.people.directory import Directory
from bot.services.rules.rulebook import Loaded
from bot.services.shares import stranded
from bot.services.turn import Turn
from bot.store.database import Database

MOST_FAULTS = 10

log = logging.getLogger(__name__)


async def on_command(turn: Turn, message: InboundMessage, directory: Directory) -> None:
    """Take over the rules file as it is now, for an administrator."""
    by = directory.administrator_at(message.address)
    if by is None:
        await reply(turn, message, "reload-not-allowed")
        return

    async def load(_: Database) -> Loaded | RulesError:
        return await turn.book.load_aside()

    found = turn.beforehand(load)
    if isinstance(found, RulesError):
        log.warning("rules: %d faults; the present rules stay in force", len(found.faults))
        # Not a value of the text: Fluent takes no more than 2,500 characters for one.
        faults = "\n".join(f"• {fault}" for fault in found.faults[:MOST_FAULTS])
        for part in split_text(turn.say(turn.book.own_language, "reload-faulty") + f"\n\n{faults}"):
            await turn.notice(message.address, part, reply_to=message.message)
        return
    turn.book.take_over(found)
    await turn.note(Event.RULES_RELOADED, version=turn.book.rules.rules_version, by=by)
    await reply(turn, message, "reload-good", version=turn.book.rules.rules_version)
    await stranded.deliver_waiting(turn)
