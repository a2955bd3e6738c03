"""Whose part of an inquiry a reply is meant for: that of the contact whose words, or news of whom, it answers."""

import pytest

from bot.model import AssignmentState, InquiryState, MessageKind
from tests.support.fake_telegram import Shown
from tests.support.rulebook import TO_HOUSING, TO_WORK_AND_HOUSING
from tests.support.stage import Someone, Stage, said

REF = "2026-0001"
ASSIGNED, TAKEN, ANSWERED, CLOSED, MOVED, WITHDRAWN = AssignmentState
PART = {"contact": "Kontakt Wohnen", "field": "Wohnen", "reference": REF, "rest": "Arbeit"}
MONDAY = "Montag, 9. März, 12:30 Uhr"


async def about_two_fields(stage: Stage) -> tuple[Someone, Someone, Someone]:
    """Return who asks, and the two contacts who have a share each."""
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_WORK_AND_HOUSING)
    return maria, stage.contact("wohnen-kontakt"), stage.contact("arbeit-kontakt")


async def states(stage: Stage) -> dict[str, AssignmentState]:
    """Return how each field's latest share stands."""
    return {share.field: share.state for share in await stage.shares()}


def with_words(someone: Someone, words: str) -> Shown:
    """Return the latest message that holds some words."""
    return next(shown for shown in reversed(someone.received) if words in shown.text)


async def wohnen_is_done(stage: Stage) -> tuple[Someone, Someone, Someone]:
    maria, wohnen, work = await about_two_fields(stage)
    await wohnen.replies("Ab wann brauchen Sie es?", to=wohnen.card(REF))
    await wohnen.presses("btn-done")
    return maria, wohnen, work


# ------------------------------------------------------------ a finished part


@pytest.mark.parametrize("words", ["Ab wann brauchen Sie es?", said("part-closed", **PART)])
async def test_a_reply_to_a_finished_part_reaches_its_contact_and_opens_that_part(stage: Stage, words: str) -> None:
    maria, wohnen, work = await wohnen_is_done(stage)
    before = work.texts

    await maria.writes("Ab Mai", reply_to=with_words(maria, words))

    assert wohnen.last.text == said("relayed-reopened", reference=REF, name="Maria") + "\n\nAb Mai"
    assert await states(stage) == {"arbeit": ASSIGNED, "wohnen": ASSIGNED}
    assert said("btn-take") in wohnen.card(REF).buttons
    assert "↩" in wohnen.card(REF).text
    assert not [text for text in work.texts if text not in before and "Ab Mai" in text]
    told = said("reopened-part", reference=REF, field="Wohnen", contact="Kontakt Wohnen")
    assert maria.last.text == f"{told}\n{said('receipt-due', due=MONDAY)}"


async def test_a_picture_in_reply_to_a_finished_part_reaches_its_contact(stage: Stage) -> None:
    maria, wohnen, work = await wohnen_is_done(stage)

    for _ in range(2):
        await maria.sends(MessageKind.PHOTO, album="a", reply_to=with_words(maria, "Ab wann"))

    assert len([shown for shown in wohnen.received if shown.kind is MessageKind.PHOTO]) == 2
    assert not [shown for shown in work.received if shown.kind is MessageKind.PHOTO]


async def test_thanks_in_reply_to_a_finished_part_reach_its_contact_and_open_nothing(stage: Stage) -> None:
    maria, wohnen, work = await wohnen_is_done(stage)
    before = work.texts

    await maria.writes("Vielen Dank!", reply_to=with_words(maria, "Ab wann"))

    assert wohnen.last.text == said("relayed-thanks", reference=REF, name="Maria") + "\n\nVielen Dank!"
    assert await states(stage) == {"arbeit": ASSIGNED, "wohnen": CLOSED}
    assert work.texts == before
    assert maria.last.text == said("thanks-passed-on-open", reference=REF)


async def test_of_two_finished_parts_only_the_one_replied_to_opens_again(stage: Stage) -> None:
    maria, wohnen, work = await wohnen_is_done(stage)
    await work.presses("btn-done")
    before = work.texts

    await maria.writes("Ab Mai", reply_to=with_words(maria, "Ab wann"))

    assert await states(stage) == {"arbeit": CLOSED, "wohnen": ASSIGNED}
    assert "Ab Mai" in wohnen.last.text
    assert work.texts == before
    assert (await stage.inquiry()).state is InquiryState.ASSIGNED


async def test_a_reply_to_the_word_that_all_is_closed_opens_both(stage: Stage) -> None:
    maria, _, work = await wohnen_is_done(stage)
    await work.presses("btn-done")

    await maria.replies("Doch noch etwas")

    assert await states(stage) == {"arbeit": ASSIGNED, "wohnen": ASSIGNED}
    assert said("reopened", reference=REF) in maria.last.text


async def test_a_finished_part_opens_again_with_whoever_stands_in_by_then(stage: Stage) -> None:
    maria, wohnen, _ = await wohnen_is_done(stage)
    await wohnen.writes("/abwesend bis 13.3.")

    await maria.writes("Ab Mai", reply_to=with_words(maria, "Ab wann"))

    deputy = stage.contact("sprache-kontakt")
    assert "Ab Mai" in deputy.last.text
    assert any("Ab wann brauchen Sie es?" in text for text in deputy.texts)
    assert all("Ab Mai" not in text for text in wohnen.texts)


async def test_a_part_that_was_finished_before_the_rest_was_withdrawn_opens_alone(stage: Stage) -> None:
    maria, wohnen, _ = await wohnen_is_done(stage)
    await maria.presses("btn-withdraw")

    await maria.writes("Ab Mai", reply_to=with_words(maria, "Ab wann"))

    assert await states(stage) == {"arbeit": WITHDRAWN, "wohnen": ASSIGNED}
    assert "Ab Mai" in wohnen.last.text


async def test_a_reply_to_a_part_asked_in_again_reaches_the_later_one(stage: Stage) -> None:
    maria, wohnen, work = await wohnen_is_done(stage)
    for label in ("btn-more", "btn-add-field", "Wohnen"):
        await work.presses(label)
    await wohnen.presses("btn-take")

    await maria.writes("Ab Mai", reply_to=with_words(maria, "Ab wann"))

    assert [(share.field, share.state) for share in await stage.shares()] == [
        ("arbeit", ASSIGNED),
        ("wohnen", CLOSED),
        ("wohnen", TAKEN),
    ]
    assert wohnen.texts.count(said("relayed", reference=REF, name="Maria") + "\n\nAb Mai") == 1


# ------------------------------------------------------------ an open part


async def test_a_reply_to_one_of_two_who_have_it_is_that_ones_turn(stage: Stage) -> None:
    maria, wohnen, work = await about_two_fields(stage)
    await work.replies("Wir melden uns", to=work.card(REF))
    await wohnen.replies("Ab wann brauchen Sie es?", to=wohnen.card(REF))
    before = work.texts

    await maria.writes("Ab Mai", reply_to=with_words(maria, "Ab wann"))

    assert wohnen.last.text == said("relayed", reference=REF, name="Maria") + "\n\nAb Mai"
    assert await states(stage) == {"arbeit": ANSWERED, "wohnen": TAKEN}
    assert work.texts == before
    assert said("passed-on", reference=REF, contact="Kontakt Wohnen") in maria.last.text


async def test_what_replies_to_nobodys_words_is_for_all_who_have_it(stage: Stage) -> None:
    maria, wohnen, work = await about_two_fields(stage)
    own = next(shown for shown in maria.shown if shown.text == TO_WORK_AND_HOUSING)
    receipt = maria.last

    for words, answered in (("Ab Mai", None), ("Oder Juni", receipt), ("Oder Juli", own)):
        await maria.writes(words, reply_to=answered)
        assert all(any(words in text for text in desk.texts) for desk in (wohnen, work))


async def test_a_reply_to_what_went_to_one_alone_reaches_that_one(stage: Stage) -> None:
    maria, wohnen, work = await about_two_fields(stage)
    await wohnen.replies("Ab wann brauchen Sie es?", to=wohnen.card(REF))
    await maria.writes("Ab Mai", reply_to=maria.last)
    confirmation = maria.last
    await wohnen.presses("btn-done")

    await maria.writes("Oder Juni", reply_to=confirmation)

    assert "Oder Juni" in wohnen.last.text
    assert all("Oder Juni" not in text for text in work.texts)


NEWS = [
    # label, what the contact presses, the word the person gets
    ("taken", ["btn-take"], said("taken-by", contact="Kontakt Wohnen", reference=REF)),
    ("released", ["btn-take", "btn-more", "btn-release"], said("released", contact="Kontakt Wohnen", reference=REF)),
]


@pytest.mark.parametrize(("label", "presses", "news"), NEWS, ids=[row[0] for row in NEWS])
async def test_a_reply_to_news_of_a_contact_reaches_them_when_they_are_done(
    stage: Stage, label: str, presses: list[str], news: str
) -> None:
    maria, wohnen, work = await about_two_fields(stage)
    for button in presses:
        await wohnen.presses(button)
    heard = with_words(maria, news)
    await wohnen.presses("btn-done")

    await maria.writes("Ab Mai", reply_to=heard)

    assert "Ab Mai" in wohnen.last.text
    assert all("Ab Mai" not in text for text in work.texts)


# ------------------------------------------------------------ a part that was given away


async def test_a_reply_to_whoever_gave_it_away_reaches_who_has_it_now(stage: Stage) -> None:
    maria, wohnen, work = await about_two_fields(stage)
    await wohnen.replies("Das macht die Sprachstelle", to=wohnen.card(REF))
    await wohnen.presses("btn-hand")
    await wohnen.presses("Sprache")
    language = stage.contact("sprache-kontakt")
    await language.presses("btn-done")

    await maria.writes("Gut!", reply_to=with_words(maria, "Das macht die Sprachstelle"))

    assert "Gut!" in language.last.text
    assert await states(stage) == {"arbeit": ASSIGNED, "wohnen": MOVED, "sprache": ASSIGNED}
    assert all("Gut!" not in text for text in (*work.texts, *wohnen.texts))


async def test_alone_with_one_contact_it_opens_as_ever(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    wohnen = stage.contact("wohnen-kontakt")
    await wohnen.replies("Gerne", to=wohnen.card(REF))
    await wohnen.presses("btn-done")

    await maria.writes("Ab Mai", reply_to=with_words(maria, "Gerne"))

    assert await states(stage) == {"wohnen": ASSIGNED}
    assert maria.last.text == said("reopened", reference=REF) + "\n" + said("receipt-due", due=MONDAY)


# ------------------------------------------------------------ what came meanwhile


async def test_who_opens_their_part_again_gets_what_was_written_meanwhile(stage: Stage) -> None:
    maria, wohnen, work = await wohnen_is_done(stage)
    stage.clock.turn(minutes=5)
    await work.replies("Haben Sie einen Führerschein?", to=work.card(REF))
    await maria.writes("Nein, kein Führerschein")
    before = len(wohnen.received)
    assert all("Führerschein" not in text for text in wohnen.texts)

    await wohnen.presses("btn-reopen")

    question, answer = wohnen.received[before:]
    assert question.text == (
        said("answer-shown", reference=REF, contact="Kontakt Arbeit", name="Maria")
        + "\n\nHaben Sie einen Führerschein?"
    )
    assert answer.text == said("relayed", reference=REF, name="Maria") + "\n\nNein, kein Führerschein"
    assert [shown.reply_to for shown in (question, answer)] == [wohnen.card(REF).message] * 2
    assert (question.quiet, answer.quiet) == (True, True)


async def test_opened_again_by_the_person_what_came_meanwhile_stands_before_the_new_words(stage: Stage) -> None:
    maria, wohnen, _ = await wohnen_is_done(stage)
    await maria.writes("Wir zahlen gut")
    before = len(wohnen.received)

    await maria.writes("Ab Mai", reply_to=with_words(maria, "Ab wann"))

    assert [shown.text.partition("\n\n")[2] for shown in wohnen.received[before:]] == ["Wir zahlen gut", "Ab Mai"]


async def test_what_was_brought_already_is_not_brought_again(stage: Stage) -> None:
    maria, wohnen, work = await about_two_fields(stage)
    await work.replies("Gerne", to=work.card(REF))
    await maria.writes("Wir zahlen gut")
    stage.clock.turn(minutes=5)
    await wohnen.presses("btn-done")
    before = len(wohnen.received)

    await wohnen.presses("btn-reopen")
    stage.clock.turn(minutes=1)
    await wohnen.presses("btn-done")
    await wohnen.presses("btn-reopen")

    assert len(wohnen.received) == before
