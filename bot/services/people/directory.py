"""Who is reached where: by the rules' address, by the one they joined with, or through a deputy."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from bot.model import Address, Assignment, Event
from bot.routing.rules import Rules
from bot.services.turn import Turn
from bot.store import absences, buttons, contacts, strange_groups, unreachable

log = logging.getLogger(__name__)

_CHANNEL = "telegram"  # the one whose chats the rules name


@dataclass(frozen=True)
class Reach:
    """A contact that can be reached.

    Attributes:
        contact: who is reached: the one asked for, or whoever stands in.
    """

    contact: str
    address: Address


@dataclass(frozen=True)
class Directory:
    """Contacts' addresses as they are now, who stands in for whom, who is away, and which groups got a new number."""

    addresses: dict[str, Address]
    deputies: dict[str, str | None]
    general_contact: str
    away: frozenset[str] = field(default_factory=frozenset)
    moved: dict[tuple[str, int], int] = field(default_factory=dict)
    lost: frozenset[str] = field(default_factory=frozenset)
    admins: tuple[str, ...] = ()

    def reach(self, contact: str, *, without: Iterable[Address] = ()) -> Reach | None:
        """Return how a contact is reached: directly, by a deputy, at last by the general contact; None if by nobody.

        Whoever is away is passed over, and whoever turned out not to be reachable; if nobody is left, those who are
        away get it, and at last the others are tried again: they may be back.

        Args:
            without: addresses that turned out to be dead; a topic's death is its whole group's.
        """
        dead = {address.chat_key for address in without}
        reachable = []
        for step in self.chain(contact):
            address = self.addresses.get(step)
            if address is not None and address.chat_key not in dead:
                reachable.append(Reach(step, address))
        for passed_over in (self.away | self.lost, self.lost, frozenset[str]()):
            for one in reachable:
                if one.contact not in passed_over:
                    return one
        return None

    def is_there(self, contact: str | None) -> bool:
        """Tell whether somebody is a contact still who can be reached and is not away."""
        return contact in self.addresses and contact not in self.away | self.lost

    def chain(self, contact: str) -> list[str]:
        """Return a contact, its deputy, the deputy's deputy …, at last the general contact; a circle ends."""
        return chain_of(contact, self.deputies, self.general_contact)

    def contacts_at(self, address: Address) -> list[str]:
        """Return the contacts reached in a chat; in a group with topics those of this topic and of the whole group."""
        return [
            contact
            for contact, theirs in self.addresses.items()
            if theirs.is_in_chat_of(address) and theirs.topic in (None, address.topic)
        ]

    def contacts_in_chat(self, address: Address) -> list[str]:
        """Return the contacts reached in a chat, those of this topic first: a deleted topic's cards fall elsewhere."""
        near = self.contacts_at(address)
        return near + [
            contact
            for contact, theirs in self.addresses.items()
            if theirs.is_in_chat_of(address) and contact not in near
        ]

    def contacts_nearest(self, address: Address) -> list[str]:
        """Return the contacts of this topic if there are any, else those of the whole chat."""
        return self.contacts_at(address) or self.contacts_in_chat(address)

    def acting_for(self, share: Assignment, address: Address) -> str:
        """Return as whom somebody in a chat acts on a share: its contact or seat where they are one, else as they are.

        In a topic of a contact's it is they who act, whoever has other topics of the group. In a chat that is no
        contact's any more it is still the share's contact who spoke last.
        """
        here = self.contacts_nearest(address)
        own = [key for key in (share.contact, share.seat) if key is not None and key in here]
        return next(iter([*own, *here]), share.contact)

    def administrator_at(self, address: Address) -> str | None:
        """Return the administrator reached exactly here; in a group with topics, in the administrators' own."""
        return next((key for key in self.contacts_at(address) if key in self.admins), None)

    def is_admin_chat(self, address: Address) -> bool:
        """Tell whether an administrator is reached exactly here."""
        return self.administrator_at(address) is not None

    def administrators(self) -> list[Address]:
        """Return where administrators are reached, each place once."""
        return list(
            dict.fromkeys(self.addresses[key] for key in self.admins if key in self.addresses and key not in self.lost)
        )

    def is_staff_chat(self, address: Address) -> bool:
        """Tell whether any contact is reached in this chat, whatever the topic."""
        return any(theirs.is_in_chat_of(address) for theirs in self.addresses.values())

    def present(self, address: Address) -> Address:
        """Return an address with the number its chat has now: a group that became a supergroup got a new one."""
        return replace(address, chat=self.moved.get(address.chat_key, address.chat))

    def is_left(self, address: Address) -> bool:
        """Tell whether no contact is reached in this chat any more; a group that got a new number was not left."""
        return not self.is_staff_chat(self.present(address))


def addresses_of(
    rules: Rules, joined: Mapping[str, Address], moved: Mapping[tuple[str, int], int]
) -> dict[str, Address]:
    """Return contact key → address: the one in the rules, else the one they joined with."""
    addresses: dict[str, Address] = {}
    for key, contact in rules.contacts.items():
        if contact.telegram is not None:
            named = Address(_CHANNEL, contact.telegram.chat, contact.telegram.topic)
            addresses[key] = replace(named, chat=moved.get(named.chat_key, named.chat))
        elif key in joined:
            addresses[key] = joined[key]
    return addresses


def deputies_of(rules: Rules) -> dict[str, str | None]:
    """Return contact key → the key of its deputy."""
    return {key: contact.deputy for key, contact in rules.contacts.items()}


def chain_of(contact: str, deputies: Mapping[str, str | None], general_contact: str) -> list[str]:
    """Return a contact, its deputy, the deputy's deputy …, at last the general contact; a circle ends."""
    chain: list[str] = []
    step: str | None = contact
    while step is not None and step not in chain:
        chain.append(step)
        step = deputies.get(step)
    return chain if general_contact in chain else [*chain, general_contact]


async def load_directory(turn: Turn) -> Directory:
    """Gather the directory from the rules and the store; the same one as long as nothing of it changes."""
    rules = turn.book.rules
    joined = await contacts.load_joined(turn.tx)
    moved = await contacts.load_moved_groups(turn.tx)
    away = frozenset(absence.contact for absence in await absences.list_present(turn.tx, turn.at))
    lost = frozenset(await unreachable.load(turn.tx))

    def make() -> Directory:
        addresses = addresses_of(rules, joined, moved)
        return Directory(addresses, deputies_of(rules), rules.general_contact, away, moved, lost, rules.administrators)

    # Comparing the rules themselves would take longer than making a directory.
    return turn.tx.made("directory", (rules.rules_version, id(rules), joined, moved, away, lost), make)


async def follow_group(turn: Turn, old: Address, new: Address) -> None:
    """Reach a contact's group under its new number; a group that is no contact's is not remembered."""
    if not (await load_directory(turn)).is_staff_chat(old):
        return
    await contacts.move_chat(turn.tx, old, new)
    await strange_groups.add_office_group(turn.tx, new.whole_chat)
    await buttons.move_chat(turn.tx, old, new)
    await turn.note(Event.CONTACT_MIGRATED)
    log.warning("a contact's group became a supergroup and is followed; if the rules name it, correct its number there")
