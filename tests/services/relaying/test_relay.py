"""Carrying an inquirer's words over: unshortened, unchanged, and confirmed only when they were sent."""

from typing import Any

import pytest

from bot.errors import SendError, SendFailure
from bot.model import DeliveryState, MessageKind
from bot.store import outbox
from tests.support.rulebook import HOUSING, TO_WORK_AND_HOUSING, make_book
from tests.support.stage import Stage, about_housing, raise_stage, said

REF = "2026-0001"
COPIED = [kind for kind in MessageKind if kind not in (MessageKind.TEXT, MessageKind.UNSUPPORTED)]


@pytest.mark.parametrize("kind", COPIED)
async def test_whatever_can_be_copied_is_copied_to_the_contact(stage: Stage, kind: MessageKind) -> None:
    maria, wohnen = await about_housing(stage)

    sent = await maria.sends(kind)

    assert wohnen.last.copy_of == (maria.address.chat, sent.message)
    assert wohnen.last.reply_to == wohnen.card(REF).message
    assert maria.last.text == said("passed-on", reference=REF, contact="Kontakt Wohnen")


async def test_a_copy_keeps_its_caption(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)

    await maria.sends(MessageKind.PHOTO, "Das Zimmer")

    assert wohnen.last.text == "Das Zimmer"


async def test_a_photo_that_opens_an_inquiry_again_says_so(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await wohnen.presses("btn-done")

    await maria.sends(MessageKind.PHOTO, "Das Zimmer", reply_to=maria.last)

    head = said("relayed-reopened", reference=REF, name="Maria")
    assert wohnen.last.text == f"{head}\n\nDas Zimmer"
    assert wohnen.last.heading == head


async def test_a_long_text_is_split_and_the_first_part_says_whose_it_is(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    text = "\n\n".join(f"Absatz {number} " + "viele Worte " * 50 for number in range(20))

    await maria.writes(text)

    first, *rest = [shown for shown in wohnen.received if "Absatz" in shown.text]
    assert first.heading == said("relayed", reference=REF, name="Maria")
    assert len(rest) > 1
    assert "".join(text.split()) in "".join("".join(shown.text for shown in [first, *rest]).split())
    assert maria.texts.count(said("passed-on", reference=REF, contact="Kontakt Wohnen")) == 1


async def test_it_is_not_confirmed_before_it_was_sent(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    stage.telegram.script = [SendError(SendFailure.NOT_SENT, "no connection")]

    await maria.writes("Sie hat einen Balkon")
    assert said("passed-on", reference=REF, contact="Kontakt Wohnen") not in maria.texts
    assert not [text for text in wohnen.texts if "Balkon" in text]
    await stage.wait(minutes=2)

    assert "Sie hat einen Balkon" in wohnen.last.text
    assert maria.last.text == said("passed-on", reference=REF, contact="Kontakt Wohnen")


async def test_what_is_refused_for_good_is_said_to_be_not_passed_on(stage: Stage) -> None:
    maria, _ = await about_housing(stage)
    stage.telegram.script = [SendError(SendFailure.REFUSED, "not acceptable")]

    await maria.sends(MessageKind.PHOTO)

    assert maria.last.text == said("not-passed-on-medium", reference=REF, contact="Kontakt Wohnen")
    assert len(await stage.parked()) == 1
    assert "delivery.parked" in await stage.events()


SENSITIVE = {"about_me": {"de": ["=ich"]}, "health": {"de": ["Krebs"]}}
WORDED_ANEW = [
    ("covered", {"sensitive": SENSITIVE}, "full"),
    ("in a neutral push message", {"privacy": {"push": "neutral"}}, "neutral"),
    ("both", {"sensitive": SENSITIVE, "privacy": {"push": "neutral"}}, "neutral"),
]


@pytest.mark.parametrize("units", [890, 1_024, 1_100, 1_600, 4_000])
@pytest.mark.parametrize(("rules", "push"), [row[1:] for row in WORDED_ANEW], ids=[row[0] for row in WORDED_ANEW])
@pytest.mark.parametrize("reopens", [False, True])
async def test_a_caption_worded_anew_arrives_however_long_it_is(
    rules: dict[str, Any], push: str, units: int, reopens: bool
) -> None:
    async with raise_stage(make_book(rules)) as stage:
        maria, wohnen = await about_housing(stage)
        if reopens:
            await wohnen.presses("btn-done")
        caption = ("Ich habe Krebs. " + "Das Foto " * 500)[: units - 1] + "!"
        before = len(wohnen.received)

        sent = await maria.sends(MessageKind.PHOTO, caption, reply_to=maria.last)
        if "sensitive" in rules:
            await maria.presses("btn-sparing-on")

        arrived = wohnen.received[before:]
        words = "".join(shown.text for shown in arrived)
        assert [shown.copy_of for shown in arrived if shown.copy_of] == [(maria.address.chat, sent.message)]
        assert words.count("Foto") == caption.count("Foto")
        assert ("Krebs" in words) == ("sensitive" not in rules)
        assert await stage.parked() == []
        assert said("not-passed-on", reference=REF, contact="Kontakt Wohnen") not in maria.texts
        carried = [one.draft for one in stage.telegram.carried if one.draft.text and "Foto" in one.draft.text]
        assert all("Foto" not in (draft.text or "")[: draft.hidden] for draft in carried) or push == "full"


async def test_a_long_caption_of_which_nothing_is_hidden_is_copied_as_it_is(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)

    await maria.sends(MessageKind.PHOTO, "x" * 1_600)

    assert wohnen.last.text == "x" * 1_600


async def test_a_notice_of_unknown_fate_is_not_sent_twice(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    stage.telegram.closed[maria.address.chat] = SendFailure.UNKNOWN
    await wohnen.presses("btn-take")
    del stage.telegram.closed[maria.address.chat]

    await stage.wait(hours=1)

    assert said("taken-by", contact="Kontakt Wohnen", reference=REF) not in maria.texts
    async with stage.database.reading() as tx:
        states = [delivery.state for delivery in await outbox.list_of_inquiry(tx, 1)]
    assert DeliveryState.UNCERTAIN in states


# ------------------------------------------------------------ what went only in part


async def test_a_picture_of_an_album_that_was_refused_is_said_to_be_not_passed_on(stage: Stage) -> None:
    maria, _ = await about_housing(stage)
    await maria.sends(MessageKind.PHOTO, album="a1")
    stage.telegram.script = [SendError(SendFailure.REFUSED, "not acceptable")]

    await maria.sends(MessageKind.PHOTO, album="a1")

    assert maria.last.text == said("not-passed-on-medium", reference=REF, contact="Kontakt Wohnen")


async def test_of_two_contacts_only_the_one_it_was_sent_to_is_confirmed(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_WORK_AND_HOUSING)
    stage.telegram.closed[HOUSING] = SendFailure.REFUSED

    await maria.writes("Ab sofort")

    assert said("passed-on", reference=REF, contact="Kontakt Arbeit") in maria.texts
    assert said("not-passed-on", reference=REF, contact="Kontakt Wohnen") in maria.texts
    assert said("passed-on", reference=REF, contact="Kontakt Wohnen") not in maria.texts
