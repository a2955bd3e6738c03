"""What is done beforehand: once, whatever it ends by, and for the event that needs it."""

import pytest

from bot.services.delivery.beforehand import BeforehandError, Brought
from bot.services.turn import Turn
from bot.store.database import Database
from tests.support.stage import Stage


async def turn_with(stage: Stage, brought: Brought | None) -> Turn:
    async with stage.database.reading() as tx:
        return Turn(tx, stage.clock.now(), stage.dialogue._texts, stage.book, brought=brought)


async def look(_: Database) -> str:
    return "found"


async def fail(_: Database) -> str:
    raise ValueError("a fault")


async def test_whoever_needs_it_has_it_done_first(stage: Stage) -> None:
    kept: list[Brought] = []
    with pytest.raises(BeforehandError) as first:
        (await turn_with(stage, None)).beforehand(look)
    first.value.keep = kept.append
    await first.value.do(stage.database)

    assert (await turn_with(stage, kept[0])).beforehand(look) == "found"


async def test_an_error_is_raised_where_it_is_asked_for(stage: Stage) -> None:
    kept: list[Brought] = []
    with pytest.raises(BeforehandError) as first:
        (await turn_with(stage, None)).beforehand(fail)
    first.value.keep = kept.append
    await first.value.do(stage.database)

    with pytest.raises(ValueError, match="a fault"):
        (await turn_with(stage, kept[0])).beforehand(fail)
