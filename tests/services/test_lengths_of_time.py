"""Every length of time in the rules in every unit: a fault in words, or the bot works with it by day and by night."""

from datetime import timedelta
from typing import Any

import pytest

from bot.errors import RulesError
from bot.routing.checks.durations import ELAPSED, list_durations
from bot.routing.report import Path
from tests.support.rulebook import DANGER, TO_HOUSING, TO_LANGUAGE, TO_WORK, UNKNOWN, county_book, make_book
from tests.support.stage import raise_stage

UNITS = ("30 minutes", "24 hours", "90 days", "4 working hours", "2 working days")  # as docs/handbuch.md lists them
KEYS = [path for path, _ in list_durations(county_book().rules)]
SENSITIVE: dict[str, Any] = {"about_me": {"de": ["=ich"]}, "health": {"de": ["Krebs"]}}
ILL = "Ich habe Krebs und suche eine Wohnung"


def is_elapsed(path: Path) -> bool:
    return any(path[: len(below)] == below for below in ELAPSED)


def with_each(text: str, paths: list[Path]) -> dict[str, Any]:
    """Return rules in which every one of these keys has this length."""
    changes: dict[str, Any] = {}
    for path in paths:
        place = changes
        for part in path[:-1]:
            place = place.setdefault(str(part), {})
        place[str(path[-1])] = text
    return changes


def test_every_group_of_keys_is_looked_at() -> None:
    assert {path[0] for path in KEYS} == {"dialogue", "reminders", "limits", "privacy", "fields"}


@pytest.mark.parametrize("text", UNITS)
def test_a_length_that_cannot_be_is_told_with_its_key(text: str) -> None:
    told = []
    try:
        make_book(with_each(text, KEYS))
    except RulesError as error:
        told = [str(fault) for fault in error.faults]

    wrong = [path for path in KEYS if "working" in text and is_elapsed(path)]
    assert len(told) == len(wrong)
    for path in wrong:
        name = ".".join(map(str, path))
        assert any(f"{name}: '{text}' is counted in office hours" in fault for fault in told), told


@pytest.mark.parametrize("text", UNITS)
async def test_the_bot_works_with_every_length_that_may_be(text: str, caplog: pytest.LogCaptureFixture) -> None:
    fitting = [path for path in KEYS if not ("working" in text and is_elapsed(path))]
    async with raise_stage(make_book({"sensitive": SENSITIVE} | with_each(text, fitting))) as stage:
        new = stage.person("Neu")
        for words in (TO_HOUSING, "/datenschutz", "/meinedaten"):
            await new.writes(words)
        maria, wohnen = await stage.inquirer("Maria"), stage.contact("wohnen-kontakt")
        await maria.writes(ILL)
        await maria.presses("btn-sparing-on")
        answered = wohnen.card()
        await wohnen.replies("Gern", to=answered)
        last = maria.last
        await wohnen.presses("btn-done")
        await maria.replies("Noch eine Frage", to=last)
        paul = await stage.inquirer("Paul")
        for words in (UNKNOWN, TO_WORK, TO_LANGUAGE, ILL, DANGER):
            await paul.writes(words)
        await stage.sweeper.plan()

        start = stage.clock.now()
        for days in (1, 2, 9, 40):
            await stage.live_until(start + timedelta(days=days))

        assert await stage.parked() == []
    # A duty that fails is only logged, and tried again.
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []
