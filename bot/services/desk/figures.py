"""`/statistik`: a contact's fields in figures, for the last 30 days.

By field, never by person: a team of one is looked at too, so what is counted is what came and what was promised. A cell
under three is not shown, for a small number points at somebody. What is open is told exactly: whoever asks has the list
of it. That nothing came points at nobody, either; but that nobody finished anything would point at the one whose work
it is.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from statistics import median

from bot.model import GENERAL, Helped, InboundMessage
from bot.services.desk.replying import reply
from bot.services.people.directory import Directory
from bot.services.turn import Turn
from bot.store import figures
from bot.store.figures import ShareTimes

PERIOD = timedelta(days=30)
SMALLEST = 3
# Shares are told in steps, so that one answer more or less does not show.
STEP_PERCENT = 5


async def on_command(turn: Turn, message: InboundMessage, directory: Directory) -> None:
    """Show the figures of the fields the contacts reached here answer for; administrators see all fields."""
    here = directory.contacts_nearest(message.address)
    everything = directory.is_admin_chat(message.address)
    fields = [
        field for field in (*turn.book.rules.fields, GENERAL) if everything or turn.book.contact_of(field) in here
    ]
    if not fields:
        await reply(turn, message, "stats-none")
        return
    parts = [turn.say(turn.book.own_language, "stats-head")]
    parts += ["\n".join(await _block(turn, field)) for field in fields]
    await turn.notice(message.address, "\n\n".join(parts), reply_to=message.message)


async def _block(turn: Turn, field: str) -> list[str]:
    own = turn.book.own_language
    found = await figures.load(turn.tx, field, turn.at - PERIOD)
    none, new = turn.say(own, "stats-zero"), len(found.new)
    lines = [
        turn.book.field_title(field, own),
        "• " + turn.say(own, "stats-open", count=str(found.open or none)),
        "• " + turn.say(own, "stats-new", count=_cell(turn, new) if new else none),
        "• " + turn.say(own, "stats-closed", count=_cell(turn, found.closed)),
    ]
    taken = [
        turn.book.hours.open_between(one.came_at, one.answered_at).total_seconds()
        for one in found.new
        if one.answered_at is not None
    ]
    if len(taken) >= SMALLEST:
        lines.append("• " + turn.say(own, "stats-median", span=_span(turn, median(taken))))
    kept = [_is_kept(turn, one) for one in found.new]
    known = [one for one in kept if one is not None]
    if len(known) >= SMALLEST:
        percent = round(100 * sum(known) / len(known) / STEP_PERCENT) * STEP_PERCENT
        lines.append("• " + turn.say(own, "stats-in-time", percent=percent))
    if found.helped.total() >= SMALLEST:
        values = {str(helped): _cell(turn, found.helped[helped]) for helped in Helped}
        lines.append("• " + turn.say(own, "stats-helped", **values))
    lines += _split_up(turn, "stats-from", "audience", Counter(one.audience for one in found.new))
    lines += _split_up(turn, "stats-wants", "direction", Counter(one.direction for one in found.new))
    return lines


def _is_kept(turn: Turn, one: ShareTimes) -> bool | None:
    """Tell whether a promise was kept, by an answer or by being done; None while that is open."""
    late = one.owed_at is not None and one.owed_at < turn.at
    return False if one.in_time is None and late else one.in_time


def _split_up(turn: Turn, key: str, kind: str, counted: Counter[str | None]) -> list[str]:
    """Return a line that says how what came is made up; none where no group is large enough to be told.

    The rest, groups too small and what was not recognised, is told together if it is large enough.
    """
    own = turn.book.own_language
    told = {
        f"{kind}-{group}": count
        for group, count in counted.most_common()
        if count >= SMALLEST and group is not None and turn.texts.has(f"{kind}-{group}")
    }
    rest = counted.total() - sum(told.values())
    if told and rest >= SMALLEST:
        told["stats-others"] = rest
    groups = [turn.say(own, "stats-group", group=turn.say(own, group), count=count) for group, count in told.items()]
    return ["• " + turn.say(own, key, groups=", ".join(groups))] if groups else []


def _cell(turn: Turn, count: int) -> str:
    return str(count) if count >= SMALLEST else turn.say(turn.book.own_language, "stats-few", smallest=SMALLEST)


def _span(turn: Turn, seconds: float) -> str:
    own, minutes = turn.book.own_language, round(seconds / 60)
    if minutes < 60:
        return turn.say(own, "stats-minutes", count=max(minutes, 1))
    return turn.say(own, "stats-hours", count=round(minutes / 60))
