"""After closing: the one question whether it helped, thanks, and going on after a short or a long time."""

import pytest

from bot.errors import SendError, SendFailure
from bot.model import AssignmentState, Helped, InquiryState
from bot.store import feedback
from tests.support.rulebook import TO_EDUCATION, TO_HOUSING
from tests.support.stage import Someone, Stage, said, said_closed

REF = "2026-0001"


async def closed(stage: Stage) -> tuple[Someone, Someone]:
    """Let an inquiry about housing be answered and closed."""
    maria, wohnen = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await wohnen.replies("Gern", to=wohnen.card(REF))
    await wohnen.presses("btn-done")
    assert maria.last.text == said_closed(REF)
    return maria, wohnen


async def helped(stage: Stage) -> Helped | None:
    async with stage.database.reading() as tx:
        return await feedback.find(tx, 1)


async def test_a_greeting_after_the_end_is_not_answered_as_thanks(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer("Maria"), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await wohnen.presses("btn-done")

    for text in ("Guten Tag!", "Vielen Dank!"):
        await maria.writes(text)

        assert maria.last.text == said("thanks-passed-on", reference="2026-0001")
        assert not maria.last.text.startswith("Danke"), "the same words answer both"


async def test_yes_is_kept_and_thanked_for(stage: Stage) -> None:
    maria, _ = await closed(stage)
    question = maria.last

    assert await maria.presses("btn-helped-yes") == (None, False)

    assert maria.last.text == said("helped-thanks")
    assert await helped(stage) is Helped.YES
    assert maria.shown[-2].message == question.message
    assert maria.shown[-2].buttons == []
    assert "inquiry.rated" in await stage.events()
    assert (await stage.inquiry()).state is InquiryState.CLOSED


@pytest.mark.parametrize(("label", "answer"), [("btn-helped-partly", Helped.PARTLY), ("btn-helped-no", Helped.NO)])
async def test_who_still_needs_help_opens_it_again_with_a_tap(stage: Stage, label: str, answer: Helped) -> None:
    maria, wohnen = await closed(stage)

    await maria.presses(label)
    assert await helped(stage) is answer
    assert maria.last.text == said("helped-what-is-missing", button=said("btn-reopen-own"))
    await maria.presses("btn-reopen-own")

    assert (await stage.inquiry()).state is InquiryState.ASSIGNED
    assert maria.last.text == said("reopened-tell-more", reference=REF) + "\n" + said(
        "receipt-due", due="Montag, 9. März, 12:30 Uhr"
    )
    assert wohnen.last.text == said("reopened-by-person", reference=REF)
    assert said("btn-take") in wohnen.card(REF).buttons


async def test_a_second_tap_on_reopening_says_that_it_holds_no_more(stage: Stage) -> None:
    maria, wohnen = await closed(stage)
    await maria.presses("btn-helped-no")
    bearer = maria.last
    await maria.presses("btn-reopen-own", bearer)

    assert await maria.presses("btn-reopen-own", bearer) == (said("press-stale-person"), True)
    assert wohnen.texts.count(said("reopened-by-person", reference=REF)) == 1


async def test_the_question_is_asked_once_an_inquiry(stage: Stage) -> None:
    maria, wohnen = await closed(stage)
    await maria.replies("Es fehlt noch etwas")
    await wohnen.presses("btn-done")

    assert maria.last.text == said("closed", reference=REF)
    assert maria.last.buttons == []


async def test_who_got_no_answer_is_not_asked_whether_it_helped_until_they_did(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)

    await wohnen.presses("btn-done")
    assert maria.last.text == said("closed", reference=REF)
    assert maria.last.buttons == []

    await maria.replies("Und meine Frage?")
    await wohnen.replies("Doch noch etwas", to=wohnen.card(REF))
    await wohnen.presses("btn-done")
    assert maria.last.text == said_closed(REF)


async def test_an_answer_that_never_arrived_is_none_to_ask_about(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    stage.telegram.script = [SendError(SendFailure.REFUSED, "not like this")]
    await wohnen.replies("Gern", to=wohnen.card(REF))

    await wohnen.presses("btn-done")

    assert maria.last.text == said("closed", reference=REF)


@pytest.mark.parametrize("thanks", ["Vielen Dank!", "🙏"])
@pytest.mark.parametrize("as_reply", [True, False])
async def test_thanks_after_closing_are_passed_on_and_open_nothing(stage: Stage, as_reply: bool, thanks: str) -> None:
    maria, wohnen = await closed(stage)

    await maria.writes(thanks, reply_to=maria.last if as_reply else None)

    assert maria.last.text == said("thanks-passed-on", reference=REF)
    assert wohnen.last.text == said("relayed-thanks", reference=REF, name="Maria") + "\n\n" + thanks
    assert await stage.count("inquiries") == 1
    assert [share.state for share in await stage.shares()] == [AssignmentState.CLOSED]


async def test_thanks_go_to_no_former_contacts_chat(stage: Stage) -> None:
    first = await stage.invited("bildung-kontakt", 5001)
    maria = await stage.inquirer()
    await maria.writes(TO_EDUCATION)
    await first.presses("btn-done")
    await stage.invited("bildung-kontakt", 5002)
    before = list(first.received)

    await maria.writes("Danke!")

    assert first.received == before
    assert maria.last.text == said("thanks-closed", reference=REF)


async def test_after_withdrawing_nobody_is_thanked_and_nobody_is_said_to_be(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await wohnen.replies("Gern", to=wohnen.card(REF))
    answer = maria.last
    await maria.presses("btn-withdraw")
    before = list(wohnen.received)

    await maria.replies("Danke!", to=answer)

    assert wohnen.received == before
    assert maria.last.text == said("thanks-withdrawn", reference=REF)


async def test_thanks_that_could_not_be_sent_are_not_said_to_be_passed_on(stage: Stage) -> None:
    maria, _ = await closed(stage)
    stage.telegram.script = [SendError(SendFailure.REFUSED, "not like this")]

    await maria.writes("Danke!")

    assert maria.last.text == said("thanks-closed", reference=REF)
    assert said("thanks-passed-on", reference=REF) not in maria.texts


async def test_a_first_greeting_is_answered_and_opens_nothing(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes("Guten Tag")

    assert maria.last.text == said("ask-for-words")
    assert await stage.count("inquiries") == 0


async def test_within_two_weeks_a_reply_opens_again(stage: Stage) -> None:
    maria, _ = await closed(stage)
    await stage.wait(days=14)
    await maria.replies("Die Wohnung ist jetzt doch frei")

    assert maria.last.text == said("reopened", reference=REF) + "\n" + said(
        "receipt-due", due="Montag, 23. März, 12:30 Uhr"
    )
    assert await stage.count("inquiries") == 1


async def test_later_a_reply_begins_anew_and_names_the_old_one(stage: Stage) -> None:
    maria, wohnen = await closed(stage)
    await stage.wait(days=14, minutes=1)
    await maria.replies(TO_HOUSING)

    inquiries = await stage.inquiries()
    assert sorted(one.reference for one in inquiries) == [REF, "2026-0002"]
    assert next(one for one in inquiries if one.reference == "2026-0002").follows == 1
    assert said("card-follows", reference=REF) in wohnen.card("2026-0002").text
    assert said("receipt-follows", reference=REF) in maria.last.text
