"""An answer that did not reach its person answers nothing: its contact learns it, and no figure counts it."""

from datetime import timedelta

import pytest

from bot.errors import SendError, SendFailure
from bot.model import AssignmentState, InquiryState, MessageKind, ReachChanged
from bot.services.keeping.retention import write_skeleton
from bot.store import given_up
from tests.support.rulebook import TO_HOUSING
from tests.support.stage import Someone, Stage, said

REF = "2026-0001"
GONE = SendFailure.UNREACHABLE
NOT_SENT = said("card-not-sent-blocked")
REFUSED = said("card-not-sent")
ANSWERED, TAKEN, CLOSED = AssignmentState.ANSWERED, AssignmentState.TAKEN, AssignmentState.CLOSED


async def asked(stage: Stage) -> tuple[Someone, Someone]:
    """Return somebody with an inquiry, and whoever has it."""
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    return maria, stage.contact("wohnen-kontakt")


async def state(stage: Stage) -> AssignmentState:
    return (await stage.shares())[-1].state


async def test_an_answer_nobody_got_leaves_the_inquiry_waiting_and_its_contact_sees_it(stage: Stage) -> None:
    maria, wohnen = await asked(stage)
    stage.telegram.closed[maria.address.chat] = GONE

    answer = await wohnen.replies("Gern", to=wohnen.card(REF))

    assert (wohnen.last.text, wohnen.last.reply_to) == (
        said("answer-not-sent-blocked", name="Maria", reference=REF),
        answer.message,
    )
    assert NOT_SENT in wohnen.card(REF).text
    by = said("card-state-by", state=said("state-taken"), holder="Kontakt Wohnen")
    assert by in wohnen.card(REF).text
    assert (await state(stage), (await stage.inquiry()).state) == (TAKEN, InquiryState.TAKEN)
    assert (await stage.shares())[0].in_time is None


async def test_a_later_one_that_arrives_answers_it(stage: Stage) -> None:
    maria, wohnen = await asked(stage)
    stage.telegram.closed[maria.address.chat] = GONE
    await wohnen.replies("Gern", to=wohnen.card(REF))
    stage.telegram.closed.clear()

    await wohnen.replies("Gern, noch einmal", to=wohnen.card(REF))

    assert NOT_SENT not in wohnen.card(REF).text
    assert await state(stage) is ANSWERED
    assert (await stage.shares())[0].in_time is True


async def test_the_promise_counts_on_and_is_broken_when_its_time_comes(stage: Stage) -> None:
    maria, wohnen = await asked(stage)
    stage.telegram.closed[maria.address.chat] = GONE
    await wohnen.replies("Gern", to=wohnen.card(REF))

    await stage.live_until(stage.clock.now() + timedelta(days=7))

    assert any(said("reminder-overdue", reference=REF) in text for text in wohnen.texts)
    await wohnen.presses("btn-done")
    assert (await stage.shares())[0].in_time is False


async def answer_on_its_way_at_due(stage: Stage, until: timedelta) -> tuple[Someone, Someone]:
    """Let an answer be given shortly before it is due, be under way for a time from then on, and be given up."""
    maria, wohnen = await asked(stage)
    due_at = (await stage.shares())[0].due_at
    assert due_at is not None
    await stage.live_until(due_at - timedelta(minutes=2))
    stage.telegram.closed[maria.address.chat] = SendFailure.NOT_SENT
    await wohnen.replies("Gern", to=wohnen.card(REF))
    await stage.live_until(due_at + until)
    assert await state(stage) is ANSWERED
    stage.telegram.closed[maria.address.chat] = GONE
    await stage.wait(minutes=5)
    assert await state(stage) is TAKEN
    await stage.live_until(stage.clock.now() + timedelta(days=7))
    return maria, wohnen


async def test_given_up_after_its_time_the_promise_is_broken_at_once(stage: Stage) -> None:
    _, wohnen = await answer_on_its_way_at_due(stage, timedelta(minutes=3))

    assert len([text for text in wohnen.texts if said("reminder-overdue", reference=REF) in text]) == 1
    assert (await stage.events()).count("inquiry.slipped") == 1
    assert (await stage.shares())[0].in_time is None


async def test_given_up_after_it_was_overdue_the_contact_is_not_reminded_twice(stage: Stage) -> None:
    maria, wohnen = await asked(stage)
    due_at = (await stage.shares())[0].due_at
    assert due_at is not None
    await stage.live_until(due_at + timedelta(minutes=2))
    stage.telegram.closed[maria.address.chat] = GONE

    await wohnen.replies("Gern", to=wohnen.card(REF))
    await stage.live_until(stage.clock.now() + timedelta(days=7))

    assert len([text for text in wohnen.texts if said("reminder-overdue", reference=REF) in text]) == 1


async def test_given_up_before_it_is_due_soon_the_contact_is_reminded_then(stage: Stage) -> None:
    maria, wohnen = await asked(stage)
    stage.telegram.closed[maria.address.chat] = SendFailure.NOT_SENT
    await wohnen.replies("Gern", to=wohnen.card(REF))
    stage.telegram.closed[maria.address.chat] = GONE

    await stage.live_until(stage.clock.now() + timedelta(days=7))

    assert len([text for text in wohnen.texts if said("reminder-soon", reference=REF) in text]) == 1


async def test_of_two_answers_one_that_arrives_is_enough(stage: Stage) -> None:
    _, wohnen = await asked(stage)
    await wohnen.replies("Gern", to=wohnen.card(REF))
    stage.telegram.script = [SendError(SendFailure.REFUSED, "no photos here")]

    await wohnen.sends(MessageKind.PHOTO, "Der Grundriss", reply_to=wohnen.card(REF))

    assert await state(stage) is ANSWERED
    assert (await stage.shares())[0].in_time is True
    assert REFUSED in wohnen.card(REF).text


async def test_an_answer_from_before_the_person_wrote_again_answers_nothing_new(stage: Stage) -> None:
    maria, wohnen = await asked(stage)
    await wohnen.replies("Gern", to=wohnen.card(REF))
    await stage.wait(minutes=1)
    await maria.writes("Und der Keller?")
    await stage.wait(minutes=1)
    stage.telegram.closed[maria.address.chat] = GONE

    await wohnen.replies("Der auch", to=wohnen.card(REF))

    assert await state(stage) is TAKEN
    assert (await stage.shares())[0].in_time is True  # the first promise was kept


async def test_an_answer_nobody_got_kept_no_promise_though_the_person_wrote_meanwhile(stage: Stage) -> None:
    maria, wohnen = await asked(stage)
    stage.telegram.closed[maria.address.chat] = SendFailure.NOT_SENT
    await wohnen.replies("Gern", to=wohnen.card(REF))
    await maria.writes("Hallo? Ist da jemand?")
    assert await state(stage) is TAKEN
    stage.telegram.closed[maria.address.chat] = GONE

    await stage.wait(minutes=5)

    assert await state(stage) is TAKEN
    assert (await stage.shares())[0].in_time is None


async def test_a_question_back_that_nobody_got_is_shown_too(stage: Stage) -> None:
    maria, wohnen = await asked(stage)
    await wohnen.presses("btn-more")
    await wohnen.presses("btn-ask-back")
    stage.telegram.closed[maria.address.chat] = GONE

    await wohnen.replies("Wie viele Zimmer?")

    assert NOT_SENT in wohnen.card(REF).text
    assert await state(stage) is TAKEN


async def test_last_words_that_nobody_got_leave_it_closed_and_say_so(stage: Stage) -> None:
    maria, wohnen = await asked(stage)
    await wohnen.presses("btn-more")
    await wohnen.presses("btn-close-with")
    stage.telegram.closed[maria.address.chat] = GONE

    await wohnen.replies("Alles Gute")

    assert NOT_SENT in wohnen.card(REF).text
    assert await state(stage) is CLOSED


async def test_a_changed_form_that_was_refused_is_told_and_leaves_the_answer_given(stage: Stage) -> None:
    _, wohnen = await asked(stage)
    answer = await wohnen.replies("Gern", to=wohnen.card(REF))
    stage.telegram.script = [SendError(SendFailure.REFUSED, "not acceptable")]

    await wohnen.edits(answer, "Gern, ab Mai")

    assert wohnen.last.text == said("answer-not-sent", name="Maria", reference=REF)
    assert await state(stage) is ANSWERED
    assert NOT_SENT not in wohnen.card(REF).text


async def test_an_answer_nobody_got_is_given_by_its_changed_form(stage: Stage) -> None:
    maria, wohnen = await asked(stage)
    stage.telegram.closed[maria.address.chat] = GONE
    answer = await wohnen.replies("Gern", to=wohnen.card(REF))
    stage.telegram.closed.clear()
    await stage.wait(minutes=1)

    await wohnen.edits(answer, "Gern, ab Mai")

    assert maria.last.text == said("answer", contact="Kontakt Wohnen", reference=REF) + "\n\nGern, ab Mai"
    assert wohnen.last.text == said("answer-sent", name="Maria", reference=REF)
    assert (await state(stage), (await stage.inquiry()).state) == (ANSWERED, InquiryState.ANSWERED)
    assert NOT_SENT not in wohnen.card(REF).text
    assert (await stage.shares())[0].in_time is True
    assert await stage.parked() == []  # else the earlier form could be sent behind this one


async def test_a_changed_form_that_nobody_gets_either_leaves_it_waiting(stage: Stage) -> None:
    maria, wohnen = await asked(stage)
    stage.telegram.closed[maria.address.chat] = GONE
    answer = await wohnen.replies("Gern", to=wohnen.card(REF))

    await wohnen.edits(answer, "Gern, ab Mai")

    assert wohnen.last.text == said("answer-not-sent-blocked", name="Maria", reference=REF)
    assert NOT_SENT in wohnen.card(REF).text
    assert await state(stage) is TAKEN
    assert len(await stage.parked()) == 1


async def test_a_changed_question_back_is_asked_and_answers_nothing(stage: Stage) -> None:
    maria, wohnen = await asked(stage)
    await wohnen.presses("btn-more")
    await wohnen.presses("btn-ask-back")
    stage.telegram.closed[maria.address.chat] = GONE
    question = await wohnen.replies("Wie viele Zimmer?")
    stage.telegram.closed.clear()

    await wohnen.edits(question, "Wie viele Zimmer sind es?")

    assert maria.last.text.endswith("Wie viele Zimmer sind es?")
    assert NOT_SENT not in wohnen.card(REF).text
    assert await state(stage) is TAKEN


async def replay(stage: Stage) -> None:
    """Let everything that was given up be sent again, as the operator does."""
    stage.telegram.closed.clear()
    for one in await stage.parked():
        async with stage.database.transaction() as tx:
            assert await given_up.requeue(tx, stage.clock.now(), one.id)
    await stage.wait(seconds=5)


async def test_an_answer_that_was_sent_again_and_arrives_answers_it(stage: Stage) -> None:
    maria, wohnen = await asked(stage)
    stage.telegram.closed[maria.address.chat] = GONE
    await wohnen.replies("Gern", to=wohnen.card(REF))

    await replay(stage)

    assert maria.last.text.endswith("Gern")
    assert wohnen.last.text == said("answer-sent", name="Maria", reference=REF)
    assert (await state(stage), (await stage.inquiry()).state) == (ANSWERED, InquiryState.ANSWERED)
    assert NOT_SENT not in wohnen.card(REF).text
    assert (await stage.shares())[0].in_time is True
    await stage.live_until(stage.clock.now() + timedelta(days=7))
    assert "inquiry.slipped" not in await stage.events()


async def test_who_allows_the_bot_again_gets_what_they_missed(stage: Stage) -> None:
    maria, wohnen = await asked(stage)
    await stage.handle(ReachChanged(maria.address, reachable=False))
    stage.telegram.closed[maria.address.chat] = GONE
    await wohnen.replies("Gern", to=wohnen.card(REF))
    await wohnen.sends(MessageKind.PHOTO, "Der Grundriss", reply_to=wohnen.card(REF))
    stage.telegram.closed.clear()
    before = len(maria.received)

    await stage.handle(ReachChanged(maria.address, reachable=True))

    assert [shown.text.split("\n\n")[-1] for shown in maria.received[before:]] == ["Gern", "Der Grundriss"]
    assert NOT_SENT not in wohnen.card(REF).text
    assert (await state(stage), await stage.parked()) == (ANSWERED, [])
    assert wohnen.last.text == said("answer-sent", name="Maria", reference=REF)


async def test_what_was_refused_stays_parked_when_they_are_back(stage: Stage) -> None:
    maria, wohnen = await asked(stage)
    stage.telegram.script = [SendError(SendFailure.REFUSED, "no photos here")]
    await wohnen.sends(MessageKind.PHOTO, "Der Grundriss", reply_to=wohnen.card(REF))
    stage.telegram.closed[maria.address.chat] = GONE
    await wohnen.presses("btn-done")
    stage.telegram.closed.clear()
    parked = await stage.parked()
    assert [one.error for one in parked] == ["no photos here"], "the bot's own word that was in vain is not kept"

    await stage.handle(ReachChanged(maria.address, reachable=True))

    assert await stage.parked() == parked


async def test_where_the_person_wrote_since_an_answer_sent_again_leaves_it_waiting(stage: Stage) -> None:
    maria, wohnen = await asked(stage)
    stage.telegram.closed[maria.address.chat] = GONE
    await wohnen.replies("Gern", to=wohnen.card(REF))
    await maria.writes("Und der Keller?")

    await replay(stage)

    assert any(text.endswith("Gern") for text in maria.texts)
    assert NOT_SENT not in wohnen.card(REF).text
    assert await state(stage) is TAKEN


async def test_of_a_long_answer_sent_again_in_part_the_rest_still_lacks(stage: Stage) -> None:
    maria, wohnen = await asked(stage)
    stage.telegram.closed[maria.address.chat] = SendFailure.REFUSED
    await wohnen.replies("Gern " * 900, to=wohnen.card(REF))
    stage.telegram.closed.clear()
    first, _ = await stage.parked()
    async with stage.database.transaction() as tx:
        await given_up.requeue(tx, stage.clock.now(), first.id)

    await stage.wait(seconds=5)
    assert (await state(stage), REFUSED in wohnen.card(REF).text) == (TAKEN, True)
    await replay(stage)

    assert (await state(stage), REFUSED in wohnen.card(REF).text) == (ANSWERED, False)


async def test_last_words_sent_again_leave_it_closed_and_are_shown_missing_no_more(stage: Stage) -> None:
    maria, wohnen = await asked(stage)
    await wohnen.presses("btn-more")
    await wohnen.presses("btn-close-with")
    stage.telegram.closed[maria.address.chat] = GONE
    await wohnen.replies("Alles Gute")

    await replay(stage)

    assert (await state(stage), NOT_SENT in wohnen.card(REF).text) == (CLOSED, False)


@pytest.mark.parametrize(
    ("fate", "hours"),
    [("arrives", 2), ("is lost", None), ("is lost and changed", 3), ("is lost and sent again", 3)],
    ids=lambda value: str(value),
)
async def test_figures_count_what_arrived_only(stage: Stage, fate: str, hours: int | None) -> None:
    people = [await stage.inquirer(f"Person{number}") for number in range(3)]
    for person in people:
        await person.writes(TO_HOUSING)
    wohnen, answers = stage.contact("wohnen-kontakt"), []
    stage.clock.turn(hours=2)
    for number, person in enumerate(people, 1):
        if fate != "arrives":
            stage.telegram.closed[person.address.chat] = GONE
        answers.append(await wohnen.replies("Gern", to=wohnen.card(f"2026-{number:04d}")))
    if fate == "is lost and sent again":
        stage.clock.turn(hours=1)
        await replay(stage)
    if fate == "is lost and changed":
        stage.telegram.closed.clear()
        stage.clock.turn(hours=1)
        for answer in answers:
            await wohnen.edits(answer, "Gern, ab Mai")

    await wohnen.writes("/statistik")

    median = said("stats-median", span=said("stats-hours", count=hours or 2))
    assert ("• " + median in wohnen.last.text.splitlines()) is (hours is not None)
    assert ("• " + said("stats-in-time", percent=100) in wohnen.last.text.splitlines()) is (hours is not None)
    async with stage.database.transaction() as tx:
        await write_skeleton(stage.dialogue.turn(tx), (await stage.inquiry()).id)
        row = await tx.one("SELECT hours_to_answer, in_time FROM skeletons")
    assert row is not None
    assert (row["hours_to_answer"], row["in_time"]) == ((None, None) if hours is None else (float(hours), 1))
