"""Does what has fallen due: questions nobody answered, messages held too long, what new rules ask for.

Everything due is a row, so a restart changes nothing; each is carried out in a transaction of its own, and one that
fails is tried again later while the others go on. It stays due since when it was: by that a duty tells that it is late.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.model import InquiryState
from bot.services import gate
from bot.services.case import get_case
from bot.services.delivery.waiting import Loop, place_of
from bot.services.dialogue import Dialogue
from bot.services.inquirers import deletion, inquirer, intake, which_inquiry
from bot.services.keeping import expiring, retention
from bot.services.people import absence, former_contacts, menus, roll_call, strange_groups
from bot.services.people.directory import Directory, load_directory
from bot.services.relaying import surge
from bot.services.shares import digest, reminders, stranded
from bot.services.turn import Turn
from bot.store import inbox, people, timers
from bot.store.database import Database, Tx
from bot.store.timers import Timer, TimerKind

# How late a due thing may be done at most, in the usual case; an idle look costs one short read. What runs out with
# somebody's silence comes a poll later.
LOOK_EVERY_S = 5.0
TRY_AGAIN = timedelta(minutes=1)
# How often all open inquiries are looked at, though nothing happened that would call for it.
LOOK_AT_ALL_EVERY = timedelta(minutes=1)

log = logging.getLogger(__name__)


class Sweeper(Loop):
    """Looks for due rows every few seconds, for as long as `run` goes on.

    Args of the constructor:
        complete_until: tells up to when everything is stored that people did; None where that is not known.
    """

    def __init__(
        self,
        database: Database,
        dialogue: Dialogue,
        clock: Clock,
        after_commit: Callable[[], None],
        complete_until: Callable[[], datetime | None],
    ) -> None:
        super().__init__()
        self._database = database
        self._dialogue = dialogue
        self._clock = clock
        self._after_commit = after_commit
        self._complete_until = complete_until
        self._unplanned = True
        self._directory: Directory | None = None
        self._look_again_at = clock.now()
        # Due timers that failed, by their row and when they fell due: when to try them again. After a restart, at once.
        self.put_off: dict[tuple[int, datetime | None], datetime] = {}

    def rules_changed(self) -> None:
        """Look now, and plan what happens every day by the rules as they are now."""
        self._unplanned = True
        self._bell.ring()

    async def run(self) -> None:
        """Sweep until stopped or cancelled."""
        while not self._bell.is_closed:
            self._bell.hush()
            if self._unplanned:
                self._unplanned = False
                await self.plan()
            try:
                await self.sweep()
            except Exception as error:  # noqa: BLE001 (a database in trouble is looked at again in a moment)
                log.error("sweeper: %s, looks again in %.0f s", place_of(error), LOOK_EVERY_S)
            await self._bell.wait(LOOK_EVERY_S)

    async def plan(self) -> None:
        """See that what happens every day is among the timers; where that fails, the next round tries again."""
        try:
            async with self._database.transaction() as tx:
                await roll_call.plan(self._dialogue.turn(tx))
                await retention.plan(self._dialogue.turn(tx))
                await strange_groups.plan(self._dialogue.turn(tx))
                await digest.plan(self._dialogue.turn(tx))
                await menus.offer_all(self._dialogue.turn(tx))
            self._after_commit()
        except Exception as error:  # noqa: BLE001 (a database in trouble is told by the sweep that follows)
            log.error("sweeper: %s, plans the daily duties again in %.0f s", place_of(error), LOOK_EVERY_S)
            self._unplanned = True

    async def sweep(self) -> int:
        """Do everything due now; return how much was done."""
        async with self._database.reading() as tx:
            # Asked once: what falls due by it is brought in before anything that is held expires by it.
            heard_until = await self._heard_until(tx)
            due = await timers.list_due(tx, self._clock.now(), heard_until)
        waiting = {(one.id, one.due_at) for one in due}
        self.put_off = {which: at for which, at in self.put_off.items() if which in waiting}
        done = 0
        for timer in due:
            which = timer.id, timer.due_at
            if self._clock.now() < self.put_off.get(which, self._clock.now()):
                continue
            try:
                async with self._database.transaction() as tx:
                    done += await self._carry_out(self._dialogue.turn(tx), timer)
            except Exception as error:  # noqa: BLE001 (whatever it is, the other timers must not wait for it)
                # Without the error's text, which may hold a person's words.
                log.error("timer %d (%s): %s, tried again in a minute", timer.id, timer.kind, place_of(error))
                self.put_off[which] = self._clock.now() + TRY_AGAIN
        async with self._database.transaction() as tx:
            if heard_until is not None:
                await expiring.drop_expired(self._dialogue.turn(tx), heard_until)
            await strange_groups.leave(self._dialogue.turn(tx))
        done += await self._deliver()
        if done:
            self._after_commit()
        return done

    async def _heard_until(self, tx: Tx) -> datetime | None:
        """Return up to when everything people did is known; None while some of it waits to be handled.

        After a standstill that is not yet the case, nor while the network is down: an answer given in time must not
        come too late for that.
        """
        # Asked first: what is stored from here on was done later, or is seen to be waiting.
        until = self._complete_until()
        return None if await inbox.has_waiting(tx) else until

    async def _deliver(self) -> int:
        """Hand over what lies in chats that are no contact's now; return how much it was.

        That comes with other rules, or with contacts who join or leave. Whatever else may lead there is seen to where
        it happens, and here a little later.
        """
        async with self._database.reading() as tx:
            turn = self._dialogue.turn(tx)
            directory = await load_directory(turn)
            if directory == self._directory and turn.at < self._look_again_at:
                return 0
            waiting = await stranded.list_deliverable(turn)
        self._directory, self._look_again_at = directory, turn.at + LOOK_AT_ALL_EVERY
        done = 0
        for inquiry_id in waiting:
            try:
                async with self._database.transaction() as tx:
                    done += len(await stranded.deliver_waiting(self._dialogue.turn(tx), inquiry_id=inquiry_id))
            except Exception as error:  # noqa: BLE001 (as above: the other inquiries must not wait for it)
                log.error("inquiry %d: %s, handed over later", inquiry_id, place_of(error))
        return done

    async def _carry_out(self, turn: Turn, timer: Timer) -> bool:
        claimed = await timers.claim(turn.tx, timer.id, turn.at)
        if claimed is None:
            return False  # stopped since it was read
        await DUTIES[claimed.kind](turn, claimed)
        return True


async def _go_on_without_choice(turn: Turn, timer: Timer) -> None:
    case = await get_case(turn, timer.inquiry_id or 0)
    if case.inquiry.state is InquiryState.ASKED:
        await intake.give_to_general(turn, case)


async def _go_on_covered(turn: Turn, timer: Timer) -> None:
    """Pass on what somebody was asked about: it is covered on the card, and nothing is lost by waiting."""
    await inquirer.release_sparing(turn, await people.get(turn.tx, timer.person_id or 0))


# What is done when a timer's time has come. A duty looks at the present state itself: much may have happened since.
DUTIES: dict[TimerKind, Callable[[Turn, Timer], Awaitable[None]]] = {
    TimerKind.ASK: _go_on_without_choice,
    TimerKind.WHICH: which_inquiry.on_time,
    TimerKind.SPARING: _go_on_covered,
    TimerKind.ROOM: gate.on_room,
    TimerKind.SURGE: surge.on_time,
    TimerKind.AWAY: absence.on_away,
    TimerKind.BACK: absence.on_back,
    TimerKind.HAND_OVER: absence.on_hand_over,
    TimerKind.DELIVER: stranded.on_deliver,
    TimerKind.FORGET_CONTACT: former_contacts.on_time,
    TimerKind.ROLL_CALL: roll_call.on_time,
    TimerKind.RETENTION: retention.on_time,
    TimerKind.SCRUB: deletion.on_scrub,
    TimerKind.TAKE: reminders.on_take,
    TimerKind.SOON: reminders.on_soon,
    TimerKind.DUE: reminders.on_due,
    TimerKind.DIGEST: digest.on_time,
}
