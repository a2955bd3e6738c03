"""`/aendern`: a person corrects what was recognised wrongly about an inquiry: its place, who writes, its field.

Art. 16 GDPR. The wrong value is kept nowhere: the journal says what was corrected, not from what. Corrected values hold
against further words; whoever improves the rules finds them by deciding the text anew (`python -m bot suggest` does so
for fields, which are what routing rests on).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import get_args

from bot.model import (
    GONE_ASSIGNMENTS,
    Audience,
    Button,
    Delivery,
    Event,
    InboundMessage,
    Inquiry,
    MessageKind,
    Person,
    Prompt,
    RoutingDecision,
)
from bot.services import cards
from bot.services.cards import in_pairs
from bot.services.case import Case, get_case
from bot.services.inquirers.offering import Offer, find_named, rows, with_unknown
from bot.services.turn import Turn
from bot.store import assignments, blocks, inquiries, journal, outbox

PLACE, AUDIENCE = "place", "audience"
# Who is asked for a place and just writes it, without replying: a name alone, so shortly after, is the answer.
SHORTLY = timedelta(minutes=10)
MOST_WORDS = 3
# What ends the question for it.
SETTLED = (Event.INQUIRY_CORRECTED, Event.INQUIRY_LEFT)
AUDIENCES = tuple(one for one in get_args(Audience) if one != "unknown")


async def offer(turn: Turn, person: Person, argument: str = "") -> None:
    """Ask which inquiry is meant, or show the one that is named or the only one at once."""
    offered = await choices(turn, person)
    known = offered.inquiries
    named = known[0] if len(known) == 1 and not argument.strip() else find_named(known, argument)
    if not known:
        await turn.notice(person.address, turn.say(person.language, "change-none"))
    elif named is not None:
        await show(turn, await get_case(turn, named.id))
    else:
        text = with_unknown(turn, person, argument, turn.say(person.language, "change-which"))
        about = tuple(inquiry.id for inquiry in known)
        await turn.notice(person.address, text, buttons=await rows(turn, person, offered), about=about)


async def choices(turn: Turn, person: Person) -> Offer:
    """Return the inquiries at which something may be wrong."""

    async def label(inquiry: Inquiry) -> str:
        state = turn.say(person.language, f"state-{inquiry.state}")
        return turn.say(person.language, "btn-change-one", reference=inquiry.reference, state=state)

    return Offer("change_one", await inquiries.list_of_person(turn.tx, person.id), label)


async def show(turn: Turn, case: Case) -> None:
    """Tell what was recognised about an inquiry, with a button for each thing that may be wrong."""
    language, decision = case.person.language, case.inquiry.decision
    place = None if decision is None else decision.place
    audience = "unknown" if decision is None else decision.audience
    nothing = turn.say(language, "change-unknown")
    shares = await assignments.list_open_of(turn.tx, case.inquiry.id)
    fields = turn.texts.together(language, [turn.book.field_title(share.field, language) for share in shares])
    text = turn.say(
        language,
        "change-what",
        reference=case.reference,
        name=case.person.first_name,
        place=place or nothing,
        who=nothing if audience == "unknown" else turn.say(language, f"you-are-{audience}"),
    )
    buttons = [await _button(turn, case, "btn-change-place", "change_place")]
    if place is not None:
        buttons.append(await _button(turn, case, "btn-change-no-place", "change_no_place"))
    buttons.append(await _button(turn, case, "btn-change-who", "change_who"))
    if shares:
        text += "\n" + turn.say(language, "change-field", fields=fields)
    # Another topic would ring at another contact's, and nobody blocked reaches anybody. Whoever cries for help stays
    # with whom the receipt names.
    if shares and not case.inquiry.is_urgent and await blocks.find(turn.tx, turn.at, case.person.address) is None:
        buttons.append(await _button(turn, case, "btn-other-topic", "other_topic"))
    await turn.notice(case.person.address, text, inquiry_id=case.inquiry.id, buttons=in_pairs(buttons))


async def ask_place(turn: Turn, case: Case) -> None:
    """Ask which place it is about; the app opens a reply."""
    text = turn.say(case.person.language, "change-place-ask", reference=case.reference)
    await turn.notice(case.person.address, text, inquiry_id=case.inquiry.id, prompt=Prompt.PLACE)


async def ask_who(turn: Turn, case: Case) -> None:
    """Offer what a person may be to the office."""
    language = case.person.language
    buttons = [
        await turn.button(
            case.person.address, turn.say(language, f"i-am-{one}"), "change_set_who", case.inquiry.id, audience=one
        )
        for one in AUDIENCES
    ]
    text = turn.say(language, "change-who-ask", reference=case.reference)
    rows = tuple((button,) for button in buttons)
    await turn.notice(case.person.address, text, inquiry_id=case.inquiry.id, buttons=rows)


async def is_reply(turn: Turn, person: Person, message: InboundMessage) -> bool:
    """Tell whether a message is the answer to a question for a place."""
    prompt = await _prompt_of(turn, person, message)
    return prompt is not None and prompt.draft.inquiry_id is not None


async def take_reply(turn: Turn, person: Person, message: InboundMessage) -> bool:
    """Take a message for the place that was asked for; False if it is none, and belongs elsewhere."""
    prompt = await _prompt_of(turn, person, message)
    if prompt is None or prompt.draft.inquiry_id is None:
        return False
    case = await get_case(turn, prompt.draft.inquiry_id)
    place = _place_in(turn, message.text)
    if place is None:
        await _ask_again(turn, case, message)
        return True
    await set_place(turn, case, place)
    return True


async def _ask_again(turn: Turn, case: Case, message: InboundMessage) -> None:
    """Say that the place is not known; with a button to leave it, so the app opens no reply nobody gets out of."""
    text = turn.say(case.person.language, "change-place-unknown")
    keep = await _button(turn, case, "btn-change-keep", "change_keep")
    await turn.notice(
        case.person.address,
        text,
        inquiry_id=case.inquiry.id,
        reply_to=message.message,
        buttons=((keep,),),
        prompt=Prompt.PLACE,
    )


async def keep_place(turn: Turn, case: Case) -> None:
    """Leave the place as it is: what the person writes next is no answer to the question any more."""
    await turn.note(Event.INQUIRY_LEFT, case.inquiry.id, what=PLACE)
    text = turn.say(case.person.language, "change-kept", reference=case.reference)
    await turn.notice(case.person.address, text, inquiry_id=case.inquiry.id)


async def set_place(turn: Turn, case: Case, place: str | None) -> None:
    """Correct which place an inquiry is about; None for none in particular."""
    seen = await _correct(turn, case, PLACE, place=place)
    if place is None:
        await _confirm(turn, case, seen, "change-done-no-place")
    else:
        await _confirm(turn, case, seen, "change-done-place", place=place)


async def set_who(turn: Turn, case: Case, audience: Audience) -> None:
    """Correct who writes."""
    seen = await _correct(turn, case, AUDIENCE, audience=audience)
    await _confirm(turn, case, seen, "change-done-who", who=turn.say(case.person.language, f"you-are-{audience}"))


async def _confirm(turn: Turn, case: Case, seen: bool, key: str, **values: str) -> None:
    """Say that something was changed, and whether a contact sees it."""
    language = case.person.language
    text = turn.say(language, key, reference=case.reference, **values)
    if seen:
        text += " " + turn.say(language, "change-seen")
    await turn.notice(case.person.address, text, inquiry_id=case.inquiry.id)


def keep_corrected(before: RoutingDecision | None, now: RoutingDecision) -> RoutingDecision:
    """Return a new decision with what its person has corrected in the earlier one."""
    if before is None or not before.corrected:
        return now
    place = before.place if PLACE in before.corrected else now.place
    audience = before.audience if AUDIENCE in before.corrected else now.audience
    return replace(now, place=place, audience=audience, corrected=before.corrected)


def follow_change(known: RoutingDecision, before: RoutingDecision, now: RoutingDecision) -> dict[str, str | None]:
    """Return what a changed text says otherwise than before, of the place, of who writes and of what they want.

    What the inquiry's other words say stays, and what its person has corrected. So do the fields: whoever has the
    inquiry may be at work.

    Args:
        known: what the inquiry is known to be about; `before` and `now`: what the text's two forms say.
    """
    changed: dict[str, str | None] = {}
    for what, nothing in ((PLACE, None), (AUDIENCE, "unknown"), ("direction", "other")):
        was, now_says = getattr(before, what), getattr(now, what)
        if was != now_says and what not in known.corrected and getattr(known, what) in (was, nothing):
            changed[what] = now_says
    return changed


async def _correct(turn: Turn, case: Case, what: str, **values: object) -> bool:
    """Change what was recognised; return whether anybody has a card that shows it."""
    if case.inquiry.decision is not None:
        corrected = tuple(sorted({*case.inquiry.decision.corrected, what}))
        decision = replace(case.inquiry.decision, corrected=corrected, **values)  # type: ignore[arg-type]
        await inquiries.set_decision(turn.tx, case.inquiry.id, decision)
    await turn.note(Event.INQUIRY_CORRECTED, case.inquiry.id, what=what)
    case, seen = await get_case(turn, case.inquiry.id), False
    for share in await assignments.list_of(turn.tx, case.inquiry.id):
        if share.card is not None and share.state not in GONE_ASSIGNMENTS:
            await cards.refresh_card(turn, case, share)
            seen = True
    return seen


async def _prompt_of(turn: Turn, person: Person, message: InboundMessage) -> Delivery | None:
    """Return the question for a place that a message answers; None if it answers none."""
    if message.kind is not MessageKind.TEXT:
        return None
    if message.reply_to is not None:
        asked = await outbox.find_sent(turn.tx, message.address, message.reply_to)
        if asked is not None or not message.answers_bot or message.answers_button is not None:
            return asked if asked is not None and asked.draft.prompt is Prompt.PLACE else None
        # Maybe the first copy of a question that came twice, whose number nobody knows: as if written without replying.
    asked = await outbox.find_last_prompt(turn.tx, person.address, Prompt.PLACE)
    if asked is None or asked.created_at is None or turn.at - asked.created_at > SHORTLY:
        return None
    if len(message.text.split()) > MOST_WORDS or not _is_name(turn, message.text):
        return None
    # Only right after the question is a name nobody knows taken for an answer: the second time it may be anything.
    if asked.draft.reply_to is not None and _place_in(turn, message.text) is None:
        return None
    return None if await _is_settled(turn, asked, asked.created_at) else asked


async def _is_settled(turn: Turn, asked: Delivery, since: datetime) -> bool:
    """Tell whether the place was corrected since it was asked for, or left as it is."""
    entries = await journal.list_of(turn.tx, asked.draft.inquiry_id or 0)
    return any(one.event in SETTLED and one.data.get("what") == PLACE and one.at >= since for one in entries)


def _is_name(turn: Turn, text: str) -> bool:
    """Tell whether a few words may be the name of a place, known or not, and nothing else.

    They are no question and no thanks; what stands beside a place that is known is about no topic, and no wish.
    """
    beside = turn.decide(" ".join(word for word in text.split() if _place_in(turn, word) is None))
    says_more = beside.hits or beside.direction != "other" or "?" in text
    return not says_more and not turn.book.courtesies.is_all(text)


def _place_in(turn: Turn, text: str) -> str | None:
    """Return the place a text names; some are ordinary words, and known for places by the *in* before them only."""
    return turn.decide(text).place or turn.book.router.decide(f"in {text}").place


async def _button(turn: Turn, case: Case, key: str, action: str) -> Button:
    return await turn.button(case.person.address, turn.say(case.person.language, key), action, case.inquiry.id)
