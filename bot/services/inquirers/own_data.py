"""`/meinedaten`: a person sees what is stored about them, in a few plain lines, and gets all of it as two files.

Arts. 15 and 20 GDPR: a page to read and the same as JSON for programs. What is in them, and what for the sake of others
is not: `bot.services.records.coverage`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.model import AssignmentState, DeliveryKind, Draft, Event, Inquiry, Person
from bot.routing.durations import load_duration
from bot.services import lifetimes
from bot.services.records.papers import OWN_JSON, OWN_PAGE
from bot.services.records.wording import Wording
from bot.services.turn import Turn
from bot.store import assignments, held, inquiries, messages, outbox, own_data
from bot.store.held import HeldFor
from bot.store.messages import INQUIRER
from bot.store.values import some_time

# The files change little within an hour, and each is one more copy in a chat. The lines come whenever asked for.
AGAIN_AFTER = timedelta(hours=1)
MOST_LINES = 8


async def show(turn: Turn, person: Person) -> None:
    """Tell what is stored, and send the files unless they were sent a moment ago."""
    wording = Wording(turn, person.language)
    known = await inquiries.list_of_person(turn.tx, person.id)
    about = tuple(inquiry.id for inquiry in known)
    last = await outbox.find_last_document(turn.tx, person.address)
    lately = last is not None and turn.at - last < AGAIN_AFTER
    lines = [*await _about_person(wording, person), *await _about_inquiries(wording, person, known)]
    if lately and last is not None:
        at = turn.say_moment(person.language, last + AGAIN_AFTER)
        lines.append(turn.say(person.language, "own-data-again", at=at))
    else:
        lines.append(turn.say(person.language, "own-data-files"))
    lines.append(turn.say(person.language, "own-data-hands"))
    await turn.notice(person.address, "\n\n".join(lines), about=about)
    if lately:
        return
    for paper, caption in ((OWN_PAGE, "own-data-page-caption"), (OWN_JSON, "own-data-json-caption")):
        text = turn.say(person.language, caption)
        await turn.send(Draft(person.address, DeliveryKind.DOCUMENT, text=text, document=paper, about=about))
    await turn.note(Event.OWN_DATA_GIVEN)


async def _about_person(wording: Wording, person: Person) -> list[str]:
    turn, say = wording.turn, wording.say
    dates = await own_data.dates_of_person(turn.tx, person.id)
    since = some_time(str(dates["created_at"]))
    lines = [
        say("own-data-head"),
        say("own-data-name", name=person.first_name),
        say("own-data-language", language=turn.texts.language_name(person.language, person.language)),
        say("own-data-chat", chat=str(person.address.chat)),
        say("own-data-since", at=wording.at(dates["created_at"]) or ""),
    ]
    if dates["noticed_at"] is None:
        hold = load_duration(turn.book.rules.dialogue.hold).elapsed()
        lines.append(say("own-data-unnoticed", at=wording.at(since + hold) or ""))
    else:
        version = str(dates["notice_version"])
        lines.append(say("own-data-noticed", at=wording.at(dates["noticed_at"]) or "", version=version))
    return ["\n".join([lines[0], *(f"• {line}" for line in lines[1:])])]


async def _about_inquiries(wording: Wording, person: Person, known: list[Inquiry]) -> list[str]:
    turn, say = wording.turn, wording.say
    lines = [await _line(wording, inquiry) for inquiry in known[:MOST_LINES]]
    if len(known) > MOST_LINES:
        lines.append(say("own-data-more", count=len(known) - MOST_LINES))
    parts = ["\n".join([say("own-data-inquiries"), *lines])] if lines else []
    if not known and person.noticed_at is not None:
        dates = await own_data.dates_of_person(turn.tx, person.id)
        length = lifetimes.length(turn.book.rules.privacy.retention.content)
        goes_at = some_time(str(dates["created_at"])) + length
        parts.append(say("own-data-no-inquiry", at=turn.texts.date(person.language, turn.book.hours.day_of(goes_at))))
    waiting = sum([len(await held.list_of(turn.tx, person.id, reason)) for reason in HeldFor])
    if waiting:
        parts.append(say("own-data-held", count=waiting))
    return parts


async def _line(wording: Wording, inquiry: Inquiry) -> str:
    turn, say = wording.turn, wording.say
    written = [one for one in await messages.list_of(turn.tx, inquiry.id) if not one.internal]
    own = sum(one.author == INQUIRER for one in written)
    shares = [one for one in await assignments.list_of(turn.tx, inquiry.id) if one.state is not AssignmentState.MOVED]
    fields = list(dict.fromkeys(turn.book.field_title(one.field, wording.language) for one in shares))
    key = "own-data-inquiry" if fields else "own-data-inquiry-asked"
    values: dict[str, str] = {"fields": wording.turn.texts.together(wording.language, fields)} if fields else {}

    def day(at: datetime) -> str:
        return turn.texts.date(wording.language, turn.book.hours.day_of(at))

    return say(
        key,
        reference=inquiry.reference,
        state=wording.state(inquiry.state),
        opened=day(inquiry.opened_at),
        own=own,
        ours=len(written) - own,
        goes=say(
            "own-data-goes" if inquiry.closed_at is not None else "own-data-goes-latest",
            at=day(lifetimes.goes_at(turn, inquiry)),
        ),
        **values,
    )
