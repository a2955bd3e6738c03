"""Choosing one of many inquiries: a page at a time, by its reference, and never anybody else's."""

from pathlib import Path

import pytest

from bot.model import InquiryState
from bot.services.inquirers.offering import PAGE
from tests.support.keys import KEY
from tests.support.rulebook import TO_HOUSING, TO_LANGUAGE, make_book
from tests.support.stage import Someone, Stage, raise_stage, said

MANY = 8
REST = said("btn-older", count=MANY - PAGE)


async def with_many(stage: Stage) -> Someone:
    """Let somebody have eight inquiries, all of them open."""
    maria = await stage.inquirer()
    for number in range(MANY):
        await maria.writes(TO_LANGUAGE if number % 2 else TO_HOUSING)
        if number:
            await maria.presses("btn-which-new")
        stage.clock.turn(seconds=1)
    assert len(await stage.inquiries()) == MANY
    return maria


def reference(number: int) -> str:
    return f"2026-{number:04d}"


def offered(someone: Someone, message: int) -> list[str]:
    """Return the references a message's buttons name, as it stands now."""
    shown = someone.stage.telegram.chats[someone.address.chat][message]
    return [number for label in shown.buttons for number in map(reference, range(1, MANY + 2)) if number in label]


@pytest.mark.parametrize("command", ["/loeschen", "/aendern", TO_HOUSING])
async def test_each_of_eight_inquiries_can_be_chosen(stage: Stage, command: str) -> None:
    maria = await with_many(stage)
    await maria.writes(command)
    question = maria.last

    assert offered(maria, question.message) == [reference(number) for number in range(8, 3, -1)]
    assert REST in question.buttons
    count = len(maria.received)
    await maria.presses(REST, on=question)
    assert offered(maria, question.message) == [reference(number) for number in range(3, 0, -1)]
    assert len(maria.received) == count
    await maria.presses("btn-newer")
    assert stage.telegram.chats[maria.address.chat][question.message].buttons == question.buttons


async def test_what_stands_below_the_inquiries_stays_on_each_page(stage: Stage) -> None:
    maria = await with_many(stage)
    await maria.writes("/loeschen")
    await maria.presses(REST)

    assert maria.last.buttons[-3:] == [said(key) for key in ("btn-newer", "btn-delete-all", "btn-delete-keep")]


async def test_the_oldest_of_eight_is_deleted_alone(stage: Stage) -> None:
    maria = await with_many(stage)
    await maria.writes("/loeschen")
    await maria.presses(REST)
    await maria.presses(next(label for label in maria.last.buttons if reference(1) in label))

    assert maria.last.text == said("delete-done-one", reference=reference(1))
    assert [one.reference for one in await stage.inquiries()] == [reference(number) for number in range(2, 9)]


async def test_a_tap_on_an_older_page_that_is_gone_does_no_harm(stage: Stage) -> None:
    maria = await with_many(stage)
    await maria.writes("/aendern")
    question, older = maria.last, maria.last.tokens[REST]
    for number in (1, 2, 3):
        await maria.writes(f"/loeschen {reference(number)}")
        await maria.presses(next(label for label in maria.last.buttons if reference(number) in label))
    # Whoever deleted some has the list taken away; a tap that was on its way by then must do no harm.
    await maria.presses_token(older, question.message)

    assert "press.refused" not in await stage.events()


@pytest.mark.parametrize("command", ["/loeschen", "/aendern"])
async def test_a_reference_behind_the_command_names_the_inquiry(stage: Stage, command: str) -> None:
    maria = await with_many(stage)
    await maria.writes(f"{command} {reference(1)}")

    if command == "/loeschen":
        assert maria.last.text == said("delete-explained")
        assert maria.last.buttons[1:] == [said("btn-delete-keep")]
        assert reference(1) in maria.last.buttons[0]
    else:
        assert reference(1) in maria.last.text.splitlines()[0]
        assert said("btn-change-place") in maria.last.buttons


@pytest.mark.parametrize(("command", "key"), [("/loeschen", "delete-explained"), ("/aendern", "change-which")])
async def test_a_reference_of_nobodys_or_of_somebody_elses_is_not_found(stage: Stage, command: str, key: str) -> None:
    maria = await with_many(stage)
    bela = await stage.inquirer("Bela")
    await bela.writes(TO_HOUSING)
    for missing in (reference(9), "2026-0999"):
        await maria.writes(f"{command} {missing}")

        assert maria.last.text == said("which-unknown", reference=missing) + "\n\n" + said(key)
        assert offered(maria, maria.last.message) == [reference(number) for number in range(8, 3, -1)]
    assert [one.state for one in await stage.inquiries()] == [InquiryState.ASSIGNED] * (MANY + 1)


async def test_somebody_blocked_finds_their_older_inquiries_too() -> None:
    async with raise_stage(make_book({"administrators": ["leitung"]})) as stage:
        maria = await with_many(stage)
        await stage.contact("leitung").writes(f"/sperren {reference(8)}")
        await maria.writes("/loeschen")

        assert await maria.presses(REST) == (None, False)
        assert offered(maria, maria.last.message) == [reference(number) for number in range(3, 0, -1)]


async def test_an_older_page_of_an_answered_question_is_not_shown(stage: Stage) -> None:
    maria = await with_many(stage)
    await maria.writes(TO_HOUSING)
    question, older = maria.last, maria.last.tokens[REST]
    await maria.presses("btn-which-new")

    assert await maria.presses_token(older, question.message) == (said("press-stale-person"), True)
    assert stage.telegram.chats[maria.address.chat][question.message].buttons == []


@pytest.mark.parametrize("keys", [None, KEY], ids=["open", "sealed"])
async def test_a_page_that_offers_a_newer_one_goes_when_that_is_deleted(tmp_path: Path, keys: str | None) -> None:
    async with raise_stage(folder=tmp_path, keys=keys) as stage:
        maria = await with_many(stage)
        await maria.writes("/aendern")
        question = maria.last
        await maria.presses(REST, on=question)
        await maria.writes(TO_HOUSING)
        await maria.presses("btn-which-new")
        await maria.presses("btn-newer", on=next(one for one in maria.received if one.message == question.message))
        assert offered(maria, question.message)[0] == reference(9)

        await maria.writes(f"/loeschen {reference(9)}")
        await maria.presses(next(label for label in maria.last.buttons if reference(9) in label))

        assert reference(9) not in [one.reference for one in await stage.inquiries()]
        assert question.message not in stage.telegram.chats[maria.address.chat]


async def test_a_question_that_came_twice_turns_its_page_where_it_was_pressed(stage: Stage) -> None:
    maria = await with_many(stage)
    await maria.writes("/aendern")
    question = maria.last
    copy = stage.telegram.enter(maria.address.chat, question.text, by_bot=True)

    await maria.presses_token(question.tokens[REST], copy.message)

    assert offered(maria, copy.message) == [reference(number) for number in range(3, 0, -1)]
