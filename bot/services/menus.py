"""The commands contacts find beside their text field, in each chat that is a contact's."""

from __future__ import annotations

from bot.model import Address, DeliveryKind, Draft
from bot.services.directory import load_directory
from bot.services.turn import Turn

# Each command by the name it is offered under, per language; other languages get the English ones.
NAMES: dict[str, tuple[str, ...]] = {
    "de": ("offen", "suche", "vorlage", "statistik", "abwesend", "anwesend", "digest", "hilfe"),
    "en": ("open", "search", "snippet", "stats", "absent", "present", "digest", "help"),
}
FOR_ADMINISTRATORS: dict[str, tuple[str, ...]] = {
    "de": ("admin", "anfrage", "sperren", "entsperren", "reload"),
    "en": ("admin", "inquiry", "block", "unblock", "reload"),
}


async def offer_all(turn: Turn) -> None:
    """Offer the commands wherever a contact is reached, as the rules and invitations are now."""
    directory = await load_directory(turn)
    for address in {one.chat_key: one for one in directory.addresses.values()}.values():
        await offer(turn, address)


async def offer(turn: Turn, address: Address) -> None:
    """Offer a chat the commands of the contacts reached there; none where nobody is reached any more."""
    directory, own = await load_directory(turn), turn.book.own_language
    here = directory.contacts_in_chat(address)
    names, keys = NAMES.get(own, NAMES["en"]), NAMES["de"]
    if any(key in directory.admins for key in here):
        names += FOR_ADMINISTRATORS.get(own, FOR_ADMINISTRATORS["en"])
        keys += FOR_ADMINISTRATORS["de"]
    commands = tuple((name, turn.say(own, f"command-desk-{key}")) for name, key in zip(names, keys, strict=True))
    await turn.send(Draft(address.whole_chat, DeliveryKind.MENU, commands=commands if here else ()))
