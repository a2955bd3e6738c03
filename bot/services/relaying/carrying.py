"""Puts people's words onto messages: under a line that says whose they are, in parts where they are long.

Text is sent anew, everything else is copied by the channel itself. What contacts need not know of a person is covered
where it reaches them, and where notifications are to be neutral, everybody's words are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.model import CAPTION_UNITS, CAPTIONED, Assignment, DeliveryKind, Draft, MessageKind, Purpose
from bot.services.cards.places import CardPlace
from bot.services.delivery.split import split_text, utf16_length
from bot.services.turn import Turn
from bot.store.messages import INQUIRER, StoredMessage

# Telegram's limits less what the signature and a repeat mark may add (Bot API, `sendMessage` and `copyMessage`).
TEXT_LIMIT = 3_800
CAPTION_LIMIT = 900


def draft_under(place: CardPlace, share: Assignment, message: StoredMessage) -> Draft:
    """Return the draft of what carries a message to a contact, as a reply to what stands at this place."""
    return Draft(
        place.address,
        purpose=Purpose.RELAY,
        reply_to_delivery=place.delivery_id,
        inquiry_id=share.inquiry_id,
        assignment_id=share.id,
        message_id=message.id,
    )


def carry_to_desk(turn: Turn, message: StoredMessage, line: str, base: Draft, *, signed: bool) -> list[Draft]:
    """Return the drafts that carry a message to a contact, as it is read at first.

    What contacts need not know of the person is covered in the person's own words; and where notifications are to be
    neutral, all but the line, whoever wrote it.
    """
    neutral, text = turn.book.is_push_neutral, message.text
    if message.author == INQUIRER:
        text = turn.book.sensitive.cover(text)
    worded_anew = neutral or text != message.text
    drafts = carry(replace(message, text=text), line, base, signed=signed, worded_anew=worded_anew)
    if not neutral:
        return drafts
    return [
        replace(draft, hidden=draft.heading + 2 if draft.heading else 0) if draft.text else draft for draft in drafts
    ]


def followed(drafts: Sequence[Draft], then: Draft | None, otherwise: Draft | None) -> list[Draft]:
    """Return the drafts of one message with what follows on it: once the last was sent, or when that was given up."""
    return [*drafts[:-1], replace(drafts[-1], then=then, otherwise=otherwise)]


def carry(message: StoredMessage, line: str, base: Draft, *, signed: bool, worded_anew: bool = False) -> list[Draft]:
    """Return the drafts that carry a message, in order, never empty.

    Args:
        line: whose words these are.
        signed: whether the line must stand with a medium too; text always has it.
        worded_anew: a medium must not bring its caption as it stands in its chat.
    """
    # A medium whose number went on to another inquiry can be copied no more; its words can be told.
    if message.kind is MessageKind.TEXT or not message.stands_in_chat:
        return _worded(message.text, line, base)
    copy = replace(base, kind=DeliveryKind.COPY, copy_of=(message.address, message.message))
    heading, length = utf16_length(line), utf16_length(message.text)
    if signed and message.kind in CAPTIONED and length <= CAPTION_LIMIT - heading:
        caption = f"{line}\n\n{message.text}" if message.text else line
        return [replace(copy, text=caption, heading=heading)]
    if worded_anew and message.kind in CAPTIONED and message.text:
        if length > CAPTION_UNITS:
            return [*_worded(message.text, line, base), replace(copy, text="")]
        copy = replace(copy, text=message.text)
    return [replace(base, text=line, heading=heading), copy] if signed else [copy]


def _worded(text: str, line: str, base: Draft) -> list[Draft]:
    first, *rest = split_text(text, TEXT_LIMIT)
    return [
        replace(base, text=f"{line}\n\n{first}", heading=utf16_length(line)),
        *(replace(base, text=part) for part in rest),
    ]
