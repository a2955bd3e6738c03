"""The ways an inquiry may go: each that is drawn is gone here; that no other is gone, see test_promises.py."""

import pytest

from tests.support.drawings import drawn_ways
from tests.support.rulebook import TO_HOUSING, UNKNOWN
from tests.support.stage import Stage

Step = tuple[str, str, str]

HOUSING: Step = ("maria", "writes", TO_HOUSING)
UNCLEAR: Step = ("maria", "writes", UNKNOWN)
TAKE: Step = ("wohnen", "presses", "btn-take")
ANSWER: Step = ("wohnen", "replies", "Gerne")
DONE: Step = ("wohnen", "presses", "btn-done")
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
    ("taken", "closed"): (HOUSING, TAKE, DONE),
    ("taken", "withdrawn"): (HOUSING, TAKE, WITHDRAW),
    ("answered", "assigned"): (HOUSING, ANSWER, *MOVE),
    ("answered", "taken"): (HOUSING, ANSWER, ("maria", "writes", "Danke")),
    ("answered", "closed"): (HOUSING, ANSWER, DONE),
    ("answered", "withdrawn"): (HOUSING, ANSWER, WITHDRAW),
    ("closed", "assigned"): (HOUSING, DONE, ("maria", "replies", "Doch noch etwas")),
    ("closed", "answered"): (HOUSING, DONE, ("wohnen", "replies to its card", "Noch etwas")),
    ("withdrawn", "assigned"): (HOUSING, WITHDRAW, UNDO),
    ("withdrawn", "asked"): (UNCLEAR, WITHDRAW_ASKED, UNDO),
}


def test_every_way_that_is_drawn_is_gone_here() -> None:
    assert drawn_ways() == set(WAYS)


@pytest.mark.parametrize("way", WAYS, ids=[f"{start} to {end}" for start, end in WAYS])
async def test_a_way_is_gone(stage: Stage, way: tuple[str | None, str]) -> None:
    maria = await stage.inquirer()
    people = {"maria": maria, "wohnen": stage.contact("wohnen-kontakt")}
    for who, does, what in WAYS[way]:
        match does:
            case "forges":
                await maria.presses_token(await stage.make_button(maria, what, (await stage.inquiry()).id))
            case "replies to its card":
                await people[who].replies(what, to=people[who].card())
            case _:
                await getattr(people[who], does)(what)

    assert way in stage.transitions
    assert stage.transitions <= drawn_ways()
