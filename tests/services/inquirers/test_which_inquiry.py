"""Which inquiry a message belongs to, and how it is asked."""

from bot.model import MessageKind
from tests.support.rulebook import TO_HOUSING, TO_LANGUAGE, TO_WORK_AND_HOUSING, UNCLEAR
from tests.support.stage import FIRST_PERSON, Someone, Stage, said

FIRST, SECOND = "2026-0001", "2026-0002"


async def with_two_inquiries(stage: Stage) -> None:
    """Let a first person have one about housing and, in hand, one about language."""
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    await maria.writes(TO_LANGUAGE)
    await maria.presses("btn-which-new")


async def test_another_field_is_asked_about_and_can_be_a_new_inquiry(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    question = await maria.writes(TO_LANGUAGE)

    assert maria.last.text == said("which", count=1)
    assert maria.last.reply_to == question.message
    assert maria.last.buttons == [said("btn-which-one", reference=FIRST, field="Wohnen"), said("btn-which-new")]
    assert stage.contact("sprache-kontakt").texts == []
    await maria.presses("btn-which-new")

    assert TO_LANGUAGE in stage.contact("sprache-kontakt").card(SECOND).text
    assert len(await stage.inquiries()) == 2


async def test_another_field_can_belong_to_what_is_open(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    await maria.writes(TO_LANGUAGE)

    await maria.presses(said("btn-which-one", reference=FIRST, field="Wohnen"))

    assert TO_LANGUAGE in stage.contact("wohnen-kontakt").last.text
    assert stage.contact("sprache-kontakt").texts == []
    assert maria.last.text == said("passed-on", reference=FIRST, contact="Kontakt Wohnen")


async def test_what_is_written_while_the_question_waits_goes_the_same_way(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    await maria.writes(TO_LANGUAGE)
    earlier = maria.last
    await maria.writes("Am besten abends")

    assert maria.last.text == said("which-more", count=1)
    assert stage.telegram.chats[maria.address.chat][earlier.message].buttons == []
    await maria.presses("btn-which-new")

    language = stage.contact("sprache-kontakt")
    assert TO_LANGUAGE in language.card(SECOND).text
    assert "Am besten abends" in language.last.text
    assert await stage.count("held") == 0


async def test_a_question_nobody_answered_keeps_no_buttons(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    await maria.writes(TO_LANGUAGE)
    question = maria.last

    await stage.wait(minutes=31)

    assert stage.telegram.chats[maria.address.chat][question.message].buttons == []
    assert said("which", count=1) in maria.texts


async def test_messages_put_into_a_new_inquiry_together_are_asked_about_once(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    for text in (UNCLEAR, "Nachmittags", "Am besten abends"):
        await maria.writes(text)

    await maria.presses("btn-which-new")

    assert maria.texts.count(said("ask-some")) == 1
    assert said("ask-more") not in maria.texts
    assert [shown.text for shown in maria.received if "Sprache" in shown.buttons] == [said("ask-some")]


async def test_a_reply_reaches_its_inquiry_whatever_is_in_hand(stage: Stage) -> None:
    await with_two_inquiries(stage)
    maria = stage.at(FIRST_PERSON)
    receipt = next(shown for shown in maria.received if FIRST in shown.text)

    await maria.replies("Noch etwas", to=receipt)

    assert "Noch etwas" in stage.contact("wohnen-kontakt").last.text
    assert maria.last.text == said("passed-on", reference=FIRST, contact="Kontakt Wohnen")


async def test_a_reply_to_ones_own_message_reaches_its_inquiry(stage: Stage) -> None:
    maria = await stage.inquirer()
    own = await maria.writes(TO_HOUSING)
    await maria.writes(TO_LANGUAGE)
    await maria.presses("btn-which-new")

    await maria.replies("Nachtrag", to=own)

    assert "Nachtrag" in stage.contact("wohnen-kontakt").last.text


async def test_without_a_known_word_the_one_in_hand_gets_it_for_half_an_hour(stage: Stage) -> None:
    await with_two_inquiries(stage)
    maria = stage.at(FIRST_PERSON)

    stage.clock.turn(minutes=30)
    await maria.writes("Ginge auch mittags?")
    assert "Ginge auch mittags?" in stage.contact("sprache-kontakt").last.text

    stage.clock.turn(minutes=30, seconds=1)
    await maria.writes("Und freitags?")
    assert maria.last.text == said("which", count=2)


async def test_five_inquiries_are_offered_at_once_and_the_way_to_the_older_ones(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    for number in range(6):
        await maria.writes(TO_LANGUAGE if number % 2 == 0 else TO_HOUSING)
        await maria.presses("btn-which-new")
    assert len(await stage.inquiries()) == 7

    stage.clock.turn(hours=2)
    await maria.writes("Wie weiter?")

    assert maria.last.buttons[5:] == [said("btn-older", count=2), said("btn-which-new")]
    assert len(maria.last.buttons) == 7


async def test_an_inquiry_about_two_fields_is_named_by_both_though_one_part_is_finished(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_WORK_AND_HOUSING)
    await stage.contact("arbeit-kontakt").presses("btn-done")

    await maria.writes(TO_LANGUAGE)

    assert maria.last.buttons[0] == said("btn-which-one", reference=FIRST, field="Arbeit und Wohnen")


async def with_one_closed_beside_an_open_one(stage: Stage) -> Someone:
    """Return somebody whose inquiry about housing has just been closed, while one about language is open."""
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    await maria.writes(TO_LANGUAGE)
    await maria.presses("btn-which-new")
    stage.clock.turn(minutes=1)
    await stage.contact("wohnen-kontakt").presses("btn-done")
    return maria


async def test_what_closed_a_moment_ago_may_be_meant_though_another_is_open(stage: Stage) -> None:
    maria = await with_one_closed_beside_an_open_one(stage)
    before = stage.contact("sprache-kontakt").texts

    await maria.writes("Aber welches Portal?")

    assert maria.last.text == said("which", count=2)
    closed = said("btn-which-ended", reference=FIRST, field="Wohnen")
    assert maria.last.buttons == [
        said("btn-which-one", reference=SECOND, field="Sprache"),
        closed,
        said("btn-which-new"),
    ]
    assert stage.contact("sprache-kontakt").texts == before
    await maria.presses(closed)
    assert stage.contact("wohnen-kontakt").last.text.endswith("Aber welches Portal?")


async def test_what_closed_a_moment_ago_may_be_meant_also_where_nothing_is_tapped(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    await maria.writes(TO_LANGUAGE)
    await maria.presses("btn-which-new")
    stage.clock.turn(minutes=1)
    await stage.contact("wohnen-kontakt").presses("btn-done")
    await maria.writes("Aber welches Portal?")

    await stage.wait(minutes=31)

    assert "Aber welches Portal?" not in "".join(stage.contact("sprache-kontakt").texts)
    assert len(await stage.inquiries()) == 3


async def test_thanks_right_after_a_closing_are_for_what_closed(stage: Stage) -> None:
    maria = await with_one_closed_beside_an_open_one(stage)
    before = stage.contact("sprache-kontakt").texts

    await maria.writes("Vielen Dank!")

    assert stage.contact("wohnen-kontakt").last.text.endswith("Vielen Dank!")
    assert stage.contact("sprache-kontakt").texts == before


async def test_messages_of_two_people_do_not_mix(stage: Stage) -> None:
    maria, bela = await stage.inquirer("Maria"), await stage.inquirer("Bela")
    await maria.writes(TO_HOUSING)
    await bela.writes("Geht es noch?")

    assert [inquiry.person_id for inquiry in await stage.inquiries()] == [1, 2]
    assert len(stage.contact("wohnen-kontakt").received) == 1


async def test_for_an_album_the_question_comes_once(stage: Stage) -> None:
    await with_two_inquiries(stage)
    maria = stage.at(FIRST_PERSON)
    stage.clock.turn(hours=2)
    before = len(maria.received)

    for _ in range(3):
        await maria.sends(MessageKind.PHOTO, album="a1")

    assert maria.texts[before:] == [said("which", count=2)]
    await maria.presses(said("btn-which-one", reference=FIRST, field="Wohnen"))
    assert len([shown for shown in stage.contact("wohnen-kontakt").received if shown.copy_of]) == 3
