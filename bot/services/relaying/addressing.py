"""Which part of an inquiry a person's reply is meant for: that of the contact whose words, or news of whom, it answers.

What names no contact, and a person's own words, are about the inquiry as a whole.
"""

from __future__ import annotations

from bot.model import Assignment, AssignmentState, Event, InboundMessage, InquiryState
from bot.services.case import find_share
from bot.services.turn import Turn
from bot.store import inquiries, journal, outbox


async def find_part(turn: Turn, inquiry_id: int, message: InboundMessage) -> Assignment | None:
    """Return the share of an inquiry that a message of its person replies to, with whoever has it now.

    A share that was given to another field is that field's; of one asked in again, the later stands for both. None
    where the message is for the whole inquiry: also where all of it was withdrawn, for the reply undoes that.
    """
    if message.reply_to is None:
        return None
    delivery = await outbox.find_sent(turn.tx, message.address, message.reply_to)
    if delivery is None or delivery.draft.part is None or delivery.draft.inquiry_id != inquiry_id:
        return None
    given = {
        entry.data.get("from"): str(entry.data.get("to"))
        for entry in await journal.list_of(turn.tx, inquiry_id)
        if entry.event == Event.INQUIRY_MOVED
    }
    field, passed = delivery.draft.part, set[str]()
    while (share := await find_share(turn, inquiry_id, field)) is None and field in given and field not in passed:
        passed.add(field)
        field = given[field]
    if share is None or share.state is not AssignmentState.WITHDRAWN:
        return share
    withdrawn = (await inquiries.get(turn.tx, inquiry_id)).state is InquiryState.WITHDRAWN
    return None if withdrawn else share
