"""The inquirer's side: commands, answers to contacts, and words of danger."""

from pathlib import Path

import pytest

from bot.errors import SendFailure
from bot.model import MessageKind
from tests.support.clock import berlin
from tests.support.rulebook import (
    DANGER,
    TO_HOUSING,
    TO_LANGUAGE,
    TO_WORK_AND_HOUSING,
    UNKNOWN,
    make_book,
    write_rules,
)
from tests.support.stage import Stage, raise_stage, said

FIRST, SECOND = "2026-0001", "2026-0002"
FIELDS = "Wohnen, Sprache, Arbeit und Bildung"
MONDAY = "Montag, 9. März, 12:30 Uhr"
TUESDAY = "Dienstag, 10. März, 12:30 Uhr"

# ------------------------------------------------------------ commands

COMMANDS = [
    ("/hilfe", said("help", fields=FIELDS)),
    ("/help", said("help", fields=FIELDS)),
    ("/status", said("status-none")),
    ("/sprache", said("language-ask")),
    ("/language", said("language-ask")),
    ("/start", said("welcome-back", name="Maria")),
    ("/start poster", said("welcome-back", name="Maria")),
    ("/bestellen", said("unknown-command")),
]


@pytest.mark.parametrize(("command", "answer"), COMMANDS, ids=[row[0] for row in COMMANDS])
async def test_a_command_is_answered(stage: Stage, command: str, answer: str) -> None:
    maria = await stage.inquirer("Maria")

    await maria.writes(command)

    assert maria.last.text == answer
    assert await stage.count("inquiries") == 0


@pytest.mark.parametrize("command", ["/datenschutz", "/privacy"])
async def test_privacy_has_two_names(stage: Stage, command: str) -> None:
    maria = await stage.inquirer()

    await maria.writes(command)

    assert maria.last.text.startswith(said("art13-title"))


async def test_the_language_is_chosen_by_a_button(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes("/sprache")

    await maria.presses("English")

    assert maria.last.text == said("language-set", "en")
    await maria.writes("/status")
    assert maria.last.text == said("status-none", "en")


async def test_status_lists_what_is_open_with_state_and_date(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    await maria.writes(TO_LANGUAGE)
    await maria.presses("btn-which-new")
    await stage.contact("wohnen-kontakt").presses("btn-take")
    await stage.contact("sprache-kontakt").replies("Ab Mai")

    await maria.writes("/status")

    taken, answered = said("state-taken"), said("state-answered")
    wohnen, sprache = "Kontakt Wohnen", "Kontakt Sprache"
    housing = said("status-line-due", reference=FIRST, field="Wohnen", state=taken, contact=wohnen, due=MONDAY)
    language = said("status-line", reference=SECOND, field="Sprache", state=answered, contact=sprache)
    assert maria.last.text.splitlines()[0] == said("status-head")
    assert sorted(maria.last.text.splitlines()[1:]) == sorted(["• " + housing, "• " + language])


async def test_status_has_a_line_for_each_share_and_owns_up_to_a_missed_date(stage: Stage) -> None:
    """Work was due on Friday, housing on Monday: the receipt told Monday."""
    maria = await stage.inquirer()
    await maria.writes(TO_WORK_AND_HOUSING)
    await stage.contact("wohnen-kontakt").presses("btn-done")
    await stage.wait(days=7)

    await maria.writes("/status")

    monday = "Montag, 9. März, 12:30 Uhr"
    closed, waiting = said("state-closed"), said("state-assigned")
    assert maria.last.text.splitlines()[1:] == [
        "• "
        + said(
            "status-line-late", reference=FIRST, field="Arbeit", state=waiting, contact="Kontakt Arbeit", due=monday
        ),
        "• " + said("status-line", reference=FIRST, field="Wohnen", state=closed, contact="Kontakt Wohnen"),
    ]


async def test_status_is_late_only_after_what_the_receipt_promised(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_WORK_AND_HOUSING)
    monday = "Montag, 9. März, 12:30 Uhr"
    assert said("receipt-due", due=monday) in maria.last.text
    await stage.wait_until(berlin("2026-03-09 12:00"))

    await maria.writes("/status")

    for field in ("Arbeit", "Wohnen"):
        values = {"state": said("state-assigned"), "contact": f"Kontakt {field}", "due": monday}
        assert said("status-line-due", reference=FIRST, field=field, **values) in maria.last.text


async def test_status_shows_what_still_waits_for_its_topic(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(UNKNOWN)

    await maria.writes("/status")

    assert said("status-line-asked", reference=FIRST, state=said("state-asked")) in maria.last.text


async def test_status_leaves_out_what_is_closed(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    await stage.contact("wohnen-kontakt").presses("btn-done")

    await maria.writes("/status")

    assert maria.last.text == said("status-none")


# ------------------------------------------------------------ an answer to a contact


TOPIC = {"title": {"de": "Verkehr", "en": "Traffic"}, "keywords": {"de": ["Führerschein"]}}
ANSWERS = [
    # label, does the contact ask by the button, their words, what the person writes, hours later, is it the answer
    ("of another field", True, "Welches Land hat das Diplom ausgestellt?", "Ich suche einen Deutschkurs", 0, True),
    ("of a competing topic", True, "Welches Land hat das Diplom ausgestellt?", "Nein, kein Führerschein", 0, True),
    ("of another field an hour later", True, "Wie viele?", TO_LANGUAGE, 1, False),
    ("of a competing topic after the weekend", True, "Wie lange?", "Nein, kein Führerschein", 71, True),
    ("days later", True, "Wie lange?", "Nein, kein Führerschein", 73, False),
    ("to a question in an answer", False, "Ja. Wann passt es?", TO_LANGUAGE, 0, True),
    ("to one some time ago", False, "Ja. Wann passt es?", TO_LANGUAGE, 1, False),
    ("to an answer", False, "Ja, das geht.", TO_LANGUAGE, 0, False),
]


@pytest.mark.parametrize(
    ("label", "by_button", "asked", "answer", "hours", "follows"), ANSWERS, ids=[row[0] for row in ANSWERS]
)
async def test_what_is_written_after_a_contacts_question_answers_it(
    label: str, by_button: bool, asked: str, answer: str, hours: int, follows: bool
) -> None:
    book = make_book({"topics": {"verkehr": TOPIC}})
    async with raise_stage(book) as stage:
        maria, wohnen = await stage.inquirer("Maria"), stage.contact("wohnen-kontakt")
        await maria.writes(TO_HOUSING)
        if by_button:
            await wohnen.presses("btn-more")
            await wohnen.presses("btn-ask-back")
        await wohnen.replies(asked, to=wohnen.last if by_button else wohnen.card(FIRST))
        stage.clock.turn(hours=hours)

        await maria.writes(answer)

        assert (answer in wohnen.last.text) is follows
        assert (maria.last.text == said("which", count=1)) is not follows


async def test_the_answer_is_the_first_that_is_written_after_the_question(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer("Maria"), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await wohnen.replies("Wann passt es?", to=wohnen.card(FIRST))
    await wohnen.replies("Montags bin ich da.", to=wohnen.card(FIRST))
    await wohnen.replies("// ruft sie an?", to=wohnen.card(FIRST))
    await maria.writes(TO_LANGUAGE)
    assert TO_LANGUAGE in wohnen.last.text

    await maria.writes(TO_LANGUAGE)

    assert maria.last.text == said("which", count=1)


async def test_a_question_that_did_not_arrive_has_no_answer(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer("Maria"), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    stage.telegram.closed[maria.address.chat] = SendFailure.REFUSED
    await wohnen.replies("Wann passt es?", to=wohnen.card(FIRST))
    stage.telegram.closed.clear()

    await maria.writes(TO_LANGUAGE)

    assert maria.last.text == said("which", count=1)


# ------------------------------------------------------------ what cannot be passed on


async def test_what_cannot_be_copied_is_said_so_under_it(stage: Stage) -> None:
    maria = await stage.inquirer()

    sent = await maria.sends(MessageKind.UNSUPPORTED)

    assert maria.last.text == said("cannot-relay")
    assert maria.last.reply_to == sent.message
    assert await stage.count("inquiries") == 0


@pytest.mark.parametrize(("kind", "text"), [(MessageKind.STICKER, ""), (MessageKind.TEXT, "👋")])
async def test_a_sticker_or_emoji_alone_is_asked_for_words(stage: Stage, kind: MessageKind, text: str) -> None:
    maria = await stage.inquirer()

    await maria.sends(kind, text)

    assert maria.last.text == said("ask-for-words")
    assert await stage.count("inquiries") == 0


# ------------------------------------------------------------ danger


async def test_words_of_danger_are_answered_with_the_numbers_and_go_to_the_general_contact(stage: Stage) -> None:
    maria = await stage.inquirer()

    await maria.writes(DANGER)

    assert said("emergency") in maria.texts
    card = stage.contact("leitung").card(FIRST)
    assert said("card-urgent") in card.text
    assert DANGER in card.text


async def test_danger_in_a_reply_is_an_inquiry_of_its_own_and_the_contact_replied_to_is_told(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    wohnen = stage.contact("wohnen-kontakt")
    await wohnen.replies("Wie viele Zimmer brauchen Sie?", to=wohnen.card(FIRST))

    await maria.replies(DANGER)

    assert said("card-follows", reference=FIRST) in stage.contact("leitung").card("2026-0002").text
    assert wohnen.last.text == said("danger-elsewhere", reference=FIRST, urgent="2026-0002", contact="Leitung")
    assert DANGER not in "".join(wohnen.texts)


async def test_danger_does_not_wait_for_the_notice(stage: Stage) -> None:
    maria = stage.person()

    await maria.writes(DANGER)

    assert maria.texts[0] == said("emergency")
    assert DANGER in stage.contact("leitung").card(FIRST).text
    assert said("btn-go-on") in maria.last.buttons
    await maria.writes("Bitte schnell")
    assert "Bitte schnell" in stage.contact("leitung").last.text


async def test_after_danger_going_on_from_the_notice_says_who_has_the_inquiry(stage: Stage) -> None:
    maria = stage.person()
    await maria.writes(DANGER)

    await maria.presses("btn-go-on")

    assert maria.last.text == said("welcome-urgent", reference=FIRST, contact="Leitung")
    assert said("receipt-wrong", button=said("btn-other-topic")) not in "".join(maria.texts)


async def test_danger_leads_to_the_general_contact_whatever_field_is_named(stage: Stage) -> None:
    maria = await stage.inquirer()

    await maria.writes(f"{DANGER}, in unserer Wohnung")

    assert [(share.field, share.lead) for share in await stage.shares()] == [("general", True)]


async def test_danger_while_another_inquiry_is_open_is_one_of_its_own(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)

    await maria.writes(DANGER)

    assert len(await stage.inquiries()) == 2
    assert DANGER not in "".join(stage.contact("wohnen-kontakt").texts)


async def test_what_follows_words_of_danger_is_marked_urgent_and_answered_with_the_numbers(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(DANGER)
    await maria.writes("Er kommt gleich heim")

    line = said("relayed-urgent", line=said("relayed", reference=FIRST, name="Maria"))
    leitung = stage.contact("leitung")
    assert leitung.last.text == f"{line}\n\nEr kommt gleich heim"
    assert leitung.last.heading == line
    told = said("passed-on", reference=FIRST, contact="Leitung") + "\n" + said("danger-numbers")
    assert maria.last.text == told

    await maria.sends(MessageKind.PHOTO)
    assert leitung.last.text == line


async def test_an_urgent_inquiry_opened_again_is_still_marked_and_thanks_in_between_are_not(stage: Stage) -> None:
    maria, leitung = await stage.inquirer(), stage.contact("leitung")
    await maria.writes(DANGER)
    await leitung.presses("btn-done")
    stage.clock.turn(seconds=2)
    await leitung.presses("btn-done")

    await maria.writes("Vielen Dank!")
    assert leitung.last.text.startswith(said("relayed-thanks", reference=FIRST, name="Maria"))
    await maria.replies("Er ist wieder da", to=next(one for one in maria.received if FIRST in one.text))

    line = said("relayed-urgent", line=said("relayed-reopened", reference=FIRST, name="Maria"))
    assert leitung.last.text == f"{line}\n\nEr ist wieder da"
    assert said("danger-numbers") in maria.last.text


# ------------------------------------------------------------ whose inquiry


async def test_who_was_a_contact_once_adds_nothing_to_others_inquiries(tmp_path: Path) -> None:
    """Their own old answers stand in their chat; a reply to one is a message of their own."""
    book = make_book(folder=tmp_path)
    async with raise_stage(book) as stage:
        maria = await stage.inquirer("Maria")
        await maria.writes(TO_HOUSING)
        former = stage.contact("wohnen-kontakt")
        answer = await former.replies("Gerne!")
        write_rules(tmp_path, {"contacts": {"wohnen-kontakt": {"telegram": 7777}}})
        book.reload()
        before = maria.texts

        await former.writes("Hallo, privat", reply_to=answer)
        await former.goes_on()

        assert maria.texts == before
        assert not [text for text in stage.contact("wohnen-kontakt").texts if "privat" in text]
        assert former.last.text.startswith(said("ask-all"))
