"""What contacts and administrators can order with a command; whatever it is, it is never sent to an inquirer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.model import InboundMessage
from bot.services.desk import absence, admin, blocking, digests, figures, lists, reloading, search, snippets
from bot.services.desk.replying import reply
from bot.services.people import menus
from bot.services.people.command_names import BY_CONTACTS
from bot.services.people.directory import Directory
from bot.services.shares import stranded
from bot.services.turn import Turn


async def on_command(turn: Turn, message: InboundMessage, directory: Directory) -> None:
    """Carry out a contact's command; a chat that is no contact's any more has none."""
    if not directory.is_staff_chat(message.address):
        await reply(turn, message, "answer-refused")
        return
    command = COMMANDS.get(message.command or "")
    if command is not None:
        await command(turn, message, directory)
    elif not message.address.is_group or message.reply_to is not None:
        await reply(turn, message, "command-not-relayed")
    # Else it is meant for another bot in the group.


async def _start(turn: Turn, message: InboundMessage, directory: Directory) -> None:
    # A chat the rules name is opened by this; until then nothing could be delivered there.
    await _help(turn, message, directory)
    await menus.offer(turn, message.address)
    await stranded.deliver_waiting(turn, joined=message.address)


async def _help(turn: Turn, message: InboundMessage, directory: Directory) -> None:
    """Tell what can be ordered here; administrators what they alone can order too."""
    own = turn.book.own_language
    keys = ["contact-help", "admin-help"] if directory.is_admin_chat(message.address) else ["contact-help"]
    # Among colleagues in a group nobody is asked what they meant, for most of it is meant for each other.
    place = "group" if message.address.is_group else "chat"
    text = "\n\n".join(turn.say(own, key, place=place) for key in keys)
    await turn.notice(message.address, text, reply_to=message.message)


_DUTIES: dict[str, Callable[[Turn, InboundMessage, Directory], Awaitable[None]]] = {
    "start": _start,
    "help": _help,
    "reload": reloading.on_command,
    "absent": absence.away,
    "present": absence.back,
    "admin": admin.show_office,
    "digest": digests.on_digest,
    "open": lists.on_open,
    "search": search.on_search,
    "stats": figures.on_command,
    "snippet": snippets.on_command,
    "inquiry": admin.show_inquiry,
    "block": blocking.on_block,
    "unblock": blocking.on_unblock,
}
COMMANDS = {name: _DUTIES[command] for name, command in BY_CONTACTS.items()}
