"""Brings what was written so far to where it was not shown: under a new card, or one that was closed meanwhile.

What people wrote to each other comes without a sound. Where its writer still waits to hear whether it was passed on,
they hear it of what goes here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.model import Assignment, DeliveryState, Draft, MessageKind
from bot.services.cards import CardPlace, places_of
from bot.services.case import Case
from bot.services.relaying import colleagues, relay
from bot.services.shares import promise
from bot.services.turn import Turn
from bot.store import messages, outbox, unsent
from bot.store.messages import INQUIRER, StoredMessage


async def bring_along(turn: Turn, case: Case, share: Assignment, place: CardPlace, owed: Sequence[Draft] = ()) -> None:
    """Bring under a card or a copy just sent all that was written: by the inquirer, to them, and among colleagues.

    Args:
        owed: drafts in whose place these go; what was to follow on them follows on these.
    """
    on_card = True  # the inquirer's first words, if they are text
    for message in await messages.list_of(turn.tx, case.inquiry.id):
        if message.internal:
            await colleagues.show_note(turn, case, message, share, place)
        elif message.author == INQUIRER:
            if not on_card or message.kind is not MessageKind.TEXT:
                *drafts, last = relay.relayed(turn, case, message, share, place)
                for draft in (*drafts, _with_what_follows(turn, case, message, share, last, owed)):
                    await turn.send(replace(draft, quiet=True))  # the card rang
            on_card = False
        else:
            await turn.send_all(await colleagues.shown(turn, case, message, share, place))


async def bring_missed(turn: Turn, case: Case, share: Assignment, *, since: datetime | None) -> None:
    """Bring under a share's card and its copies what did not come there, because it was written while that was closed.

    Of what the inquirer wrote nothing is left out, and what was changed since it came is brought in its new form. Notes
    came all the same.

    Args:
        since: when it was closed; what colleagues wrote before is left out.
    """
    written = [one for one in await messages.list_of(turn.tx, case.inquiry.id) if not one.internal]
    for place in await places_of(turn, share):
        for message in written:
            there = await colleagues.list_brought(turn, message, share, place)
            drafts: list[Draft] = []
            if message.author != INQUIRER:
                is_later = since is None or message.sent_at >= since
                if is_later and not there and not message.address.is_seen_at(place.address):
                    drafts = await colleagues.shown(turn, case, message, share, place)
            elif not there:
                drafts = relay.relayed(turn, case, message, share, place)
            elif message.edited_at is not None and (there[-1].created_at or turn.at) < message.edited_at:
                drafts = relay.changed(turn, case, message, share, there[0])
            for draft in drafts:
                await turn.send(replace(draft, quiet=True))


async def confirm_there(turn: Turn, case: Case, share: Assignment, place: CardPlace, owed: Sequence[Draft]) -> None:
    """Let what is owed on drafts that are not sent any more follow on what the same messages brought to a place."""
    ids = {draft.message_id for draft in owed}
    for message in (one for one in await messages.list_of(turn.tx, case.inquiry.id) if one.id in ids):
        there = [
            one
            for one in await outbox.list_of_message(turn.tx, message.id)
            if one.draft.assignment_id == share.id and one.address.is_seen_at(place.address)
        ]
        if not there:
            continue
        draft = _with_what_follows(turn, case, message, share, there[-1].draft, owed)
        follows = None
        match there[-1].state:
            case DeliveryState.QUEUED | DeliveryState.SENDING:
                await unsent.put_draft(turn.tx, there[-1].id, draft)
            case DeliveryState.SENT:
                follows = draft.then
            case DeliveryState.PARKED:
                follows = draft.otherwise
        if follows is not None:
            await turn.send(follows)


def _with_what_follows(
    turn: Turn, case: Case, message: StoredMessage, share: Assignment, draft: Draft, owed: Sequence[Draft]
) -> Draft:
    """Return the last draft that carries a message, with what was to follow on one that went to somebody else."""
    former = next((one for one in owed if one.message_id == message.id), None)
    if former is None:
        return draft
    told = relay.told(turn, case, message, share, "passed-on")
    # A date may have been told with the former one alone.
    text = promise.with_date_of(turn, case.person.language, told.text or "", case.inquiry, share)
    then, otherwise = former.then, former.otherwise
    return replace(
        draft,
        then=then and replace(told, text=text, part=then.part),
        otherwise=otherwise and replace(relay.complaint(turn, case, message, share), part=otherwise.part),
    )
