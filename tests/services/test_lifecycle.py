"""The ways an inquiry may go: each that is drawn is gone here; that no other is gone, see test_promises.py."""

import pytest

from tests.support.drawings import drawn_share_ways, drawn_ways
from tests.support.rulebook import TO_HOUSING, UNKNOWN
from tests.support.stage import Stage

Step = tuple[str, str, str]

HOUSING: Step = ("maria", "writes", TO_HOUSING)
UNCLEAR: Step = ("maria", "writes", UNKNOWN)
TAKE: Step = ("wohnen", "presses", "btn-take")
ANSWER: Step = ("wohnen", "replies", "Gerne")
DONE: Step = ("wohnen", "presses", "btn-done")
REOPEN: Step = ("wohnen", "presses", "btn-reopen")
RELEASE: tuple[Step, Step] = ("wohnen", "presses", "btn-more"), ("wohnen", "presses", "btn-release")
HAND: tuple[Step, ...] = (
    ("wohnen", "presses", "btn-hand"),
    ("wohnen", "presses", "btn-colleagues"),
    ("wohnen", "presses", "Kontakt Sprache"),
)
AGAIN: Step = ("maria", "writes", "Am Montag")
LATER: Step = ("maria", "replies", "Doch noch etwas")
WITHDRAW: Step = ("maria", "presses", "btn-withdraw")
UNDO: Step = ("maria", "presses", "btn-undo-withdraw")
MOVE: tuple[Step, Step] = ("wohnen", "presses", "btn-hand"), ("wohnen", "presses", "Sprache")
# The bot shows no such button; a press is checked by what is stored all the same.
WITHDRAW_ASKED: Step = ("maria", "forges", "withdraw")

WAYS: dict[tuple[str | None, str], tuple[Step, ...]] = {
    (None, "asked"): (UNCLEAR,),
    (None, "assigned"): (HOUSING,),
    ("asked", "assigned"): (UNCLEAR, ("maria", "presses", "Wohnen")),
    ("asked", "withdrawn"): (UNCLEAR, WITHDRAW_ASKED),
    ("assigned", "taken"): (HOUSING, TAKE),
    ("assigned", "answered"): (HOUSING, ANSWER),
    ("assigned", "closed"): (HOUSING, DONE),
    ("assigned", "withdrawn"): (HOUSING, WITHDRAW),
    ("taken", "assigned"): (HOUSING, TAKE, *MOVE),
    ("taken", "answered"): (HOUSING, TAKE, ANSWER),
    ("taken", "closed"): (HOUSING, TAKE, DONE, DONE),  # the first one so soon is asked about
    ("taken", "withdrawn"): (HOUSING, TAKE, WITHDRAW),
    ("answered", "assigned"): (HOUSING, ANSWER, *MOVE),
    ("answered", "taken"): (HOUSING, ANSWER, AGAIN),
    ("answered", "closed"): (HOUSING, ANSWER, DONE),
    ("answered", "withdrawn"): (HOUSING, ANSWER, WITHDRAW),
    ("closed", "assigned"): (HOUSING, DONE, LATER),
    ("closed", "taken"): (HOUSING, DONE, REOPEN),
    ("withdrawn", "assigned"): (HOUSING, WITHDRAW, UNDO),
    ("withdrawn", "asked"): (UNCLEAR, WITHDRAW_ASKED, UNDO),
}


# What leads a share another way than the inquiry it is a part of.
SHARE_WAYS: dict[tuple[str | None, str], tuple[Step, ...]] = {
    **{way: steps for way, steps in WAYS.items() if "asked" not in way},
    ("taken", "assigned"): (HOUSING, TAKE, *RELEASE),
    ("answered", "assigned"): (HOUSING, ANSWER, *HAND),
    ("assigned", "moved"): (HOUSING, *MOVE),
    ("taken", "moved"): (HOUSING, TAKE, *MOVE),
    ("answered", "moved"): (HOUSING, ANSWER, *MOVE),
}


def test_every_way_that_is_drawn_is_gone_here() -> None:
    assert drawn_ways() == set(WAYS)
    assert drawn_share_ways() == set(SHARE_WAYS)


@pytest.mark.parametrize("way", WAYS, ids=[f"{start} to {end}" for start, end in WAYS])
async def test_a_way_is_gone(stage: Stage, way: tuple[str | None, str]) -> None:
    await go(stage, WAYS[way])

    assert way in stage.transitions
    assert stage.transitions <= drawn_ways()


@pytest.mark.parametrize("way", SHARE_WAYS, ids=[f"{start} to {end}" for start, end in SHARE_WAYS])
async def test_a_way_of_a_share_is_gone(stage: Stage, way: tuple[str | None, str]) -> None:
    await go(stage, SHARE_WAYS[way])

    assert way in stage.share_transitions
    assert stage.share_transitions <= drawn_share_ways()


async def go(stage: Stage, steps: tuple[Step, ...]) -> None:
    maria = await stage.inquirer()
    people = {"maria": maria, "wohnen": stage.contact("wohnen-kontakt")}
    for who, does, what in steps:
        stage.clock.turn(seconds=2)  # so long it takes to read a question
        match does:
            case "forges":
                await maria.presses_token(await stage.make_button(maria, what, (await stage.inquiry()).id))
            case _:
                await getattr(people[who], does)(what)
