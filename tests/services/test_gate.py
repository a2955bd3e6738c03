"""What one person writes at once, and who is blocked: held in order, told once, danger always through, nothing lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.services.desk.blocking import read_length
from tests.support.rulebook import DANGER, TO_HOUSING, make_book
from tests.support.stage import Someone, Stage, raise_stage, said

REF = "2026-0001"
PLACES = [{"ags": "08336050", "name": "Lörrach", "region": "Mitte"}]
LIMITS = {"messages": 10, "within": "10 minutes", "waiting": 10, "rings": 1000, "follow_up": "1 minute"}


def limited(**more: Any) -> Any:
    return raise_stage(make_book({"limits": LIMITS | more}))


def reached(stage: Stage, text: str, key: str = "wohnen-kontakt") -> list[str]:
    """Return the messages at a contact's that hold a text, in their order."""
    return [shown.text for shown in stage.contact(key).received if text in shown.text]


def told(someone: Someone, key: str) -> int:
    beginning = said(key, time="X", count=1, until="X", ways="X").split(".")[0].split("X")[0].split("1")[0]
    return sum(beginning in text for text in someone.texts)


async def flood(someone: Someone, count: int, start: int = 1) -> None:
    for number in range(start, start + count):
        await someone.writes(f"Noch etwas, Nummer {number}.")


def numbers(stage: Stage) -> list[int]:
    return [int(text.rsplit("Nummer ", 1)[1].rstrip(".")) for text in reached(stage, "Nummer ")]


# ------------------------------------------------------------ much at once


async def test_ten_short_messages_in_a_row_go_through(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    await flood(maria, 9)

    assert numbers(stage) == list(range(1, 10))
    assert told(maria, "room-wait") == 0


async def test_a_flood_waits_is_told_once_and_comes_in_by_itself_in_its_order() -> None:
    async with limited() as stage:
        maria = await stage.inquirer()
        await maria.writes(TO_HOUSING)
        await flood(maria, 19)
        assert numbers(stage) == list(range(1, 10))
        assert told(maria, "room-wait") == 1

        await stage.wait(minutes=10)
        assert numbers(stage) == list(range(1, 20))
        await stage.wait(minutes=10)

        assert numbers(stage) == list(range(1, 20))
        assert await stage.count("held") == await stage.count("timers WHERE kind = 'room'") == 0


async def test_what_comes_while_others_wait_waits_behind_them() -> None:
    async with limited() as stage:
        maria = await stage.inquirer()
        await maria.writes(TO_HOUSING)
        await flood(maria, 12)
        stage.clock.turn(minutes=11)  # there is room, but the sweeper has not looked yet

        await flood(maria, 1, start=13)
        await stage.wait(seconds=5)

        assert numbers(stage) == list(range(1, 14))


async def test_what_cannot_wait_any_more_is_refused_aloud_once() -> None:
    async with limited() as stage:
        maria = await stage.inquirer()
        await maria.writes(TO_HOUSING)
        await flood(maria, 30)

        assert await stage.count("held") == 10
        assert told(maria, "room-none") == 1
        await stage.wait(minutes=10)
        await stage.wait(minutes=10)
        assert numbers(stage) == list(range(1, 20))


async def test_another_spell_is_told_again() -> None:
    async with limited() as stage:
        maria = await stage.inquirer()
        await maria.writes(TO_HOUSING)
        for spell in (1, 2):
            await flood(maria, 15)
            await stage.wait(minutes=10)
            await stage.wait(minutes=10)

            assert told(maria, "room-wait") == spell


async def test_one_persons_flood_holds_nobody_else_up() -> None:
    async with limited() as stage:
        maria, bela = await stage.inquirer(), await stage.inquirer("Bela")
        await maria.writes(TO_HOUSING)
        await flood(maria, 15)

        await bela.writes(TO_HOUSING)

        assert "Bela" in stage.contact("wohnen-kontakt").last.text


async def test_an_album_counts_once() -> None:
    async with limited() as stage:
        maria = await stage.inquirer()
        await maria.writes(TO_HOUSING)
        for _ in range(12):
            await maria.writes("Bild", album="a1")

        assert told(maria, "room-wait") == 0


async def test_a_flood_before_the_notice_waits_too_and_nothing_of_it_is_lost() -> None:
    async with limited() as stage:
        maria = stage.person()
        await maria.writes(TO_HOUSING)
        await flood(maria, 14)
        assert maria.texts.count(said("room-first")) == 1

        await maria.goes_on()
        await stage.wait(minutes=10)

        assert numbers(stage) == list(range(1, 15))


async def test_a_restart_forgets_nothing_that_waits(tmp_path: Any) -> None:
    book = make_book({"limits": LIMITS})
    async with raise_stage(book, folder=tmp_path) as stage:
        maria = await stage.inquirer()
        await maria.writes(TO_HOUSING)
        await flood(maria, 14)
        clock, telegram = stage.clock, stage.telegram
    async with raise_stage(book, clock=clock, folder=tmp_path) as stage:
        stage.telegram.chats = telegram.chats
        await flood(Someone(stage, maria.address, maria.sender), 1, start=15)
        await stage.wait(minutes=10)

        assert numbers(stage) == list(range(1, 16))


async def test_words_of_danger_pass_at_once_and_join_the_urgent_inquiry_there_is() -> None:
    async with limited() as stage:
        maria = await stage.inquirer()
        await maria.writes(TO_HOUSING)
        await flood(maria, 12)

        for _ in range(3):
            await maria.writes(DANGER)

        assert len(await stage.inquiries()) == 2
        assert len(reached(stage, DANGER, "leitung")) == 3
        assert maria.texts.count(said("emergency")) == 1


async def test_what_a_message_is_about_is_decided_once_however_many_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    async with limited() as stage:
        decided: list[str] = []
        decide = stage.book.router.decide
        monkeypatch.setattr(stage.book.router, "decide", lambda text: decided.append(text) or decide(text))
        maria = await stage.inquirer()
        await maria.writes(TO_HOUSING)
        await flood(maria, 12)
        await maria.writes(DANGER)

        assert decided.count(DANGER) == 1
        assert decided.count(TO_HOUSING) == 1


async def test_a_waiting_message_is_corrected_where_it_waits() -> None:
    async with limited() as stage:
        maria = await stage.inquirer()
        await maria.writes(TO_HOUSING)
        await flood(maria, 10)
        late = await maria.writes("Das Bad ist blau")
        await maria.edits(late, "Das Bad ist grün")
        await stage.wait(minutes=10)

        assert reached(stage, "blau") == []
        assert len(reached(stage, "grün")) == 1


async def test_danger_in_a_correction_of_what_waits_passes_at_once() -> None:
    async with limited() as stage:
        maria = await stage.inquirer()
        await maria.writes(TO_HOUSING)
        await flood(maria, 10)
        late = await maria.writes("Das Bad ist blau")

        await maria.edits(late, DANGER)

        assert len(reached(stage, DANGER, "leitung")) == 1
        assert said("emergency") in maria.texts


async def test_a_flood_of_changes_to_one_message_waits_and_the_last_form_arrives() -> None:
    async with limited() as stage:
        maria = await stage.inquirer()
        first = await maria.writes(TO_HOUSING)
        for number in range(30):
            stage.clock.turn(seconds=1)
            await maria.edits(first, f"{TO_HOUSING}, Fassung {number}")
        before = len(reached(stage, "Fassung"))
        await stage.wait(minutes=11)

        assert before <= LIMITS["messages"]
        assert "Fassung 29" in reached(stage, "Fassung")[-1]


async def test_commands_and_presses_without_end_are_told_off_but_the_rest_goes_on() -> None:
    async with limited() as stage:
        maria = await stage.inquirer()
        await maria.writes(TO_HOUSING)
        for _ in range(15):
            await maria.writes("/status")
        assert told(maria, "room-no-orders") == 1

        shown, must_be_dismissed = await maria.presses("btn-withdraw")

        assert must_be_dismissed
        assert shown is not None
        assert shown.startswith(said("press-too-many", time="X").split(".")[0])
        await maria.writes("Noch etwas")
        assert len(reached(stage, "Noch etwas")) == 1


# ------------------------------------------------------------ blocked


async def blocked(stage: Stage, order: str = "/sperren {} 7 Tage") -> Someone:
    """Return somebody who wrote about housing and was then blocked by the head of the office."""
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    await stage.contact("leitung").writes(order.format((await stage.inquiry()).reference))
    return maria


async def test_whoever_is_blocked_is_told_once_with_another_way_and_reaches_nobody() -> None:
    async with raise_stage(make_book({"privacy": {"other_ways": "Telefon 07621 4100"}})) as stage:
        maria = await blocked(stage)
        for text in ("Erstens", "Zweitens"):
            await maria.writes(text)

        assert told(maria, "blocked") == 1
        assert "Telefon 07621 4100" in maria.last.text
        assert reached(stage, "Erstens") == reached(stage, "Zweitens") == []
        assert await stage.count("messages") == 1


async def test_whoever_is_blocked_still_gets_the_numbers_that_help(stage: Stage) -> None:
    maria = await blocked(stage)
    for _ in range(2):
        await maria.writes(DANGER)

    assert maria.texts.count(said("emergency-blocked")) == 2
    assert reached(stage, DANGER, "leitung") == []


async def test_whoever_is_blocked_cannot_come_in_by_a_button_a_change_or_what_waits(stage: Stage) -> None:
    maria = await stage.inquirer()
    first = await maria.writes(TO_HOUSING)
    await stage.contact("leitung").writes(f"/sperren {(await stage.inquiry()).reference}")

    await maria.edits(first, TO_HOUSING + " und groß")
    shown, _ = await maria.presses("btn-other-topic")

    assert shown is not None
    assert shown.startswith(said("press-blocked", until="X").split("X")[0][:20])
    assert reached(stage, "und groß") == []


async def test_what_waited_when_somebody_was_blocked_is_dropped_aloud(stage: Stage) -> None:
    book = make_book({"limits": LIMITS, "privacy": {"other_ways": "Telefon 07621 4100"}})
    async with raise_stage(book) as stage:
        maria = await stage.inquirer()
        await maria.writes(TO_HOUSING)
        await flood(maria, 14)
        await stage.contact("leitung").writes(f"/sperren {(await stage.inquiry()).reference}")
        assert said("blocked-dropped") in maria.last.text
        assert said("blocked-ways", ways="Telefon 07621 4100") in maria.last.text

        await stage.wait(minutes=20)

        assert numbers(stage) == list(range(1, 10))


async def test_whoever_is_blocked_keeps_their_rights_over_their_data(stage: Stage) -> None:
    maria = await blocked(stage)
    await maria.writes("/datenschutz")
    await maria.writes("/loeschen")
    await maria.presses("btn-delete-all")
    await maria.presses("btn-delete-sure")

    assert await stage.count("people") == 0


async def corrects_while_blocked(stage: Stage) -> tuple[Someone, Someone]:
    """Return somebody blocked who was shown what was understood of their inquiry, and its contact."""
    maria, wohnen = await blocked(stage), stage.contact("wohnen-kontakt")
    await maria.writes("/aendern")
    return maria, wohnen


async def test_whoever_is_blocked_corrects_what_was_understood_and_no_phone_rings() -> None:
    async with raise_stage(make_book({"places": PLACES})) as stage:
        maria, wohnen = await corrects_while_blocked(stage)
        before = len(wohnen.received)
        await maria.presses("btn-change-who")
        await maria.presses(said("i-am-volunteer"))
        assert maria.last.text.startswith(said("change-done-who", reference=REF, who=said("you-are-volunteer")))
        await maria.writes("/aendern")
        await maria.presses("btn-change-place")
        await maria.writes("Lörrach")

        assert maria.last.text.startswith(said("change-done-place", reference=REF, place="Lörrach"))
        assert "Ort: Lörrach" in wohnen.card(REF).text
        assert len(wohnen.received) == before
        assert await stage.count("messages") == 1


async def test_whoever_is_blocked_is_offered_no_other_topic_for_that_would_reach_somebody(stage: Stage) -> None:
    maria, _ = await corrects_while_blocked(stage)

    assert said("btn-other-topic") not in maria.last.buttons


async def test_only_the_answer_to_the_question_comes_in_and_not_without_end() -> None:
    async with raise_stage(make_book({"places": PLACES, "limits": LIMITS})) as stage:
        maria, wohnen = await corrects_while_blocked(stage)
        await maria.presses("btn-change-place")
        question = maria.last
        await maria.writes("Ich komme jetzt bei Ihnen vorbei, verlassen Sie sich darauf")
        for _ in range(20):
            await maria.replies("Nirgendwo", to=question)

        assert 0 < told(maria, "change-place-unknown") < 10
        assert await stage.count("messages") == 1
        assert not [text for text in wohnen.texts if "Nirgendwo" in text or "vorbei" in text]


async def test_danger_comes_before_the_answer_to_a_question(stage: Stage) -> None:
    maria, _ = await corrects_while_blocked(stage)
    await maria.presses("btn-change-place")
    await maria.replies(DANGER)

    assert said("emergency-blocked") in maria.texts


async def test_deleting_everything_lifts_no_block_and_leaves_only_a_hash(stage: Stage) -> None:
    maria = await blocked(stage)
    reference = (await stage.inquiry()).reference
    await maria.writes("/loeschen")
    await maria.presses("btn-delete-all")
    await maria.presses("btn-delete-sure")
    assert said("delete-block-stays", until="X").split("X")[0] in maria.last.text

    await maria.writes(TO_HOUSING)

    assert told(maria, "blocked") == 1
    assert await stage.inquiries() == []
    assert await stage.count("people") == 0
    async with stage.database.reading() as tx:
        [row] = await tx.all("SELECT * FROM blocks")
    kept = " ".join(str(value) for value in tuple(row))
    assert str(maria.address.chat) not in kept
    assert reference not in kept
    head = stage.contact("leitung")
    await head.writes("/sperren")
    code = row["hash"][:6]
    assert f"• {code}" in head.last.text
    await head.writes(f"/entsperren {code}")
    await maria.writes("/start")
    await maria.goes_on()
    await maria.writes(TO_HOUSING)
    assert len(await stage.inquiries()) == 1


async def test_a_block_ends_by_itself_and_retention_deletes_it(stage: Stage) -> None:
    maria = await blocked(stage)
    await stage.wait(days=8)
    await maria.writes("Noch etwas")
    assert len(reached(stage, "Noch etwas")) == 1

    await stage.sweeper.plan()
    await stage.wait(days=1)
    assert await stage.count("blocks") == 0


async def test_lifting_a_block_is_told_to_whoever_knew_of_it(stage: Stage) -> None:
    maria = await blocked(stage)
    await maria.writes("Hallo?")
    await stage.contact("leitung").writes(f"/entsperren {(await stage.inquiry()).reference}")
    assert maria.last.text == said("unblocked")

    await maria.writes("Noch etwas")
    assert len(reached(stage, "Noch etwas")) == 1
    assert {"person.blocked", "person.unblocked"} <= set(await stage.events())


async def test_whoever_has_the_inquiry_sees_until_when_its_person_is_blocked(stage: Stage) -> None:
    maria = await blocked(stage)
    wohnen, head = stage.contact("wohnen-kontakt"), stage.contact("leitung")
    until = {"until": "Donnerstag, 12. März, 09:00 Uhr"}
    line = said("card-blocked", **until)
    assert line in wohnen.card().text.splitlines()
    await wohnen.writes("/offen")
    assert said("list-blocked", **until) in wohnen.last.text
    await wohnen.replies("Bitte bleiben Sie höflich.", to=wohnen.card())
    assert maria.last.text.endswith("höflich.")
    assert line in wohnen.card().text, "an answer arrives all the same"

    await head.writes(f"/entsperren {(await stage.inquiry()).reference}")

    assert "⛔" not in wohnen.card().text
    await wohnen.writes("/offen")
    assert "⛔" not in wohnen.last.text


async def test_a_block_that_is_over_stands_on_no_card_redrawn_since(stage: Stage) -> None:
    await blocked(stage, "/sperren {} 1 Tag")
    wohnen = stage.contact("wohnen-kontakt")
    assert "⛔" in wohnen.card().text
    stage.clock.turn(days=1)

    await wohnen.presses("btn-take")

    assert "⛔" not in wohnen.card().text


async def test_the_journal_says_who_blocked_until_when(stage: Stage) -> None:
    await blocked(stage)
    [entry] = [one for one in await stage.journal() if one.event == "person.blocked"]

    assert entry.data["by"] == "leitung"
    assert entry.data["until"].startswith("20")
    assert entry.inquiry_id == (await stage.inquiry()).id


async def test_a_block_is_put_from_the_card_for_as_long_as_the_button_says(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(DANGER)  # the head of the office has its card
    head = stage.contact("leitung")
    await head.presses("btn-more")
    await head.presses("btn-block")
    await head.presses(said("btn-block-for", count=7))

    assert said("block-done", until="X", reference="X").split("X")[0] in head.last.text
    await maria.writes("Noch etwas")
    assert told(maria, "blocked") == 1
    assert said("btn-take") in head.card().buttons
    assert "⛔" in head.card().text


async def test_only_administrators_block(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    housing, reference = stage.contact("wohnen-kontakt"), (await stage.inquiry()).reference
    for order in (f"/sperren {reference}", "/sperren", f"/entsperren {reference}"):
        await housing.writes(order)
        assert housing.last.text == said("admin-not-allowed")
    await housing.presses("btn-more")
    assert said("btn-block") not in housing.card().buttons
    [share] = await stage.shares()
    token = await stage.make_button(housing, "block", share.inquiry_id, share=share.id, seen=str(share.state), days=7)
    assert await housing.presses_token(token) == (said("press-not-allowed-admin"), True)
    assert await stage.count("blocks") == 0


async def test_who_took_another_name_is_called_by_it_from_their_next_message_on(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer("Max"), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    assert "Von: Max" in wohnen.card(REF).text
    maria.sender = replace(maria.sender, first_name="Mara")

    await maria.replies("Noch etwas: Es hat zwei Zimmer")
    assert "Mara" in wohnen.last.text
    await wohnen.presses("btn-take", wohnen.card(REF))

    assert "Von: Mara" in wohnen.card(REF).text


async def test_what_waited_under_a_former_name_brings_that_not_back() -> None:
    async with limited() as stage:
        maria = await stage.inquirer("Max")
        await maria.writes(TO_HOUSING)
        await flood(maria, 12)
        maria.sender = replace(maria.sender, first_name="Mara")
        await maria.writes("/status")
        await stage.wait(minutes=10)

        assert await stage.count("held") == 0
        assert await stage.count("people WHERE first_name = 'Mara'") == 1


async def test_a_contact_cannot_be_blocked(stage: Stage) -> None:
    async with raise_stage(make_book({"contacts": {"bildung-kontakt": {"telegram": None}}})) as stage:
        maria = await stage.inquirer()
        await maria.writes(TO_HOUSING)
        await stage.invited("bildung-kontakt", maria.address.chat)
        head = stage.contact("leitung")
        await head.writes(f"/sperren {(await stage.inquiry()).reference}")

        assert head.last.text == said("block-staff")


ORDERS = [
    ("no such inquiry", "/sperren 2026-9999", "block-unknown"),
    ("no length of time", "/sperren {} bald", "block-how"),
    ("nobody blocked", "/entsperren {}", "block-none-such"),
]


@pytest.mark.parametrize(("label", "order", "key"), ORDERS, ids=[row[0] for row in ORDERS])
async def test_an_order_that_cannot_be_carried_out_says_why(stage: Stage, label: str, order: str, key: str) -> None:
    await (await stage.inquirer()).writes(TO_HOUSING)
    head, reference = stage.contact("leitung"), (await stage.inquiry()).reference
    await head.writes(order.format(reference))

    assert head.last.text == said(key, name="2026-9999" if key == "block-unknown" else reference)


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        *[("7 Tage", 168), ("1 Tag", 24), ("2 Wochen", 336), ("24h", 24), ("3 Std.", 3), ("12 Stunden", 12)],
        *[("30", 720), ("7 days", 168), ("1 week", 168), ("36 hours", 36)],
    ],
)
def test_a_length_of_time_is_read_as_people_write_it(written: str, hours: int) -> None:
    span = read_length(written)
    assert span is not None
    assert span.total_seconds() == hours * 3600


@pytest.mark.parametrize("written", ["bald", "0 Tage", "-3", "7 Jahre", "99999 Tage", "1e9", "٣"])
def test_what_is_no_length_of_time_is_refused(written: str) -> None:
    assert read_length(written) is None


async def test_no_block_outlasts_the_longest_retention(stage: Stage) -> None:
    await blocked(stage, "/sperren {} 9999 Tage")
    async with stage.database.reading() as tx:
        [row] = await tx.all("SELECT until_at FROM blocks")

    await stage.wait(days=366)
    assert row["until_at"] < stage.clock.now().isoformat()


# ------------------------------------------------------------ what waits for a tap


async def test_what_waits_for_the_notice_never_grows_so_much_that_it_floods_when_it_is_read() -> None:
    async with limited() as stage:
        maria = stage.person()
        await maria.writes(TO_HOUSING)
        for _ in range(4):
            await flood(maria, 10)
            await stage.wait(minutes=10)

        assert await stage.count("held WHERE reason = 'notice'") == LIMITS["messages"]
        assert await stage.count("held WHERE reason = 'room'") == LIMITS["waiting"]
        assert maria.texts.count(said("room-first")) == 1
        await maria.goes_on()
        assert len(reached(stage, "Nummer")) == LIMITS["messages"] - 1
        await stage.wait(minutes=10)
        assert len(reached(stage, "Nummer")) > LIMITS["messages"]


async def test_what_waits_for_a_notice_never_read_is_deleted_with_the_rest() -> None:
    async with limited() as stage:
        maria = stage.person()
        await maria.writes(TO_HOUSING)
        await flood(maria, 20)
        for _ in range(30):
            await stage.wait(hours=1)

        assert await stage.count("held") == await stage.count("people") == 0


async def test_what_waits_for_a_choice_never_grows_so_much_either() -> None:
    async with limited() as stage:
        maria = await stage.inquirer()
        await maria.writes(TO_HOUSING)
        await maria.writes("Ich suche einen Deutschkurs")  # which one is meant is asked
        for _ in range(4):
            await flood(maria, 9)
            await stage.wait(minutes=5)

        assert await stage.count("held WHERE reason = 'which'") <= LIMITS["messages"]


async def test_made_up_buttons_without_end_are_not_even_looked_up() -> None:
    async with limited() as stage:
        eve = await stage.inquirer("Eve")
        for number in range(30):
            await eve.presses_token(f"made-up-{number}")

        assert (await stage.events()).count("press.refused") <= LIMITS["messages"]


async def test_contacts_may_press_as_often_as_they_like() -> None:
    async with limited() as stage:
        await (await stage.inquirer()).writes(TO_HOUSING)
        housing = stage.contact("wohnen-kontakt")
        for _ in range(LIMITS["messages"]):
            await housing.presses("btn-more")
            await housing.presses("btn-back")

        assert await housing.presses("btn-take") == (said("press-taken"), False)
