"""Messages that ask a contact for a reply with a meaning of its own: a question back, a word to close with."""

from __future__ import annotations

from bot.model import UNANSWERED_ASSIGNMENTS, Assignment, AssignmentState, Prompt
from bot.services.case import Case
from bot.services.people.naming import name_of
from bot.services.pressing import Answered, Hand


def leaves(prompt: Prompt | None) -> AssignmentState:
    """Return how a share stands after a reply; whoever asks back has taken it, but not answered."""
    match prompt:
        case Prompt.ASK_BACK:
            return AssignmentState.TAKEN
        case Prompt.CLOSE_WITH:
            return AssignmentState.CLOSED
        case _:
            return AssignmentState.ANSWERED


async def on_ask_back(hand: Hand, case: Case, share: Assignment) -> Answered:
    """Ask for the question to the person; it is no answer, so the promise stays."""
    waits = share.state in UNANSWERED_ASSIGNMENTS
    await _ask(hand, case, share, Prompt.ASK_BACK, "ask-back-ask" if waits else "ask-back-ask-answered")
    return None


async def on_close_with(hand: Hand, case: Case, share: Assignment) -> Answered:
    """Ask for the word to close with."""
    await _ask(hand, case, share, Prompt.CLOSE_WITH, "close-with-ask")
    return None


async def _ask(hand: Hand, case: Case, share: Assignment, prompt: Prompt, key: str) -> None:
    turn = hand.turn
    await turn.notice(
        hand.press.address,
        turn.say(
            turn.book.own_language,
            key,
            reference=case.reference,
            name=name_of(turn, case.person.first_name, case.reference),
        ),
        reply_to=hand.press.message,
        inquiry_id=case.inquiry.id,
        assignment_id=share.id,
        prompt=prompt,
    )
