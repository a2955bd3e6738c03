"""Carrying answers to the person: signed, unshortened, unchanged, and confirmed only when they were sent."""

import pytest

from bot.errors import SendError, SendFailure
from bot.model import CAPTIONED, MessageKind
from bot.services.relaying.carrying import CAPTION_LIMIT
from tests.support.stage import Stage, about_housing, said

REF = "2026-0001"
COPIED = [kind for kind in MessageKind if kind not in (MessageKind.TEXT, MessageKind.UNSUPPORTED)]


@pytest.mark.parametrize("kind", COPIED)
async def test_whatever_can_be_copied_is_copied_to_the_person_signed(stage: Stage, kind: MessageKind) -> None:
    maria, wohnen = await about_housing(stage)
    signature = said("answer", contact="Kontakt Wohnen", reference=REF)

    sent = await wohnen.sends(kind, reply_to=wohnen.card(REF))

    assert maria.last.copy_of == (wohnen.address.chat, sent.message)
    signed = maria.last if kind in CAPTIONED else maria.received[-2]
    assert signed.text == signature
    assert signed.heading == signature


async def test_a_caption_too_long_for_a_signature_gets_it_in_a_message_before(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    caption = "x" * CAPTION_LIMIT

    await wohnen.sends(MessageKind.PHOTO, caption, reply_to=wohnen.card(REF))

    signature, copy = maria.received[-2:]
    assert signature.text == said("answer", contact="Kontakt Wohnen", reference=REF)
    assert copy.text == caption


async def test_an_answer_that_does_not_reach_the_person_is_said_so(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    stage.telegram.closed[maria.address.chat] = SendFailure.UNREACHABLE

    answer = await wohnen.replies("Gerne")

    assert wohnen.last.text == said("answer-not-sent-blocked", name="Maria", reference=REF)
    assert wohnen.last.reply_to == answer.message


async def test_an_answer_of_unknown_fate_is_sent_again_marked_and_confirmed_then(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    stage.telegram.script = [SendError(SendFailure.UNKNOWN, "the connection broke")]

    await wohnen.replies("Um 10 Uhr")
    assert said("answer-sent", name="Maria", reference=REF) not in wohnen.texts
    await stage.wait(minutes=1)

    assert "Um 10 Uhr" in maria.last.text
    assert [delivery.repeat for delivery in stage.telegram.carried if "Um 10" in (delivery.draft.text or "")] == [True]
    assert wohnen.last.text == said("answer-sent", name="Maria", reference=REF)


async def test_markup_in_an_answer_stays_as_it_is(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)

    await wohnen.replies("*Ja* <b>gerne</b> _morgen_ [hier](tel:1)")

    assert maria.last.text.endswith("*Ja* <b>gerne</b> _morgen_ [hier](tel:1)")


async def test_an_answer_in_parts_of_which_one_was_refused_is_not_said_to_be_sent(stage: Stage) -> None:
    _, wohnen = await about_housing(stage)
    stage.telegram.script = [SendError(SendFailure.REFUSED, "not acceptable")]

    await wohnen.replies("Wort " * 1_000, to=wohnen.card(REF))

    assert wohnen.last.text == said("answer-not-sent", name="Maria", reference=REF)
    assert said("answer-sent", name="Maria", reference=REF) not in wohnen.texts
