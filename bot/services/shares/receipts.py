"""What the inquirer is told when the inquiry has found its place: where, why, until when, and how to correct it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import GENERAL, Assignment, Rows
from bot.services.cards import words_of
from bot.services.case import Case
from bot.services.people.naming import who_has
from bot.services.shares import promise
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
        lines += promise.due_line(turn, language, case.inquiry, max(dues))
    if case.follows is not None:
        lines.append(turn.say(language, "receipt-follows", reference=case.follows))
    if not turn.book.hours.is_open(turn.at):
        opening = turn.say_moment(language, turn.book.hours.next_opening(turn.at))
        lines.append(turn.say(language, "receipt-closed-now", opening=opening))
    if not case.inquiry.is_urgent:
        lines.append(_hint(turn, language))
    buttons = await correction_buttons(turn, case)
    await turn.notice(person.address, "\n".join(lines), inquiry_id=case.inquiry.id, buttons=buttons)


def without_hint(turn: Turn, text: str) -> str:
    """Return a receipt's text without what it says of a button, once that is gone."""
    for language in turn.book.rules.office.languages:
        text = text.replace("\n" + _hint(turn, language), "")
    return text


async def correction_buttons(turn: Turn, case: Case) -> Rows:
    """Return the buttons by which a person corrects or ends their open inquiry."""
    address, language = case.person.address, case.person.language
    withdraw = await turn.button(address, turn.say(language, "btn-withdraw"), "withdraw", case.inquiry.id)
    if case.inquiry.is_urgent:
        # Whoever cries for help is not asked to sort their words, but may have been misunderstood.
        return ((withdraw,),)
    other = await turn.button(address, turn.say(language, "btn-other-topic"), "other_topic", case.inquiry.id)
    return ((other, withdraw),)


def _hint(turn: Turn, language: str) -> str:
    """Return the line, and the empty one before it, that says how to correct the topic."""
    return "\n" + turn.say(language, "receipt-wrong", button=turn.say(language, "btn-other-topic"))


def _whereabouts(turn: Turn, case: Case, shares: Sequence[Assignment]) -> str:
    language, book = case.person.language, turn.book
    lead = shares[0]
    if case.inquiry.is_urgent:
        having = list(dict.fromkeys(who_has(turn, language, share) for share in shares))
        contact = turn.texts.together(language, having)
        return turn.say(language, "receipt-urgent", reference=case.reference, contact=contact)
    if len(shares) == 1:
        key = "receipt-general" if lead.field == GENERAL else "receipt"
        more = {} if lead.field == GENERAL else {"field": book.field_title(lead.field, language)}
        return turn.say(language, key, reference=case.reference, contact=who_has(turn, language, lead), **more)
    each = []
    for share in shares:
        line = turn.say(
            language,
            "receipt-contact",
            contact=who_has(turn, language, share),
            field=book.field_title(share.field, language),
        )
        words = words_of(turn, case, share.field, language)
        why = "" if words is None else " – " + turn.say(language, "receipt-why", words=words)
        each.append(f"• {line}{why}")
    together = "\n".join(each)
    return turn.say(language, "receipt-two", reference=case.reference, count=len(shares), assignments=together)
