"""The contact's side: answers, and what is not one."""

import pytest

from bot.errors import SendFailure
from bot.model import AssignmentState, InquiryState, MessageKind
from tests.support.rulebook import TO_HOUSING, TO_LANGUAGE, TO_WORK, make_book
from tests.support.stage import Stage, about_housing, raise_stage, said

REF = "2026-0001"


@pytest.mark.parametrize(("kind", "text"), [(MessageKind.STICKER, ""), (MessageKind.TEXT, "👍")])
async def test_a_sticker_or_emoji_alone_is_brought_and_answers_nothing(
    stage: Stage, kind: MessageKind, text: str
) -> None:
    maria, wohnen = await stage.inquirer("Maria"), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    due_at = (await stage.shares())[0].due_at
    before = len(maria.received)

    await wohnen.replies(text, to=wohnen.card(), kind=kind)

    assert len(maria.received) > before
    assert wohnen.last.text == said("answer-sent-sign", name="Maria", reference="2026-0001")
    share = (await stage.shares())[0]
    assert (share.state, share.due_at) == (AssignmentState.ASSIGNED, due_at)
    assert "inquiry.answered" not in await stage.events()
    await wohnen.replies("Gerne", to=wohnen.card())
    assert (await stage.shares())[0].state is AssignmentState.ANSWERED


async def test_a_last_word_may_be_a_sticker(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer("Maria"), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await wohnen.presses("btn-more")
    await wohnen.presses("btn-close-with")

    await wohnen.replies(kind=MessageKind.STICKER)

    assert (await stage.shares())[0].state is AssignmentState.CLOSED
    assert maria.last.text == said("closed", reference="2026-0001"), "nobody asks whether no answer helped"


async def test_a_reply_to_the_card_reaches_the_person_signed_with_the_role(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    asked = next(shown for shown in maria.shown if shown.text == TO_HOUSING)

    await wohnen.replies("Gerne, ich rufe an")

    signature = said("answer", contact="Kontakt Wohnen", reference=REF)
    assert maria.last.text == f"{signature}\n\nGerne, ich rufe an"
    assert maria.last.heading == signature
    assert maria.last.reply_to == asked.message


async def test_an_answer_is_confirmed_under_it_and_marks_the_card(stage: Stage) -> None:
    _, wohnen = await about_housing(stage)

    answer = await wohnen.replies("Gerne")

    assert wohnen.last.text == said("answer-sent", name="Maria", reference=REF)
    assert wohnen.last.reply_to == answer.message
    assert (await stage.inquiry()).state is InquiryState.ANSWERED
    assert said("card-state", state=said("state-answered")) in wohnen.card(REF).text


async def test_any_message_of_the_bot_about_the_inquiry_can_be_replied_to(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await maria.writes("Sie hat einen Balkon")

    await wohnen.replies("Wie groß?", to=wohnen.last)
    await wohnen.replies("Und hell?", to=wohnen.last)

    assert "Wie groß?" in maria.texts[-2]
    assert "Und hell?" in maria.texts[-1]


@pytest.mark.parametrize("repeated", [True, False])
async def test_a_card_nobody_knew_to_have_arrived_can_be_replied_to(stage: Stage, repeated: bool) -> None:
    maria, wohnen = await stage.inquirer("Maria"), stage.contact("wohnen-kontakt")
    stage.telegram.closed[wohnen.address.chat] = SendFailure.UNKNOWN
    await maria.writes(TO_HOUSING)
    async with stage.database.reading() as tx:
        tokens = {row["action"]: row["token"] for row in await tx.all("SELECT action, token FROM buttons")}
    arrived = stage.telegram.enter(wohnen.address.chat, "die Karte", tokens={said("btn-take"): tokens["take"]})
    del stage.telegram.closed[wohnen.address.chat]
    if repeated:
        await stage.wait(minutes=1)
        await wohnen.presses("btn-take")

    await wohnen.replies("Gerne, ich rufe an", to=arrived)
    await stage.wait(minutes=1)

    assert "Gerne, ich rufe an" in maria.last.text
    assert said("card-state", state=said("state-answered")) in wohnen.card(REF).text


async def test_a_reply_to_a_card_of_what_was_deleted_still_goes_to_nobody(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    card = wohnen.card(REF)
    await maria.writes("/loeschen")
    await maria.presses("btn-delete-all")
    await maria.presses("btn-delete-sure")

    answer = await wohnen.writes("Gerne", reply_to=stage.telegram.enter(card.chat, "die Karte", tokens=card.tokens))

    assert (wohnen.last.text, wohnen.last.reply_to) == (said("answer-unknown"), answer.message)


async def test_each_answer_reaches_the_person_of_the_card_replied_to(stage: Stage) -> None:
    maria, bela = await stage.inquirer("Maria"), await stage.inquirer("Bela")
    await maria.writes(TO_HOUSING)
    await bela.writes(TO_HOUSING)
    wohnen = stage.contact("wohnen-kontakt")

    await wohnen.replies("Für Maria", to=wohnen.card("2026-0001"))
    await wohnen.replies("Für Bela", to=wohnen.card("2026-0002"))

    assert "Für Maria" in maria.last.text
    assert "Für Bela" in bela.last.text
    assert "Für Bela" not in "".join(maria.texts)
    assert "Für Maria" not in "".join(bela.texts)


async def test_without_a_reply_it_goes_to_nobody_and_says_so(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await wohnen.presses("btn-done")
    before = maria.texts

    await wohnen.writes("Gerne, ich rufe an")

    assert wohnen.last.text == said("answer-nowhere")
    assert maria.texts == before
    assert "answer.refused" in await stage.events()


async def test_colleagues_may_talk_in_their_group(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_LANGUAGE)
    group = stage.contact("sprache-kontakt")
    before = maria.texts, group.texts

    own = await group.writes("Wer nimmt das?")
    await group.writes("Ich!", reply_to=own)

    assert (maria.texts, group.texts) == before


async def test_an_answer_in_a_topic_is_confirmed_there(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_WORK)
    work = stage.contact("arbeit-kontakt")

    await work.replies("Kommen Sie vorbei", to=work.card(REF))

    assert "Kommen Sie vorbei" in maria.last.text
    assert (work.last.text, work.last.topic) == (said("answer-sent", name="Maria", reference=REF), 7)


async def test_a_card_that_fell_into_the_general_topic_can_be_answered_there(stage: Stage) -> None:
    """A deleted topic falls back to the group; the rules name the topic until somebody corrects them."""
    maria = await stage.inquirer()
    await maria.writes(TO_WORK)
    work = stage.contact("arbeit-kontakt")
    anywhere = stage.at(work.address.chat, None, 4001)

    await anywhere.replies("Kommen Sie vorbei", to=work.card(REF))

    assert "Kommen Sie vorbei" in maria.last.text


async def test_what_was_withdrawn_is_not_answered(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await maria.presses("btn-withdraw")
    before = maria.texts

    await wohnen.replies("Gerne", to=wohnen.card(REF))

    assert wohnen.last.text == said("answer-withdrawn", reference=REF)
    assert maria.texts == before


async def test_what_cannot_be_copied_is_not_said_to_be_sent(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    before = maria.texts

    await wohnen.sends(MessageKind.UNSUPPORTED, reply_to=wohnen.card(REF))

    assert wohnen.last.text == said("cannot-relay-answer")
    assert maria.texts == before


async def test_a_word_more_on_what_is_closed_is_sent_and_leaves_it_closed(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await wohnen.presses("btn-done")
    card = wohnen.card(REF)

    added = await wohnen.replies("Nachtrag: Unser Büro zieht um.", to=card)

    assert "Nachtrag: Unser Büro zieht um." in maria.last.text
    assert (wohnen.last.text, wohnen.last.reply_to) == (
        said("answer-sent-closed", name="Maria", reference=REF),
        added.message,
    )
    assert wohnen.card(REF) == card
    assert "inquiry.reopened" not in await stage.events()
    await maria.writes("/status")
    assert maria.last.text == said("status-none")


async def test_what_a_word_more_was_written_on_is_what_the_person_may_mean_next(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await wohnen.presses("btn-done")
    stage.clock.turn(hours=1)
    await maria.writes(TO_LANGUAGE)
    await stage.contact("sprache-kontakt").presses("btn-done")
    stage.clock.turn(hours=1)
    await wohnen.replies("Nachtrag: Unser Büro zieht um.", to=wohnen.card(REF))

    await maria.writes("Wohin denn?")

    assert maria.last.buttons[0] == said("btn-which-ended", reference=REF, field="Wohnen")


async def test_the_persons_reply_to_a_word_more_opens_it_again_however_long_it_was_closed(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await wohnen.presses("btn-done")
    stage.clock.turn(days=13)
    await wohnen.replies("Nachtrag: Unser Büro zieht um.", to=wohnen.card(REF))
    stage.clock.turn(days=10)

    await maria.replies("Wohin denn?")

    assert await stage.count("inquiries") == 1
    assert (await stage.inquiry()).state is InquiryState.ASSIGNED
    assert wohnen.last.text == said("relayed-reopened", reference=REF, name="Maria") + "\n\nWohin denn?"


@pytest.mark.parametrize("asks", ["btn-ask-back", "btn-close-with"])
async def test_what_was_asked_for_before_it_was_closed_opens_nothing_either(stage: Stage, asks: str) -> None:
    maria, wohnen = await about_housing(stage)
    await wohnen.presses("btn-more")
    await wohnen.presses(asks)
    prompt = wohnen.last
    await wohnen.presses("btn-done")

    await wohnen.replies("Bis wann denn?", to=prompt)

    assert "Bis wann denn?" in maria.last.text
    assert wohnen.last.text == said("answer-sent-closed", name="Maria", reference=REF)
    assert (await stage.inquiry()).state is InquiryState.CLOSED


async def test_an_album_is_confirmed_once(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    card = wohnen.card(REF)
    for _ in range(3):
        await wohnen.sends(MessageKind.PHOTO, album="b1", reply_to=card)

    assert len([shown for shown in maria.received if shown.copy_of]) == 3
    assert wohnen.texts.count(said("answer-sent", name="Maria", reference=REF)) == 1


# ------------------------------------------------------------ who may


async def test_a_chat_that_is_no_contacts_any_more_is_refused(stage: Stage) -> None:
    async with raise_stage(make_book({"contacts": {"wohnen-kontakt": {"telegram": None}}})) as stage:
        former = await stage.invited("wohnen-kontakt", 5001)
        maria = await stage.inquirer()
        await maria.writes(TO_HOUSING)
        card = former.card(REF)
        await stage.invited("wohnen-kontakt", 5002)
        before = maria.texts

        await former.replies("Überweisen Sie mir die Kaution", to=former.card(REF))

        assert former.last.text == said("answer-refused")
        assert maria.texts == before
        assert await former.presses("btn-done", card) == (said("answer-refused"), True)
        assert (await stage.inquiry()).state is InquiryState.ASSIGNED


async def test_who_gave_an_inquiry_away_may_still_say_a_word_but_has_it_no_more(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await wohnen.presses("btn-hand")
    await wohnen.presses("Arbeit")

    await wohnen.replies("Ich habe Sie weitergegeben", to=wohnen.card(REF))

    assert said("answer", contact="Kontakt Wohnen", reference=REF) in maria.last.text
    assert [(share.field, share.state) for share in await stage.shares()] == [
        ("wohnen", AssignmentState.MOVED),
        ("arbeit", AssignmentState.ASSIGNED),
    ]
    assert wohnen.card(REF).buttons == []


async def test_nor_does_their_word_open_what_others_have_closed(stage: Stage) -> None:
    _, wohnen = await about_housing(stage)
    await wohnen.presses("btn-hand")
    await wohnen.presses("Arbeit")
    await stage.contact("arbeit-kontakt").presses("btn-done")

    await wohnen.replies("Alles Gute", to=wohnen.card(REF))

    assert (await stage.inquiry()).state is InquiryState.CLOSED
    assert "inquiry.reopened" not in await stage.events()


async def test_who_got_it_back_answers_for_their_new_share(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    first = wohnen.card(REF)
    await wohnen.presses("btn-hand")
    await wohnen.presses("Arbeit")
    work = stage.contact("arbeit-kontakt")
    await work.presses("btn-hand")
    await work.presses("Wohnen")

    await wohnen.replies("Also doch ich", to=first)

    assert "Also doch ich" in maria.last.text
    assert [share.state for share in await stage.shares()] == [
        AssignmentState.MOVED,
        AssignmentState.MOVED,
        AssignmentState.ANSWERED,
    ]


# ------------------------------------------------------------ commands


@pytest.mark.parametrize("command", ["/hilfe", "/help", "/start", "/start no-invitation"])
async def test_help_is_for_contacts(stage: Stage, command: str) -> None:
    wohnen = stage.contact("wohnen-kontakt")

    await wohnen.writes(command)

    assert wohnen.last.text == said("contact-help", place="chat")
    assert await stage.count("people") == 0


async def test_a_command_is_never_sent_to_a_person(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    before = maria.texts

    await wohnen.writes("/done", reply_to=wohnen.card(REF))

    assert wohnen.last.text == said("command-not-relayed")
    assert maria.texts == before


@pytest.mark.parametrize("kind", [MessageKind.TEXT, MessageKind.PHOTO])
@pytest.mark.parametrize("text", ["/done", "/übernehmen"])
async def test_nor_is_what_looks_like_one(stage: Stage, text: str, kind: MessageKind) -> None:
    """Telegram sees no commands in captions, nor where there are other letters than Latin ones."""
    maria, wohnen = await about_housing(stage)
    before = maria.texts

    await wohnen.writes(text, reply_to=wohnen.card(REF), command=None, kind=kind)

    assert wohnen.last.text == said("command-not-relayed")
    assert maria.texts == before


@pytest.mark.parametrize("changed", ["/done", "// nur für uns"])
async def test_an_answer_changed_into_a_command_or_a_note_is_not_passed_on(stage: Stage, changed: str) -> None:
    maria, wohnen = await about_housing(stage)
    answer = await wohnen.replies("Gerne")
    before = maria.texts

    await wohnen.edits(answer, changed)

    assert maria.texts == before
    assert wohnen.last.text == said("edit-not-relayed")


async def test_other_bots_commands_in_a_group_are_left_alone(stage: Stage) -> None:
    group = stage.contact("sprache-kontakt")

    await group.writes("/wetter")

    assert group.texts == []
