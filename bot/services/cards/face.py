"""What stands on a card: why the inquiry is here, who writes, until when, how it stands and with whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.model import (
    EMERGENCY,
    GENERAL,
    OPEN_ASSIGNMENTS,
    UNANSWERED_ASSIGNMENTS,
    Address,
    Assignment,
    AssignmentState,
    Reason,
    RoutingDecision,
)
from bot.services.cards.history import giver_lines, moved_to, past_lines
from bot.services.case import Case
from bot.services.delivery.split import utf16_length
from bot.services.people.block_words import blocked_lines
from bot.services.people.directory import load_directory
from bot.services.people.naming import name_of
from bot.services.quoting import without_signs
from bot.services.shares import promise
from bot.services.turn import Turn
from bot.store import assignments, inquiries, messages

MOST_WORDS = 4


@dataclass(frozen=True)
class Face:
    """A card's text; `heading` and `hidden` as in `Draft`."""

    text: str
    heading: int
    hidden: int | None = None


async def card_text(
    turn: Turn, case: Case, share: Assignment, body: str, address: Address, now_with: str | None = None
) -> Face:
    """Return the whole card; `now_with`: who has the share where this card has not."""
    language = turn.book.own_language
    shares = await assignments.list_of(turn.tx, case.inquiry.id)
    head = turn.say(language, "card-head", reference=case.reference, field=turn.book.field_title(share.field, language))
    lines = [head, *_reason_lines(turn, case, share, shares), *await giver_lines(turn, share)]
    if now_with is not None:
        lines.append(turn.say(language, "card-now-with", contact=turn.book.contact_name(now_with)))
    elif share.contact not in (await load_directory(turn)).contacts_at(address):
        lines.append(turn.say(language, "card-deputy", contact=turn.book.contact_name(share.contact)))
    lines += _about_lines(turn, case)
    notes = sum(message.internal for message in await messages.list_of(turn.tx, case.inquiry.id))
    if notes:
        lines.append(turn.say(language, "card-notes", count=notes))
    if case.inquiry.for_file:
        # Read again: what leads to this card being drawn may belong in the file itself.
        inquiry = await inquiries.get(turn.tx, case.inquiry.id)
        filed_at = None if inquiry.is_to_be_filed else inquiry.filed_at
        filed = None if filed_at is None else turn.say_moment(language, filed_at)
        lines.append(
            turn.say(language, "card-for-file") if filed is None else turn.say(language, "card-filed", at=filed)
        )
    if share.card is not None or case.inquiry.opened_at != turn.at:  # else it has no past, and who wrote is not blocked
        lines += await past_lines(turn, share)
        if share.state in OPEN_ASSIGNMENTS:
            lines += await blocked_lines(turn, case.person.address, "card-blocked")
    lines += _due_lines(turn, share)
    lines.append(await _state_line(turn, case, share))
    if not turn.book.is_push_neutral:
        return Face("\n".join(lines) + f"\n\n{body}", utf16_length(head))
    # What a notification may show stands first; the person's name and words come after, covered.
    theirs = set(_private_lines(turn, case, share))
    first = "\n".join(line for line in lines if line not in theirs)
    rest = "\n".join([*(line for line in lines if line in theirs), "", body])
    return Face(f"{first}\n\n{rest}", utf16_length(head), utf16_length(first) + 2)


def _private_lines(turn: Turn, case: Case, share: Assignment) -> Iterator[str]:
    """Return those of the card's lines that hold the person's name or words."""
    own = turn.book.own_language
    yield turn.say(own, "card-from", name=name_of(turn, case.person.first_name, case.reference))
    for field in (share.field, EMERGENCY):
        words = _open_words_of(turn, case, field)
        if words is not None:
            yield turn.say(own, "card-why", words=words)


def words_of(turn: Turn, case: Case, field: str, language: str) -> str | None:
    """Return the person's own words a field was recognised by, strongest first; None where there were none."""
    return _together(turn, _found(case, field), language)


def _open_words_of(turn: Turn, case: Case, field: str) -> str | None:
    """Return the same for contacts, without what is covered in the text: the reason must not give it away."""
    found = [word for word in _found(case, field) if not turn.book.sensitive.is_in(word)]
    if field == EMERGENCY:
        found = _without_overlaps(found)
    return _together(turn, found, turn.book.own_language)


def _found(case: Case, field: str) -> list[str]:
    hits = () if case.inquiry.decision is None else case.inquiry.decision.hits
    return list(dict.fromkeys(hit.found for hit in hits if hit.field == field))


def _together(turn: Turn, words: list[str], language: str) -> str | None:
    """Join words into a reason; what a longer one among them says already is not said again."""
    told = [word for word in words if not any(_says_too(other, word) for other in words)]
    quoted = [turn.say(language, "found-words", words=word) for word in told[:MOST_WORDS]]
    return turn.texts.together(language, quoted) if quoted else None


def _without_overlaps(words: list[str]) -> list[str]:
    """Leave out what is mostly made of words told already: many patterns of danger find the same few words."""
    told: set[str] = set()
    kept = []
    for found in words:
        parts = set(found.casefold().replace("…", " ").split())
        if 2 * len(parts & told) < len(parts):
            kept.append(found)
            told |= parts
    return kept


def _says_too(longer: str, word: str) -> bool:
    longer, word = without_signs(longer.casefold()), without_signs(word.casefold())
    return len(longer) > len(word) and f" {word} " in f" {longer} "


def _due_lines(turn: Turn, share: Assignment) -> Iterator[str]:
    """Say until when an answer was promised, and whether that is near or past; nothing once none is owed any more.

    What is urgent is to be looked at at once, until somebody does.
    """
    if share.due_at is None:
        if share.state is AssignmentState.ASSIGNED:
            yield turn.say(turn.book.own_language, "card-at-once")
        return
    if share.state not in UNANSWERED_ASSIGNMENTS:
        return
    key = "card-due"
    if promise.is_overdue(turn, share):
        key = "card-overdue"
    elif promise.is_due_soon(turn, share):
        key = "card-due-soon"
    yield turn.say(turn.book.own_language, key, due=turn.say_moment(turn.book.own_language, share.due_at))


async def _state_line(turn: Turn, case: Case, share: Assignment) -> str:
    """Say how it stands and by whom; of what was given to another field, who got it. Only its person withdraws it."""
    own = turn.book.own_language
    if share.state is AssignmentState.WITHDRAWN:
        return turn.say(own, "card-withdrawn")
    state = turn.say(own, f"state-{share.state}")
    to = await moved_to(turn, share) if share.state is AssignmentState.MOVED else None
    if to is not None:
        return turn.say(own, "card-moved-to", contact=to)
    if share.holder is not None and share.state is not AssignmentState.ASSIGNED:
        return turn.say(own, "card-state-by", state=state, holder=share.holder)
    return turn.say(own, "card-state", state=state)


def _reason_lines(turn: Turn, case: Case, share: Assignment, shares: list[Assignment]) -> Iterator[str]:
    """Say why the inquiry is here, and with whom else."""
    language, book = turn.book.own_language, turn.book
    urgent = case.inquiry.is_urgent
    if urgent:
        yield turn.say(language, "card-urgent")
        danger = _open_words_of(turn, case, EMERGENCY)
        if danger is not None:
            yield turn.say(language, "card-why", words=danger)
    words = _open_words_of(turn, case, share.field)
    moved = [other for other in shares if other.state is AssignmentState.MOVED and other.id < share.id]
    if share.reason is Reason.MOVED and moved:
        yield turn.say(language, "card-moved-from", field=book.field_title(moved[-1].field, language))
    elif share.reason is Reason.UNDECIDED:
        yield turn.say(language, "card-ask-expired")
    elif share.reason is Reason.CHOSEN and share.field != GENERAL:
        yield turn.say(language, "card-chosen-by-person")
    if words is not None:
        yield turn.say(language, "card-why", words=words)
    elif share.field == GENERAL and share.reason in (Reason.ROUTED, Reason.CHOSEN) and not urgent:
        yield turn.say(language, "card-no-field")
    others = [other for other in shares if other.id != share.id and other.state in OPEN_ASSIGNMENTS]
    if others and share.state is not AssignmentState.MOVED:
        titles = [book.field_title(other.field, language) for other in others]
        yield turn.say(language, "card-also", others=turn.texts.together(language, titles))


def _about_lines(turn: Turn, case: Case) -> Iterator[str]:
    """Say who writes, what they want, about which place, in which language, as far as anything is known."""
    language, decision = turn.book.own_language, case.inquiry.decision
    yield turn.say(language, "card-from", name=name_of(turn, case.person.first_name, case.reference))
    if case.follows is not None:
        yield turn.say(language, "card-follows", reference=case.follows)
    if decision is not None:
        yield from _what_lines(turn, decision)
    yield from _language_lines(turn, case)


def _what_lines(turn: Turn, decision: RoutingDecision) -> Iterator[str]:
    language = turn.book.own_language
    if decision.audience != "unknown":
        # What the person set right says otherwise than their words below it.
        key = "card-who-corrected" if "audience" in decision.corrected else "card-who"
        yield turn.say(language, key, who=turn.say(language, f"audience-{decision.audience}"))
    if decision.direction != "other":
        yield turn.say(language, "card-wants", wants=turn.say(language, f"direction-{decision.direction}"))
    if "place" in decision.corrected:
        place = decision.place or turn.say(language, "card-place-none")
        yield turn.say(language, "card-place-corrected", place=place)
    elif decision.place is not None:
        yield turn.say(language, "card-place", place=decision.place)


def _language_lines(turn: Turn, case: Case) -> Iterator[str]:
    """Say in which language the person wrote and the bot answers, where one of them is not the office's own."""
    own, decision = turn.book.own_language, case.inquiry.decision
    written, spoken = None if decision is None else decision.language, case.person.language
    bot = turn.texts.language_name(own, spoken)
    language = None if written is None else turn.texts.language_name(own, written)
    if language is None and spoken != own:
        yield turn.say(own, "card-bot-language", bot=bot)
    elif language is not None and spoken != own:
        yield turn.say(own, "card-language-and-bots", language=language, bot=bot)
    elif language is not None and written != own:
        yield turn.say(own, "card-language", language=language)
