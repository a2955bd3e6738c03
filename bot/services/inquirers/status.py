"""What a person reads when they ask how their inquiries stand: each with its state, who has it, and until when."""

from __future__ import annotations

from bot.model import GONE_ASSIGNMENTS, UNANSWERED_ASSIGNMENTS, Assignment, Inquiry, Person
from bot.services.people.naming import who_has
from bot.services.relaying import open_questions
from bot.services.turn import Turn
from bot.store import assignments, inquiries


async def show_status(turn: Turn, person: Person) -> None:
    """List the person's open inquiries, the one in hand first, a line for each share."""
    lines: list[str] = []
    open_ones = await inquiries.list_open_of(turn.tx, person.id)
    for inquiry in open_ones:
        shares = [
            share for share in await assignments.list_of(turn.tx, inquiry.id) if share.state not in GONE_ASSIGNMENTS
        ]
        if not shares:
            state = turn.say(person.language, f"state-{inquiry.state}")
            lines.append(turn.say(person.language, "status-line-asked", reference=inquiry.reference, state=state))
        asking = await open_questions.list_waiting(turn, inquiry.id, shares)
        lines += [_line(turn, person.language, inquiry, share, asks=share in asking) for share in shares]
    head = turn.say(person.language, "status-head" if lines else "status-none")
    text = "\n".join([head, *(f"• {line}" for line in lines)])
    await turn.notice(person.address, text, about=tuple(inquiry.id for inquiry in open_ones))


def _line(turn: Turn, language: str, inquiry: Inquiry, share: Assignment, *, asks: bool) -> str:
    """Return a share's line; `asks`: its contact waits for the person's answer."""
    values = {
        "reference": inquiry.reference,
        "field": turn.book.field_title(share.field, language),
        "state": turn.say(language, f"state-{share.state}"),
        "contact": who_has(turn, language, share),
    }
    if asks:
        return turn.say(language, "status-line-asks", **values)
    # A promise that was kept, or needs keeping no more, has no date. Nor has an urgent inquiry, for nobody in danger
    # should wait for us.
    if share.promised_at is None or share.state not in UNANSWERED_ASSIGNMENTS or inquiry.is_urgent:
        return turn.say(language, "status-line", **values)
    key = "status-line-due" if turn.at <= share.promised_at else "status-line-late"
    return turn.say(language, key, due=turn.say_moment(language, share.promised_at), **values)
