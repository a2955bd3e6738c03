"""Where a share is shown: its card, and the copies of it in other contacts' chats."""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import NotFoundError
from bot.model import Address, Assignment, DeliveryState, Joined
from bot.services.people.directory import load_directory
from bot.services.turn import Turn
from bot.store import card_copies, outbox


@dataclass(frozen=True)
class CardPlace:
    """One message that shows a share: its card or a copy of it.

    Attributes:
        delivery_id: the delivery that is this message; a reply to it is a reply to the share.
        contact: in whose chat it is, as the bot reached them.
        why: why they have it beside whoever has the share; None for the card itself.
    """

    delivery_id: int
    address: Address
    contact: str
    why: Joined | None = None


async def places_of(turn: Turn, share: Assignment) -> list[CardPlace]:
    """Return where a share is shown: its card first, then the copies in chats that are a contact's still."""
    places = []
    directory = await load_directory(turn)
    if share.card is not None:
        seat = share.contact if share.seat is None else share.seat
        places.append(CardPlace(share.card, await address_of(turn, share), seat))
    for copy in await card_copies.list_of(turn.tx, share.id):
        delivery = await outbox.get(turn.tx, copy.delivery_id)
        if delivery.state is not DeliveryState.PARKED and not directory.is_left(delivery.address):
            places.append(CardPlace(delivery.id, delivery.address, copy.contact, copy.why))
    return places


async def place_of_message(turn: Turn, share: Assignment, address: Address, message: int) -> CardPlace | None:
    """Return the place that is this message, else the share's place in its chat; None where it is not shown there.

    An older card of the share, whose buttons should be gone, stands for the one that took its place.
    """
    here = await _list_in_chat(turn, share, address)
    pressed = await outbox.find_sent(turn.tx, address, message)
    exact = [place for place in here if pressed is not None and place.delivery_id == pressed.id]
    return next(iter([*exact, *here]), None)


async def place_in_chat(turn: Turn, share: Assignment, address: Address) -> CardPlace | None:
    """Return where a share is shown in a chat, in this topic before others, its card before a copy; None if nowhere."""
    return next(iter(await _list_in_chat(turn, share, address)), None)


async def is_shown_at(turn: Turn, share: Assignment, address: Address) -> bool:
    """Tell whether whoever is reached at an address has a share's card or a copy before them."""
    return any(place.address.is_seen_at(address) for place in await places_of(turn, share))


async def _list_in_chat(turn: Turn, share: Assignment, address: Address) -> list[CardPlace]:
    here = [place for place in await places_of(turn, share) if place.address.is_in_chat_of(address)]
    return sorted(here, key=lambda place: not place.address.is_seen_at(address))


async def address_of(turn: Turn, share: Assignment) -> Address:
    """Return where a share's card went, which need not be where its contact is reached now."""
    if share.card is None:
        raise NotFoundError(f"assignment {share.id}: has no card.")
    return (await outbox.get(turn.tx, share.card)).address
