"""Taking back what the bot wrote into chats, as far as Telegram lets it, when what it was about is deleted."""

from __future__ import annotations

from datetime import timedelta

from bot.model import SHOWN, Address, Delivery, DeliveryKind, Draft
from bot.services.turn import Turn
from bot.store import outbox

# Bot API, deleteMessage: a message can only be deleted within 48 hours. A margin, for it may wait in the outbox.
DELETABLE = timedelta(hours=47)


async def take_back(turn: Turn, delivery: Delivery, blank: str | None = None) -> bool:
    """Delete one message the bot sent; one too old for that is blanked where colleagues would go on reading it.

    A message may be changed however old it is, if it is the bot's own (Bot API, editMessageText). Returns whether there
    was anything to do.

    Args:
        blank: what a message to colleagues is to say then; None for one to the person, who may keep it.
    """
    if delivery.message is None or delivery.draft.kind not in SHOWN:
        return False
    order = Draft(delivery.address, DeliveryKind.DELETE, message=delivery.message, forget=True)
    if delivery.created_at is None or turn.at - delivery.created_at >= DELETABLE:
        if blank is None:
            return False
        order = Draft(
            delivery.address, DeliveryKind.EDIT, text=blank, message=delivery.message, buttons=(), forget=True
        )
    await turn.send(order)
    return True


async def empty_desks(turn: Turn, inquiry_id: int, person: Address, blank: str) -> int:
    """Take what was said in an inquiry back from contacts' chats; return how many messages that are."""
    told = await outbox.list_of_inquiry(turn.tx, inquiry_id)
    return sum([await take_back(turn, one, blank) for one in reversed(told) if not one.address.is_in_chat_of(person)])
