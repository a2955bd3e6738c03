"""How many taps and replies a contact's usual deeds take; the handbook lists the same."""

import re

import pytest

from bot.model import AssignmentState
from tests.support.process import ROOT
from tests.support.rulebook import TO_HOUSING
from tests.support.stage import Stage, said

REF = "2026-0001"
MOST_TAPS, MOST_REPLIES = 3, 1
ANSWERED, CLOSED, TAKEN, MOVED = (
    AssignmentState.ANSWERED,
    AssignmentState.CLOSED,
    AssignmentState.TAKEN,
    AssignmentState.MOVED,
)

# What is done, by the handbook's words; the labels tapped, and what is written; how the share stands afterwards.
DEEDS: list[tuple[str, list[str], AssignmentState]] = [
    ("der Normalfall", ["btn-take", "reply", "btn-done"], CLOSED),
    ("gleich antworten", ["reply", "btn-done"], CLOSED),
    ("mit Vorlage", ["btn-snippets", "Danke", "btn-done"], CLOSED),
    ("mit einem letzten Wort", ["btn-more", "btn-close-with", "reply to it"], CLOSED),
    ("zurückfragen", ["btn-more", "btn-ask-back", "reply to it"], TAKEN),
    ("an ein anderes Thema", ["btn-hand", "Sprache"], MOVED),
    ("an eine Kollegin", ["btn-hand", "btn-colleagues", "Kontakt Sprache"], AssignmentState.ASSIGNED),
    ("ein zweites Thema", ["btn-more", "btn-add-field", "Sprache"], AssignmentState.ASSIGNED),
    ("eine Notiz", ["note"], AssignmentState.ASSIGNED),
    ("geschrieben, ohne", ["write", "which"], ANSWERED),
]


@pytest.mark.parametrize(("deed", "steps", "state"), DEEDS, ids=[row[0] for row in DEEDS])
async def test_a_deed_takes_few_taps(stage: Stage, deed: str, steps: list[str], state: AssignmentState) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    wohnen = stage.contact("wohnen-kontakt")
    await wohnen.writes("/vorlage Danke\nVielen Dank!")
    taps = replies = 0

    for step in steps:
        match step:
            case "reply" | "note" | "reply to it":
                replies += 1
                to = wohnen.last if step == "reply to it" else wohnen.card(REF)
                await wohnen.replies("// Gerne" if step == "note" else "Gerne", to=to)
            case "write":
                await wohnen.writes("Gerne")
            case "which":
                taps += 1
                await wohnen.presses(said("btn-desk-which", reference=REF, name="Maria", field="Wohnen"))
            case label:
                taps += 1
                await wohnen.presses(label, wohnen.card(REF))

    assert (await stage.shares())[0].state is state
    assert taps <= MOST_TAPS
    assert replies <= MOST_REPLIES
    assert told(deed) == (taps, replies)


def told(deed: str) -> tuple[int, int]:
    """Return the taps and replies the handbook names for a deed."""
    lines = (ROOT / "docs" / "handbuch.md").read_text("utf-8").splitlines()
    row = next(line for line in lines if line.startswith("| ") and deed in line.split("|")[1])
    taps, replies = (re.sub(r"\D", "", cell) or "0" for cell in row.split("|")[3:5])
    return int(taps), int(replies)
