"""What is kept for hours or days only: words held too long, who never went on from the notice, handled updates."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from bot.model import Draft, Event, Purpose
from bot.services.desk import which
from bot.services.lifetimes import length
from bot.services.turn import Turn
from bot.store import held, inbox, people, timers
from bot.store.held import HeldFor, HeldMessage
from bot.store.timers import Timer, TimerKind

# Telegram sends an unconfirmed update again for 24 hours; until then its row keeps a copy from counting twice.
REMEMBER_UPDATES = timedelta(days=2)
# What belongs to no inquiry is a row each; but every portion looks through the whole table for it.
LOOSE_PORTION = 5_000


async def drop_expired(turn: Turn, heard_until: datetime) -> Counter[str]:
    """Delete what has been kept for its time; return how much of which class that was.

    The sweeper does it at every look, whatever the hour. What waited for the notice longer than promised goes, with
    people of whom nothing else is known: they never agreed to be remembered.

    Args:
        heard_until: up to when it is known what people did; somebody may have gone on in time, and the bot stood still.
    """
    done: Counter[str] = Counter()
    for reason in HeldFor:
        expired = await held.take_expired(turn.tx, heard_until, reason)
        for one in expired:
            await turn.note(Event.HELD_EXPIRED, reason=reason)
            if reason is HeldFor.ROOM and not await held.list_of(turn.tx, one.person_id, reason):
                await timers.stop(turn.tx, Timer(TimerKind.ROOM, person_id=one.person_id))
        await _tell(turn, reason, expired)
        done["held"] += len(expired)
    done["held at desks"] += await which.drop_expired(turn, heard_until)
    hold = length(turn.book.rules.dialogue.hold)
    done["unnoticed"] += await people.forget_unnoticed(turn.tx, heard_until - hold, LOOSE_PORTION)
    done["updates"] += await inbox.forget_done(turn.tx, turn.at - REMEMBER_UPDATES, LOOSE_PORTION)
    return done


async def _tell(turn: Turn, reason: HeldFor, expired: list[HeldMessage]) -> None:
    """Tell each writer once that their words are gone; nothing is kept of that, nor of the chat it went to.

    Who left on purpose can do without it. But who never saw the notice, or went on too late, would wait for an answer.
    What waits for room, or for a choice, comes in by itself; only a fault can have kept that for so long.
    """
    hold = length(turn.book.rules.dialogue.hold)
    for person_id in dict.fromkeys(one.person_id for one in expired):
        person = await people.get(turn.tx, person_id)
        theirs = [one.message for one in expired if one.person_id == person_id]
        text = turn.say(
            person.language,
            "held-expired" if reason is HeldFor.NOTICE else "held-lost",
            count=len(theirs),
            at=turn.say_moment(person.language, theirs[0].sent_at),
            hold=turn.texts.span(person.language, hold),
        )
        ways = turn.book.rules.privacy.other_ways.strip()
        if ways:
            # A telephone number is read in any language; the bot may speak none of theirs.
            text += "\n" + turn.say(person.language, "held-ways", ways=ways)
        await turn.send(Draft(person.address, purpose=Purpose.NEEDED, text=text, forget=True))
