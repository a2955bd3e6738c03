"""What the commands share: settings, rules and database opened for them, and ways to say something.

Imports that cost time are made where they are used, since most commands need few of them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from bot.errors import RulesError

if TYPE_CHECKING:
    from bot.routing.rules import Rules
    from bot.services.rules.rulebook import Rulebook
    from bot.settings import Settings, SettingsForRules
    from bot.store.database import Database

PIPED_WIDTH = 200


def settings_given() -> Settings:
    """Return the settings from the environment and `.env`.

    Raises:
        FaultsError: with all faults.
    """
    from bot.settings import load_settings

    return load_settings()


def rulebook_of(settings: SettingsForRules, *, for_people: bool = False) -> Rulebook:
    """Return the rules the settings name; `for_people`: the privacy notice must be complete.

    Raises:
        FaultsError: with all faults in the rules.
    """
    from bot.services.rules.rulebook import Notice, Rulebook
    from bot.texts import load_texts

    wanted = Notice.COMPLETE if for_people else Notice.ANY
    return Rulebook(settings.routing_rules, load_texts(), notice=wanted)


def with_database(act: Callable[[Database, Rulebook], Coroutine[Any, Any, None]]) -> None:
    """Run something with the database open beside a bot that may be running, and with the rules."""
    import asyncio

    from bot.store.database import Database

    async def open_and_act() -> None:
        settings = settings_given()
        async with await Database.open_beside(settings.database_url, keys=settings.keys) as database:
            await act(database, rulebook_of(settings))

    asyncio.run(open_and_act())


def look(act: Callable[[Database, Rules | None], Coroutine[Any, Any, None]]) -> None:
    """Run something that needs no routing, so that faulty rules do not keep an operator from looking.

    The rules are None where they are faulty: a warning says so, and that times are told in UTC.
    """
    import asyncio

    from bot.console.wording import counted
    from bot.services.rules.rules_file import load_rules_file
    from bot.store.database import Database

    async def open_and_act() -> None:
        settings = settings_given()
        async with await Database.open_beside(settings.database_url, keys=settings.keys) as database:
            try:
                rules = load_rules_file(settings.routing_rules).rules
            except RulesError as error:
                rules = None
                faults = counted(len(error.faults), "fault")
                complain(f"{settings.routing_rules}: {faults}, see python -m bot check. Times are UTC.")
            await act(database, rules)

    asyncio.run(open_and_act())


def terminal(*, errors: bool = False) -> Any:
    """Return where tables and progress are shown: a Rich console, on standard error if asked for."""
    from rich.console import Console

    # What is piped on is not folded at the width of a terminal that is not there.
    width = None if sys.stdout.isatty() else PIPED_WIDTH
    return Console(highlight=False, width=width, stderr=errors)


def say(text: str) -> None:
    """Write to standard output, with one line end."""
    sys.stdout.write(text.rstrip("\n") + "\n")


def complain(text: str) -> None:
    """Write to standard error, with one line end."""
    sys.stderr.write(text.rstrip("\n") + "\n")
