"""Before anything is taken in: the notice, with what the person wrote kept until they go on."""

import json
from pathlib import Path

import pytest

from bot.errors import SendError, SendFailure
from bot.model import MessageKind
from bot.services.rules.notice_text import FACTS, full_notice
from tests.support.fake_telegram import plain
from tests.support.rulebook import DANGER, TO_HOUSING, TO_LANGUAGE, UNKNOWN, all_texts, make_book, write_rules
from tests.support.stage import Stage, raise_stage, said

REF = "2026-0001"
NOTICE = said("notice", office="Landratsamt Musterkreis", content="90 Tage")
ENGLISH = said("notice", "en", office="Landratsamt Musterkreis", content="90 days")
GO_ON = said("btn-go-on")
IN_GERMAN, IN_ENGLISH = said("btn-go-on-in", language="de"), said("btn-go-on-in", "en", language="en")
BOTH = f"{NOTICE}\n\n———\n\n{ENGLISH}"
# What is clearly in one of the office's languages by the county's rules, and what could be in any.
IN_CLEAR_GERMAN, IN_CLEAR_ENGLISH, IN_ANY = "Ich suche eine Wohnung", "a flat", "Salam"


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


async def test_a_notice_of_unknown_fate_is_sent_again_for_a_message_waits_behind_it(stage: Stage) -> None:
    maria = stage.person()
    stage.telegram.script = [SendError(SendFailure.UNKNOWN, "a bad gateway")]
    await maria.writes(TO_HOUSING)
    assert maria.received == []

    await stage.wait(minutes=1)

    assert maria.texts == [NOTICE + "\n\n" + said("notice-held", button=GO_ON, hold="24 Stunden")]
    await maria.presses("btn-go-on")
    assert TO_HOUSING in stage.contact("wohnen-kontakt").card(REF).text


@pytest.mark.parametrize(
    ("before", "words", "beginning"),
    [
        ([], UNKNOWN, "Damit Ihre Anfrage gleich richtig ankommt"),
        ([TO_HOUSING], TO_LANGUAGE, said("which", count=1)),
        ([], f"{TO_HOUSING}, meine IBAN ist DE89 3704 0044 0532 0130 00", "In Ihrer Nachricht"),
        ([], DANGER, said("emergency")),
    ],
)
async def test_so_is_a_question_and_what_nobody_may_miss(
    stage: Stage, before: list[str], words: str, beginning: str
) -> None:
    maria = await stage.inquirer()
    for text in before:
        await maria.writes(text)
    seen = len(maria.received)
    stage.telegram.closed[maria.address.chat] = SendFailure.UNKNOWN
    await maria.writes(words)
    del stage.telegram.closed[maria.address.chat]

    await stage.wait(minutes=1)

    assert any(text.startswith(beginning) for text in maria.texts[seen:]), maria.texts


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
    assert olena.last.buttons[2:] == [said("btn-privacy"), said("btn-privacy", "en")]
    await olena.presses(said("btn-go-on-in", "en", language="en"))
    assert olena.last.text == said("welcome", "en")


FIRST_WORDS = [
    # label, the app's language, the first message, the notice's languages in their order
    ("the app's", "en", IN_ANY, ["en"]),
    ("both alike", "de", IN_CLEAR_GERMAN, ["de"]),
    ("German in an English app", "en", IN_CLEAR_GERMAN, ["de", "en"]),
    ("English in a German app", "de", IN_CLEAR_ENGLISH, ["en", "de"]),
    ("German in an Arabic app", "ar", IN_CLEAR_GERMAN, ["de", "en"]),
    ("English in an Arabic app", "ar", IN_CLEAR_ENGLISH, ["en", "de"]),
    ("something else in an Arabic app", "ar", IN_ANY, ["de", "en"]),
    ("no app language", None, IN_CLEAR_GERMAN, ["de", "en"]),
]


@pytest.mark.parametrize(("label", "app", "text", "languages"), FIRST_WORDS, ids=[row[0] for row in FIRST_WORDS])
async def test_the_notice_comes_in_the_languages_its_reader_is_likely_to_know(
    stage: Stage, label: str, app: str | None, text: str, languages: list[str]
) -> None:
    maria = stage.person("Maria", app)

    await maria.writes(text)

    alone = len(languages) == 1
    shown = []
    for language in languages:
        button = said("btn-go-on", language) if alone else said("btn-go-on-in", language, language=language)
        hold = {"de": "24 Stunden", "en": "24 hours"}[language]
        held = said("notice-held", language, button=button, hold=hold)
        shown.append(f"{ {'de': NOTICE, 'en': ENGLISH}[language] }\n\n{held}")
    assert maria.texts == ["\n\n———\n\n".join(shown)]
    go_on = [label for label in maria.last.buttons if not label.startswith(("Mehr", "More"))]
    assert len(go_on) == 2
    assert [label for label in maria.last.buttons if label.startswith(("Mehr", "More"))] == [
        said("btn-privacy", language) for language in languages
    ]


@pytest.mark.parametrize("app", ["en", "ar", "tr", None])
async def test_until_the_choice_each_notice_offers_it_again(stage: Stage, app: str | None) -> None:
    maria = stage.person("Maria", app)
    await maria.writes(IN_CLEAR_GERMAN)
    await maria.writes("Drei Zimmer")

    german, english = (
        said("notice-still-waiting", language, button=button)
        for language, button in (("de", IN_GERMAN), ("en", IN_ENGLISH))
    )
    assert maria.last.text == f"{german}\n\n———\n\n{english}"
    assert maria.last.buttons == [IN_GERMAN, IN_ENGLISH]
    await maria.presses(said("btn-privacy"))
    assert maria.last.heading == said("art13-title")
    assert maria.last.buttons == [GO_ON, IN_ENGLISH, said("btn-privacy", "en")]
    await maria.presses(said("btn-privacy", "en"), maria.last)
    assert maria.last.heading == said("art13-title", "en")
    assert maria.last.buttons == [said("btn-go-on", "en"), IN_GERMAN, said("btn-privacy")]

    await maria.presses(IN_GERMAN, maria.last)

    assert said("receipt-due", due="Montag, 9. März, 12:30 Uhr") in "".join(maria.texts)
    await maria.writes("/status")
    assert maria.last.text.startswith(said("status-head"))


async def test_a_command_says_nothing_of_a_language_but_the_words_after_it_do(stage: Stage) -> None:
    maria = stage.person("Maria", "en")
    await maria.writes("/start")
    assert maria.texts == [ENGLISH]

    await maria.writes(IN_CLEAR_GERMAN)

    assert maria.last.text.startswith(NOTICE)
    assert ENGLISH in maria.last.text
    await maria.writes("/sprache")
    assert maria.last.text == said("language-ask")


async def test_no_button_left_behind_switches_the_language_back(stage: Stage) -> None:
    maria = stage.person("Maria", "en")
    await maria.writes("/start")
    await maria.presses(said("btn-privacy", "en"))
    left = maria.last
    await maria.presses(IN_GERMAN)
    assert maria.last.text == said("welcome")
    before = maria.texts

    # Tapped before the app has heard that it is gone.
    assert await maria.presses(said("btn-go-on", "en"), left) == (None, False)

    assert maria.texts == before
    await maria.writes("/status")
    assert maria.last.text == said("status-none")


async def test_the_buttons_of_every_notice_go_with_the_choice(stage: Stage) -> None:
    maria = stage.person()
    await maria.writes(TO_HOUSING)
    await maria.writes("Drei Zimmer")
    await maria.presses("btn-privacy")

    await maria.presses(GO_ON)

    assert [shown.buttons for shown in maria.received if GO_ON in shown.buttons or IN_ENGLISH in shown.buttons] == []
    assert maria.texts[:2] == [NOTICE, said("notice-kept")]


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
        assert [shown.buttons for shown in maria.received] == [[], [GO_ON, IN_ENGLISH, said("btn-privacy", "en")]]
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
