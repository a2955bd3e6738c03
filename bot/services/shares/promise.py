"""The promise: until when an answer is due, what watches over it, and owning up to it once when it cannot be kept."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.model import UNANSWERED_ASSIGNMENTS, Assignment, AssignmentState, Event, Inquiry
from bot.routing.durations import load_duration
from bot.services.people.naming import who_has
from bot.services.relaying import open_questions
from bot.services.turn import Turn
from bot.store import assignments, inquiries, people, slips, timers
from bot.store.timers import Timer, TimerKind

# So long a card that rings may lie before the next one rings, where somebody may be in danger: by the clock, for danger
# keeps no office hours.
URGENT_STEP = load_duration("15 minutes")
# So often whoever has it is reminded then while the office is closed, and when it is day there.
BY_DAY, BY_NIGHT = timedelta(hours=1), timedelta(hours=2)
DAY_BEGINS, DAY_ENDS = time(7), time(22)
# For so long, which takes in a weekend; what rings day and night for longer is no longer heard.
HURRY_FOR = timedelta(days=3)


def waits_for_somebody(share: Assignment) -> bool:
    """Tell whether somebody is to be reminded of a share: to take it, or to answer what is urgent."""
    return share.state in (UNANSWERED_ASSIGNMENTS if share.is_urgent else {AssignmentState.ASSIGNED})


def take_by(turn: Turn, share: Assignment, within: str) -> datetime:
    """Return when the next step of a share nobody takes comes: within so long, or much sooner where it is urgent."""
    return turn.book.hours.due_at(turn.at, URGENT_STEP if share.is_urgent else load_duration(within))


def remind_again_at(turn: Turn, since: datetime) -> datetime:
    """Return when whoever has what is urgent is reminded again, once the steps are over and it has no answer.

    After a quarter of an hour while the office is open, an hour by day, two hours at night; sooner where the office
    opens or the day begins before. After `HURRY_FOR` each time the office opens.

    Args:
        since: when its person last wrote, or it was taken.
    """
    hours, soonest = turn.book.hours, turn.at + URGENT_STEP.elapsed()
    if turn.at >= since + HURRY_FOR:
        return hours.next_opening(turn.at)
    if hours.is_open(turn.at):
        return soonest
    later = turn.at + BY_DAY
    if is_night(turn, later):
        later = turn.at + BY_NIGHT
        if later > morning(turn) - BY_DAY:
            later = morning(turn)  # not shortly before the day begins, and then again
    return max(soonest, min(later, morning(turn), hours.next_opening(turn.at)))


def is_night(turn: Turn, at: datetime) -> bool:
    """Tell whether only what is urgent may ring at a moment."""
    hours = turn.book.hours
    return hours.next_on_any_day(at, DAY_BEGINS) < hours.next_on_any_day(at, DAY_ENDS)


def morning(turn: Turn) -> datetime:
    """Return when the day begins next."""
    return turn.book.hours.next_on_any_day(turn.at, DAY_BEGINS)


async def watch(turn: Turn, share: Assignment) -> None:
    """Start a share's timers anew: it became assigned, or got another due time.

    They are never stopped: whoever carries one out looks at what the share is by then.
    """
    due: dict[TimerKind, datetime] = {}
    if waits_for_somebody(share):
        due[TimerKind.TAKE] = take_by(turn, share, turn.book.rules.reminders.take_within)
    # What was told to be overdue is not told again to whoever has it next: their card shows it.
    past = share.due_at is not None and share.due_at <= turn.at
    if share.due_at is not None and not past:
        due[TimerKind.DUE] = share.due_at
        # Whoever gets a share that is due soon sees that on its card.
        if (at := soon_at(turn, share.due_at)) > turn.at:
            due[TimerKind.SOON] = at
    await timers.restart_share(turn.tx, share.id, due, keep=TimerKind.DUE if past else None)


async def wait_for_taker(turn: Turn, share: Assignment) -> None:
    """Give whoever has a share now the usual time to take it, or to answer what is urgent; what was promised stays."""
    if waits_for_somebody(share):
        due_at = take_by(turn, share, turn.book.rules.reminders.take_within)
        await timers.start(turn.tx, due_at, Timer(TimerKind.TAKE, assignment_id=share.id))


def reckon(turn: Turn, field: str, *, urgent: bool) -> datetime | None:
    """Return until when an answer is due, counted from now; None where somebody may be in danger: at once."""
    return None if urgent else turn.book.hours.due_at(turn.at, turn.book.answer_within(field))


async def renew(turn: Turn, share: Assignment) -> datetime | None:
    """Promise an answer anew, counted from now, watch over it and return until when: the person wrote again."""
    due_at = reckon(turn, share.field, urgent=share.is_urgent)
    await assignments.set_due(turn.tx, share.id, due_at)
    await watch(turn, await assignments.get(turn.tx, share.id))
    return due_at


def soon_at(turn: Turn, due_at: datetime) -> datetime:
    """Return from when on what is due at a time is due soon, by the rules."""
    return turn.book.hours.before(due_at, load_duration(turn.book.rules.reminders.due_soon))


def is_due_soon(turn: Turn, share: Assignment) -> bool:
    """Tell whether an unanswered share's due time is near, by the rules, but not past."""
    if share.due_at is None or share.state not in UNANSWERED_ASSIGNMENTS:
        return False
    return soon_at(turn, share.due_at) <= turn.at < share.due_at


def is_overdue(turn: Turn, share: Assignment) -> bool:
    """Tell whether an unanswered share's due time has come."""
    return share.due_at is not None and share.state in UNANSWERED_ASSIGNMENTS and share.due_at <= turn.at


async def with_date(turn: Turn, language: str, text: str, inquiry_id: int) -> str:
    """Return what is said about an inquiry with the line until when an answer is promised, if one is owed."""
    inquiry = await inquiries.get(turn.tx, inquiry_id)
    return with_date_of(turn, language, text, inquiry, *await assignments.list_open_of(turn.tx, inquiry_id))


def with_date_of(turn: Turn, language: str, text: str, inquiry: Inquiry, *shares: Assignment) -> str:
    """Return what is said about shares with the line until when an answer is promised, if one is owed.

    A date that has passed is not told: whoever waits was told so already, or is by the timer.
    """
    owed = [one for one in shares if one.state in UNANSWERED_ASSIGNMENTS]
    promised = [one.promised_at for one in owed if one.promised_at is not None]
    if not promised or max(promised) <= turn.at:
        return text
    return "\n".join([text, *due_line(turn, language, inquiry, max(promised))])


def due_line(turn: Turn, language: str, inquiry: Inquiry, due_at: datetime) -> list[str]:
    """Return the line that tells the inquirer until when an answer comes; none where they must not wait for us."""
    return [] if inquiry.is_urgent else [turn.say(language, "receipt-due", due=turn.say_moment(language, due_at))]


async def own_up(turn: Turn, inquiry_id: int) -> bool:
    """Tell the inquirer that a promise could not be kept, once a promise; False if there is nothing to tell.

    Whose question they have not answered keeps nobody waiting. Whoever may be in danger was promised nothing, and told
    not to wait for us.
    """
    shares = await assignments.list_open_of(turn.tx, inquiry_id)
    asking = await open_questions.list_waiting(turn, inquiry_id, shares)
    late = [
        share
        for share in shares
        if share.state in UNANSWERED_ASSIGNMENTS
        and share.promised_at is not None
        and share.promised_at <= turn.at
        and share not in asking
    ]
    promised = [share.promised_at for share in late if share.promised_at is not None]
    inquiry = await inquiries.get(turn.tx, inquiry_id)
    if inquiry.is_urgent or not promised or not await slips.mark_told(turn.tx, turn.at, inquiry_id, max(promised)):
        return False
    person = await people.get(turn.tx, inquiry.person_id)
    await turn.note(Event.INQUIRY_SLIPPED, inquiry_id, fields=[share.field for share in late])
    having = [who_has(turn, person.language, share) for share in late if share.card is not None]
    if having:
        contacts = turn.texts.together(person.language, list(dict.fromkeys(having)))
        text = turn.say(person.language, "slipped", reference=inquiry.reference, contact=contacts)
    else:
        text = turn.say(person.language, "slipped-nobody", reference=inquiry.reference)
    if not asking:
        text += " " + turn.say(person.language, "slipped-wait")
    await turn.notice(person.address, text, inquiry_id=inquiry_id)
    return True
