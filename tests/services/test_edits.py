"""Messages changed after they were sent."""

import pytest

from bot.errors import SendFailure
from bot.model import AssignmentState, MessageKind
from tests.support.builders import make_message
from tests.support.fake_telegram import Shown
from tests.support.rulebook import (
    COUNTY,
    DANGER,
    TO_HOUSING,
    TO_LANGUAGE,
    TO_WORK,
    TO_WORK_AND_HOUSING,
    UNKNOWN,
    make_book,
)
from tests.support.stage import Someone, Stage, about_housing, raise_stage, said

REF = "2026-0001"


async def test_a_changed_first_message_reaches_the_contact_as_a_change_under_the_card(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    own = next(shown for shown in maria.shown if shown.text == TO_HOUSING)

    await maria.edits(own, "Unsere Wohnung steht ab Mai leer")

    head = said("relayed-changed", reference=REF, name="Maria")
    assert wohnen.last.text == f"{head}\n\nUnsere Wohnung steht ab Mai leer"
    assert wohnen.last.reply_to == wohnen.card(REF).message
    assert "inquiry.edited" in await stage.events()


async def test_a_changed_follow_up_reaches_the_contact_under_its_earlier_form(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    more = await maria.writes("Miete 500")
    earlier = wohnen.last

    await maria.edits(more, "Miete 600")

    assert "Miete 600" in wohnen.last.text
    assert wohnen.last.reply_to == earlier.message


async def test_a_changed_follow_up_leaves_what_the_first_message_says() -> None:
    places = [{"name": "Lörrach", "ags": "08336050"}, {"name": "Steinen", "ags": "08336084"}]
    async with raise_stage(make_book({"places": places})) as stage:
        maria = await stage.inquirer("Maria")
        await maria.writes("Unsere Wohnung in Lörrach steht leer")
        more = await maria.writes("Sie ist in Lörrach nahe am Bahnhof")
        before = (await stage.inquiry()).decision
        assert before is not None
        assert before.place == "Lörrach"

        for changed in ("Sie ist nahe am Bahnhof", "Meine Schwester wohnt in Steinen"):
            await maria.edits(more, changed)
            assert (await stage.inquiry()).decision == before

        assert "Meine Schwester wohnt in Steinen" in stage.contact("wohnen-kontakt").last.text


async def test_a_change_reaches_both_contacts_once(stage: Stage) -> None:
    maria = await stage.inquirer()
    own = await maria.writes(TO_WORK_AND_HOUSING)

    await maria.edits(own, "Wir suchen zwei Leute")

    text = said("relayed-changed", reference=REF, name="Maria") + "\n\nWir suchen zwei Leute"
    for contact in ("arbeit-kontakt", "wohnen-kontakt"):
        assert stage.contact(contact).texts.count(text) == 1


async def test_what_says_the_same_as_before_is_no_change(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    own = next(shown for shown in maria.shown if shown.text == TO_HOUSING)
    before = wohnen.texts

    await maria.edits(own, TO_HOUSING)

    assert wohnen.texts == before
    assert "inquiry.edited" not in await stage.events()


async def test_a_change_while_asked_helps_to_find_the_topic(stage: Stage) -> None:
    maria = await stage.inquirer()
    own = await maria.writes(UNKNOWN)

    await maria.edits(own, TO_WORK)

    assert [share.field for share in await stage.shares()] == ["arbeit"]
    assert TO_WORK in stage.contact("arbeit-kontakt").card(REF).text


async def test_a_change_of_what_is_held_replaces_it(stage: Stage) -> None:
    maria = stage.person()
    own = await maria.writes(UNKNOWN)
    await maria.edits(own, TO_HOUSING)

    await maria.presses("btn-go-on")

    assert TO_HOUSING in stage.contact("wohnen-kontakt").card(REF).text


async def test_a_change_of_what_waits_for_its_inquiry_replaces_it(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    waiting = await maria.writes(TO_WORK)
    await maria.edits(waiting, "Ich meine das Bad")

    await maria.presses(said("btn-which-one", reference=REF, field="Wohnen"))

    assert "Ich meine das Bad" in wohnen.last.text
    assert TO_WORK not in "".join(wohnen.texts)


async def test_a_changed_caption_reaches_the_contact(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    photo = await maria.sends(MessageKind.PHOTO, "Das Bad")

    await maria.edits(photo, "Die Küche")

    assert "Die Küche" in wohnen.last.text


async def test_a_caption_taken_away_does_not_make_an_empty_message(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    photo = await maria.sends(MessageKind.PHOTO, "Das Bad")

    await maria.edits(photo, "")

    assert wohnen.last.text.startswith(said("relayed-changed", reference=REF, name="Maria"))
    assert await stage.parked() == []


async def test_a_change_after_the_move_reaches_only_who_has_it_now(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    own = next(shown for shown in maria.shown if shown.text == TO_HOUSING)
    await wohnen.presses("btn-hand")
    await wohnen.presses("Arbeit")
    before = wohnen.texts

    await maria.edits(own, "Unsere Wohnung steht ab Mai leer")

    assert "ab Mai" in stage.contact("arbeit-kontakt").last.text
    assert wohnen.texts == before


async def test_the_redrawn_card_shows_the_changed_text(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    own = next(shown for shown in maria.shown if shown.text == TO_HOUSING)
    await maria.edits(own, "Unsere Wohnung steht ab Mai leer")

    await wohnen.presses("btn-take")

    assert wohnen.card(REF).text.endswith("Unsere Wohnung steht ab Mai leer")


# ------------------------------------------------------------ changed answers


async def test_a_changed_answer_reaches_the_person_under_its_earlier_form(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    answer = await wohnen.replies("Um 10 Uhr")
    earlier = maria.last

    await wohnen.edits(answer, "Um 11 Uhr")

    head = said("answer-changed", contact="Kontakt Wohnen", reference=REF)
    assert maria.last.text == f"{head}\n\nUm 11 Uhr"
    assert maria.last.reply_to == earlier.message
    assert (wohnen.last.text, wohnen.last.reply_to) == (
        said("answer-changed-sent", name="Maria", reference=REF),
        answer.message,
    )


async def test_a_changed_answer_that_could_not_be_sent_is_said_so_and_not_confirmed(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    answer = await wohnen.replies("Um 10 Uhr")
    stage.telegram.closed[maria.address.chat] = SendFailure.UNREACHABLE

    await wohnen.edits(answer, "Um 11 Uhr")

    assert wohnen.last.text == said("answer-not-sent-blocked", name="Maria", reference=REF)
    assert said("answer-changed-sent", name="Maria", reference=REF) not in wohnen.texts


async def test_a_changed_answer_to_what_was_withdrawn_is_not_sent(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    answer = await wohnen.replies("Um 10 Uhr")
    await maria.presses("btn-withdraw")
    before = maria.texts

    await wohnen.edits(answer, "Um 11 Uhr")

    assert maria.texts == before
    assert (wohnen.last.text, wohnen.last.reply_to) == (said("answer-withdrawn", reference=REF), answer.message)


async def test_who_is_no_contact_any_more_cannot_change_what_they_answered() -> None:
    async with raise_stage(make_book({"contacts": {"wohnen-kontakt": {"telegram": None}}})) as stage:
        former = await stage.invited("wohnen-kontakt", 5001)
        maria = await stage.inquirer()
        await maria.writes(TO_HOUSING)
        answer = await former.replies("Um 10 Uhr", to=former.card(REF))
        await stage.invited("wohnen-kontakt", 5002)
        before = maria.texts

        await former.edits(answer, "Überweisen Sie mir die Kaution")

        assert maria.texts == before
        assert "answer.refused" in await stage.events()
        assert former.last.text == said("answer-refused")


async def test_what_colleagues_change_among_themselves_is_nobodys_business(stage: Stage) -> None:
    group = stage.contact("sprache-kontakt")
    own = await group.writes("Wer nimmt das?")

    await group.edits(own, "Wer nimmt es?")

    assert group.texts == []


async def test_a_changed_answer_leaves_the_share_as_it_is(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    answer = await wohnen.replies("Um 10 Uhr")
    await wohnen.presses("btn-done")

    await wohnen.edits(answer, "Um 11 Uhr")

    assert "Um 11 Uhr" in maria.last.text
    assert [share.state for share in await stage.shares()] == [AssignmentState.CLOSED]


async def test_who_changes_words_of_a_finished_inquiry_is_told_how_to_open_it_again(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    own = next(shown for shown in maria.shown if shown.text == TO_HOUSING)
    await wohnen.presses("btn-done")

    await maria.edits(own, "Unsere Wohnung steht ab Mai leer")

    assert (maria.last.text, maria.last.reply_to) == (said("closed-change-passed-on", reference=REF), own.message)
    assert [share.state for share in await stage.shares()] == [AssignmentState.CLOSED]
    await maria.replies("Frei ab Mai")
    assert "Frei ab Mai" in wohnen.last.text
    assert [share.state for share in await stage.shares()] == [AssignmentState.ASSIGNED]


async def test_a_change_after_closing_reaches_whoever_closed_it_quietly_and_marked(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    own = next(shown for shown in maria.shown if shown.text == TO_HOUSING)
    await wohnen.presses("btn-done")

    await maria.edits(own, "Unsere Wohnung steht ab Mai leer")

    head = said("relayed-changed-closed", reference=REF, name="Maria")
    assert (wohnen.last.text, wohnen.last.quiet) == (f"{head}\n\nUnsere Wohnung steht ab Mai leer", True)
    assert wohnen.last.reply_to == wohnen.card(REF).message
    await wohnen.presses("btn-reopen")
    assert wohnen.card(REF).text.endswith("Unsere Wohnung steht ab Mai leer")
    assert wohnen.texts.count(f"{head}\n\nUnsere Wohnung steht ab Mai leer") == 1


async def test_a_change_after_closing_that_cannot_be_sent_is_not_said_to_be(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    own = next(shown for shown in maria.shown if shown.text == TO_HOUSING)
    await wohnen.presses("btn-done")
    stage.telegram.closed[wohnen.address.chat] = SendFailure.REFUSED

    await maria.edits(own, "Unsere Wohnung steht ab Mai leer")

    assert maria.last.text == said("closed", reference=REF)


async def test_a_change_after_closing_goes_to_no_former_contact() -> None:
    async with raise_stage(make_book({"contacts": {"wohnen-kontakt": {"telegram": None}}})) as stage:
        former = await stage.invited("wohnen-kontakt", 5001)
        maria = await stage.inquirer()
        own = await maria.writes(TO_HOUSING)
        await former.presses("btn-done")
        await stage.invited("wohnen-kontakt", 5002)
        before = former.texts

        await maria.edits(own, "Unsere Wohnung steht ab Mai leer")

        assert former.texts == before
        assert maria.last.text == said("closed", reference=REF)


async def test_a_change_reaches_whoever_has_finished_their_part_too(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    own = await maria.writes(TO_WORK_AND_HOUSING)
    wohnen, work = stage.contact("wohnen-kontakt"), stage.contact("arbeit-kontakt")
    await wohnen.presses("btn-done")
    told = maria.texts

    await maria.edits(own, "Wir suchen zwei Leute")

    for desk, key in ((work, "relayed-changed"), (wohnen, "relayed-changed-closed")):
        assert desk.last.text == said(key, reference=REF, name="Maria") + "\n\nWir suchen zwei Leute"
    assert {share.field: share.state for share in await stage.shares()} == {
        "arbeit": AssignmentState.ASSIGNED,
        "wohnen": AssignmentState.CLOSED,
    }
    assert maria.texts == told


async def test_a_change_while_it_was_withdrawn_comes_along_when_that_is_undone(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    own = next(shown for shown in maria.shown if shown.text == TO_HOUSING)
    await maria.presses("btn-withdraw")
    stage.clock.turn(minutes=5)
    await maria.edits(own, "Unsere Wohnung steht ab Mai leer")
    assert maria.last.text == said("withdrawn", reference=REF)
    assert all("ab Mai" not in text for text in wohnen.texts)

    await maria.presses("btn-undo-withdraw")

    changed = said("relayed-changed", reference=REF, name="Maria") + "\n\nUnsere Wohnung steht ab Mai leer"
    assert wohnen.texts.count(changed) == 1


async def test_what_is_changed_before_anybody_has_it_arrives_changed() -> None:
    nobody = {"contacts": {key: {"telegram": None} for key in COUNTY["contacts"]}}
    async with raise_stage(make_book(nobody)) as stage:
        maria = await stage.inquirer()
        own = await maria.writes(TO_HOUSING)
        await maria.edits(own, "Unsere Wohnung steht ab Mai leer")

        wohnen = await stage.invited("wohnen-kontakt", 5001)

        assert wohnen.card(REF).text.endswith("Unsere Wohnung steht ab Mai leer")
        assert len(wohnen.received) == 2


# ------------------------------------------------------------ danger


@pytest.mark.parametrize("noticed", [True, False])
async def test_words_of_danger_that_came_with_a_change_are_answered_with_the_numbers(
    stage: Stage, noticed: bool
) -> None:
    maria = await stage.inquirer("Maria") if noticed else stage.person("Maria")
    own = await maria.writes(TO_HOUSING)

    await maria.edits(own, DANGER)

    assert maria.texts.count(said("emergency")) == 1
    assert DANGER in stage.contact("leitung").card().text


async def test_danger_in_a_change_does_not_wait_for_the_notice(stage: Stage) -> None:
    maria = stage.person("Maria")
    own = await maria.writes(TO_HOUSING)

    await maria.edits(own, DANGER)

    assert DANGER in stage.contact("leitung").card(REF).text
    assert await stage.count("held") == 0


async def test_danger_in_a_change_does_not_wait_for_the_choice_of_an_inquiry(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    waiting = await maria.writes(TO_LANGUAGE)

    await maria.edits(waiting, DANGER)

    assert DANGER in stage.contact("leitung").card("2026-0002").text
    assert DANGER not in "".join(wohnen.texts)
    assert await stage.count("held") == 0


async def test_danger_in_a_change_does_not_wait_for_the_choice_what_to_tell() -> None:
    sensitive = {"about_me": {"de": ["=ich"]}, "health": {"de": ["Krebs"]}}
    async with raise_stage(make_book({"sensitive": sensitive})) as stage:
        maria = await stage.inquirer("Maria")
        waiting = await maria.writes("Ich habe Krebs und suche eine Wohnung")

        await maria.edits(waiting, DANGER)

        assert DANGER in stage.contact("leitung").card(REF).text
        assert await stage.count("held") == 0


async def test_danger_in_a_change_is_an_inquiry_of_its_own_and_the_contact_is_told(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    own = next(shown for shown in maria.shown if shown.text == TO_HOUSING)

    await maria.edits(own, DANGER)

    assert DANGER in stage.contact("leitung").card("2026-0002").text
    assert wohnen.last.text == said("danger-elsewhere", reference=REF, urgent="2026-0002", contact="Leitung")
    assert [inquiry.follows for inquiry in await stage.inquiries()] == [None, 1]
    await wohnen.presses("btn-take")
    assert wohnen.card(REF).text.endswith(TO_HOUSING)


async def test_words_of_danger_that_are_changed_again_open_no_second_inquiry(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    own = next(shown for shown in maria.shown if shown.text == TO_HOUSING)
    await maria.edits(own, DANGER)
    leitung, before = stage.contact("leitung"), wohnen.texts

    for changed in (f"{DANGER}!", "Es ist alles wieder gut", f"{DANGER}, doch"):
        await maria.edits(own, changed)
        assert changed in leitung.last.text

    assert await stage.count("inquiries") == 2
    assert maria.texts.count(said("emergency")) == 1
    assert wohnen.texts == before


async def test_danger_in_a_change_of_a_finished_inquiry_opens_an_urgent_one(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    own = next(shown for shown in maria.shown if shown.text == TO_HOUSING)
    await wohnen.presses("btn-done")

    await maria.edits(own, DANGER)

    assert DANGER in stage.contact("leitung").card("2026-0002").text


async def test_danger_in_a_change_while_asked_makes_that_inquiry_urgent(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    own = await maria.writes(UNKNOWN)

    await maria.edits(own, DANGER)

    assert DANGER in stage.contact("leitung").card(REF).text
    assert maria.texts.count(said("emergency")) == 1
    assert await stage.count("inquiries") == 1


async def test_after_danger_in_a_changed_caption_both_contacts_can_go_on(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    photo = await maria.sends(MessageKind.PHOTO, "Das Bad")
    leitung = stage.contact("leitung")

    await maria.edits(photo, DANGER)

    assert leitung.last.kind is MessageKind.PHOTO
    await wohnen.replies("Danke für das Bild", to=wohnen.card(REF))
    assert "Danke für das Bild" in maria.last.text
    await wohnen.presses("btn-hand")
    await wohnen.presses("Arbeit")
    assert ["Das Bad" in text for text in stage.contact("arbeit-kontakt").texts] == [False, True, False]
    assert await stage.parked() == []


@pytest.mark.parametrize("first", ["Guten Tag", "/wohnung"])
async def test_what_a_greeting_or_a_slip_is_changed_into_is_taken_for_new_words(stage: Stage, first: str) -> None:
    maria, wohnen = await stage.inquirer("Maria"), stage.contact("wohnen-kontakt")
    written = await maria.writes(first)

    await maria.edits(written, TO_HOUSING)

    assert TO_HOUSING in wohnen.card(REF).text
    await maria.edits(written, f"{TO_HOUSING}, ab Mai")
    assert wohnen.last.text.endswith("ab Mai")
    assert len(await stage.inquiries()) == 1


async def test_a_message_that_comes_after_its_edited_form_says_nothing_new(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer("Maria"), stage.contact("wohnen-kontakt")
    written = stage.telegram.enter(maria.address.chat, TO_HOUSING, by_bot=False)
    await maria.edits(written, f"{TO_HOUSING}, ab Mai")
    told = len(maria.received)

    await stage.handle(make_message(TO_HOUSING, address=maria.address, message=written.message, sender=maria.sender))

    assert f"{TO_HOUSING}, ab Mai" in wohnen.card(REF).text
    assert (len(maria.received), len(await stage.inquiries())) == (told, 1)


async def test_danger_in_a_changed_greeting_is_heard_at_once(stage: Stage) -> None:
    maria, head = await stage.inquirer("Maria"), stage.contact("leitung")
    written = await maria.writes("Guten Tag")

    await maria.edits(written, DANGER)

    assert said("emergency") in maria.texts
    assert said("card-urgent") in head.card(REF).text


async def test_a_greeting_that_stays_one_is_not_answered_twice(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    written = await maria.writes("Guten Tag")
    before = len(maria.received)

    await maria.edits(written, "Guten Tag!")

    assert len(maria.received) == before


@pytest.mark.parametrize("wait", [0, 60 * 60], ids=["shortly after", "an hour later"])
async def test_what_was_deleted_comes_back_by_no_change(stage: Stage, wait: int) -> None:
    maria, _ = await about_housing(stage)
    more = await maria.writes("Bitte sagen Sie niemandem etwas davon")
    await maria.writes(TO_LANGUAGE)
    await maria.writes("/loeschen")
    await maria.presses(next(label for label in maria.last.tokens if REF in label))
    await stage.wait(seconds=wait + 1)
    before = {key: len(stage.contact(key).texts) for key in ("wohnen-kontakt", "sprache-kontakt", "leitung")}

    await maria.edits(more, "Bitte sagen Sie niemandem etwas davon!")

    assert {key: len(stage.contact(key).texts) for key in before} == before


async def test_a_greeting_of_long_ago_is_none_any_more_but_danger_is_heard(stage: Stage) -> None:
    maria, head = await stage.inquirer("Maria"), stage.contact("leitung")
    written = await maria.writes("/wohnung")
    await stage.wait(hours=2)
    await maria.edits(written, TO_HOUSING)
    assert await stage.count("inquiries") == 0

    await maria.edits(written, DANGER)

    assert said("card-urgent") in head.card(REF).text


async def thanked(stage: Stage) -> tuple[Someone, Someone, Shown]:
    maria, wohnen = await about_housing(stage)
    await wohnen.replies("Ja, das geht", to=wohnen.card(REF))
    thanks = await maria.writes("Danke")
    assert (await stage.shares())[0].state is AssignmentState.ANSWERED
    return maria, wohnen, thanks


async def test_thanks_that_become_a_question_wait_for_an_answer(stage: Stage) -> None:
    maria, wohnen, thanks = await thanked(stage)
    await stage.wait(hours=4)

    await maria.edits(thanks, "Danke, aber wann?")

    assert wohnen.last.text.endswith("Danke, aber wann?")
    [share] = await stage.shares()
    assert (share.state, share.in_time) == (AssignmentState.TAKEN, True)
    due = said("receipt-due", due="Montag, 9. März, 12:30 Uhr")
    assert maria.last.text == said("passed-on", contact="Kontakt Wohnen", reference=REF) + f"\n{due}"
    assert said("card-state-by", state=said("state-taken"), holder="Kontakt Wohnen") in wohnen.card(REF).text
    before = len(maria.received)
    await maria.edits(thanks, "Danke, aber wann genau?")
    assert len(maria.received) == before


async def test_thanks_in_other_words_stay_thanks(stage: Stage) -> None:
    maria, _, thanks = await thanked(stage)

    await maria.edits(thanks, "Vielen Dank!")

    assert (await stage.shares())[0].state is AssignmentState.ANSWERED


async def test_thanks_to_one_contact_that_become_a_question_are_that_contacts_turn(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_WORK_AND_HOUSING)
    for key in ("wohnen-kontakt", "arbeit-kontakt"):
        await stage.contact(key).replies("Gern", to=stage.contact(key).card(REF))
    thanks = await maria.replies("Danke", to=maria.last)

    await maria.edits(thanks, "Danke, aber wann?")

    states = {share.field: share.state for share in await stage.shares()}
    assert states == {"wohnen": AssignmentState.ANSWERED, "arbeit": AssignmentState.TAKEN}
