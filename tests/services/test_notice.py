"""Before anything is taken in: the notice, with what the person wrote kept until they go on."""

import json
from pathlib import Path

from bot.model import MessageKind
from bot.services.notice_text import FACTS, full_notice
from tests.support.fake_telegram import plain
from tests.support.rulebook import TO_HOUSING, TO_LANGUAGE, all_texts, make_book, write_rules
from tests.support.stage import Stage, raise_stage, said

REF = "2026-0001"
NOTICE = said("notice", office="Landratsamt Musterkreis", content="90 Tage")
ENGLISH = said("notice", "en", office="Landratsamt Musterkreis", content="90 days")
GO_ON = said("btn-go-on")


async def test_the_first_message_is_held_and_the_notice_comes_first(stage: Stage) -> None:
    maria = stage.person()

    await maria.writes(TO_HOUSING)

    assert maria.texts == [NOTICE + "\n\n" + said("notice-held", button=GO_ON, hold="24 Stunden")]
    assert await stage.count("inquiries") == 0
    assert await stage.count("messages") == 0
    assert stage.contact("wohnen-kontakt").texts == []


async def test_the_notice_says_how_long_all_is_kept_and_how_long_the_message_waits(stage: Stage) -> None:
    maria = stage.person()

    await maria.writes(TO_HOUSING)

    assert "Wir löschen alles 90 Tage nach dem Ende Ihrer Anfrage." in maria.last.text
    assert "lösche ich sie nach 24 Stunden" in maria.last.text


async def test_the_first_button_goes_on_and_the_message_is_not_typed_twice(stage: Stage) -> None:
    maria = stage.person()
    await maria.writes(TO_HOUSING)

    assert maria.last.buttons[0] == GO_ON
    await maria.presses(maria.last.buttons[0])

    assert REF in maria.last.text
    assert TO_HOUSING in stage.contact("wohnen-kontakt").card(REF).text
    assert await stage.count("held") == 0
    assert (await stage.events())[0] == "notice.accepted"


async def test_the_notices_buttons_are_gone_once_one_was_pressed(stage: Stage) -> None:
    maria = stage.person()
    await maria.writes(TO_HOUSING)

    await maria.presses("btn-go-on")

    assert maria.received[0].buttons == []
    assert maria.received[0].text == NOTICE


async def test_in_two_languages_both_say_no_longer_that_a_message_waits(stage: Stage) -> None:
    olena = stage.person("Olena", "uk")
    await olena.writes(TO_HOUSING)
    assert said("notice-held", "en", button="X", hold="Y").partition(":")[0] in olena.last.text

    await olena.presses(said("btn-go-on-in", "en", language="en"))

    assert olena.received[0].text == f"{NOTICE}\n\n———\n\n{ENGLISH}"


async def test_further_messages_wait_too_and_show_only_the_button(stage: Stage) -> None:
    maria = stage.person()
    await maria.writes(TO_HOUSING)
    await maria.writes("Drei Zimmer, frei ab Mai")

    assert maria.last.text == said("notice-still-waiting", button=GO_ON)
    await maria.presses("btn-go-on", maria.last)

    wohnen = stage.contact("wohnen-kontakt")
    assert await stage.count("inquiries") == 1
    assert "Drei Zimmer, frei ab Mai" in wohnen.last.text


async def test_an_album_is_answered_once(stage: Stage) -> None:
    maria = stage.person()
    for _ in range(3):
        await maria.sends(MessageKind.PHOTO, album="a1")

    assert len(maria.received) == 1
    await maria.presses("btn-go-on")

    assert await stage.count("inquiries") == 1
    assert await stage.count("messages") == 3


async def test_start_shows_the_notice_and_going_on_invites_to_write(stage: Stage) -> None:
    maria = stage.person()

    await maria.writes("/start")
    assert maria.texts == [NOTICE]
    await maria.presses("btn-go-on")

    assert maria.last.text == said("welcome")


async def test_start_later_greets_by_name(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")

    await maria.writes("/start")

    assert maria.last.text == said("welcome-back", name="Maria")


async def test_a_language_the_office_speaks_is_used_at_once(stage: Stage) -> None:
    mary = stage.person("Mary", "en-GB")

    await mary.writes("/start")

    assert mary.texts == [ENGLISH]
    assert mary.last.buttons[:2] == [said("btn-go-on", "en"), said("btn-go-on-in", "en", language="de")]
    await mary.presses(said("btn-go-on", "en"))
    assert mary.last.text == said("welcome", "en")


async def test_a_language_the_office_does_not_speak_gets_the_notice_twice_and_chooses(stage: Stage) -> None:
    olena = stage.person("Olena", "uk")

    await olena.writes("/start")

    assert NOTICE in olena.last.text
    assert ENGLISH in olena.last.text
    assert olena.last.buttons[:2] == [said("btn-go-on-in", language="de"), said("btn-go-on-in", "en", language="en")]
    assert olena.last.buttons[2:] == [said("btn-privacy", "en")]
    await olena.presses(said("btn-go-on-in", "en", language="en"))
    assert olena.last.text == said("welcome", "en")


async def test_privacy_in_full_can_be_read_before_going_on(stage: Stage) -> None:
    maria = stage.person()
    await maria.writes(TO_HOUSING)

    await maria.presses("btn-privacy")

    assert maria.last.heading == said("art13-title")
    for section in full_notice(all_texts(), stage.book.rules, "de"):
        assert plain(f"{section.title}\n{section.text}") in maria.last.text
    await maria.presses("btn-go-on", maria.last)
    assert await stage.count("inquiries") == 1


async def test_after_going_on_privacy_needs_no_button(stage: Stage) -> None:
    maria = await stage.inquirer()

    await maria.writes("/datenschutz")

    assert maria.last.buttons == []


async def test_going_on_twice_by_a_double_tap_says_nothing_more(stage: Stage) -> None:
    maria = stage.person()
    await maria.writes(TO_HOUSING)
    notice = maria.last
    await maria.presses("btn-go-on", notice)
    before = maria.texts

    await maria.presses("btn-go-on", notice)

    assert maria.texts == before
    assert await stage.count("inquiries") == 1


async def test_another_language_on_an_older_notice_only_changes_the_language(stage: Stage) -> None:
    maria = stage.person()
    await maria.writes("/start")
    older = maria.last
    await maria.presses("btn-go-on")

    await maria.presses(said("btn-go-on-in", "en", language="en"), older)

    assert maria.last.text == said("language-set", "en")


async def test_who_never_went_on_is_not_asked_about_the_next_ones_messages(stage: Stage) -> None:
    maria, bela = stage.person("Maria"), stage.person("Bela")
    await maria.writes(TO_HOUSING)
    await bela.writes(TO_LANGUAGE)

    await bela.presses("btn-go-on")

    assert TO_HOUSING not in "".join(bela.texts)
    assert len(maria.received) == 1


async def test_the_offices_own_privacy_page_is_named_where_there_is_one() -> None:
    url = "https://amt.example/datenschutz"
    async with raise_stage(make_book({"office": {"privacy_url": url}})) as stage:
        maria = await stage.inquirer()
        await maria.writes("/datenschutz")

        assert maria.last.text.endswith(said("privacy-link", url=url))


async def test_a_very_long_notice_comes_in_several_messages() -> None:
    async with raise_stage(make_book({"privacy": dict.fromkeys(FACTS, ("Amt " * 100).strip())})) as stage:
        maria = stage.person()
        await maria.writes("/datenschutz")

        assert len(maria.texts) > 1
        assert [shown.buttons for shown in maria.received] == [[], [GO_ON]]
        assert said("art13-title-limits") in maria.last.text


# ------------------------------------------------------------ versions


async def test_what_a_person_was_shown_is_kept_with_its_version(stage: Stage) -> None:
    await stage.inquirer()

    async with stage.database.reading() as tx:
        row = await tx.one(
            "SELECT notice_version, noticed_at, texts FROM people JOIN notices ON version = notice_version"
        )

    assert row is not None
    said_then = json.loads(row["texts"])
    assert row["notice_version"] == stage.book.notice_version
    assert row["noticed_at"] is not None
    assert plain(said_then["de"]).startswith(NOTICE)
    assert said("art13-title-rights", "en") in said_then["en"]


async def test_a_changed_notice_is_shown_once_and_holds_nothing_up(tmp_path: Path) -> None:
    async with raise_stage(make_book(folder=tmp_path)) as stage:
        maria = await stage.inquirer()
        write_rules(tmp_path, {"privacy": {"retention": {"content": "60 days"}}})
        stage.book.reload()

        await maria.writes(TO_HOUSING)

        told, receipt = maria.texts[-2:]
        assert told.startswith(said("notice-changed"))
        assert "Wir löschen alles 60 Tage nach dem Ende Ihrer Anfrage." in told.replace("\u2068", "").replace(
            "\u2069", ""
        )
        assert REF in receipt
        before = len(maria.texts)
        await maria.writes("/status")
        assert len(maria.texts) == before + 1
        assert (await stage.events()).count("notice.changed") == 1


async def test_rules_that_change_nothing_in_the_notice_show_nothing(tmp_path: Path) -> None:
    async with raise_stage(make_book(folder=tmp_path)) as stage:
        maria = await stage.inquirer()
        write_rules(tmp_path, {"fields": {"wohnen": {"answer_within": "1 working day"}}})
        stage.book.reload()

        await maria.writes("/start")

        assert maria.last.text == said("welcome-back", name="Maria")
        assert said("notice-changed") not in "".join(maria.texts)


async def test_who_has_not_gone_on_yet_is_not_told_of_a_change(tmp_path: Path) -> None:
    async with raise_stage(make_book(folder=tmp_path)) as stage:
        maria = stage.person()
        await maria.writes(TO_HOUSING)
        write_rules(tmp_path, {"privacy": {"officer": "datenschutz@amt.example"}})
        stage.book.reload()

        await maria.writes("Drei Zimmer")

        assert maria.last.text == said("notice-still-waiting", button=GO_ON)
