"""Taking inquiries in: open, ask, think again, follow up."""

import pytest

from bot.model import AssignmentState, InquiryState, MessageKind, Reason
from bot.services.inquirers.intake import MOST_CONSIDERED
from tests.support.clock import berlin
from tests.support.rulebook import TO_HOUSING, TO_LANGUAGE, TO_WORK, TO_WORK_AND_HOUSING, UNCLEAR, UNKNOWN
from tests.support.stage import Stage, said

REF = "2026-0001"
SOMETHING_ELSE = said("btn-something-else")


async def test_a_clear_message_goes_straight_to_its_contact(stage: Stage) -> None:
    maria = await stage.inquirer()

    await maria.writes(TO_HOUSING)

    [share] = await stage.shares()
    assert (share.field, share.contact, share.reason, share.lead) == ("wohnen", "wohnen-kontakt", Reason.ROUTED, True)
    assert (await stage.inquiry()).state is InquiryState.ASSIGNED
    assert TO_HOUSING in stage.contact("wohnen-kontakt").card(REF).text


async def test_the_reference_counts_by_the_year_where_the_office_is(stage: Stage) -> None:
    maria, paul = await stage.inquirer(), await stage.inquirer("Paul")
    stage.clock.set_to(berlin("2026-12-31 23:59"))
    await maria.writes(TO_HOUSING)
    stage.clock.set_to(berlin("2027-01-01 00:30"))

    await paul.writes(TO_HOUSING)

    assert [inquiry.reference for inquiry in await stage.inquiries()] == ["2026-0001", "2027-0001"]


async def test_two_fields_reach_both_contacts(stage: Stage) -> None:
    maria = await stage.inquirer()

    await maria.writes(TO_WORK_AND_HOUSING)

    assert [(share.field, share.lead) for share in await stage.shares()] == [("arbeit", True), ("wohnen", False)]
    for contact in ("arbeit-kontakt", "wohnen-kontakt"):
        assert TO_WORK_AND_HOUSING in stage.contact(contact).card(REF).text
    assert said("card-also", others="Wohnen") in stage.contact("arbeit-kontakt").card(REF).text


async def test_an_unclear_message_is_asked_about_with_the_best_guesses(stage: Stage) -> None:
    maria = await stage.inquirer()

    await maria.writes(UNCLEAR)

    assert maria.last.text == said("ask-some")
    assert maria.last.buttons == ["Bildung", "Sprache", said("btn-both"), SOMETHING_ELSE]
    assert (await stage.inquiry()).state is InquiryState.ASKED
    assert await stage.shares() == []


async def test_with_no_field_all_are_offered(stage: Stage) -> None:
    maria = await stage.inquirer()

    await maria.writes(UNKNOWN)

    assert maria.last.text == said("ask-all")
    assert maria.last.buttons == ["Wohnen", "Sprache", "Arbeit", "Bildung", SOMETHING_ELSE]


async def test_a_single_weak_guess_is_offered_first_among_all(stage: Stage) -> None:
    """Asking "Housing or something else?" would be a guess put into the person's mouth."""
    maria = await stage.inquirer()

    await maria.writes("ich habe ein Haus")

    assert maria.last.text == said("ask-all")
    assert maria.last.buttons[0] == "Wohnen"


CHOICES = [("Bildung", "bildung"), ("Sprache", "sprache"), (SOMETHING_ELSE, "general")]


@pytest.mark.parametrize(("label", "field"), CHOICES)
async def test_the_persons_choice_decides(stage: Stage, label: str, field: str) -> None:
    maria = await stage.inquirer()
    await maria.writes(UNCLEAR)
    question = maria.last

    await maria.presses(label)

    [share] = await stage.shares()
    assert (share.field, share.reason) == (field, Reason.CHOSEN)
    assert stage.telegram.chats[maria.address.chat][question.message].buttons == []
    assert REF in maria.last.text


async def test_of_two_the_person_may_mean_both(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(UNCLEAR)

    await maria.presses(said("btn-both"))

    assert [(share.field, share.lead, share.reason) for share in await stage.shares()] == [
        ("bildung", True, Reason.CHOSEN),
        ("sprache", False, Reason.CHOSEN),
    ]
    assert UNCLEAR in stage.contact("sprache-kontakt").card(REF).text
    chosen = [one.data["field"] for one in await stage.journal() if one.event == "inquiry.chosen"]
    assert chosen == ["bildung", "sprache"]


async def test_the_choice_can_be_made_once_only(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(UNCLEAR)
    question = maria.last
    await maria.presses("Sprache", question)

    assert await maria.presses("Bildung", question) == (said("press-stale-person"), True)
    assert await maria.presses("Sprache", question) == (said("press-stale-person"), True)

    assert [share.field for share in await stage.shares()] == ["sprache"]
    assert len(stage.contact("sprache-kontakt").received) == 1


async def test_more_words_can_answer_the_question(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(UNKNOWN)

    await maria.writes(TO_WORK)

    [share] = await stage.shares()
    assert (share.field, share.reason) == ("arbeit", Reason.ROUTED)
    card, rest = stage.contact("arbeit-kontakt").received
    assert UNKNOWN in card.text
    assert TO_WORK in rest.text
    assert rest.reply_to == card.message
    assert await stage.count("timers WHERE kind = 'ask'") == 0
    assert [shown.text for shown in maria.received if "Wohnen" in shown.buttons] == []


async def test_more_words_that_do_not_help_are_noted_and_asked_about_in_one_place(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(UNKNOWN)

    await maria.writes("Und wann fährt der nächste?")
    assert maria.last.text == said("ask-more")
    await maria.writes("Heute?")

    assert maria.texts[-3:] == [said("ask-all"), said("ask-noted"), said("ask-more")]
    assert [shown.message for shown in maria.received if "Wohnen" in shown.buttons] == [maria.last.message]
    assert maria.last.buttons == ["Wohnen", "Sprache", "Arbeit", "Bildung", SOMETHING_ELSE]
    assert await stage.count("inquiries") == 1
    assert await stage.count("timers") == 1
    await maria.presses("Sprache")
    assert [share.field for share in await stage.shares()] == ["sprache"]


async def test_a_photo_while_asked_comes_along_once_the_topic_is_known(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(UNKNOWN)
    photo = await maria.sends(MessageKind.PHOTO)

    await maria.presses("Wohnen")

    assert stage.contact("wohnen-kontakt").last.copy_of == (maria.address.chat, photo.message)


async def test_a_follow_up_is_relayed_under_the_card_and_confirmed(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    more = await maria.writes("Sie hat einen Balkon")

    wohnen = stage.contact("wohnen-kontakt")
    assert wohnen.last.text == said("relayed", reference=REF, name="Maria") + "\n\nSie hat einen Balkon"
    assert wohnen.last.heading == said("relayed", reference=REF, name="Maria")
    assert wohnen.last.reply_to == wohnen.card(REF).message
    assert maria.last.text == said("passed-on", reference=REF, contact="Kontakt Wohnen")
    assert maria.last.reply_to == more.message


async def test_a_follow_up_to_two_contacts_is_confirmed_for_each(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_WORK_AND_HOUSING)

    await maria.writes("Ab sofort")

    for contact in ("arbeit-kontakt", "wohnen-kontakt"):
        assert "Ab sofort" in stage.contact(contact).last.text
    for contact in ("Kontakt Arbeit", "Kontakt Wohnen"):
        assert maria.texts.count(said("passed-on", reference=REF, contact=contact)) == 1


async def test_an_albums_parts_are_confirmed_once(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)

    for _ in range(3):
        await maria.sends(MessageKind.PHOTO, album="a1")

    assert len([shown for shown in stage.contact("wohnen-kontakt").received if shown.copy_of]) == 3
    assert maria.texts.count(said("passed-on", reference=REF, contact="Kontakt Wohnen")) == 1


async def test_an_album_opens_one_inquiry(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.sends(MessageKind.PHOTO, "Unsere Wohnung", album="a1")
    await maria.sends(MessageKind.PHOTO, album="a1")

    assert await stage.count("inquiries") == 1
    assert len([shown for shown in stage.contact("wohnen-kontakt").received if shown.copy_of]) == 2


async def test_a_reply_to_what_is_closed_opens_it_again(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    wohnen = stage.contact("wohnen-kontakt")
    await wohnen.presses("btn-done")
    assert maria.last.text == said("closed", reference=REF)

    await maria.replies("Doch noch eine Frage")

    assert maria.last.text == said("reopened", reference=REF) + "\n" + said(
        "receipt-due", due="Montag, 9. März, 12:30 Uhr"
    )
    assert wohnen.last.text == said("relayed-reopened", reference=REF, name="Maria") + "\n\nDoch noch eine Frage"
    assert [share.state for share in await stage.shares()] == [AssignmentState.ASSIGNED]
    assert said("btn-take") in wohnen.card(REF).buttons


async def test_all_that_closed_lately_is_offered_the_last_one_first_and_three_at_most(stage: Stage) -> None:
    maria, wohnen, language = await stage.inquirer(), stage.contact("wohnen-kontakt"), stage.contact("sprache-kontakt")
    await maria.writes(TO_HOUSING)
    for text in (TO_LANGUAGE, TO_HOUSING, TO_LANGUAGE):
        await maria.writes(text)
        await maria.presses("btn-which-new")
    closing = [(wohnen, "2026-0001"), (language, "2026-0004"), (wohnen, "2026-0003"), (language, "2026-0002")]
    for contact, reference in closing:
        stage.clock.turn(minutes=1)
        await contact.presses("btn-done", contact.card(reference))

    await maria.writes("Es nimmt niemand ab")

    offered = [("2026-0002", "Sprache"), ("2026-0003", "Wohnen"), ("2026-0004", "Sprache")]
    ended = [said("btn-which-ended", reference=reference, field=field) for reference, field in offered]
    assert maria.last.buttons == [*ended, said("btn-which-new")]


async def test_a_word_more_after_closing_may_be_about_what_is_closed(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    wohnen = stage.contact("wohnen-kontakt")
    await wohnen.presses("btn-done")

    await maria.writes("PS: das hatte ich vergessen")

    assert maria.last.text == said("which", count=1)
    ended = said("btn-which-ended", reference=REF, field="Wohnen")
    assert maria.last.buttons == [ended, said("btn-which-new")]
    await maria.presses(ended)
    assert wohnen.last.text == said("relayed-reopened", reference=REF, name="Maria") + "\n\nPS: das hatte ich vergessen"
    assert [share.state for share in await stage.shares()] == [AssignmentState.ASSIGNED]


async def test_a_word_more_after_closing_may_as_well_be_something_new(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    await stage.contact("wohnen-kontakt").presses("btn-done")
    first = await stage.inquiry()
    await maria.writes(TO_HOUSING)

    await maria.presses(said("btn-which-new"))

    assert "2026-0002" in stage.contact("wohnen-kontakt").last.text
    assert [share.state for share in await stage.shares(first)] == [AssignmentState.CLOSED]


async def test_what_opens_an_inquiry_is_in_the_journal_without_the_persons_words(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)

    opened = next(entry for entry in await stage.journal() if entry.event == "inquiry.opened")
    assert opened.data["outcome"] == "route"
    assert opened.data["keywords"] == [["wohnen", "Wohnung", "exact", 50]]
    assert opened.data["rules"] == stage.book.rules.rules_version
    assert not [entry for entry in await stage.journal() if "steht leer" in str(entry.data)]


async def test_after_an_answer_the_next_word_of_the_person_makes_it_the_contacts_turn_again(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    wohnen = stage.contact("wohnen-kontakt")
    await wohnen.replies("Wann passt es Ihnen?", to=wohnen.card(REF))
    assert said("state-answered") in wohnen.card(REF).text

    await maria.writes("Am Montag")

    (share,) = await stage.shares()
    assert share.state is AssignmentState.TAKEN
    assert said("state-taken") in wohnen.card(REF).text


@pytest.mark.parametrize("thanks", ["Vielen Dank!", "👍"])
@pytest.mark.parametrize("as_reply", [False, True])
async def test_thanks_for_an_answer_are_passed_on_and_are_nobodys_turn(
    stage: Stage, as_reply: bool, thanks: str
) -> None:
    maria, wohnen = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await wohnen.replies("Sie können morgen kommen.", to=wohnen.card(REF))
    answered = await stage.shares()
    stage.clock.turn(hours=1)

    await (maria.replies if as_reply else maria.writes)(thanks)

    assert maria.last.text == said("thanks-passed-on-open", reference=REF)
    assert wohnen.last.text == said("relayed-thanks-open", reference=REF, name="Maria") + "\n\n" + thanks
    assert await stage.shares() == answered
    assert said("state-answered") in wohnen.card(REF).text


async def test_thanks_for_one_of_two_inquiries_leave_the_chosen_one_answered(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await maria.writes(TO_LANGUAGE)
    await maria.presses("btn-which-new")
    await wohnen.replies("Sie können morgen kommen.", to=wohnen.card(REF))
    stage.clock.turn(hours=2)
    await maria.writes("Vielen Dank!")

    await maria.presses(said("btn-which-one", reference=REF, field="Wohnen"))

    assert maria.last.text == said("thanks-passed-on-open", reference=REF)
    assert [share.state for share in await stage.shares((await stage.inquiries())[0])] == [AssignmentState.ANSWERED]


async def test_before_any_answer_thanks_are_a_follow_up_as_any(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)

    await maria.writes("Vielen Dank!")

    assert maria.last.text == said("passed-on", reference=REF, contact="Kontakt Wohnen")


async def test_a_reply_to_what_was_withdrawn_before_it_had_a_topic_asks_again_with_all_words(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(UNKNOWN)
    await maria.presses_token(await stage.make_button(maria, "withdraw", (await stage.inquiry()).id))

    await maria.replies("Immer noch nicht")
    assert maria.last.text == said("ask-all")
    await maria.presses("Wohnen")

    texts = stage.contact("wohnen-kontakt").texts
    assert [UNKNOWN in texts[0], "Immer noch nicht" in texts[1]] == [True, True]


async def test_deciding_anew_never_takes_ever_longer(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever goes on writing to an open question must not keep everybody else waiting."""
    looked_at: list[int] = []
    decide = stage.book.router.decide
    monkeypatch.setattr(stage.book.router, "decide", lambda text: looked_at.append(len(text)) or decide(text))
    maria = await stage.inquirer()
    await maria.writes(UNKNOWN)
    for _ in range(8):
        await maria.writes("nichts Bekanntes " * 200)

    assert max(looked_at) <= MOST_CONSIDERED
    await maria.writes(TO_HOUSING)
    assert [share.field for share in await stage.shares()] == ["wohnen"]
