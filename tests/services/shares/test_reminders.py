"""Who is reminded of what nobody takes, and when; who joins; and that nobody is bothered twice.

The stage's clock begins on Thursday 5 March 2026 at 9:00. The office is open until 12:30 and from 13:30 to 17:30, then
on Friday, Monday and Tuesday from 8:00 to 12:30. Reminders come after 4 working hours, the deputy after 4 more.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import SendFailure
from bot.model import AssignmentState
from bot.services.case import set_share_state
from bot.store import absences, unreachable
from bot.store.absences import Absence
from tests.support.clock import START, ManualClock, berlin
from tests.support.rulebook import (
    DANGER,
    HOUSING,
    TO_EDUCATION,
    TO_HOUSING,
    TO_LANGUAGE,
    TO_WORK_AND_HOUSING,
    make_book,
)
from tests.support.stage import Someone, Stage, raise_stage, said

REF = "2026-0001"
WRITTEN, DUE = "Donnerstag, 5. März, 09:00 Uhr", "Montag, 9. März, 12:30 Uhr"
REMINDED_AT = berlin("2026-03-05 14:00")
DEPUTY_AT = berlin("2026-03-06 08:30")
SOON_AT = berlin("2026-03-09 08:30")
DUE_AT = berlin("2026-03-09 12:30")
MOMENT = timedelta(seconds=1)

REMINDER = said("reminder-take", reference=REF, since=WRITTEN) + "\n" + said("card-due", due=DUE)
JOINED = said("reminder-joined", reference=REF, contact="Kontakt Wohnen", since=WRITTEN)
SOON = said("reminder-soon", reference=REF) + "\n" + said("card-due", due=DUE)


async def let_be_away(stage: Stage, *contacts: str) -> None:
    until = berlin("2026-04-01 00:00")
    async with stage.database.transaction() as tx:
        for contact in contacts:
            await absences.put(tx, stage.clock.now(), Absence(contact, stage.clock.now(), until, contact))


def cards_of(someone: Someone) -> list[str]:
    return [one.text for one in someone.received if "Von: " in one.text]


# ------------------------------------------------------------ nobody takes it


async def test_what_nobody_takes_is_reminded_of_under_its_card_after_four_working_hours(stage: Stage) -> None:
    maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    told = maria.texts

    await stage.live_until(REMINDED_AT - MOMENT)
    assert REMINDER not in housing.texts
    await stage.live_until(REMINDED_AT)

    assert (housing.last.text, housing.last.reply_to) == (REMINDER, housing.card().message)
    assert stage.contact("sprache-kontakt").received == stage.contact("leitung").received == []
    assert maria.texts == told, "that nobody took it yet is the office's own business"
    assert "inquiry.reminded" in await stage.events()


async def test_a_reply_to_the_reminder_answers_the_inquirer(stage: Stage) -> None:
    maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await stage.live_until(REMINDED_AT)

    await housing.replies("Gerne!", to=housing.last)

    assert "Gerne!" in maria.last.text


async def test_then_the_deputy_joins_with_a_card_and_both_know(stage: Stage) -> None:
    maria, housing, deputy = await stage.inquirer(), stage.contact("wohnen-kontakt"), stage.contact("sprache-kontakt")
    await maria.writes(TO_HOUSING)
    await maria.replies("Sie hat einen Balkon")

    await stage.live_until(DEPUTY_AT - MOMENT)
    assert deputy.received == []
    await stage.live_until(DEPUTY_AT)

    assert TO_HOUSING in deputy.card(REF).text
    assert "Sie hat einen Balkon" in "\n".join(deputy.texts)
    assert (deputy.last.text, deputy.last.reply_to) == (JOINED, deputy.card().message)
    assert housing.last.text == said("reminder-joined-too", reference=REF, contact="Kontakt Sprache", since=WRITTEN)
    assert stage.contact("leitung").received == []
    [escalated] = [entry for entry in await stage.journal() if entry.event == "inquiry.escalated"]
    assert escalated.data == {"field": "wohnen", "contact": "wohnen-kontakt", "to": "sprache-kontakt"}


async def test_whoever_joined_can_take_it_and_then_it_is_quiet(stage: Stage) -> None:
    maria, deputy = await stage.inquirer(), stage.contact("sprache-kontakt")
    await maria.writes(TO_HOUSING)
    await stage.live_until(DEPUTY_AT)

    assert await deputy.presses("btn-take") == (said("press-taken"), False)
    await stage.live_until(SOON_AT - MOMENT)

    assert said("state-taken") in stage.contact("wohnen-kontakt").card().text
    assert stage.contact("leitung").received == []


async def test_at_last_the_general_contact_joins_and_everybody_has_one_card(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)

    await stage.live_until(berlin("2026-03-20 12:00"))

    for contact in ("wohnen-kontakt", "sprache-kontakt", "leitung"):
        assert len(cards_of(stage.contact(contact))) == 1, contact
        assert stage.contact(contact).texts.count(JOINED) == (contact != "wohnen-kontakt")
    assert stage.contact("wohnen-kontakt").texts.count(REMINDER) == 1
    assert stage.contact("arbeit-kontakt").received == []
    assert await stage.count("timers") == 0, "the chain ends"


async def test_the_general_contact_joins_a_working_day_after_the_deputy_long_before_anything_is_due() -> None:
    async with raise_stage(make_book({"fields": {"wohnen": {"answer_within": "10 working days"}}})) as stage:
        maria, head = await stage.inquirer(), stage.contact("leitung")
        await maria.writes(TO_HOUSING)

        await stage.live_until(berlin("2026-03-09 12:30") - MOMENT)
        assert head.received == []
        await stage.live_until(berlin("2026-03-09 12:30"))

        assert head.last.text == JOINED


@pytest.mark.parametrize("within", ["2 working days", "10 working days"], ids=["at once with it", "long after"])
async def test_whoever_stands_in_for_the_general_contact_does_not_join_when_it_falls_due(within: str) -> None:
    deputies = {"leitung": {"deputy": "arbeit-kontakt"}, "sprache-kontakt": {"deputy": None}}
    changes = {"fields": {"wohnen": {"answer_within": within}}, "contacts": deputies}
    async with raise_stage(make_book(changes)) as stage:
        maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
        await maria.writes(TO_HOUSING)

        await stage.live_until(berlin("2026-04-20 12:00"))

        assert JOINED in stage.contact("leitung").texts
        assert stage.contact("arbeit-kontakt").received == []
        assert len([text for text in housing.texts if text.startswith(said("reminder-overdue", reference=REF))]) == 1


async def test_that_it_is_overdue_and_who_joined_for_that_is_told_in_one(stage: Stage) -> None:
    maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await stage.live_until(DUE_AT - MOMENT)
    before = len(housing.received)

    await stage.live_until(DUE_AT + MOMENT)

    joined = said("reminder-has-too", contact="Leitung")
    told = "\n".join(
        (
            said("reminder-overdue", reference=REF),
            said("card-due", due=DUE),
            joined,
            said("reminder-person-told", name="Maria"),
        )
    )
    assert housing.texts[before:] == stage.contact("sprache-kontakt").texts[-1:] == [told]
    assert stage.contact("leitung").texts[1:] == [JOINED]


async def test_where_the_deputy_is_the_general_contact_the_chain_ends_there(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_LANGUAGE)

    await stage.live_until(berlin("2026-03-20 12:00"))

    assert len(cards_of(stage.contact("sprache-kontakt"))) == len(cards_of(stage.contact("leitung"))) == 1
    assert stage.contact("wohnen-kontakt").received == []


async def test_over_a_weekend_only_office_hours_count(stage: Stage) -> None:
    maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await stage.live_until(berlin("2026-03-06 12:00"))
    await maria.writes(TO_HOUSING)

    # Half an hour on Friday, three and a half on Monday.
    await stage.live_until(berlin("2026-03-09 11:30") - MOMENT)
    assert len(housing.received) == 1
    await stage.live_until(berlin("2026-03-09 11:30"))
    assert len(housing.received) == 2

    # An hour on Monday, three on Tuesday.
    await stage.live_until(berlin("2026-03-10 11:00") - MOMENT)
    assert stage.contact("sprache-kontakt").received == []
    await stage.live_until(berlin("2026-03-10 11:00"))
    assert len(cards_of(stage.contact("sprache-kontakt"))) == 1


async def take(stage: Stage, maria: Someone) -> None:
    await stage.contact("wohnen-kontakt").presses("btn-take")


async def answer(stage: Stage, maria: Someone) -> None:
    await stage.contact("wohnen-kontakt").replies("Gerne!", to=stage.contact("wohnen-kontakt").card())


async def close(stage: Stage, maria: Someone) -> None:
    await stage.contact("wohnen-kontakt").presses("btn-done")


async def withdraw(stage: Stage, maria: Someone) -> None:
    await maria.presses("btn-withdraw")


async def move(stage: Stage, maria: Someone) -> None:
    await maria.presses("btn-other-topic")
    await maria.presses("Sprache")


@pytest.mark.parametrize("act", [take, answer, close, withdraw, move])
@pytest.mark.parametrize("when", [REMINDED_AT - MOMENT, DEPUTY_AT - MOMENT])
async def test_what_was_done_in_time_is_no_more_reminded_of(
    stage: Stage, act: Callable[[Stage, Someone], Awaitable[None]], when: datetime
) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    await stage.live_until(when)
    await act(stage, maria)
    before = stage.contact("wohnen-kontakt").texts

    await stage.live_until(SOON_AT - MOMENT)

    assert stage.contact("wohnen-kontakt").texts == before
    if act is not move:
        assert stage.contact("sprache-kontakt").received == []


async def test_one_given_back_is_reminded_of_anew(stage: Stage) -> None:
    maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await take(stage, maria)
    await stage.live_until(berlin("2026-03-05 17:00"))
    async with stage.database.transaction() as tx:
        await set_share_state(stage.dialogue.turn(tx), (await stage.shares())[0], AssignmentState.ASSIGNED)

    # Half an hour on Thursday, three and a half on Friday.
    await stage.live_until(berlin("2026-03-06 11:30") - MOMENT)
    before = len(housing.received)
    await stage.live_until(berlin("2026-03-06 11:30"))

    assert len(housing.received) == before + 1
    assert housing.last.text == REMINDER, "its person waits since they wrote"


async def test_it_waits_since_the_first_word_without_an_answer(stage: Stage) -> None:
    maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await housing.replies("Gerne!", to=housing.card())
    for at in ("10:00", "11:00"):
        await stage.live_until(berlin(f"2026-03-05 {at}"))
        await maria.replies("Sie hat einen Balkon")
    await stage.live_until(berlin("2026-03-05 12:00"))
    await housing.presses("btn-more")
    await housing.presses("btn-release")

    await stage.live_until(berlin("2026-03-05 17:00"))

    assert "wartet seit Donnerstag, 5. März, 10:00 Uhr" in housing.last.text


async def test_a_moment_months_ago_is_told_with_its_year() -> None:
    async with raise_stage(make_book({"fields": {"wohnen": {"answer_within": "99 working days"}}})) as stage:
        maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
        await maria.writes(TO_HOUSING)
        await housing.presses("btn-take")
        await stage.live_until(berlin("2026-07-06 08:00"))
        await housing.presses("btn-more")
        await housing.presses("btn-release")

        await stage.live_until(berlin("2026-07-06 12:00"))

        assert "wartet seit Donnerstag, 5. März 2026, 09:00 Uhr" in housing.last.text


async def test_whoever_gets_it_for_somebody_unreachable_has_all_their_time(stage: Stage) -> None:
    maria, deputy = await stage.inquirer(), stage.contact("sprache-kontakt")
    await maria.writes(TO_HOUSING)
    await stage.live_until(berlin("2026-03-05 12:00"))
    stage.telegram.closed[HOUSING] = SendFailure.UNREACHABLE
    await maria.replies("Sie hat einen Balkon")
    before = len(deputy.received)

    await stage.live_until(berlin("2026-03-05 17:00") - MOMENT)
    assert len(deputy.received) == before
    await stage.live_until(berlin("2026-03-05 17:00"))

    assert deputy.last.text == REMINDER


async def test_what_nobody_has_waits_until_somebody_can_be_reminded(stage: Stage) -> None:
    """The contact for education never joined; with all others gone, nobody has the card."""
    for chat in (HOUSING, stage.contact("leitung").address.chat):
        stage.telegram.closed[chat] = SendFailure.UNREACHABLE
    maria = await stage.inquirer()
    await maria.writes(TO_EDUCATION)

    await stage.live_until(berlin("2026-03-06 12:00"))

    education = await stage.invited("bildung-kontakt", 5001)
    assert len(cards_of(education)) == 1
    await stage.live_until(berlin("2026-03-09 12:30"))
    assert sum("Noch hat niemand" in text for text in education.texts) == 1


# ------------------------------------------------------------ who is passed over


async def test_a_deputy_who_is_away_is_passed_over(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    await let_be_away(stage, "sprache-kontakt")

    await stage.live_until(DEPUTY_AT)

    assert stage.contact("sprache-kontakt").received == []
    assert stage.contact("leitung").last.text == JOINED


async def test_a_deputy_who_cannot_be_reached_is_passed_over(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    async with stage.database.transaction() as tx:
        await unreachable.mark(tx, stage.clock.now(), "sprache-kontakt")

    await stage.live_until(DEPUTY_AT)

    assert stage.contact("sprache-kontakt").received == []
    assert len(cards_of(stage.contact("leitung"))) == 1


async def test_where_everybody_else_is_away_the_general_contact_gets_it_at_last_all_the_same(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    await let_be_away(stage, "sprache-kontakt", "leitung")

    await stage.live_until(DUE_AT - MOMENT)
    assert stage.contact("leitung").received == []
    await stage.live_until(DUE_AT)

    assert len(cards_of(stage.contact("leitung"))) == 1
    assert stage.contact("sprache-kontakt").received == []


async def test_while_the_contact_is_away_their_deputys_deputy_is_next(stage: Stage) -> None:
    await let_be_away(stage, "wohnen-kontakt")
    maria, deputy = await stage.inquirer(), stage.contact("sprache-kontakt")
    await maria.writes(TO_HOUSING)

    await stage.live_until(DEPUTY_AT)

    assert REMINDER in deputy.texts
    assert len(cards_of(deputy)) == len(cards_of(stage.contact("leitung"))) == 1
    assert stage.contact("wohnen-kontakt").received == []


# ------------------------------------------------------------ a restart


async def test_a_restart_between_two_steps_changes_nothing(tmp_path: Path) -> None:
    clock = ManualClock()
    async with raise_stage(clock=clock, folder=tmp_path) as stage:
        maria = await stage.inquirer()
        await maria.writes(TO_HOUSING)
        await stage.live_until(REMINDED_AT)
        assert stage.contact("wohnen-kontakt").last.text == REMINDER
        chats = stage.telegram.chats

    async with raise_stage(clock=clock, folder=tmp_path) as stage:
        stage.telegram.chats.update(chats)
        await stage.live_until(DEPUTY_AT - MOMENT)
        assert stage.contact("sprache-kontakt").received == []
        await stage.live_until(DEPUTY_AT)
        assert stage.contact("sprache-kontakt").last.text == JOINED
        chats = stage.telegram.chats

    async with raise_stage(clock=clock, folder=tmp_path) as stage:
        stage.telegram.chats.update(chats)
        await stage.live_until(DUE_AT)
        assert len(cards_of(stage.contact("leitung"))) == 1
        assert stage.contact("wohnen-kontakt").texts.count(REMINDER) == 1


async def test_after_a_long_halt_the_steps_come_one_after_the_other(stage: Stage) -> None:
    """What was missed is not made up for all at once: whoever is reminded only now gets the time to act."""
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)

    await stage.wait_until(SOON_AT - MOMENT)
    assert stage.contact("wohnen-kontakt").last.text == REMINDER
    await stage.wait()
    assert stage.contact("sprache-kontakt").received == []
    await stage.live_until(DUE_AT)

    assert JOINED in stage.contact("leitung").texts


async def test_what_is_found_late_and_after_hours_is_told_when_the_office_opens(stage: Stage) -> None:
    maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    before = housing.texts, maria.texts

    await stage.wait_until(berlin("2026-03-09 23:40"))
    assert (housing.texts, maria.texts) == before
    assert stage.contact("leitung").received == []

    await stage.live_until(berlin("2026-03-10 08:00"))
    assert [one for one in housing.texts if said("reminder-overdue", reference=REF) in one]
    assert "länger als versprochen" in maria.last.text


async def test_what_is_urgent_waits_for_no_opening(stage: Stage) -> None:
    await (await stage.inquirer()).writes(DANGER)

    await stage.wait_until(berlin("2026-03-05 23:40"))

    assert "Noch hat niemand" in stage.contact("leitung").last.text


async def test_of_many_reminders_at_once_the_later_ones_come_without_a_sound() -> None:
    async with raise_stage(make_book({"limits": {"rings": 3, "rings_within": "10 minutes"}})) as stage:
        for _ in range(6):
            await (await stage.inquirer()).writes(TO_HOUSING)

        await stage.live_until(REMINDED_AT)
        reminders = [one for one in stage.contact("wohnen-kontakt").received if "Noch hat niemand" in one.text]
        assert [one.quiet for one in reminders] == [False] * 3 + [True] * 3

        await stage.live_until(DUE_AT - MOMENT)
        before = len(stage.contact("wohnen-kontakt").received)
        await stage.live_until(DUE_AT)
        assert sum(not one.quiet for one in stage.contact("wohnen-kontakt").received[before:]) == 3
        assert sum(not one.quiet for one in stage.contact("leitung").received) == 3


# ------------------------------------------------------------ due soon, overdue


async def test_what_is_due_soon_is_marked_on_the_card_and_told_once(stage: Stage) -> None:
    maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await take(stage, maria)
    told = maria.texts
    await stage.live_until(SOON_AT - MOMENT)
    assert SOON not in housing.texts

    await stage.live_until(SOON_AT)
    assert said("card-due-soon", due=DUE) in housing.card().text
    await stage.live_until(DUE_AT - MOMENT)

    assert housing.texts.count(SOON) == 1
    assert housing.last.reply_to == housing.card().message
    assert maria.texts == told


async def test_what_is_overdue_is_marked_on_the_card_and_told_once(stage: Stage) -> None:
    maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await take(stage, maria)

    await stage.live_until(DUE_AT)
    await stage.live_until(berlin("2026-03-20 12:00"))

    assert said("card-overdue", due=DUE) in housing.card().text
    overdue = "\n".join(
        (
            said("reminder-overdue", reference=REF),
            said("card-due", due=DUE),
            said("reminder-person-told", name="Maria"),
        )
    )
    assert housing.texts.count(overdue) == 1
    assert stage.contact("leitung").received == [], "somebody has it"
    assert "inquiry.overdue" in await stage.events()


async def test_what_is_answered_is_neither_due_soon_nor_overdue(stage: Stage) -> None:
    maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await answer(stage, maria)
    before = housing.texts, maria.texts

    await stage.live_until(berlin("2026-03-20 12:00"))

    assert (housing.texts, maria.texts) == before
    assert DUE not in housing.card().text


async def test_after_a_halt_until_it_is_overdue_nobody_is_told_that_it_is_due_soon(stage: Stage) -> None:
    maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await take(stage, maria)

    await stage.wait_until(berlin("2026-03-10 08:00"))

    assert SOON not in housing.texts
    assert said("reminder-overdue", reference=REF) in housing.last.text


async def test_what_is_due_soon_from_the_beginning_is_told_by_the_card_alone() -> None:
    async with raise_stage(make_book({"fields": {"wohnen": {"answer_within": "2 working hours"}}})) as stage:
        maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
        await maria.writes(TO_HOUSING)

        await stage.live_until(berlin("2026-03-05 11:00") - MOMENT)

        [card] = housing.received
        assert said("card-due-soon", due="Donnerstag, 5. März, 11:00 Uhr") in card.text


async def test_whoever_is_late_but_within_what_the_person_was_promised_is_told_once(stage: Stage) -> None:
    """Work is due on Friday; the person was promised Monday, for housing too."""
    maria, work = await stage.inquirer(), stage.contact("arbeit-kontakt")
    await maria.writes(TO_WORK_AND_HOUSING)

    await stage.live_until(berlin("2026-03-20 12:00"))

    [overdue] = [text for text in work.texts if text.startswith(said("reminder-overdue", reference=REF))]
    assert said("reminder-person-told", name="Maria") not in overdue


async def test_each_share_is_reminded_of_by_itself(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_WORK_AND_HOUSING)
    await take(stage, maria)

    await stage.live_until(REMINDED_AT)

    assert "Noch hat niemand" in stage.contact("arbeit-kontakt").last.text
    assert REMINDER not in stage.contact("wohnen-kontakt").texts


def test_the_clock_begins_where_the_stories_say() -> None:
    assert berlin("2026-03-05 09:00") == START


async def test_what_is_overdue_is_not_told_again_when_it_changes_hands(stage: Stage) -> None:
    maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await housing.presses("btn-take")
    await stage.live_until(berlin("2026-03-09 14:00"))
    overdue = said("reminder-overdue", reference="2026-0001")
    assert sum(text.startswith(overdue) for text in housing.texts) == 1
    await housing.presses("btn-more")
    await housing.presses("btn-release")
    await stage.wait(minutes=1)
    assert sum(text.startswith(overdue) for text in housing.texts) == 1


# ------------------------------------------------------------ all in one group, each in a topic of their own

TEAM = -1_000_000_000_400
IN_TOPICS = {
    key: {"telegram": {"chat": TEAM, "topic": topic}}
    for topic, key in enumerate(("wohnen-kontakt", "sprache-kontakt", "leitung"), 5)
}


def topics_with_a_card(stage: Stage) -> list[int | None]:
    return [one.topic for one in stage.at(TEAM).received if "Von: " in one.text]


async def test_in_a_group_with_topics_each_next_one_joins_in_their_own_and_all_know() -> None:
    async with raise_stage(make_book({"contacts": IN_TOPICS})) as stage:
        await (await stage.inquirer()).writes(TO_HOUSING)

        await stage.live_until(DEPUTY_AT)
        assert topics_with_a_card(stage) == [5, 6]
        told = [(one.topic, one.text.splitlines()[0]) for one in stage.at(TEAM).received[-2:]]
        joined = said("reminder-joined-too", reference=REF, contact="Kontakt Sprache", since=WRITTEN)
        assert told == [(6, JOINED), (5, joined)]

        await stage.live_until(DUE_AT)
        assert topics_with_a_card(stage) == [5, 6, 7]


async def test_somebody_reached_in_the_whole_group_has_the_card_in_any_topic_before_them() -> None:
    everybody = {"contacts": {**IN_TOPICS, "sprache-kontakt": {"telegram": TEAM}}}
    async with raise_stage(make_book(everybody)) as stage:
        await (await stage.inquirer()).writes(TO_HOUSING)

        await stage.live_until(DEPUTY_AT)

        assert topics_with_a_card(stage) == [5, 7]


async def test_what_the_person_changes_stands_once_in_each_topic_that_has_it() -> None:
    async with raise_stage(make_book({"contacts": IN_TOPICS})) as stage:
        maria = await stage.inquirer()
        await maria.writes(TO_HOUSING)
        more = await maria.writes("Sie ist frei ab Mai", reply_to=maria.last)
        await stage.live_until(DEPUTY_AT)

        await maria.edits(more, "Sie ist frei ab Juni")

        assert sorted(one.topic or 0 for one in stage.at(TEAM).received if "ab Juni" in one.text) == [5, 6]


async def test_whoever_joined_in_another_topic_can_take_it_and_every_card_says_so() -> None:
    async with raise_stage(make_book({"contacts": IN_TOPICS})) as stage:
        await (await stage.inquirer()).writes(TO_HOUSING)
        await stage.live_until(DEPUTY_AT)
        copy = next(one for one in stage.at(TEAM).received if "Von: " in one.text and one.topic == 6)

        await stage.contact("sprache-kontakt").presses("btn-take", copy)

        assert [share.state for share in await stage.shares()] == [AssignmentState.TAKEN]
        cards = [one for one in stage.at(TEAM).received if "Von: " in one.text]
        assert all("in Bearbeitung – Kontakt Sprache" in one.text for one in cards)
