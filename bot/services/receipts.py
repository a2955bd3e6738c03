"""What the inquirer is told when the inquiry has found its place: where, why, until when, and how to correct it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import GENERAL, Assignment
from bot.services.cards import words_of
from bot.services.case import Case
from bot.services.turn import Turn


async def send_receipt(turn: Turn, case: Case, shares: Sequence[Assignment]) -> None:
    """Send the receipt for an inquiry just assigned; `shares` is never empty, the lead first."""
    person, lead = case.person, shares[0]
    language = person.language
    lines = [_whereabouts(turn, case, shares)]
    if len(shares) == 1 and lead.field != GENERAL:
        words = words_of(turn, case, lead.field, language)
        if words is not None:
            lines.append(turn.say(language, "receipt-why", words=words))
    dues = [share.due_at for share in shares if share.due_at is not None]
    if dues:
        lines.append(turn.say(language, "receipt-due", due=turn.say_moment(language, max(dues))))
    if not turn.book.hours.is_open(turn.at):
        opening = turn.say_moment(language, turn.book.hours.next_opening(turn.at))
        lines.append(turn.say(language, "receipt-closed-now", opening=opening))
    other_label = turn.say(language, "btn-other-topic")
    lines.append("\n" + turn.say(language, "receipt-wrong", button=other_label))
    other = await turn.button(person.address, other_label, "other_topic", case.inquiry.id)
    withdraw = await turn.button(person.address, turn.say(language, "btn-withdraw"), "withdraw", case.inquiry.id)
    await turn.notice(person.address, "\n".join(lines), inquiry_id=case.inquiry.id, buttons=((other, withdraw),))


def _whereabouts(turn: Turn, case: Case, shares: Sequence[Assignment]) -> str:
    language, book = case.person.language, turn.book
    lead = shares[0]
    if len(shares) == 1:
        key = "receipt-general" if lead.field == GENERAL else "receipt"
        more = {} if lead.field == GENERAL else {"field": book.field_title(lead.field, language)}
        return turn.say(language, key, reference=case.reference, contact=book.contact_name(lead.contact), **more)
    each = []
    for share in shares:
        line = turn.say(
            language,
            "receipt-contact",
            contact=book.contact_name(share.contact),
            field=book.field_title(share.field, language),
        )
        words = words_of(turn, case, share.field, language)
        why = "" if words is None else " – " + turn.say(language, "receipt-why", words=words)
        each.append(f"• {line}{why}")
    together = "\n".join(each)
    return turn.say(language, "receipt-two", reference=case.reference, count=len(shares), assignments=together)
