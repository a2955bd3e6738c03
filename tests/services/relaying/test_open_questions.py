"""Who was asked back and does not answer keeps the contact waiting, and is told so instead of an apology.

The stage's clock begins on Thursday 5 March 2026 at 9:00. Housing promises two working days: Monday 12:30.
"""

from bot.errors import SendFailure
from tests.support.clock import berlin
from tests.support.rulebook import TO_HOUSING, TO_WORK_AND_HOUSING
from tests.support.stage import Someone, Stage, said

REF = "2026-0001"
DUE_AT = berlin("2026-03-09 12:30")
MUCH_LATER = berlin("2026-03-20 12:00")
STILL_ASKED = said("still-asked", reference=REF, contact="Kontakt Wohnen", count=1)
LATE = f"Ihre Anfrage {REF} braucht leider länger"


async def asks_back(contact: Someone, text: str = "Wie viele Zimmer?") -> None:
    for label in ("btn-more", "btn-ask-back"):
        await contact.presses(label, contact.card(REF))
    await contact.replies(text, to=contact.last)


async def asked_back(stage: Stage, text: str = TO_HOUSING) -> tuple[Someone, Someone]:
    maria, wohnen = await stage.inquirer("Maria"), stage.contact("wohnen-kontakt")
    await maria.writes(text)
    await asks_back(wohnen)
    return maria, wohnen


async def test_whose_answer_is_waited_for_is_reminded_at_the_promised_time_and_once(stage: Stage) -> None:
    maria, wohnen = await asked_back(stage)

    await stage.live_until(DUE_AT)
    assert maria.last.text == STILL_ASKED
    assert said("reminder-person-asked", name="Maria") in wohnen.last.text
    await stage.live_until(MUCH_LATER)

    assert maria.texts.count(STILL_ASKED) == 1
    assert not any(text.startswith(LATE) for text in maria.texts)
    assert "inquiry.slipped" not in await stage.events()
    await maria.replies("Drei", to=maria.last)
    assert "Drei" in wohnen.last.text


async def test_who_answered_is_told_that_it_takes_longer(stage: Stage) -> None:
    maria, _ = await asked_back(stage)
    await maria.replies("Drei")

    await stage.live_until(DUE_AT)

    assert maria.last.text.startswith(LATE)
    assert STILL_ASKED not in maria.texts


async def test_an_answer_to_another_contact_alone_is_none_to_this_one(stage: Stage) -> None:
    maria, work = await stage.inquirer("Maria"), stage.contact("arbeit-kontakt")
    await maria.writes(TO_WORK_AND_HOUSING)
    await asks_back(stage.contact("wohnen-kontakt"))
    await asks_back(work, "Als was?")
    await maria.replies("Als Koch", to=maria.last)

    await stage.live_until(MUCH_LATER)

    assert maria.texts.count(STILL_ASKED) == 1
    [late] = [text for text in maria.texts if text.startswith(LATE)]
    assert late == said("slipped", reference=REF, contact="Kontakt Arbeit"), "nobody says to do nothing"


async def test_a_question_that_never_arrived_is_not_waited_for(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer("Maria"), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    stage.telegram.closed[maria.address.chat] = SendFailure.REFUSED
    await asks_back(wohnen)
    stage.telegram.closed.clear()

    await stage.live_until(DUE_AT)

    assert maria.last.text.startswith(LATE)


async def test_the_list_says_whose_turn_it_is(stage: Stage) -> None:
    maria, _ = await asked_back(stage)
    line = "• " + said("status-line-asks", reference=REF, field="Wohnen", contact="Kontakt Wohnen")

    await maria.writes("/status", command="status")
    assert line in maria.last.text.splitlines()
    await maria.replies("Drei", to=maria.received[-2])
    await maria.writes("/status", command="status")

    assert line not in maria.last.text


async def test_after_30_days_nobody_apologises_for_a_question_that_was_not_answered(stage: Stage) -> None:
    maria, wohnen = await asked_back(stage)

    stage.clock.turn(days=33)
    await stage.sweeper.plan()
    await stage.wait()

    assert said("silent-asked", reference=REF, contact="Kontakt Wohnen", count=1) in maria.texts
    assert said("silent-contact-asked", reference=REF) in wohnen.texts


async def test_what_was_answered_once_is_not_said_to_have_been_left_unanswered(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer("Maria"), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await wohnen.replies("Kommen Sie am Montag", to=wohnen.card(REF))
    await maria.replies("Gut, ich komme am Montag")

    stage.clock.turn(days=33)
    await stage.sweeper.plan()
    await stage.wait()

    assert said("silent-written-again", reference=REF) in maria.texts
    assert said("silent-contact-written-again", reference=REF) in wohnen.texts
    [closed] = [entry for entry in await stage.journal() if entry.event == "inquiry.silent"]
    assert closed.data["answered"] is True
