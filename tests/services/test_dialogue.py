"""The one entry: who is it, and whose duty is that?"""

import pytest

from bot.errors import SendFailure
from bot.model import Address, ChatMigrated, MessageKind, ReachChanged
from tests.support.rulebook import HOUSING, TO_HOUSING, TO_LANGUAGE, make_book
from tests.support.stage import CHANNEL, Stage, raise_stage, said

REF = "2026-0001"


async def test_what_is_said_in_a_strange_group_is_none_of_the_bots_business(stage: Stage) -> None:
    group = stage.at(-7001, user=7001)

    own = await group.writes(TO_HOUSING)
    await group.edits(own, "Geändert")
    await group.sends(MessageKind.PHOTO)
    await group.writes("/start")
    await group.writes("/hilfe")

    assert group.received == []
    assert await stage.count("people") == 0


async def test_a_contact_writes_no_inquiries_from_the_contacts_chat(stage: Stage) -> None:
    wohnen = stage.contact("wohnen-kontakt")

    await wohnen.writes(TO_HOUSING)

    assert await stage.count("inquiries") == 0
    assert wohnen.last.text == said("answer-nowhere")


async def test_who_inquired_once_and_is_a_contact_now_is_treated_as_one() -> None:
    async with raise_stage(make_book({"contacts": {"sprache-kontakt": {"telegram": None}}})) as stage:
        maria = await stage.inquirer("Maria")
        await maria.writes(TO_HOUSING)
        await stage.invited("sprache-kontakt", maria.address.chat)
        await stage.contact("wohnen-kontakt").replies("Ihre Antwort")
        assert "Ihre Antwort" in maria.last.text

        await maria.replies("Danke", to=maria.last)

        assert maria.last.text == said("answer-nowhere")
        assert "Danke" not in "".join(stage.contact("wohnen-kontakt").texts)


async def test_a_stranger_who_replies_to_a_cards_number_in_another_chat_reaches_nobody(stage: Stage) -> None:
    """Message numbers begin at 1 in every chat: the same number elsewhere is another message."""
    maria, fremd = await stage.inquirer("Maria"), await stage.inquirer("Fremd")
    await maria.writes(TO_HOUSING)
    card = stage.contact("wohnen-kontakt").card(REF)
    before = maria.texts

    await fremd.writes("Ich bin vom Amt", reply_to=card.message)

    assert maria.texts == before


@pytest.mark.parametrize("reachable", [True, False])
async def test_being_blocked_is_noted_without_saying_by_whom(stage: Stage, reachable: bool) -> None:
    await stage.handle(ReachChanged(Address(CHANNEL, 1001), reachable))

    [entry] = await stage.journal()
    assert (entry.event, entry.data) == ("reach.changed", {"reachable": reachable})


NOBODY_ELSE = {"contacts": {"wohnen-kontakt": {"deputy": None}, "leitung": {"telegram": None}}, "administrators": []}


@pytest.mark.parametrize("how", ["unblocked", "opened"])
async def test_what_could_be_brought_to_nobody_comes_as_soon_as_the_contact_is_there_again(how: str) -> None:
    async with raise_stage(make_book(NOBODY_ELSE)) as stage:
        maria, wohnen = await stage.inquirer("Maria"), stage.contact("wohnen-kontakt")
        stage.telegram.closed[HOUSING] = SendFailure.UNREACHABLE
        await maria.writes(TO_HOUSING)
        await stage.wait(minutes=5)
        assert wohnen.texts == []

        stage.telegram.closed.clear()
        if how == "unblocked":
            await stage.handle(ReachChanged(wohnen.address, reachable=True))
        else:
            await wohnen.writes("/start")

        assert [TO_HOUSING in text for text in wohnen.texts].count(True) == 1


async def test_whose_follow_up_reaches_nobody_yet_is_told_so() -> None:
    async with raise_stage(make_book(NOBODY_ELSE | {"fields": {"wohnen": {"contact": "leitung"}}})) as stage:
        maria = await stage.inquirer("Maria")
        await maria.writes(TO_HOUSING)

        await maria.writes("Die Wohnung hat drei Zimmer")

        assert maria.last.text == said("not-passed-on", reference=REF, contact="Leitung")


async def test_a_group_that_moved_is_followed_with_what_waits_for_it() -> None:
    async with raise_stage(make_book({"contacts": {"sprache-kontakt": {"telegram": None}}})) as stage:
        await stage.invited("sprache-kontakt", -5001)
        await stage.handle(ChatMigrated(Address(CHANNEL, -5001), Address(CHANNEL, -6001)))

        await (await stage.inquirer()).writes(TO_LANGUAGE)

        assert TO_LANGUAGE in stage.at(-6001).card(REF).text
        assert (await stage.joined())["sprache-kontakt"] == Address(CHANNEL, -6001)


async def test_a_fault_leaves_nothing_half_done(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    maria = await stage.inquirer()
    before = await stage.count("outbox")

    async def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("bot.services.shares.assigning.send_receipt", fail)
    with pytest.raises(RuntimeError):
        await maria.writes(TO_HOUSING)

    for table in ("inquiries", "messages", "assignments"):
        assert await stage.count(table) == 0
    assert await stage.count("outbox") == before
