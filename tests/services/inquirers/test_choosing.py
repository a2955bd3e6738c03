"""The topic a person chooses: too late as well, once, and never."""

import pytest

from bot.model import AssignmentState, Reason
from tests.support.rulebook import TO_WORK, UNCLEAR, UNKNOWN
from tests.support.stage import Shown, Someone, Stage, said

REF = "2026-0001"
STALE = (said("press-stale-person"), True)
SOMETHING_ELSE = said("btn-something-else")


async def left_unchosen(stage: Stage, text: str = UNKNOWN) -> tuple[Someone, Shown]:
    """Let somebody be asked for the topic, and not answer in time; return them and the question."""
    maria = await stage.inquirer()
    await maria.writes(text)
    question = maria.last
    await stage.wait(minutes=31)
    return maria, question


async def open_fields(stage: Stage) -> list[str]:
    return [share.field for share in await stage.shares() if share.state is not AssignmentState.MOVED]


async def test_a_late_tap_moves_the_inquiry(stage: Stage) -> None:
    maria, question = await left_unchosen(stage)

    assert await maria.presses("Wohnen", question) == (None, False)

    assert await open_fields(stage) == ["wohnen"]
    told = said("moved", reference=REF, contact="Kontakt Wohnen", field="Wohnen")
    assert maria.last.text == f"{told}\n{said('receipt-due', due='Montag, 9. März, 12:30 Uhr')}"
    assert UNKNOWN in stage.contact("wohnen-kontakt").card(REF).text
    assert stage.telegram.chats[maria.address.chat][question.message].buttons == []


async def test_a_late_choice_of_both_brings_it_to_both(stage: Stage) -> None:
    maria, question = await left_unchosen(stage, UNCLEAR)

    await maria.presses("btn-both", question)

    shares = [share for share in await stage.shares() if share.state is not AssignmentState.MOVED]
    assert [(share.field, share.lead, share.reason) for share in shares] == [
        ("bildung", True, Reason.MOVED),
        ("sprache", False, Reason.CHOSEN),
    ]
    card = stage.contact("sprache-kontakt").card(REF).text
    assert said("card-chosen-by-person") in card
    assert said("card-also", others="Bildung") in card


async def test_a_late_choice_of_where_it_is_says_so(stage: Stage) -> None:
    maria, question = await left_unchosen(stage)

    assert await maria.presses(SOMETHING_ELSE, question) == (said("press-there-already", contact="Leitung"), False)

    assert await open_fields(stage) == ["general"]


async def test_a_late_tap_counts_whoever_has_the_inquiry_by_now(stage: Stage) -> None:
    maria, question = await left_unchosen(stage)
    leitung = stage.contact("leitung")
    for label in ("btn-hand", "Bildung"):
        await leitung.presses(label)

    await maria.presses("Sprache", question)

    assert await open_fields(stage) == ["sprache"]


ENDED = [
    # label, how the inquiry ends that nobody chose a topic for
    ("finished by the contact", "btn-done"),
    ("withdrawn by the person", "btn-withdraw"),
]


@pytest.mark.parametrize(("label", "press"), ENDED, ids=[row[0] for row in ENDED])
async def test_a_tap_after_the_end_is_stale(stage: Stage, label: str, press: str) -> None:
    maria, question = await left_unchosen(stage)
    await (stage.contact("leitung") if press == "btn-done" else maria).presses(press)

    assert await maria.presses("Wohnen", question) == STALE
    assert await open_fields(stage) == ["general"]


async def test_late_or_not_the_choice_is_made_once(stage: Stage) -> None:
    maria, question = await left_unchosen(stage)
    await maria.presses("Wohnen", question)

    assert await maria.presses("Sprache", question) == STALE

    assert await open_fields(stage) == ["wohnen"]


async def test_who_chose_another_topic_meanwhile_has_chosen(stage: Stage) -> None:
    maria, question = await left_unchosen(stage)
    await maria.presses("btn-other-topic")
    await maria.presses("Arbeit", maria.last)

    assert await maria.presses("Sprache", question) == STALE

    assert await open_fields(stage) == ["arbeit"]


async def test_a_tap_on_a_question_that_more_words_answered_is_stale(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(UNKNOWN)
    question = maria.last
    await maria.writes(TO_WORK)

    assert await maria.presses("Wohnen", question) == STALE
    assert await open_fields(stage) == ["arbeit"]


async def test_what_was_never_chosen_can_be_corrected_or_withdrawn_where_it_is_told(stage: Stage) -> None:
    maria, _ = await left_unchosen(stage)

    assert maria.last.text.startswith(said("asked-too-long", reference=REF, contact="Leitung"))
    assert maria.last.buttons == [said("btn-other-topic"), said("btn-withdraw")]
    await maria.presses("btn-other-topic")
    assert maria.last.text == said("ask-move", reference=REF)
    assert maria.last.buttons == ["Wohnen", "Sprache", "Arbeit", "Bildung"], "something else it is already"


async def test_where_it_is_already_is_said(stage: Stage) -> None:
    maria, _ = await left_unchosen(stage)
    token = await stage.make_button(maria, "move_own", (await stage.inquiry()).id, field="general")

    told = await maria.presses_token(token, maria.last.message)

    assert told == (said("press-there-already", contact="Leitung"), False)
    assert await open_fields(stage) == ["general"]
