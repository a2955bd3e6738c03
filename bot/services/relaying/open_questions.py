"""Questions contacts put to their person that stand unanswered: then it is not the office that is waited for."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import UNANSWERED_ASSIGNMENTS, Assignment, Event, JournalEntry, Person
from bot.services.people.naming import who_has
from bot.services.relaying import arriving
from bot.services.turn import Turn
from bot.store import assignments, inquiries, journal, people


async def list_waiting(turn: Turn, inquiry_id: int, shares: Sequence[Assignment]) -> list[Assignment]:
    """Return those of an inquiry's shares that are owed no answer before their person has given one."""
    if not any(share.state in UNANSWERED_ASSIGNMENTS for share in shares):
        return []
    return [share for share, _ in _asking(shares, await journal.list_of(turn.tx, inquiry_id))]


async def remind_of(turn: Turn, inquiry_id: int) -> list[str]:
    """Tell the inquirer whose question waits for them, where the promised time has come; once a question.

    Returns:
        The fields whose question they are told of now or were told of before.
    """
    entries = await journal.list_of(turn.tx, inquiry_id)
    news: list[Assignment] = []
    known: list[Assignment] = []
    for share, question in _asking(await assignments.list_open_of(turn.tx, inquiry_id), entries):
        if share.promised_at is None or share.promised_at > turn.at:
            continue
        told = [one for one in entries if one.event == Event.INQUIRY_ASKED_AGAIN and one.id > question.id]
        (known if any(one.data.get("field") == share.field for one in told) else news).append(share)
    if news:
        inquiry = await inquiries.get(turn.tx, inquiry_id)
        person = await people.get(turn.tx, inquiry.person_id)
        for share in news:
            await turn.note(Event.INQUIRY_ASKED_AGAIN, inquiry_id, field=share.field)
        text = say(turn, person, "still-asked", inquiry.reference, news)
        await turn.notice(person.address, text, inquiry_id=inquiry_id, part=news[0].field if len(news) == 1 else None)
    return [share.field for share in [*known, *news]]


def _asking(shares: Sequence[Assignment], entries: list[JournalEntry]) -> list[tuple[Assignment, JournalEntry]]:
    """Return the unanswered shares whose last word is a question to the person, each with its entry."""
    unanswered = [share for share in shares if share.state in UNANSWERED_ASSIGNMENTS]
    asked = [(share, arriving.find_open_question(entries, share.field)) for share in unanswered]
    return [(share, question) for share, question in asked if question is not None]


def say(turn: Turn, person: Person, key: str, reference: str, asking: Sequence[Assignment]) -> str:
    """Return what a person is told about those who asked them."""
    names = list(dict.fromkeys(who_has(turn, person.language, share) for share in asking))
    contacts = turn.texts.together(person.language, names)
    return turn.say(person.language, key, reference=reference, contact=contacts, count=len(names))
