"""Sparing with data: what an office need not know is asked about, covered, and shown only to whoever asks for it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.model import DeliveryKind, MessageKind
from bot.routing.sensitive import HIDDEN
from bot.store import people, timers
from bot.store.timers import Timer, TimerKind
from tests.support.rulebook import all_texts, make_book
from tests.support.sealed import bytes_of
from tests.support.stage import Someone, Stage, raise_stage, said

REF = "2026-0001"
RULES: dict[str, Any] = {
    "sensitive": {
        "about_me": {"de": ["=ich", "mein"]},
        "health": {"de": ["Krebs", "Asthma"]},
        "numbers": {"de": ["Passnummer"]},
    }
}
ILL = "Ich habe Krebs und suche eine Wohnung"
COVERED = f"Ich habe {HIDDEN} und suche eine Wohnung"
ASKED = said("sparing-ask", what=said("sensitive-health"), wait="30 Minuten")


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with raise_stage(make_book(RULES), folder=tmp_path) as stage:
        yield stage


async def passed_on(stage: Stage) -> tuple[Someone, Someone]:
    maria = await stage.inquirer("Maria")
    await maria.writes(ILL)
    await maria.presses("btn-sparing-on")
    return maria, stage.contact("wohnen-kontakt")


# ------------------------------------------------------------ asked


async def test_who_tells_too_much_is_asked_before_anybody_reads_it(stage: Stage) -> None:
    maria = await stage.inquirer()

    await maria.writes(ILL)

    assert maria.last.text == ASKED
    assert maria.last.buttons == [said("btn-sparing-rewrite"), said("btn-sparing-on")]
    assert await stage.count("inquiries") == 0
    assert stage.contact("wohnen-kontakt").texts == []


async def test_passed_on_it_is_covered_on_the_card(stage: Stage) -> None:
    maria, wohnen = await passed_on(stage)

    assert REF in maria.last.text
    assert COVERED in wohnen.card(REF).text
    assert "Krebs" not in "".join(wohnen.texts)
    assert said("btn-show") in wohnen.card(REF).buttons


async def test_written_anew_the_first_form_is_gone_for_good(stage: Stage, tmp_path: Path) -> None:
    maria = await stage.inquirer()
    await maria.writes("Ich habe Asthma und suche eine Wohnung")
    await maria.presses("btn-sparing-rewrite")
    assert maria.last.text == said("sparing-rewrite")
    assert await stage.count("held") == 0

    await maria.writes("Ich suche eine Wohnung im Erdgeschoss")

    card = stage.contact("wohnen-kontakt").card(REF)
    assert "Ich suche eine Wohnung im Erdgeschoss" in card.text
    assert said("btn-show") not in card.buttons
    async with stage.database.transaction() as tx:
        tx.scrub_after()
    assert b"Asthma" not in bytes_of(tmp_path)


async def test_what_a_change_tells_too_much_is_asked_about_as_well(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(ILL)
    second = await maria.writes("Ich suche auch einen Deutschkurs")
    assert maria.texts.count(ASKED) == 1

    await maria.edits(second, "Ich suche auch einen Deutschkurs, ich habe Asthma")

    assert maria.texts.count(ASKED) == 2
    assert maria.last.reply_to == second.message
    assert maria.last.buttons == [said("btn-sparing-rewrite"), said("btn-sparing-on")]


async def test_who_chooses_nothing_loses_nothing(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(ILL)

    await stage.wait(minutes=31)

    assert COVERED in stage.contact("wohnen-kontakt").card(REF).text
    assert REF in maria.last.text


async def test_who_may_choose_for_some_office_hours_is_told_until_when() -> None:
    async with raise_stage(make_book(RULES | {"dialogue": {"ask_timeout": "4 working hours"}})) as stage:
        maria = await stage.inquirer("Maria")
        await maria.writes(ILL)
        async with stage.database.reading() as tx:
            person = await people.find_by_address(tx, maria.address)
            assert person is not None
            due_at = await timers.find_due(tx, Timer(TimerKind.SPARING, person_id=person.id))
        assert due_at is not None
        due = all_texts().moment("de", due_at, "Europe/Berlin")
        assert maria.last.text == said("sparing-ask-until", what=said("sensitive-health"), due=due)

        await stage.live_until(due_at - timedelta(seconds=1))
        assert stage.contact("wohnen-kontakt").texts == []
        await stage.live_until(due_at)

        assert COVERED in stage.contact("wohnen-kontakt").card(REF).text


async def test_one_telling_too_much_again_and_again_does_not_make_the_first_wait_longer(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(ILL)
    await stage.wait(minutes=20)
    await maria.writes("Ich habe auch Asthma")

    await stage.wait(minutes=11)

    assert COVERED in stage.contact("wohnen-kontakt").card(REF).text
    assert await stage.count("held") == 0


async def test_what_is_written_meanwhile_waits_behind_it(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(ILL)
    await maria.writes("Drei Zimmer wären gut")
    assert maria.texts.count(ASKED) == 1

    await maria.presses("btn-sparing-on")

    wohnen = stage.contact("wohnen-kontakt")
    assert await stage.count("inquiries") == 1
    assert COVERED in wohnen.card(REF).text
    assert "Drei Zimmer wären gut" in wohnen.last.text


async def test_written_anew_what_came_behind_it_goes_on(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(ILL)
    await maria.writes("Wir suchen eine Wohnung mit drei Zimmern")

    await maria.presses("btn-sparing-rewrite")

    assert "mit drei Zimmern" in stage.contact("wohnen-kontakt").card(REF).text
    assert "Krebs" not in "".join(stage.contact("wohnen-kontakt").texts)


async def test_written_anew_the_album_under_the_caption_goes_too(stage: Stage) -> None:
    maria = await stage.inquirer()
    receipt = await maria.writes("Ich suche eine Wohnung")
    await maria.sends(MessageKind.PHOTO, "Ich habe Krebs", album="a", reply_to=receipt)
    await maria.sends(MessageKind.PHOTO, album="a", reply_to=receipt)

    await maria.presses("btn-sparing-rewrite")

    assert not [one for one in stage.telegram.carried if one.draft.kind is DeliveryKind.COPY]


async def test_a_second_tap_does_nothing(stage: Stage) -> None:
    maria, _ = await passed_on(stage)
    question = next(shown for shown in maria.received if shown.text == ASKED)

    assert question.buttons == []
    assert await stage.count("inquiries") == 1


async def test_danger_is_never_held_up(stage: Stage) -> None:
    maria = await stage.inquirer()

    await maria.writes("Ich habe Krebs und bin in Lebensgefahr")

    assert said("emergency") in maria.texts
    assert ASKED not in maria.texts
    assert said("card-urgent") in stage.contact("leitung").card(REF).text


async def test_before_the_notice_was_read_nothing_is_asked(stage: Stage) -> None:
    maria = stage.person()
    await maria.writes(ILL)
    assert ASKED not in maria.texts

    await maria.goes_on()

    assert maria.last.text == ASKED


# ------------------------------------------------------------ covered, and shown


async def test_follow_ups_and_captions_are_covered_too(stage: Stage) -> None:
    maria, wohnen = await passed_on(stage)
    await maria.writes("Meine Passnummer ist C01X00T47", reply_to=maria.last)
    await maria.presses("btn-sparing-on")
    assert f"Meine Passnummer ist {HIDDEN}" in wohnen.last.text

    await maria.sends(MessageKind.PHOTO, "Ich mit Asthma", reply_to=maria.last)
    await maria.presses("btn-sparing-on")
    assert wohnen.last.text == f"Ich mit {HIDDEN}"


async def test_a_caption_too_long_to_stand_under_a_line_is_covered_too(stage: Stage) -> None:
    maria, wohnen = await passed_on(stage)
    receipt = maria.last
    await wohnen.presses("btn-take")
    await wohnen.presses("btn-done")
    caption = "Ich habe Asthma und suche eine Wohnung. "
    await maria.sends(MessageKind.PHOTO, caption + "x" * 900, reply_to=receipt)

    await maria.presses("btn-sparing-on")

    copies = [one.draft for one in stage.telegram.carried if one.draft.kind is DeliveryKind.COPY]
    assert copies
    assert all(HIDDEN in (copy.text or "") for copy in copies)


async def test_the_reason_on_the_card_gives_nothing_away() -> None:
    rules = RULES | {"sensitive": RULES["sensitive"] | {"health": {"de": ["Wohnung"]}}}
    async with raise_stage(make_book(rules)) as stage:
        maria, wohnen = await passed_on(stage)

        assert f"eine {HIDDEN}" in wohnen.card(REF).text
        assert "Wohnung" not in "".join(wohnen.texts)
        assert "Wohnung" in maria.last.text


async def test_a_search_does_not_tell_what_is_covered(stage: Stage) -> None:
    _, wohnen = await passed_on(stage)

    await wohnen.writes("/suche Krebs")
    assert REF not in wohnen.last.text
    await wohnen.writes("/suche suche Wohnung")
    assert REF in wohnen.last.text


async def test_a_changed_message_is_covered_too(stage: Stage) -> None:
    maria = await stage.inquirer()
    first = await maria.writes("Ich suche eine Wohnung")
    await maria.edits(first, "Ich suche eine Wohnung, ich habe Asthma")

    assert f"ich habe {HIDDEN}" in stage.contact("wohnen-kontakt").last.text


async def test_shown_to_whoever_asks_and_the_journal_keeps_that(stage: Stage) -> None:
    _, wohnen = await passed_on(stage)

    await wohnen.presses("btn-show")

    assert wohnen.last.text == said("shown-head", reference=REF) + "\n\n" + ILL
    assert wohnen.last.reply_to == wohnen.card(REF).message
    assert "Krebs" not in wohnen.card(REF).text
    async with stage.database.reading() as tx:
        row = await tx.one("SELECT data FROM journal WHERE event = 'inquiry.shown'")
    assert row is not None
    assert "wohnen-kontakt" in row["data"]


async def test_nobody_else_is_shown_it(stage: Stage) -> None:
    _, wohnen = await passed_on(stage)
    token = wohnen.card(REF).tokens[said("btn-show")]
    stranger = stage.contact("sprache-kontakt")

    _, alert = await stranger.presses_token(token)

    assert alert
    assert "Krebs" not in "".join(stranger.texts)


async def test_moved_on_it_is_covered_for_the_next_one_as_well(stage: Stage) -> None:
    _, wohnen = await passed_on(stage)
    await wohnen.presses("btn-show")
    await wohnen.presses("btn-hand")
    await wohnen.presses("Sprache")

    assert COVERED in stage.contact("sprache-kontakt").card(REF).text


# ------------------------------------------------------------ names, and what phones show


async def test_a_pseudonym_stands_wherever_the_name_would() -> None:
    async with raise_stage(make_book(RULES | {"privacy": {"name_on_card": "pseudonym"}})) as stage:
        maria = await stage.inquirer("Mariandl")
        await maria.writes("Unsere Wohnung steht leer")
        wohnen = stage.contact("wohnen-kontakt")
        await maria.replies("Ab Mai")
        await wohnen.replies("Gern", to=wohnen.card(REF))
        await wohnen.writes("/offen")
        await wohnen.writes("/suche Wohnung")
        await wohnen.writes("Noch etwas")

        assert said("card-from", name=said("pseudonym", number="1")) in wohnen.card(REF).text
        assert "Mariandl" not in "".join(wohnen.texts)
        assert "Mariandl" not in "".join(label for shown in wohnen.received for label in shown.buttons)
        await wohnen.writes("/suche Mariandl")
        assert REF not in wohnen.last.text


async def test_a_neutral_notification_shows_no_words() -> None:
    async with raise_stage(make_book({"privacy": {"push": "neutral"}})) as stage:
        maria = await stage.inquirer("Mariandl")
        await maria.writes("Unsere Wohnung steht leer")
        await maria.replies("Ab Mai")
        await maria.sends(MessageKind.PHOTO, "Das Zimmer", reply_to=maria.last)
        wohnen = stage.contact("wohnen-kontakt")
        carried = [one.draft for one in stage.telegram.carried if one.address == wohnen.address and one.draft.text]

        assert any("Unsere Wohnung" in draft.text for draft in carried if draft.text)
        for draft in carried:
            seen = (draft.text or "")[: draft.hidden]
            for word in ("Wohnung", "Ab Mai", "Das Zimmer"):
                assert word not in seen, draft.text
        assert wohnen.card(REF).text.startswith(wohnen.card(REF).heading)
        card = (carried[0].text or "")[: carried[0].hidden]
        assert said("state-assigned") in card
        assert "Mariandl" not in card


async def test_a_neutral_notification_shows_no_name_either() -> None:
    async with raise_stage(make_book({"privacy": {"push": "neutral"}})) as stage:
        maria = await stage.inquirer("Mariandl")
        first = await maria.writes("Unsere Wohnung steht leer")
        wohnen, head = stage.contact("wohnen-kontakt"), stage.contact("leitung")
        await head.writes(f"/anfrage {REF}")
        await wohnen.replies("// Mit Mariandl habe ich gesprochen", to=wohnen.card(REF))
        await maria.edits(first, "Unsere Wohnung steht bald leer")
        await wohnen.replies("Guten Tag, Mariandl", to=wohnen.card(REF))
        await maria.replies("Ab Mai")

        person = said("pseudonym", number="1")
        assert any(said("answer-sent", reference=REF, name=person) in text for text in wohnen.texts)
        assert wohnen.last.heading == said("relayed", reference=REF, name=person)
        assert "Mariandl" in wohnen.card(REF).text
        for one in stage.telegram.carried:
            if one.address in (wohnen.address, head.address):
                assert "Mariandl" not in (one.draft.text or "")[: one.draft.hidden], one.draft.text
