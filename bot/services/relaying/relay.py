"""Carries the inquirer's words over to the contacts who have the inquiry; the way back is in `answers`.

Only when the channel has confirmed it are they told that it was passed on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.model import Assignment, AssignmentState, Delivery, Draft, MessageKind, Purpose
from bot.services.cards import CardPlace, places_of
from bot.services.case import Case
from bot.services.people import speaking
from bot.services.people.directory import load_directory
from bot.services.people.naming import name_in_push, who_has
from bot.services.relaying import colleagues
from bot.services.relaying.carrying import carry_to_desk, draft_under, followed
from bot.services.relaying.surge import ring
from bot.services.shares import promise
from bot.services.turn import Turn
from bot.store.messages import StoredMessage

# The lines above thanks, after which nobody has to do anything.
THANKS, THANKS_WHILE_OPEN = "relayed-thanks", "relayed-thanks-open"


@dataclass(frozen=True)
class Echo:
    """What the inquirer hears of a message of theirs: if it could not be passed on, in any case.

    It looks at the card alone: whoever has a copy only follows along.

    Attributes:
        confirm: they hear that it was passed on, too.
        due_at: until when an answer is promised now, told with that.
        part: where their message goes to one share alone, its field: a reply to what they hear does too.
    """

    confirm: bool
    due_at: datetime | None = None
    part: str | None = None


async def pass_on(
    turn: Turn,
    case: Case,
    message: StoredMessage,
    share: Assignment,
    *,
    head: str = "relayed",
    echo: Echo | None = None,
) -> None:
    """Bring a message from the inquirer to whoever has the card of one share or a copy of it, as a reply to that.

    Args:
        head: the text key of the line above it.
        echo: what the inquirer hears of it; None for nothing, whatever becomes of it.
    """
    if share.card is None:
        # The card, when somebody can be reached, brings all messages along.
        if echo is not None:
            await turn.send(replace(told(turn, case, message, share, "not-passed-on"), part=echo.part))
        return
    card, *copies = await places_of(turn, share)
    drafts = await drafts_for(turn, case, message, share, card, head)
    if echo is not None:
        passed_on = replace(told(turn, case, message, share, "passed-on", echo.due_at), part=echo.part)
        not_passed_on = replace(complaint(turn, case, message, share), part=echo.part)
        drafts = followed(drafts, passed_on if echo.confirm else None, not_passed_on)
    for place in copies:
        drafts += await drafts_for(turn, case, message, share, place, head)
    await turn.send_all(drafts)


async def pass_on_edit(
    turn: Turn,
    case: Case,
    message: StoredMessage,
    shares: Sequence[Assignment],
    *,
    then: Draft | None = None,
    otherwise: Draft | None = None,
) -> bool:
    """Bring a changed text to those who have its earlier form, as a reply to it; False if nobody has it.

    What is finished stays so, and nobody's phone rings for it.

    Args:
        then: what follows once the first of them has it; `otherwise`: if it could not be sent there.
    """
    brought = False
    directory = await load_directory(turn)
    for share in shares:
        for place in [one for one in await places_of(turn, share) if directory.is_staff_chat(one.address)]:
            there = await colleagues.list_brought(turn, message, share, place)
            if not there:
                continue
            drafts = await _quietened(turn, case, place, message, changed(turn, case, message, share, there[0]))
            if share.state is AssignmentState.CLOSED:
                drafts = [replace(draft, quiet=True) for draft in drafts]
            await turn.send_all(drafts if brought else followed(drafts, then, otherwise))
            brought = True
    return brought


async def drafts_for(
    turn: Turn, case: Case, message: StoredMessage, share: Assignment, place: CardPlace, head: str
) -> list[Draft]:
    """Return what brings a message from the inquirer under a card or a copy; never empty."""
    return await _quietened(turn, case, place, message, relayed(turn, case, message, share, place, head))


async def _quietened(
    turn: Turn, case: Case, place: CardPlace, message: StoredMessage, drafts: list[Draft]
) -> list[Draft]:
    """Let a message, or a changed form of it, ring once at most, and not at all where enough rang just now."""
    danger = turn.decide(message.text).urgent
    rings = await ring(turn, case, place, (message.id, message.text), danger=danger)
    return [replace(draft, quiet=not rings or draft is not drafts[0]) for draft in drafts]


def relayed(
    turn: Turn, case: Case, message: StoredMessage, share: Assignment, place: CardPlace, head: str = "relayed"
) -> list[Draft]:
    """Return the same without regard to how much rings there."""
    line = _line_above(turn, case, head)
    signed = head != "relayed" or case.inquiry.is_urgent
    return carry_to_desk(turn, message, line, draft_under(place, share, message), signed=signed)


def changed(turn: Turn, case: Case, message: StoredMessage, share: Assignment, earlier: Delivery) -> list[Draft]:
    """Return the drafts that bring the new form of an inquirer's message where its earlier form is."""
    head = "relayed-changed-closed" if share.state is AssignmentState.CLOSED else "relayed-changed"
    line = _line_above(turn, case, head)
    base = draft_under(CardPlace(earlier.id, earlier.address, ""), share, message)
    return carry_to_desk(turn, replace(message, kind=MessageKind.TEXT), line, base, signed=True)


def _line_above(turn: Turn, case: Case, head: str) -> str:
    """Return the line that tells a contact whose words follow; in an urgent inquiry all but thanks are marked so."""
    own, name = turn.book.own_language, name_in_push(turn, case.person.first_name, case.reference)
    line = turn.say(own, head, reference=case.reference, name=name)
    return (
        turn.say(own, "relayed-urgent", line=line)
        if case.inquiry.is_urgent and head not in (THANKS, THANKS_WHILE_OPEN)
        else line
    )


def told(
    turn: Turn, case: Case, message: StoredMessage, share: Assignment, key: str, due_at: datetime | None = None
) -> Draft:
    """Return what the inquirer is told about a message of theirs; in an urgent inquiry, whom to call each time."""
    language = case.person.language
    text = turn.say(language, key, reference=case.reference, contact=who_has(turn, language, share))
    text = speaking.with_numbers(turn, language, text, case.inquiry, message.text)
    if case.inquiry.is_urgent and share.state is AssignmentState.ASSIGNED and not turn.book.hours.is_open(turn.at):
        # Whoever asks whether anybody is there learns what is so.
        text = speaking.with_line(turn, language, text, case.inquiry, "danger-untaken", message.text)
        opening = turn.say_moment(language, turn.book.hours.next_opening(turn.at))
        text += "\n" + turn.say(language, "receipt-closed-now", opening=opening)
    if due_at is not None:
        text = "\n".join([text, *promise.due_line(turn, language, case.inquiry, due_at)])
    return Draft(case.person.address, text=text, reply_to=message.message, inquiry_id=case.inquiry.id)


def complaint(turn: Turn, case: Case, message: StoredMessage, share: Assignment) -> Draft:
    """Return what the inquirer is told when a message of theirs could not be sent on.

    A medium may be just what that chat does not take, while text would get through.
    """
    key = "not-passed-on" if message.kind is MessageKind.TEXT else "not-passed-on-medium"
    return replace(told(turn, case, message, share, key), purpose=Purpose.NEEDED)
