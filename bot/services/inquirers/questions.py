"""Questions with buttons in a person's chat: once a question is answered or asked anew, its buttons go.

A button that is left would be pressed, and pressed in vain. What asks is marked (`Draft.prompt`), so that it is found
again (`outbox.list_prompts`); what has not been sent yet is not sent any more.
"""

from __future__ import annotations

from bot.model import Delivery, DeliveryKind, DeliveryState, Draft, Rows
from bot.services.turn import Turn
from bot.store import sending, unsent


async def put_away(turn: Turn, asked: Delivery, text: str | None = None) -> bool:
    """Take the buttons off a message; True if its person may have seen them.

    Args:
        text: what the message is to say then; None for what it says now.
    """
    return await _edit(turn, asked, text, ())


async def change(turn: Turn, asked: Delivery, text: str) -> bool:
    """Let a message say something else under the same buttons; True if its person may have seen it."""
    return await _edit(turn, asked, text, asked.draft.buttons or ())


async def offer(turn: Turn, asked: Delivery, buttons: Rows) -> bool:
    """Put other buttons under what a message says; True if its person may have seen it."""
    return await _edit(turn, asked, None, buttons)


async def _edit(turn: Turn, asked: Delivery, text: str | None, buttons: Rows) -> bool:
    if asked.state is DeliveryState.QUEUED:
        await sending.mark_skipped(turn.tx, asked.id, "asked anew or answered before it was sent")
        return False
    if asked.message is None and asked.state is not DeliveryState.SENDING:
        return True  # it stands in no chat, or nobody knows
    await unsent.supersede_edits(turn.tx, asked.id, DeliveryKind.EDIT, DeliveryKind.EDIT_BUTTONS)
    changed = text is not None and text != (asked.draft.text or "")
    await turn.send(
        Draft(
            asked.address,
            DeliveryKind.EDIT if changed else DeliveryKind.EDIT_BUTTONS,
            text=text if changed else None,
            buttons=buttons,
            edits=asked.id,
            inquiry_id=asked.draft.inquiry_id,
            about=asked.draft.about,
        )
    )
    return True
