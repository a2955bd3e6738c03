"""Who can be reached: the daily question, the first failed message, and coming back."""

from datetime import UTC, datetime

import pytest

from bot.errors import SendFailure
from bot.model import Address, ReachChanged
from bot.services.shares import stranded
from tests.support.rulebook import HEAD, HOUSING, LANGUAGE, TO_HOUSING, TO_WORK, make_book
from tests.support.stage import Stage, raise_stage, said

GONE = SendFailure.UNREACHABLE
REF = "2026-0001"
# The stage's clock begins on Thursday 5 March 2026 at 9:00 local time.
FRIDAY_7_30 = datetime(2026, 3, 6, 6, 30, tzinfo=UTC)


async def planned(stage: Stage) -> None:
    """Start the sweeper's daily duties as a running process does."""
    await stage.sweeper.plan()


def lost(deputy: str, count: int) -> str:
    return said("admin-lost", contact="Kontakt Wohnen", key="wohnen-kontakt", deputy=deputy, count=count)


async def test_the_daily_question_shows_nothing_to_anybody(stage: Stage) -> None:
    await planned(stage)
    await stage.wait_until(FRIDAY_7_30)

    assert set(stage.telegram.probed) >= {HOUSING, LANGUAGE, HEAD}
    assert stage.contact("wohnen-kontakt").received == []


async def test_it_is_asked_once_a_day_however_often_the_process_starts(stage: Stage) -> None:
    await planned(stage)
    await planned(stage)
    await stage.wait_until(FRIDAY_7_30)
    await planned(stage)
    assert stage.telegram.probed.count(HOUSING) == 1

    await stage.wait(days=1)

    assert stage.telegram.probed.count(HOUSING) == 2


async def test_who_is_found_gone_in_the_morning_loses_everything_to_the_deputy_and_the_administrators_know(
    stage: Stage,
) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    await planned(stage)
    stage.telegram.closed[HOUSING] = GONE

    await stage.wait_until(FRIDAY_7_30)

    assert (await stage.shares())[0].seat == "sprache-kontakt"
    assert said("card-deputy", contact="Kontakt Wohnen") in stage.contact("sprache-kontakt").card(REF).text
    assert stage.contact("leitung").texts.count(lost("Kontakt Sprache", 1)) == 1


async def test_of_two_contacts_in_one_group_each_alarm_counts_its_own() -> None:
    chat = -1_001_234_567_890
    contacts = {
        "wohnen-kontakt": {"telegram": {"chat": chat, "topic": 1}},
        "arbeit-kontakt": {"telegram": {"chat": chat, "topic": 2}, "deputy": "sprache-kontakt"},
    }
    async with raise_stage(make_book({"contacts": contacts})) as stage:
        for text in (TO_HOUSING, TO_HOUSING, TO_WORK):
            await (await stage.inquirer()).writes(text)

        await stage.handle(ReachChanged(Address("telegram", chat), reachable=False))

        told = stage.contact("leitung").texts
        work = said("admin-lost", contact="Kontakt Arbeit", key="arbeit-kontakt", deputy="Kontakt Sprache", count=1)
        assert told.count(work) == 1
        assert told.count(lost("Kontakt Sprache", 2)) == 1


async def test_the_first_failed_message_hands_over_all_and_tells_once(stage: Stage) -> None:
    maria, iwan = await stage.inquirer("Maria"), await stage.inquirer("Iwan")
    await maria.writes(TO_HOUSING)
    stage.telegram.closed[HOUSING] = GONE

    await iwan.writes(TO_HOUSING)

    assert [share.seat for share in await stage.shares()] == ["sprache-kontakt"]
    sprache = stage.contact("sprache-kontakt")
    assert sprache.card("2026-0001").text
    assert sprache.card("2026-0002").text
    assert len([text for text in stage.contact("leitung").texts if "Kontakt Wohnen" in text]) == 1


async def test_new_inquiries_do_not_try_the_lost_chat_first(stage: Stage) -> None:
    maria = await stage.inquirer()
    await stage.handle(ReachChanged(Address("telegram", HOUSING), reachable=False))

    await maria.writes(TO_HOUSING)

    assert stage.contact("wohnen-kontakt").received == []
    assert said("contact-deputy", deputy="Kontakt Sprache", contact="Kontakt Wohnen") in maria.last.text


async def test_who_writes_again_gets_everything_back(stage: Stage) -> None:
    maria = await stage.inquirer()
    await stage.handle(ReachChanged(Address("telegram", HOUSING), reachable=False))
    await maria.writes(TO_HOUSING)
    assert (await stage.shares())[0].seat == "sprache-kontakt"

    await stage.contact("wohnen-kontakt").writes("/hilfe")

    assert (await stage.shares())[0].seat == "wohnen-kontakt"
    assert said("btn-take") in stage.contact("wohnen-kontakt").card(REF).buttons
    assert "contact.found" in await stage.events()


async def test_a_stranger_who_blocks_the_bot_is_nobodys_loss(stage: Stage) -> None:
    maria = await stage.inquirer()
    await stage.handle(ReachChanged(maria.address, reachable=False))

    assert stage.contact("leitung").received == []
    assert "contact.lost" not in await stage.events()


async def test_who_comes_back_after_a_message_failed_gets_it_and_keeps_it(stage: Stage) -> None:
    maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    stage.telegram.closed[HOUSING] = GONE
    await maria.writes("Noch ein Wort", reply_to=maria.last)
    assert (await stage.shares())[0].seat == "sprache-kontakt"
    del stage.telegram.closed[HOUSING]

    await housing.writes("/offen")

    assert (await stage.shares())[0].seat == "wohnen-kontakt"
    assert any("Noch ein Wort" in text for text in housing.texts)
    await stage.contact("sprache-kontakt").writes("/abwesend bis 13.3.")
    assert (await stage.shares())[0].seat == "wohnen-kontakt"


async def test_who_comes_back_to_very_many_gets_them_some_at_a_time_though_messages_failed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stranded, "AT_ONCE", 1)
    people = [await stage.inquirer(name) for name in ("Maria", "Iwan", "Olga")]
    for person in people:
        await person.writes(TO_HOUSING)
    stage.telegram.closed[HOUSING] = GONE
    # The deputy is not there yet, so each of these fails in the lost chat.
    stage.telegram.closed[LANGUAGE] = stage.telegram.closed[HEAD] = GONE
    for person in people:
        await person.writes("Und einen Keller")
    stage.telegram.closed.clear()

    await stage.contact("wohnen-kontakt").writes("/offen")
    for _ in people:
        await stage.wait(seconds=5)

    seats = [share.seat for inquiry in await stage.inquiries() for share in await stage.shares(inquiry)]
    assert seats == ["wohnen-kontakt"] * 3
    assert sum("Und einen Keller" in text for text in stage.contact("wohnen-kontakt").texts) == 3


async def test_very_many_that_wait_are_tried_once_where_their_cards_are_refused(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stranded, "AT_ONCE", 1)
    stage.telegram.closed |= {HOUSING: GONE, LANGUAGE: GONE, HEAD: GONE}
    for name in ("Maria", "Iwan", "Olga"):
        await (await stage.inquirer(name)).writes(TO_HOUSING)
    stage.telegram.closed[HOUSING] = SendFailure.REFUSED
    before = len(await stage.parked())

    await stage.contact("wohnen-kontakt").writes("/offen")
    for _ in range(6):
        await stage.wait(seconds=5)

    cards = [one for one in (await stage.parked())[before:] if one.draft.message_id is not None]
    assert [(one.address.chat, one.draft.inquiry_id) for one in cards] == [(HOUSING, 1), (HOUSING, 2), (HOUSING, 3)]
