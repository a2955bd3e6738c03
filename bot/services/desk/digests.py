"""`/digest 8:15`: when the contacts of a chat get their morning digest; `/digest aus` for none, `/digest` to look."""

from __future__ import annotations

from bot.model import InboundMessage
from bot.routing.hours import load_clock_time
from bot.services.people.directory import Directory
from bot.services.shares import digest
from bot.services.turn import Turn

OFF = frozenset({"aus", "off", "nein", "no", "nie", "never"})


async def on_digest(turn: Turn, message: InboundMessage, directory: Directory) -> None:
    """Set the time for everybody reached in this chat, or show it."""
    here = directory.contacts_at(message.address)
    # People write the time as they say it.
    wanted = message.argument.strip().lower().removeprefix("um ").removesuffix(" uhr").strip()
    if wanted in OFF:
        for contact in here:
            await digest.choose(turn, contact, None)
    elif wanted:
        try:
            at = load_clock_time(f"{wanted}:00" if wanted.isdecimal() else wanted)
        except ValueError:
            own = turn.book.own_language
            wrong = turn.say(own, "digest-no-time", time=message.argument.strip()[:30])
            await turn.notice(message.address, f"{wrong}\n" + turn.say(own, "digest-how"), reply_to=message.message)
            return
        for contact in here:
            await digest.choose(turn, contact, at)
    await _show(turn, message, here)


async def _show(turn: Turn, message: InboundMessage, here: list[str]) -> None:
    own, lines = turn.book.own_language, []
    for contact in here:
        at, name = await digest.time_of(turn, contact), turn.book.contact_name(contact)
        if at is None:
            lines.append(turn.say(own, "digest-none", contact=name))
        else:
            lines.append(turn.say(own, "digest-time", contact=name, time=f"{at:%H:%M}"))
    lines.append(turn.say(own, "digest-how"))
    await turn.notice(message.address, "\n".join(lines), reply_to=message.message)
