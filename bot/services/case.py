"""An inquiry with the person it came from: what most duties need together."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.lifecycle import derive_state
from bot.model import Assignment, AssignmentState, Inquiry, InquiryState, Person
from bot.services.shares import promise
from bot.services.turn import Turn
from bot.store import assignments, inquiries, people


@dataclass(frozen=True)
class Case:
    """An inquiry and its person, as they stand in this turn; `follows` is the reference of the one it goes on from."""

    inquiry: Inquiry
    person: Person
    follows: str | None = None

    @property
    def reference(self) -> str:
        """The inquiry's public reference."""
        return self.inquiry.reference


async def get_case(turn: Turn, inquiry_id: int) -> Case:
    """Return an inquiry with its person.

    Raises:
        NotFoundError: there is no such inquiry.
    """
    inquiry = await inquiries.get(turn.tx, inquiry_id)
    earlier = None if inquiry.follows is None else await inquiries.get(turn.tx, inquiry.follows)
    person = await people.get(turn.tx, inquiry.person_id)
    return Case(inquiry, person, None if earlier is None else earlier.reference)


async def find_share(turn: Turn, inquiry_id: int, field: str) -> Assignment | None:
    """Return the latest share of a field that was not moved away."""
    of_field = [one for one in await assignments.list_of(turn.tx, inquiry_id) if one.field == field]
    return next((one for one in reversed(of_field) if one.state is not AssignmentState.MOVED), None)


async def set_share_state(turn: Turn, share: Assignment, state: AssignmentState) -> InquiryState:
    """Move one share to a state and the inquiry to where its shares then stand; return that.

    Whoever has to take it now is reminded in time; an answer once given kept its promise, and what comes is a new one.
    """
    await assignments.set_state(turn.tx, turn.at, share.id, state)
    shares = await assignments.list_of(turn.tx, share.inquiry_id)
    if state is AssignmentState.ASSIGNED:
        present = next(one for one in shares if one.id == share.id)
        await (promise.renew if share.state is AssignmentState.ANSWERED else promise.watch)(turn, present)
    inquiry_state = derive_state(share.state for share in shares)
    await inquiries.set_state(turn.tx, turn.at, share.inquiry_id, inquiry_state)
    return inquiry_state


async def untake(turn: Turn, share: Assignment) -> Assignment:
    """Let nobody have taken a share that goes to somebody else, and return it.

    A card that says *in progress* while nobody knows of it would be worse than one more tap. An answer stays given; but
    whoever gave it has the share no more.
    """
    if share.state in (AssignmentState.TAKEN, AssignmentState.ANSWERED):
        await assignments.set_holder(turn.tx, share.id, None)
    if share.state is AssignmentState.TAKEN:
        await set_share_state(turn, share, AssignmentState.ASSIGNED)
    return await assignments.get(turn.tx, share.id)


async def wait_again(turn: Turn, share: Assignment) -> Assignment:
    """Let an answered share wait for an answer again, and return it; its promise stays as it is.

    It is with whoever answered it, or, where it went to somebody else since, waits for somebody to take it.
    """
    await set_share_state(turn, share, AssignmentState.TAKEN)
    taken = await assignments.get(turn.tx, share.id)
    await promise.wait_for_taker(turn, taken)
    return taken if taken.holder is not None else await untake(turn, taken)
