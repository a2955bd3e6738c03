"""What contacts wrote to a person, read by colleagues: whoever has or gets an inquiry knows what was said already."""

from datetime import timedelta
from typing import Any

import pytest

from bot.errors import SendFailure
from bot.model import MessageKind
from tests.support.fake_telegram import Shown
from tests.support.rulebook import TO_HOUSING, TO_WORK_AND_HOUSING, make_book
from tests.support.stage import Someone, Stage, about_housing, raise_stage, said

REF = "2026-0001"
QUESTION, ANSWER = "Haben Sie einen Führerschein?", "Nein, kein Führerschein"


async def asked_and_answered(stage: Stage) -> tuple[Someone, Someone]:
    maria, wohnen = await about_housing(stage)
    await wohnen.replies(QUESTION, to=wohnen.card(REF))
    await maria.replies(ANSWER)
    return maria, wohnen


def shown(contact: str, words: str, key: str = "answer-shown") -> str:
    return said(key, reference=REF, contact=contact, name="Maria") + f"\n\n{words}"


def relayed(words: str) -> str:
    return said("relayed", reference=REF, name="Maria") + f"\n\n{words}"


def under_card(someone: Someone) -> list[Shown]:
    """Return what stands under somebody's latest card."""
    card = someone.card(REF)
    return [one for one in someone.received if one.reply_to == card.message]


# ------------------------------------------------------------ whoever takes over or joins


async def away(stage: Stage, maria: Someone, wohnen: Someone) -> str:
    await wohnen.writes("/abwesend bis 13.3.")
    return "sprache-kontakt"


async def nobody_took_it(stage: Stage, maria: Someone, wohnen: Someone) -> str:
    await wohnen.presses("btn-more")
    await wohnen.presses("btn-release")
    await stage.live_until(stage.clock.now() + timedelta(days=1, hours=2))
    return "sprache-kontakt"


async def moved_by_the_person(stage: Stage, maria: Someone, wohnen: Someone) -> str:
    await maria.presses("btn-other-topic")
    await maria.presses("Arbeit")
    return "arbeit-kontakt"


async def handed(stage: Stage, maria: Someone, wohnen: Someone) -> str:
    for label in ("btn-hand", "btn-colleagues", "Kontakt Arbeit"):
        await wohnen.presses(label)
    return "arbeit-kontakt"


async def asked_in(stage: Stage, maria: Someone, wohnen: Someone) -> str:
    for label in ("btn-more", "btn-add-field", "Arbeit"):
        await wohnen.presses(label)
    return "arbeit-kontakt"


async def looked_up(stage: Stage, maria: Someone, wohnen: Someone) -> str:
    await stage.contact("leitung").writes(f"/anfrage {REF}")
    return "leitung"


WAYS = [away, nobody_took_it, moved_by_the_person, handed, asked_in, looked_up]


@pytest.mark.parametrize("happens", WAYS)
async def test_whoever_gets_it_reads_what_was_answered_already(stage: Stage, happens: Any) -> None:
    maria, wohnen = await asked_and_answered(stage)

    newcomer = stage.contact(await happens(stage, maria, wohnen))

    question, answer, *_ = under_card(newcomer)
    assert (question.text, answer.text) == (shown("Kontakt Wohnen", QUESTION), relayed(ANSWER))
    assert question.quiet


async def test_who_is_back_reads_what_the_deputy_promised(stage: Stage) -> None:
    _, wohnen = await asked_and_answered(stage)
    await wohnen.writes("/abwesend bis 13.3.")
    deputy = stage.contact("sprache-kontakt")
    await deputy.replies("Sie können am Montag kommen", to=deputy.card(REF))

    await wohnen.writes("/anwesend")

    assert [one.text for one in under_card(wohnen)][-1] == shown("Kontakt Sprache", "Sie können am Montag kommen")


async def test_a_new_person_for_a_field_reads_what_the_former_one_answered() -> None:
    async with raise_stage(make_book({"contacts": {"wohnen-kontakt": {"telegram": None}}})) as stage:
        former = await stage.invited("wohnen-kontakt", 5001)
        maria = await stage.inquirer("Maria")
        await maria.writes(TO_HOUSING)
        await former.replies(QUESTION, to=former.card(REF))

        successor = await stage.invited("wohnen-kontakt", 5002)

        assert successor.last.text == shown("Kontakt Wohnen", QUESTION)


async def test_a_picture_comes_along_too(stage: Stage) -> None:
    _, wohnen = await about_housing(stage)
    photo = await wohnen.sends(MessageKind.PHOTO, "So sieht es aus", reply_to=wohnen.card(REF))
    await wohnen.writes("/abwesend bis 13.3.")

    [picture] = under_card(stage.contact("sprache-kontakt"))

    assert picture.copy_of == (wohnen.address.chat, photo.message)
    assert picture.text == shown("Kontakt Wohnen", "So sieht es aus")


async def test_what_did_not_arrive_is_not_shown_as_said(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    stage.telegram.closed[maria.address.chat] = SendFailure.REFUSED
    await wohnen.replies(QUESTION, to=wohnen.card(REF))

    await wohnen.writes("/abwesend bis 13.3.")

    assert [one.text for one in under_card(stage.contact("sprache-kontakt"))] == [
        shown("Kontakt Wohnen", QUESTION, "answer-shown-lost")
    ]


async def test_a_reply_to_what_a_colleague_wrote_goes_to_the_person(stage: Stage) -> None:
    maria, wohnen = await asked_and_answered(stage)
    await wohnen.writes("/abwesend bis 13.3.")
    deputy = stage.contact("sprache-kontakt")
    question = next(one for one in under_card(deputy) if QUESTION in one.text)

    await deputy.replies("Dann geht es mit dem Bus", to=question)

    assert "Dann geht es mit dem Bus" in maria.last.text
    assert deputy.last.text == said("answer-sent", name="Maria", reference=REF)


async def test_where_notifications_are_neutral_a_colleagues_words_are_hidden_too() -> None:
    async with raise_stage(make_book({"privacy": {"push": "neutral"}})) as stage:
        _, wohnen = await about_housing(stage)
        await wohnen.replies(QUESTION, to=wohnen.card(REF))
        await wohnen.writes("/abwesend bis 13.3.")

        carried = [one.draft for one in stage.telegram.carried if QUESTION in (one.draft.text or "")]
        to_deputy = carried[-1]
        assert to_deputy.hidden is not None
        assert QUESTION not in (to_deputy.text or "")[: to_deputy.hidden]


# ------------------------------------------------------------ whoever has it together


async def test_whoever_has_a_copy_reads_what_is_answered_and_the_other_way_round(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    head, before = stage.contact("leitung"), maria.texts
    await head.writes(f"/anfrage {REF}")

    await wohnen.replies(QUESTION, to=wohnen.card(REF))
    assert (head.last.text, head.last.quiet) == (shown("Kontakt Wohnen", QUESTION), True)
    assert head.last.reply_to == head.card(REF).message
    await head.replies("Wir helfen auch ohne", to=head.card(REF))

    assert shown("Leitung", "Wir helfen auch ohne") in wohnen.texts
    assert len(maria.texts) == len(before) + 2


async def test_another_field_is_not_told_each_answer(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_WORK_AND_HOUSING)
    wohnen, work = stage.contact("wohnen-kontakt"), stage.contact("arbeit-kontakt")
    before = len(work.received)

    await wohnen.replies(QUESTION, to=wohnen.card(REF))

    assert len(work.received) == before


async def test_a_changed_answer_reaches_colleagues_who_read_the_earlier_form(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    answer = await wohnen.replies("Um 10 Uhr", to=wohnen.card(REF))
    await wohnen.writes("/abwesend bis 13.3.")
    deputy = stage.contact("sprache-kontakt")
    earlier = deputy.last

    await wohnen.edits(answer, "Um 11 Uhr")

    assert deputy.last.text == shown("Kontakt Wohnen", "Um 11 Uhr", "answer-shown-changed")
    assert (deputy.last.reply_to, deputy.last.quiet) == (earlier.message, True)
    assert maria.last.text == said("answer-changed", contact="Kontakt Wohnen", reference=REF) + "\n\nUm 11 Uhr"


async def test_who_was_told_in_the_same_group_is_not_told_twice() -> None:
    group = {
        "wohnen-kontakt": {"telegram": {"chat": -1000000000009, "topic": 5}},
        "leitung": {"telegram": {"chat": -1000000000009, "topic": 6}},
    }
    async with raise_stage(make_book({"contacts": group})) as stage:
        _, wohnen = await about_housing(stage)
        await stage.contact("leitung").writes(f"/anfrage {REF}")

        await wohnen.replies(QUESTION, to=wohnen.received[0])

        assert shown("Kontakt Wohnen", QUESTION) not in wohnen.texts
