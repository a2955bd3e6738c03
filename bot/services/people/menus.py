"""The commands people find beside their text field: their own, and in each chat of a contact's the contacts'."""

from __future__ import annotations

from bot.model import Address, DeliveryKind, Draft
from bot.services.people.command_names import FOR_ADMINISTRATORS, FOR_CONTACTS, FOR_PEOPLE, Names, name_in
from bot.services.people.directory import load_directory
from bot.services.turn import Turn

EVERYBODY = Address("telegram", 0)


async def offer_all(turn: Turn) -> None:
    """Offer everybody their commands, as rules and invitations are now."""
    await _offer_people(turn)
    directory = await load_directory(turn)
    for address in {one.chat_key: one for one in directory.addresses.values()}.values():
        await offer(turn, address)


async def offer(turn: Turn, address: Address) -> None:
    """Offer a chat the commands of the contacts reached there; none where nobody is reached any more."""
    directory, own = await load_directory(turn), turn.book.own_language
    here = directory.contacts_in_chat(address)
    commands = _named(turn, own, FOR_CONTACTS, "command-desk-") if here else ()
    if any(key in directory.admins for key in here):
        commands += _named(turn, own, FOR_ADMINISTRATORS, "command-desk-")
    await turn.send(Draft(address.whole_chat, DeliveryKind.MENU, commands=commands))


async def _offer_people(turn: Turn) -> None:
    """Offer their commands to all who write from outside, in the language of their app where the office speaks it."""
    for language in (None, *turn.texts.languages):
        said = language or turn.book.common_language
        is_spoken = said in turn.book.rules.office.languages
        # What the office speaks no longer was offered before.
        commands = _named(turn, said, FOR_PEOPLE, "command-") if is_spoken else ()
        await turn.send(Draft(EVERYBODY, DeliveryKind.MENU, commands=commands, language=language))


def _named(turn: Turn, language: str, table: Names, key: str) -> tuple[tuple[str, str], ...]:
    """Return each command's name in a language, with what it does: `key` and the German name are the text's."""
    named = [(name_in(language, names), names["de"]) for names in table.values()]
    return tuple((name, turn.say(language, key + german)) for name, german in named)
