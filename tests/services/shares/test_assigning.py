"""Who has an inquiry, and what everybody learns when that changes."""

from pathlib import Path

from bot.model import AssignmentState, InquiryState, Reason
from bot.store import assignments
from bot.store.database import Database
from bot.store.messages import INQUIRER
from tests.support.clock import berlin
from tests.support.rulebook import LANGUAGE, TO_EDUCATION, TO_WORK_AND_HOUSING, UNKNOWN, make_book, take_out
from tests.support.stage import Stage, about_housing, raise_stage, said

REF = "2026-0001"
ASSIGNED, TAKEN, ANSWERED, CLOSED, MOVED, WITHDRAWN = AssignmentState


async def shares_of(stage: Stage) -> list[tuple[str, AssignmentState]]:
    return [(share.field, share.state) for share in await stage.shares()]


# ------------------------------------------------------------ take


async def test_taking_tells_the_person_who_takes_care(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)

    assert await wohnen.presses("btn-take") == (said("press-taken"), False)

    assert maria.last.text == said("taken-by", contact="Kontakt Wohnen", reference=REF)
    assert (await stage.inquiry()).state is InquiryState.TAKEN
    card = wohnen.card(REF)
    assert said("card-state", state=said("state-taken")) in card.text
    assert card.buttons == [said(key) for key in ("btn-done", "btn-hand", "btn-more")]


# ------------------------------------------------------------ move


async def test_a_wrong_field_is_put_right_with_one_more_tap(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await maria.writes("Sie hat einen Balkon")

    await wohnen.presses("btn-hand")
    assert wohnen.card(REF).buttons == [
        "Sprache",
        "Arbeit",
        "Bildung",
        said("btn-to-general", contact="Leitung"),
        said("btn-colleagues"),
        said("btn-back"),
    ]
    await wohnen.presses("Arbeit")

    assert await shares_of(stage) == [("wohnen", MOVED), ("arbeit", ASSIGNED)]
    moved = said("moved", reference=REF, contact="Kontakt Arbeit", field="Arbeit")
    assert maria.last.text == f"{moved}\n{said('receipt-due', due='Freitag, 6. März, 12:30 Uhr')}"
    assert wohnen.card(REF).buttons == []
    assert said("card-moved-to", contact="Kontakt Arbeit") in wohnen.card(REF).text
    work = stage.contact("arbeit-kontakt")
    assert said("card-moved-from", field="Wohnen") in work.card(REF).text
    assert "Sie hat einen Balkon" in work.last.text


async def test_back_leaves_everything_as_it_was(stage: Stage) -> None:
    _, wohnen = await about_housing(stage)
    before = wohnen.card(REF)
    await wohnen.presses("btn-hand")

    await wohnen.presses("btn-back")

    assert wohnen.card(REF) == before


async def test_moved_to_the_general_contact_it_has_no_field(stage: Stage) -> None:
    _, wohnen = await about_housing(stage)
    await wohnen.presses("btn-hand")
    await wohnen.presses(said("btn-to-general", contact="Leitung"))

    assert said("card-moved-from", field="Wohnen") in stage.contact("leitung").card(REF).text


async def test_the_person_can_move_it_too(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await maria.presses("btn-other-topic")
    assert maria.last.text == said("ask-move", reference=REF)
    assert maria.last.buttons == ["Sprache", "Arbeit", "Bildung", said("btn-something-else")]
    question = maria.last

    await maria.presses("Arbeit")

    assert await shares_of(stage) == [("wohnen", MOVED), ("arbeit", ASSIGNED)]
    assert wohnen.card(REF).buttons == []
    assert [share.reason for share in await stage.shares()][-1] is Reason.MOVED
    assert [share.taker for share in await stage.shares()] == [None, None], "its person is none of the contacts"
    assert await maria.presses("Arbeit", question) == (said("press-there-already", contact="Kontakt Arbeit"), False)
    assert len(await shares_of(stage)) == 2


async def test_what_its_person_moved_before_was_taken_by_nobody(tmp_path: Path) -> None:
    async with raise_stage(folder=tmp_path) as stage:
        _, wohnen = await about_housing(stage)
        await wohnen.presses("btn-take")
        await about_housing(stage)
        async with stage.database.transaction() as tx:
            await assignments.set_holder(tx, 2, None, INQUIRER)
            await tx.run("DELETE FROM _yoyo_migration WHERE migration_id = '0021.people_take_nothing'")

    async with await Database.open(f"sqlite:///{tmp_path / 'stage.db'}") as database, database.reading() as tx:
        assert [share.taker for share in await assignments.list_open(tx)] == ["wohnen-kontakt", None]


async def test_with_two_shares_the_persons_word_moves_both(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_WORK_AND_HOUSING)
    await maria.presses("btn-other-topic")
    assert maria.last.buttons == ["Sprache", "Bildung", said("btn-something-else")]

    await maria.presses("Sprache")

    shares = await stage.shares()
    assert [(share.field, share.state, share.lead) for share in shares] == [
        ("arbeit", MOVED, True),
        ("wohnen", MOVED, False),
        ("sprache", ASSIGNED, True),
    ]
    assert len(stage.contact("sprache-kontakt").received) == 1


async def test_moved_into_a_field_that_has_it_already_it_is_there_once_and_leads(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_WORK_AND_HOUSING)
    work, wohnen = stage.contact("arbeit-kontakt"), stage.contact("wohnen-kontakt")
    await work.presses("btn-hand")

    await work.presses("Wohnen")

    shares = await stage.shares()
    assert [(share.field, share.state, share.lead) for share in shares] == [
        ("arbeit", MOVED, True),
        ("wohnen", ASSIGNED, True),
    ]
    assert len(wohnen.received) == 1
    assert said("moved", reference=REF, contact="Kontakt Wohnen", field="Wohnen") in maria.last.text


async def test_moved_into_a_field_that_has_answered_it_waits_for_that_field_again(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_WORK_AND_HOUSING)
    work, wohnen = stage.contact("arbeit-kontakt"), stage.contact("wohnen-kontakt")
    await work.replies("Gerne!", to=work.card(REF))
    stage.clock.turn(days=7)

    await wohnen.presses("btn-hand", wohnen.card(REF))
    await wohnen.presses("Arbeit", wohnen.card(REF))

    assert dict(await shares_of(stage)) == {"arbeit": ASSIGNED, "wohnen": MOVED}
    assert (await stage.inquiry()).state is InquiryState.ASSIGNED
    assert work.last.text == said("moved-here", reference=REF, field="Wohnen")
    assert work.last.reply_to == work.card(REF).message
    due = "Freitag, 13. März, 12:30 Uhr"
    assert said("card-due", due=due) in work.card(REF).text
    moved = said("moved", reference=REF, contact="Kontakt Arbeit", field="Arbeit")
    assert maria.last.text == f"{moved}\n{said('receipt-due', due=due)}"
    await stage.live_until(berlin("2026-03-13 12:30"))
    assert maria.last.text.startswith(said("slipped", reference=REF, contact="Kontakt Arbeit"))


async def test_moved_into_a_field_that_is_late_no_past_date_is_told(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_WORK_AND_HOUSING)
    wohnen = stage.contact("wohnen-kontakt")
    stage.clock.turn(days=7)

    await wohnen.presses("btn-hand", wohnen.card(REF))
    await wohnen.presses("Arbeit", wohnen.card(REF))

    assert maria.last.text == said("moved", reference=REF, contact="Kontakt Arbeit", field="Arbeit")


async def test_moved_into_a_field_that_has_it_already_the_date_is_the_one_the_receipt_told(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_WORK_AND_HOUSING)
    promised = said("receipt-due", due="Montag, 9. März, 12:30 Uhr")
    assert promised in maria.last.text
    wohnen = stage.contact("wohnen-kontakt")

    await wohnen.presses("btn-hand")
    await wohnen.presses("Arbeit")

    moved = said("moved", reference=REF, contact="Kontakt Arbeit", field="Arbeit")
    assert maria.last.text == f"{moved}\n{promised}"


async def test_after_the_move_follow_ups_reach_only_who_has_it_now(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await wohnen.presses("btn-hand")
    await wohnen.presses("Arbeit")
    before = wohnen.texts

    await maria.replies("Und noch etwas")

    assert "Und noch etwas" in stage.contact("arbeit-kontakt").last.text
    assert wohnen.texts == before


# ------------------------------------------------------------ close


async def test_done_closes_and_says_how_to_go_on(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)

    await wohnen.presses("btn-done")

    inquiry = await stage.inquiry()
    assert inquiry.state is InquiryState.CLOSED
    assert inquiry.closed_at == stage.clock.now()
    assert maria.last.text == said("closed", reference=REF)
    assert wohnen.card(REF).buttons == [said("btn-reopen"), said("btn-for-file")]


async def test_with_two_contacts_it_closes_with_the_second(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_WORK_AND_HOUSING)

    await stage.contact("wohnen-kontakt").presses("btn-done")
    part = {"reference": REF, "contact": "Kontakt Wohnen", "field": "Wohnen", "rest": "Arbeit"}
    assert maria.last.text == said("part-closed", **part)
    assert (await stage.inquiry()).state is InquiryState.ASSIGNED
    await stage.contact("arbeit-kontakt").presses("btn-done")

    assert maria.last.text == said("closed", reference=REF)
    assert (await stage.inquiry()).state is InquiryState.CLOSED
    assert [event for event in await stage.events() if "closed" in event] == ["inquiry.part_closed", "inquiry.closed"]


# ------------------------------------------------------------ withdraw


async def test_withdrawing_ends_it_for_everybody(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)

    await maria.presses("btn-withdraw")

    assert maria.last.text == said("withdrawn", reference=REF)
    assert await shares_of(stage) == [("wohnen", WITHDRAWN)]
    assert (await stage.inquiry()).state is InquiryState.WITHDRAWN
    assert wohnen.last.text == said("withdrawn-contact", reference=REF)
    assert wohnen.last.reply_to == wohnen.card(REF).message
    assert wohnen.card(REF).buttons == []


async def test_withdrawing_can_be_undone(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await maria.presses("btn-withdraw")

    await maria.presses("btn-undo-withdraw")

    assert maria.last.text == said("reopened", reference=REF) + "\n" + said(
        "receipt-due", due="Montag, 9. März, 12:30 Uhr"
    )
    assert await shares_of(stage) == [("wohnen", ASSIGNED)]
    assert wohnen.last.text == said("withdrawn-undone", reference=REF)
    assert said("btn-take") in wohnen.card(REF).buttons


async def test_a_reply_after_withdrawing_opens_it_again(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await maria.presses("btn-withdraw")

    await maria.replies("Ich brauche doch Hilfe")

    assert await shares_of(stage) == [("wohnen", ASSIGNED)]
    assert "Ich brauche doch Hilfe" in wohnen.last.text


async def test_withdrawn_before_anybody_had_it_no_timer_is_left_and_undoing_asks_again(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(UNKNOWN)
    inquiry = await stage.inquiry()

    await maria.presses_token(await stage.make_button(maria, "withdraw", inquiry.id))
    assert (await stage.inquiry()).state is InquiryState.WITHDRAWN
    assert await stage.count("timers") == 0
    await maria.presses("btn-undo-withdraw")

    assert maria.last.text == said("ask-all")
    assert (await stage.inquiry()).state is InquiryState.ASKED
    assert await stage.count("timers") == 1


# ------------------------------------------------------------ where the rules have nobody


async def test_a_deputy_gets_the_card_of_a_contact_without_an_address(stage: Stage) -> None:
    maria = await stage.inquirer()

    await maria.writes(TO_EDUCATION)

    card = stage.contact("leitung").card(REF)
    assert said("card-deputy", contact="Kontakt Bildung") in card.text
    await stage.contact("leitung").replies("Das geht", to=card)
    assert maria.last.text == (
        said("answer", contact=said("contact-deputy", deputy="Leitung", contact="Kontakt Bildung"), reference=REF)
        + "\n\nDas geht"
    )


async def test_choosing_a_field_the_rules_lost_meanwhile_leads_to_the_general_contact(tmp_path: Path) -> None:
    book = make_book(folder=tmp_path)
    async with raise_stage(book) as stage:
        maria = await stage.inquirer("Maria")
        await maria.writes(UNKNOWN)
        take_out(tmp_path, "fields", "sprache")
        book.reload()

        await maria.presses("Sprache")

        assert maria.last.text.startswith(said("receipt-general", reference=REF, contact="Leitung"))
        assert [field for field, _ in await shares_of(stage)] == ["general"]


async def test_a_colleague_who_took_it_and_left_the_rules_does_not_keep_it_when_it_changes_hands(
    tmp_path: Path,
) -> None:
    topics = {"sprache-kontakt": 3, "bildung-kontakt": 4}
    contacts = {key: {"telegram": {"chat": LANGUAGE, "topic": topic}} for key, topic in topics.items()}
    fields = {"sprache": {"contact": "bildung-kontakt"}}
    async with raise_stage(make_book({"contacts": contacts, "fields": fields}, tmp_path)) as stage:
        maria, wohnen = await about_housing(stage)
        await stage.live_until(berlin("2026-03-06 08:30"))
        await stage.contact("sprache-kontakt").presses("btn-take")
        take_out(tmp_path, "contacts", "sprache-kontakt")
        await stage.contact("leitung").writes("/reload")

        await wohnen.writes("/abwesend bis 13.3.")

        assert await shares_of(stage) == [("wohnen", ASSIGNED)]
        await maria.writes("/status")
        assert said("contact-deputy", deputy="Leitung", contact="Kontakt Wohnen") in maria.last.text
