"""Owning up to a promise that could not be kept: once, before the person has to ask, and never without need.

The stage's clock begins on Thursday 5 March 2026 at 9:00. Housing promises two working days: Monday 12:30.
"""

from datetime import timedelta

import pytest

from bot.errors import SendFailure
from bot.model import AssignmentState
from bot.services.case import set_share_state
from bot.services.shares import promise
from bot.store import assignments
from tests.support.clock import berlin
from tests.support.rulebook import HEAD, HOUSING, LANGUAGE, TO_HOUSING, TO_LANGUAGE, TO_WORK_AND_HOUSING, WORK
from tests.support.stage import Someone, Stage, said

REF = "2026-0001"
DUE_AT = berlin("2026-03-09 12:30")
MUCH_LATER = berlin("2026-03-25 12:00")
MOMENT = timedelta(seconds=1)


def slipped(contact: str = "Kontakt Wohnen", language: str = "de") -> str:
    text = said("slipped", language, reference=REF, contact=contact)
    return f"{text} {said('slipped-wait', language)}"


def told(person: Someone) -> list[str]:
    """What a person was told about promises not kept."""
    return [text for text in person.texts if text.startswith(f"Ihre Anfrage {REF} braucht leider länger")]


async def test_whoever_waits_longer_than_promised_is_told_at_that_moment_and_once(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)

    await stage.live_until(DUE_AT - MOMENT)
    assert told(maria) == []
    await stage.live_until(DUE_AT)
    assert maria.last.text == slipped()
    await stage.live_until(MUCH_LATER)

    assert told(maria) == [slipped()]
    assert (await stage.events()).count("inquiry.slipped") == 1


async def test_the_words_say_what_happened_where_it_is_and_no_more_than_is_so() -> None:
    assert slipped() == (
        "Ihre Anfrage 2026-0001 braucht leider länger als versprochen. "
        "Sie liegt bei Kontakt Wohnen. Sie müssen nichts tun."
    )
    assert "is unfortunately taking longer than promised. It is with Housing." in slipped("Housing", "en")


async def test_it_is_told_in_the_persons_language(stage: Stage) -> None:
    bela = await stage.inquirer("Bela", "en")
    await bela.writes(TO_HOUSING)

    await stage.live_until(DUE_AT)

    assert bela.last.text == slipped(language="en")


async def test_what_is_taken_but_not_answered_is_late_too(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    await stage.contact("wohnen-kontakt").presses("btn-take")

    await stage.live_until(MUCH_LATER)

    assert told(maria) == [slipped()]


@pytest.mark.parametrize("done", ["answered", "closed", "withdrawn"])
async def test_what_was_done_in_time_is_not_late(stage: Stage, done: str) -> None:
    maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await stage.live_until(DUE_AT - MOMENT)
    match done:
        case "answered":
            await housing.replies("Gerne!", to=housing.card())
        case "closed":
            await housing.presses("btn-done")
        case _:
            await maria.presses("btn-withdraw")

    await stage.live_until(MUCH_LATER)

    assert told(maria) == []


async def test_whoever_stands_in_is_named(stage: Stage) -> None:
    stage.telegram.closed[HOUSING] = SendFailure.UNREACHABLE
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)

    await stage.live_until(DUE_AT)

    deputy = said("contact-deputy", deputy="Kontakt Sprache", contact="Kontakt Wohnen")
    assert told(maria) == [slipped(deputy)]


async def test_where_nobody_has_it_nobody_is_named(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    async with stage.database.transaction() as tx:
        await tx.run("UPDATE assignments SET card = NULL, seat = NULL")
    for chat in (HOUSING, LANGUAGE, WORK[0], HEAD):
        stage.telegram.closed[chat] = SendFailure.UNREACHABLE
    async with stage.database.transaction() as tx:
        stage.clock.set_to(DUE_AT)
        assert await promise.own_up(stage.dialogue.turn(tx), 1)
    await stage.wait()

    assert told(maria) == [f"{said('slipped-nobody', reference=REF)} {said('slipped-wait')}"]


async def test_a_halt_over_the_moment_only_delays_it(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)

    await stage.wait_until(MUCH_LATER)
    await stage.live_until(MUCH_LATER + timedelta(days=7))

    assert told(maria) == [slipped()]


# ------------------------------------------------------------ new promises


async def test_an_inquiry_moved_is_promised_anew_and_may_be_late_again(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    await stage.live_until(DUE_AT)
    await maria.presses("btn-other-topic")
    await maria.presses("Sprache")

    # Three working days after Monday noon, when the office has closed: that is Tuesday's.
    await stage.live_until(berlin("2026-03-16 12:30") - MOMENT)
    assert told(maria) == [slipped()]
    await stage.live_until(MUCH_LATER)

    assert told(maria) == [slipped(), slipped("Kontakt Sprache")]


async def test_an_inquiry_moved_in_time_is_not_late_by_its_first_promise(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    await stage.live_until(berlin("2026-03-09 12:00"))
    await maria.presses("btn-other-topic")
    await maria.presses("Sprache")

    await stage.live_until(berlin("2026-03-13 12:30") - MOMENT)
    assert told(maria) == []
    await stage.live_until(berlin("2026-03-13 12:30"))

    assert told(maria) == [slipped("Kontakt Sprache")]


async def test_an_inquiry_opened_again_is_promised_anew(stage: Stage) -> None:
    maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await stage.live_until(DUE_AT)
    await housing.presses("btn-done")
    await maria.replies("Es tropft noch immer")

    await stage.live_until(berlin("2026-03-13 12:30") - MOMENT)
    assert told(maria) == [slipped()]
    await stage.live_until(MUCH_LATER)

    assert told(maria) == [slipped(), slipped()]


async def test_more_words_about_what_was_answered_make_a_new_promise_and_the_date_is_told(stage: Stage) -> None:
    maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await housing.replies("Wie groß ist sie?", to=housing.card())
    await stage.live_until(berlin("2026-03-10 10:00"))

    await maria.replies("60 Quadratmeter")

    due = "Freitag, 13. März, 12:30 Uhr"
    confirmed = said("passed-on", contact="Kontakt Wohnen", reference=REF) + "\n" + said("receipt-due", due=due)
    assert maria.last.text == confirmed
    assert said("card-due", due=due) in housing.card().text
    await stage.live_until(berlin("2026-03-13 12:30") - MOMENT)
    assert told(maria) == []
    await stage.live_until(MUCH_LATER)
    assert told(maria) == [slipped()]


async def test_more_words_about_what_nobody_answered_yet_change_no_promise(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    await stage.live_until(berlin("2026-03-09 12:00"))

    await maria.replies("Sie hat einen Balkon")
    assert maria.last.text == said("passed-on", contact="Kontakt Wohnen", reference=REF)
    await stage.live_until(DUE_AT)

    assert told(maria) == [slipped()]


async def test_what_was_answered_and_then_given_to_somebody_else_is_promised_anew(stage: Stage) -> None:
    maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await housing.replies("Ich frage eine Kollegin.", to=housing.card())
    await stage.live_until(berlin("2026-03-10 10:00"))
    async with stage.database.transaction() as tx:
        await set_share_state(stage.dialogue.turn(tx), (await stage.shares())[0], AssignmentState.ASSIGNED)

    await stage.live_until(berlin("2026-03-13 12:30") - MOMENT)
    assert told(maria) == []
    await stage.live_until(berlin("2026-03-13 12:30"))

    assert told(maria) == [slipped()]


# ------------------------------------------------------------ two fields


async def test_with_two_fields_the_date_the_receipt_told_counts(stage: Stage) -> None:
    """Work is due on Friday, housing on Monday; the person was told Monday, and is told once about both."""
    maria = await stage.inquirer()
    await maria.writes(TO_WORK_AND_HOUSING)
    assert said("receipt-due", due="Montag, 9. März, 12:30 Uhr") in maria.last.text

    await stage.live_until(DUE_AT - MOMENT)
    assert told(maria) == []
    assert said("reminder-overdue", reference=REF) in "\n".join(stage.contact("arbeit-kontakt").texts)
    await stage.live_until(MUCH_LATER)

    assert told(maria) == [slipped("Kontakt Arbeit und Kontakt Wohnen")]


async def test_opened_again_with_two_fields_the_date_that_was_told_counts_too(stage: Stage) -> None:
    """Work is due on Monday again, housing on Tuesday; the person was told Tuesday."""
    maria = await stage.inquirer()
    await maria.writes(TO_WORK_AND_HOUSING)
    await stage.wait(days=1)
    for contact in ("arbeit-kontakt", "wohnen-kontakt"):
        await stage.contact(contact).presses("btn-done")
    await maria.replies("Noch eine Frage dazu")
    assert said("receipt-due", due="Dienstag, 10. März, 12:30 Uhr") in maria.last.text

    await stage.live_until(berlin("2026-03-10 12:30") - MOMENT)
    assert told(maria) == []
    await stage.live_until(MUCH_LATER)

    assert told(maria) == [slipped("Kontakt Arbeit und Kontakt Wohnen")]


async def test_with_two_fields_only_the_late_one_is_named(stage: Stage) -> None:
    maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_WORK_AND_HOUSING)
    await housing.replies("Gerne!", to=housing.card())

    await stage.live_until(MUCH_LATER)

    assert told(maria) == [slipped("Kontakt Arbeit")]


async def test_with_two_fields_one_promised_anew_does_not_hide_that_the_other_is_late(stage: Stage) -> None:
    maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_WORK_AND_HOUSING)
    await housing.replies("Wie groß ist es?", to=housing.card())
    await stage.live_until(berlin("2026-03-09 10:00"))
    async with stage.database.transaction() as tx:
        turn = stage.dialogue.turn(tx)
        share = next(one for one in await assignments.list_of(tx, 1) if one.field == "wohnen")
        await promise.renew(turn, share)

    await stage.live_until(DUE_AT)

    assert told(maria) == [slipped("Kontakt Arbeit")]


async def test_each_inquiry_is_told_of_by_itself(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    await maria.writes(TO_LANGUAGE)
    await maria.presses("btn-which-new")

    await stage.live_until(MUCH_LATER)

    other = slipped("Kontakt Sprache").replace(REF, "2026-0002")
    assert told(maria) == [slipped()]
    assert maria.texts.count(other) == 1
