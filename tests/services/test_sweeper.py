"""What falls due: each just before and just after, once, whatever else fails."""

import asyncio
import logging
import sqlite3
from datetime import datetime, timedelta

import pytest

from bot.errors import SendFailure
from bot.model import InquiryState, Reason
from bot.services.inquirers import intake
from bot.services.shares import digest, stranded
from bot.services.sweeper import Sweeper
from bot.services.turn import Turn
from bot.store import inbox, timers, unreachable
from bot.store.database import Tx
from bot.store.inbox import RawUpdate
from bot.store.timers import Timer, TimerKind
from tests.support.clock import berlin
from tests.support.rulebook import DANGER, TO_HOUSING, TO_LANGUAGE, UNCLEAR, UNKNOWN, all_texts, make_book
from tests.support.stage import Stage, raise_stage, said

REF = "2026-0001"

# ------------------------------------------------------------ no topic chosen


async def test_without_a_choice_the_general_contact_gets_it_after_half_an_hour(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(UNKNOWN)
    question = maria.last

    await stage.wait(minutes=29, seconds=59)
    assert maria.last == question
    await stage.wait(seconds=1)

    due = said("receipt-due", due="Dienstag, 10. März, 12:30 Uhr")
    assert maria.last.text == said("asked-too-long", reference=REF, contact="Leitung") + "\n" + due
    card = stage.contact("leitung").card(REF)
    assert UNKNOWN in card.text
    assert said("card-ask-expired") in card.text
    [share] = await stage.shares()
    assert (share.field, share.reason) == ("general", Reason.UNDECIDED)
    assert "inquiry.timed_out" in await stage.events()


async def test_who_stands_in_for_the_general_contact_is_named() -> None:
    changes = {"leitung": {"deputy": "bildung-kontakt"}, "bildung-kontakt": {"telegram": 2005, "deputy": None}}
    async with raise_stage(make_book({"contacts": changes})) as stage:
        maria = await stage.inquirer()
        await maria.writes(UNKNOWN)
        await stage.contact("leitung").writes("/abwesend bis 13.3.")
        await stage.wait(minutes=30)

        deputy = said("contact-deputy", deputy="Kontakt Bildung", contact="Leitung")
        assert maria.last.text.startswith(said("asked-too-long", reference=REF, contact=deputy))


async def test_it_happens_once(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(UNKNOWN)

    for _ in range(3):
        await stage.wait(hours=1)

    told = said("asked-too-long", reference=REF, contact="Leitung")
    assert len([text for text in maria.texts if text.startswith(told)]) == 1
    assert await stage.count("timers WHERE kind = 'ask'") == 0


async def test_more_words_give_more_time(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(UNKNOWN)
    await stage.wait(minutes=29)
    await maria.writes("Und wie komme ich hin?")

    await stage.wait(minutes=29, seconds=59)
    assert (await stage.inquiry()).state is InquiryState.ASKED
    await stage.wait(seconds=1)
    assert (await stage.inquiry()).state is InquiryState.ASSIGNED


@pytest.mark.parametrize("press", ["Wohnen", said("btn-something-else")])
async def test_a_choice_in_time_stops_the_clock(stage: Stage, press: str) -> None:
    maria = await stage.inquirer()
    await maria.writes(UNKNOWN)
    await maria.presses(press)
    before = maria.texts

    await stage.wait(hours=1)

    assert maria.texts == before


async def test_working_hours_may_count_instead() -> None:
    """Written on a Thursday at nine; three open hours and a half later it is half past twelve."""
    async with raise_stage(make_book({"dialogue": {"ask_timeout": "4 working hours"}})) as stage:
        await (await stage.inquirer()).writes(UNKNOWN)

        await stage.wait(hours=4, minutes=59)
        assert (await stage.inquiry()).state is InquiryState.ASKED
        await stage.wait(minutes=1)
        assert (await stage.inquiry()).state is InquiryState.ASSIGNED


async def test_a_timer_for_what_was_decided_meanwhile_does_nothing(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(UNKNOWN)
    async with stage.database.transaction() as tx:
        await tx.run("UPDATE inquiries SET state = 'withdrawn'")
    before = maria.texts

    await stage.wait(minutes=30)

    assert maria.texts == before
    assert await stage.count("timers WHERE kind = 'ask'") == 0


# ------------------------------------------------------------ which inquiry


async def test_who_goes_on_writing_does_not_make_the_first_message_wait_until_it_expires(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    await maria.writes(TO_LANGUAGE)
    await stage.wait(minutes=20)
    await maria.writes("Und noch etwas")

    await stage.wait(minutes=11)

    assert await stage.count("held") == 0
    assert TO_LANGUAGE in stage.contact("sprache-kontakt").card("2026-0002").text


async def test_without_a_word_what_is_clearly_about_something_else_becomes_an_inquiry_of_its_own(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    await maria.writes(TO_LANGUAGE)

    await stage.wait(minutes=30)

    assert said("which-too-long-new", reference="2026-0002") in maria.texts
    assert TO_LANGUAGE in stage.contact("sprache-kontakt").card("2026-0002").text
    assert not [text for text in stage.contact("wohnen-kontakt").texts if TO_LANGUAGE in text]


async def test_without_a_word_a_message_goes_to_the_open_inquiry_it_names(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_LANGUAGE)
    await maria.writes(TO_HOUSING)
    await maria.presses("btn-which-new")
    await maria.writes("Noch etwas zum Deutschkurs")
    assert maria.last.text == said("which", count=2)

    await stage.wait(minutes=30)

    assert said("which-too-long", reference=REF) in maria.texts
    assert "Noch etwas zum Deutschkurs" in stage.contact("sprache-kontakt").last.text


async def test_without_a_word_the_inquiry_in_hand_gets_what_names_none(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    await stage.wait(minutes=31)
    await maria.writes(UNCLEAR)

    await stage.wait(minutes=29, seconds=59)
    assert maria.last.text == said("which", count=1)
    await stage.wait(seconds=1)

    assert said("which-too-long", reference=REF) in maria.texts
    assert UNCLEAR in stage.contact("wohnen-kontakt").last.text
    assert await stage.count("held") == 0


async def test_with_nothing_open_any_more_it_becomes_an_inquiry_of_its_own(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    await maria.writes(TO_LANGUAGE)
    await stage.contact("wohnen-kontakt").presses("btn-done")

    await stage.wait(minutes=30)

    assert TO_LANGUAGE in stage.contact("sprache-kontakt").card("2026-0002").text


async def test_the_answer_in_time_stops_the_clock(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    await maria.writes(TO_LANGUAGE)
    await maria.presses("btn-which-new")
    before = maria.texts

    await stage.wait(hours=1)

    assert maria.texts == before


# ------------------------------------------------------------ held for the notice


async def test_who_is_told_of_the_deletion_reads_how_else_to_reach_the_office() -> None:
    async with raise_stage(make_book({"privacy": {"other_ways": "Telefon 07621 4100"}})) as stage:
        maria = stage.person("Maria")
        await maria.writes(TO_HOUSING)
        await stage.wait(hours=24)

        assert maria.last.text.splitlines()[-1] == said("held-ways", ways="Telefon 07621 4100")


async def test_what_waits_for_the_notice_is_forgotten_after_a_day_with_its_writer(stage: Stage) -> None:
    maria = stage.person("Maria")
    await maria.writes(TO_HOUSING)
    written_at = all_texts().moment("de", stage.clock.now(), "Europe/Berlin")

    await stage.wait(hours=23, minutes=59, seconds=59)
    assert (await stage.count("held"), await stage.count("people"), len(maria.received)) == (1, 1, 1)
    await stage.wait(seconds=1)

    assert maria.texts[1:] == [said("held-expired", count=1, at=written_at, hold="24 Stunden")]
    assert [await stage.count(table) for table in ("held", "people", "outbox")] == [0, 0, 0], "nor of telling it"
    assert "held.expired" in await stage.events()
    await stage.wait(days=1)
    assert len(maria.received) == 2, "once is enough"


async def test_of_several_that_go_at_once_their_writer_is_told_once(stage: Stage) -> None:
    maria = stage.person("Maria")
    await maria.writes(TO_HOUSING)
    await maria.writes("Sie hat einen Balkon")

    await stage.wait(days=1)

    assert maria.last.text.startswith("2 Nachrichten von Ihnen, die erste von ")
    assert len([text for text in maria.texts if "gelöscht" in text]) == 1


async def test_who_cannot_be_written_to_is_forgotten_all_the_same(stage: Stage) -> None:
    maria = stage.person("Maria")
    await maria.writes(TO_HOUSING)
    stage.telegram.closed[maria.address.chat] = SendFailure.UNREACHABLE

    await stage.wait(days=1)

    assert [await stage.count(table) for table in ("held", "people", "outbox")] == [0, 0, 0]


async def test_who_only_looked_at_the_notice_is_forgotten_after_a_day_with_all_they_were_sent(
    stage: Stage,
) -> None:
    for command in ("/start", "/hilfe", "/datenschutz"):
        await stage.person("Maria").writes(command)

    await stage.wait(hours=23, minutes=59, seconds=59)
    assert await stage.count("people") == 3
    await stage.wait(seconds=1)

    assert [await stage.count(table) for table in ("people", "buttons", "outbox")] == [0, 0, 0]


async def test_each_message_is_held_for_a_day_of_its_own(stage: Stage) -> None:
    maria = stage.person("Maria")
    await maria.writes(TO_HOUSING)
    stage.clock.turn(hours=12)
    await maria.writes("Sie hat einen Balkon")

    await stage.wait(hours=12)

    assert (await stage.count("held"), await stage.count("people")) == (1, 1)
    await stage.wait(hours=12)
    assert (await stage.count("held"), await stage.count("people")) == (0, 0)


async def test_going_on_after_a_day_is_refused_and_begins_anew(stage: Stage) -> None:
    maria = stage.person("Maria")
    await maria.writes(TO_HOUSING)
    await stage.wait(days=1)

    assert await maria.presses("btn-go-on") == (said("press-forgotten"), True)
    await maria.writes(TO_HOUSING)
    await maria.presses("btn-go-on", maria.last)

    assert TO_HOUSING in stage.contact("wohnen-kontakt").card(REF).text


async def test_who_is_known_by_an_inquiry_is_not_forgotten(stage: Stage) -> None:
    maria = stage.person("Maria")
    await maria.writes(DANGER)
    await maria.writes("Bitte schnell")

    await stage.wait(days=1)

    assert (await stage.count("held"), await stage.count("people")) == (0, 1)


# ------------------------------------------------------------ after a standstill


async def test_nothing_held_expires_before_it_is_known_what_people_did_in_time(stage: Stage) -> None:
    maria = stage.person("Maria")
    await maria.writes(TO_HOUSING)
    written_at = stage.clock.now()
    stage.clock.turn(days=2)
    known: list[datetime | None] = [None, written_at + timedelta(hours=23), written_at + timedelta(hours=24)]
    restarted = Sweeper(stage.database, stage.dialogue, stage.clock, lambda: None, lambda: known[0])

    for left in (1, 1, 0):
        await restarted.plan()
        await restarted.sweep()
        assert (await stage.count("held"), await stage.count("people")) == (left, left)
        del known[0]


async def test_nor_while_an_update_waits_to_be_handled(stage: Stage) -> None:
    maria = stage.person("Maria")
    await maria.writes(TO_HOUSING)
    async with stage.database.transaction() as tx:
        await inbox.add_batch(tx, stage.clock.now(), [RawUpdate("telegram", 1, "press 1", "1001", "{}")])

    await stage.wait(days=1)
    assert await stage.count("held") == 1
    await maria.presses("btn-go-on")
    assert TO_HOUSING in stage.contact("wohnen-kontakt").card(REF).text


async def test_nobody_is_taken_for_silent_before_it_is_known_what_they_said(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(UNKNOWN)
    asked_at = stage.clock.now()
    stage.clock.turn(hours=1)
    known: list[datetime | None] = [None, asked_at + timedelta(minutes=29), asked_at + timedelta(minutes=30)]
    restarted = Sweeper(stage.database, stage.dialogue, stage.clock, lambda: None, lambda: known[0])

    for state in (InquiryState.ASKED, InquiryState.ASKED, InquiryState.ASSIGNED):
        await restarted.sweep()
        assert (await stage.inquiry()).state is state
        del known[0]


# ------------------------------------------------------------ trouble


async def test_one_that_fails_does_not_keep_the_others_waiting(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    maria, bela = await stage.inquirer("Maria"), await stage.inquirer("Bela")
    await maria.writes(UNKNOWN)
    stage.clock.turn(seconds=1)
    await bela.writes(UNKNOWN)
    give_to_general = intake.give_to_general

    async def fail_for_the_first(turn: object, case: object) -> None:
        if getattr(case, "reference", "") == REF:
            raise ValueError(UNKNOWN)
        await give_to_general(turn, case)  # type: ignore[arg-type]

    monkeypatch.setattr(intake, "give_to_general", fail_for_the_first)
    with caplog.at_level(logging.INFO):
        await stage.wait(minutes=31)

    assert [inquiry.state for inquiry in await stage.inquiries()] == [InquiryState.ASKED, InquiryState.ASSIGNED]
    assert "timer 1 (ask): ValueError" in caplog.text
    assert UNKNOWN not in caplog.text

    monkeypatch.undo()
    await stage.wait(seconds=59)
    assert (await stage.inquiries())[0].state is InquiryState.ASKED
    await stage.wait(seconds=1)
    assert (await stage.inquiries())[0].state is InquiryState.ASSIGNED


async def test_one_that_failed_is_as_late_as_it_is_when_it_is_tried_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The office is closed by then: nobody's phone rings for what a standstill kept since noon."""
    housing = stage.contact("wohnen-kontakt")
    await (await stage.inquirer()).writes(TO_HOUSING)
    before, started, failed = housing.texts, timers.start, []

    async def fail_once(tx: Tx, due_at: datetime, timer: Timer) -> None:
        if timer.kind is TimerKind.DUE and not failed:
            failed.append(timer)
            raise OSError(TO_HOUSING)
        await started(tx, due_at, timer)

    monkeypatch.setattr(timers, "start", fail_once)
    await stage.wait_until(berlin("2026-03-09 23:40"))
    await stage.wait(minutes=2)

    assert failed
    assert housing.texts == before
    await stage.live_until(berlin("2026-03-10 08:00"))
    assert said("reminder-overdue", reference=REF) in "\n".join(housing.texts)


async def test_a_restart_changes_nothing(stage: Stage) -> None:
    """Timers are rows: another sweeper on the same database does what the first one would have done."""
    maria = await stage.inquirer()
    await maria.writes(UNKNOWN)
    stage.clock.turn(hours=5)
    restarted = type(stage.sweeper)(stage.database, stage.dialogue, stage.clock, lambda: None, stage.clock.now)

    assert await restarted.sweep() == 1

    assert (await stage.inquiry()).state is InquiryState.ASSIGNED


async def test_one_inquiry_that_cannot_be_handed_over_does_not_hold_up_the_others(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done = []

    async def deliver(_: object, *, inquiry_id: int) -> set[int]:
        if inquiry_id == 1:
            raise OSError(UNKNOWN)
        done.append(inquiry_id)
        return {inquiry_id}

    async def wait(_: object) -> list[int]:
        return [1, 2]

    monkeypatch.setattr(stranded, "list_deliverable", wait)
    monkeypatch.setattr(stranded, "deliver_waiting", deliver)
    assert await stage.sweeper.sweep() == 1
    assert done == [2]
    assert "inquiry 1: OSError" in caplog.text
    assert UNKNOWN not in caplog.text


async def test_all_open_inquiries_are_looked_at_when_contacts_change_and_once_a_minute(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = []

    async def look(turn: Turn) -> list[int]:
        looks.append(turn.at)
        return []

    monkeypatch.setattr(stranded, "list_deliverable", look)
    await stage.sweeper.sweep()
    looks.clear()

    await stage.wait(seconds=5)
    assert looks == []
    async with stage.database.transaction() as tx:
        await unreachable.mark(tx, stage.clock.now(), "leitung")
    await stage.wait(seconds=5)
    assert len(looks) == 1
    await stage.wait(seconds=5)
    assert len(looks) == 1
    await stage.wait(seconds=55)
    assert len(looks) == 2


async def test_the_sender_is_woken_only_when_something_was_done(stage: Stage) -> None:
    woken = []
    sweeper = type(stage.sweeper)(stage.database, stage.dialogue, stage.clock, lambda: woken.append(1), stage.clock.now)
    maria = await stage.inquirer()
    await maria.writes(UNKNOWN)

    assert await sweeper.sweep() == 0
    assert woken == []
    stage.clock.turn(minutes=30)
    assert await sweeper.sweep() == 1
    assert woken == [1]


async def test_it_sweeps_until_cancelled_and_outlives_a_broken_database(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    looks = []

    async def look(sweeper: object) -> int:
        looks.append(1)
        if len(looks) == 1:
            raise OSError(UNKNOWN)
        raise KeyboardInterrupt

    monkeypatch.setattr(type(stage.sweeper), "sweep", look)
    stage.sweeper.wake()
    monkeypatch.setattr("bot.services.sweeper.LOOK_EVERY_S", 0.0)
    with pytest.raises(KeyboardInterrupt):
        await stage.sweeper.run()

    assert len(looks) == 2
    assert "sweeper: OSError" in caplog.text
    assert UNKNOWN not in caplog.text


async def test_what_could_not_be_planned_is_planned_with_the_next_look(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    attempts, plan = [], digest.plan

    async def locked_at_first(turn: Turn) -> None:
        attempts.append(1)
        if len(attempts) == 1:
            raise sqlite3.OperationalError("database is locked")
        await plan(turn)

    async def end_with_the_third_look(sweeper: Sweeper) -> int:
        looks.append(1)
        if len(looks) == 3:
            sweeper.stop()
        return 0

    looks: list[int] = []
    monkeypatch.setattr(digest, "plan", locked_at_first)
    monkeypatch.setattr(Sweeper, "sweep", end_with_the_third_look)
    monkeypatch.setattr("bot.services.sweeper.LOOK_EVERY_S", 0.0)
    await stage.sweeper.run()

    assert len(attempts) == 2
    assert "OperationalError" in caplog.text
    async with stage.database.reading() as tx:
        planned = {row["kind"] for row in await tx.all("SELECT kind FROM timers")}
    assert planned >= {TimerKind.ROLL_CALL, TimerKind.RETENTION}


async def test_a_stopped_sweeper_ends_by_itself(stage: Stage) -> None:
    running = asyncio.create_task(stage.sweeper.run())
    await asyncio.sleep(0)
    stage.sweeper.stop()
    await running


@pytest.mark.parametrize(("age", "left"), [(timedelta(days=2), 1), (timedelta(days=2, seconds=1), 0)])
async def test_handled_updates_are_forgotten_after_two_days(stage: Stage, age: timedelta, left: int) -> None:
    async with stage.database.transaction() as tx:
        await inbox.add_batch(tx, stage.clock.now(), [RawUpdate("telegram", 1, "message 1", "1001", "{}")])
        await inbox.mark_done(tx, stage.clock.now(), 1)

    await stage.wait(seconds=age.total_seconds())

    assert await stage.count("inbox") == left


async def test_one_stopped_after_it_was_found_due_is_left_alone(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    maria = await stage.inquirer()
    await maria.writes(UNKNOWN)
    async with stage.database.reading() as tx:
        later = stage.clock.now() + timedelta(hours=1)
        due = await timers.list_due(tx, later, later)
    await maria.presses("Wohnen")

    async def found_before(*_: object) -> list[Timer]:
        return due

    monkeypatch.setattr(timers, "list_due", found_before)
    assert await stage.sweeper.sweep() == 0
    assert [share.field for share in await stage.shares()] == ["wohnen"]


async def test_what_was_held_is_brought_in_though_it_becomes_known_only_now_what_people_did(stage: Stage) -> None:
    """The first look at the channel comes while the sweep runs; nothing may expire by it that should have come in."""
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    await maria.writes(TO_LANGUAGE)
    stage.clock.turn(days=4)
    heard = iter([None, stage.clock.now()])

    def complete_until() -> datetime | None:
        return next(heard, stage.clock.now())

    sweeper = Sweeper(stage.database, stage.dialogue, stage.clock, lambda: None, complete_until)
    await sweeper.sweep()
    await sweeper.sweep()

    assert len(await stage.inquiries()) == 2
