"""Runs retention on demand, or only tells what it would do."""

from __future__ import annotations

from bot.clock import Clock, SystemClock
from bot.services.dialogue import Dialogue
from bot.services.retention import Purge, run
from bot.services.rulebook import Rulebook
from bot.store.database import Database
from bot.texts import Texts

# In the words of the rules' keys, so that whoever reads one finds the other.
MEANINGS = {
    "silent": "inquiries closed because nobody wrote any more (privacy.retention.silent)",
    "content": "closed inquiries deleted (privacy.retention.content)",
    "longest": "inquiries deleted however they stood (privacy.retention.longest)",
    "people": "people forgotten of whom nothing else was known",
    "parked": "messages that could not be handled (privacy.retention.parked)",
    "parked deliveries": "messages that could not be sent (privacy.retention.parked)",
    "notices": "the bot's own notices, sent more than 48 hours ago",
    "journal": "journal entries (privacy.retention.longest)",
    "buttons": "buttons of no inquiry (privacy.retention.longest)",
    "invitations": "invitations that had run out",
    "blocks": "blocks that had run out",
    "deletions": "hashes of deletions no backup can need any more (privacy.retention.longest)",
    "held": "messages held too long: for the notice (dialogue.hold), for a choice, or for room",
    "held at desks": "messages of contacts held too long without an inquiry named (24 hours)",
    "unnoticed": "people forgotten who never went on from the notice (dialogue.hold)",
    "updates": "updates handled more than two days ago",
}


class _RollBackError(Exception):
    """Ends a transaction whose effects are only looked at."""


async def purge(database: Database, book: Rulebook, texts: Texts, *, dry_run: bool, clock: Clock | None = None) -> str:
    """Return what retention did, or with `dry_run` would do now, a line for each class of data.

    A dry run does everything and takes it back, so it tells the truth about chains (a person goes with the last
    inquiry) and not an estimate.
    """
    total, dialogue = Purge(), Dialogue(book, texts, clock or SystemClock())
    try:
        async with database.transaction() as tx:
            while True:
                done = await run(dialogue.turn(tx))
                for name, count in done.counts.items():
                    total.add(name, count)
                if not done.more:
                    break
            if dry_run:
                raise _RollBackError
    except _RollBackError:
        pass
    if not dry_run:
        await database.scrub()
    lines = [f"  {count:>6}  {MEANINGS[name]}" for name, count in total.counts.items() if count]
    if not lines:
        return "Nothing is due.\n"
    head = "Would be done now (nothing was changed):" if dry_run else "Done:"
    return "\n".join([head, *lines]) + "\n"
