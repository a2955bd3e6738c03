"""Runs retention on demand, or only tells what it would do."""

from __future__ import annotations

import asyncio
from collections import Counter

from bot.clock import Clock, SystemClock
from bot.services.dialogue import Dialogue
from bot.services.keeping.retention import run
from bot.services.rules.rulebook import Rulebook
from bot.store.copies import copy_to_try_on
from bot.store.database import Database
from bot.store.opening import existing_database
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


# SQLite asks every 100 ms whether another process has let go: between two portions whoever waits gets its turn.
PAUSE_S = 0.15


async def purge(database: Database, book: Rulebook, texts: Texts, *, clock: Clock | None = None) -> str:
    """Do what retention does, a portion at a time as the bot does it; returns a line for each class of data."""
    return _told("Done:", await _carry_out(database, Dialogue(book, texts, clock or SystemClock()), PAUSE_S))


async def rehearse(
    url: str, book: Rulebook, texts: Texts, *, keys: str | None = None, clock: Clock | None = None
) -> str:
    """Tell what retention would do now. It does all of it, on a copy, and the database and its bot notice nothing.

    So it tells the truth about chains (a person goes with the last inquiry) and not an estimate.

    Raises:
        StoreError: the copy cannot be made, or the database is damaged.
    """
    with copy_to_try_on(existing_database(url)) as copy:
        async with await Database.open_beside(f"sqlite:///{copy}", keys=keys) as database:
            done = await _carry_out(database, Dialogue(book, texts, clock or SystemClock()))
    return _told("Would be done now (nothing was changed):", done)


async def _carry_out(database: Database, dialogue: Dialogue, pause_s: float = 0.0) -> Counter[str]:
    total: Counter[str] = Counter()
    while True:
        async with database.transaction() as tx:
            done = await run(dialogue.turn(tx))
            tx.scrub_after()
        total.update(done.counts)
        if not done.more:
            return total
        await asyncio.sleep(pause_s)


def _told(head: str, total: Counter[str]) -> str:
    lines = [f"  {count:>6}  {MEANINGS[name]}" for name, count in total.items() if count]
    return "\n".join([head, *lines]) + "\n" if lines else "Nothing is due.\n"
