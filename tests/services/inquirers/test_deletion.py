"""Deleting by the person: what goes, what stays, who is told, and that no byte is left in the files."""

import asyncio
from pathlib import Path

import pytest

from bot.errors import SendError, SendFailure
from bot.model import Delivery, DeliveryKind, MessageKind
from bot.services.inquirers import deletion
from bot.store import deletions, people, skeletons
from tests.support.rulebook import HOUSING, TO_EDUCATION, TO_HOUSING, TO_LANGUAGE, TO_WORK_AND_HOUSING, UNKNOWN
from tests.support.stage import Someone, Stage, said

REF = "2026-0001"
SECRET = "Zwetschgenkuchenrezept"  # a word nobody else writes


async def with_inquiry(stage: Stage) -> tuple[Someone, Someone]:
    maria, wohnen = await stage.inquirer("Mariandl"), stage.contact("wohnen-kontakt")
    await maria.writes(f"{TO_HOUSING} {SECRET}")
    await maria.replies(f"Und noch {SECRET}")
    await wohnen.replies(f"Danke, {SECRET}", to=wohnen.card(REF))
    return maria, wohnen


async def deleted(stage: Stage, someone: Someone, button: str = "btn-delete-all") -> None:
    await someone.writes("/loeschen")
    assert someone.last.text == said("delete-explained")
    await someone.presses(button)
    if button == "btn-delete-all":
        await someone.presses("btn-delete-sure")
    await stage.wait(seconds=6)
    await stage.wait(seconds=6)


async def bytes_of(stage: Stage) -> bytes:
    """Return everything in the database's files, the write-ahead log too."""
    async with stage.database.reading() as tx:
        row = await tx.one("SELECT file FROM pragma_database_list WHERE name = 'main'")
    assert row is not None
    path = Path(row["file"])
    return b"".join(one.read_bytes() for one in path.parent.iterdir() if one.name.startswith(path.name))


async def test_no_byte_of_the_person_is_left_in_the_files(stage: Stage) -> None:
    maria, _ = await with_inquiry(stage)
    marks = [SECRET, "Mariandl", str(maria.address.chat), REF]
    before = await bytes_of(stage)
    assert [mark for mark in marks if mark.encode() not in before] == []

    await deleted(stage, maria)

    left = await bytes_of(stage)
    assert [mark for mark in marks if mark.encode() in left] == []
    assert maria.last.text == said("delete-done-all")


async def test_everything_is_deleted_only_after_a_second_tap(stage: Stage) -> None:
    maria, _ = await with_inquiry(stage)
    await maria.writes("/loeschen")
    offer = maria.last

    await maria.presses("btn-delete-all")

    assert maria.last.text == said("delete-sure")
    assert stage.telegram.chats[maria.address.chat][offer.message].buttons == []
    await maria.presses("btn-delete-keep")
    assert maria.last.text == said("delete-kept")
    assert len(await stage.inquiries()) == 1


async def test_counts_stay_and_the_next_reference_goes_on(stage: Stage) -> None:
    maria, _ = await with_inquiry(stage)
    await deleted(stage, maria)

    async with stage.database.reading() as tx:
        assert await skeletons.count(tx) == 1
    iwan = await stage.inquirer("Iwan")
    await iwan.writes(TO_HOUSING)
    assert (await stage.inquiry()).reference == "2026-0002"


async def test_the_contact_is_told_and_the_words_leave_the_desk(stage: Stage) -> None:
    maria, wohnen = await with_inquiry(stage)
    await deleted(stage, maria)

    assert wohnen.last.text == said("deleted-contact", reference=REF)
    assert not [text for text in wohnen.texts if SECRET in text]


async def test_what_is_too_old_to_delete_is_blanked_for_colleagues(stage: Stage) -> None:
    maria, wohnen = await with_inquiry(stage)
    await stage.wait(hours=49)
    await deleted(stage, maria)

    assert not [text for text in wohnen.texts if SECRET in text]
    assert said("deleted-card", reference=REF) in wohnen.texts


async def test_so_is_what_was_written_under_a_photo(stage: Stage) -> None:
    maria, wohnen = await with_inquiry(stage)
    await maria.sends(MessageKind.PHOTO, f"Das Bad, {SECRET}", reply_to=maria.last)
    [photo] = [one for one in wohnen.received if one.kind is MessageKind.PHOTO]
    assert SECRET in photo.text
    await stage.wait(hours=49)
    await deleted(stage, maria)

    [photo] = [one for one in wohnen.received if one.kind is MessageKind.PHOTO]
    assert photo.text == said("deleted-card", reference=REF)
    assert not [text for text in wohnen.texts if SECRET in text]


async def test_a_list_is_said_to_be_outdated_and_another_notice_only_that_it_is_gone(stage: Stage) -> None:
    maria, wohnen = await with_inquiry(stage)
    await wohnen.writes("/offen")
    await maria.presses("btn-withdraw")
    await wohnen.replies("Schade", to=wohnen.card(REF))
    assert wohnen.last.text == said("answer-withdrawn", reference=REF)

    await deleted(stage, maria)

    assert wohnen.texts.count(said("deleted-list")) == 1
    assert wohnen.texts.count(said("deleted-notice")) == 1
    assert not [text for text in wohnen.texts if REF in text]


async def test_one_inquiry_goes_and_the_other_stays(stage: Stage) -> None:
    maria, _ = await with_inquiry(stage)
    await maria.writes(TO_LANGUAGE)
    await maria.presses("btn-which-new")
    await maria.writes("/loeschen")
    await maria.presses(said("btn-delete-one-field", reference=REF, field="Wohnen"))
    await stage.wait(seconds=6)

    assert [one.reference for one in await stage.inquiries()] == ["2026-0002"]
    assert maria.last.text == said("delete-done-one", reference=REF)
    assert SECRET.encode() not in await bytes_of(stage)
    assert await stage.count("people") == 1


async def test_each_inquiry_is_offered_by_number_and_topic(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_WORK_AND_HOUSING)
    await maria.writes(TO_LANGUAGE)
    await maria.presses("btn-which-new")
    await maria.writes("/loeschen")
    iwan = await stage.inquirer("Iwan")
    await iwan.writes(UNKNOWN)
    await iwan.writes("/loeschen")

    assert maria.last.buttons[:2] == [
        said("btn-delete-one-field", reference="2026-0002", field="Sprache"),
        said("btn-delete-one-field", reference=REF, field="Arbeit und Wohnen"),
    ]
    assert iwan.last.buttons[0] == said("btn-delete-one", reference="2026-0003")


async def test_who_keeps_everything_keeps_it(stage: Stage) -> None:
    maria, _ = await with_inquiry(stage)
    await maria.writes("/loeschen")
    await maria.presses("btn-delete-keep")

    assert maria.last.text == said("delete-kept")
    assert await stage.count("inquiries") == 1


async def test_who_keeps_everything_is_left_no_button_that_deletes(stage: Stage) -> None:
    maria, _ = await with_inquiry(stage)
    for _ in range(2):
        await maria.writes("/loeschen")
        await maria.presses("btn-delete-all")
    await maria.writes("/loeschen")
    assert len([one for one in maria.received if said("btn-delete-keep") in one.buttons]) == 3

    await maria.presses("btn-delete-keep")

    assert [one for one in maria.received if said("btn-delete-keep") in one.buttons] == []


async def test_whoever_comes_back_begins_anew(stage: Stage) -> None:
    maria, _ = await with_inquiry(stage)
    await deleted(stage, maria)
    await maria.writes(TO_HOUSING)

    assert maria.last.text.startswith(said("notice", office="Landratsamt Musterkreis", content="90 Tage"))


async def test_another_persons_button_deletes_nothing(stage: Stage) -> None:
    _maria, _ = await with_inquiry(stage)
    iwan = await stage.inquirer("Iwan")
    token = await stage.make_button(iwan, "delete_one", 1)

    assert await iwan.presses_token(token) == (said("press-not-here"), True)
    assert await stage.count("inquiries") == 1


@pytest.mark.parametrize("command", ["/loeschen", "/delete", "/löschen"])
async def test_it_has_its_names(stage: Stage, command: str) -> None:
    maria = await stage.inquirer()
    await maria.writes(command)

    assert maria.last.text == said("delete-explained")


async def test_a_restored_backup_forgets_again_and_only_that(stage: Stage) -> None:
    maria, _ = await with_inquiry(stage)
    iwan = await stage.inquirer("Iwan")
    await iwan.writes(TO_LANGUAGE)
    backup = {table: await _rows(stage, table) for table in ("people", "inquiries")}
    await deleted(stage, maria)
    async with stage.database.transaction() as tx:
        known = await deletions.load(tx)
        assert SECRET not in str(known)
        # The backup's rows come back, as a restore would bring them.
        for table, rows in backup.items():
            for row in rows:
                marks = ", ".join(f":{name}" for name in row)
                await tx.run(f"INSERT OR IGNORE INTO {table} ({', '.join(row)}) VALUES ({marks})", **row)
    assert await stage.count("people") == 2

    async with stage.database.transaction() as tx:
        assert await deletions.apply(tx, known) >= 1

    assert await stage.count("people") == 1
    assert [one.reference for one in await stage.inquiries()] == ["2026-0002"]


async def _rows(stage: Stage, table: str) -> list[dict[str, object]]:
    async with stage.database.reading() as tx:
        return [{name: row[name] for name in row.keys()} for row in await tx.all(f"SELECT * FROM {table}")]  # noqa: SIM118


async def test_a_contact_who_deletes_what_they_once_asked_keeps_the_cards_of_others(stage: Stage) -> None:
    tester = await stage.inquirer("Tester")
    await tester.writes("/loeschen")
    contact = await stage.invited("bildung-kontakt", tester.address.chat)
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_EDUCATION)

    await tester.presses("btn-delete-all")
    await tester.presses("btn-delete-sure")

    await contact.presses("btn-take", contact.card(REF))
    await maria.writes("Und noch eine Frage zur Schule")
    assert "Und noch eine Frage zur Schule" in contact.last.text


async def test_a_card_that_was_just_being_sent_is_taken_back(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer("Mariandl"), stage.contact("wohnen-kontakt")
    stage.telegram.closed[HOUSING] = SendFailure.NOT_SENT
    await maria.writes(f"{TO_HOUSING} {SECRET}")
    stage.telegram.closed.clear()
    real, halfway = stage.telegram.send, asyncio.Event()

    async def deleted_meanwhile(delivery: Delivery) -> int | None:
        number = await real(delivery)
        if delivery.address.chat == HOUSING and not halfway.is_set():
            halfway.set()
            async with stage.database.transaction() as tx:
                person = await people.find_by_address(tx, maria.address)
                assert person is not None
                await deletion.delete_all(stage.dialogue.turn(tx), person)
        return number

    stage.telegram.send = deleted_meanwhile  # type: ignore[method-assign]
    await stage.wait(minutes=5)
    await stage.wait(seconds=6)

    assert halfway.is_set()
    assert not [text for text in wohnen.texts if SECRET in text]


async def test_words_are_taken_back_even_where_the_first_attempt_got_no_answer(stage: Stage) -> None:
    maria, wohnen = await with_inquiry(stage)
    await maria.writes("/loeschen")
    real, card = stage.telegram.send, wohnen.card(REF)
    cut: list[int] = []

    async def cut_off(delivery: Delivery) -> int | None:
        if delivery.draft.kind is DeliveryKind.DELETE and delivery.draft.message == card.message and not cut:
            cut.append(delivery.id)
            raise SendError(SendFailure.UNKNOWN, "connection lost")
        return await real(delivery)

    stage.telegram.send = cut_off  # type: ignore[method-assign]
    await maria.presses("btn-delete-all")
    await maria.presses("btn-delete-sure")
    await stage.wait(minutes=1)

    assert cut
    assert not [text for text in wohnen.texts if SECRET in text]


async def test_who_keeps_everything_deletes_nothing_by_another_copy_of_the_question(stage: Stage) -> None:
    maria, _ = await with_inquiry(stage)
    await maria.writes("/loeschen")
    await maria.presses("btn-delete-all")
    question = maria.last
    twin = stage.telegram.enter(maria.address.chat, question.text, by_bot=True, tokens=question.tokens)

    await maria.presses("btn-delete-keep", twin)
    shown = stage.telegram.chats[maria.address.chat]
    assert shown[twin.message].buttons == []
    assert await maria.presses("btn-delete-sure", question) == (said("press-stale-person"), True)
    assert len(await stage.inquiries()) == 1

    await maria.writes("/loeschen")
    await maria.presses("btn-delete-all")
    await maria.presses("btn-delete-sure")
    assert await stage.inquiries() == []
