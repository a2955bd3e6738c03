"""What administrators may ask for and do, and that nobody else may."""

from pathlib import Path

import pytest

from bot.errors import SendFailure
from bot.model import AssignmentState, InquiryState, MessageKind
from bot.store import inquiries
from tests.support.builders import make_decision
from tests.support.rulebook import TO_HOUSING, TO_WORK, TO_WORK_AND_HOUSING, UNKNOWN, WORK, make_book
from tests.support.stage import Someone, Stage, raise_stage, said

REF = "2026-0001"


@pytest.mark.parametrize("command", ["/admin", "/anfrage 2026-0001"])
async def test_only_administrators_may(stage: Stage, command: str) -> None:
    maria, wohnen = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)

    await wohnen.writes(command)

    assert wohnen.last.text == said("admin-not-allowed")


async def test_the_office_is_told_in_numbers_and_names(stage: Stage) -> None:
    maria, iwan = await stage.inquirer("Maria"), await stage.inquirer("Iwan")
    await maria.writes(TO_HOUSING)
    await iwan.writes(UNKNOWN)
    await stage.contact("sprache-kontakt").writes("/abwesend bis 13.3.")
    await stage.wait(days=6)
    leitung = stage.contact("leitung")

    await leitung.writes("/admin")

    lines = leitung.last.text.splitlines()
    assert lines[0] == said("admin-head")
    assert said("admin-open", count=2) in lines
    assert said("admin-overdue-named", count=1, references=REF) in lines
    assert said("admin-unreachable", contact="Kontakt Bildung") in lines
    span = said("absence-days", first="Donnerstag, 5. März", last="Freitag, 13. März")
    assert said("admin-away", contact="Kontakt Sprache", span=span) in lines
    assert said("admin-rules", version=stage.book.rules.rules_version) in lines


async def test_what_is_due_at_this_moment_is_overdue_as_in_the_lists(stage: Stage) -> None:
    maria, leitung = await stage.inquirer(), stage.contact("leitung")
    await maria.writes(TO_HOUSING)
    (share,) = await stage.shares()
    assert share.due_at is not None
    await stage.wait_until(share.due_at)

    await leitung.writes("/admin")

    assert said("admin-overdue-named", count=1, references=REF) in leitung.last.text.splitlines()


async def test_what_waits_for_a_person_to_allow_the_bot_again_is_told_apart_from_faults(stage: Stage) -> None:
    maria, wohnen, leitung = await stage.inquirer(), stage.contact("wohnen-kontakt"), stage.contact("leitung")
    await maria.writes(TO_HOUSING)
    stage.telegram.closed[maria.address.chat] = SendFailure.UNREACHABLE
    await wohnen.presses("btn-take")
    await wohnen.replies("Gern", to=wohnen.card(REF))

    await leitung.writes("/admin")

    assert {said("admin-parked", count=0), said("admin-missed", count=1)} <= set(leitung.last.text.splitlines())


async def test_what_is_overdue_is_named_and_a_tap_leads_to_its_card(stage: Stage) -> None:
    maria, iwan = await stage.inquirer("Maria"), await stage.inquirer("Iwan")
    leitung = stage.contact("leitung")
    await leitung.writes("/admin")
    assert said("admin-overdue", count=0) in leitung.last.text.splitlines()
    await iwan.writes(TO_HOUSING)
    await maria.writes(TO_WORK)
    await stage.contact("wohnen-kontakt").presses("btn-take")
    await stage.contact("arbeit-kontakt").presses("btn-take")
    await stage.wait(days=6)

    await leitung.writes("/admin")

    line = said("admin-overdue-named", count=2, references="2026-0002 und 2026-0001")
    assert line in leitung.last.text.splitlines(), "what was due first comes first"
    await leitung.presses("↑ 2026-0002")
    assert "Backstube" in leitung.card("2026-0002").text


async def test_an_inquiry_with_two_contacts_is_counted_once(stage: Stage) -> None:
    await (await stage.inquirer()).writes(TO_WORK_AND_HOUSING)
    leitung = stage.contact("leitung")
    await leitung.writes("/admin")
    assert said("admin-open", count=1) in leitung.last.text
    assert said("admin-untaken", count=1) in leitung.last.text


async def test_however_much_is_open_it_is_counted_in_full(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(UNKNOWN)
    asked = await stage.inquiry()
    async with stage.database.transaction() as tx:
        for _ in range(250):
            await inquiries.add(tx, stage.clock.now(), asked.person_id, make_decision())
        ended = await inquiries.add(tx, stage.clock.now(), asked.person_id, make_decision())
        await inquiries.set_state(tx, stage.clock.now(), ended.id, InquiryState.WITHDRAWN)

    await stage.contact("leitung").writes("/admin")

    assert said("admin-open", count=251) in stage.contact("leitung").last.text.splitlines()


async def test_any_inquiry_can_be_looked_up_and_acted_on_and_that_is_noted(stage: Stage) -> None:
    maria, wohnen, leitung = await stage.inquirer(), stage.contact("wohnen-kontakt"), stage.contact("leitung")
    await maria.writes(TO_HOUSING)

    await leitung.writes(f"/anfrage {REF}")

    assert "Wohnung steht leer" in leitung.card(REF).text
    looked = next(entry for entry in await stage.journal() if entry.event == "inquiry.looked_up")
    assert looked.data == {"by": "leitung"}
    await leitung.presses("btn-take", leitung.card(REF))
    assert (await stage.shares())[0].holder == "Leitung"
    assert said("card-state", state=said("state-taken")) in wohnen.card(REF).text
    assert said("btn-take") not in wohnen.card(REF).buttons


async def test_who_only_looks_reads_who_has_it_and_stands_in_for_nobody(stage: Stage) -> None:
    maria, wohnen, leitung = await stage.inquirer(), stage.contact("wohnen-kontakt"), stage.contact("leitung")
    await maria.writes(TO_HOUSING)
    await leitung.writes(f"/anfrage {REF}")

    for text in (leitung.card(REF).text, await _redrawn(wohnen, leitung)):
        assert said("card-deputy", contact="Kontakt Wohnen") not in text
        assert said("card-now-with", contact="Kontakt Wohnen") in text
    assert said("card-now-with", contact="Kontakt Wohnen") not in wohnen.card(REF).text


async def _redrawn(contact: Someone, other: Someone) -> str:
    """Let a contact take the share, and return the card another has of it then."""
    await contact.presses("btn-take")
    assert said("state-taken") in other.card(REF).text
    return other.card(REF).text


async def test_a_second_look_leads_to_the_copy_that_is_there(stage: Stage) -> None:
    maria, leitung = await stage.inquirer(), stage.contact("leitung")
    await maria.writes(TO_HOUSING)
    await leitung.writes(f"/anfrage {REF}")
    copy = leitung.card(REF)

    await leitung.writes(f"/anfrage {REF}")

    assert (leitung.last.text, leitung.last.reply_to) == (said("card-is-here", reference=REF), copy.message)


async def test_what_waits_for_its_topic_can_be_read_and_given_to_a_field(stage: Stage) -> None:
    maria, leitung = await stage.inquirer("Nina"), stage.contact("leitung")
    await maria.writes(UNKNOWN)
    await maria.sends(MessageKind.PHOTO)
    await maria.writes("Und was kostet er?")
    await leitung.writes(f"/anfrage {REF}")
    head = said("admin-asked", reference=REF, due="Donnerstag, 5. März, 09:30 Uhr", contact="Leitung")
    media = said("desk-which-media")
    assert leitung.last.text.split("\n\n") == [head, "Von: Nina", UNKNOWN, media, "Und was kostet er?"]
    assert "Ihre Wahl" not in leitung.last.text, "it is not theirs"

    await leitung.presses("Wohnen")

    assert [share.field for share in await stage.shares()] == ["wohnen"]
    assert said("btn-take") in stage.contact("wohnen-kontakt").card(REF).buttons


async def test_a_press_by_who_is_no_administrator_any_more_is_refused(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(UNKNOWN)
    token = await stage.make_button(wohnen, "admin_assign", 1, field="wohnen")

    assert await wohnen.presses_token(token) == (said("press-not-allowed-admin"), True)
    assert await stage.shares() == []


async def test_without_a_reference_it_is_said_how_to_name_one(stage: Stage) -> None:
    leitung = stage.contact("leitung")
    await leitung.writes("/anfrage")

    assert leitung.last.text == said("admin-inquiry-how")


async def test_an_unknown_reference_is_said_with_the_right_form(stage: Stage) -> None:
    leitung = stage.contact("leitung")
    await leitung.writes("/anfrage 42")

    assert leitung.last.text == said("admin-no-such-inquiry", reference="42")


async def test_a_closed_inquiry_can_be_read_again(stage: Stage) -> None:
    maria, leitung = await stage.inquirer(), stage.contact("leitung")
    await maria.writes(TO_WORK)
    await stage.contact("arbeit-kontakt").presses("btn-done")

    await leitung.writes(f"/anfrage {REF}")

    assert "Backstube" in leitung.card(REF).text
    assert [share.state for share in await stage.shares()] == [AssignmentState.CLOSED]


NOTED_AS = [
    # label, what is written, what is pressed then, what it is noted as
    ("giving an inquiry to a field", f"/anfrage {REF}", "Wohnen", "inquiry.chosen"),
    ("letting the rules hold", "/reload", None, "rules.reloaded"),
    ("saying that a colleague is away", "/abwesend Kontakt Sprache bis 13.3.", None, "contact.away"),
    (
        "saying that a colleague is back",
        "/abwesend Kontakt Sprache bis 13.3.",
        "/anwesend Kontakt Sprache",
        "contact.back",
    ),
]


@pytest.mark.parametrize(("label", "written", "then", "event"), NOTED_AS, ids=[row[0] for row in NOTED_AS])
async def test_where_an_administrator_shares_a_chat_it_is_noted_that_they_did_what_they_alone_may(
    tmp_path: Path, label: str, written: str, then: str | None, event: str
) -> None:
    shared = {"contacts": {"leitung": {"telegram": WORK[0]}}}
    async with raise_stage(make_book(shared, folder=tmp_path)) as stage:
        maria, leitung = await stage.inquirer(), stage.contact("arbeit-kontakt")
        await maria.writes(UNKNOWN)

        await leitung.writes(written)
        if then is not None:
            await (leitung.writes(then) if then.startswith("/") else leitung.presses(then))

        assert [entry.data["by"] for entry in await stage.journal() if entry.event == event] == ["leitung"]


async def test_a_question_whose_topic_an_administrator_chose_is_put_away(stage: Stage) -> None:
    maria, head = await stage.inquirer(), stage.contact("leitung")
    await maria.writes(UNKNOWN)
    question = maria.last
    await head.writes(f"/anfrage {REF}")

    await head.presses("Arbeit")

    shown = next(one for one in maria.received if one.message == question.message)
    assert shown.buttons == []


@pytest.mark.parametrize("end", ["retention", "their wish"])
async def test_the_words_administrators_chose_a_topic_by_go_with_the_inquiry(stage: Stage, end: str) -> None:
    maria, head, work = await stage.inquirer(), stage.contact("leitung"), stage.contact("arbeit-kontakt")
    await maria.writes(UNKNOWN)
    await head.writes(f"/anfrage {REF}")
    await head.presses("Arbeit")
    await work.presses("btn-take")
    stage.clock.turn(minutes=1)
    await work.presses("btn-done")
    assert any(UNKNOWN in text for text in head.texts)

    if end == "retention":
        stage.clock.turn(days=91)
        await stage.sweeper.plan()
        await stage.wait(minutes=30)
    else:
        await stage.wait(days=3)
        await maria.writes("/loeschen")
        await maria.presses("btn-delete-all")
        await maria.presses("btn-delete-sure")
        await stage.wait(seconds=6)

    assert await stage.count("inquiries") == 0
    assert not [text for text in (*head.texts, *work.texts) if UNKNOWN in text]
