"""What the office does with an inquiry in which somebody's life may be in danger: at once, and never by a date."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.errors import SendFailure
from bot.model import AssignmentState, Event, InquiryState, MessageKind
from bot.services.shares import promise
from bot.services.turn import Turn
from bot.store import absences, assignments, unreachable
from bot.store.absences import Absence
from bot.store.database import Database
from bot.store.timers import TimerKind
from tests.support.clock import START, ManualClock, berlin
from tests.support.keys import KEY
from tests.support.rulebook import DANGER, TO_HOUSING, UNKNOWN, make_book
from tests.support.stage import Stage, raise_stage, said

REF = "2026-0001"
TEAM = -1_000_000_000_400
TAKING_LONGER = "länger als versprochen"


# ------------------------------------------------------------ no date


async def test_whoever_may_be_in_danger_is_never_told_that_it_is_taking_longer(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(DANGER)
    await stage.contact("leitung").presses("btn-take")

    await stage.live_until(START + timedelta(days=20))

    assert not [text for text in maria.texts if TAKING_LONGER in text]
    assert "inquiry.slipped" not in await stage.events()


async def test_nor_where_a_date_was_stored_before(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(DANGER)
    [share] = await stage.shares()
    async with stage.database.transaction() as tx:
        await assignments.set_due(tx, share.id, START)
        turn = stage.dialogue.turn(tx)

        assert not await promise.own_up(turn, share.inquiry_id)


async def test_an_urgent_card_says_that_it_is_to_be_looked_at_at_once_until_somebody_does(stage: Stage) -> None:
    maria, head = await stage.inquirer(), stage.contact("leitung")
    await maria.writes(DANGER)

    assert said("card-at-once") in head.card().text
    assert "Antwort bis" not in head.card().text

    await head.presses("btn-take")

    assert said("card-at-once") not in head.card().text
    assert "Antwort bis" not in head.card().text


async def test_no_date_comes_in_when_the_person_writes_again_or_it_is_opened_again(stage: Stage) -> None:
    maria, head = await stage.inquirer(), stage.contact("leitung")
    await maria.writes(DANGER)
    await head.replies("Wir rufen Sie an.", to=head.card())
    await maria.writes("Er steht vor der Tür", reply_to=maria.last)
    again = await stage.shares()
    await head.presses("btn-done")
    stage.clock.turn(seconds=2)
    await head.presses("btn-done")
    await head.presses("btn-reopen")
    reopened = await stage.shares()
    await stage.live_until(START + timedelta(days=20))

    assert [share.due_at for share in (*again, *reopened)] == [None, None]
    assert "inquiry.overdue" not in await stage.events()


@pytest.mark.parametrize("keys", [None, KEY], ids=["in the clear", "encrypted"])
async def test_what_was_urgent_before_loses_its_date(tmp_path: Path, keys: str | None) -> None:
    async with raise_stage(folder=tmp_path, keys=keys) as stage:
        maria = await stage.inquirer()
        await maria.writes(TO_HOUSING)
        await maria.writes(DANGER)
        async with stage.database.transaction() as tx:
            for one in await assignments.list_open(tx):
                await assignments.set_due(tx, one.id, START + timedelta(days=1))
                await promise.watch(stage.dialogue.turn(tx), await assignments.get(tx, one.id))
            await tx.run("DELETE FROM _yoyo_migration WHERE migration_id = '0018.no_date_in_danger'")

    url = f"sqlite:///{tmp_path / 'stage.db'}"
    async with await Database.open(url, keys=keys) as database, database.reading() as tx:
        urgent, other = await assignments.list_open(tx)
        watched = await tx.all("SELECT assignment_id FROM timers WHERE kind = :kind", kind=TimerKind.DUE)

    assert (urgent.due_at, other.due_at) == (None, START + timedelta(days=1))
    assert [row["assignment_id"] for row in watched] == [other.id]


# ------------------------------------------------------------ no end by itself


async def test_silence_does_not_end_what_nobody_has_answered(stage: Stage) -> None:
    maria, head = await stage.inquirer(), stage.contact("leitung")
    await maria.writes(DANGER)
    told = maria.texts
    await stage.sweeper.plan()

    await stage.live_until(START + timedelta(days=40))
    await head.presses("btn-take")
    await stage.live_until(START + timedelta(days=90))

    assert (await stage.inquiry()).state is InquiryState.TAKEN
    assert maria.texts == [*told, said("taken-by", contact="Leitung", reference=REF)]


async def test_once_answered_it_ends_as_any_other_and_the_person_reads_whom_to_call(stage: Stage) -> None:
    maria, head = await stage.inquirer(), stage.contact("leitung")
    await maria.writes(DANGER)
    await head.replies("Wir rufen Sie an.", to=head.card())
    await stage.sweeper.plan()

    await stage.live_until(START + timedelta(days=40))

    assert (await stage.inquiry()).state is InquiryState.CLOSED
    assert maria.last.text == f"{said('silent', reference=REF)}\n{said('danger-numbers')}"


async def test_a_year_is_the_longest_for_it_too_and_the_person_reads_whom_to_call(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(DANGER)
    stage.clock.turn(days=366)
    await stage.sweeper.plan()
    await stage.wait()

    assert await stage.inquiries() == []
    assert maria.last.text == f"{said('expired', reference=REF, longest='365 Tage')}\n{said('danger-numbers')}"


async def test_whoever_reads_that_it_was_given_back_or_handed_on_reads_whom_to_call(stage: Stage) -> None:
    maria, head = await stage.inquirer(), stage.contact("leitung")
    await maria.writes(DANGER)
    await head.presses("btn-take")
    await head.presses("btn-more")
    await head.presses("btn-release")
    given_back = said("released", reference=REF, contact="Leitung")
    assert maria.last.text.splitlines() == [given_back, said("danger-numbers"), said("danger-untaken")]

    await head.presses("btn-hand")
    await head.presses("btn-colleagues")
    await head.presses("Kontakt Wohnen")
    assert maria.last.text.splitlines() == [
        said("handed", reference=REF, contact="Kontakt Wohnen"),
        said("danger-numbers"),
    ]


async def test_whoever_has_not_read_the_notice_yet_learns_how_it_stands(stage: Stage) -> None:
    maria = stage.person()
    await maria.writes(DANGER)

    await maria.writes("/status")

    line = said("status-line", reference=REF, field="Allgemein", state=said("state-assigned"), contact="Leitung")
    assert maria.last.text == f"{said('status-head')}\n• {line}"


async def test_a_further_cry_for_help_names_the_one_that_was_closed(stage: Stage) -> None:
    maria, head = await stage.inquirer(), stage.contact("leitung")
    await maria.writes(DANGER)
    await head.replies("Wir rufen Sie an.", to=head.card())
    await head.presses("btn-done", head.card())

    await maria.writes(f"{DANGER}, schon wieder")

    assert said("card-follows", reference=REF) in head.card("2026-0002").text


# ------------------------------------------------------------ no end by one tap


async def test_one_tap_on_done_does_not_end_what_nobody_took_or_answered(stage: Stage) -> None:
    maria, head = await stage.inquirer(), stage.contact("leitung")
    await maria.writes(DANGER)
    told = maria.texts

    assert await head.presses("btn-done") == (said("press-done-urgent", button=said("btn-done")), True)
    assert maria.texts == told

    stage.clock.turn(seconds=40)
    assert await head.presses("btn-done") == (said("press-done"), False)
    assert maria.last.text == f"{said('closed', reference=REF)}\n{said('danger-numbers')}"


async def test_a_tap_long_after_the_first_is_asked_about_again(stage: Stage) -> None:
    maria, head = await stage.inquirer(), stage.contact("leitung")
    await maria.writes(DANGER)
    await head.presses("btn-done")
    stage.clock.turn(minutes=5)

    await head.presses("btn-done")

    assert (await stage.inquiry()).state is InquiryState.ASSIGNED


@pytest.mark.parametrize("by", ["leitung", "wohnen-kontakt"], ids=["whoever took it", "a colleague"])
async def test_nor_what_was_taken_and_not_answered_whoever_taps(by: str) -> None:
    async with raise_stage(make_book(BEHIND_THE_HEAD)) as stage:
        maria, head = await stage.inquirer(), stage.contact("leitung")
        await maria.writes(DANGER)
        await stage.live_until(START + timedelta(minutes=30))
        await head.presses("btn-take")
        stage.clock.turn(minutes=57)
        contact = stage.contact(by)
        asked = said("press-done-urgent", button=said("btn-done"))

        assert await contact.presses("btn-done", contact.card()) == (asked, True)
        assert (await stage.inquiry()).state is InquiryState.TAKEN
        stage.clock.turn(seconds=2)
        assert await contact.presses("btn-done", contact.card()) == (said("press-done"), False)


async def test_each_of_a_group_is_asked_whoever_was_before() -> None:
    async with raise_stage(make_book({"contacts": {"leitung": {"telegram": TEAM}}})) as stage:
        await (await stage.inquirer()).writes(DANGER)
        anna, ben = stage.at(TEAM, user=1), stage.at(TEAM, user=2)
        asked = (said("press-done-urgent", button=said("btn-done")), True)

        assert await anna.presses("btn-done") == asked
        stage.clock.turn(seconds=5)
        assert await ben.presses("btn-done") == asked
        stage.clock.turn(seconds=5)
        assert await anna.presses("btn-done") == (said("press-done"), False)


async def test_what_the_person_writes_after_the_question_is_asked_about(stage: Stage) -> None:
    maria, head = await stage.inquirer(), stage.contact("leitung")
    await maria.writes(DANGER)
    asked = (said("press-done-urgent", button=said("btn-done")), True)
    assert await head.presses("btn-done") == asked
    stage.clock.turn(seconds=5)
    await maria.writes("Er steht vor der Tür", reply_to=maria.last)
    stage.clock.turn(seconds=5)

    assert await head.presses("btn-done") == asked


async def test_nor_one_with_a_question_back_or_a_further_word_of_the_persons(stage: Stage) -> None:
    maria, head = await stage.inquirer(), stage.contact("leitung")
    await maria.writes(DANGER)
    await head.presses("btn-more")
    await head.presses("btn-ask-back")
    await head.replies("Wo sind Sie?")
    stage.clock.turn(minutes=5)
    asked = said("press-done-urgent", button=said("btn-done"))

    assert await head.presses("btn-done", head.card()) == (asked, True)

    await head.replies("Wir rufen Sie an.", to=head.card())
    await maria.writes("Er ist noch da", reply_to=maria.last)
    stage.clock.turn(minutes=5)
    assert await head.presses("btn-done", head.card()) == (asked, True)


async def test_what_was_answered_ends_at_one_tap_and_the_person_reads_whom_to_call(stage: Stage) -> None:
    maria, head = await stage.inquirer(), stage.contact("leitung")
    await maria.writes(DANGER)
    await head.replies("Wir rufen Sie an.", to=head.card())
    stage.clock.turn(minutes=1)

    assert await head.presses("btn-done") == (said("press-done"), False)
    assert f"{said('closed', reference=REF)}\n{said('danger-numbers')}" in maria.last.text


# ------------------------------------------------------------ first in every list


async def two_for_the_head(stage: Stage) -> None:
    """Let something wait for the head, then something urgent."""
    maria, bela = await stage.inquirer("Maria"), await stage.inquirer("Bela")
    await maria.writes(UNKNOWN)
    await maria.presses("btn-something-else")
    await bela.writes(DANGER)


async def test_it_stands_first_and_marked_in_what_waits(stage: Stage) -> None:
    await two_for_the_head(stage)
    head = stage.contact("leitung")

    await head.writes("/offen")

    [_, urgent, other] = head.last.text.split("\n\n")
    state = f"{said('state-assigned')} · {said('card-at-once')}"
    line = said("list-line", reference="2026-0002", field="Allgemein", name="Bela")
    assert urgent == f"{said('relayed-urgent', line=line)}\n{state}"
    assert other.startswith("2026-0001")

    await head.writes("/suche 2026-0002")
    assert said("relayed-urgent", line=line) in head.last.text


async def test_it_stands_first_in_the_digest_in_a_section_of_its_own_until_it_is_answered() -> None:
    async with raise_stage(make_book({"reminders": {"digest": "08:15"}})) as stage:
        await stage.sweeper.plan()
        await two_for_the_head(stage)
        head = stage.contact("leitung")

        async def digest_on(day: str) -> list[str]:
            await stage.live_until(berlin(f"{day} 08:15"))
            return next(text for text in reversed(head.texts) if text.startswith("Morgenübersicht")).split("\n\n")

        def section(state: str) -> str:
            line = said("digest-line-urgent", reference="2026-0002", field="Allgemein", state=state)
            return said("digest-urgent", count=1) + "\n" + line

        [_, urgent, new, _] = await digest_on("2026-03-06")
        assert urgent == section(said("state-assigned"))
        assert new.startswith(said("digest-new", count=1) + "\n• 2026-0001")

        await head.presses("btn-take", head.card("2026-0002"))
        held = said("list-held", state=said("state-taken"), holder="Leitung")
        assert (await digest_on("2026-03-09"))[1] == section(held)

        await head.replies("Wir rufen Sie an.", to=head.card("2026-0002"))
        assert "2026-0002" not in "".join(await digest_on("2026-03-10"))


async def test_no_digest_says_again_what_alone_was_just_reminded_of() -> None:
    async with raise_stage(make_book({"reminders": {"digest": "08:15"}})) as stage:
        await stage.sweeper.plan()
        await (await stage.inquirer()).writes(DANGER)
        head = stage.contact("leitung")

        await stage.live_until(berlin("2026-03-06 08:20"))

        assert not [text for text in head.texts if text.startswith("Morgenübersicht")]
        assert [text for text in head.texts if "Noch hat niemand" in text]


async def test_administrators_see_what_is_urgent_and_unanswered_first(stage: Stage) -> None:
    await two_for_the_head(stage)
    head = stage.contact("leitung")

    await head.writes("/admin")

    line = said("admin-urgent", count=1, references="2026-0002")
    assert head.last.text.splitlines()[1] == said("relayed-urgent", line=line)
    assert head.last.buttons == [said("btn-goto", reference="2026-0002")]

    await head.replies("Wir rufen Sie an.", to=head.card("2026-0002"))
    await head.writes("/admin")
    assert "2026-0002" not in head.last.text


# ------------------------------------------------------------ others join soon

SATURDAY = berlin("2026-03-07 07:55")
SINCE = "Samstag, 7. März, 07:55 Uhr"
BEHIND_THE_HEAD = {"contacts": {"leitung": {"deputy": "wohnen-kontakt"}, "sprache-kontakt": {"deputy": None}}}


def marked(line: str) -> str:
    return said("relayed-urgent", line=line)


REMINDER = marked(said("reminder-take", reference=REF, since=SINCE) + "\n" + said("card-at-once"))


async def test_where_nobody_takes_it_others_join_within_the_hour_on_a_saturday() -> None:
    async with raise_stage(make_book(BEHIND_THE_HEAD), ManualClock(SATURDAY)) as stage:
        maria, head, deputy = await stage.inquirer(), stage.contact("leitung"), stage.contact("wohnen-kontakt")
        await maria.writes(DANGER)
        told = maria.texts

        await stage.live_until(SATURDAY + timedelta(minutes=15))
        assert (head.last.text, head.last.reply_to) == (REMINDER, head.card().message)
        assert deputy.received == []

        await stage.live_until(SATURDAY + timedelta(minutes=30))
        assert said("card-urgent") in deputy.card().text
        joined = said("reminder-joined", reference=REF, contact="Leitung", since=SINCE)
        assert deputy.last.text == marked(joined + "\n" + said("card-at-once"))
        assert head.last.text == marked(
            said("reminder-joined-too", reference=REF, contact="Kontakt Wohnen", since=SINCE)
        )
        assert maria.texts == told


async def reminded_at(stage: Stage, until: str) -> list[str]:
    """Live until a moment; return when somebody was reminded, `day hour:minute`."""
    await stage.live_until(berlin(until))
    zone = ZoneInfo("Europe/Berlin")
    return [f"{one.at.astimezone(zone):%d %H:%M}" for one in await stage.journal() if one.event == "inquiry.reminded"]


async def test_where_nobody_else_is_there_whoever_has_it_is_reminded_day_and_night_until_it_is_answered() -> None:
    async with raise_stage(clock=ManualClock(SATURDAY)) as stage:
        await (await stage.inquirer()).writes(DANGER)
        head = stage.contact("leitung")

        steps = ["07 08:10", "07 08:25", "07 08:40"]
        by_day = [f"07 {hour:02}:40" for hour in range(9, 22)]
        by_night = ["07 23:40", "08 01:40", "08 03:40", "08 05:40"]
        morning = ["08 07:00", "08 08:00"]
        assert await reminded_at(stage, "2026-03-08 08:30") == steps + by_day + by_night + morning
        before = head.texts.count(REMINDER)
        assert before == len(steps + by_day + by_night + morning)

        opening = ["09 07:00", "09 08:00", "09 08:15", "09 08:30"]
        assert (await reminded_at(stage, "2026-03-09 08:35"))[-4:] == opening
        assert (await reminded_at(stage, "2026-03-09 17:35"))[-2:] == ["09 16:30", "09 17:30"]

        await head.replies("Wir kommen", to=head.card())
        there = await reminded_at(stage, "2026-03-09 18:00")
        assert await reminded_at(stage, "2026-03-20 18:00") == there


async def test_after_three_days_whoever_has_it_is_reminded_when_the_office_opens_until_the_person_writes() -> None:
    async with raise_stage(clock=ManualClock(SATURDAY)) as stage:
        maria = await stage.inquirer()
        await maria.writes(DANGER)

        third_day = [one for one in await reminded_at(stage, "2026-03-12 20:00") if one >= "10 09:00"]
        assert third_day == ["12 08:00", "12 13:30"]

        await maria.writes("Ist da jemand?")
        again = ["12 20:15", "12 20:30", "12 20:45", "12 21:45"]
        assert (await reminded_at(stage, "2026-03-12 22:00"))[-4:] == again


# ------------------------------------------------------------ taken, but without an answer


async def test_taking_gives_a_quarter_of_an_hour_and_after_three_the_deputy_joins() -> None:
    async with raise_stage(make_book(BEHIND_THE_HEAD), ManualClock(berlin("2026-03-05 22:55"))) as stage:
        maria, head, deputy = await stage.inquirer(), stage.contact("leitung"), stage.contact("wohnen-kontakt")
        await maria.writes(DANGER)
        stage.clock.turn(minutes=10)
        await head.presses("btn-take")

        assert await reminded_at(stage, "2026-03-05 23:35") == ["05 23:20", "05 23:35"]
        assert deputy.received == []

        await stage.live_until(berlin("2026-03-05 23:50"))
        since = "Donnerstag, 5. März, 23:05 Uhr"
        joined = said("reminder-joined-taken", reference=REF, contact="Leitung", since=since)
        assert deputy.last.text == marked(joined + "\n" + said("card-at-once"))
        too = said("reminder-joined-too-taken", reference=REF, contact="Kontakt Wohnen", since=since)
        assert head.last.text == marked(too)

        nights = ["06 01:50", "06 03:50", "06 05:50", "06 07:00", "06 08:00", "06 08:15"]
        assert (await reminded_at(stage, "2026-03-06 08:15"))[2:] == nights


async def test_what_the_person_adds_begins_the_steps_anew_for_whoever_took_it(stage: Stage) -> None:
    maria, head = await stage.inquirer(), stage.contact("leitung")
    await maria.writes(DANGER)
    await head.presses("btn-take")
    await stage.live_until(berlin("2026-03-05 23:00"))

    await maria.writes("Ist da jemand?")

    assert (await reminded_at(stage, "2026-03-05 23:30"))[-2:] == ["05 23:15", "05 23:30"]


async def test_whoever_took_what_is_urgent_is_reminded_until_it_is_answered(stage: Stage) -> None:
    maria, head = await stage.inquirer(), stage.contact("leitung")
    await maria.writes(DANGER)
    await head.presses("btn-take")

    await stage.live_until(START + timedelta(days=5))
    reminder = said("reminder-no-answer", reference=REF, contact="Leitung")
    reminded = [text for text in head.texts if reminder in text]
    assert len(reminded) > 2

    await head.replies("Wir sind auf dem Weg", to=head.card())
    await stage.live_until(START + timedelta(days=12))
    assert [
        text for text in head.texts if said("reminder-no-answer", reference=REF, contact="Leitung") in text
    ] == reminded


async def test_the_others_read_who_took_it_and_are_reminded_once_an_hour() -> None:
    async with raise_stage(make_book(BEHIND_THE_HEAD)) as stage:
        head, deputy = stage.contact("leitung"), stage.contact("wohnen-kontakt")
        await (await stage.inquirer()).writes(DANGER)
        await stage.live_until(START + timedelta(minutes=30))
        await deputy.presses("btn-take")

        await stage.live_until(START + timedelta(minutes=150))

        line = said("reminder-no-answer", reference=REF, contact="Kontakt Wohnen")
        reminder = marked(line + "\n" + said("card-at-once"))
        assert head.texts.count(reminder) == 2
        assert deputy.texts.count(reminder) == 7

        await deputy.presses("btn-more", deputy.card())
        await deputy.presses("btn-ask-back")
        await deputy.replies("Wo sind Sie?")
        await stage.wait(minutes=15)
        assert said("reminder-asked-back", reference=REF, contact="Kontakt Wohnen") in deputy.last.text


async def test_a_reminder_that_is_tried_again_still_reaches_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    async with raise_stage(make_book(BEHIND_THE_HEAD)) as stage:
        head, deputy = stage.contact("leitung"), stage.contact("wohnen-kontakt")
        await (await stage.inquirer()).writes(DANGER)
        await stage.live_until(START + timedelta(minutes=30))
        await deputy.presses("btn-take")
        note, failed = Turn.note, []

        async def fail_once(turn: Turn, event: Event, *args: Any, **data: Any) -> None:
            if event is Event.INQUIRY_REMINDED and not failed:
                failed.append(event)
                raise OSError("no space left on device")
            await note(turn, event, *args, **data)

        monkeypatch.setattr(Turn, "note", fail_once)
        await stage.live_until(START + timedelta(minutes=50))

        line = said("reminder-no-answer", reference=REF, contact="Kontakt Wohnen")
        reminder = marked(line + "\n" + said("card-at-once"))
        assert failed
        assert (head.texts.count(reminder), deputy.texts.count(reminder)) == (1, 1)


@pytest.mark.parametrize("gone", ["away", "lost"])
async def test_where_whoever_took_it_is_not_there_the_others_are_reminded_each_time(gone: str) -> None:
    async with raise_stage(make_book(BEHIND_THE_HEAD)) as stage:
        head, deputy = stage.contact("leitung"), stage.contact("wohnen-kontakt")
        await (await stage.inquirer()).writes(DANGER)
        await stage.live_until(START + timedelta(minutes=30))
        await deputy.presses("btn-take")
        async with stage.database.transaction() as tx:
            now = stage.clock.now()
            if gone == "lost":
                await unreachable.mark(tx, now, "wohnen-kontakt")
            else:
                until = now + timedelta(days=20)
                await absences.put(tx, now, Absence("wohnen-kontakt", now, until, "leitung"))

        await stage.live_until(START + timedelta(minutes=150))

        line = said("reminder-no-answer", reference=REF, contact="Kontakt Wohnen")
        assert head.texts.count(marked(line + "\n" + said("card-at-once"))) == 7


async def test_so_is_whoever_answered_and_got_another_cry_for_help(stage: Stage) -> None:
    maria, head = await stage.inquirer(), stage.contact("leitung")
    await maria.writes(DANGER)
    await head.replies("Wir rufen an", to=head.card())
    await maria.writes("Er schlägt gegen die Tür, bitte helfen Sie", reply_to=maria.last)

    await stage.live_until(START + timedelta(days=2))

    assert said("reminder-no-answer", reference=REF, contact="Leitung") in "\n".join(head.texts)


async def test_a_sticker_for_an_answer_names_no_date(stage: Stage) -> None:
    maria, head = await stage.inquirer(), stage.contact("leitung")
    await maria.writes(DANGER)
    await head.sends(MessageKind.STICKER, reply_to=head.card())

    assert head.last.text == said("answer-sent-sign-urgent", name="Maria", reference=REF)


async def test_what_a_colleague_was_asked_ends_nothing_elsewhere() -> None:
    """Asked in the head's chat, tapped once in the deputy's, who saw no question."""
    changes = {"leitung": {"deputy": "bildung-kontakt"}, "bildung-kontakt": {"telegram": 2005, "deputy": None}}
    async with raise_stage(make_book({"contacts": changes})) as stage:
        maria, head = await stage.inquirer(), stage.contact("leitung")
        await maria.writes(DANGER)
        await stage.live_until(stage.clock.now() + timedelta(minutes=31))
        deputy = stage.contact("bildung-kontakt")
        await head.presses("btn-done", head.card())
        await deputy.presses("btn-done", deputy.card())

        assert (await stage.inquiry()).state is not InquiryState.CLOSED


async def test_what_was_stored_without_any_timer_is_reminded_of_from_now_on(tmp_path: Path) -> None:
    async with raise_stage(folder=tmp_path) as stage:
        await (await stage.inquirer()).writes(DANGER)
        async with stage.database.transaction() as tx:
            await tx.run("DELETE FROM timers WHERE kind = 'take'")
            await tx.run("DELETE FROM _yoyo_migration WHERE migration_id = '0018.no_date_in_danger'")
    async with await Database.open(f"sqlite:///{tmp_path / 'stage.db'}") as database, database.reading() as tx:
        assert [row["kind"] for row in await tx.all("SELECT kind FROM timers WHERE assignment_id IS NOT NULL")] == [
            "take"
        ]


# ------------------------------------------------------------ who writes on in danger

STILL = "Er ist in Lebensgefahr, bitte kommen Sie"


async def test_further_words_of_danger_go_on_with_the_urgent_inquiry_and_ring_at_all_who_have_it() -> None:
    async with raise_stage(make_book(BEHIND_THE_HEAD), ManualClock(SATURDAY)) as stage:
        maria, head, deputy = await stage.inquirer(), stage.contact("leitung"), stage.contact("wohnen-kontakt")
        await maria.writes(DANGER)
        await stage.live_until(SATURDAY + timedelta(minutes=30))
        await deputy.presses("btn-take")
        await deputy.replies("Sind Sie in Sicherheit?", to=deputy.card())

        await maria.writes(STILL)
        await maria.writes(f"{STILL}!", reply_to=maria.last)

        assert len(await stage.inquiries()) == 1
        line = marked(said("relayed", reference=REF, name="Maria"))
        for contact in (head, deputy):
            assert [text for text in contact.texts if text.startswith(line)] == [
                f"{line}\n\n{STILL}",
                f"{line}\n\n{STILL}!",
            ]
            assert not any(one.quiet for one in contact.received if STILL in one.text)
        assert [share.state for share in await stage.shares()] == [AssignmentState.TAKEN]


async def test_it_begins_the_steps_anew(stage: Stage) -> None:
    maria, head = await stage.inquirer(), stage.contact("leitung")
    await maria.writes(DANGER)
    await stage.live_until(berlin("2026-03-05 23:30"))
    before = len(head.received)

    await maria.writes(STILL)
    await stage.live_until(berlin("2026-03-05 23:45"))

    assert [said("reminder-take", reference=REF, since="X").partition("wartet")[0] in text for text in head.texts][
        before:
    ] == [False, True]


async def test_but_puts_none_off_that_are_under_way() -> None:
    async with raise_stage(make_book(BEHIND_THE_HEAD), ManualClock(SATURDAY)) as stage:
        maria, deputy = await stage.inquirer(), stage.contact("wohnen-kontakt")
        await maria.writes(DANGER)
        for minute in (10, 20, 29):
            await stage.live_until(SATURDAY + timedelta(minutes=minute))
            await maria.writes(f"{STILL} {minute}")

        await stage.live_until(SATURDAY + timedelta(minutes=30))

        assert said("card-urgent") in deputy.card().text


async def test_a_flood_of_them_does_not_ring_without_end(stage: Stage) -> None:
    maria, head = await stage.inquirer(), stage.contact("leitung")
    await maria.writes(DANGER)
    for number in range(20):
        await maria.writes(f"{STILL} {number}")

    rang = [one for one in head.received if STILL in one.text and not one.quiet]
    assert len(rang) <= stage.book.rules.limits.rings + 1


async def test_the_person_reads_the_numbers_in_short_and_all_of_them_after_an_hour(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(DANGER)
    before = len(maria.texts)

    await maria.writes(STILL)

    assert len(maria.texts) == before + 1
    assert said("danger-numbers") in maria.last.text
    stage.clock.turn(minutes=61)
    await maria.writes(STILL)
    assert maria.texts.count(said("emergency")) == 2


async def test_the_notice_is_not_shown_again_while_one_stands_open(stage: Stage) -> None:
    maria = stage.person()
    await maria.writes(DANGER)

    await maria.writes(STILL)
    await maria.writes(STILL, reply_to=maria.last)

    assert len([one for one in maria.received if said("btn-privacy") in one.buttons]) == 1
    assert len(await stage.inquiries()) == 1


async def test_in_a_reply_to_one_that_is_closed_they_open_it_again(stage: Stage) -> None:
    maria, head = await stage.inquirer(), stage.contact("leitung")
    await maria.writes(DANGER)
    await head.replies("Wir rufen Sie an.", to=head.card())
    await head.presses("btn-done")

    await maria.writes(STILL, reply_to=maria.last)

    assert len(await stage.inquiries()) == 1
    assert (await stage.inquiry()).state is InquiryState.ASSIGNED
    assert said("danger-numbers") in maria.last.text


async def test_in_a_reply_about_another_matter_its_contact_learns_where_they_are(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    about_housing = maria.last
    await maria.writes(DANGER)

    await maria.writes(STILL, reply_to=about_housing)

    assert len(await stage.inquiries()) == 2
    assert STILL in stage.contact("leitung").last.text
    assert wohnen.last.text == said("danger-elsewhere", reference=REF, urgent="2026-0002", contact="Leitung")


async def test_what_waits_for_the_notice_goes_along_and_the_notice_no_longer_says_it_waits(stage: Stage) -> None:
    maria, head = stage.person(), stage.contact("leitung")
    await maria.writes("Hilfe")
    await maria.writes("Wir sind in der Gartenstraße 5")
    waits, deleted = said("notice-held", button=said("btn-go-on"), hold="24 Stunden"), "24 Stunden"
    assert waits in maria.texts[0]

    await maria.writes(DANGER)

    assert DANGER in head.card().text
    brought = [one for one in head.received if one.text.endswith(("Hilfe", "Gartenstraße 5"))]
    assert [one.text.startswith(marked(said("relayed", reference=REF, name="Maria"))) for one in brought] == [True] * 2
    assert not [text for text in maria.texts if deleted in text]
    assert next(one.text for one in maria.received if said("btn-go-on") in one.buttons) == maria.texts[0]
    await stage.live_until(START + timedelta(days=3))
    assert "held.expired" not in await stage.events()
    await maria.presses("btn-go-on")
    assert maria.last.text == said("welcome-urgent", reference=REF, contact="Leitung")


async def test_where_the_notice_did_not_arrive_it_is_shown_after_danger_without_a_word_of_deleting(
    stage: Stage,
) -> None:
    maria = stage.person()
    stage.telegram.closed[maria.address.chat] = SendFailure.UNKNOWN
    await maria.writes("Hilfe")
    await maria.writes(DANGER)
    del stage.telegram.closed[maria.address.chat]

    await stage.wait(minutes=1)

    assert "24 Stunden" not in "".join(maria.texts)
    assert "Hilfe" in stage.contact("leitung").last.text
    assert len([one for one in maria.received if said("btn-privacy") in one.buttons]) == 1


# ------------------------------------------------------------ what the card says of it


async def test_the_card_says_the_words_it_goes_by_once() -> None:
    patterns = ["Mein Mann schlägt", "Mann schlägt mich", "hat ... Messer", "hat ... Messer ... Tür", "schlägt ... ein"]
    async with raise_stage(make_book({"emergency": {"de": patterns}})) as stage:
        await (await stage.inquirer()).writes("Mein Mann schlägt mich, er hat ein Messer an der Tür")

        words = stage.contact("leitung").card().text.partition("Erkannt an: ")[2].splitlines()[0].casefold()

    assert [words.count(word) for word in ("schlägt", "messer", "mann")] == [1, 1, 1]


async def test_whoever_joined_in_hears_too_that_it_is_withdrawn_and_open_again() -> None:
    async with raise_stage(make_book(BEHIND_THE_HEAD)) as stage:
        maria, head, deputy = await stage.inquirer(), stage.contact("leitung"), stage.contact("wohnen-kontakt")
        await maria.writes(DANGER)
        await stage.live_until(START + timedelta(minutes=31))
        await deputy.presses("btn-take", deputy.card(REF))

        await maria.presses("btn-withdraw")
        withdrawn = marked(said("withdrawn-contact-urgent", reference=REF))
        assert [one.last.text for one in (head, deputy)] == [withdrawn] * 2
        assert deputy.last.reply_to == deputy.card(REF).message

        await maria.presses("btn-undo-withdraw")
        assert [one.last.text for one in (head, deputy)] == [marked(said("withdrawn-undone", reference=REF))] * 2


async def test_nobody_reads_that_there_is_nothing_more_to_do_where_the_person_deletes_it() -> None:
    async with raise_stage(make_book(BEHIND_THE_HEAD)) as stage:
        maria, head, deputy = await stage.inquirer(), stage.contact("leitung"), stage.contact("wohnen-kontakt")
        await maria.writes(DANGER)
        await stage.live_until(START + timedelta(minutes=31))

        await maria.writes("/loeschen")
        await maria.presses("btn-delete-all")
        await maria.presses("btn-delete-sure")

        assert [one.last.text for one in (head, deputy)] == [said("deleted-contact-urgent", reference=REF)] * 2
