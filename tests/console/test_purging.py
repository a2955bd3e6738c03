"""`python -m bot purge`: a line for whatever retention deletes."""

from bot.console.purging import MEANINGS, purge
from bot.services.retention import Purge
from tests.support.rulebook import TO_HOUSING, all_texts
from tests.support.stage import Stage


def test_whatever_retention_counts_has_a_line() -> None:
    assert set(MEANINGS) == set(Purge().counts)


async def test_a_block_that_ran_out_is_told_and_goes(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    await stage.contact("leitung").writes("/sperren 2026-0001 1 Tag")
    stage.clock.turn(days=2)

    told = [
        await purge(stage.database, stage.book, all_texts(), dry_run=dry_run, clock=stage.clock)
        for dry_run in (True, False)
    ]

    assert all("1  blocks" in text for text in told)
    assert await stage.count("blocks") == 0
