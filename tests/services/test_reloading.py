"""The rules loaded again by an administrator: taken over or refused, told to who asked, and nobody waits for it."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.services.rules import rulebook
from tests.support.rulebook import TO_HOUSING, make_book, write_rules
from tests.support.stage import Stage, raise_stage, said

OTHER_TITLE = {"fields": {"wohnen": {"title": {"de": "Unterkunft"}}}}
FAULTY = {"general_contact": "niemand"}


async def test_an_administrator_loads_the_rules_again(tmp_path: Path) -> None:
    async with raise_stage(make_book(folder=tmp_path)) as stage:
        write_rules(tmp_path, {"fields": {"wohnen": {"title": {"de": "Unterkunft"}}}})
        head = stage.contact("leitung")

        await head.writes("/reload")

        assert head.last.text == said("reload-good", version=stage.book.rules.rules_version)
        assert stage.book.field_title("wohnen", "de") == "Unterkunft"
        assert "rules.reloaded" in await stage.events()


async def test_a_faulty_file_leaves_the_rules_as_they_are_and_names_its_faults(tmp_path: Path) -> None:
    async with raise_stage(make_book(folder=tmp_path)) as stage:
        before = stage.book.rules
        write_rules(tmp_path, {"general_contact": "niemand", "fields": {"wohnen": {"contact": "keiner"}}})
        head = stage.contact("leitung")

        await head.writes("/reload")

        assert "niemand" in head.last.text
        assert "keiner" in head.last.text
        assert stage.book.rules is before


async def test_of_very_many_faults_the_first_ten_are_named(tmp_path: Path) -> None:
    async with raise_stage(make_book(folder=tmp_path)) as stage:
        write_rules(tmp_path, {f"unbekannt_{number}_{'x' * 120}": 1 for number in range(30)})
        head = stage.contact("leitung")

        await head.writes("/reload")

        assert sum(line.startswith("• ") for text in head.texts for line in text.splitlines()) == 10


async def test_others_may_not_load_the_rules(stage: Stage) -> None:
    wohnen = stage.contact("wohnen-kontakt")

    await wohnen.writes("/reload")

    assert wohnen.last.text == said("reload-not-allowed")


async def test_somebody_from_outside_may_not_even_know_the_command(stage: Stage) -> None:
    maria = await stage.inquirer()

    await maria.writes("/reload")

    assert maria.last.text == said("unknown-command")


class SlowFile:
    """A rules file whose loading takes until it is let go on."""

    def __init__(self, load: Callable[..., object]) -> None:
        self._load = load
        self._begun = threading.Event()
        self.go_on = threading.Event()
        self.thread = threading.main_thread()

    def load_checked(self, *what: object, **more: object) -> object:
        try:
            return self._load(*what, **more)
        finally:
            self.thread = threading.current_thread()
            self._begun.set()
            assert self.go_on.wait(30), "nobody let it go on"

    async def begun(self) -> None:
        assert await asyncio.to_thread(self._begun.wait, 30)


@pytest.fixture
def slow() -> Iterator[SlowFile]:
    file = SlowFile(rulebook.load_checked)
    yield file
    file.go_on.set()


@pytest.mark.parametrize(("key", "changes"), [("reload-good", OTHER_TITLE), ("reload-faulty", FAULTY)])
async def test_while_rules_are_loaded_others_are_served(
    tmp_path: Path, slow: SlowFile, monkeypatch: pytest.MonkeyPatch, key: str, changes: dict[str, Any]
) -> None:
    async with raise_stage(make_book(folder=tmp_path)) as stage:
        head, maria = stage.contact("leitung"), await stage.inquirer("Maria")
        write_rules(tmp_path, changes)
        monkeypatch.setattr(rulebook, "load_checked", slow.load_checked)
        loading = asyncio.create_task(head.writes("/reload"))
        await slow.begun()

        await maria.writes(TO_HOUSING)

        assert "2026-0001" in maria.last.text
        assert slow.thread is not threading.main_thread()
        slow.go_on.set()
        order = await loading
        assert head.last.text.startswith(said(key, version=stage.book.rules.rules_version))
        assert head.last.reply_to == order.message


async def test_a_fault_of_the_program_is_one_of_that_order_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with raise_stage(make_book(folder=tmp_path)) as stage:
        head = stage.contact("leitung")
        with monkeypatch.context() as patch:
            patch.setattr(rulebook, "load_checked", lambda *_, **__: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                await head.writes("/reload")

        await head.writes("/reload")

        assert head.last.text == said("reload-good", version=stage.book.rules.rules_version)
