"""`/abwesend bis 12.8.`: a contact says they are away, or an administrator says it of somebody; `/anwesend` ends it."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from bot.conversation.days import LONGEST, Fault, Impossible, find_days
from bot.model import InboundMessage
from bot.services.desk.replying import reply
from bot.services.people import absence
from bot.services.people.directory import Directory, load_directory
from bot.services.turn import Turn
from bot.store import absences
from bot.store.absences import Absence

END = frozenset({"aus", "ende", "off", "end", "zurück", "back"})


async def away(turn: Turn, message: InboundMessage, directory: Directory) -> None:
    """Begin an absence, end one, or say how it is written."""
    argument = message.argument.strip()
    head, _, last = argument.rpartition(" ")
    if last.lower() in END:
        await _back(turn, message, directory, head)
        return
    zone = ZoneInfo(turn.book.rules.office.timezone)
    named, days_written = _split(turn, argument)
    found = find_days(days_written, turn.at.astimezone(zone).date())
    if found is None:
        unread = Impossible(Fault.UNREAD if days_written else Fault.NO_END, argument) if argument else None
        await _explain(turn, message, directory, unread)
        return
    if isinstance(found, Impossible):
        await _explain(turn, message, directory, found)
        return
    days, before = found
    contact = await _who(turn, message, directory, f"{named} {before}".strip(), "absence-whose")
    if contact is None:
        return
    begun = await absence.begin(turn, contact, days, _by(directory, message, contact))
    await _tell(turn, message, begun)


async def back(turn: Turn, message: InboundMessage, directory: Directory) -> None:
    """End an absence before its time."""
    await _back(turn, message, directory, message.argument.strip())


async def _back(turn: Turn, message: InboundMessage, directory: Directory, name: str) -> None:
    contact = await _who(turn, message, directory, name, "presence-whose")
    if contact is None:
        return
    known = await absences.find(turn.tx, contact)
    if not await absence.end(turn, contact, _by(directory, message, contact)) or known is None:
        await reply(turn, message, "absence-none", contact=turn.book.contact_name(contact))
        return
    begun = known.from_at <= turn.at
    values = absence.words_for(turn, known)
    await reply(turn, message, "absence-ended" if begun else "absence-called-off", **values)
    stood_in = directory.reach(contact) if begun else None
    deputy = None if stood_in is None or stood_in.contact == contact else stood_in.address
    told = (directory.addresses.get(contact), "absence-ended-for-you"), (deputy, "absence-stand-in-over")
    for address, key in told:
        if address is not None and not address.is_in_chat_of(message.address):
            await turn.notice(address, turn.say(turn.book.own_language, key, **values))


async def _explain(turn: Turn, message: InboundMessage, directory: Directory, wrong: Impossible | None = None) -> None:
    """Say what is wrong with what was written, how it is written, and who is away already."""
    own = turn.book.own_language
    lines = [turn.say(own, "absence-how")]
    if wrong is not None:
        lines.insert(0, turn.say(own, wrong.fault, written=wrong.written[:60], count=LONGEST.days))
    here = directory.contacts_nearest(message.address)
    keys = turn.book.rules.contacts if directory.is_admin_chat(message.address) else here
    for key in keys:
        known = await absences.find(turn.tx, key)
        if known is not None:
            lines.append("• " + turn.say(own, "absence-line", **absence.words_for(turn, known)))
    await turn.notice(message.address, "\n".join(lines), reply_to=message.message)


def _split(turn: Turn, text: str) -> tuple[str, str]:
    """Return the contact's name a text begins with, and the rest; somebody may be called *Till*."""
    contacts = turn.book.rules.contacts
    names = [name for key, rule in contacts.items() for name in (key, rule.name) if _begins(text, name)]
    length = max(map(len, names), default=0)
    return text[:length], text[length:].strip()


def _begins(text: str, name: str) -> bool:
    return text[: len(name)].casefold() == name.casefold() and not text[len(name) : len(name) + 1].strip()


async def _who(turn: Turn, message: InboundMessage, directory: Directory, name: str, ask: str) -> str | None:
    """Return whose absence it is, the rights checked; None after saying why not, or asking with that text."""
    here = directory.contacts_nearest(message.address)
    if not name:
        if len(here) == 1:
            return here[0]
        asked = _names(turn, here or turn.book.rules.contacts)
        await reply(turn, message, ask, contacts=", ".join(asked), example=asked[0])
        return None
    wanted = name.casefold()
    for key, rule in turn.book.rules.contacts.items():
        if wanted in (key.casefold(), rule.name.casefold()):
            if key in here or directory.is_admin_chat(message.address):
                return key
            await reply(turn, message, "absence-not-allowed")
            return None
    own, known = turn.book.own_language, ", ".join(_names(turn, turn.book.rules.contacts))
    lines = [turn.say(own, "absence-unknown", name=name[:60], contacts=known)]
    if ask == "absence-whose":
        lines.append(turn.say(own, "absence-how"))
    await turn.notice(message.address, "\n".join(lines), reply_to=message.message)
    return None


def _names(turn: Turn, contacts: Iterable[str]) -> list[str]:
    return [turn.book.contact_name(contact) for contact in contacts]


def _by(directory: Directory, message: InboundMessage, contact: str) -> str:
    """Return who says that a contact is away: they themselves, else an administrator, for nobody else may."""
    here, admin = directory.contacts_nearest(message.address), directory.administrator_at(message.address)
    return contact if contact in here or admin is None else admin


async def _tell(turn: Turn, message: InboundMessage, begun: Absence) -> None:
    """Confirm an absence, and tell whoever stands in and whom it concerns where somebody else said so."""
    own = turn.book.own_language
    directory = await load_directory(turn)
    values = absence.words_for(turn, begun)
    reach = directory.reach(begun.contact)
    if (
        reach is None
        or reach.contact in directory.away
        or (reach.contact == begun.contact and begun.from_at <= turn.at)
    ):
        await reply(turn, message, "absence-begun-nobody", **values)
        return
    if begun.from_at > turn.at:
        await reply(turn, message, "absence-planned", **values)
    else:
        deputy = turn.book.contact_name(reach.contact)
        await reply(turn, message, "absence-begun", deputy=deputy, **values)
    concerned = directory.addresses.get(begun.contact)
    if concerned is not None and not concerned.is_in_chat_of(message.address):
        await turn.notice(concerned, turn.say(own, "absence-set-for-you", **values))
