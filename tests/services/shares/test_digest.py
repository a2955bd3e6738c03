"""The morning digest: who gets it when, and what stands in it.

The stage's clock begins on Thursday 5 March 2026 at 9:00; the office is closed on Wednesdays and at the weekend.
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.services.shares import digest
from bot.store import absences
from bot.store.absences import Absence
from tests.support.clock import ManualClock, berlin
from tests.support.fake_telegram import Shown
from tests.support.rulebook import (
    DANGER,
    HOUSING,
    TO_HOUSING,
    TO_LANGUAGE,
    TO_WORK_AND_HOUSING,
    UNKNOWN,
    make_book,
    write_rules,
)
from tests.support.stage import Someone, Stage, raise_stage, said

WITH_DIGEST = {"reminders": {"digest": "08:15"}}
FRIDAY, MONDAY = berlin("2026-03-06 08:15"), berlin("2026-03-09 08:15")
MOMENT = timedelta(seconds=1)
DUE_MONDAY, DUE_TUESDAY = "Montag, 9. März, 12:30 Uhr", "Dienstag, 10. März, 12:30 Uhr"


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """The county, where everybody gets a digest at a quarter past eight unless they choose otherwise."""
    async with raise_stage(make_book(WITH_DIGEST)) as stage:
        await stage.sweeper.plan()
        yield stage


def digests_of(someone: Someone) -> list[Shown]:
    return [one for one in someone.received if one.text.startswith("Morgenübersicht für")]


def line(reference: str, field: str, due: str) -> str:
    return said("digest-line", reference=reference, field=field, due=due)


def head(day: str, contact: str = "Kontakt Wohnen") -> str:
    return said("digest-head", contact=contact, day=day)


async def test_in_the_morning_a_contact_reads_what_is_new(stage: Stage) -> None:
    maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)

    await stage.live_until(FRIDAY - MOMENT)
    assert digests_of(housing) == []
    await stage.live_until(FRIDAY)

    assert housing.last.text == "\n".join(
        [
            head("Freitag, 6. März"),
            "",
            said("digest-new", count=1),
            line("2026-0001", "Wohnen", DUE_MONDAY),
            "",
            said("digest-foot"),
        ]
    )


async def test_one_that_is_too_long_for_a_message_comes_in_parts() -> None:
    title = "Wohnen" + " und alles, was dazugehört" * 15
    async with raise_stage(make_book(WITH_DIGEST | {"fields": {"wohnen": {"title": {"de": title}}}})) as stage:
        await stage.sweeper.plan()
        for _ in range(digest.MOST_LINES):
            await (await stage.inquirer()).writes(TO_HOUSING)
        housing = stage.contact("wohnen-kontakt")

        await stage.live_until(FRIDAY)

        first, last = housing.texts[-2:]
        assert first.startswith(head("Freitag, 6. März"))
        assert last.endswith(said("digest-foot"))
        assert f"{first}\n{last}".count(title) == digest.MOST_LINES
        assert await stage.parked() == []


async def test_who_has_nothing_to_do_is_left_in_peace(stage: Stage) -> None:
    maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await housing.replies("Gerne!", to=housing.card())

    await stage.live_until(MONDAY)

    assert all(digests_of(stage.contact(one)) == [] for one in ("wohnen-kontakt", "sprache-kontakt", "leitung"))


async def test_each_inquiry_stands_once_where_it_is_most_pressing(stage: Stage) -> None:
    housing = stage.contact("wohnen-kontakt")
    for name in ("Maria", "Bela"):
        await (await stage.inquirer(name)).writes(TO_HOUSING)
    await housing.presses("btn-take", housing.card("2026-0001"))
    await housing.presses("btn-take", housing.card("2026-0002"))
    await stage.live_until(berlin("2026-03-06 09:00"))
    await (await stage.inquirer("Chen")).writes(TO_HOUSING)
    await housing.presses("btn-take", housing.card("2026-0003"))
    await stage.live_until(berlin("2026-03-09 13:00"))
    await (await stage.inquirer("Dora")).writes(TO_HOUSING)

    await stage.live_until(berlin("2026-03-10 08:15"))

    [_, _, last] = digests_of(housing)
    assert last.text == "\n".join(
        [
            head("Dienstag, 10. März"),
            "",
            said("digest-overdue", count=2),
            line("2026-0001", "Wohnen", DUE_MONDAY),
            line("2026-0002", "Wohnen", DUE_MONDAY),
            "",
            said("digest-due", count=1),
            line("2026-0003", "Wohnen", DUE_TUESDAY),
            "",
            said("digest-new", count=1),
            line("2026-0004", "Wohnen", "Freitag, 13. März, 12:30 Uhr"),
            "",
            said("digest-foot"),
        ]
    )


async def test_what_was_new_once_waits_from_then_on(stage: Stage) -> None:
    maria, language = await stage.inquirer(), stage.contact("sprache-kontakt")
    await stage.live_until(berlin("2026-03-05 20:00"))
    await maria.writes(TO_LANGUAGE)

    await stage.live_until(MONDAY)

    first, second = digests_of(language)
    assert said("digest-new", count=1) in first.text
    assert said("digest-waiting", count=1) in second.text
    assert said("digest-new", count=1) not in second.text


async def test_whoever_was_asked_to_help_out_reads_of_it_until_somebody_takes_it(stage: Stage) -> None:
    maria, deputy = await stage.inquirer(), stage.contact("sprache-kontakt")
    await maria.writes(TO_HOUSING)

    await stage.live_until(MONDAY)
    assert line("2026-0001", "Wohnen", DUE_MONDAY) in digests_of(deputy)[-1].text
    await stage.contact("wohnen-kontakt").presses("btn-take")
    await stage.live_until(berlin("2026-03-12 08:15"))

    assert len(digests_of(deputy)) == 1


async def test_whoever_took_what_they_were_asked_to_reads_of_it_until_it_is_answered(stage: Stage) -> None:
    maria, deputy = await stage.inquirer(), stage.contact("sprache-kontakt")
    await maria.writes(TO_HOUSING)
    await stage.live_until(MONDAY)
    await deputy.presses("btn-take", deputy.card("2026-0001"))
    await stage.live_until(berlin("2026-03-10 08:15"))

    assert line("2026-0001", "Wohnen", DUE_MONDAY) in digests_of(deputy)[-1].text
    assert len(digests_of(deputy)) == 2


async def test_of_what_is_urgent_everybody_reads_who_has_it() -> None:
    deputies = {"contacts": {"leitung": {"deputy": "wohnen-kontakt"}, "sprache-kontakt": {"deputy": None}}}
    async with raise_stage(make_book({**WITH_DIGEST, **deputies})) as stage:
        await stage.sweeper.plan()
        leitung, deputy = stage.contact("leitung"), stage.contact("wohnen-kontakt")
        await (await stage.inquirer()).writes(DANGER)
        # Alone it would be in no digest, for they were just reminded of it.
        await (await stage.inquirer()).writes(TO_HOUSING)
        bela = await stage.inquirer()
        await bela.writes(UNKNOWN)
        await bela.presses("btn-something-else")
        await stage.live_until(stage.clock.now() + timedelta(minutes=31))
        await deputy.presses("btn-take", deputy.card("2026-0001"))

        await stage.live_until(FRIDAY)

        state = said("list-held", state=said("state-taken"), holder="Kontakt Wohnen")
        urgent = said("digest-line-urgent", reference="2026-0001", field="Allgemein", state=state)
        assert all(urgent in digests_of(one)[-1].text for one in (leitung, deputy))


async def test_each_contact_reads_of_their_own_only(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_WORK_AND_HOUSING)

    await stage.live_until(FRIDAY)

    [work], [housing] = digests_of(stage.contact("arbeit-kontakt")), digests_of(stage.contact("wohnen-kontakt"))
    assert "Arbeit, bis" in work.text
    assert "Wohnen, bis" not in work.text
    assert work.topic == stage.contact("arbeit-kontakt").address.topic
    assert "Arbeit, bis" not in housing.text


async def test_a_long_list_is_cut(stage: Stage) -> None:
    people = [await stage.inquirer(f"Person {number}") for number in range(digest.MOST_LINES + 2)]
    for person in people:
        await person.writes(TO_HOUSING)

    await stage.live_until(FRIDAY)

    [text] = [one.text for one in digests_of(stage.contact("wohnen-kontakt"))]
    assert text.count("•") == digest.MOST_LINES
    assert said("digest-more", count=2) in text


# ------------------------------------------------------------ when


async def test_it_comes_on_working_days_only_and_right_when_the_clocks_change() -> None:
    """The clocks go forward on 29 March 2026; 3 April is Good Friday, 6 April Easter Monday."""
    clock = ManualClock(berlin("2026-03-27 12:00"))
    async with raise_stage(make_book(WITH_DIGEST), clock) as stage:
        await stage.sweeper.plan()
        await (await stage.inquirer()).writes(TO_HOUSING)
        await stage.contact("wohnen-kontakt").presses("btn-take")

        await stage.live_until(berlin("2026-04-08 12:00"))

        carried = [one for one in stage.telegram.carried if (one.draft.text or "").startswith("Morgenübersicht")]
        sent = [one.created_at for one in carried if one.address.chat == HOUSING]
        assert sent == [berlin(f"2026-{day} 08:15") for day in ("03-30", "03-31", "04-02", "04-07")]


async def test_a_bot_that_wakes_in_the_evening_keeps_quiet_until_the_next_working_day(stage: Stage) -> None:
    maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)

    await stage.wait_until(berlin("2026-03-06 11:16"))
    assert digests_of(housing) == []
    await stage.live_until(MONDAY)

    [shown] = digests_of(housing)
    assert said("digest-due", count=1) in shown.text


async def test_a_bot_that_wakes_on_a_closed_day_keeps_quiet_until_the_next_working_day(stage: Stage) -> None:
    maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)

    await stage.wait_until(berlin("2026-03-07 10:00"))
    assert digests_of(housing) == []
    await stage.live_until(MONDAY)

    assert [one.text.splitlines()[0] for one in digests_of(housing)] == [head("Montag, 9. März")]


async def test_who_is_away_gets_none_and_reads_it_all_on_the_day_they_are_back(stage: Stage) -> None:
    maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    async with stage.database.transaction() as tx:
        until = berlin("2026-03-09 00:00")
        await absences.put(tx, stage.clock.now(), Absence("wohnen-kontakt", stage.clock.now(), until, "leitung"))

    await stage.live_until(FRIDAY)
    assert digests_of(housing) == []
    await stage.live_until(MONDAY)

    assert len(digests_of(housing)) == 1


async def test_planning_again_changes_nothing(stage: Stage, tmp_path: Path) -> None:
    async def planned() -> list[tuple[str, str]]:
        async with stage.database.reading() as tx:
            rows = await tx.all("SELECT id, contact, due_at FROM timers WHERE kind = 'digest' ORDER BY id")
            return [(row["contact"], row["due_at"]) for row in rows]

    before = await planned()
    stage.clock.turn(hours=3)
    await stage.sweeper.plan()

    assert await planned() == before
    assert len(before) == 5


async def test_a_start_just_after_the_time_still_sends_what_fell_due(stage: Stage) -> None:
    maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    stage.clock.set_to(FRIDAY + timedelta(minutes=10))

    await stage.sweeper.plan()
    await stage.wait()

    assert len(digests_of(housing)) == 1
    await stage.live_until(MONDAY)
    assert len(digests_of(housing)) == 2


async def test_other_rules_hold_for_whoever_chose_nothing(tmp_path: Path) -> None:
    book = make_book(WITH_DIGEST, tmp_path)
    async with raise_stage(book) as stage:
        await stage.sweeper.plan()
        await stage.contact("sprache-kontakt").writes("/digest 9:00")
        maria = await stage.inquirer()
        await maria.writes(TO_HOUSING)
        await maria.writes(TO_LANGUAGE)
        await maria.presses("btn-which-new")
        write_rules(tmp_path, {"reminders": {"digest": "07:45"}})
        book.reload()
        await stage.sweeper.plan()

        await stage.live_until(berlin("2026-03-06 07:45"))
        assert len(digests_of(stage.contact("wohnen-kontakt"))) == 1
        await stage.live_until(berlin("2026-03-06 08:59"))
        assert digests_of(stage.contact("sprache-kontakt")) == []
        await stage.live_until(berlin("2026-03-06 09:00"))
        assert len(digests_of(stage.contact("sprache-kontakt"))) == 1

        write_rules(tmp_path, {"reminders": {"digest": None}})
        book.reload()
        await stage.sweeper.plan()
        assert await stage.count("timers WHERE kind = 'digest'") == 1


async def test_whoever_left_the_rules_gets_none_any_more(stage: Stage) -> None:
    async with stage.database.transaction() as tx:
        await digest.choose(stage.dialogue.turn(tx), "frueher-kontakt", FRIDAY.time())

    await stage.live_until(berlin("2026-03-20 08:15"))

    assert await stage.count("timers WHERE contact = 'frueher-kontakt' AND kind = 'digest'") == 0


# ------------------------------------------------------------ the command

TIMES = [
    ("8:30", "08:30"),
    ("08.30", "08:30"),
    ("um 8:30 Uhr", "08:30"),
    ("9", "09:00"),
]


@pytest.mark.parametrize(("written", "time"), TIMES)
async def test_a_contact_chooses_the_time(stage: Stage, written: str, time: str) -> None:
    maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)

    await housing.writes(f"/digest {written}")
    assert said("digest-time", contact="Kontakt Wohnen", time=time) in housing.last.text
    await stage.live_until(berlin(f"2026-03-06 {time}") - MOMENT)
    assert digests_of(housing) == []
    await stage.live_until(berlin(f"2026-03-06 {time}"))

    assert len(digests_of(housing)) == 1


@pytest.mark.parametrize("off", ["aus", "off", "Aus"])
async def test_a_contact_wants_none_and_later_wants_it_again(stage: Stage, off: str) -> None:
    maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)

    await housing.writes(f"/digest {off}")
    assert said("digest-none", contact="Kontakt Wohnen") in housing.last.text
    await stage.live_until(berlin("2026-03-09 08:00"))
    assert digests_of(housing) == []
    await housing.writes("/digest 8:15")
    await stage.live_until(MONDAY)

    assert len(digests_of(housing)) == 1


async def test_without_a_time_the_present_one_is_shown(stage: Stage) -> None:
    housing = stage.contact("wohnen-kontakt")

    await housing.writes("/digest")

    assert said("digest-time", contact="Kontakt Wohnen", time="08:15") in housing.last.text
    assert said("digest-how") in housing.last.text


@pytest.mark.parametrize("written", ["morgens", "25:00", "8:75", "99"])
async def test_what_is_no_time_changes_nothing(stage: Stage, written: str) -> None:
    housing = stage.contact("wohnen-kontakt")

    await housing.writes(f"/digest {written}")

    assert housing.last.text == said("digest-no-time", time=written) + "\n" + said("digest-how")
    assert await stage.count("digests") == 0
