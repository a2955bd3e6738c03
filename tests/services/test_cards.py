"""The card: everything a contact needs at a glance, the text unshortened, the state as it is now."""

from datetime import datetime

import pytest

from bot.errors import SendFailure
from bot.model import ButtonPress, DeliveryKind, MessageKind
from bot.services.cards import CARD_TEXT_LIMIT
from bot.services.delivery.split import utf16_length
from tests.support.builders import make_decision, make_hit
from tests.support.rulebook import (
    TO_EDUCATION,
    TO_HOUSING,
    TO_WORK,
    TO_WORK_AND_HOUSING,
    UNKNOWN,
    all_texts,
    make_book,
)
from tests.support.stage import Stage, raise_stage, said

REF = "2026-0001"
MONDAY = "Montag, 9. März, 12:30 Uhr"


async def test_who_withdrew_is_said_also_where_a_contact_had_it(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer("Maria"), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await wohnen.presses("btn-take")

    await maria.presses("btn-withdraw")

    assert said("card-withdrawn") in wohnen.card().text.splitlines()


async def test_a_card_says_what_where_from_and_until_when(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    maria = await stage.inquirer("Maria")
    monkeypatch.setattr(stage.book.router, "decide", lambda _: make_decision("wohnen", hits=(make_hit(),)))
    await maria.writes(TO_HOUSING)

    card = stage.contact("wohnen-kontakt").card(REF)
    assert card.text.splitlines() == [
        said("card-head", reference=REF, field="Wohnen"),
        said("card-why", words="„Wohnung“"),
        said("card-from", name="Maria"),
        said("card-due", due=MONDAY),
        said("card-state", state=said("state-assigned")),
        "",
        TO_HOUSING,
    ]
    assert card.heading == said("card-head", reference=REF, field="Wohnen")
    assert card.buttons == [said(key) for key in ("btn-take", "btn-done", "btn-hand", "btn-more")]


async def test_a_card_stands_in_the_contacts_topic(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_WORK)

    assert stage.contact("arbeit-kontakt").card(REF).topic == 7


KNOWN = {
    "places": [{"ags": "08336050", "name": "Lörrach"}],
    "audiences": {"business": {"de": ["Betrieb"]}},
    "everyday": {"en": ["we", "are", "looking", "for", "a", "the"], "de": ["wir", "und"]},
    "cues": {"place": {"de": ["in"]}},
}


async def test_a_card_tells_who_wants_what_where_and_in_which_language() -> None:
    async with raise_stage(make_book(KNOWN)) as stage:
        maria = await stage.inquirer()
        await maria.writes("Wir suchen für unseren Betrieb in Lörrach eine Stelle")
        german = stage.contact("arbeit-kontakt").card(REF).text
        mary = await stage.inquirer("Mary", "en")
        await mary.writes("we are looking for a flat for the summer")
        english = stage.contact("wohnen-kontakt").card("2026-0002").text

    assert said("card-who", who=said("audience-business")) in german
    assert said("card-wants", wants=said("direction-request")) in german
    assert said("card-place", place="Lörrach") in german
    assert said("card-language-and-bots", language="Englisch", bot="Englisch") in english
    assert "Deutsch" not in german


REASONS = [
    # label, what the person writes, what they press, whose card, line
    ("with both", TO_WORK_AND_HOUSING, None, "wohnen-kontakt", said("card-also", others="Arbeit")),
    ("chosen", UNKNOWN, "Wohnen", "wohnen-kontakt", said("card-chosen-by-person")),
    ("no field", UNKNOWN, said("btn-something-else"), "leitung", said("card-no-field")),
    ("in a deputy's hands", TO_EDUCATION, None, "leitung", said("card-deputy", contact="Kontakt Bildung")),
]


@pytest.mark.parametrize(("label", "text", "press", "contact", "line"), REASONS, ids=[row[0] for row in REASONS])
async def test_a_card_says_why_it_is_here(
    stage: Stage, label: str, text: str, press: str | None, contact: str, line: str
) -> None:
    maria = await stage.inquirer()
    await maria.writes(text)
    if press is not None:
        await maria.presses(press)

    assert line in stage.contact(contact).card(REF).text.splitlines()


async def test_no_more_than_four_words_are_named_strongest_first() -> None:
    words = [
        {"word": f"Wort{letter}", "weight": weight} for letter, weight in zip("ABCDE", (1, 1, 1, 1, 3), strict=True)
    ]
    async with raise_stage(make_book({"fields": {"wohnen": {"keywords": {"de": words}}}})) as stage:
        maria = await stage.inquirer()
        await maria.writes("WortA WortB WortC WortD WortE")

        words = "„WortE“, „WortA“, „WortB“ und „WortC“"
        assert said("card-why", words=words) in stage.contact("wohnen-kontakt").card(REF).text


# ------------------------------------------------------------ long texts

LONG = f"{TO_HOUSING}.\n\n" + "\n\n".join(f"Absatz {number}: " + "viele Worte " * 60 for number in range(20))


async def test_a_long_text_arrives_whole_in_several_messages(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(LONG)

    card, *rest = stage.contact("wohnen-kontakt").received
    head = said("card-continued", reference=REF)
    assert len(rest) > 2
    assert all(part.heading == head and part.reply_to == card.message for part in rest)
    whole = [card.text.partition("\n\n")[2], *(part.text.removeprefix(f"{head}\n\n") for part in rest)]
    assert "".join("".join(whole).split()) == "".join(LONG.split())
    assert all(utf16_length(part) <= CARD_TEXT_LIMIT for part in whole)


async def test_a_card_redrawn_keeps_the_same_share_of_a_long_text(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(LONG)
    wohnen = stage.contact("wohnen-kontakt")
    before = wohnen.card(REF).text.partition("\n\n")[2]

    await wohnen.presses("btn-take")

    assert wohnen.received[0].text.partition("\n\n")[2] == before


async def test_a_reply_to_the_continuation_answers_as_well(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(LONG)
    wohnen = stage.contact("wohnen-kontakt")

    await wohnen.replies("Danke für die ausführliche Nachricht", to=wohnen.received[2])

    assert "Danke für die ausführliche Nachricht" in maria.last.text


async def test_emoji_count_twice_and_do_not_break_the_limit(stage: Stage) -> None:
    """The fake channel refuses what is longer than Telegram allows, in UTF-16 units."""
    maria = await stage.inquirer()

    await maria.writes(f"{TO_HOUSING} " + "😀" * 4_000)

    assert sum(text.count("😀") for text in stage.contact("wohnen-kontakt").texts) == 4_000


# ------------------------------------------------------------ media


async def test_a_reason_within_another_is_left_out() -> None:
    words = ["Zimmer frei", "Zimmer", "frei ab Mai", "Balkon"]
    async with raise_stage(make_book({"fields": {"wohnen": {"keywords": {"de": words}}}})) as stage:
        maria = await stage.inquirer()
        await maria.writes("Das Zimmer ist klein. Ein Zimmer frei, mit Balkon.")

        reason = said("card-why", words="„Zimmer frei“ und „Balkon“")
        assert reason in stage.contact("wohnen-kontakt").card(REF).text


async def test_a_photo_without_words_has_a_card_that_points_to_it(stage: Stage) -> None:
    maria = await stage.inquirer()
    photo = await maria.sends(MessageKind.PHOTO)
    await maria.presses("Wohnen")

    card, copy = stage.contact("wohnen-kontakt").received
    assert said("card-media") in card.text
    assert (copy.copy_of, copy.reply_to) == ((maria.address.chat, photo.message), card.message)


async def test_a_photos_caption_is_on_the_card_and_the_photo_under_it(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.sends(MessageKind.PHOTO, TO_HOUSING)

    card, copy = stage.contact("wohnen-kontakt").received
    assert TO_HOUSING in card.text
    assert copy.kind is MessageKind.PHOTO


async def test_names_that_look_like_markup_stay_as_they_are(stage: Stage) -> None:
    maria = await stage.inquirer("<b>*Maria*_[x](y)</b>")
    await maria.writes("Unsere Wohnung: *frei* <i>_leer_</i> `")

    text = stage.contact("wohnen-kontakt").card(REF).text
    assert said("card-from", name="<b>*Maria*_[x](y)</b>") in text
    assert "Unsere Wohnung: *frei* <i>_leer_</i> `" in text


# ------------------------------------------------------------ the present state


async def test_a_card_says_when_it_is_due_soon_and_when_it_is_overdue(stage: Stage) -> None:
    """Due on Monday at 12:30; four working hours before that is the same day, 8:30."""
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    wohnen = stage.contact("wohnen-kontakt")
    seen = {}
    for moment in ("2026-03-09T08:00+01:00", "2026-03-09T08:31+01:00", "2026-03-09T12:31+01:00"):
        await stage.wait_until(datetime.fromisoformat(moment))
        seen[moment[11:16]] = [line for line in wohnen.card(REF).text.splitlines() if MONDAY in line]

    assert seen == {
        "08:00": [said("card-due", due=MONDAY)],
        "08:31": [said("card-due-soon", due=MONDAY)],
        "12:31": [said("card-overdue", due=MONDAY)],
    }
    await wohnen.replies("Gerne", to=wohnen.card(REF))
    assert MONDAY not in wohnen.card(REF).text, "what is answered is due no more"
    await wohnen.presses("btn-done")
    assert MONDAY not in wohnen.card(REF).text


async def test_a_card_and_its_copies_say_who_has_it_and_how_many_notes_there_are(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    wohnen, head = stage.contact("wohnen-kontakt"), stage.contact("leitung")
    await head.writes(f"/anfrage {REF}", command="anfrage", argument=REF)

    await wohnen.presses("btn-take")
    await wohnen.replies("// ruft am Montag an", to=wohnen.card(REF))

    for card in (wohnen.card(REF), head.card(REF)):
        assert said("card-state-by", state=said("state-taken"), holder="Kontakt Wohnen") in card.text
        assert said("card-notes", count=1) in card.text


async def test_a_card_offers_snippets_where_there_are_any(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    wohnen = stage.contact("wohnen-kontakt")
    assert said("btn-snippets") not in wohnen.card(REF).buttons

    await wohnen.writes("/vorlage Danke\nVielen Dank!")

    assert said("btn-snippets") in wohnen.card(REF).buttons


async def test_follow_ups_and_changes_reach_card_and_copies_and_are_confirmed_once(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    wohnen, head = stage.contact("wohnen-kontakt"), stage.contact("leitung")
    await head.writes(f"/anfrage {REF}", command="anfrage", argument=REF)

    more = await maria.writes("Sie hat einen Balkon")
    await maria.edits(more, "Sie hat zwei Balkone")

    for desk in (wohnen, head):
        assert [text.partition("\n\n")[2] for text in desk.texts[-2:]] == [
            "Sie hat einen Balkon",
            "Sie hat zwei Balkone",
        ]
    assert (
        len([text for text in maria.texts if said("passed-on", contact="Kontakt Wohnen", reference=REF) in text]) == 1
    )


async def test_a_card_changes_once_however_much_happens_in_a_turn(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_WORK_AND_HOUSING)
    work, wohnen = stage.contact("arbeit-kontakt"), stage.contact("wohnen-kontakt")
    before = len(stage.telegram.carried)

    await work.presses("btn-hand")
    await work.presses("Wohnen")

    edits = [one.edited_message for one in stage.telegram.carried[before:] if one.draft.kind is DeliveryKind.EDIT]
    assert len(edits) == 2, "the card that was moved, and the one it was moved to"
    assert said("card-also", others="Arbeit") not in wohnen.card(REF).text


async def test_cards_of_other_parts_name_who_has_it_after_it_was_given_on(stage: Stage) -> None:
    maria, language = await stage.inquirer(), stage.contact("sprache-kontakt")
    await maria.writes(TO_WORK_AND_HOUSING)
    work, wohnen = stage.contact("arbeit-kontakt"), stage.contact("wohnen-kontakt")

    await work.presses("btn-hand")
    await work.presses("Sprache")
    assert said("card-also", others="Sprache") in wohnen.card(REF).text
    await wohnen.presses("btn-done")
    await language.presses("btn-hand")
    await language.presses("Arbeit")

    assert said("card-also", others="Arbeit") in wohnen.card(REF).text, "though its part is done"


async def test_of_changes_that_had_to_wait_only_the_last_is_sent(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    wohnen = stage.contact("wohnen-kontakt")
    card = wohnen.card(REF)
    stage.telegram.closed[card.chat] = SendFailure.NOT_SENT
    for label in ("btn-take", "btn-done"):
        stage.clock.turn(seconds=11)
        press = ButtonPress(wohnen.address, card.message, wohnen.sender, card.tokens[said(label)], stage.new_query())
        await stage.handle(press)
    stage.telegram.closed.clear()
    before = len(stage.telegram.carried)

    await stage.wait(minutes=5)

    kinds = [one.draft.kind for one in stage.telegram.carried[before:] if one.address.chat == card.chat]
    assert kinds == [DeliveryKind.EDIT]
    assert wohnen.card(REF).buttons == [said("btn-reopen"), said("btn-for-file")]


# ------------------------------------------------------------ open again


def reopened_line(stage: Stage) -> str:
    at = all_texts().moment("de", stage.clock.now(), stage.book.rules.office.timezone)
    return said("card-reopened", at=at)


async def test_what_its_person_opens_again_says_so_until_it_is_answered(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await wohnen.presses("btn-done")
    await stage.wait(hours=3)

    await maria.replies("PS: Es hat auch einen Keller")

    line = reopened_line(stage)
    assert line in wohnen.card(REF).text.splitlines()
    assert "↩" in line
    await wohnen.presses("btn-take")
    assert line in wohnen.card(REF).text.splitlines()
    await wohnen.replies("Danke", to=wohnen.card(REF))
    assert "↩" not in wohnen.card(REF).text
    await wohnen.presses("btn-done")
    assert "↩" not in wohnen.card(REF).text


async def test_what_a_contact_opens_again_says_so_too(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await wohnen.presses("btn-done")

    await wohnen.presses("btn-reopen")

    assert reopened_line(stage) in wohnen.card(REF).text.splitlines()


async def test_only_what_was_finished_before_is_said_to_be_open_again(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await wohnen.presses("btn-done")
    await maria.replies("Wir suchen auch eine Stelle")
    await wohnen.presses("btn-more")
    await wohnen.presses("btn-add-field")

    await wohnen.presses("Arbeit")

    assert "↩" in wohnen.card(REF).text
    assert "↩" not in stage.contact("arbeit-kontakt").card(REF).text
