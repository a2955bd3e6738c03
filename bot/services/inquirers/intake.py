"""Takes inquiries in: opens them, asks where words are not enough, and follows up what belongs to one already there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.model import (
    GENERAL,
    OPEN_ASSIGNMENTS,
    OPEN_STATES,
    Assignment,
    AssignmentState,
    Button,
    Event,
    InboundMessage,
    InquiryState,
    Outcome,
    Person,
    Prompt,
    Reason,
    RoutingDecision,
)
from bot.routing.durations import load_duration
from bot.routing.offering import is_narrow, offered_fields
from bot.services import cards
from bot.services.cards import in_pairs
from bot.services.case import Case, get_case, wait_again
from bot.services.inquirers import choosing, correcting
from bot.services.people import speaking
from bot.services.people.naming import who_has
from bot.services.relaying import addressing, relay, thanks
from bot.services.shares import assigning, filing, handing, promise, receipts, reminders, stranded
from bot.services.turn import Turn
from bot.store import assignments, inquiries, messages, timers
from bot.store.messages import INQUIRER
from bot.store.timers import Timer, TimerKind

# Two full messages of characters. Deciding takes up to 0.1 s for one (measured 2026-11-26 with words nobody knows), and
# while it does, everybody waits: somebody who goes on writing must not make it ever longer.
MOST_CONSIDERED = 8_192


async def open_inquiry(
    turn: Turn,
    person: Person,
    message: InboundMessage,
    *,
    follows: int | None = None,
    more: Sequence[InboundMessage] = (),
) -> Case:
    """Open an inquiry with its first message, and assign it or ask.

    Args:
        follows: the earlier inquiry it goes on from; None for none, but a cry for help goes on from one that ended.
        more: what they wrote besides, which comes under the card.
    """
    decision = turn.decide(message.text)
    year = turn.book.hours.day_of(turn.at).year
    if follows is None and decision.urgent:
        ended = await inquiries.list_ended_of(turn.tx, person.id, most=1)
        follows = next((one.id for one in ended if one.is_urgent), None)
    inquiry = await inquiries.add(turn.tx, turn.at, person.id, decision, follows=follows, year=year)
    for one in (message, *more):
        await messages.add(turn.tx, inquiry.id, INQUIRER, one)
    await _note_decision(turn, inquiry.id, Event.INQUIRY_OPENED, decision)
    case = await get_case(turn, inquiry.id)
    await _act_on(turn, case, decision)
    return case


async def tell_of_danger(turn: Turn, inquiry_id: int, urgent: Case) -> None:
    """Tell the contacts of an inquiry that a message in it spoke of danger, and became an urgent inquiry of its own."""
    case = await get_case(turn, inquiry_id)
    own = turn.book.own_language
    having = [who_has(turn, own, share) for share in await assignments.list_open_of(turn.tx, urgent.inquiry.id)]
    contact = turn.texts.together(own, list(dict.fromkeys(having)))
    for share in await assignments.list_open_of(turn.tx, inquiry_id):
        await assigning.tell_desk(turn, case, share, "danger-elsewhere", urgent=urgent.reference, contact=contact)


async def follow_up(turn: Turn, inquiry_id: int, message: InboundMessage) -> None:
    """Take a message into an inquiry that is there already: more words for the choice, news for the contacts.

    A reply to one contact's words is that contact's turn alone, and opens the part again that they had finished; words
    of danger are everybody's. Thanks for an answer are no news: nobody's turn comes of them.
    """
    case = await get_case(turn, inquiry_id)
    part = await addressing.find_part(turn, inquiry_id, message)
    meant = await assignments.list_open_of(turn.tx, inquiry_id) if part is None else [part]
    if any(one.state in thanks.DONE for one in meant) and thanks.says_nothing(turn, message):
        await thanks.acknowledge(turn, inquiry_id, message)
        return
    later_in_album = await messages.find_of_album(turn.tx, message) is not None
    part_ended = part is not None and part.state not in OPEN_ASSIGNMENTS
    reopened = part_ended or case.inquiry.state not in OPEN_STATES
    # Before the message is stored: a card sent only now brings along all that is.
    if reopened:
        await handing.reopen(turn, case, INQUIRER, part)
    else:
        await stranded.deliver_waiting(turn, inquiry_id=inquiry_id)
    stored = await messages.add(turn.tx, inquiry_id, INQUIRER, message)
    only_for = {} if part is None else {"field": part.field}
    await turn.note(Event.INQUIRY_FOLLOWED_UP, inquiry_id, kind=message.kind, **only_for)
    if case.inquiry.state is InquiryState.ASKED:
        await inquiries.touch(turn.tx, turn.at, inquiry_id)
        if message.text:
            await rethink(turn, case)
        return
    shares = await assignments.list_open_of(turn.tx, inquiry_id)
    if not shares:
        await ask_again(turn, case)
        return
    if part is not None and not turn.decide(message.text).urgent:
        shares = [await assignments.get(turn.tx, part.id)]
    if reopened:
        await _tell_reopened(turn, case, part)
    await inquiries.touch(turn.tx, turn.at, inquiry_id)
    head = "relayed-reopened" if reopened else "relayed"
    for known in shares:
        share, due_at = await _wait_for_contact(turn, case, known)
        only = known.field if len(shares) == 1 else None
        echo = relay.Echo(confirm=not (later_in_album or reopened), due_at=due_at, part=only)
        await relay.pass_on(turn, case, stored, share, head=head, echo=echo)
    await filing.show_due_again(turn, case)


async def _wait_for_contact(turn: Turn, case: Case, share: Assignment) -> tuple[Assignment, datetime | None]:
    """Let a share wait for its contact now that its person wrote again; return it, and a date promised anew."""
    if share.state is not AssignmentState.ANSWERED:
        if share.is_urgent:
            await reminders.begin_anew(turn, share)
        return share, None
    # It is the contact's turn again, and the card must say so; the earlier promise was kept.
    due_at = await promise.renew(turn, await wait_again(turn, share))
    share = await assignments.get(turn.tx, share.id)
    await cards.refresh_card(turn, case, share)
    return share, due_at


async def _tell_reopened(turn: Turn, case: Case, part: Assignment | None) -> None:
    """Tell the person what is open again, with the date of the answer."""
    language, inquiry_id = case.person.language, case.inquiry.id
    every = await assignments.list_of(turn.tx, inquiry_id)
    fields = {one.field for one in every if one.state is not AssignmentState.MOVED}
    if part is None or fields == {part.field}:
        text = turn.say(language, "reopened", reference=case.reference)
        text = await promise.with_date(turn, language, text, inquiry_id)
    else:
        share = await assignments.get(turn.tx, part.id)
        text = turn.say(
            language,
            "reopened-part",
            reference=case.reference,
            field=turn.book.field_title(share.field, language),
            contact=who_has(turn, language, share),
        )
        text = promise.with_date_of(turn, language, text, case.inquiry, share)
    text = speaking.with_numbers(turn, language, text, case.inquiry)
    await turn.notice(case.person.address, text, inquiry_id=inquiry_id, part=None if part is None else part.field)


async def rethink(turn: Turn, case: Case, *, anew: bool = False) -> None:
    """Decide again with all the person has written so far; of very much, with what they wrote last.

    Where the topic still has to be asked for, it is asked below what they wrote, and no longer above.

    Args:
        anew: the question is asked as if it never had been.
    """
    written = await messages.list_of(turn.tx, case.inquiry.id)
    text = "\n".join(message.text for message in written if message.author == INQUIRER and message.text)
    decision = correcting.keep_corrected(case.inquiry.decision, turn.decide(text[-MOST_CONSIDERED:]))
    await inquiries.set_decision(turn.tx, case.inquiry.id, decision)
    await _note_decision(turn, case.inquiry.id, Event.INQUIRY_RETHOUGHT, decision)
    seen = await choosing.put_question_away(turn, case)
    await _act_on(turn, await get_case(turn, case.inquiry.id), decision, more=seen and not anew)


async def ask_again(turn: Turn, case: Case) -> None:
    """Start over with an inquiry that was withdrawn before it was with anybody."""
    await inquiries.set_state(turn.tx, turn.at, case.inquiry.id, InquiryState.ASKED)
    await rethink(turn, case, anew=True)


async def ask_field(turn: Turn, case: Case, fields: list[str], key: str, action: str = "choose") -> None:
    """Ask the person for the field, with a button for each and one for *something else*, unless it is that already.

    Where the first choice is between two, it may be both.
    """
    person = case.person
    there = {share.field for share in await assignments.list_open_of(turn.tx, case.inquiry.id)}
    language = person.language

    async def button(label: str, field: str, **also: str) -> Button:
        return await turn.button(person.address, label, action, case.inquiry.id, field=field, **also)

    offered = [await button(turn.book.field_title(field, language), field) for field in fields]
    if action == "choose" and len(fields) == 2:
        offered.append(await button(turn.say(language, "btn-both"), fields[0], also=fields[1]))
    rows = tuple((one,) for one in offered) if len(offered) <= 3 else in_pairs(offered)
    if GENERAL not in there:
        rows = (*rows, (await button(turn.say(language, "btn-something-else"), GENERAL),))
    text = turn.say(language, key, reference=case.reference)
    prompt = Prompt.FIELD if action == "choose" else None
    await turn.notice(person.address, text, inquiry_id=case.inquiry.id, buttons=rows, prompt=prompt)


async def give_to_general(turn: Turn, case: Case) -> None:
    """Go on without the person's choice: the general contact gets the inquiry, and the person is told.

    The question keeps its buttons: whoever comes back to it may still choose.
    """
    await turn.note(Event.INQUIRY_TIMED_OUT, case.inquiry.id)
    await assigning.assign(turn, case, [GENERAL], Reason.UNDECIDED)
    contact = await _who_has_general(turn, case.inquiry.id, case.person.language)
    text = turn.say(case.person.language, "asked-too-long", reference=case.reference, contact=contact)
    text = await promise.with_date(turn, case.person.language, text, case.inquiry.id)
    buttons = await receipts.correction_buttons(turn, case)
    await turn.notice(case.person.address, text, inquiry_id=case.inquiry.id, buttons=buttons)


async def _who_has_general(turn: Turn, inquiry_id: int, language: str) -> str:
    """Return who has the general contact's share; read again, for whoever stands in is known only once it is sent."""
    shares = await assignments.list_open_of(turn.tx, inquiry_id)
    return who_has(turn, language, next(share for share in shares if share.field == GENERAL))


async def _act_on(turn: Turn, case: Case, decision: RoutingDecision, *, more: bool = False) -> None:
    """Assign an inquiry, or ask its person; `more`: they were asked before, and wrote more instead of choosing."""
    known = [field for field in decision.fields if field in turn.book.rules.fields]
    if decision.urgent:
        await assigning.assign(turn, case, [GENERAL, *known], Reason.ROUTED)
        return
    if decision.outcome is Outcome.ROUTE and known:
        await assigning.assign(turn, case, known, Reason.ROUTED)
        return
    fields = offered_fields(decision, turn.book.rules.fields)
    await turn.note(Event.INQUIRY_ASKED, case.inquiry.id, choices=fields)
    key = "ask-some" if is_narrow(decision) else "ask-all"
    await ask_field(turn, case, fields, "ask-more" if more else key)
    due_at = turn.book.hours.due_at(turn.at, load_duration(turn.book.rules.dialogue.ask_timeout))
    await timers.start(turn.tx, due_at, Timer(TimerKind.ASK, inquiry_id=case.inquiry.id))


async def _note_decision(turn: Turn, inquiry_id: int, event: Event, decision: RoutingDecision) -> None:
    """Write a decision into the journal: keywords of ours and figures, none of the person's words."""
    await turn.note(
        event,
        inquiry_id,
        outcome=decision.outcome,
        fields=list(decision.fields),
        choices=list(decision.choices),
        scores=decision.scores,
        keywords=[[hit.field, hit.keyword, hit.how, round(hit.score, 2)] for hit in decision.hits],
        runner_up=decision.runner_up,
        margin=decision.margin,
        rules=decision.rules_version,
    )
