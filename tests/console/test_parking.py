from io import StringIO

import pytest
from rich.console import Console

from bot.console.parking import drop_parked, replay_parked, show_parked
from bot.errors import FaultsError, SendError, SendFailure
from bot.model import DeliveryKind
from bot.store import inbox
from bot.store.inbox import RawUpdate
from tests.support.rulebook import HOUSING, LANGUAGE, TO_HOUSING
from tests.support.stage import Stage, said

REF = "2026-0001"
GONE = SendFailure.UNREACHABLE


async def shown(stage: Stage, *, rules: bool = True) -> str:
    console = Console(file=StringIO(), width=200)
    await show_parked(stage.database, console, "Europe/Berlin", stage.book.rules if rules else None)
    return console.file.getvalue()  # type: ignore[attr-defined,no-any-return]


async def park_an_update(stage: Stage) -> None:
    raw = RawUpdate("telegram", 1, "message 1", "1001", '{"secret": "words"}', fault="UnreadableUpdateError: not read")
    async with stage.database.transaction() as tx:
        await inbox.add_batch(tx, stage.clock.now(), [raw])


async def park_a_card(stage: Stage) -> None:
    maria = await stage.inquirer()
    stage.telegram.script = [SendError(SendFailure.REFUSED, "Telegram does not accept the message")]
    await maria.writes(TO_HOUSING)


async def park_a_notice(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    stage.telegram.closed[maria.address.chat] = SendFailure.REFUSED
    await stage.contact("wohnen-kontakt").presses("btn-take")


async def test_nothing_parked_is_said(stage: Stage) -> None:
    assert await shown(stage) == "Nothing is parked.\n"


async def test_what_is_parked_is_listed_with_its_reason_and_without_its_words(stage: Stage) -> None:
    await park_an_update(stage)
    await park_a_card(stage)

    text = await shown(stage)

    [update, delivery] = [line for line in text.splitlines() if line.startswith(("in-", "out-"))]
    assert update.split() == ["in-1", "2026-03-05", "09:00", "update", "0", *["UnreadableUpdateError:", "not", "read"]]
    assert "text to contact" in delivery
    assert "Telegram does not accept the message" in delivery
    assert "2026-03-05 09:00" in delivery
    assert "words" not in text
    assert "Wohnung" not in text
    assert str(HOUSING) not in text
    assert "python -m bot parked --replay ID" in text


async def test_to_whom_it_was_to_go_is_said(stage: Stage) -> None:
    await park_a_notice(stage)

    [row] = [line for line in (await shown(stage)).splitlines() if line.startswith("out-")]
    assert f" {REF} " in row
    assert "text to inquirer " in row


async def test_the_contact_and_the_inquiry_are_named(stage: Stage) -> None:
    await park_a_card(stage)

    [row] = [line for line in (await shown(stage)).splitlines() if line.startswith("out-")]
    assert f" {REF} " in row
    assert "text to contact wohnen-kontakt " in row


async def test_a_contact_is_named_by_the_chat_the_message_was_for(stage: Stage) -> None:
    stage.telegram.closed[HOUSING] = GONE
    await (await stage.inquirer()).writes(TO_HOUSING)  # the deputy has it by now

    assert "text to contact wohnen-kontakt " in await shown(stage)


async def test_with_faulty_rules_a_contact_in_them_is_not_taken_for_an_inquirer(stage: Stage) -> None:
    await park_a_card(stage)

    assert "text to contact (chat unknown) " in await shown(stage, rules=False)


async def test_replayed_it_goes_out(stage: Stage) -> None:
    await park_a_card(stage)
    [parked] = await stage.parked()

    assert await replay_parked(stage.database, f"out-{parked.id}") == f"out-{parked.id}: queued again."
    await stage.wait_until(stage.clock.now().replace(year=2100))

    assert TO_HOUSING in stage.contact("wohnen-kontakt").card(REF).text
    assert await shown(stage) == "Nothing is parked.\n"


async def test_what_was_handed_over_since_is_not_sent_to_whoever_had_it_before(stage: Stage) -> None:
    stage.telegram.closed[HOUSING] = GONE
    await (await stage.inquirer()).writes(TO_HOUSING)
    stage.telegram.closed.clear()
    [parked] = await stage.parked()

    with pytest.raises(FaultsError, match=rf"out-{parked.id}: was for a contact .* --drop out-{parked.id}"):
        await replay_parked(stage.database, f"out-{parked.id}")

    assert [one.id for one in await stage.parked()] == [parked.id]


async def test_a_replayed_update_waits_to_be_handled(stage: Stage) -> None:
    await park_an_update(stage)

    await replay_parked(stage.database, "in-1")

    async with stage.database.reading() as tx:
        assert [row.id for row in await inbox.list_ready(tx, stage.clock.now())] == [1]


async def test_dropped_it_is_gone_with_its_words(stage: Stage) -> None:
    await park_an_update(stage)

    assert await drop_parked(stage.database, "in-1") == "in-1: dropped."

    assert await shown(stage) == "Nothing is parked.\n"
    async with stage.database.reading() as tx:
        assert [row["raw"] for row in await tx.all("SELECT raw FROM inbox")] == [""]


async def test_a_dropped_card_is_sent_anew_and_the_person_can_go_on_writing(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    stage.telegram.closed |= {HOUSING: GONE, LANGUAGE: GONE, 2009: GONE}
    await maria.writes(TO_HOUSING)
    for parked in await stage.parked():
        await drop_parked(stage.database, f"out-{parked.id}")
    stage.telegram.closed.clear()

    await maria.writes("Sie hat einen Balkon")

    wohnen = stage.contact("wohnen-kontakt")
    assert TO_HOUSING in wohnen.card(REF).text
    assert wohnen.last.text == said("relayed", reference=REF, name="Maria") + "\n\nSie hat einen Balkon"


NAMES = ["7", "out7", "out-", "out-x", "in--1", "box-7", "", "out-²"]


@pytest.mark.parametrize("name", NAMES)
async def test_what_is_no_id_is_told_where_they_stand(stage: Stage, name: str) -> None:
    for act in (replay_parked, drop_parked):
        with pytest.raises(FaultsError, match=r"is not an id of a parked row\. See them: python -m bot parked\."):
            await act(stage.database, name)


@pytest.mark.parametrize("name", ["in-99", "out-99", "out-1"])
async def test_what_is_not_parked_is_told(stage: Stage, name: str) -> None:
    await (await stage.inquirer()).writes(TO_HOUSING)

    for act in (replay_parked, drop_parked):
        with pytest.raises(FaultsError, match=rf"{name}: is not parked\."):
            await act(stage.database, name)


async def test_an_earlier_state_of_a_card_is_not_brought_back(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    stage.telegram.script = [SendError(SendFailure.REFUSED, "not acceptable")] * 2
    await wohnen.presses("btn-take")
    parked = await stage.parked()
    assert parked
    stage.telegram.script = []
    stage.clock.turn(minutes=1)
    await wohnen.presses("btn-done")
    closed = wohnen.card(REF).text

    for one in parked:
        if one.draft.kind is not DeliveryKind.EDIT:
            continue
        with pytest.raises(FaultsError, match="earlier state"):
            await replay_parked(stage.database, f"out-{one.id}")

    assert any(one.draft.kind is DeliveryKind.EDIT for one in parked)
    assert wohnen.card(REF).text == closed
