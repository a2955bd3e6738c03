"""`/statistik`: figures for a field, which point at nobody."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support.rulebook import TO_HOUSING, TO_LANGUAGE, county_book
from tests.support.stage import Someone, Stage, said

FEW = said("stats-few", smallest=3)


async def ask_about_housing(stage: Stage, count: int) -> list[Someone]:
    people = []
    for number in range(count):
        person = await stage.inquirer(f"Person{number}")
        await person.writes(TO_HOUSING)
        people.append(person)
    return people


async def figures_of(stage: Stage, contact: str = "wohnen-kontakt") -> list[str]:
    someone = stage.contact(contact)
    await someone.writes("/statistik")
    return someone.last.text.splitlines()


async def test_small_numbers_are_not_told(stage: Stage) -> None:
    await ask_about_housing(stage, 2)

    assert await figures_of(stage) == [
        said("stats-head"),
        "",
        "Wohnen",
        "• " + said("stats-open", count="2"),
        "• " + said("stats-new", count=FEW),
        "• " + said("stats-closed", count=FEW),
    ]


async def test_where_nothing_is_there_is_nothing(stage: Stage) -> None:
    assert (await figures_of(stage))[3:] == [
        "• " + said("stats-open", count="keine"),
        "• " + said("stats-new", count="keine"),
        "• " + said("stats-closed", count=FEW),
    ]


async def test_groups_too_small_are_told_together(stage: Stage) -> None:
    for number, words in enumerate(["Wir suchen eine Wohnung"] * 3 + ["Wir bieten eine Wohnung"] * 2):
        await (await stage.inquirer(f"Person{number}")).writes(words)
    looks = said("stats-group", group=said("direction-request"), count=3)
    assert "• " + said("stats-wants", groups=looks) in await figures_of(stage)

    await (await stage.inquirer("Iwan")).writes("Wie geht das mit einer Wohnung?")

    others = said("stats-group", group=said("stats-others"), count=3)
    assert "• " + said("stats-wants", groups=f"{looks}, {others}") in await figures_of(stage)


async def test_larger_ones_are(stage: Stage) -> None:
    people = await ask_about_housing(stage, 4)
    wohnen = stage.contact("wohnen-kontakt")
    stage.clock.turn(hours=2)
    for number in (1, 2, 3):
        await wohnen.replies("Gerne", to=wohnen.card(f"2026-{number:04d}"))
        await wohnen.presses("btn-done", wohnen.card(f"2026-{number:04d}"))
        await people[number - 1].presses("btn-helped-yes")

    lines = await figures_of(stage)

    assert "• " + said("stats-open", count="1") in lines
    assert "• " + said("stats-new", count="4") in lines
    assert "• " + said("stats-closed", count="3") in lines
    assert "• " + said("stats-median", span=said("stats-hours", count=2)) in lines
    assert "• " + said("stats-in-time", percent=100) in lines
    assert "• " + said("stats-helped", yes="3", partly=FEW, no=FEW) in lines


@pytest.mark.parametrize(("minutes", "span"), [(1, "eine Minute Arbeitszeit"), (20, "20 Minuten Arbeitszeit")])
async def test_minutes_are_told_as_people_say_them(stage: Stage, minutes: int, span: str) -> None:
    await ask_about_housing(stage, 3)
    stage.clock.turn(minutes=minutes)
    wohnen = stage.contact("wohnen-kontakt")
    for number in (1, 2, 3):
        await wohnen.replies("Gerne", to=wohnen.card(f"2026-{number:04d}"))

    assert f"• Bis zur ersten Antwort: {span} (Median)" in await figures_of(stage)


async def test_a_promise_missed_counts_though_nobody_answered(stage: Stage) -> None:
    await ask_about_housing(stage, 4)
    wohnen = stage.contact("wohnen-kontakt")
    await wohnen.replies("Gerne", to=wohnen.card("2026-0001"))
    await stage.wait(hours=24 * 7)

    assert "• " + said("stats-in-time", percent=25) in await figures_of(stage)


async def test_an_answer_that_came_late_stays_late_whatever_is_promised_afterwards(stage: Stage) -> None:
    people = await ask_about_housing(stage, 3)
    wohnen = stage.contact("wohnen-kontakt")
    await stage.wait(days=7)
    for number, person in enumerate(people, 1):
        await wohnen.replies("Gerne", to=wohnen.card(f"2026-{number:04d}"))
        await person.replies("Noch eine Frage")

    assert "• " + said("stats-in-time", percent=0) in await figures_of(stage)


async def test_a_second_answer_that_comes_late_leaves_the_first_one_in_time(stage: Stage) -> None:
    people = await ask_about_housing(stage, 3)
    wohnen = stage.contact("wohnen-kontakt")
    for number, person in enumerate(people, 1):
        await wohnen.replies("Gerne", to=wohnen.card(f"2026-{number:04d}"))
        await person.replies("Noch eine Frage")
    await stage.wait(days=7)

    assert "• " + said("stats-in-time", percent=100) in await figures_of(stage)


async def test_what_was_withdrawn_in_time_broke_no_promise(stage: Stage) -> None:
    people = await ask_about_housing(stage, 6)
    wohnen = stage.contact("wohnen-kontakt")
    for number in (1, 2, 3):
        await wohnen.replies("Gerne", to=wohnen.card(f"2026-{number:04d}"))
    for person in people[3:]:
        await person.presses("btn-withdraw")
    await stage.wait(days=7)

    assert "• " + said("stats-in-time", percent=100) in await figures_of(stage)


async def test_what_was_long_ago_counts_only_while_it_is_open(stage: Stage) -> None:
    await ask_about_housing(stage, 3)
    stage.clock.turn(hours=24 * 31)

    lines = await figures_of(stage)

    assert "• " + said("stats-open", count="3") in lines
    assert "• " + said("stats-new", count="keine") in lines


async def test_one_sees_ones_own_fields_and_administrators_all(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_LANGUAGE)

    assert "Sprache" not in await figures_of(stage)
    every = await figures_of(stage, "leitung")

    assert {"Wohnen", "Sprache", "Arbeit", "Bildung", "Allgemein"} <= set(every)


def test_working_time_between_two_moments() -> None:
    hours = county_book().hours
    # 9 o'clock there; open on Thursday 8:00–12:30 and 13:30–17:30, on Friday 8:00–12:30.
    thursday = datetime(2026, 3, 5, 8, tzinfo=UTC)

    assert hours.open_between(thursday, thursday + timedelta(hours=2)) == timedelta(hours=2)
    assert hours.open_between(thursday, thursday + timedelta(hours=24)) == timedelta(hours=8.5)
    assert hours.open_between(thursday, thursday) == timedelta()
    assert hours.open_between(thursday, thursday - timedelta(hours=1)) == timedelta()
    # From Friday noon until Monday at eight the office is closed but for half an hour.
    friday = datetime(2026, 3, 6, 11, tzinfo=UTC)
    assert hours.open_between(friday, friday + timedelta(hours=68)) == timedelta(minutes=30)
